import { createHash, randomBytes } from 'node:crypto';
import { getDb } from '@/lib/db/index';
import { findUserById, markEmailVerified, setPasswordHash, type User } from '@/lib/db/users';

/** How long a mailed link works. */
export const RESET_MINUTES = 30;

/**
 * Makes a token for this user beside the ones before it: they end once the email with this one has left. Only its
 * SHA-256 is kept: the database opens no account.
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

/** Ends the links that were made before this one: emails do not have to leave in the order of their links. */
export function endEarlierResetTokens(userId: string, token: string): void {
  getDb()
    .prepare(
      `DELETE FROM password_resets
       WHERE user_id = ? AND rowid < (SELECT rowid FROM password_resets WHERE token_hash = ?)`,
    )
    .run(userId, digest(token));
}

/** Whether a link would work now. Asking uses nothing up. */
export function isResetTokenGood(token: string): boolean {
  return ownerOf(token) !== undefined;
}

/**
 * Uses a link up, with the others of its user, and stores the hash of the new password, both or neither. The link came
 * by mail, so the address is proven too. Undefined when the link is used, expired or nobody's.
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
