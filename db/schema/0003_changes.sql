-- Who came, left or is altered, and what the bank said of accounts. Filled by
-- an import, in one transaction with the journal records they tell of.

-- A file of changes (kind 1) or answers (kind 2), known by its hash; seq: its
-- IMPORT record.
CREATE TABLE side_file (
	seq         INTEGER PRIMARY KEY,
	kind        INTEGER NOT NULL CHECK (kind IN (1, 2)),
	sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
	rows        INTEGER NOT NULL,
	imported_at INTEGER NOT NULL,  -- ms since 1970 UTC
	UNIQUE (sha256, kind)
) STRICT;

-- One row a CHANGE record, seq. period: from which on it holds. reason:
-- enum change_reason, 0 unless he left; date: of death, ISO, else "".
CREATE TABLE change (
	seq    INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person,
	kind   INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
	period INTEGER NOT NULL,
	reason INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 9),
	date   TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_person ON change (person, seq);

-- One row an ACCOUNT_STATE record, seq: what the bank said of this account
-- for this person. state: enum account_answer.
CREATE TABLE account_state (
	seq    INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person,
	bin    TEXT NOT NULL CHECK (bin <> ''),
	number TEXT NOT NULL CHECK (number <> ''),
	state  INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
	date   TEXT NOT NULL            -- of the answer, ISO, else ""
) STRICT;
CREATE INDEX account_state_by_person ON account_state (person, seq);
