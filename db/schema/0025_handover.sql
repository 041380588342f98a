-- Money that moved between the terminals of an office (handover.h), worked out
-- from the RELEASE and ACQUIRE records: the newest one of each entitlement, and
-- how often that has moved. away 1: released, so it is not paid here.
CREATE TABLE handover (
	ent  BLOB PRIMARY KEY CHECK (length(ent) = 16),
	seq  INTEGER NOT NULL REFERENCES journal (seq),
	hop  INTEGER NOT NULL CHECK (hop BETWEEN 1 AND 200),
	away INTEGER NOT NULL CHECK (away IN (0, 1))
) STRICT, WITHOUT ROWID;
