ALTER TABLE users DROP COLUMN page_size;
ALTER TABLE users DROP COLUMN quick_add_symbols;
ALTER TABLE users DROP COLUMN theme;
ALTER TABLE users DROP COLUMN locale;
ALTER TABLE users DROP COLUMN name;
