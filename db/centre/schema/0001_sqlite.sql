-- What the centre keeps, in SQLite. 0001_pg.sql says the same to PostgreSQL.
-- Released files are never edited.

-- state: enum store_state. last, head, key, epoch, tot: behind the newest record.
CREATE TABLE device (
	dev      BLOB PRIMARY KEY CHECK (length(dev) = 16),
	pk       BLOB NOT NULL CHECK (length(pk) = 32),
	name     TEXT NOT NULL,
	state    INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
	last     INTEGER NOT NULL,
	head     BLOB NOT NULL CHECK (length(head) = 32),
	key      BLOB NOT NULL CHECK (length(key) = 32),
	epoch    INTEGER NOT NULL,
	tot      BLOB NOT NULL CHECK (length(tot) = 48),
	claimed  INTEGER NOT NULL,
	unsign   INTEGER NOT NULL,
	ended    INTEGER NOT NULL CHECK (ended IN (0, 1)),
	enrolled INTEGER NOT NULL,
	contact  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The books, as they were signed. Never changed, never deleted.
CREATE TABLE record (
	dev   BLOB NOT NULL REFERENCES device,
	seq   INTEGER NOT NULL CHECK (seq > 0),
	kind  INTEGER NOT NULL,
	t     INTEGER NOT NULL,
	shift INTEGER NOT NULL,
	body  BLOB NOT NULL,
	h     BLOB NOT NULL CHECK (length(h) = 32),
	sig   BLOB NOT NULL CHECK (length(sig) = 64),
	came  INTEGER NOT NULL,
	PRIMARY KEY (dev, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER record_nu BEFORE UPDATE ON record
	BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER record_nd BEFORE DELETE ON record
	BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- The key that signs from record first on.
CREATE TABLE epoch (
	dev   BLOB NOT NULL REFERENCES device,
	first INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	key   BLOB NOT NULL CHECK (length(key) = 32),
	PRIMARY KEY (dev, first)
) STRICT, WITHOUT ROWID;

-- Personal data, sealed to the centre's sealing key; erasable by themselves.
CREATE TABLE pd (
	dev    BLOB NOT NULL REFERENCES device,
	seq    INTEGER NOT NULL,
	sealed BLOB NOT NULL,
	PRIMARY KEY (dev, seq)
) STRICT, WITHOUT ROWID;

-- Checkpoints that were signed: one text for one record, for ever.
CREATE TABLE note (
	dev  BLOB NOT NULL REFERENCES device,
	seq  INTEGER NOT NULL,
	text BLOB NOT NULL,
	t    INTEGER NOT NULL,
	PRIMARY KEY (dev, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_t ON note (t);

-- The payment of an entitlement that stands: one. Any further is an alert.
CREATE TABLE paid (
	ent BLOB PRIMARY KEY CHECK (length(ent) = 16),
	dev BLOB NOT NULL,
	seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- kind: enum store_alert_kind. ended: the VOID that settled a double, 0 open.
CREATE TABLE alert (
	id        INTEGER PRIMARY KEY,
	kind      INTEGER NOT NULL,
	t         INTEGER NOT NULL,
	dev       BLOB NOT NULL,
	seq       INTEGER NOT NULL,
	ent       BLOB NOT NULL,
	other_dev BLOB NOT NULL,
	other_seq INTEGER NOT NULL,
	ended     INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_open ON alert (ent, id) WHERE kind = 1 AND ended = 0;

-- Batches that were not taken, byte for byte. kind: enum store_evidence_kind.
CREATE TABLE evidence (
	id    INTEGER PRIMARY KEY,
	kind  INTEGER NOT NULL,
	dev   BLOB NOT NULL,
	sha   BLOB NOT NULL,
	t     INTEGER NOT NULL,
	seq   INTEGER NOT NULL,
	chk   INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	UNIQUE (dev, kind, sha)
) STRICT;

-- One-time codes for enrolment, by their hash. used: ms, 0 not yet.
CREATE TABLE code (
	hash  BLOB PRIMARY KEY CHECK (length(hash) = 32),
	name  TEXT NOT NULL,
	until INTEGER NOT NULL,
	used  INTEGER NOT NULL,
	dev   BLOB
) STRICT, WITHOUT ROWID;
