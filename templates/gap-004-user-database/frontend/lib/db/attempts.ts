import { createHash } from 'node:crypto';
import { getDb } from './index';

/** So many tries under a key in a window of time. */
export interface Limit {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** Rows that are over and go with each count: more than one count adds, so that the table shrinks. */
const PRUNED_AT_ONCE = 50;

/** Counts one more try under this key and says whether it is within the limit of the running window. */
export function isWithinLimit(key: string, limit: number, windowMs: number): boolean {
  return takeAttempts([{ key, limit, windowMs }]) === undefined;
}

/** Counts one try under each key, or, where one of them is used up, none: that one is the answer. */
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

/** Takes one try under this key back: it was no failure. */
export function returnAttempt(key: string): void {
  getDb().prepare('UPDATE attempts SET count = count - 1 WHERE key = ? AND count > 0').run(digest(key));
}

/** Forgets the tries under this key. */
export function forgetAttempts(key: string): void {
  getDb().prepare('DELETE FROM attempts WHERE key = ?').run(digest(key));
}

/** Makes a key known for so long: a count of one that no limit uses up. */
export function remember(key: string, windowMs: number): void {
  getDb()
    .prepare('INSERT OR REPLACE INTO attempts (key, count, resets_at) VALUES (?, 1, ?)')
    .run(digest(key), Date.now() + windowMs);
}

/** How many tries stand under this key in its running window. */
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

/** A key holds addresses, and may hold anything that was typed: what is kept has one length and tells nothing. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
