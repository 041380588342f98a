-- Going from house to house. One row a VISIT record, seq; t, actor, result
-- (key 28), reason (key 17, 0: none) and next_day (key 40, 0: none) are the
-- record's, for SQL to look for. sealed: date of death, phone, note, form and
-- its version; answers: those of the questionnaire. Both are empty when there
-- are none, or the person was erased.
CREATE TABLE visit (
	seq      INTEGER PRIMARY KEY REFERENCES journal (seq),
	person   INTEGER NOT NULL,
	t        INTEGER NOT NULL,
	actor    INTEGER NOT NULL,
	result   INTEGER NOT NULL,
	reason   INTEGER NOT NULL,
	next_day INTEGER NOT NULL,     -- YYYYMMDD
	sealed   BLOB NOT NULL,
	answers  BLOB NOT NULL
) STRICT;
CREATE INDEX visit_by_person ON visit (person, seq);
CREATE INDEX visit_by_time ON visit (t);

-- A visit that is not finished, as its screens keep it: locked with the data
-- key, for one user. Of no value once the VISIT is in the book.
CREATE TABLE visit_draft (
	actor   INTEGER NOT NULL,
	person  INTEGER NOT NULL,
	changed INTEGER NOT NULL,      -- ms since 1970 UTC
	sealed  BLOB NOT NULL,
	PRIMARY KEY (actor, person)
) STRICT, WITHOUT ROWID;

-- Whom somebody means to visit on a day (YYYYMMDD), in which order.
CREATE TABLE visit_plan (
	actor  INTEGER NOT NULL,
	day    INTEGER NOT NULL,
	place  INTEGER NOT NULL,
	person INTEGER NOT NULL,
	PRIMARY KEY (actor, day, place),
	UNIQUE (actor, day, person)
) STRICT, WITHOUT ROWID;
