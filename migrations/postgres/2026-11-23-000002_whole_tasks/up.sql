-- Lists get what a person gives them; names are unique folded, as the program folds them.
ALTER TABLE lists ADD COLUMN name_key TEXT NOT NULL DEFAULT 'inbox';
ALTER TABLE lists ADD COLUMN color SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE lists ADD COLUMN archived_at BIGINT;

CREATE UNIQUE INDEX lists_by_name ON lists (user_id, name_key);

-- Made anew, as on SQLite, which adds no column with a foreign key of two columns.
CREATE TABLE whole_tasks (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    list_id UUID NOT NULL,
    -- A step's task.
    parent_id UUID,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    -- Names, one a line; task_labels finds them.
    labels TEXT NOT NULL,
    position BIGINT NOT NULL,
    priority SMALLINT NOT NULL CHECK (priority BETWEEN 0 AND 3),
    start_on DATE,
    due_on DATE,
    -- Minutes since midnight; none = the whole day.
    due_minute SMALLINT CHECK (due_minute BETWEEN 0 AND 1439),
    -- IANA name; none = wherever the owner is.
    due_zone TEXT,
    -- What due dates sort by, in the owner's zone; the highest number where there is none.
    due_key BIGINT NOT NULL,
    -- RRULE of RFC 5545.
    recurrence TEXT,
    recurs_from_completion BOOLEAN NOT NULL,
    recurs_missed BOOLEAN NOT NULL,
    -- The day that the rule gave this occurrence.
    series_on DATE,
    -- The occurrence that was made when this one was done.
    next_id UUID,
    completed_at BIGINT,
    deleted_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- The beginning of the folded title, to sort by.
    title_key TEXT COLLATE "C" NOT NULL,
    -- Folded title and notes; last, because it is long and few queries read it.
    search_text TEXT NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, list_id) REFERENCES lists (user_id, id),
    FOREIGN KEY (user_id, parent_id) REFERENCES whole_tasks (user_id, id) ON DELETE CASCADE
);

-- The keys of due dates and of words are the program's to make, which it does when it starts.
INSERT INTO whole_tasks
SELECT user_id, id, list_id, NULL, title, notes, '', position, priority, NULL, due_on, NULL, NULL,
       -1, NULL, FALSE, FALSE, NULL, NULL, completed_at, deleted_at, version, created_at,
       updated_at, '', ''
FROM tasks;

DROP TABLE tasks;
ALTER TABLE whole_tasks RENAME TO tasks;

-- The open tasks of everything and of one list, in the order that their owner gave them.
CREATE INDEX tasks_open ON tasks (user_id, position, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
-- What the condition says is in these two once more, because SQLite looks at the row for it
-- otherwise, and counting for the navigation would read every task.
CREATE INDEX tasks_in_list ON tasks (user_id, list_id, position, id, deleted_at, completed_at)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_due ON tasks
    (user_id, due_key, id, due_on, start_on, deleted_at, completed_at)
    WHERE deleted_at IS NULL AND completed_at IS NULL AND due_on IS NOT NULL;
CREATE INDEX tasks_completed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;
CREATE INDEX tasks_trashed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NOT NULL;
-- What has lain in anybody's trash for too long.
CREATE INDEX tasks_to_purge ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX tasks_steps ON tasks (user_id, parent_id, position, id) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_unkeyed ON tasks (due_key) WHERE due_key < 0;

CREATE TABLE labels (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The folded name.
    key TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);

CREATE TABLE task_labels (
    user_id UUID NOT NULL,
    label_key TEXT COLLATE "C" NOT NULL,
    task_id UUID NOT NULL,
    PRIMARY KEY (user_id, label_key, task_id),
    FOREIGN KEY (user_id, label_key) REFERENCES labels (user_id, key) ON DELETE CASCADE,
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
);

CREATE INDEX task_labels_by_task ON task_labels (user_id, task_id);

-- Filters that a person gave a name.
CREATE TABLE views (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- The query string.
    query TEXT NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE UNIQUE INDEX views_by_name ON views (user_id, name_key);

-- What was done, one row for each number of the owner's change counter.
CREATE TABLE journal (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    door SMALLINT NOT NULL,
    deed SMALLINT NOT NULL,
    -- The title or name of what it was done to, or of the first of them.
    subject TEXT NOT NULL,
    -- To how many it was done.
    count BIGINT NOT NULL,
    -- JSON: every row that changed, its fields before and after.
    changes TEXT NOT NULL,
    undoes BIGINT,
    undone_by BIGINT,
    PRIMARY KEY (user_id, version)
);

CREATE INDEX journal_by_age ON journal (at);
