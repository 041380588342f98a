-- Parcels from the centre (core/codec/parcel.h), as they came: what is in them
-- is sealed to this terminal, or public. Derived from nothing, and nothing of
-- value stands on it: what a parcel brings has records of its own.
-- state: 0 waits, 1 taken, 2 refused for what is in it; content: while it waits.
CREATE TABLE parcel (
	kind    INTEGER NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),
	head    BLOB NOT NULL,
	state   INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	came    INTEGER NOT NULL,
	done    INTEGER NOT NULL,
	rows    INTEGER NOT NULL,
	errors  INTEGER NOT NULL,
	content BLOB,
	UNIQUE (kind, version)
) STRICT;
CREATE INDEX parcel_waits ON parcel (kind, version) WHERE state = 0;

-- Texts to be read out that came in them; those of the program are assets.
CREATE TABLE text (
	lang    TEXT NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),
	bytes   BLOB NOT NULL,
	PRIMARY KEY (lang, version)
) STRICT, WITHOUT ROWID;
