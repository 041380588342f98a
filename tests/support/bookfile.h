/*
 * bookfile.h - workbooks part by part, good and hostile, and what is read of
 * them as text: a line a row, "3 a|b||d".
 */
#ifndef TESTS_SUPPORT_BOOKFILE_H
#define TESTS_SUPPORT_BOOKFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

struct bookpart {
	const char *name;
	const char *text;
	size_t len;    /* 0: up to the NUL */
	size_t repeat; /* so often; 0: once */
	bool link;     /* a symbolic link */
	const char *password;
};

/* Write these parts as a ZIP; ends the program if it cannot. */
void bookfile_write(const char *path, const struct bookpart *part,
	size_t parts);

/*
 * Write a workbook of one sheet: what stands inside <sheetData>, <sst> and
 * <styleSheet>; NULL leaves the part out.
 */
void bookfile_sheet(const char *path, const char *rows, const char *strings,
	const char *styles);

/* Change these bytes of the file wherever they stand, same length. */
void bookfile_patch(const char *path, const char *from, const char *to);

/* What the first parts of a workbook of sheets "Một" and "Hai" are. */
extern const char *const bookfile_rels;
extern const char *const bookfile_workbook;
extern const char *const bookfile_workbook_rels;

struct bookheard {
	struct buf told;
	char text[16384];
	char sheet[128];
	long rows;
	long stop_at; /* 0: never */
};

/* Read the file by list_in.h; the header has "họ tên" in its first cell. */
bool bookfile_hear(const char *path, struct bookheard *out, struct err *err);

#endif
