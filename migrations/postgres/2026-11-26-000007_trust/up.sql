-- Who an account trusts, and what it was asked for.

-- When the owner proved that the address is theirs; none = not yet.
ALTER TABLE users ADD COLUMN email_verified_at BIGINT;
-- Since when a new account waits for the link in a mail to be followed; none = it may be used.
ALTER TABLE users ADD COLUMN unconfirmed_since BIGINT;
-- Those who never came back are looked for each hour.
CREATE INDEX users_unconfirmed ON users (unconfirmed_since) WHERE unconfirmed_since IS NOT NULL;
-- Tokens of other issuers that were issued before this moment are dead.
ALTER TABLE users ADD COLUMN tokens_from BIGINT NOT NULL DEFAULT 0;

-- Tokens that a person made for their programs. The token itself is kept nowhere.
CREATE TABLE personal_tokens (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- read or write.
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- None = until it is revoked.
    expires_at BIGINT,
    last_used_at BIGINT,
    PRIMARY KEY (user_id, id)
);

-- The secret of an authenticator app, sealed; unconfirmed ones ask nobody for a code.
CREATE TABLE second_factors (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    secret BYTEA NOT NULL,
    -- The time step of the last code that was taken: none is taken twice.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    PRIMARY KEY (user_id)
);

-- Codes for the day on which the authenticator is lost, hashed, each good once.
CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Who signed in or tried to, for the owner to read.
CREATE TABLE sign_ins (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    event SMALLINT NOT NULL,
    -- The name of the token or issuer; empty for passwords.
    means TEXT NOT NULL,
    network TEXT NOT NULL,
    browser TEXT NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE INDEX sign_ins_by_age ON sign_ins (at);

-- Who somebody is to another issuer; never found by an e-mail address.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Stays when the account goes: a token that is still about must not make it anew.
    user_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX identities_by_user ON identities (user_id);

-- Links that were sent by mail or printed, one of a kind for an account; only their hash is kept.
CREATE TABLE mail_links (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- reset or verify.
    purpose TEXT NOT NULL,
    hash BYTEA NOT NULL,
    -- The address that following the link proves; empty = none, because it was printed.
    email TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, purpose)
);

CREATE UNIQUE INDEX mail_links_by_hash ON mail_links (hash);

-- Mail that waits to be sent; sealed, because links in it open accounts.
CREATE TABLE outbox (
    id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX outbox_by_turn ON outbox (next_try_at);

-- Links with which somebody may make an account where not everybody may; only their hash is kept.
CREATE TABLE invitations (
    hash BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (hash)
);
