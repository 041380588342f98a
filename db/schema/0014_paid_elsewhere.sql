-- Terminals of the same office whose paid marks are believed here; a CONFIG
-- record tells of each (line "peer").
CREATE TABLE peer (
	dev    BLOB PRIMARY KEY CHECK (length(dev) = 16),
	public BLOB NOT NULL CHECK (length(public) = 32)
) STRICT, WITHOUT ROWID;

-- What another terminal said was paid there, as it signed it (db/FORMATS.md).
-- seq: the MARKS record, which bears the hash of bytes.
CREATE TABLE mark_set (
	seq   INTEGER PRIMARY KEY REFERENCES journal (seq),
	bytes BLOB NOT NULL
) STRICT;

-- Worked out from these: the entitlements, and the first that said so.
CREATE TABLE paid_elsewhere (
	ent BLOB PRIMARY KEY CHECK (length(ent) = 16),
	seq INTEGER NOT NULL REFERENCES mark_set (seq)
) STRICT, WITHOUT ROWID;
