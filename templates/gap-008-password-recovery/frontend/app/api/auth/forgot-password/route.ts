import { setTimeout as wait } from 'node:timers/promises';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { EMAIL_MAX, findUserByEmail, normalizeEmail } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { mailResetLink } from '@/lib/password-mail';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const REQUESTS_PER_ADDRESS = 10;
const MAILS_PER_ACCOUNT = 3;
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
    const answered = wait(ANSWER_MS);
    mailLink(parsed.data.email).catch((error: unknown) => {
      console.error('A link to reset a password was not mailed', error);
    });
    await answered;
    return NextResponse.json({ ok: true });
  });
}

/** The fourth request in an hour sends nothing and is answered like the others: nobody fills somebody's mailbox. */
async function mailLink(email: string): Promise<void> {
  if (!isWithinLimit(`reset-mail:${normalizeEmail(email)}`, MAILS_PER_ACCOUNT, HOUR_MS)) return;
  const user = findUserByEmail(email);
  if (user) await mailResetLink(user);
}
