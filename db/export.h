/*
 * export.h - what leaves the terminal as files for others to check.
 *
 * The journal (signed at its end), the public keys that it is checked with,
 * and the roster of what may be paid: formats in FORMATS.md, none of them
 * holds personal data; lists for people (export_list()) do. Every file is there whole or not at all, is never
 * put over one that is there, and is recorded: the EXPORT record names its
 * kind and its SHA-256, and stands in the book before the file has its name,
 * so that no file is out of which the book does not know. (It is therefore
 * not in the file itself.) Threads: that of the store. Blocking: as slow as
 * the disk or stick; a year of payments is 50 MB.
 */
#ifndef DB_EXPORT_H
#define DB_EXPORT_H

#include "core/crypto.h"
#include "db/refusal.h"
#include "db/users.h"

/* Key 28 of the EXPORT record. */
enum export_kind {
	EXPORT_JOURNAL = 1,
	EXPORT_KEYS = 2,
	EXPORT_ROSTER = 3,
	EXPORT_DAY = 4, /* the daily log: export_dir.h */
	EXPORT_BACKUP = 5,
	EXPORT_MARKS = 6,       /* paid marks, shown to another terminal */
	EXPORT_CORRECTIONS = 7, /* what is wrong on a list */
	EXPORT_UNPAID = 8,      /* who did not get his money, and why */
	EXPORT_OTHER = 9,       /* another paper for an office */
};

struct export_done {
	uint64_t seq;   /* of the EXPORT record */
	uint64_t first; /* records in it; 0: it holds none */
	uint64_t last;
	uint64_t rows;  /* records, keys, or rows of the roster */
	bool is_signed; /* a journal up to the newest record is */
	uint64_t bytes;
	uint8_t sha256[CRYPTO_HASH_SIZE];
};

/*
 * Records from to until into a new file; from 0: the first, until 0: the
 * newest. REFUSED_ROLE: for agents and supervisors. ERR_INVALID: there are
 * no such records, or (sys EEXIST) a file of that name is there.
 * ERR_CORRUPT: a record is not as it was chained; nothing was written.
 */
enum verdict export_journal(struct db *db, const struct session *s,
	uint64_t from, uint64_t until, const char *path,
	struct export_done *out, struct refusal *why, struct err *err);

/*
 * The records of one shift, from its OPEN to the newest: for its agent to keep.
 * ERR_INVALID: there is no such shift.
 */
enum verdict export_shift(struct db *db, const struct session *s, int64_t shift,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

/*
 * A list for people, with their names in it: these bytes, mode 0600. Reading
 * what it says of takes a session, writing it the same right as the others.
 */
enum verdict export_list(struct db *db, const struct session *s,
	enum export_kind kind, const void *bytes, size_t len, const char *path,
	struct export_done *out, struct refusal *why, struct err *err);

/* Device, epochs and users, each with the public key. */
enum verdict export_keys(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

/* Every entitlement that may be paid in cash, with the list it came by. */
enum verdict export_roster(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

#endif
