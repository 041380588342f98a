-- The book: what is canonical (journal, pd, device, epoch, user), and what
-- can be worked out from it again (paid, state, shift, payout, not_paid).
-- db/README.md says which is which, and what each record kind carries.

-- Format: journal.md 2 to 4. Rows are never changed or deleted.
CREATE TABLE journal (
	seq  INTEGER PRIMARY KEY,
	body BLOB NOT NULL,
	h    BLOB NOT NULL CHECK (length(h) = 32),
	sig  BLOB NOT NULL CHECK (length(sig) = 64),
	rsig BLOB CHECK (rsig IS NULL OR length(rsig) = 64)
) STRICT;
CREATE TRIGGER journal_nu BEFORE UPDATE ON journal
	BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER journal_nd BEFORE DELETE ON journal
	BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- One row an item of a PAY. 1 committed 2 printed 3 handed 4 voided; what was
-- voided may be paid again, which replaces the row.
CREATE TABLE paid (
	ent   BLOB PRIMARY KEY CHECK (length(ent) = 16),
	seq   INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4)
) STRICT, WITHOUT ROWID;

-- Personal data of a record, sealed to the centre; erasable.
CREATE TABLE pd (
	seq    INTEGER PRIMARY KEY,
	sealed BLOB NOT NULL
) STRICT;

-- tot: the six numbers of key 11, 8 bytes each, big-endian.
CREATE TABLE state (
	one        INTEGER PRIMARY KEY CHECK (one = 1),
	last_seq   INTEGER,
	head       BLOB,
	acked_seq  INTEGER,
	acked_head BLOB,
	tot        BLOB,
	shift      INTEGER,
	epoch      INTEGER
) STRICT;

-- How far the book was verified, locked with the device's own secret.
CREATE TABLE mark (
	one    INTEGER PRIMARY KEY CHECK (one = 1),
	locked BLOB NOT NULL
) STRICT;

-- max_t: the latest time a record bore before the wall clock jumped back.
-- set_at: when an operator last said that the clock is right, 0 never.
CREATE TABLE clock (
	one    INTEGER PRIMARY KEY CHECK (one = 1),
	max_t  INTEGER NOT NULL,
	set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who this terminal is. secret: D0, locked with the device secret.
CREATE TABLE device (
	one    INTEGER PRIMARY KEY CHECK (one = 1),
	dev    BLOB NOT NULL CHECK (length(dev) = 16),
	public BLOB NOT NULL CHECK (length(public) = 32),
	secret BLOB NOT NULL,
	centre BLOB NOT NULL CHECK (length(centre) = 32)
) STRICT;

-- Signing keys by epoch; seq: the record that announced it. secret: locked
-- with the device secret, NULL as soon as the next epoch has begun.
CREATE TABLE epoch (
	number INTEGER PRIMARY KEY,
	public BLOB NOT NULL CHECK (length(public) = 32),
	seq    INTEGER NOT NULL UNIQUE,
	secret BLOB
) STRICT;

-- role: enum role. secret: the user's Ed25519 key, locked with the key that
-- the PIN gives, and that locked with the device secret.
CREATE TABLE user (
	number   INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9999999),
	name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 127),
	role     INTEGER NOT NULL CHECK (role BETWEEN 1 AND 4),
	salt     BLOB NOT NULL CHECK (length(salt) = 16),
	passes   INTEGER NOT NULL,
	kib      INTEGER NOT NULL,
	public   BLOB NOT NULL CHECK (length(public) = 32),
	secret   BLOB NOT NULL,
	failures INTEGER NOT NULL DEFAULT 0,
	locked   INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT;

-- tot: the totals just before the OPEN record.
CREATE TABLE shift (
	number    INTEGER PRIMARY KEY,
	actor     INTEGER NOT NULL,
	open_seq  INTEGER NOT NULL,
	opened_at INTEGER NOT NULL,
	tot       BLOB NOT NULL CHECK (length(tot) = 48),
	close_seq INTEGER              -- NULL while it is open
) STRICT;
CREATE UNIQUE INDEX shift_open ON shift (close_seq IS NULL)
	WHERE close_seq IS NULL;

-- One row a PAY, for screens and receipts. state 1, 3 or 4 as in paid;
-- print: enum print_state. notes: pieces by denomination, 4 bytes each.
CREATE TABLE payout (
	seq         INTEGER PRIMARY KEY,
	uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
	code        TEXT NOT NULL UNIQUE,  -- as on the receipt: "129S-..."
	state       INTEGER NOT NULL CHECK (state IN (1, 3, 4)),
	print       INTEGER NOT NULL DEFAULT 0 CHECK (print BETWEEN 0 AND 4),
	copies      INTEGER NOT NULL DEFAULT 0,
	shift       INTEGER NOT NULL,
	person      INTEGER NOT NULL,
	payee_name  TEXT NOT NULL,
	payee_id    TEXT NOT NULL,
	payee_paper TEXT NOT NULL,
	notes       BLOB NOT NULL CHECK (length(notes) = 36)
) STRICT;
CREATE INDEX payout_by_person ON payout (person, seq);
-- While one payout is open no other may begin: one row at most.
CREATE UNIQUE INDEX payout_open ON payout (state) WHERE state = 1;

-- The reason not to pay that was recorded last; person: people's id.
CREATE TABLE not_paid (
	person INTEGER PRIMARY KEY,
	reason INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	date   TEXT NOT NULL           -- of death, ISO, else ""
) STRICT;
