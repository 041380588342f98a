-- Whose people somebody is: an agent's or a campaign worker's (assigns.h). It
-- stays on the next list until a supervisor says otherwise. user: his number;
-- seq: the CONFIG record by which it was said. Nothing of value stands on it.
CREATE TABLE assigned (
	person INTEGER PRIMARY KEY REFERENCES person,
	user   INTEGER NOT NULL CHECK (user > 0),
	seq    INTEGER NOT NULL
) STRICT;
CREATE INDEX assigned_by_user ON assigned (user);
