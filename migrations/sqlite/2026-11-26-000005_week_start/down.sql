ALTER TABLE users DROP COLUMN week_start;
