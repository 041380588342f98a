/*
 * roster.h - a table of users (user_list.h) put into the store: by `import
 * users`, and as it came from the centre (down.h).
 *
 * The table says number, name, role and last day, and nothing else of anybody.
 * Who is not in it stays who he is: people are put out by the list of revoked
 * users (revlist.h). A number that is here already with another name or role
 * is an error of the table, since a number never changes hands; a last day is
 * only ever made later, and never that of who takes the table. A table with
 * one row in error adds nobody.
 *
 * Each new user gets a first PIN, which is in no place but in *out: whoever
 * has it shows it once, then wipes it. Each is added by users_add_until(), with
 * its record; after a stop or a crash the same table adds those who are
 * missing.
 *
 * Threads: that of the store. Blocking: 0.3 s for each new user.
 */
#ifndef DB_ROSTER_H
#define DB_ROSTER_H

#include "db/lists.h"
#include "db/user_list.h"

enum {
	ROSTER_PIN_SIZE = 16
};

/* What becomes of a row. */
enum roster_fate {
	ROSTER_NEW,
	ROSTER_SAME,  /* here, and as the row says */
	ROSTER_LATER, /* here; his last day becomes a later one */
	ROSTER_OTHER, /* the number is somebody else's here, or revoked */
	ROSTER_FATES
};

struct roster {
	struct user_list list;
	enum roster_fate fate[USERS_MAX];     /* of rows without trouble */
	char pin[USERS_MAX][ROSTER_PIN_SIZE]; /* of who was added now, or "" */
	int count[ROSTER_FATES];
	int errors; /* rows in trouble, and those of other users */
	int added;  /* now */
	int renewed;
};

/*
 * Read and compare; nothing is written. source NULL: read here, as list_source
 * says. False: *err; ERR_INVALID if it is no table, which is also so if
 * out->list.has_header is false or out->list.too_many.
 */
bool roster_read(struct db *db, const struct session *s,
	const struct list_source *source, const char *path, struct roster *out,
	struct err *err);

/*
 * Add who is new, most of them at once (-1: all), and make last days later.
 * Of a roster without errors. Not DONE: who was added until then has a PIN in
 * *r and stays.
 */
enum verdict roster_take(struct db *db, const struct session *s,
	struct roster *r, int64_t most, struct refusal *why, struct err *err);

/* New users that were not added yet. */
int roster_left(const struct roster *r);

#endif
