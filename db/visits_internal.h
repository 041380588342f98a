/* visits_internal.h - what the files about visits share. Private to db/. */
#ifndef DB_VISITS_INTERNAL_H
#define DB_VISITS_INTERNAL_H

#include <sqlite3.h>

#include "db/datakey_internal.h"
#include "db/drafts.h"
#include "db/visits.h"

enum {
	/* Bytes with their number in front, in steps of 64, locked. */
	VISITS_BOX_STEP = 64,
	VISITS_BOX_MAX = DRAFT_MAX,
	VISITS_BOX_EXTRA = 4 + VISITS_BOX_STEP + CRYPTO_LOCK_EXTRA
};

/* The texts of what is sealed in a row of visit. */
enum {
	VISITS_DIED, /* ISO */
	VISITS_PHONE,
	VISITS_NOTE,
	VISITS_FORM,
	VISITS_VERSION
};

/*
 * Lock len bytes as a parameter of st; locked holds len + VISITS_BOX_EXTRA
 * bytes and lives until it ran. No bytes: an empty blob.
 */
void visits_box_bind(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, int64_t row, const void *bytes, size_t len,
	uint8_t *locked);

/*
 * The other way; *len 0 for an empty blob. ERR_CORRUPT: it does not open, or
 * holds more than size.
 */
bool visits_box_read(const struct db *db, sqlite3_stmt *st, int column,
	enum datakey_use use, int64_t row, void *out, size_t size, size_t *len,
	struct err *err);

/* Today's day here, YYYYMMDD, and when it begins and ends. */
struct visits_day {
	struct date date;
	int32_t number;
	int64_t from;
	int64_t until;
};
void visits_today(struct visits_day *out);

/* drafts.c, rounds_plan.c: in the caller's transaction, of nobody else. */
bool drafts_forget(struct db *db, int64_t user, int64_t person,
	struct err *err);
bool rounds_plan_done(struct db *db, int64_t user, int32_t day, int64_t person,
	struct err *err);

/* Has another user than this a draft of him, has he himself? *other 0: no. */
bool drafts_whose(struct db *db, int64_t user, int64_t person, bool *own,
	int64_t *other, struct err *err);

/* Another user with him in his plan of that day; 0: none. */
bool rounds_plan_whose(struct db *db, int64_t user, int32_t day, int64_t person,
	int64_t *other, struct err *err);

bool drafts_forget_person(struct db *db, int64_t person, struct err *err);
bool rounds_plan_forget_person(struct db *db, int64_t person, struct err *err);

/* All drafts of a user, for he is out; all that is kept of a person's visits
 * beyond what the book says. In the caller's transaction. */
bool drafts_forget_user(struct db *db, int64_t user, struct err *err);
bool visits_erase(struct db *db, int64_t person, struct err *err);

/* Does table visit say what the journal says, of which so many VISIT were
 * counted? *finding NULL: yes. */
bool visits_check(struct db *db, uint64_t records, const char **finding,
	struct err *err);

#endif
