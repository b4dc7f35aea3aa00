const MINUTE_MS = 60 * 1000;

/** The current minute's requests by key. Each process counts for itself, and forgets when it ends. */
const counts = new Map<string, number>();
let countedMinute = 0;

/** Counts a request and returns 0, or the seconds until the next one is taken if this minute's are used up. */
export function secondsToWait(key: string, perMinute: number): number {
  const now = Date.now();
  const minute = Math.floor(now / MINUTE_MS);
  if (minute !== countedMinute) counts.clear();
  countedMinute = minute;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count <= perMinute ? 0 : Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000);
}
