/*
 * net_fake.h - a centre made of a function, for tests: the line to it breaks,
 * lies and waits on demand.
 */
#ifndef DRIVERS_NET_NET_FAKE_H
#define DRIVERS_NET_NET_FAKE_H

#include "drivers/net/net_driver.h"

/* What the line does to one exchange. All 0: nothing. */
struct net_fault {
	enum net_trouble trouble; /* this instead of an answer, */
	bool after;               /* but the centre has got the question */
	unsigned status;          /* another status, and */
	const char *page;         /* this in place of the body; NULL: "" */
	unsigned retry_s;
	size_t page_len; /* bytes of page; 0: it is a string */
	size_t flip_in;  /* this byte of the answer is another; from 1 */
	size_t flip_out; /* of the question */
	size_t cut_in;   /* the answer ends before this byte; from 1 */
	size_t cut_out;  /* the question, and the centre takes it for whole */
	bool replay;     /* the answer before once more; not asked */
	bool twice;      /* the centre hears it twice; the second answer */
	bool late;       /* it comes there behind the next question */
};

struct net_fake {
	struct net base;
	/* The centre: a->body is to be filled. */
	void (*centre)(void *arg, const struct net_question *q,
		struct net_answer *a);
	void *arg;
	struct net_fault next;      /* for the next exchange only, */
	int times;                  /* or for that many; 0 is 1 */
	int asked;                  /* how often somebody asked */
	int reached;                /* how often the centre heard of it */
	uint8_t last[NET_BODY_MAX]; /* its answer before */
	size_t last_len;
	unsigned last_status;
	uint8_t held[NET_BODY_MAX]; /* a question that is late */
	size_t held_len;
	char held_path[64];
};

/* Into the caller's memory; closing it frees nothing. */
struct net *net_fake_init(struct net_fake *f,
	void (*centre)(void *arg, const struct net_question *q,
		struct net_answer *a),
	void *arg);

#endif
