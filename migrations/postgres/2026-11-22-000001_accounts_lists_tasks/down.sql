DROP TABLE tasks;
DROP TABLE lists;
DROP TABLE revoked_sids;
DROP TABLE users;
