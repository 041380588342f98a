-- until: the last day on which he may work, YYYYMMDD at UTC+7; 0: no end. It
-- is told in the book (key 32 of a CONFIG). approval: the public key that he
-- approves with from a terminal of his own (key 23 of a CONFIG); '': none.
ALTER TABLE user ADD COLUMN until INTEGER NOT NULL DEFAULT 0
	CHECK (until BETWEEN 0 AND 21991231);
ALTER TABLE user ADD COLUMN approval BLOB NOT NULL DEFAULT x''
	CHECK (length(approval) IN (0, 32));

-- Lists of revoked users, as their REVLIST records tell of them.
CREATE TABLE revlist (
	version INTEGER PRIMARY KEY,
	seq     INTEGER NOT NULL,
	rsum    BLOB NOT NULL CHECK (length(rsum) = 32)
) STRICT;

-- The request for an approval that a verb showed, until its answer comes or
-- another is asked: of no value, locked with the device secret.
CREATE TABLE approval_asked (
	one    INTEGER PRIMARY KEY CHECK (one = 1),
	locked BLOB NOT NULL
) STRICT;
