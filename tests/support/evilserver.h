/*
 * evilserver.h - who ends TLS in front of a centre, as a broken proxy of ours
 * would or somebody who has its key: it reads what terminals say, and answers
 * what it likes.
 */
#ifndef TESTS_SUPPORT_EVILSERVER_H
#define TESTS_SUPPORT_EVILSERVER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "db/centre/tls.h"
#include "support/bookbytes.h"
#include "support/evilport.h"

enum evil_answer {
	EVIL_PASS,            /* what the centre answers */
	EVIL_TWICE,           /* asks the centre twice; its second answer */
	EVIL_FIRST_OF_TWO,    /* and its first */
	EVIL_AGAIN,           /* the first answer that there ever was */
	EVIL_NEVER,           /* asks, and the line is gone */
	EVIL_PAGE,            /* 200, a login page */
	EVIL_MOVED,           /* 302 to a page */
	EVIL_MOVED_HOME,      /* 307 to the centre itself */
	EVIL_LOGIN,           /* 511 */
	EVIL_BAD_GATEWAY,     /* 502, as a proxy whose server is gone */
	EVIL_EMPTY,           /* 200, and nothing */
	EVIL_SHORT,           /* ends before its Content-Length */
	EVIL_ENDLESS_BODY,    /* what is said never ends */
	EVIL_ENDLESS_PIECES,  /* in chunks */
	EVIL_ENDLESS_HEADERS, /* header after header */
	EVIL_ENDLESS_WAIT,    /* 100 Continue, again and again */
	EVIL_LONG_HEADER,     /* one that never ends */
	EVIL_NO_HTTP,         /* another protocol */
	EVIL_PACKED           /* says that it is gzip, and it is not */
};

struct evilserver {
	struct evilport port;
	const struct tls_pem *key;
	const struct tls_pem *cert;
	const char *versions; /* of TLS, "VERS-TLS1.2"; NULL: those of ours */
	/* The centre behind it, and who it says it is there. */
	uint16_t to;
	const char *ca;
	const char *device_cert;
	const char *device_key;
	atomic_int does; /* enum evil_answer */
	pthread_mutex_t lock;
	struct bytes first; /* that the centre ever answered */
	atomic_long heard;  /* requests that it could read */
	atomic_long put;    /* bytes of its last endless answer */
};

/* All of the above to `does` are set. */
void evilserver_open(struct evilserver *s);
void evilserver_close(struct evilserver *s);

#endif
