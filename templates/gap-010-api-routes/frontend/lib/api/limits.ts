import { isWithinLimit } from '@/lib/db/attempts';
import { logOutage } from '@/lib/unavailable';

const MINUTE_MS = 60 * 1000;

/**
 * Counts a request and returns 0, or the seconds until the next one is taken if this minute's are used up. A counter
 * that cannot be written (full disk) refuses nobody: these are people with a session, and their work may go on.
 */
export function secondsToWait(key: string, perMinute: number): number {
  const now = Date.now();
  const minute = Math.floor(now / MINUTE_MS);
  try {
    if (isWithinLimit(`api:${key}:${minute}`, perMinute, MINUTE_MS)) return 0;
    return Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000);
  } catch (error) {
    logOutage(error);
    return 0;
  }
}
