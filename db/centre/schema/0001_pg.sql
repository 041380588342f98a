-- What the centre keeps, in PostgreSQL: the tables of 0001_sqlite.sql, which
-- says what they are. Numbers are bigint throughout, so that every value that
-- is sent and read has the same eight bytes. Released files are never edited.

CREATE TABLE device (
	dev      bytea PRIMARY KEY CHECK (length(dev) = 16),
	pk       bytea NOT NULL CHECK (length(pk) = 32),
	name     text NOT NULL,
	state    bigint NOT NULL CHECK (state BETWEEN 1 AND 3),
	last     bigint NOT NULL,
	head     bytea NOT NULL CHECK (length(head) = 32),
	key      bytea NOT NULL CHECK (length(key) = 32),
	epoch    bigint NOT NULL,
	tot      bytea NOT NULL CHECK (length(tot) = 48),
	claimed  bigint NOT NULL,
	unsign   bigint NOT NULL,
	ended    bigint NOT NULL CHECK (ended IN (0, 1)),
	enrolled bigint NOT NULL,
	contact  bigint NOT NULL
);

-- A partition a month of the day they came, so that old months can be moved
-- to slower disks. That (dev, seq) is there once is held by the lock on the
-- terminal's row: a unique key would have to contain the month.
CREATE TABLE record (
	dev   bytea NOT NULL,
	seq   bigint NOT NULL CHECK (seq > 0),
	kind  bigint NOT NULL,
	t     bigint NOT NULL,
	shift bigint NOT NULL,
	body  bytea NOT NULL,
	h     bytea NOT NULL CHECK (length(h) = 32),
	sig   bytea NOT NULL CHECK (length(sig) = 64),
	came  bigint NOT NULL,
	PRIMARY KEY (dev, seq, came)
) PARTITION BY RANGE (came);

CREATE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'append only';
END
$$;
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON record
	FOR EACH ROW EXECUTE FUNCTION record_stays();

-- The partition of the month of ms, UTC, if it is not there yet.
CREATE FUNCTION record_month(ms bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	month timestamp := date_trunc('month',
		to_timestamp(ms / 1000) AT TIME ZONE 'UTC');
	name text := 'record_' || to_char(month, 'YYYYMM');
BEGIN
	IF to_regclass(name) IS NOT NULL THEN
		RETURN;
	END IF;
	PERFORM pg_advisory_xact_lock(1128546097);
	EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF record'
		' FOR VALUES FROM (%s) TO (%s)', name,
		(extract(epoch FROM month) * 1000)::bigint,
		(extract(epoch FROM month + interval '1 month') * 1000)::bigint);
END
$$;

CREATE TABLE epoch (
	dev   bytea NOT NULL REFERENCES device,
	first bigint NOT NULL,
	epoch bigint NOT NULL,
	key   bytea NOT NULL CHECK (length(key) = 32),
	PRIMARY KEY (dev, first)
);

CREATE TABLE pd (
	dev    bytea NOT NULL,
	seq    bigint NOT NULL,
	sealed bytea NOT NULL,
	PRIMARY KEY (dev, seq)
);

CREATE TABLE note (
	dev  bytea NOT NULL,
	seq  bigint NOT NULL,
	text bytea NOT NULL,
	t    bigint NOT NULL,
	PRIMARY KEY (dev, seq)
);
CREATE INDEX note_t ON note (t);

CREATE TABLE paid (
	ent bytea PRIMARY KEY CHECK (length(ent) = 16),
	dev bytea NOT NULL,
	seq bigint NOT NULL
);

CREATE TABLE alert (
	id        bigserial PRIMARY KEY,
	kind      bigint NOT NULL,
	t         bigint NOT NULL,
	dev       bytea NOT NULL,
	seq       bigint NOT NULL,
	ent       bytea NOT NULL,
	other_dev bytea NOT NULL,
	other_seq bigint NOT NULL,
	ended     bigint NOT NULL
);
CREATE INDEX alert_open ON alert (ent, id) WHERE kind = 1 AND ended = 0;

CREATE TABLE evidence (
	id    bigserial PRIMARY KEY,
	kind  bigint NOT NULL,
	dev   bytea NOT NULL,
	sha   bytea NOT NULL,
	t     bigint NOT NULL,
	seq   bigint NOT NULL,
	chk   bigint NOT NULL,
	bytes bytea NOT NULL,
	UNIQUE (dev, kind, sha)
);

CREATE TABLE code (
	hash  bytea PRIMARY KEY CHECK (length(hash) = 32),
	name  text NOT NULL,
	until bigint NOT NULL,
	used  bigint NOT NULL,
	dev   bytea
);
