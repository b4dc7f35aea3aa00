import { createHash } from 'node:crypto';
import { getDb } from './index';

/** The number of attempts allowed per key and time window. */
export interface Limit {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** Expired rows deleted per count. It exceeds the rows that a count adds, so the table shrinks. */
const PRUNED_AT_ONCE = 50;

/** Counts an attempt and returns whether it is within the limit of the current window. */
export function isWithinLimit(key: string, limit: number, windowMs: number): boolean {
  return takeAttempts([{ key, limit, windowMs }]) === undefined;
}

/** Counts one attempt per key. If any limit is used up, counts nothing and returns that limit. */
export function takeAttempts(limits: readonly Limit[]): Limit | undefined {
  const db = getDb();
  const now = Date.now();
  return db
    .transaction(() => {
      prune(now);
      const usedUp = limits.find(({ key, limit }) => countOf(key, now) >= limit);
      if (!usedUp) for (const { key, windowMs } of limits) count(key, now, windowMs);
      return usedUp;
    })
    .immediate();
}

/** Takes back an attempt that was not a failure. */
export function returnAttempt(key: string): void {
  getDb().prepare('UPDATE attempts SET count = count - 1 WHERE key = ? AND count > 0').run(digest(key));
}

export function forgetAttempts(key: string): void {
  getDb().prepare('DELETE FROM attempts WHERE key = ?').run(digest(key));
}

/** Remembers a key for the given time, as a count of one that is checked against no limit. */
export function remember(key: string, windowMs: number): void {
  getDb()
    .prepare('INSERT OR REPLACE INTO attempts (key, count, resets_at) VALUES (?, 1, ?)')
    .run(digest(key), Date.now() + windowMs);
}

/** The number of attempts in the key's current window. */
export function countOf(key: string, now = Date.now()): number {
  return (
    getDb()
      .prepare<[string, number], number>('SELECT count FROM attempts WHERE key = ? AND resets_at > ?')
      .pluck()
      .get(digest(key), now) ?? 0
  );
}

function count(key: string, now: number, windowMs: number): void {
  getDb()
    .prepare(
      `INSERT INTO attempts (key, count, resets_at) VALUES (@key, 1, @end)
       ON CONFLICT (key) DO UPDATE SET count = iif(resets_at > @now, count + 1, 1),
         resets_at = iif(resets_at > @now, resets_at, @end)`,
    )
    .run({ key: digest(key), now, end: now + windowMs });
}

function prune(now: number): void {
  getDb()
    .prepare('DELETE FROM attempts WHERE key IN (SELECT key FROM attempts WHERE resets_at <= ? LIMIT ?)')
    .run(now, PRUNED_AT_ONCE);
}

/** Keys contain addresses and arbitrary user input. A hash has a fixed length and reveals nothing. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
