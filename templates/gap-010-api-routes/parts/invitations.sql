-- One row for each address: an invitation that was sent, and by whom. Only the SHA-256 of the mailed token is kept.
CREATE TABLE invitations (
  email TEXT PRIMARY KEY CHECK (email = lower(trim(email))),
  token_hash TEXT NOT NULL UNIQUE,
  inviter_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER
);
CREATE INDEX invitations_of_inviter ON invitations (inviter_id);
