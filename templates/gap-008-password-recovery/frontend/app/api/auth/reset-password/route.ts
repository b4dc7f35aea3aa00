import { setTimeout as wait } from 'node:timers/promises';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { hashPassword } from '@/lib/db/password-hash';
import { isResetTokenGood, resetPassword } from '@/lib/db/password-resets';
import { readJson } from '@/lib/json-body';
import { mailPasswordChanged } from '@/lib/password-mail';
import { isEasyToGuess, PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';
import { clearAttempts } from '@/lib/sign-in-limits';
import { logOutage, orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const TRIES_PER_HOUR = 20;
/** Usually enough to send the notice, which is not worth a longer wait. */
const NOTICE_MS = 1000;

const INCOMPLETE = 'This link is incomplete. Ask for a new one.';
const Reset = z.object({
  token: z
    .string({ required_error: INCOMPLETE, invalid_type_error: INCOMPLETE })
    .min(1, INCOMPLETE)
    .max(200, INCOMPLETE),
  password: z
    .string({ required_error: 'Enter a password.', invalid_type_error: 'Enter a password.' })
    .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`)
    .refine((password) => !isEasyToGuess(password), 'This password is easy to guess. Choose another one.'),
});

/** Exchanges the token of an emailed link for a new password, and ends all existing sessions. */
export function POST(request: Request) {
  return orUnavailable(async () => {
    const address = clientAddress((name) => request.headers.get(name));
    if (!isWithinLimit(`reset-password:${address}`, TRIES_PER_HOUR * (address ? 1 : 50), HOUR_MS))
      return refuse(429, 'Too many attempts. Try again in an hour.');
    const parsed = Reset.safeParse(await readJson(request));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refuse(400, issue?.message ?? INCOMPLETE, issue?.path[0] === 'token' ? 'bad_link' : undefined);
    }
    const { token, password } = parsed.data;
    if (!isResetTokenGood(token)) return badLink();
    // Hash before using up the link, because the hashing queue may be full.
    const user = resetPassword(token, await hashPassword(password));
    if (!user) return badLink();
    letIn(user.email, address);
    const notice = mailPasswordChanged(user.email).catch((error: unknown) => {
      console.error('The owner of an account could not be notified that its password changed', error);
    });
    await Promise.race([notice, wait(NOTICE_MS)]);
    return NextResponse.json({ ok: true });
  });
}

/** The password has already changed, so a failure here must not make the request fail. */
function letIn(email: string, address: string | undefined): void {
  try {
    clearAttempts(email, address);
  } catch (error) {
    logOutage(error);
  }
}

function badLink(): NextResponse {
  return refuse(400, 'This link has expired or was already used. Ask for a new one.', 'bad_link');
}

function refuse(status: number, error: string, code?: string): NextResponse {
  return NextResponse.json({ error, code }, { status });
}
