import { NextResponse } from 'next/server';
import type { Session } from 'next-auth';

/** An API route's response to a session without a user; undefined if someone is signed in. */
export function refusal(session: Session | null): NextResponse | undefined {
  if (session?.user) return undefined;
  if (session?.isUnavailable) return unavailable();
  if (session?.unconfirmedEmail)
    return refuse(403, 'Confirm your email address first. We sent you a link.', 'email_unconfirmed');
  return refuse(401, 'Sign in first.', 'signed_out');
}

/** While the users database is unavailable, the server cannot tell a signed-in user from a guest. */
export function unavailable(): NextResponse {
  return refuse(503, 'Accounts are not available right now. Try again in a moment.', 'unavailable');
}

function refuse(status: number, error: string, code: string): NextResponse {
  return NextResponse.json({ error, code }, { status, headers: { 'Cache-Control': 'no-store' } });
}
