-- How often the password of an account was tried. The key is a hash, so that the table tells nobody who
-- has an account here.
CREATE TABLE attempts (
    bucket BYTEA NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    -- Nothing is tried before this moment.
    blocked_until BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
