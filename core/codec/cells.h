/*
 * cells.h - a row of a table as text cells, whatever file it came from.
 *
 * CSV and XLSX become the same rows here, so that one code judges them
 * (paylist.h). A row is built cell by cell in memory of its own and lives
 * until the next one is begun. Pure.
 */
#ifndef CORE_CODEC_CELLS_H
#define CORE_CODEC_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	CELLS_MAX = 64,        /* columns that count */
	CELLS_MAX_TEXT = 1024, /* bytes of a cell */
	CELLS_MAX_ROWS = 2000000
};

struct cells_one {
	const char *text; /* not ended by a NUL */
	size_t len;       /* 0 if it was too long */
	bool too_long;
};

struct cells {
	int64_t row; /* as a spreadsheet counts, the first is 1 */
	int sheet;   /* which of those asked for by name (sheet_in.h), else 0 */
	struct cells_one cell[CELLS_MAX];
	int64_t at; /* bytes of the file read until then; 0: not known */
	int count;  /* up to the last one given; those between are empty */
	bool more;  /* something stands behind CELLS_MAX */
	size_t used;
	char pool[CELLS_MAX * CELLS_MAX_TEXT];
};

/* Who gets the rows that are not empty. Return false to stop. */
struct cells_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct cells *row);
};

/* How much a row looks like the header of a list. */
enum cells_header {
	CELLS_NO_HEADER,
	CELLS_HEADER_PART, /* columns are missing, or it is another list's */
	CELLS_HEADER_WHOLE,
};

/* A file that can be read at any place. */
struct cells_file {
	void *ctx;
	int64_t size;
	/* Up to len bytes from at; 0 at the end, -1 if it cannot be read. */
	int64_t (*read_at)(void *ctx, int64_t at, void *out, size_t len);
};

/* Begin a row: no cells yet. */
void cells_begin(struct cells *c, int64_t row);

/* Set the cell at column, which is behind all that were set, from 0. */
void cells_set(struct cells *c, int column, const void *text, size_t len);

/* All cells are set: line ends inside of them become blanks. */
void cells_end(struct cells *c);

/* No cell with anything in it. */
bool cells_empty(const struct cells *c);

#endif
