/*
 * users_seen.h - since when each user is here, how old his PIN is, and when he
 * last signed in: for who looks through the users now and then.
 *
 * Read out of the records (LOGIN; CONFIG by its hash); nothing is kept.
 * Threads: that of the handle, a reader's (reader.h) for a screen. Blocking:
 * some 1 us a record of the book.
 */
#ifndef DB_USERS_SEEN_H
#define DB_USERS_SEEN_H

#include "db/users.h"

/* Wall ms; 0: never, or before there were records of it. */
struct user_seen {
	int64_t number;
	int64_t added;
	int64_t pin; /* since when he has it: as added, or as he changed it */
	int64_t login;
};

struct users_seen {
	int count;
	struct user_seen row[USERS_MAX];
};

bool users_seen(struct db *db, struct users_seen *out, struct err *err);

#endif
