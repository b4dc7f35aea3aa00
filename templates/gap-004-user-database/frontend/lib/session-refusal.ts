import { NextResponse } from 'next/server';
import type { Session } from 'next-auth';

/** What an API route answers to a session without a user; undefined for somebody who is signed in. */
export function refusal(session: Session | null): NextResponse | undefined {
  if (session?.user) return undefined;
  if (session?.isUnavailable) return unavailable();
  if (session?.unconfirmedEmail)
    return refuse(403, 'Confirm your email address first. We sent you a link.', 'email_unconfirmed');
  return refuse(401, 'Sign in first.', 'signed_out');
}

/** While the users' database does not answer, nobody can be told from a guest. */
export function unavailable(): NextResponse {
  return refuse(503, 'Accounts are not available right now. Try again in a moment.', 'unavailable');
}

function refuse(status: number, error: string, code: string): NextResponse {
  return NextResponse.json({ error, code }, { status, headers: { 'Cache-Control': 'no-store' } });
}
