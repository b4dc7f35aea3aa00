import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations';

/** Outlives the reloads of the development server, which run this module again. */
const kept = globalThis as typeof globalThis & { aimsUsersDb?: Database.Database };

/**
 * The users' database: opened by whoever asks first, so that importing this file, as a build does, creates nothing.
 * For server code only; the middleware runs on the Edge runtime and must not import it.
 */
export function getDb(): Database.Database {
  kept.aimsUsersDb ??= open(process.env.USERS_DB_PATH || './data/users.db');
  return kept.aimsUsersDb;
}

function open(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  try {
    db.pragma('busy_timeout = 5000');
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
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
