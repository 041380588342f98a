-- What is handed down to terminals: the tables of 0002_sqlite.sql, which says
-- what they are.
CREATE TABLE parcel (
	dev     bytea NOT NULL CHECK (length(dev) IN (0, 16)),
	kind    bigint NOT NULL,
	version bigint NOT NULL CHECK (version > 0),
	made    bigint NOT NULL,
	until   bigint NOT NULL,
	sha     bytea NOT NULL CHECK (length(sha) = 32),
	len     bigint NOT NULL,
	key_id  bytea NOT NULL CHECK (length(key_id) = 4),
	sig     bytea NOT NULL CHECK (length(sig) = 64),
	PRIMARY KEY (dev, kind, version)
);

CREATE TABLE piece (
	sha   bytea NOT NULL CHECK (length(sha) = 32),
	n     bigint NOT NULL,
	bytes bytea NOT NULL,
	PRIMARY KEY (sha, n)
);
-- Contents are sealed or packed already.
ALTER TABLE piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
