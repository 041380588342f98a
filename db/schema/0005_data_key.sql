-- The key that people's data are locked with, once for each user: sealed to
-- his signing key, which his PIN opens, and locked with the device secret.
-- Empty until there is a first user; bare it is in no file.
CREATE TABLE data_key (
	number  INTEGER PRIMARY KEY REFERENCES user ON DELETE CASCADE,
	wrapped BLOB NOT NULL
) STRICT;
