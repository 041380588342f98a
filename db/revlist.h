/*
 * revlist.h - the centre's list of users who may work nowhere any more (T67).
 *
 * A signed text (db/FORMATS.md), which comes by stick or from the centre. A
 * newer one is taken whoever brings it, an older one by nobody. The centre's
 * key for it is told to the store by `init`, or by a supervisor later.
 */
#ifndef DB_REVLIST_H
#define DB_REVLIST_H

#include "db/refusal.h"
#include "db/users.h"

enum {
	REVLIST_MAX_BYTES = 1024 * 1024
};

struct revlist_done {
	uint64_t version;
	bool same;  /* it was here already: nothing new */
	int listed; /* users in it, of all terminals */
	int barred; /* users of this terminal who are out since now */
	uint8_t sha256[CRYPTO_HASH_SIZE];
};

/*
 * Take a list. s may be nobody: who brings it has no say in it. Whoever is
 * named in it is out at once, his open session too; his drawer stays open
 * until another supervisor deals with it. REFUSED_CENTRE, REFUSED_REVLIST,
 * REFUSED_REVLIST_OLD.
 */
enum verdict revlist_take(struct db *db, const struct session *s,
	const char *text, size_t len, struct revlist_done *out,
	struct refusal *why, struct err *err);

/* Version of the newest list here; 0: none. */
bool revlist_version(struct db *db, uint64_t *out, struct err *err);

/* The centre's signing key, 64 hex digits: CONFIG record. By a supervisor. */
enum verdict revlist_set_key(struct db *db, const struct session *by,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct refusal *why,
	struct err *err);

#endif
