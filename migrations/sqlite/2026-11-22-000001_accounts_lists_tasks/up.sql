-- Ids are UUIDv7, 16 bytes. Instants are microseconds since 1970 UTC. Dates are YYYY-MM-DD.

CREATE TABLE users (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    -- Trimmed and lower-cased before it gets here, so one mailbox is one account.
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    -- A login token carries this number and dies with it.
    token_epoch BIGINT NOT NULL,
    -- Goes up by one with every change of the owner's rows; rows keep the number they changed at.
    version BIGINT NOT NULL,
    -- Tasks that the owner has, the trash included; kept so that a limit costs no counting.
    task_count BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
) WITHOUT ROWID;

-- Sessions that were ended before they expired; a live session has no row anywhere.
CREATE TABLE revoked_sids (
    sid BLOB PRIMARY KEY NOT NULL CHECK (length(sid) = 16),
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX revoked_sids_by_expiry ON revoked_sids (expires_at);

-- The owner leads every key: one owner's rows lie together and nobody else's can be referenced.
CREATE TABLE lists (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    is_inbox BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id)
) WITHOUT ROWID;

-- Everyone has one Inbox.
CREATE UNIQUE INDEX lists_inbox ON lists (user_id) WHERE is_inbox;

CREATE TABLE tasks (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BLOB NOT NULL CHECK (length(id) = 16),
    list_id BLOB NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    position BIGINT NOT NULL,
    priority SMALLINT NOT NULL CHECK (priority BETWEEN 0 AND 3),
    due_on DATE,
    completed_at BIGINT,
    deleted_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, list_id) REFERENCES lists (user_id, id)
) WITHOUT ROWID;

-- The open list in the order that its owner gave it.
CREATE INDEX tasks_open ON tasks (user_id, position, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
-- Both keep what changed last on top.
CREATE INDEX tasks_completed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;
CREATE INDEX tasks_trashed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NOT NULL;
