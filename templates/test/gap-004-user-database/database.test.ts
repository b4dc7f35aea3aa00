// @vitest-environment node
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { isWithinLimit, resetLimit } from '../../gap-004-user-database/frontend/lib/db/attempts.ts';
import { migrations } from '../../gap-004-user-database/frontend/lib/db/migrations.ts';
import { createUser } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { closeDatabase, useFreshDatabase } from './fresh-database.ts';

const { path } = useFreshDatabase();

describe('opening', () => {
  test('importing the modules creates nothing; the first question does, in a folder for its owner alone', () => {
    expect(existsSync(path())).toBe(false);
    getDb();
    expect(existsSync(path())).toBe(true);
    expect(statSync(dirname(path())).mode & 0o777).toBe(0o700);
  });

  test('writers wait, readers go on, references count', () => {
    const db = getDb();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(getDb()).toBe(db);
  });

  test('what was stored is there after a restart', async () => {
    await createUser({ email: 'ada@example.com' });
    closeDatabase();
    expect(getDb().prepare('SELECT email FROM users').pluck().all()).toEqual(['ada@example.com']);
  });
});

describe('migrations', () => {
  test('have rising numbers from 1', () => {
    expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1));
  });

  test('only those that are not there yet run', () => {
    getDb().exec("DELETE FROM migrations WHERE id = 1; ALTER TABLE users RENAME TO users_before; DROP TABLE attempts");
    getDb().exec('DROP TRIGGER users_updated_at');
    closeDatabase();
    expect(getDb().prepare('SELECT count(*) FROM users').pluck().get()).toBe(0);
    expect(getDb().prepare('SELECT id FROM migrations').pluck().all()).toEqual(migrations.map(({ id }) => id));
  });

  test('one that fails leaves nothing of itself and closes the file', () => {
    getDb().exec('DELETE FROM migrations; DROP TABLE attempts');
    closeDatabase();
    expect(() => getDb()).toThrow('already exists');
    const db = new Database(path());
    expect(db.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(0);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'attempts'").get()).toBeUndefined();
    db.close();
  });
});

describe('attempts', () => {
  test('are counted per key, up to the limit, until the window ends', async () => {
    expect([1, 2, 3].map(() => isWithinLimit('a', 2, 60))).toEqual([true, true, false]);
    expect(isWithinLimit('b', 2, 60)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(isWithinLimit('a', 2, 60)).toBe(true);
  });

  test('survive a restart, and can be forgotten', () => {
    isWithinLimit('a', 1, 60_000);
    closeDatabase();
    expect(isWithinLimit('a', 1, 60_000)).toBe(false);
    resetLimit('a');
    expect(isWithinLimit('a', 1, 60_000)).toBe(true);
  });
});
