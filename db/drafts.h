/*
 * drafts.h - a visit that is not finished, kept at every key.
 *
 * The bytes are the screens' own; here they are locked with the data key, one
 * draft for each user and person, so that another user's never opens as his.
 * Saving is one committed transaction: a process that is killed right after
 * loses nothing, one that is killed within has the draft as it was before.
 * Nothing about it is in the book. A draft goes when its visit is recorded
 * (visits.h), the person is erased, or the user is revoked.
 *
 * Threads: that of the store. Blocking: one sync of the disk. Somebody is
 * signed in, else ERR_DENIED.
 */
#ifndef DB_DRAFTS_H
#define DB_DRAFTS_H

#include "core/codec/viet.h"
#include "db/users.h"

enum {
	DRAFT_MAX = 16384, /* bytes of one */
	DRAFTS_MAX = 64    /* listed at once */
};

struct draft {
	int64_t person;
	char name[VIET_NAME_SIZE];
	int64_t changed; /* ms since 1970 UTC */
	bool damaged;    /* it does not open: it can only be dropped */
};

/* ERR_DENIED, too: his role may not visit, or he is out. ERR_INVALID: more than DRAFT_MAX, nothing at all, or no such person. */
bool drafts_save(struct db *db, const struct session *s, int64_t person,
	const void *bytes, size_t len, struct err *err);

/* Those of this user, the newest first. */
bool drafts_list(struct db *db, const struct session *s, struct draft *out,
	int max, int *count, struct err *err);

/* It stays where it is. FAILED with ERR_CORRUPT: damaged. */
enum lookup drafts_get(struct db *db, const struct session *s, int64_t person,
	uint8_t out[DRAFT_MAX], size_t *len, struct err *err);

/* Nothing of it is left. True, too, if there was none. */
bool drafts_drop(struct db *db, const struct session *s, int64_t person,
	struct err *err);

#endif
