-- What an office knows of its own units: offices, points of payout, communes
-- (units.h). parent: the code of another one, '' at the top. seq: the CONFIG
-- record by which the row came or was last changed. No personal data, and
-- nothing of value stands on it.
CREATE TABLE unit (
	code   TEXT PRIMARY KEY CHECK (length(code) > 0),
	name   TEXT NOT NULL CHECK (length(name) > 0),
	kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
	parent TEXT NOT NULL CHECK (parent <> code),
	seq    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
