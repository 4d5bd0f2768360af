-- The day on which the owner's weeks begin, in the words of the API.
ALTER TABLE users ADD COLUMN week_start TEXT NOT NULL DEFAULT 'monday';
