import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { createUser, type User } from '@/lib/db/users';

/** The password of every account that `addUser` creates. */
export const PASSWORD = 'correct horse battery staple';
export const OWNER = 'owner@example.com';

/** Gives each test of a file an empty users database and one owner's address. */
export function freshUsersDatabase() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'users-'));
    vi.stubEnv('USERS_DB_PATH', join(folder, 'users.db'));
    vi.stubEnv('OWNER_EMAILS', OWNER);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    /** Simulates a missing disk. */
    takeAway: () => renameSync(join(folder, 'users.db'), join(folder, 'away')),
    bringBack: () => renameSync(join(folder, 'away'), join(folder, 'users.db')),
  };
}

/** Creates an account, by default with a confirmed address. */
export async function addUser(email: string, isEmailVerified = true): Promise<User> {
  const user = await createUser({ email, name: 'Ada', password: PASSWORD, isEmailVerified });
  if (!user) throw new Error(`${email} is taken`);
  return user;
}
