-- What is handed down to terminals (core/codec/parcel.h). dev: empty for what
-- is for all of them. key_id, sig: of the key that signed when it was put in;
-- but for a roll it is signed anew when it goes out. Never changed.
CREATE TABLE parcel (
	dev     BLOB NOT NULL CHECK (length(dev) IN (0, 16)),
	kind    INTEGER NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),
	made    INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	sha     BLOB NOT NULL CHECK (length(sha) = 32),
	len     INTEGER NOT NULL,
	key_id  BLOB NOT NULL CHECK (length(key_id) = 4),
	sig     BLOB NOT NULL CHECK (length(sig) = 64),
	PRIMARY KEY (dev, kind, version)
) STRICT, WITHOUT ROWID;

-- Their contents, in pieces from 0 on: all but the last have STORE_PIECE bytes.
CREATE TABLE piece (
	sha   BLOB NOT NULL CHECK (length(sha) = 32),
	n     INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (sha, n)
) STRICT;
