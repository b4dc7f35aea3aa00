import { NextResponse } from 'next/server';
import { Busy } from '@/lib/db/password-hash';

const MINUTE_MS = 60 * 1000;
const MOST_KINDS = 50;
/** When each kind of failure was last logged. */
const logged = new Map<string, number>();

/**
 * Logs a failure of the users database as an Error, so that error trackers report it. Logs each kind once a minute:
 * every request runs into the same failure, which must not drown out other ones.
 */
export function logOutage(error: unknown): void {
  const now = Date.now();
  logged.forEach((at, kind) => {
    if (now - at >= MINUTE_MS) logged.delete(kind);
  });
  const kind = kindOf(error);
  if (logged.has(kind) || logged.size >= MOST_KINDS) return;
  logged.set(kind, now);
  console.error('The users cannot be read or stored', error);
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${'code' in error ? error.code : error.name}: ${error.message}`;
}

/** Runs a request handler. Logs a failure and responds with 503, without revealing the cause. */
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
