-- A list may take the place of an earlier one of its period: what is unpaid is
-- as the new one says. replaces: that one's id, 0: of none.
ALTER TABLE list ADD COLUMN
	replaces INTEGER NOT NULL DEFAULT 0 CHECK (replaces < id);
CREATE UNIQUE INDEX list_replaced ON list (replaces) WHERE replaces > 0;

-- What became of money by that, one row an entitlement. was, now: đồng, 0: not
-- on it. kind: enum list_fix_kind; kept: enum list_kept, why it stayed as it
-- was; 0: it is as now says.
CREATE TABLE list_fix (
	list        INTEGER NOT NULL REFERENCES list, -- the new one
	person      INTEGER NOT NULL REFERENCES person,
	list_period INTEGER NOT NULL,
	what        INTEGER NOT NULL CHECK (what BETWEEN 1 AND 5),
	kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
	was         INTEGER NOT NULL CHECK (was >= 0),
	now         INTEGER NOT NULL CHECK (now >= 0),
	by_account  INTEGER NOT NULL CHECK (by_account IN (0, 1)),
	kept        INTEGER NOT NULL CHECK (kept BETWEEN 0 AND 4),
	PRIMARY KEY (list, person, list_period, what)
) STRICT, WITHOUT ROWID;
