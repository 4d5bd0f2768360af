-- What people set up for themselves, in the words of the API.
ALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN locale TEXT NOT NULL DEFAULT 'en-GB';
ALTER TABLE users ADD COLUMN theme TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE users ADD COLUMN quick_add_symbols TEXT NOT NULL DEFAULT 'todoist';
ALTER TABLE users ADD COLUMN page_size SMALLINT NOT NULL DEFAULT 25;
