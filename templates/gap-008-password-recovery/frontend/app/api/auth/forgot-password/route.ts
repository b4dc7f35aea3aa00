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
/** Mail is usually on its way by then; hosts that stop the processor with the answer have let it leave. */
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
 * Answers alike whether or not there is an account, and always after the same time: the clock starts before anybody
 * looks, and mail that takes longer goes on after the answer.
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
    mailLink(normalizeEmail(parsed.data.email), address).catch((error: unknown) => {
      console.error('A link to reset a password was not mailed', error);
    });
    await answered;
    return NextResponse.json({ ok: true });
  });
}

/** Before anybody looks whether there is an account: the answer is the same for everybody. */
function noMail(): NextResponse {
  const cause = new Error('RESEND_API_KEY, EMAIL_FROM or NEXTAUTH_URL is not set');
  console.error('Links to reset a password cannot be mailed', cause);
  const error = 'Emails cannot be sent right now. Try again later.';
  return NextResponse.json({ error, code: 'no_mail' }, { status: 503 });
}

/** One request too many sends nothing and is answered like the others: nobody fills somebody's mailbox. */
async function mailLink(email: string, address: string | undefined): Promise<void> {
  if (takeAttempts(mailLimits(email, address))) return;
  const user = findUserByEmail(email);
  if (user) await mailResetLink(user);
}

/**
 * The low limit is for one account from one address, so that nobody uses up what somebody else may ask for. The ceiling
 * over all addresses leaves the places alone where this account was opened before.
 */
function mailLimits(email: string, address: string | undefined): readonly Limit[] {
  const here = { key: `reset-mail:${address}:${email}`, limit: MAILS_PER_PLACE, windowMs: HOUR_MS };
  const everywhere = { key: `reset-mail:${email}`, limit: MAILS_PER_ACCOUNT, windowMs: HOUR_MS };
  if (address === undefined) return [everywhere];
  return isKnownPlace(email, address) ? [here] : [here, everywhere];
}
