/*
 * tlsline.h - a line to the centre that stays open: request after request, and
 * a TLS session that is taken up again by the next line.
 *
 * For many terminals at once; tlsclient.h has a line that breaks at a byte.
 */
#ifndef TESTS_SUPPORT_TLSLINE_H
#define TESTS_SUPPORT_TLSLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "support/bookbytes.h"

/* Who calls, and whom he believes. */
struct tlsline_caller;
struct tlsline_caller *tlsline_caller_new(const char *ca, const char *cert,
	const char *key);
void tlsline_caller_free(struct tlsline_caller *c);

struct tlsline {
	void *session;
	int fd;
	bool resumed;
};

/* ticket: what tlsline_ticket() left of an earlier line, or empty: then it is
 * a full handshake. False: nobody is there whom he believes. */
bool tlsline_open(struct tlsline *l, uint16_t port,
	const struct tlsline_caller *c, const struct bytes *ticket);
/* The status, -1: no whole answer. retry_s: of Retry-After, else 0. */
int tlsline_ask(struct tlsline *l, const char *method, const char *path,
	const void *body, size_t len, struct bytes *answer, long *retry_s);
/* For the next line, after an answer came. */
void tlsline_ticket(struct tlsline *l, struct bytes *ticket);
void tlsline_close(struct tlsline *l);

#endif
