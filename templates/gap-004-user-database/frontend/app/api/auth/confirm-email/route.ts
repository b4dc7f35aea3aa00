import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { authOptions } from '@/lib/auth';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { confirmEmail } from '@/lib/db/email-confirmations';
import { findUserByEmail } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const TRIES_PER_HOUR = 60;

const Confirmation = z.object({ token: z.string().min(1).max(200) });

/**
 * Confirms an address with the token from the emailed link, and requires the session of the person who signed up.
 * The link alone is not enough: a stranger may have signed up with this address, and its real owner would activate
 * the stranger's account, with the stranger's password, in one click.
 */
export function POST(request: Request) {
  return orUnavailable(async () => {
    const address = clientAddress((name) => request.headers.get(name));
    if (!isWithinLimit(`confirm-email:${address}`, TRIES_PER_HOUR * (address ? 1 : 50), HOUR_MS))
      return refuse(429, 'Too many attempts. Try again in an hour.', 'too_many_attempts');
    const parsed = Confirmation.safeParse(await readJson(request));
    const outcome = parsed.success ? confirmEmail(parsed.data.token, await signedInUserId()) : 'bad-link';
    if (outcome === 'confirmed') return NextResponse.json({ ok: true });
    if (outcome === 'other-account')
      return refuse(401, 'Sign in to the account that this link is for, then open the link again.', 'sign_in_first');
    return refuse(400, 'This link has expired or was already used. Ask for a new one.', 'bad_link');
  });
}

/** A password reset also proves the address, so the account may already be confirmed when this link is opened. */
async function signedInUserId(): Promise<string | undefined> {
  const session = await getServerSession(authOptions);
  const email = session?.unconfirmedEmail ?? session?.user?.email;
  return email ? findUserByEmail(email)?.id : undefined;
}

function refuse(status: number, error: string, code: string): NextResponse {
  return NextResponse.json({ error, code }, { status });
}
