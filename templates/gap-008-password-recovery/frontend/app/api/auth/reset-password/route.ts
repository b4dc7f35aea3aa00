import { NextResponse } from 'next/server';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { takeResetToken } from '@/lib/db/password-resets';
import { findUserById, markEmailVerified, setPassword } from '@/lib/db/users';
import { mailPasswordChanged } from '@/lib/password-mail';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';

const HOUR_MS = 60 * 60 * 1000;
const TRIES_PER_HOUR = 20;

const Reset = z.object({
  token: z.string().min(1).max(200),
  password: z
    .string()
    .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`),
});

/** Trades the token of a mailed link for a new password; every session that was open ends. */
export async function POST(request: Request) {
  const address = clientAddress((name) => request.headers.get(name));
  if (!isWithinLimit(`reset-password:${address}`, TRIES_PER_HOUR, HOUR_MS))
    return NextResponse.json({ error: 'Too many attempts. Try again in an hour.' }, { status: 429 });
  const parsed = Reset.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success)
    return NextResponse.json({ error: parsed.error.issues[0]?.message ?? 'Invalid input' }, { status: 400 });
  const user = findUserById(takeResetToken(parsed.data.token) ?? '');
  if (!user) {
    const error = 'This link is used up or too old. Ask for a new one.';
    return NextResponse.json({ error }, { status: 400 });
  }
  await setPassword(user.id, parsed.data.password);
  // The link came by mail: whoever holds it reads that address.
  markEmailVerified(user.id);
  mailPasswordChanged(user.email).catch((error: unknown) => {
    console.error('The change of a password could not be mailed:', error instanceof Error ? error.message : error);
  });
  return NextResponse.json({ ok: true });
}
