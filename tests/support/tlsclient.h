/*
 * tlsclient.h - a terminal's end of the line to the centre, with GnuTLS, and a
 * line that breaks or lies where a test says.
 *
 * One request a connection. The bytes that are counted are those on the line,
 * TLS and all.
 */
#ifndef TESTS_SUPPORT_TLSCLIENT_H
#define TESTS_SUPPORT_TLSCLIENT_H

#include <stdint.h>

#include "support/bookbytes.h"

struct tlsclient {
	uint16_t port;    /* on 127.0.0.1 */
	const char *host; /* whom it wants to speak to */
	const char *ca;   /* PEM: whom it believes; it pins no other */
	const char *cert; /* PEM; NULL: shows none */
	const char *key;
	int patience_s; /* for each piece; 0: one second, for spoiled lines */
	/* The line: 0 is as it should be, else the number of a byte, from 1. */
	long cut_out; /* breaks before it */
	long cut_in;
	long flip_out; /* one bit of it is another */
	long flip_in;
	/* What went over it. */
	long out;
	long in;
};

/*
 * The status of the answer, whose body is put in place of what answer held;
 * -1: none came whole, or nobody is there whom it believes.
 */
int tlsclient_ask(struct tlsclient *c, const char *method, const char *path,
	const void *body, size_t len, struct bytes *answer);

#endif
