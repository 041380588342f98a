/*
 * net.h - one question to the centre over HTTPS, and its answer.
 *
 * Callers see this header only. Who is asked was decided where it was opened:
 * net_curl.h, net_fake.h. To write another one, read net_driver.h. An answer
 * that came whole is still only what somebody said: whether it acknowledges
 * anything is for db/outbox.h.
 *
 * Threads: one net belongs to one thread at a time, but for net_stop().
 * Blocking: net_ask() until there is an answer, at most NET_TOTAL_S.
 */
#ifndef DRIVERS_NET_NET_H
#define DRIVERS_NET_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	NET_BODY_MAX = 256 * 1024,    /* of a question */
	NET_ANSWER_MAX = 1024 * 1024, /* a longer answer is none */
	NET_CONNECT_S = 15,
	NET_LOW_BYTES = 64, /* a second, for NET_LOW_S: then it is given up */
	NET_LOW_S = 60,
	NET_TOTAL_S = 180,
	NET_RETRY_MAX_S = 86400
};

/* Why there is no answer, by what somebody can do about it. */
enum net_trouble {
	NET_FINE,
	NET_NO_NETWORK, /* no line, no name, nobody there: by itself later */
	NET_NOT_OURS,   /* who answers is not the centre: a login page? */
	NET_CLOCK,      /* our centre, but not at the time of our clock */
	NET_TIMEOUT,    /* too slow: send less */
	NET_CUT,        /* the line broke in the middle */
	NET_NO_ANSWER,  /* what came is no answer of HTTP, or too long */
	NET_NO_PART,    /* this machine lacks libcurl */
	NET_SETTINGS,   /* address, certificate or key are no good */
	NET_STOPPED,    /* net_stop() */
	NET_TROUBLES
};

/* "no_network", "not_ours" … for scripts and the log. */
const char *net_trouble_name(enum net_trouble t);

struct net_question {
	const char *method; /* "GET", "POST" */
	const char *path;   /* "/v1/batch" */
	const void *body;   /* NULL: none */
	size_t len;
};

/* body: of the caller, NET_ANSWER_MAX + 1 bytes at most are put there. */
struct net_answer {
	unsigned status;  /* of HTTP */
	unsigned retry_s; /* Retry-After; 0: it says nothing */
	uint8_t *body;
	size_t size;
	size_t len;
};

struct net;

/*
 * Ask once. False: no answer that may be looked at, *trouble says why, and
 * *err in words for the log. Nothing follows from that about what the centre
 * did: it may have taken all of it.
 */
bool net_ask(struct net *n, const struct net_question *q, struct net_answer *a,
	enum net_trouble *trouble, struct err *err);

/* Any thread: the question that is out, and all later ones, end soon. */
void net_stop(struct net *n);

/* Free it. NULL is allowed. */
void net_close(struct net *n);

#endif
