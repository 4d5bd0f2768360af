DROP INDEX tasks_steps;
CREATE INDEX tasks_steps ON tasks (user_id, parent_id, position, id) WHERE parent_id IS NOT NULL;

ALTER TABLE task_labels DROP COLUMN is_open;

CREATE INDEX tasks_open ON tasks (user_id, position, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;

ALTER TABLE tasks RENAME COLUMN notes_key TO search_text;
UPDATE tasks
SET search_text = CASE notes WHEN '' THEN title_key ELSE title_key || '
' || search_text END,
    title_key = substr(title_key, 1, 60);

UPDATE users
SET version = latest.version, task_count = latest.task_count
FROM (SELECT user_id, max(version) AS version FROM journal GROUP BY user_id) AS last
    JOIN journal AS latest ON latest.user_id = last.user_id AND latest.version = last.version
WHERE users.id = latest.user_id;
ALTER TABLE journal DROP COLUMN task_count;
