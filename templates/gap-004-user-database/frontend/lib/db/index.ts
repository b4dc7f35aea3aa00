import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations';

interface OpenDatabase {
  readonly db: Database.Database;
  readonly path: string;
  /** Which file it is, whatever stands at its path by now. */
  readonly file: string;
}

/** Outlives the reloads of the development server, which run this module again. */
const kept = globalThis as typeof globalThis & { aimsUsersDb?: OpenDatabase };

/**
 * The users' database: opened by whoever asks first, so that importing this file, as a build does, creates nothing.
 * For server code only; the middleware runs on the Edge runtime and must not import it.
 */
export function getDb(): Database.Database {
  const path = process.env.USERS_DB_PATH || './data/users.db';
  const open = kept.aimsUsersDb;
  if (open?.path === path) {
    const file = fileAt(path);
    if (file === open.file) return open.db;
    // A new and empty one in its place would sign everybody out.
    if (file === undefined) throw new Error(`${path} is gone; it was there when the application started`);
    // SQLite would play the log of the old file into the new one.
    if (existsSync(`${path}-wal`))
      throw new Error(`${path} was replaced while the application runs; stop it, remove ${path}-wal, and start it again`);
  }
  // Another file was put there together with its log, or without one.
  open?.db.close();
  kept.aimsUsersDb = undefined;
  const db = openDatabase(path);
  kept.aimsUsersDb = { db, path, file: fileAt(path) ?? '' };
  return db;
}

function fileAt(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

function openDatabase(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  makePrivate(path);
  const db = new Database(path);
  try {
    db.pragma('busy_timeout = 500');
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Its owner alone reads the hashes. SQLite gives the files that it puts beside a database the same mode. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`].filter((each) => existsSync(each))) {
    try {
      chmodSync(file, 0o600);
    } catch (error) {
      console.warn(`Others may be able to read ${file}, which belongs to another user`, error);
    }
  }
}

/** All that is pending, or nothing of it. Immediate: a second process waits here and then finds it done. */
function migrate(db: Database.Database): void {
  db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    const done = new Set(db.prepare<[], number>('SELECT id FROM migrations').pluck().all());
    const pending = migrations.filter(({ id }) => !done.has(id)).sort((a, b) => a.id - b.id);
    for (const { id, name, sql } of pending) {
      db.exec(sql);
      db.prepare('INSERT INTO migrations (id, name) VALUES (?, ?)').run(id, name);
    }
  }).immediate();
}
