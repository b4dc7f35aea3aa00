import { createHash, randomBytes } from 'node:crypto';
import { getDb } from '@/lib/db/index';
import { findUserByEmail } from '@/lib/db/users';

/** How long an emailed invitation works. */
export const INVITATION_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export type Created = { readonly token: string; readonly expiresAt: number } | 'has-account' | 'invited';

/**
 * Creates an invitation, one at a time for each address, and none for an address that has an account. Only the SHA-256
 * of its token is stored, so nobody can use the table's contents to create an account.
 * @param email as normalizeEmail() returns it
 */
export function createInvitation(email: string, inviterId: string): Created {
  const db = getDb();
  const now = Date.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + INVITATION_DAYS * DAY_MS;
  return db
    .transaction((): Created => {
      // Addresses of people who never came are not kept.
      db.prepare('DELETE FROM invitations WHERE accepted_at IS NULL AND expires_at <= ?').run(now);
      if (findUserByEmail(email)?.emailVerifiedAt) return 'has-account';
      if (isOpen(email)) return 'invited';
      db.prepare(
        `INSERT OR REPLACE INTO invitations (email, token_hash, inviter_id, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?)`,
      ).run(email, digest(token), inviterId, now, expiresAt);
      return { token, expiresAt };
    })
    .immediate();
}

/** Ends an invitation that nobody has accepted; false if there is none. */
export function revokeInvitation(email: string): boolean {
  return getDb().prepare('DELETE FROM invitations WHERE email = ? AND accepted_at IS NULL').run(email).changes > 0;
}

/** Uses up an invitation and returns its address; undefined if it is used, expired, revoked, or unknown. */
export function takeInvitation(token: string): string | undefined {
  const now = Date.now();
  return getDb()
    .prepare<[number, string, number], string>(
      `UPDATE invitations SET accepted_at = ? WHERE token_hash = ? AND accepted_at IS NULL AND expires_at > ?
       RETURNING email`,
    )
    .pluck()
    .get(now, digest(token), now);
}

/** Makes an invitation usable again because no account came of it. */
export function returnInvitation(token: string): void {
  getDb().prepare('UPDATE invitations SET accepted_at = NULL WHERE token_hash = ?').run(digest(token));
}

function isOpen(email: string): boolean {
  const open = getDb().prepare('SELECT 1 FROM invitations WHERE email = ? AND accepted_at IS NULL').get(email);
  return open !== undefined;
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
