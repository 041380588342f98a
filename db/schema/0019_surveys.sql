-- Questionnaires that a supervisor brought: the newest row is in force, none:
-- the built-in one. seq: the IMPORT record, res 3, whose key 24 is sha256, that
-- of bytes, the questionnaire as text (core/codec/survey_out.h). Old ones stay:
-- answers name theirs by sha256.
CREATE TABLE survey (
	seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	bytes  BLOB NOT NULL
) STRICT;
