/*
 * roleacts.h - what the book is asked to do by somebody, for tests of who may.
 *
 * Each asks for it with little care whether it can be done; who may not is to
 * be refused before that.
 */
#ifndef TESTS_SUPPORT_ROLEACTS_H
#define TESTS_SUPPORT_ROLEACTS_H

#include "support/bookstore.h"

enum {
	ROLEACTS_PERSON = 1 /* whom they are about: of the point's list */
};

struct roleact {
	const char *name;
	enum verdict (*act)(struct bookstore *b, const struct session *s,
		struct refusal *why, struct err *err);
	unsigned roles; /* by the norm, not by the table of the program */
};

extern const struct roleact roleacts[];
extern const int roleacts_count;

/* A store with somebody on the list. */
void roleacts_store(struct bookstore *b);

/* Seq of the last record. */
int64_t roleacts_records(struct bookstore *b);

#endif
