-- How long the cash drawer stood open, at each payment and each time it was
-- opened without one, as its sensor says: of no value, and derived from
-- nothing. seq is the PAY, or the NULL that says why.
CREATE TABLE drawer_open (
	seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
	open_ms INTEGER NOT NULL CHECK (open_ms >= 0)
) STRICT;
