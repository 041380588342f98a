-- Records that went back to their terminal (handback.h).
CREATE TABLE handed (
	id      INTEGER PRIMARY KEY,
	dev     BLOB NOT NULL REFERENCES device,
	t       INTEGER NOT NULL,
	first   INTEGER NOT NULL,
	last    INTEGER NOT NULL CHECK (last >= first),
	by_file INTEGER NOT NULL CHECK (by_file IN (0, 1))
) STRICT;
