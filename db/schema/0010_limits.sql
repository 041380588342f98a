-- Which CONFIG records changed a limit of the point, so that the newest of
-- each is found quickly. What they say stands in the records (key 31).
CREATE TABLE limit_change (
	seq  INTEGER PRIMARY KEY REFERENCES journal (seq),
	name TEXT NOT NULL
) STRICT;
