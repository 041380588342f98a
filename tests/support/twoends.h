/*
 * twoends.h - both ends of the line: the store of a terminal with what sends
 * from it, and a real centre that it belongs to, with TLS, in this process.
 *
 * What is in between is the test's: a net of its own (net_fake.h, with
 * twoends_hears() as its centre) or libcurl to an address where somebody
 * stands (evilfront.h).
 */
#ifndef TESTS_SUPPORT_TWOENDS_H
#define TESTS_SUPPORT_TWOENDS_H

#include "db/centre/receive.h"
#include "db/centre/serve.h"
#include "drivers/net/net_curl.h"
#include "support/bookstore.h"
#include "terminal/app/uplink.h"

struct twoends {
	struct bookstore b;
	/* The centre. */
	char dir[256];
	char store[300];
	struct centre_home home;
	struct serve *serve;
	struct store *books;
	struct receiver *receiver;
	/* What sends. */
	struct uplink *line;
	struct upload machine;
	struct outbox_batch batch;
	struct uplink_reply reply;
	struct upload_answer a;
	struct outbox_state s;
	struct outbox_centre centre;
	char key[OUTBOX_KEY_PEM];
};

/* A terminal that has paid, and belongs to a new centre; nothing is sent. */
void twoends_make(struct twoends *t);
/* The book holds, and the verifier finds nothing. */
void twoends_remove(struct twoends *t);

/* The centre hears a question of that terminal, without any line. */
void twoends_hears(void *arg, const struct net_question *q,
	struct net_answer *a);

/* From now on it sends over that net, which is closed with it. */
void twoends_over(struct twoends *t, struct net *net);

/* A net to 127.0.0.1, by libcurl, as the program opens it; its name is
 * "localhost". The seconds: net_curl.h, 0 as the program has it. */
struct net *twoends_curl(struct twoends *t, unsigned port, unsigned low_s,
	unsigned total_s);

/* One more record that is worth sending. */
void twoends_more(struct twoends *t);

/* One exchange; what came. False: there is nothing to send. */
bool twoends_once(struct twoends *t);

/* All of it, over whatever line there is now; and then it is settled: */
void twoends_to_the_end(struct twoends *t);

/* What the book calls acknowledged is what the centre has, byte for byte and
 * each once; no fork, no double, nothing that was refused if none. */
void twoends_must_agree(struct twoends *t);

/* How many records the centre has of this terminal. */
uint64_t twoends_held(struct twoends *t);

#endif
