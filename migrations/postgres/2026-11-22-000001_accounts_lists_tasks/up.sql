-- Ids are UUIDv7. Instants are microseconds since 1970 UTC.

CREATE TABLE users (
    id UUID PRIMARY KEY,
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
);

-- Sessions that were ended before they expired; a live session has no row anywhere.
CREATE TABLE revoked_sids (
    sid UUID PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX revoked_sids_by_expiry ON revoked_sids (expires_at);

-- The owner leads every key: one owner's rows lie together and nobody else's can be referenced.
CREATE TABLE lists (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    is_inbox BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id)
);

-- Everyone has one Inbox.
CREATE UNIQUE INDEX lists_inbox ON lists (user_id) WHERE is_inbox;

CREATE TABLE tasks (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    list_id UUID NOT NULL,
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
);

-- The open list in the order that its owner gave it.
CREATE INDEX tasks_open ON tasks (user_id, position, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
-- Both keep what changed last on top.
CREATE INDEX tasks_completed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;
CREATE INDEX tasks_trashed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NOT NULL;
