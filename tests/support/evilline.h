/*
 * evilline.h - a line to the centre that breaks, turns a bit, hardly moves or
 * keeps what it was given: the bytes of TLS, which it cannot read.
 */
#ifndef TESTS_SUPPORT_EVILLINE_H
#define TESTS_SUPPORT_EVILLINE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "support/evilport.h"

/* What it does to a call, "out" being from the terminal. All 0: nothing.
 * Numbers of bytes are from 1. */
struct evil {
	long cut_out; /* breaks before it */
	long cut_in;
	long flip_out; /* one bit of it is another */
	long flip_in;
	long slow_out; /* from it on one byte each slow_ms */
	long slow_in;
	long slow_ms;
	long hold_out; /* from it on it goes there when evilline_release() */
};

struct evilline {
	struct evilport port;
	uint16_t to; /* the centre's */
	pthread_mutex_t lock;
	struct evil next; /* of the calls from now on */
	atomic_bool released;
	atomic_long told; /* how often: a slow call ends with the next */
	/* Of the last call that is over. */
	atomic_long out;
	atomic_long in;
	atomic_long calls;
};

void evilline_open(struct evilline *l, uint16_t to);
void evilline_close(struct evilline *l);

/* To whom calls from now on. */
void evilline_does(struct evilline *l, const struct evil *e);

/* What was held back goes there now, whether or not anybody waits for it. */
void evilline_release(struct evilline *l);

#endif
