-- What a card said where it differs from the list, and what the list said then:
-- for the list of corrections. seq: the REVIEW record, which has the kinds of
-- differences and the reason; period: of the list that was paid. Records of
-- before have no row.
CREATE TABLE review (
	seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
	person INTEGER NOT NULL,
	period INTEGER NOT NULL,
	sealed BLOB NOT NULL
) STRICT;
