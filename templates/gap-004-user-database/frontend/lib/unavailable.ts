import { NextResponse } from 'next/server';
import { Busy } from '@/lib/db/password-hash';

const MINUTE_MS = 60 * 1000;
let lastLogged = Number.NEGATIVE_INFINITY;

/**
 * Logs that the users' database failed, as an Error, which error trackers take. Once a minute: every request of
 * everybody meets the same failure.
 */
export function logOutage(error: unknown): void {
  const now = Date.now();
  if (now - lastLogged < MINUTE_MS) return;
  lastLogged = now;
  console.error('The users cannot be read or stored', error);
}

/** Runs what answers a request. A failure is logged and answered with 503, without a word of its cause. */
export async function orUnavailable(answer: () => Promise<NextResponse>): Promise<NextResponse> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Busy) return refuse('Too many people are signing in. Try again in a moment.', 'busy');
    logOutage(error);
    return refuse('Accounts are not available right now. Try again in a moment.', 'unavailable');
  }
}

function refuse(error: string, code: string): NextResponse {
  return NextResponse.json({ error, code }, { status: 503, headers: { 'Retry-After': '10' } });
}
