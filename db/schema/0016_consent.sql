-- Consents, refusals and withdrawals (records 30, 32, 33): whose each is, and
-- who spoke for him, how and before whom. All else is in the record. copies:
-- of its slip, by REPRINT.
CREATE TABLE consent (
	seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
	person INTEGER NOT NULL,
	copies INTEGER NOT NULL DEFAULT 0,
	sealed BLOB NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person, seq);

-- The texts that were read out, to the byte, each once: key 24 of those
-- records is its hash. They name the office and nobody else.
CREATE TABLE notice (
	sum  BLOB PRIMARY KEY CHECK (length(sum) = 32),
	text BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- VIEW records: what people ask about their data, and what came of it.
CREATE TABLE request (
	seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
	person INTEGER NOT NULL,
	ref    INTEGER NOT NULL, -- of an answer: the request; else 0
	sealed BLOB NOT NULL
) STRICT;
CREATE INDEX request_ref ON request (ref, seq);
CREATE INDEX request_person ON request (person, seq);
