/*
 * duty.h - what waits for a supervisor: counted for his first screen.
 *
 * Exceptions of today and payments among them that nobody approved, calls of
 * the newest sample that are still to be made, lists that came and are not
 * taken, what people asked about their data, users who are locked out, and the
 * terminal of the office that was heard of least lately. Each is what its own
 * module says; nothing is kept. Somebody must be signed in (else ERR_DENIED).
 * Threads: that of the handle, a reader's (reader.h) for a screen. Blocking:
 * some 1 us a record of the book, and 0.1 ms an exception of today.
 */
#ifndef DB_DUTY_H
#define DB_DUTY_H

#include "db/db.h"

struct duty_counts {
	int64_t exceptions; /* of today … */
	int64_t alone;      /* … of these: nobody approved where one should */
	bool drawn;         /* there is a sample; of the newest: */
	int64_t calls;      /* nobody was reached yet */
	int lists;          /* came from the centre, and wait */
	int64_t requests;   /* of people about their data, open … */
	int64_t late;       /* … and of these: later than the law allows */
	int locked;         /* users, by wrong PINs */
	int peers;          /* other terminals that are believed */
	char peer[7];       /* of these the one not heard of for longest */
	int64_t peer_at;    /* wall ms; 0: never */
};

/* now: wall ms; the day is that of UTC+7. */
bool duty_count(struct db *db, int64_t now, struct duty_counts *out,
	struct err *err);

#endif
