import { createHash, randomBytes } from 'node:crypto';
import { getDb } from '@/lib/db/index';
import { findUserById, markEmailVerified, setPasswordHash, type User } from '@/lib/db/users';

/** How long an emailed link works. */
export const RESET_MINUTES = 30;

/**
 * Creates a token for this user. Earlier tokens stay valid until the email with this one has been sent. Only the
 * SHA-256 is stored, so nobody can use the table's contents to take over an account.
 */
export function createResetToken(userId: string): string {
  const db = getDb();
  const token = randomBytes(32).toString('base64url');
  db.transaction(() => {
    db.prepare('DELETE FROM password_resets WHERE expires_at <= ?').run(Date.now());
    db.prepare('INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES (?, ?, ?)').run(
      digest(token),
      userId,
      Date.now() + RESET_MINUTES * 60 * 1000,
    );
  }).immediate();
  return token;
}

/** Invalidates links created before this one. It goes by creation, because emails may be sent out of order. */
export function endEarlierResetTokens(userId: string, token: string): void {
  getDb()
    .prepare(
      `DELETE FROM password_resets
       WHERE user_id = ? AND rowid < (SELECT rowid FROM password_resets WHERE token_hash = ?)`,
    )
    .run(userId, digest(token));
}

/** Whether a link would work now. Does not use it up. */
export function isResetTokenGood(token: string): boolean {
  return ownerOf(token) !== undefined;
}

/**
 * Uses up a link, with any others of its user, and stores the new password's hash, in one transaction. The link came by
 * email, so this also verifies the address. Undefined if the link is used, expired, or unknown.
 */
export function resetPassword(token: string, passwordHash: string): User | undefined {
  return getDb()
    .transaction(() => {
      const userId = ownerOf(token);
      if (userId === undefined) return undefined;
      getDb().prepare('DELETE FROM password_resets WHERE user_id = ?').run(userId);
      setPasswordHash(userId, passwordHash);
      markEmailVerified(userId);
      return findUserById(userId);
    })
    .immediate();
}

function ownerOf(token: string): string | undefined {
  return getDb()
    .prepare<[string, number], string>('SELECT user_id FROM password_resets WHERE token_hash = ? AND expires_at > ?')
    .pluck()
    .get(digest(token), Date.now());
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
