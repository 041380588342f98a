-- Payment lists, the people on them, and what each list gives to each.
-- Filled by an import, in one transaction; a payout never writes here. Numbers
-- of lists are not declared as references: four checks a row are a tenth of
-- the time an import takes, and no list is ever removed.

-- A list is its file. bytes: the size of the file, a quick first look before
-- its hash; period: the newest of its rows; seq: the IMPORT record.
CREATE TABLE list (
	id          INTEGER PRIMARY KEY,
	sha256      BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
	bytes       INTEGER NOT NULL,
	period      INTEGER NOT NULL,
	rows        INTEGER NOT NULL,
	sum         INTEGER NOT NULL,
	imported_at INTEGER NOT NULL,  -- ms since 1970 UTC
	seq         INTEGER NOT NULL
) STRICT;

-- One beneficiary of one unit, as the newest list has him; list and period
-- say which that is. birth: YYYYMMDD, unknown month and day are 00.
-- id12_back, old_id_back: the digits from the last to the first as a number,
-- so that people with the same last digits lie side by side.
CREATE TABLE person (
	id             INTEGER PRIMARY KEY,
	seq            INTEGER NOT NULL,
	folded         TEXT NOT NULL,  -- viet_fold() of name
	unit_code      TEXT NOT NULL CHECK (unit_code <> ''),
	beneficiary_id TEXT NOT NULL CHECK (beneficiary_id <> ''),
	list           INTEGER NOT NULL,
	period         INTEGER NOT NULL,
	list_no        TEXT NOT NULL,
	id12           TEXT NOT NULL,
	id12_back      INTEGER,
	old_id         TEXT NOT NULL,
	old_id_back    INTEGER,
	name           TEXT NOT NULL,
	birth          INTEGER NOT NULL,
	sex            INTEGER NOT NULL CHECK (sex BETWEEN 0 AND 2),
	address        TEXT NOT NULL,
	group_code     TEXT NOT NULL,
	subgroup_code  TEXT NOT NULL,
	payee          INTEGER NOT NULL CHECK (payee BETWEEN 0 AND 2),
	payee_name     TEXT NOT NULL,
	payee_id       TEXT NOT NULL,
	account_bin    TEXT NOT NULL,
	account_no     TEXT NOT NULL,
	CHECK ((id12 = '') = (id12_back IS NULL)),
	CHECK ((old_id = '') = (old_id_back IS NULL))
) STRICT;
CREATE UNIQUE INDEX person_by_key ON person (beneficiary_id, unit_code);
-- One number, one person of a unit; other units may know him too.
CREATE UNIQUE INDEX person_by_id12 ON person (id12_back, unit_code)
	WHERE id12_back IS NOT NULL;
CREATE INDEX person_by_old_id ON person (old_id_back)
	WHERE old_id_back IS NOT NULL;

-- One kind of money of one row of a list: payable once. ent is its name in
-- the journal and at the centre (db/LISTS.md). what: journal.md key
-- 27. list: the first that had it. carried_by: the later list whose "carried
-- over" stands for this money; it is not due any more.
CREATE TABLE entitlement (
	person      INTEGER NOT NULL REFERENCES person,
	list_period INTEGER NOT NULL,
	what        INTEGER NOT NULL CHECK (what BETWEEN 1 AND 5),
	period      INTEGER NOT NULL,  -- of the money
	list        INTEGER NOT NULL,
	amount      INTEGER NOT NULL CHECK (amount > 0),
	months      TEXT NOT NULL,
	by_account  INTEGER NOT NULL CHECK (by_account IN (0, 1)),
	carried_by  INTEGER,
	ent         BLOB NOT NULL CHECK (length(ent) = 16),
	PRIMARY KEY (person, list_period, what)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entitlement_by_ent ON entitlement (ent);
