/*
 * lease.h - until when this terminal may pay without hearing from its centre.
 *
 * What is due belongs to a terminal only for a time: the centre says until when
 * in each checkpoint (journal.md 7), so that it may give the people to another
 * one if this one is never heard of again. It is the newest UPLOAD_ACK record
 * that counts, against the latest time that the book knows, so a clock that is
 * set back wins nothing. A terminal without a centre, or whose centre gives no
 * lease, has none. It ends paying (REFUSED_LEASE), nothing else, and nobody
 * can approve it; sheets of the pad, whose money is gone, are entered still.
 */
#ifndef DB_LEASE_H
#define DB_LEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "db/db.h"

enum {
	LEASE_WARN_DAYS = 3 /* so long before its end it is said */
};

struct lease {
	int64_t until; /* ms since 1970 UTC; 0: there is none */
	int64_t left;  /* ms; 0 and less: it is over */
};
bool lease_get(struct db *db, struct lease *out, struct err *err);

/* Is it over, or will it be soon? */
bool lease_is_over(const struct lease *l);
bool lease_ends_soon(const struct lease *l);

#endif
