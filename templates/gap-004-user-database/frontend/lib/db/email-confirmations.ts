import { createHash, randomBytes } from 'node:crypto';
import { getDb } from './index';
import { CONFIRMATION_HOURS, markOwnEmailVerified } from './users';

/** Makes a token for this user; the one before it ends. Only its SHA-256 is kept: the table opens no account. */
export function createConfirmation(userId: string): string {
  const db = getDb();
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  db.transaction(() => {
    db.prepare('DELETE FROM email_confirmations WHERE user_id = ? OR expires_at <= ?').run(userId, now);
    db.prepare('INSERT INTO email_confirmations (token_hash, user_id, expires_at) VALUES (?, ?, ?)').run(
      digest(token),
      userId,
      now + CONFIRMATION_HOURS * 60 * 60 * 1000,
    );
  }).immediate();
  return token;
}

/** Whose link this is; undefined when it is used, too old, replaced or nobody's. */
export function userOfConfirmation(token: string): string | undefined {
  return getDb()
    .prepare<[string, number], string>(
      'SELECT user_id FROM email_confirmations WHERE token_hash = ? AND expires_at > ?',
    )
    .pluck()
    .get(digest(token), Date.now());
}

/** Uses the link up and marks the address as proven, both or neither. False when another request was faster. */
export function confirmEmail(token: string): boolean {
  const db = getDb();
  return db
    .transaction(() => {
      const userId = db
        .prepare<[string, number], string>(
          'DELETE FROM email_confirmations WHERE token_hash = ? AND expires_at > ? RETURNING user_id',
        )
        .pluck()
        .get(digest(token), Date.now());
      if (userId !== undefined) markOwnEmailVerified(userId);
      return userId !== undefined;
    })
    .immediate();
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
