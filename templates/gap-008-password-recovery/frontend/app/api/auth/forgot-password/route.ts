import { setTimeout as wait } from 'node:timers/promises';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit, type Limit, takeAttempts } from '@/lib/db/attempts';
import { EMAIL_MAX, findUserByEmail, normalizeEmail } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { canMailLinks } from '@/lib/mail';
import { mailResetLink } from '@/lib/password-mail';
import { isKnownPlace } from '@/lib/sign-in-limits';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const REQUESTS_PER_ADDRESS = 10;
const MAILS_PER_PLACE = 3;
const MAILS_PER_ACCOUNT = 10;
/** Usually enough to send the email, even on hosts that suspend the process after the response. */
const ANSWER_MS = 1000;

const INVALID = 'Enter a valid email address.';
const ResetRequest = z.object({
  email: z
    .string({ required_error: INVALID, invalid_type_error: INVALID })
    .trim()
    .max(EMAIL_MAX, INVALID)
    .email(INVALID),
});

/**
 * Responds the same whether or not there is an account, and after the same time: the timer starts before the lookup,
 * and an email that takes longer is sent after the response.
 */
export function POST(request: Request) {
  return orUnavailable(async () => {
    const address = clientAddress((name) => request.headers.get(name));
    if (!isWithinLimit(`forgot-password:${address}`, REQUESTS_PER_ADDRESS * (address ? 1 : 50), HOUR_MS))
      return NextResponse.json({ error: 'Too many attempts. Try again in an hour.' }, { status: 429 });
    const parsed = ResetRequest.safeParse(await readJson(request));
    if (!parsed.success)
      return NextResponse.json({ error: parsed.error.issues[0]?.message ?? INVALID }, { status: 400 });
    if (!canMailLinks()) return noMail();
    const answered = wait(ANSWER_MS);
    mailIfKnown(normalizeEmail(parsed.data.email), address).catch((error: unknown) => {
      console.error('A password reset link could not be emailed', error);
    });
    await answered;
    return NextResponse.json({ ok: true });
  });
}

/** Sent before the account lookup, so the response is the same for everyone. */
function noMail(): NextResponse {
  const cause = new Error('RESEND_API_KEY, EMAIL_FROM or NEXTAUTH_URL is not set');
  console.error('Password reset links cannot be emailed', cause);
  const error = 'Emails cannot be sent right now. Try again later.';
  return NextResponse.json({ error, code: 'no_mail' }, { status: 503 });
}

/** Requests over the limit send nothing and get the usual response, so nobody can flood a mailbox. */
async function mailIfKnown(email: string, address: string | undefined): Promise<void> {
  if (takeAttempts(mailLimits(email, address))) return;
  const user = findUserByEmail(email);
  if (user) await mailResetLink(user);
}

/**
 * The low limit is per account and network address, so nobody can use up someone else's emails. The limit across all
 * addresses exempts places where this account has signed in before.
 */
function mailLimits(email: string, address: string | undefined): readonly Limit[] {
  const here = { key: `reset-mail:${address}:${email}`, limit: MAILS_PER_PLACE, windowMs: HOUR_MS };
  const everywhere = { key: `reset-mail:${email}`, limit: MAILS_PER_ACCOUNT, windowMs: HOUR_MS };
  if (address === undefined) return [everywhere];
  return isKnownPlace(email, address) ? [here] : [here, everywhere];
}
