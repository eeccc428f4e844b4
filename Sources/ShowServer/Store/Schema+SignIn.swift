extension Schema {
    static let signingIn = """
        -- Of somebody who signs in, their name in small letters; a guest has none.
        ALTER TABLE accounts ADD COLUMN handle TEXT;
        CREATE UNIQUE INDEX accounts_by_handle ON accounts (handle) WHERE handle IS NOT NULL;
        -- The account that a guest's has become part of.
        ALTER TABLE accounts ADD COLUMN merged_into TEXT REFERENCES accounts;
        CREATE INDEX accounts_by_owner ON accounts (merged_into) WHERE merged_into IS NOT NULL;
        -- account and family are there once somebody has let the program in.
        CREATE TABLE device_codes (
            user_code TEXT PRIMARY KEY, code_hash TEXT NOT NULL UNIQUE, client TEXT NOT NULL, expires_at INTEGER NOT NULL,
            interval INTEGER NOT NULL, polled_at INTEGER, account TEXT REFERENCES accounts, family TEXT,
            is_denied INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE INDEX device_codes_by_end ON device_codes (expires_at);
        -- All tokens that have come of one sign-in; they are revoked together.
        CREATE TABLE token_families (
            id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, client TEXT NOT NULL,
            created_at INTEGER NOT NULL, revoked_at INTEGER
        ) WITHOUT ROWID;
        -- parent: whose refresh token brought it; 0 is the device code.
        CREATE TABLE tokens (
            family TEXT NOT NULL REFERENCES token_families ON DELETE CASCADE, number INTEGER NOT NULL,
            parent INTEGER NOT NULL, access_hash TEXT NOT NULL UNIQUE, refresh_hash TEXT NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, is_used INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (family, number)
        ) WITHOUT ROWID;
        """
}
