DROP TABLE journal;
DROP TABLE views;
DROP TABLE task_labels;
DROP TABLE labels;

CREATE TABLE plain_tasks (
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

INSERT INTO plain_tasks
SELECT user_id, id, list_id, title, notes, position, priority, due_on, completed_at, deleted_at,
       version, created_at, updated_at
FROM tasks;

DROP TABLE tasks;
ALTER TABLE plain_tasks RENAME TO tasks;

CREATE INDEX tasks_open ON tasks (user_id, position, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_completed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;
CREATE INDEX tasks_trashed ON tasks (user_id, updated_at, id)
    WHERE deleted_at IS NOT NULL;

DROP INDEX lists_by_name;
ALTER TABLE lists DROP COLUMN archived_at;
ALTER TABLE lists DROP COLUMN color;
ALTER TABLE lists DROP COLUMN name_key;
