-- Only the SHA-256 of a mailed token is kept: who reads this table can open no account with it.
CREATE TABLE password_resets (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
);
CREATE INDEX password_resets_of_user ON password_resets (user_id);
