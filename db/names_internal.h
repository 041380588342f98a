/*
 * names_internal.h - folded names in memory, searched word by word.
 *
 * About 30 bytes a person. Built when a name is first searched for and
 * dropped when a list came in; the store stays the only truth. One thread.
 */
#ifndef DB_NAMES_INTERNAL_H
#define DB_NAMES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names;

struct names *names_new(void); /* NULL: no memory */
void names_free(struct names *n);

/*
 * Add a person. folded is what viet_fold() makes: words with one blank
 * between them. seq below 0 or beyond 32 bits counts as the last of all.
 * False: no memory, or too many.
 */
bool names_add(struct names *n, int64_t id, int64_t seq, const char *folded);

/*
 * People in whose name every word of query (folded too) begins a word of its
 * own: "ng d" finds "nguyen thi dep", "thi thi" wants the word twice. First
 * come names of just these words, then those with all the words whole, then
 * the rest; within each by seq, then id. Writes at most max ids; *more says
 * whether there were others.
 */
int names_search(const struct names *n, const char *query, int64_t *id, int max,
	bool *more);

/* The people with this number on the list, by id. */
int names_by_seq(const struct names *n, int64_t seq, int64_t *id, int max,
	bool *more);

#endif
