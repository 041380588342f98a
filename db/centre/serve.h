/*
 * serve.h - the centre at work: what each address answers.
 *
 *	POST /v1/batch   a terminal's records; its certificate, its batch
 *	POST /v1/enrol   a new terminal with a one-time code gets a certificate
 *	GET  /v1/time    the time, signed, with the nonce that was asked with
 *	POST /v1/open    what there is for a terminal (offer.h), and
 *	GET  /v1/parcel/KIND/VERSION    one of these
 *	GET  /v1/tail?from=N&nonce=HEX&most=N    its own records (handback.h)
 *	GET  /metrics    Prometheus text; on an address of its own, without TLS
 *
 * Each request is one line of JSON in the log, without personal data. Several
 * threads, each with a store of its own.
 */
#ifndef DB_CENTRE_SERVE_H
#define DB_CENTRE_SERVE_H

#include <stdint.h>

#include "core/codec/enrol.h"
#include "db/centre/centre_home.h"
#include "db/centre/store.h"

enum {
	SERVE_WORKERS_MAX = 64,
	SERVE_CONNECTIONS = 4000,
	SERVE_IN_HAND = 1000 /* each of 256 KiB at most */
};

struct serve_options {
	const struct centre_home *home; /* borrowed until another comes, or
					   serve_close() */
	const char *store;              /* store_open() */
	const char *address;
	uint16_t port;    /* 0: any */
	int metrics;      /* port on 127.0.0.1; 0: any; -1: none */
	unsigned workers; /* 1 to SERVE_WORKERS_MAX */
	unsigned lease;   /* days, receive.h */
	unsigned in_hand; /* requests at once; 0: SERVE_IN_HAND */
	int log_fd;       /* -1: nowhere */
};

struct serve;

/*
 * From now on with the keys of home: after a `rotate`. Whoever is connected
 * stays so; a request that is being answered ends with the old ones, the next
 * waits for that. The server's own certificate stays as it was. False: all is
 * as before. Not from two threads at once.
 */
bool serve_reload(struct serve *s, const struct centre_home *home,
	struct err *err);

struct serve *serve_open(const struct serve_options *o, struct err *err);
uint16_t serve_port(const struct serve *s);
uint16_t serve_metrics_port(const struct serve *s); /* 0: none */
void serve_close(struct serve *s);                  /* NULL is allowed */

/* A code for a new terminal at that point, good for so many days. */
bool serve_new_code(struct store *store, const char *point, int days,
	char out[ENROL_CODE], struct err *err);

#endif
