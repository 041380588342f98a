-- Terminals of the office that a supervisor took out again (elsewhere.h): their
-- key stays in peer, for what it signed before. why: enum peer_why; seq: the
-- CONFIG record that says so (line "drop").
CREATE TABLE peer_gone (
	dev BLOB PRIMARY KEY CHECK (length(dev) = 16) REFERENCES peer,
	why INTEGER NOT NULL CHECK (why BETWEEN 1 AND 3),
	seq INTEGER NOT NULL REFERENCES journal (seq)
) STRICT, WITHOUT ROWID;
