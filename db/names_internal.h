/*
 * names_internal.h - folded names in memory, searched word by word.
 *
 * Who is found comes in the order of lists of people (viet_list_key()), then
 * of birth, then of id: any number of rows is the beginning of a longer one.
 *
 * About 80 bytes a person. Built when somebody signs in or first searches,
 * wiped when a list came in or the last one signed out; the store stays the
 * only truth. One thread.
 */
#ifndef DB_NAMES_INTERNAL_H
#define DB_NAMES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NAMES_BEST = 128 /* more rows than that come in no order at all */
};

struct names;

struct names *names_new(void); /* NULL: no memory */
void names_free(struct names *n);

struct names_person {
	int64_t id;
	int64_t seq;   /* on the list; none below 0 or beyond 32 bits */
	int64_t birth; /* YYYYMMDD, unknown 00 */
	/* Digits from the last to the first, as a number; -1: none. */
	int64_t id12_back;
	int64_t old_back;
	const char *name;
	const char *folded; /* viet_fold(): words, one blank between them */
};

/* Add a person. False: no memory, or too many. */
bool names_add(struct names *n, const struct names_person *p);

/* That was all of them. */
void names_added(struct names *n);

/*
 * People in whose name every word of query (folded too) begins a word of its
 * own: "ng d" finds "nguyen thi dep", "thi thi" wants the word twice. First
 * come names of just these words, then those with all the words whole, then
 * the rest; in the order of lists within each. Writes at most max ids; *more says
 * whether there were others.
 */
int names_search(const struct names *n, const char *query, int64_t *id, int max,
	bool *more);

/* Everybody, in the order of lists. */
int names_all(const struct names *n, int64_t *id, int max, bool *more);

/* A stretch of numbers, both ends in it. */
struct names_stretch {
	int64_t first;
	int64_t last;
};

/* Those whose id12 or old number, from behind, is in such a stretch. */
int names_by_last(const struct names *n, const struct names_stretch *id12,
	const struct names_stretch *old, int64_t *id, int max, bool *more);

/* The people with this number on the list, in the same order. */
int names_by_seq(const struct names *n, int64_t seq, int64_t *id, int max,
	bool *more);

#endif
