import { createHash, randomBytes } from 'node:crypto';
import { getDb } from '@/lib/db/index';

/** How long a mailed link works. */
export const RESET_MINUTES = 30;

/** Makes a token for this user; the ones before it end. Only its SHA-256 is kept: the database opens no account. */
export function createResetToken(userId: string): string {
  const db = getDb();
  const token = randomBytes(32).toString('base64url');
  db.transaction(() => {
    db.prepare('DELETE FROM password_resets WHERE user_id = ? OR expires_at <= ?').run(userId, Date.now());
    db.prepare('INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES (?, ?, ?)').run(
      digest(token),
      userId,
      Date.now() + RESET_MINUTES * 60 * 1000,
    );
  }).immediate();
  return token;
}

/** Takes a token away and says whose it was; undefined when it is used, expired or nobody's. Works once. */
export function takeResetToken(token: string): string | undefined {
  return getDb()
    .prepare<[string, number], string>(
      'DELETE FROM password_resets WHERE token_hash = ? AND expires_at > ? RETURNING user_id',
    )
    .pluck()
    .get(digest(token), Date.now());
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
