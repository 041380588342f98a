-- People's data are locked with the data key (db/README.md). What SQL looks
-- for, adds up or joins stays in columns: units, lists, periods, amounts;
-- numbers that people are found by have a blind there, see
-- db/datakey_internal.h.

-- What a store had before, until somebody signs in: then it is sealed, taken
-- out of here, and the file is written anew without it (db/unsealed.c). what:
-- enum datakey_use; 0 is a note that the file is yet to be written anew.
-- data: number on the list, birth, sex, payee, then texts, with char(31)
-- between them.
CREATE TABLE unsealed (
	what INTEGER NOT NULL,
	id   INTEGER NOT NULL,
	data TEXT NOT NULL,
	PRIMARY KEY (what, id)
) STRICT, WITHOUT ROWID;

INSERT INTO unsealed SELECT 1, id, seq || char(31) || birth || char(31) ||
	sex || char(31) || payee || char(31) || list_no || char(31) ||
	beneficiary_id || char(31) || id12 || char(31) || old_id || char(31) ||
	name || char(31) || address || char(31) || group_code || char(31) ||
	subgroup_code || char(31) || payee_name || char(31) || payee_id ||
	char(31) || account_bin || char(31) || account_no FROM person;
INSERT INTO unsealed SELECT 2, seq, '0' || char(31) || '0' || char(31) || '0'
	|| char(31) || '0' || char(31) || payee_name || char(31) || payee_id ||
	char(31) || payee_paper FROM payout
	WHERE payee_name <> '' OR payee_id <> '' OR payee_paper <> '';
INSERT INTO unsealed SELECT 3, seq, '0' || char(31) || '0' || char(31) || '0'
	|| char(31) || '0' || char(31) || date || char(31) || note FROM change
	WHERE date <> '' OR note <> '';
INSERT INTO unsealed SELECT 4, seq, '0' || char(31) || '0' || char(31) || '0'
	|| char(31) || '0' || char(31) || bin || char(31) || number ||
	char(31) || date || char(31) || message FROM account_state;
INSERT INTO unsealed SELECT 5, person, '0' || char(31) || '0' || char(31) ||
	'0' || char(31) || '0' || char(31) || date FROM not_paid
	WHERE date <> '';

-- One beneficiary of one unit, as the newest list has him; list and period
-- say which that is. code, id12, old_id: blinds of his beneficiary id and
-- numbers. All of it is NULL when he was erased.
CREATE TABLE person_now (
	id        INTEGER PRIMARY KEY,
	unit_code TEXT NOT NULL CHECK (unit_code <> ''),
	list      INTEGER NOT NULL,
	period    INTEGER NOT NULL,
	code      INTEGER,
	id12      INTEGER,
	old_id    INTEGER,
	sealed    BLOB
) STRICT;
INSERT INTO person_now (id, unit_code, list, period)
	SELECT id, unit_code, list, period FROM person;
DROP TABLE person;
ALTER TABLE person_now RENAME TO person;
CREATE UNIQUE INDEX person_by_key ON person (code, unit_code)
	WHERE code IS NOT NULL;
-- One number, one person of a unit; other units may know him too.
CREATE UNIQUE INDEX person_by_id12 ON person (id12, unit_code)
	WHERE id12 IS NOT NULL;
CREATE INDEX person_by_old_id ON person (old_id)
	WHERE old_id IS NOT NULL;

-- Sealed: name, number and paper of who came for the money. Empty: himself.
ALTER TABLE payout DROP COLUMN payee_name;
ALTER TABLE payout DROP COLUMN payee_id;
ALTER TABLE payout DROP COLUMN payee_paper;
ALTER TABLE payout ADD COLUMN payee BLOB NOT NULL DEFAULT x'';

-- Sealed: the date (of death); and the note beside a change.
ALTER TABLE not_paid DROP COLUMN date;
ALTER TABLE not_paid ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
ALTER TABLE change DROP COLUMN date;
ALTER TABLE change DROP COLUMN note;
ALTER TABLE change ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';

-- Sealed: bank and number of the account, date and message of the answer.
ALTER TABLE account_state DROP COLUMN bin;
ALTER TABLE account_state DROP COLUMN number;
ALTER TABLE account_state DROP COLUMN date;
ALTER TABLE account_state DROP COLUMN message;
ALTER TABLE account_state ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';

-- Whose data they are, so that they can be erased; NULL: of an older store.
ALTER TABLE pd ADD COLUMN person INTEGER;
