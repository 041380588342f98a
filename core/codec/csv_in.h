/*
 * csv_in.h - CSV or TSV -> rows of cells.
 *
 * UTF-8 with or without BOM; the separator (comma, semicolon, tab) is found
 * from the first line that is not empty, or is told by Excel's "sep=;".
 * Empty rows are counted and skipped. Fed in pieces: memory does not grow
 * with the file. csv_in.c is the only file that knows <csv.h> (libcsv). One
 * reader belongs to one thread.
 */
#ifndef CORE_CODEC_CSV_IN_H
#define CORE_CODEC_CSV_IN_H

#include "core/codec/cells.h"

struct csv_in;

struct csv_in *csv_in_new(const struct cells_sink *sink, struct err *err);

/*
 * Feed the next bytes; csv_in_end() after the last. ERR_INVALID with a
 * reason ("row 3: a quote inside a cell"): this is no such file. ERR_BUSY if
 * the sink said stop. After a failure every call fails the same way.
 */
bool csv_in_feed(struct csv_in *r, const void *bytes, size_t len,
	struct err *err);
bool csv_in_end(struct csv_in *r, struct err *err);

/* The row that was read last, empty or not; 0: none. */
int64_t csv_in_row(const struct csv_in *r);

void csv_in_free(struct csv_in *r); /* NULL is allowed */

#endif
