-- Each page that a change touches is written twice, so a change touches as few as can be.

-- An account's counters are those of its last entry; users has them as they were before the first.
ALTER TABLE journal ADD COLUMN task_count BIGINT NOT NULL DEFAULT 0;
UPDATE journal SET task_count = (SELECT task_count FROM users WHERE id = journal.user_id);

-- The folded title whole, and what was kept of it twice no more.
UPDATE tasks
SET title_key = CASE notes WHEN '' THEN search_text
        ELSE substr(search_text, 1, strpos(search_text, chr(10)) - 1) END,
    search_text = CASE notes WHEN '' THEN ''
        ELSE substr(search_text, strpos(search_text, chr(10)) + 1) END
WHERE due_key >= 0;
ALTER TABLE tasks RENAME COLUMN search_text TO notes_key;

-- Places are places within a list: where there are several, one list comes after the other.
DROP INDEX tasks_open;

-- What the navigation counts, without a look at the rows of the tasks.
ALTER TABLE task_labels ADD COLUMN is_open BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE task_labels
SET is_open = EXISTS (
    SELECT 1 FROM tasks
    WHERE tasks.user_id = task_labels.user_id AND tasks.id = task_labels.task_id
        AND tasks.deleted_at IS NULL AND tasks.completed_at IS NULL
);
DROP INDEX tasks_steps;
CREATE INDEX tasks_steps ON tasks
    (user_id, parent_id, position, id, list_id, deleted_at, completed_at)
    WHERE parent_id IS NOT NULL;
