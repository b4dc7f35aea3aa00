import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations';

interface OpenDatabase {
  readonly db: Database.Database;
  readonly path: string;
  /** Identifies the opened file, even if another one has taken its path since. */
  readonly file: string;
}

/** Survives hot reloads of the development server, which run this module again. */
const kept = globalThis as typeof globalThis & { aimsUsersDb?: OpenDatabase };

/**
 * The users database. It is opened on first use, so that importing this file, as a build does, creates nothing. For
 * server code only: the middleware runs on the Edge runtime and must not import this file.
 */
export function getDb(): Database.Database {
  const path = process.env.USERS_DB_PATH || './data/users.db';
  const open = kept.aimsUsersDb;
  if (open?.path === path) {
    const file = fileAt(path);
    if (file === open.file) return open.db;
    // Creating a new, empty database in its place would sign everyone out.
    if (file === undefined) throw new Error(`${path} is gone; it was there when the application started`);
    // SQLite would replay the old file's WAL into the new file.
    if (existsSync(`${path}-wal`))
      throw new Error(`${path} was replaced while the application was running; stop it, remove ${path}-wal, and start it again`);
  }
  // Either the path has changed, or the file was replaced with no WAL left beside it.
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

/** Only the file's owner may read the hashes. SQLite gives the -wal and -shm files the mode of the database. */
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

/** Runs all pending migrations or none. Immediate, so a second process waits here and then finds them done. */
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
