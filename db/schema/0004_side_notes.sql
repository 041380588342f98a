-- What changes and answers say beside what the journal has: cleaned text and
-- an amount, kept as they came, so that people can be asked about them. Money
-- comes with payment lists only: monthly (0: not said) is paid nowhere.
ALTER TABLE change ADD COLUMN
	monthly INTEGER NOT NULL DEFAULT 0 CHECK (monthly >= 0);
ALTER TABLE change ADD COLUMN
	note TEXT NOT NULL DEFAULT '';
ALTER TABLE account_state ADD COLUMN
	message TEXT NOT NULL DEFAULT '';
