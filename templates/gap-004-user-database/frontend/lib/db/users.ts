import { randomUUID } from 'node:crypto';
import { getDb } from './index';
import { hashPassword, matchesHash } from './password-hash';

export type Role = 'OWNER' | 'USER';

/** The fields that users may change themselves. */
export interface Profile {
  readonly name: string | null;
  readonly avatarUrl: string | null;
  readonly workspaceName: string | null;
  readonly industry: string | null;
  readonly timezone: string | null;
}

/** A row of the table, without the password hash, which never leaves this file. */
export interface User extends Profile {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /**
   * Changes with every password, so a session with another value is older than the password. It is not a timestamp,
   * which could repeat if the password changes twice within a millisecond or the clock is set back.
   */
  readonly passwordId: string | null;
  /** When the user proved that the address is theirs; null if they only typed it. */
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

/** The maximum length of an email address (RFC 5321). */
export const EMAIL_MAX = 254;
/** How long a confirmation link works, and how long an unconfirmed account reserves its address. */
export const CONFIRMATION_HOURS = 24;

/** Maps all spellings of an address to one, so that case cannot make two accounts. Callers must limit the length. */
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

/** Undefined if the address is taken. Hashes before checking that, so that both outcomes take the same time. */
export async function createUser(user: NewUser): Promise<User | undefined> {
  const hash = user.password === undefined ? null : await hashPassword(user.password);
  return insertUser(user, hash);
}

/**
 * Inserts a user, replacing an unconfirmed account with its password, profile, and sessions: at once if the new user
 * has proven the address, otherwise after a day, when the account's link has expired. So squatters keep nobody out, and
 * nobody who has just signed up is pushed aside. The row's age counts; a new link does not renew it.
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
 * Stores a user whose address a provider has verified. Replaces an unconfirmed account with that address, which may be
 * someone else's; the values of a confirmed one stay.
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

/** Changes only the given fields; null clears a field. Undefined if there is no such user. */
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

/** Confirms the address of the person who signed up, so the profile they entered stays. */
export function markOwnEmailVerified(userId: string): void {
  getDb()
    .prepare('UPDATE users SET email_verified_at = ? WHERE id = ? AND email_verified_at IS NULL')
    .run(new Date().toISOString(), userId);
}

/**
 * Confirms the address after a password reset, which needs no knowledge of the old password. The name and profile of an
 * unconfirmed account may be someone else's, so they are cleared. Callers must also set a new password.
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

/** Also ends all existing sessions. */
export async function setPassword(userId: string, password: string): Promise<void> {
  setPasswordHash(userId, await hashPassword(password));
}

/** Like setPassword() with an existing hash, for transactions, which have to be synchronous. */
export function setPasswordHash(userId: string, hash: string): void {
  getDb()
    .prepare('UPDATE users SET password_hash = ?, password_id = ? WHERE id = ?')
    .run(hash, randomUUID(), userId);
}

/** Hashes even without a user, so that the response time does not reveal whether the account exists. */
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
