/*
 * downlink.h - asking the centre what comes down, and fetching it.
 *
 *	downlink_ask()  ->  the line  ->  downlink_take()  ->  again, or over
 *	(store)                           (store)
 *
 * First what there is (`POST /v1/open`), with rolls of the centre's key, then
 * each parcel that is not here, in parts, and into the store as soon as it is
 * whole (db/down.h). Who has the line may be another thread: only the two
 * calls above see the store. Whatever breaks, nothing half is kept; the next
 * run goes on with the same parcel.
 *
 * Threads: one downlink belongs to one thread at a time.
 */
#ifndef TERMINAL_APP_DOWNLINK_H
#define TERMINAL_APP_DOWNLINK_H

#include "db/down.h"
#include "drivers/net/net.h"

enum {
	DOWNLINK_BODY = PARCEL_PART + 1024 /* room for an answer */
};

struct downlink;

struct downlink *downlink_new(struct err *err);
void downlink_free(struct downlink *d); /* NULL is allowed */

/* The next question; what it points to is good until the next call. False:
 * *err, the store. */
bool downlink_ask(struct downlink *d, struct db *db, struct net_question *q,
	struct err *err);

enum downlink_came {
	DOWNLINK_MORE,    /* ask on */
	DOWNLINK_OVER,    /* all that there is is here */
	DOWNLINK_LATER,   /* 429, 503, the line, half an answer */
	DOWNLINK_OUT,     /* 401, 403, 404: this terminal is not known there */
	DOWNLINK_REFUSED, /* *why: it is not the centre's, or not for us */
	DOWNLINK_STORE    /* *err */
};

/* What came of it; a NULL: the line failed. */
enum downlink_came downlink_take(struct downlink *d, struct db *db,
	const struct net_answer *a, struct refusal *why, struct err *err);

/* Parcels that were put into the store since downlink_new(). */
int downlink_kept(const struct downlink *d);

/*
 * Take what waits and needs nobody: who is out, texts. What cannot be taken is
 * logged. False: *err.
 */
bool downlink_apply(struct db *db, struct err *err);

/*
 * All of it, over that line, until it is over or fails; *trouble if the line
 * did. For verbs.
 */
enum downlink_came downlink_run(struct downlink *d, struct db *db,
	struct net *net, enum net_trouble *trouble, struct refusal *why,
	struct err *err);

#endif
