/*
 * sheet_in.h - a workbook (XLSX) -> rows of cells.
 *
 * Read is the first sheet, hidden ones left out, that has a whole header in
 * its first rows; if none has one, the first with part of one; if there is
 * none either, the first. Texts come as they are, whole
 * numbers with all their digits, dates and months by the cell's format
 * (sheet_format.h), formulas as the value that was stored, TRUE and FALSE,
 * errors as "#N/A". Of merged cells the first has the text. Row numbers are
 * those of the sheet. Streamed: of the workbook only the shared texts are in
 * memory.
 *
 * Everything has a limit: entries, bytes unpacked, ratio (sheet_zip.h),
 * texts (sheet_book.h), rows, columns, cells (cells.h). Old and locked
 * workbooks, and other files in a ZIP, are named.
 *
 * The parser is large and its input hostile: call it where nothing can be
 * lost (drivers/lists). Pure but for the file.
 */
#ifndef CORE_CODEC_SHEET_IN_H
#define CORE_CODEC_SHEET_IN_H

#include "core/codec/cells.h"
#include "core/codec/sheet_book.h"

enum {
	SHEET_HEADER_ROWS = 20 /* rows with something in them */
};

/* Do these first bytes look like a workbook, of any kind? */
bool sheet_in_is(const void *head, size_t len);

/*
 * Read it. name: SHEET_NAME_SIZE bytes for which sheet it was. ERR_INVALID
 * with a reason; ERR_BUSY: the sink said stop.
 */
bool sheet_in_read(const struct cells_file *file,
	enum cells_header (*header)(const struct cells *row),
	const struct cells_sink *sink, char *name, struct err *err);

/*
 * Read all sheets with these names, hidden or not, in this order; in each row
 * sheet says which it is of. A sheet that is not there has no rows.
 */
bool sheet_in_read_named(const struct cells_file *file,
	const char *const *names, int count, const struct cells_sink *sink,
	struct err *err);

#endif
