import { createHash, randomBytes } from 'node:crypto';
import { getDb } from './index';
import { CONFIRMATION_HOURS, markOwnEmailVerified } from './users';

/**
 * Creates a token for this user. Earlier tokens stay valid until the email with this one has been sent. Only the
 * SHA-256 is stored, so nobody can use the table's contents to confirm an account.
 */
export function createConfirmation(userId: string): string {
  const db = getDb();
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  db.transaction(() => {
    db.prepare('DELETE FROM email_confirmations WHERE expires_at <= ?').run(now);
    db.prepare('INSERT INTO email_confirmations (token_hash, user_id, expires_at) VALUES (?, ?, ?)').run(
      digest(token),
      userId,
      now + CONFIRMATION_HOURS * 60 * 60 * 1000,
    );
  }).immediate();
  return token;
}

/** Invalidates links created before this one. It goes by creation, because emails may be sent out of order. */
export function endEarlierConfirmations(userId: string, token: string): void {
  getDb()
    .prepare(
      `DELETE FROM email_confirmations
       WHERE user_id = ? AND rowid < (SELECT rowid FROM email_confirmations WHERE token_hash = ?)`,
    )
    .run(userId, digest(token));
}

export type Confirmed = 'confirmed' | 'bad-link' | 'other-account';

/**
 * Uses up a link and marks its user's address as verified, in one transaction. Only that user may do this. A link that
 * is used, expired, replaced, or unknown is a bad link.
 */
export function confirmEmail(token: string, userId: string | undefined): Confirmed {
  const db = getDb();
  return db
    .transaction((): Confirmed => {
      const owner = ownerOf(token);
      if (owner === undefined) return 'bad-link';
      if (owner !== userId) return 'other-account';
      db.prepare('DELETE FROM email_confirmations WHERE user_id = ?').run(owner);
      markOwnEmailVerified(owner);
      return 'confirmed';
    })
    .immediate();
}

function ownerOf(token: string): string | undefined {
  return getDb()
    .prepare<[string, number], string>(
      'SELECT user_id FROM email_confirmations WHERE token_hash = ? AND expires_at > ?',
    )
    .pluck()
    .get(digest(token), Date.now());
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
