import { getDb } from './index';

/** Counts one more try under this key and says whether it is within the limit of the running window. */
export function isWithinLimit(key: string, limit: number, windowMs: number): boolean {
  const now = Date.now();
  const db = getDb();
  db.prepare('DELETE FROM attempts WHERE resets_at <= ?').run(now);
  const count = db
    .prepare<[string, number], number>(
      `INSERT INTO attempts (key, count, resets_at) VALUES (?, 1, ?)
       ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count`,
    )
    .pluck()
    .get(key, now + windowMs);
  return count !== undefined && count <= limit;
}

/** Forgets the tries under this key. */
export function resetLimit(key: string): void {
  getDb().prepare('DELETE FROM attempts WHERE key = ?').run(key);
}
