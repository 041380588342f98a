-- Accounts that were taken down. seq: the ACCOUNT record; kind, via, whose,
-- names, shared, consent: its keys 28, 37, 29, 38, 17, 12. blind: of bank and
-- number, so that the same account is found with somebody else; NULL: planned,
-- or erased.
CREATE TABLE account (
	seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
	person  INTEGER NOT NULL,
	kind    INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
	via     INTEGER NOT NULL CHECK (via BETWEEN 0 AND 2),
	whose   INTEGER NOT NULL CHECK (whose BETWEEN 1 AND 3),
	names   INTEGER NOT NULL CHECK (names BETWEEN 0 AND 9),
	shared  INTEGER NOT NULL CHECK (shared BETWEEN 0 AND 9),
	consent INTEGER NOT NULL,
	blind   INTEGER,
	sealed  BLOB NOT NULL
) STRICT;
CREATE INDEX account_by_person ON account (person, seq);
CREATE INDEX account_by_blind ON account (blind) WHERE blind IS NOT NULL;

-- What became of them but for the bank's answers (account_state). seq: the
-- ACCOUNT_STATE record; step, account, period, reason: its keys 28, 12, 14,
-- 17, 0 if it has none. step: enum account_step; 8 and 9 say what pays the
-- lists from that period on.
CREATE TABLE account_step (
	seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
	person  INTEGER NOT NULL,
	step    INTEGER NOT NULL CHECK (step BETWEEN 6 AND 9),
	account INTEGER NOT NULL,
	period  INTEGER NOT NULL,
	reason  INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 9)
) STRICT;
CREATE INDEX account_step_by_person ON account_step (person, seq);
CREATE INDEX account_step_by_account ON account_step (account);
