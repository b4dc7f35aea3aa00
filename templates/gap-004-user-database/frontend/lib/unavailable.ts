import { NextResponse } from 'next/server';
import { Busy } from '@/lib/db/password-hash';

const MINUTE_MS = 60 * 1000;
const MOST_KINDS = 50;
/** When each kind of failure was logged. */
const logged = new Map<string, number>();

/**
 * Logs that the users' database failed, as an Error, which error trackers take. Each kind once a minute: every request
 * of everybody meets the same failure, and another one must not hide behind it.
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
