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
  /** Changes with every password: a session that carries another value is older than the password. */
  readonly passwordChangedAt: string | null;
  /** When the address was proven to be theirs; null for one that was only typed. */
  readonly emailVerifiedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewUser {
  readonly email: string;
  readonly name?: string | null;
  readonly avatarUrl?: string | null;
  readonly role?: Role;
  readonly password?: string;
  readonly isEmailVerified?: boolean;
}

const COLUMNS = `id, email, name, role, avatar_url AS avatarUrl, workspace_name AS workspaceName, industry,
  timezone, password_changed_at AS passwordChangedAt, email_verified_at AS emailVerifiedAt,
  created_at AS createdAt, updated_at AS updatedAt`;

/** One address, one spelling: two people do not differ by a capital letter. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

export function findUserByEmail(email: string): User | undefined {
  return getDb()
    .prepare<[string], User>(`SELECT ${COLUMNS} FROM users WHERE email = ?`)
    .get(normaliseEmail(email));
}

export function findUserById(id: string): User | undefined {
  return getDb().prepare<[string], User>(`SELECT ${COLUMNS} FROM users WHERE id = ?`).get(id);
}

/** Undefined when the address is taken. Hashes before it looks, so that both answers take the same time. */
export async function createUser(user: NewUser): Promise<User | undefined> {
  const hash = user.password === undefined ? null : await hashPassword(user.password);
  return insertUser(user, hash);
}

function insertUser(user: NewUser, hash: string | null): User | undefined {
  const now = new Date().toISOString();
  const id = randomUUID();
  const { changes } = getDb()
    .prepare(
      `INSERT INTO users (id, email, name, avatar_url, role, password_hash, password_changed_at, email_verified_at)
       VALUES (@id, @email, @name, @avatarUrl, @role, @hash, @changedAt, @verifiedAt)
       ON CONFLICT (email) DO NOTHING`,
    )
    .run({
      id,
      email: normaliseEmail(user.email),
      name: user.name ?? null,
      avatarUrl: user.avatarUrl ?? null,
      role: user.role ?? 'USER',
      hash,
      changedAt: hash && now,
      verifiedAt: user.isEmailVerified ? now : null,
    });
  return changes === 1 ? findUserById(id) : undefined;
}

/**
 * The row of somebody whose address a provider has proven. A password that was set before the address was proven
 * may be somebody else's: it goes, and with it the sessions that were opened with it.
 */
export function keepVerifiedUser(user: Pick<NewUser, 'name' | 'avatarUrl'> & { email: string; role: Role }): User {
  const db = getDb();
  return db
    .transaction(() => {
      const known = findUserByEmail(user.email) ?? insertUser({ ...user, isEmailVerified: true }, null);
      if (!known) throw new Error('the user could not be stored');
      const now = new Date().toISOString();
      if (!known.emailVerifiedAt) {
        db.prepare(
          `UPDATE users SET email_verified_at = ?, password_hash = NULL,
             password_changed_at = CASE WHEN password_hash IS NULL THEN password_changed_at ELSE ? END
           WHERE id = ?`,
        ).run(now, now, known.id);
      }
      db.prepare(
        `UPDATE users SET role = ?, name = COALESCE(name, ?), avatar_url = COALESCE(avatar_url, ?) WHERE id = ?`,
      ).run(user.role, user.name ?? null, user.avatarUrl ?? null, known.id);
      return findUserById(known.id) ?? known;
    })
    .immediate();
}

/** Only what is named changes; null empties a field. Undefined when there is no such user. */
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

/** Also says that the address is theirs now, for whoever has just proven it. */
export function markEmailVerified(userId: string): void {
  getDb()
    .prepare('UPDATE users SET email_verified_at = ? WHERE id = ? AND email_verified_at IS NULL')
    .run(new Date().toISOString(), userId);
}

/** Ends every session that was opened before. */
export async function setPassword(userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  getDb()
    .prepare('UPDATE users SET password_hash = ?, password_changed_at = ? WHERE id = ?')
    .run(hash, new Date().toISOString(), userId);
}

export function hasPassword(userId: string): boolean {
  return hashOf(userId) !== null;
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
