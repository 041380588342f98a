/*
 * survey_internal.h - between the files that make a questionnaire: how texts
 * get into its pool, and what its conditions are made of.
 */
#ifndef CORE_CODEC_SURVEY_INTERNAL_H
#define CORE_CODEC_SURVEY_INTERNAL_H

#include "core/codec/survey_answers.h"

enum survey_op {
	SURVEY_OP_QUESTION, /* number: which */
	SURVEY_OP_NUMBER,
	SURVEY_OP_DAY,  /* number: days since 1970 */
	SURVEY_OP_TEXT, /* number: place in the pool */
	SURVEY_OP_TODAY,
	SURVEY_OP_TRUE, /* number: 1 or 0 */
	SURVEY_OP_OR,
	SURVEY_OP_AND,
	SURVEY_OP_NOT,
	SURVEY_OP_EQ,
	SURVEY_OP_NE,
	SURVEY_OP_LT,
	SURVEY_OP_LE,
	SURVEY_OP_GT,
	SURVEY_OP_GE,
	SURVEY_OP_ADD,
	SURVEY_OP_SUB,
	SURVEY_OP_MOD,
	SURVEY_OP_NEGATE,
	SURVEY_OP_SELECTED,       /* a: question + 1; number: choice */
	SURVEY_OP_COUNT_SELECTED, /* a: question + 1 */
	SURVEY_OP_LENGTH,
};

/* *at: its place, 0 for ""; false: the pool is full. */
bool survey_pool_add(struct survey *s, const char *text, uint32_t *at);

/* YYYYMMDD; false: there is no such day. */
int64_t survey_day_number(struct date d);
bool survey_day_of(int64_t number, struct date *out);

/* As survey_answer_set(), but its constraint is not asked, the size not
 * looked at, and a text that is empty is no answer. */
bool survey_answer_take(const struct survey *s, struct survey_answers *a,
	int question, const char *text);

/* Is there room for all of it, written down? */
bool survey_bytes_fit(const struct survey *s, const struct survey_answers *a);

#endif
