/*
 * survey_in_internal.h - between the files of the reader: survey_in.c takes
 * rows, survey_columns.c their headers, survey_join.c what only shows when all
 * of them are there.
 */
#ifndef CORE_CODEC_SURVEY_IN_INTERNAL_H
#define CORE_CODEC_SURVEY_IN_INTERNAL_H

#include "core/codec/survey_in.h"

enum survey_column {
	SURVEY_COLUMN_NONE, /* not supported */
	SURVEY_COLUMN_PASSED,
	SURVEY_COLUMN_TYPE,
	SURVEY_COLUMN_NAME,
	SURVEY_COLUMN_LABEL,
	SURVEY_COLUMN_HINT,
	SURVEY_COLUMN_REQUIRED,
	SURVEY_COLUMN_REQUIRED_SAYS,
	SURVEY_COLUMN_RELEVANT,
	SURVEY_COLUMN_CONSTRAINT,
	SURVEY_COLUMN_CONSTRAINT_SAYS,
	SURVEY_COLUMN_LIST,
	SURVEY_COLUMN_ID,
	SURVEY_COLUMN_VERSION,
	SURVEY_COLUMN_TITLE,
	SURVEY_COLUMNS,
};

struct survey_in_map {
	enum survey_column column;
	enum survey_lang lang;
	bool told; /* of a NONE: that it is not supported */
	char name[SURVEY_COLUMN_SIZE];
};

struct survey_in_header {
	bool seen;
	int64_t row;
	int columns;
	struct survey_in_map map[CELLS_MAX];
};

struct survey_in {
	void *ctx;
	bool (*trouble)(void *ctx, const struct survey_error *e);
	int errors;
	bool stopped;
	struct survey_in_header header[SURVEY_SHEETS];
	bool settings; /* their row was read */
	/* A name or a list is not known: what conditions say of it would be a
	 * mistake that is none. */
	bool unsure;
	/* Of what is collected in the order of the file: the rows, for what is
	 * said at the end, and the name of the list. */
	int64_t question_row[SURVEY_MAX_QUESTIONS];
	uint32_t question_list[SURVEY_MAX_QUESTIONS];
	struct survey_choice choice[SURVEY_MAX_CHOICES];
	int64_t choice_row[SURVEY_MAX_CHOICES];
	uint32_t choice_list[SURVEY_MAX_CHOICES];
	int choices;
	struct survey s;
};

/* Tell of a trouble. */
void survey_in_say(struct survey_in *in, enum survey_sheet sheet, int64_t row,
	const char *column, enum survey_trouble trouble, const char *value);

/* "relevant": the name to say; "" if that sheet has none. */
const char *survey_in_column(enum survey_sheet sheet, enum survey_column c);

/* Take the row as the header of that sheet; what is wrong with it is told. */
void survey_columns_take(struct survey_in *in, enum survey_sheet sheet,
	const struct cells *row);

/* Gather lists, find those of questions, read conditions. */
void survey_join(struct survey_in *in);

#endif
