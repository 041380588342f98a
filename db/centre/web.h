/*
 * web.h - HTTP/1.1 in, an answer out; with TLS and certificates, or without.
 *
 * web.c is the only file that knows libmicrohttpd. Whole requests of a stated
 * size go to one function, which knows nothing of sockets. A certificate is
 * asked of every client; whether a path needs one is for that function.
 *
 * Threads: handle() is called by several at once.
 */
#ifndef DB_CENTRE_WEB_H
#define DB_CENTRE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "db/centre/tls.h"

enum {
	WEB_ANSWER = 16384,
	WEB_QUERY = 64
};

struct web_request {
	const char *method;
	const char *path;
	char nonce[WEB_QUERY]; /* ?nonce=, "" */
	char from[WEB_QUERY];  /* ?from=, "" */
	char most[WEB_QUERY];  /* ?most=, "" */
	const uint8_t *body;
	size_t len;
	bool too_large;
	bool full;     /* too many at once: what it says was not kept */
	bool has_peer; /* it showed a certificate of ours */
	uint8_t peer[TLS_DEV];
};

/*
 * The rest of a body, behind the bytes of the answer: fetched while it is
 * sent, so that a large one takes no more memory than a small one.
 */
struct web_rest {
	void *ctx; /* NULL: there is no rest */
	uint64_t len;
	/* From byte at on, at least one, at most max. False: it breaks off. */
	bool (*read)(void *ctx, uint64_t at, uint8_t *out, size_t max,
		size_t *got);
	void (*done)(void *ctx); /* once, whatever came of it */
};

struct web_answer {
	unsigned status;
	const char *type;
	unsigned retry_s; /* 0: says nothing of it */
	uint8_t body[WEB_ANSWER];
	size_t len;
	struct web_rest rest;
};

struct web_options {
	const char *address; /* "127.0.0.1", "::" */
	uint16_t port;       /* 0: any that is free */
	unsigned threads;
	size_t body_max;
	/* All three, or none: without TLS. */
	const struct tls_pem *key;
	const struct tls_pem *cert;
	const struct tls_pem *ca; /* whose certificates clients may show */
	void (*handle)(void *arg, const struct web_request *in,
		struct web_answer *out);
	void *arg;
	unsigned idle_s; /* a connection on which nothing happens is closed */
	unsigned connections;
	unsigned in_hand; /* requests at once; 0: as many as there are
			     connections */
	bool tickets;     /* a client may take up its session again */
};

struct web;

struct web *web_open(const struct web_options *o, struct err *err);
uint16_t web_port(const struct web *w);
unsigned web_in_hand(const struct web *w); /* requests that are coming in */
unsigned web_in_hand_most(const struct web *w); /* since it began */
void web_close(struct web *w); /* waits for those in hand; NULL is allowed */

#endif
