/*
 * paper_doc.h - papers for an office: a head, one table, lines and signatures
 * below it; as PDF (A4), as a workbook, or as CSV.
 *
 * The description (struct paper_doc) is given first and must live as long as
 * the paper; rows then come one at a time and are gone when they are written,
 * so that a list of 100,000 people takes no more memory than one of ten. The
 * kinds of files are behind it: paper_pdf.h, paper_xlsx.h, paper_csv.h. Their
 * bytes go to a sink in order, never back. Texts are clean (text.h), and
 * Vietnamese whatever the screen speaks: the papers are of Vietnamese offices.
 *
 * No cell is ever run by a spreadsheet (T48): texts are written as texts, and
 * what is to stay as it is (numbers of people, dates, codes) is text.
 *
 * Threads: one paper belongs to one thread. Blocking: as the sink does.
 */
#ifndef CORE_CODEC_PAPER_DOC_H
#define CORE_CODEC_PAPER_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	PAPER_MAX_COLUMNS = 24,
	PAPER_MAX_HEAD_ROWS = 4,
	PAPER_MAX_SIGNS = 4,
	PAPER_TEXT_SIZE = 1024 /* more than any cell or line has bytes */
};

enum paper_align {
	PAPER_LEFT,
	PAPER_CENTRE,
	PAPER_RIGHT,
};

struct paper_column {
	int mm; /* of 281 across or 194 upright; scaled if they do not add up */
	enum paper_align align;
};

/* A cell of the table's head; rows and columns from 0. */
struct paper_head {
	int row;
	int column;
	int rows; /* it covers; 0 is 1 */
	int columns;
	const char *text;
};

struct paper_sign {
	const char *title; /* "NGƯỜI LẬP BIỂU" */
	const char *hint;  /* "(Ký, ghi rõ họ tên)" */
};

struct paper_doc {
	bool landscape;
	bool motto;           /* the country's name and motto, top right */
	const char *office;   /* top left; NULL: none; \n parts lines */
	const char *title;    /* \n parts lines */
	const char *subtitle; /* NULL: none */
	const char *unit;     /* right above the table; NULL: none */
	const char *sheet;    /* name of the sheet, 31 characters at most */
	const struct paper_column *column;
	int columns;
	const struct paper_head *head;
	int heads;
	int head_rows;
	/* Height that a row has at least, for cells to sign in; 0: its text. */
	int row_mm;
	/* The column of money whose sum is carried from page to page; 0: none
	 * (the first has the number of the row). */
	int carry;
	/* Many rows: the workbook keeps none of them in memory. Then a cell of
	 * the head covers one row only. */
	bool many;
	const char *place; /* over the last signature; NULL: none */
	const struct paper_sign *sign;
	int signs;
};

/* text NULL: it is the number. Money is a number, a date is a text. */
struct paper_cell {
	const char *text;
	int64_t number;
	int span; /* columns it covers, those behind it are skipped; 0 is 1 */
};

enum paper_weight {
	PAPER_PLAIN,
	PAPER_STRONG, /* bold: sums, heads of parts */
};

/* Where the bytes go. */
struct paper_sink {
	void *ctx;
	bool (*put)(void *ctx, const void *bytes, size_t len, struct err *err);
};

struct paper;

/* One row: as many cells as the table has columns. */
bool paper_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err);

/* A line below the table (or between two rows), over its whole width. */
bool paper_line(struct paper *p, const char *text, enum paper_weight weight,
	struct err *err);

/*
 * Another table behind this one, with its signatures below it: the next sheet
 * of the workbook (never two of one name), the next page of the PDF. Not for
 * CSV. doc must be landscape if the first is.
 */
bool paper_next(struct paper *p, const struct paper_doc *doc, struct err *err);

/* The signatures, and all that is still to be written. Once. */
bool paper_end(struct paper *p, struct err *err);

/* NULL is allowed. Without paper_end() before it the file is broken. */
void paper_free(struct paper *p);

enum paper_kind {
	PAPER_CSV,
	PAPER_XLSX,
	PAPER_PDF,
	PAPER_KINDS, /* of files */
	PAPER_GRID,  /* to be looked at: paper_grid.h */
};

/* By the end of a file's name, ".pdf"; false: none of ours. */
bool paper_kind_of(const char *path, enum paper_kind *out);

/*
 * Begin a paper. ERR_GONE: no font with all our letters is installed (PDF
 * only; the others need none).
 */
struct paper *paper_new(enum paper_kind kind, const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err);

#endif
