import { NextResponse } from 'next/server';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { createResetToken } from '@/lib/db/password-resets';
import { findUserByEmail, normaliseEmail } from '@/lib/db/users';
import { mailResetLink } from '@/lib/password-mail';

const HOUR_MS = 60 * 60 * 1000;
const REQUESTS_PER_ADDRESS = 10;
const MAILS_PER_ACCOUNT = 3;

const ResetRequest = z.object({ email: z.string().trim().max(254).email('That is no e-mail address.') });

/** Answers alike, and as fast, whether or not there is an account: the work starts after the answer. */
export async function POST(request: Request) {
  const address = clientAddress((name) => request.headers.get(name));
  if (!isWithinLimit(`forgot-password:${address}`, REQUESTS_PER_ADDRESS, HOUR_MS))
    return NextResponse.json({ error: 'Too many attempts. Try again in an hour.' }, { status: 429 });
  const parsed = ResetRequest.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success)
    return NextResponse.json({ error: parsed.error.issues[0]?.message ?? 'Invalid input' }, { status: 400 });
  const { email } = parsed.data;
  setImmediate(() => {
    mailLink(email).catch((error: unknown) => {
      console.error('No mail for a new password could be sent:', error instanceof Error ? error.message : error);
    });
  });
  return NextResponse.json({ ok: true });
}

async function mailLink(email: string): Promise<void> {
  if (!isWithinLimit(`reset-mail:${normaliseEmail(email)}`, MAILS_PER_ACCOUNT, HOUR_MS)) return;
  const user = findUserByEmail(email);
  // To the stored address: what was typed may only look like it.
  if (user) await mailResetLink(user.email, createResetToken(user.id));
}
