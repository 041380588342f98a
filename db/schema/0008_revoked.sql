-- Who may not work here any more; his key stays, for the records he signed.
ALTER TABLE user ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0
	CHECK (revoked IN (0, 1));
