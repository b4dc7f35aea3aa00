// @vitest-environment node
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { countOf, forgetAttempts, isWithinLimit, remember, returnAttempt, takeAttempts } from '../../gap-004-user-database/frontend/lib/db/attempts.ts';
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

  test('nobody but the owner of the files reads the hashes, whatever mode they had', () => {
    getDb().exec("INSERT INTO users (id, email) VALUES ('1', 'ada@example.com')");
    const modes = () => ['', '-wal', '-shm'].map((end) => statSync(path() + end).mode & 0o777);
    expect(modes()).toEqual([0o600, 0o600, 0o600]);
    closeDatabase();
    chmodSync(path(), 0o644);
    getDb().exec("INSERT INTO users (id, email) VALUES ('2', 'eve@example.com')");
    expect(modes()).toEqual([0o600, 0o600, 0o600]);
  });

  test('writers wait, readers go on, references count', () => {
    const db = getDb();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('busy_timeout', { simple: true })).toBe(500);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(getDb()).toBe(db);
  });

  test('what was stored is there after a restart', async () => {
    await createUser({ email: 'ada@example.com' });
    closeDatabase();
    expect(getDb().prepare('SELECT email FROM users').pluck().all()).toEqual(['ada@example.com']);
  });
});

describe('a file that goes away', () => {
  const emails = () => getDb().prepare('SELECT email FROM users ORDER BY email').pluck().all();
  const aside = () => `${dirname(path())}-aside`;

  test('is missed, not replaced by an empty one, and found again when it is back', async () => {
    await createUser({ email: 'ada@example.com' });
    renameSync(dirname(path()), aside());
    expect(() => getDb()).toThrow('is gone');
    expect(existsSync(path())).toBe(false);
    renameSync(aside(), dirname(path()));
    expect(emails()).toEqual(['ada@example.com']);
  });

  test('and comes back as another one, a restored one for instance, is opened anew', async () => {
    await createUser({ email: 'ada@example.com' });
    getDb().exec(`VACUUM INTO '${path()}.backup'`);
    await createUser({ email: 'eve@example.com' });
    expect(emails()).toEqual(['ada@example.com', 'eve@example.com']);
    renameSync(`${path()}.backup`, path());
    for (const end of ['-wal', '-shm']) rmSync(path() + end);
    expect(emails()).toEqual(['ada@example.com']);
    await createUser({ email: 'grace@example.com' });
    closeDatabase();
    expect(emails()).toEqual(['ada@example.com', 'grace@example.com']);
  });
});

test('a file that was replaced under its log is refused: SQLite would play the log into the new one', async () => {
  await createUser({ email: 'ada@example.com' });
  getDb().exec(`VACUUM INTO '${path()}.backup'`);
  await createUser({ email: 'eve@example.com' });
  renameSync(`${path()}.backup`, path());
  expect(() => getDb()).toThrow('was replaced while the application was running');
  for (const end of ['-wal', '-shm']) rmSync(path() + end);
  expect(getDb().pragma('integrity_check', { simple: true })).toBe('ok');
});

describe('migrations', () => {
  test('have rising numbers from 1', () => {
    expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1));
  });

  test('only those that are not there yet run', () => {
    getDb().exec("DELETE FROM migrations WHERE id = 1; ALTER TABLE users RENAME TO users_before; DROP TABLE attempts; DROP TABLE email_confirmations");
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

test.each(['a new file', 'a file of an older release'])('processes that open %s at once all find it whole', async (kind) => {
  if (kind !== 'a new file') {
    mkdirSync(dirname(path()), { recursive: true });
    const db = new Database(path());
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    db.close();
  }
  const folder = resolve(import.meta.dirname, '../../gap-004-user-database/frontend/lib/db');
  const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
  for (const name of ['index', 'migrations']) {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = ts.transpileModule(readFileSync(join(folder, `${name}.ts`), 'utf8'), { compilerOptions });
    writeFileSync(join(compiled, `${name}.js`), outputText);
  }
  // All wait for the same moment.
  const at = Date.now() + 1500;
  const ask = `while (Date.now() < ${at}); console.log(require('./index').getDb().prepare('SELECT count(*) FROM users').pluck().get())`;
  const env = { ...process.env, NODE_PATH: resolve(import.meta.dirname, '../../node_modules') };
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, ['-e', ask], { cwd: compiled, env })),
  );
  expect(answers.map(({ stdout }) => stdout)).toEqual(['0\n', '0\n', '0\n', '0\n']);
  rmSync(compiled, { recursive: true });
});

describe('attempts', () => {
  const counted = () => getDb().prepare('SELECT count(*) FROM attempts').pluck().get();

  test('are counted per key, up to the limit, until the window ends', () => {
    vi.useFakeTimers({ now: 0 });
    expect([1, 2, 3].map(() => isWithinLimit('a', 2, 60))).toEqual([true, true, false]);
    expect(isWithinLimit('b', 2, 60)).toBe(true);
    vi.setSystemTime(59);
    expect(isWithinLimit('a', 2, 60)).toBe(false);
    vi.setSystemTime(60);
    expect(isWithinLimit('a', 2, 60)).toBe(true);
    vi.useRealTimers();
  });

  test('survive a restart, and can be forgotten', () => {
    isWithinLimit('a', 1, 60_000);
    closeDatabase();
    expect(isWithinLimit('a', 1, 60_000)).toBe(false);
    forgetAttempts('a');
    expect(isWithinLimit('a', 1, 60_000)).toBe(true);
  });

  test('are taken from every key or from none, and given back', () => {
    const limits = [
      { key: 'wide', limit: 9, windowMs: 60_000 },
      { key: 'narrow', limit: 1, windowMs: 60_000 },
    ];
    expect(takeAttempts(limits)).toBeUndefined();
    expect(takeAttempts(limits)?.key).toBe('narrow');
    expect(countOf('wide')).toBe(1);
    for (let i = 0; i < 3; i += 1) returnAttempt('narrow');
    expect(countOf('narrow')).toBe(0);
    expect(takeAttempts(limits)).toBeUndefined();
  });

  test('a key can be made known for a time', () => {
    vi.useFakeTimers({ now: 0 });
    remember('place', 100);
    vi.setSystemTime(90);
    remember('place', 100);
    vi.setSystemTime(189);
    expect(countOf('place')).toBe(1);
    vi.setSystemTime(190);
    expect(countOf('place')).toBe(0);
    vi.useRealTimers();
  });

  test('keep nothing of what was typed, and one length of it', () => {
    for (const key of ['sign-in:1.2.3.4:ada@example.com', 'x'.repeat(1_000_000)]) isWithinLimit(key, 9, 60_000);
    const keys = getDb().prepare<[], string>('SELECT key FROM attempts').pluck().all();
    expect(keys.map((key) => key.length)).toEqual([43, 43]);
  });

  test('go when they are over, many at a time, found by an index', () => {
    vi.useFakeTimers({ now: 0 });
    for (let i = 0; i < 120; i += 1) isWithinLimit(`old ${i}`, 9, 60);
    vi.setSystemTime(60);
    isWithinLimit('a', 9, 60);
    expect(counted()).toBe(71);
    for (let i = 0; i < 2; i += 1) isWithinLimit('a', 9, 60);
    expect(counted()).toBe(1);
    vi.useRealTimers();
    const plan = getDb().prepare('EXPLAIN QUERY PLAN SELECT key FROM attempts WHERE resets_at <= 1 LIMIT 50').all();
    expect(JSON.stringify(plan)).toContain('attempts_resets_at');
  });
});
