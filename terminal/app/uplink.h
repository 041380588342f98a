/*
 * uplink.h - the line to the centre: who is asked, with what certificate, and
 * what an answer means to the store.
 *
 * Split so that a thread of its own may wait for the line while the one that
 * has the store goes on: uplink_ask() touches no store, all else no line.
 *
 *	outbox_next()  ->  uplink_ask()  ->  uplink_take()  ->  upload_answered()
 *	(store)            (line)            (store)            (flows/upload.h)
 *
 * Before the first batch of a run the centre is asked how far its copy of the
 * book goes (uplink_check): a book that was put back from an older disk would
 * else send other records under the same numbers, and be frozen there for good.
 *
 * Threads: uplink_ask() and uplink_net() one at a time, of any thread;
 * uplink_stop() any; the others where the store is.
 */
#ifndef TERMINAL_APP_UPLINK_H
#define TERMINAL_APP_UPLINK_H

#include "db/outbox.h"
#include "db/regain.h"
#include "drivers/net/net.h"
#include "terminal/flows/upload.h"

struct uplink;

enum {
	UPLINK_BODY = 16 * 1024 /* of an answer to a batch or an enrolment */
};

struct uplink_reply {
	enum net_trouble trouble;
	unsigned status;
	unsigned retry_s;
	size_t len;
	uint8_t body[UPLINK_BODY];
	struct err err; /* for the log, if there is trouble */
};

/*
 * To the centre that the store belongs to. NULL: *none if to no centre yet,
 * else *err. proxy: of chitra.ini, "" none. Nothing is asked, nor libcurl
 * loaded, before the first question.
 */
struct uplink *uplink_open(struct db *db, const char *proxy, bool *none,
	struct err *err);

/* The same to a net of the caller's, for tests; the uplink closes it. */
struct uplink *uplink_over(struct net *net);

void uplink_close(struct uplink *u); /* NULL is allowed */

/* Any thread: what is out ends soon. */
void uplink_stop(struct uplink *u);

/* For other questions to the same centre; NULL: *trouble and *err say why. */
struct net *uplink_net(struct uplink *u, enum net_trouble *trouble,
	struct err *err);

/* Send a batch and wait for what comes. */
void uplink_ask(struct uplink *u, const void *batch, size_t len,
	struct uplink_reply *out);

/* Whether records are missing here (db/regain.h). */
struct uplink_check {
	uint8_t nonce[TAIL_NONCE];
	char path[REGAIN_PATH];
};

/* Is it to be asked before a batch goes? done: it was, and all was fine. What a
 * retired terminal still has goes as it is: it is evidence. */
bool uplink_is_to_check(const struct db *db, bool done);
void uplink_check_begin(struct db *db, struct uplink_check *c);
void uplink_check_ask(struct uplink *u, const struct uplink_check *c,
	struct uplink_reply *out);
/* True: batches may go. False: *out is for upload_answered(), and the book may
 * be frozen. A centre that does not know the question says nothing. */
bool uplink_check_take(struct db *db, const struct uplink_check *c,
	const struct uplink_reply *r, struct upload_answer *out,
	struct err *err);

/* As people are told of it. */
enum upload_trouble uplink_trouble(enum net_trouble t);

/*
 * What came, into the store: a checkpoint is taken, a fork freezes the book.
 * by_line: it came over TLS from our centre; false: from a stick, where only
 * what is signed counts. now: ms since 1970.
 */
void uplink_take(struct db *db, const struct outbox_batch *sent,
	const struct uplink_reply *r, bool by_line, int64_t now,
	struct upload_answer *out, struct err *err);

/* What the machine knows now, into the store, if that is anything new. */
bool uplink_note(struct db *db, const struct upload *u, uint64_t sent_to,
	int64_t now, struct err *err);

/* And back: it goes on where another run of the program stopped. */
void uplink_recall(const struct outbox_state *s, struct upload *u);

/* The seed of this terminal's rhythm. */
uint64_t uplink_seed(const struct db *db);

#endif
