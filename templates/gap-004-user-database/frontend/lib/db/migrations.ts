export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * The schema, as steps: a single CREATE TABLE IF NOT EXISTS could never change a table that is there. Each runs once,
 * in the order of its id. A released one is never edited: a change is a new entry.
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

      -- A default is only for new rows: without this, updated_at would stay what it was.
      CREATE TRIGGER users_updated_at AFTER UPDATE ON users
      WHEN NEW.updated_at IS OLD.updated_at
      BEGIN
        UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = NEW.id;
      END;

      -- Links that confirm an address. Only the SHA-256 of a token is kept.
      CREATE TABLE email_confirmations (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        expires_at INTEGER NOT NULL
      );
      CREATE INDEX email_confirmations_of_user ON email_confirmations (user_id);

      -- How often something was tried: kept here, so that a restart or a second process does not start at zero.
      CREATE TABLE attempts (
        key TEXT PRIMARY KEY,
        count INTEGER NOT NULL,
        resets_at INTEGER NOT NULL
      );
      CREATE INDEX attempts_resets_at ON attempts (resets_at);
    `,
  },
];
