import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { authOptions } from '@/lib/auth';
import { sendConfirmation } from '@/lib/confirmation-mail';
import { type Limit, returnAttempt, takeAttempts } from '@/lib/db/attempts';
import { findUserByEmail } from '@/lib/db/users';
import { canMailLinks } from '@/lib/mail';
import { refusal } from '@/lib/session-refusal';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const MAILS_PER_HOUR = 3;
/** Signing up with someone else's address must not let anyone flood that mailbox. */
const MAILS_PER_DAY = 8;

/** Emails a new link to a signed-in person who has not confirmed their address. The previous link stops working. */
export function POST() {
  return orUnavailable(async () => {
    const session = await getServerSession(authOptions);
    if (session?.user) return refuse(409, 'Your email address is confirmed.', 'confirmed');
    const user = session?.unconfirmedEmail ? findUserByEmail(session.unconfirmedEmail) : undefined;
    if (!user) return refusal(session) ?? refuse(401, 'Sign in first.', 'signed_out');
    if (!canMailLinks()) return noMail();
    const limits = mailLimits(user.id);
    if (takeAttempts(limits)) return refuse(429, 'Too many emails were sent. Try again in an hour.', 'too_many_attempts');
    return sendConfirmation(user).then(
      () => NextResponse.json({ confirmationSent: true }, { status: 202 }),
      () => {
        // No email was delivered, so the attempts do not count.
        for (const { key } of limits) returnAttempt(key);
        return noMail();
      },
    );
  });
}

function mailLimits(userId: string): readonly Limit[] {
  return [
    { key: `confirmation-mail:${userId}`, limit: MAILS_PER_HOUR, windowMs: HOUR_MS },
    { key: `confirmation-mails:${userId}`, limit: MAILS_PER_DAY, windowMs: 24 * HOUR_MS },
  ];
}

function noMail(): NextResponse {
  return refuse(503, 'The email could not be sent. Try again later.', 'no_mail');
}

function refuse(status: number, error: string, code: string): NextResponse {
  return NextResponse.json({ error, code }, { status });
}
