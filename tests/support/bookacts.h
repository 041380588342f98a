/*
 * bookacts.h - everything that is written into a book, one act after another,
 * for tests in which something fails in the middle of it.
 */
#ifndef TESTS_SUPPORT_BOOKACTS_H
#define TESTS_SUPPORT_BOOKACTS_H

#include "support/bookstore.h"

/* What an act says of itself. */
enum said {
	SAID_FAILED = -1, /* *err: unknown */
	SAID_NO,          /* refused: nothing was changed */
	SAID_DONE,
};

struct bookact {
	const char *name;
	/* What must have happened before; NULL: people and a shift. */
	void (*ready)(struct bookstore *b);
	enum said (*act)(struct bookstore *b, struct err *err);
	/* Doing it again, once it is done: changes something again? */
	bool repeats;
};

extern const struct bookact bookacts[];
extern const int bookacts_count;

/* Those of a day on which something was otherwise. */
extern const struct bookact bookacts_rare[];
extern const int bookacts_rare_count;

/* A store in which that act comes next. Fails the test if it cannot be made. */
void bookact_ready(const struct bookact *a, struct bookstore *b);

enum {
	BOOKFACT_LAST_SEQ = 1,
	BOOKFACTS = 43
};

/*
 * What is in the book, as numbers that are the same for the same acts: rows
 * and states of each table..
 */
struct bookfacts {
	int64_t fact[BOOKFACTS];
};
void bookfacts_read(struct bookstore *b, struct bookfacts *out);
bool bookfacts_equal(const struct bookfacts *a, const struct bookfacts *b);

#endif
