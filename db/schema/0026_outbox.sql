-- The centre that this terminal belongs to; no row: to none yet. cert is for
-- the device key, ca is who signs the centre's own; both PEM. seq: the CONFIG
-- record that tells of it. Its keys are settings (centre_keys.h).
CREATE TABLE centre (
	one  INTEGER PRIMARY KEY CHECK (one = 1),
	name TEXT NOT NULL,
	url  TEXT NOT NULL,
	cert TEXT NOT NULL,
	ca   TEXT NOT NULL,
	seq  INTEGER NOT NULL
) STRICT;

-- Each UPLOAD_ACK record, and up to where it acknowledges; worked out from
-- the journal.
CREATE TABLE ack (
	seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
	covers INTEGER NOT NULL
) STRICT;

-- How it goes: times in ms since 1970 UTC, 0 never; trouble: its name, "" none
-- (terminal/flows/upload.h); bad_seq, bad_check: what the centre refused;
-- resend: the centre has lost what comes after it, -1 it has not.
CREATE TABLE upload (
	one        INTEGER PRIMARY KEY CHECK (one = 1),
	sent_seq   INTEGER NOT NULL,
	contact_at INTEGER NOT NULL,
	trouble_at INTEGER NOT NULL,
	trouble    TEXT NOT NULL,
	bad_seq    INTEGER NOT NULL,
	bad_check  INTEGER NOT NULL,
	resend     INTEGER NOT NULL
) STRICT;
