/*
 * net_driver.h - what a way to the centre must provide.
 *
 * A driver embeds struct net as its first member, calls net_init() and hands
 * out the address of that member. Included by drivers and net.c only. None of
 * the operations tries again: who sends decides that (flows/upload.h).
 */
#ifndef DRIVERS_NET_NET_DRIVER_H
#define DRIVERS_NET_NET_DRIVER_H

#include <stdatomic.h>

#include "drivers/net/net.h"

struct net_ops {
	const char *name; /* for messages: "https", "fake" */

	/*
	 * One exchange. It is a question that net.c found in order, and a->len
	 * and a->status are 0. Blocks at most NET_TOTAL_S, and ends soon when
	 * stopped is set, with NET_STOPPED. An answer longer than a->size is
	 * NET_NO_ANSWER. It follows no redirect: 302 is an answer.
	 */
	bool (*ask)(struct net *n, const struct net_question *q,
		struct net_answer *a, enum net_trouble *trouble,
		struct err *err);

	/* Release everything. Must not block. */
	void (*close)(struct net *n);
};

struct net {
	const struct net_ops *ops;
	atomic_bool stopped;
};

void net_init(struct net *n, const struct net_ops *ops);

/* Set *trouble and *err. Returns false. */
bool net_failed(enum net_trouble *trouble, enum net_trouble why,
	struct err *err, int sys, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

#endif
