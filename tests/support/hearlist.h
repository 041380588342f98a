/*
 * hearlist.h - a sink for paylist.h that writes down what it hears.
 *
 * A line a row ("2 Thử A 540000", " bad" behind it if it has errors) and a
 * line a trouble ("2 id12 bad_id [12]"), in the order they come.
 */
#ifndef TESTS_SUPPORT_HEARLIST_H
#define TESTS_SUPPORT_HEARLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/codec/paylist.h"

struct hearlist {
	struct buf told;
	char text[8192];
	struct paylist_row last;
	int rows;
	int troubles;
	int errors;
	int64_t sum;
	int stop_at; /* say stop at this row; 0: never */
};

void hearlist_init(struct hearlist *s);

/* A sink that is s, for readers that are fed otherwise. */
void hearlist_sink(struct hearlist *s, struct paylist_sink *out);

/* Feed a whole list in pieces of so many bytes; *err if it was refused. */
bool hearlist_read(struct hearlist *s, const char *text, size_t len,
	size_t piece, struct err *err);

#endif
