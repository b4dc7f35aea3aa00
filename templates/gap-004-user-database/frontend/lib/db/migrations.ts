export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * The schema as a series of steps, because CREATE TABLE IF NOT EXISTS cannot change an existing table. Each runs once,
 * in order of id. Never edit a released migration; add a new entry instead.
 */
export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: 'users',
    sql: `
      CREATE TABLE users (
        id TEXT PRIMARY KEY,
        email TEXT NOT NULL UNIQUE CHECK (email = lower(trim(email))),
        name TEXT,
        role TEXT NOT NULL DEFAULT 'USER' CHECK (role IN ('OWNER', 'USER')),
        avatar_url TEXT,
        workspace_name TEXT,
        industry TEXT,
        timezone TEXT,
        password_hash TEXT,
        password_id TEXT,
        email_verified_at TEXT,
        created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      );

      -- Defaults apply only to new rows; without this trigger, updated_at would never change.
      CREATE TRIGGER users_updated_at AFTER UPDATE ON users
      WHEN NEW.updated_at IS OLD.updated_at
      BEGIN
        UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = NEW.id;
      END;

      -- Links that confirm an address. Only the SHA-256 of each token is stored.
      CREATE TABLE email_confirmations (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        expires_at INTEGER NOT NULL
      );
      CREATE INDEX email_confirmations_of_user ON email_confirmations (user_id);

      -- Attempt counts for rate limits, stored here so that they survive restarts and all processes share them.
      CREATE TABLE attempts (
        key TEXT PRIMARY KEY,
        count INTEGER NOT NULL,
        resets_at INTEGER NOT NULL
      );
      CREATE INDEX attempts_resets_at ON attempts (resets_at);
    `,
  },
];
