-- Worked out from the journal, to be found quickly. void_reason: key 17 of
-- the VOID, 0 while there is none; so far all said "not handed over". pad:
-- key 22 of a PAY that was written by hand first, "" for any other.
ALTER TABLE payout ADD COLUMN
	void_reason INTEGER NOT NULL DEFAULT 0
	CHECK (void_reason BETWEEN 0 AND 3);
ALTER TABLE payout ADD COLUMN
	pad TEXT NOT NULL DEFAULT '';
UPDATE payout SET void_reason = 1 WHERE state = 4;
CREATE UNIQUE INDEX payout_by_pad ON payout (pad) WHERE pad <> '';
