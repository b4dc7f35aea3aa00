import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, vi } from 'vitest';

const kept = globalThis as typeof globalThis & { aimsUsersDb?: { readonly db: Database.Database } };

// Hashing a password is slow on purpose.
vi.setConfig({ testTimeout: 30_000 });

/** A path of its own for every test; nothing stands there before somebody asks for the database. */
export function useFreshDatabase(): { readonly path: () => string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'users-'));
    vi.stubEnv('USERS_DB_PATH', join(folder, 'nested/users.db'));
  });
  afterEach(() => {
    closeDatabase();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return { path: () => join(folder, 'nested/users.db') };
}

/** As a restart does. */
export function closeDatabase(): void {
  kept.aimsUsersDb?.db.close();
  delete kept.aimsUsersDb;
}
