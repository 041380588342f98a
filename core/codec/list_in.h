/*
 * list_in.h - a list file of any kind -> rows of cells: a workbook (XLSX), a
 * bank's answers as XML (acmt024.h), or else CSV or TSV. What it is says its first bytes, never its name.
 */
#ifndef CORE_CODEC_LIST_IN_H
#define CORE_CODEC_LIST_IN_H

#include "core/codec/paylist.h"
#include "core/codec/sheet_in.h"

/*
 * Read all of it. The header of that kind of list finds the sheet of a
 * workbook; sheet gets its name ("" for CSV), SHEET_NAME_SIZE bytes.
 * ERR_INVALID with a reason; ERR_BUSY: the sink said stop; ERR_IO: the file
 * cannot be read.
 */
bool list_in_read(const struct cells_file *file, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err);

/*
 * For LIST_QUESTIONS: all rows of the sheets of survey_in_sheets[], each with
 * its number. In a CSV the name of a sheet stands alone in the first column,
 * its rows below, in the columns behind that; rows of other sheets are left
 * out.
 */
bool list_in_read_sheets(const struct cells_file *file,
	const struct cells_sink *sink, struct err *err);

/* The same as list_in_read(), looking for a header of your own. */
bool list_in_read_as(const struct cells_file *file,
	enum cells_header (*header)(const struct cells *row),
	const struct cells_sink *sink, char *sheet, struct err *err);

#endif
