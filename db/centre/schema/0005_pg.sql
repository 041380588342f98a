-- Records that went back to their terminal (handback.h).
CREATE TABLE handed (
	id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	dev     bytea NOT NULL REFERENCES device,
	t       bigint NOT NULL,
	first   bigint NOT NULL,
	last    bigint NOT NULL CHECK (last >= first),
	by_file bigint NOT NULL CHECK (by_file IN (0, 1))
);
