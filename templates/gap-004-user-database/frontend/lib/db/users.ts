import { randomUUID } from 'node:crypto';
import { getDb } from './index';
import { hashPassword, matchesHash } from './password-hash';

export type Role = 'OWNER' | 'USER';

/** What a person may change about themselves. */
export interface Profile {
  readonly name: string | null;
  readonly avatarUrl: string | null;
  readonly workspaceName: string | null;
  readonly industry: string | null;
  readonly timezone: string | null;
}

/** A row of the table without the password's hash, which never leaves this file. */
export interface User extends Profile {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /**
   * Another one with every password: a session that carries another value is older than the password. Not a time, which
   * a second change within a millisecond, or a clock that is set back, would repeat.
   */
  readonly passwordId: string | null;
  /** When the address was proven to be theirs; null for one that was only typed. */
  readonly emailVerifiedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewUser extends Partial<Profile> {
  readonly email: string;
  readonly role?: Role;
  readonly password?: string;
  readonly isEmailVerified?: boolean;
}

const COLUMNS = `id, email, name, role, avatar_url AS avatarUrl, workspace_name AS workspaceName, industry,
  timezone, password_id AS passwordId, email_verified_at AS emailVerifiedAt,
  created_at AS createdAt, updated_at AS updatedAt`;

/** The longest address that mail can reach (RFC 5321). */
export const EMAIL_MAX = 254;
/** How long the link works that confirms an address, and how long an account waits for it undisturbed. */
export const CONFIRMATION_HOURS = 24;

/** One address, one spelling: two people do not differ by a capital letter. The caller bounds the length. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

export function findUserByEmail(email: string): User | undefined {
  return getDb()
    .prepare<[string], User>(`SELECT ${COLUMNS} FROM users WHERE email = ?`)
    .get(normalizeEmail(email));
}

export function findUserById(id: string): User | undefined {
  return getDb().prepare<[string], User>(`SELECT ${COLUMNS} FROM users WHERE id = ?`).get(id);
}

/** Undefined when the address is taken. Hashes before it looks, so that both answers take the same time. */
export async function createUser(user: NewUser): Promise<User | undefined> {
  const hash = user.password === undefined ? null : await hashPassword(user.password);
  return insertUser(user, hash);
}

/**
 * A row whose address was never proven gives way, with its password, its profile and its sessions: at once to
 * somebody who has proven the address, and after a day, when its link is over, to somebody who has only typed it too.
 * So a squatter keeps nobody out, and nobody who has just signed up is pushed aside. The age is that of the row: a
 * new link does not renew it.
 */
function insertUser(user: NewUser, hash: string | null): User | undefined {
  const db = getDb();
  const email = normalizeEmail(user.email);
  const now = Date.now();
  const patience = user.isEmailVerified ? 0 : CONFIRMATION_HOURS * 60 * 60 * 1000;
  return db
    .transaction(() => {
      db.prepare('DELETE FROM users WHERE email = ? AND email_verified_at IS NULL AND created_at <= ?').run(
        email,
        new Date(now - patience).toISOString(),
      );
      return findUserByEmail(email) ? undefined : insertRow({ ...user, email }, hash, new Date(now).toISOString());
    })
    .immediate();
}

function insertRow(user: NewUser, hash: string | null, now: string): User | undefined {
  const id = randomUUID();
  getDb()
    .prepare(
      `INSERT INTO users (id, email, name, avatar_url, workspace_name, industry, timezone, role, password_hash,
         password_id, email_verified_at, created_at)
       VALUES (@id, @email, @name, @avatarUrl, @workspaceName, @industry, @timezone, @role, @hash, @passwordId,
         @verifiedAt, @now)`,
    )
    .run({
      id,
      email: user.email,
      name: user.name ?? null,
      avatarUrl: user.avatarUrl ?? null,
      workspaceName: user.workspaceName ?? null,
      industry: user.industry ?? null,
      timezone: user.timezone ?? null,
      role: user.role ?? 'USER',
      hash,
      passwordId: hash && randomUUID(),
      verifiedAt: user.isEmailVerified ? now : null,
      now,
    });
  return findUserById(id);
}

/**
 * The row of somebody whose address a provider has proven. What somebody else typed for that address before, who may
 * not have been them, is gone; what they chose themselves stays.
 */
export function keepVerifiedUser(user: Pick<NewUser, 'email' | 'name' | 'avatarUrl'>): User {
  const db = getDb();
  return db
    .transaction(() => {
      const known = findUserByEmail(user.email);
      if (!known?.emailVerifiedAt) return stored(insertUser({ ...user, isEmailVerified: true }, null));
      db.prepare('UPDATE users SET name = COALESCE(name, ?), avatar_url = COALESCE(avatar_url, ?) WHERE id = ?').run(
        user.name ?? null,
        user.avatarUrl ?? null,
        known.id,
      );
      return stored(findUserById(known.id));
    })
    .immediate();
}

function stored(user: User | undefined): User {
  if (!user) throw new Error('The user could not be stored');
  return user;
}

/** Only what is named changes, and a field of null has no value afterwards. Undefined when there is no such user. */
export function updateProfile(userId: string, changes: Partial<Profile>): User | undefined {
  const user = findUserById(userId);
  if (!user) return undefined;
  const { name, avatarUrl, workspaceName, industry, timezone } = { ...user, ...changes };
  getDb()
    .prepare(
      `UPDATE users SET name = ?, avatar_url = ?, workspace_name = ?, industry = ?, timezone = ? WHERE id = ?`,
    )
    .run(name, avatarUrl, workspaceName, industry, timezone, userId);
  return findUserById(userId);
}

export function setRole(userId: string, role: Role): void {
  getDb().prepare('UPDATE users SET role = ? WHERE id = ? AND role <> ?').run(role, userId, role);
}

/** For whoever signed up and then proved the address: all that they typed stays. */
export function markOwnEmailVerified(userId: string): void {
  getDb()
    .prepare('UPDATE users SET email_verified_at = ? WHERE id = ? AND email_verified_at IS NULL')
    .run(new Date().toISOString(), userId);
}

/**
 * For whoever proved the address without the password, by a mail that resets it: the name and the profile of an
 * account that was never confirmed may be somebody else's, and go. Set a new password with it.
 */
export function markEmailVerified(userId: string): void {
  getDb()
    .prepare(
      `UPDATE users SET email_verified_at = ?, name = NULL, avatar_url = NULL, workspace_name = NULL, industry = NULL,
         timezone = NULL
       WHERE id = ? AND email_verified_at IS NULL`,
    )
    .run(new Date().toISOString(), userId);
}

/** Ends every session that was opened before. */
export async function setPassword(userId: string, password: string): Promise<void> {
  setPasswordHash(userId, await hashPassword(password));
}

/** The same with a password that is hashed already, for a transaction, which cannot wait. */
export function setPasswordHash(userId: string, hash: string): void {
  getDb()
    .prepare('UPDATE users SET password_hash = ?, password_id = ? WHERE id = ?')
    .run(hash, randomUUID(), userId);
}

/** Nobody's password is compared too, so that the time does not tell whether the account exists. */
export function verifyPassword(user: Pick<User, 'id'> | undefined, password: string): Promise<boolean> {
  return matchesHash(password, user && hashOf(user.id));
}

function hashOf(userId: string): string | null {
  return (
    getDb()
      .prepare<[string], string | null>('SELECT password_hash FROM users WHERE id = ?')
      .pluck()
      .get(userId) ?? null
  );
}
