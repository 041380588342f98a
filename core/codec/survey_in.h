/*
 * survey_in.h - an XLSForm, row by row -> a questionnaire (survey.h).
 *
 * The sheets survey, choices and settings, in any order, of a workbook or of
 * one text file (survey_out.h); list_in.h says of each row which sheet it is
 * of. The first row of a sheet that is not empty is its header. Read are
 *	survey    type, name, label, hint, required, required_message,
 *	          relevant, constraint, constraint_message
 *	choices   list_name, name, label
 *	settings  form_id, version, form_title
 * with texts for people also as label::vi, label::English (en) and so on; one
 * without a language is Vietnamese. Types: text, integer, date, select_one,
 * select_multiple, note, barcode. appearance, default_language, style and
 * columns that are called note or comment are passed over. Everything else
 * that is not empty is a trouble with its sheet, row and column; the reader
 * goes on, so that all of them are seen at once. One reader belongs to one
 * thread. Pure.
 */
#ifndef CORE_CODEC_SURVEY_IN_H
#define CORE_CODEC_SURVEY_IN_H

#include "core/codec/cells.h"
#include "core/codec/survey.h"
#include "core/codec/survey_trouble.h"

enum survey_sheet {
	SURVEY_SHEET_SURVEY,
	SURVEY_SHEET_CHOICES,
	SURVEY_SHEET_SETTINGS,
	SURVEY_SHEETS,
};

enum {
	SURVEY_COLUMN_SIZE = 48,
	SURVEY_VALUE_SIZE = 64
};

struct survey_error {
	enum survey_sheet sheet;
	int64_t row; /* 0: of the sheet as a whole */
	char column[SURVEY_COLUMN_SIZE];
	enum survey_trouble trouble;
	char value[SURVEY_VALUE_SIZE]; /* made plain and cut, or "" */
};

/* "survey": of those that are read, for sheet_in.h. */
extern const char *const survey_in_sheets[SURVEY_SHEETS];

struct survey_in;

/* trouble: told of each; false stops. */
struct survey_in *survey_in_new(void *ctx,
	bool (*trouble)(void *ctx, const struct survey_error *e),
	struct err *err);

/* The next row, of sheet row->sheet. ERR_BUSY: stopped. */
bool survey_in_row(struct survey_in *in, const struct cells *row,
	struct err *err);

/*
 * After the last row: what only shows in the whole is told now. The
 * questionnaire, which lives as long as the reader, or NULL if there was any
 * trouble. ERR_BUSY as before: NULL as well.
 */
const struct survey *survey_in_end(struct survey_in *in, struct err *err);

/* Troubles so far. */
int survey_in_errors(const struct survey_in *in);

void survey_in_free(struct survey_in *in); /* NULL is allowed */

#endif
