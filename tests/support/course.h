/*
 * course.h - one act on a book in which something fails, and what must hold
 * after it.
 *
 * What was said to be done is there; what was said to have failed is there
 * whole or not at all; the process that met the fault, a restart after kill
 * -9 and one after a power cut agree; and the process goes on. Any of it that
 * is not so fails the test.
 */
#ifndef TESTS_SUPPORT_COURSE_H
#define TESTS_SUPPORT_COURSE_H

#include "support/bookacts.h"

enum {
	COURSE_STEPS = 8,
	COURSE_COUNTS = 12
};

/* An act, where it begins, and every state of the book on its way. */
struct course {
	const struct bookact *act;
	struct bookstore ready; /* not open: dir is an image of it */
	struct bookfacts step[COURSE_STEPS];
	int steps;
	int count[COURSE_COUNTS]; /* for the test: operations on the way */
	struct bookstore *running;
};

/* The act without any fault: what the book is like after each commit. */
void course_learn(struct course *c, const struct bookact *a);
void course_forget(struct course *c);

/* A copy of its beginning, open. */
void course_begin(const struct course *c, struct bookstore *b);

/* The last of its states. */
const struct bookfacts *course_end(const struct course *c);

/* What a start finds in dir, which is gone then. */
void course_start(const struct course *c, const char *dir,
	struct bookfacts *out);

/* Something that goes wrong at the n-th chance. */
struct course_fault {
	const char *name;
	int n;
	const void *how;
	void (*arm)(const struct course_fault *f);
	bool (*disarm)(void); /* true: it has gone wrong */
	bool refusal_is_fine; /* "no" is as good as "failed" */
};

/* The act with it; true if it went wrong. *said is what the act said. */
bool course_try(const struct course *c, const struct course_fault *f,
	enum said *said);

#endif
