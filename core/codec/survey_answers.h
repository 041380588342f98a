/*
 * survey_answers.h - what somebody answered to a questionnaire (survey.h).
 *
 * A value: which questions are to be asked depends on the answers so far, and
 * each answer is checked when it is given. As in XForms the answer of a
 * question that is not asked (any more) counts as empty, and is not kept when
 * the answers are written down.
 *
 * As bytes they are what a VISIT seals: canonical CBOR (cbor.h), a map
 *	0 version of this form, 1
 *	1 id and 2 version of the questionnaire, text
 *	3 the first 8 bytes of its SHA-256: the words that were asked
 *	4 the day of the visit, YYYYMMDD
 *	5 an array: name, answer, name, answer, ... in the order of asking.
 *	  text and barcode are text, an integer is a number, a date is the
 *	  number YYYYMMDD, select_one the name of the choice, select_multiple
 *	  an array of names.
 * Empty answers and notes are not there. Pure; any thread.
 */
#ifndef CORE_CODEC_SURVEY_ANSWERS_H
#define CORE_CODEC_SURVEY_ANSWERS_H

#include "core/codec/survey.h"
#include "core/date.h"

enum {
	SURVEY_TEXT_SIZE = 256,    /* of an answer in words, with its NUL */
	SURVEY_ANSWER_SIZE = 2048, /* of any, names of choices too */
	SURVEY_ANSWERS_MAX = 2048, /* bytes of all, written down */
	SURVEY_DIGITS = 9,         /* of an integer, as in XLSForm */
	SURVEY_HASH_SHORT = 8
};

/* Why an answer is not taken. */
enum survey_answer_why {
	SURVEY_FINE,
	SURVEY_NOT_ASKED, /* it is a note, or not asked now */
	SURVEY_NO_NUMBER,
	SURVEY_NO_DAY,
	SURVEY_NO_CHOICE,
	SURVEY_NO_TEXT,  /* characters that cannot be, or too many */
	SURVEY_REQUIRED, /* none given, and there must be one */
	SURVEY_REFUSED,  /* the question's own condition says no */
	SURVEY_FULL,     /* SURVEY_ANSWERS_MAX: all together are too much */
	SURVEY_WHY_COUNT,
};

struct survey_answers {
	struct date day; /* of the visit: what today() is */
	uint16_t used;   /* of texts */
	struct {
		bool asked; /* under the answers so far */
		bool done;
		uint16_t text;  /* TEXT, BARCODE: where it begins */
		int64_t number; /* INTEGER; YYYYMMDD; ONE, MANY: bits */
	} of[SURVEY_MAX_QUESTIONS];
	char texts[SURVEY_ANSWERS_MAX];
};

/* Nothing answered yet; day: a whole one. */
void survey_answers_init(struct survey_answers *a, const struct survey *s,
	struct date day);

/*
 * Take an answer, or with "" take it back. Text as people type or scan it;
 * an integer in digits, with or without a minus; a day as date_parse() reads
 * it; names of choices, for select_multiple with blanks between. If it is not
 * taken the one before stands.
 */
enum survey_answer_why survey_answer_set(const struct survey *s,
	struct survey_answers *a, int question, const char *text);

/* The answer as survey_answer_set() takes it; "" if there is none. */
const char *survey_answer_text(const struct survey *s,
	const struct survey_answers *a, int question,
	char out[SURVEY_ANSWER_SIZE]);

/* The answer in words: labels of choices, cut to size; 05/12/2026. */
const char *survey_answer_shown(const struct survey *s,
	const struct survey_answers *a, int question, enum survey_lang lang,
	char *out, size_t size);

/*
 * The next question that is to be asked behind question (-1: from the first),
 * or the last one before it; -1 if there is none.
 */
int survey_next(const struct survey *s, const struct survey_answers *a,
	int question);
int survey_before(const struct survey *s, const struct survey_answers *a,
	int question);

/* Questions that are to be asked now, before that one; with count, all. */
int survey_asked_before(const struct survey *s, const struct survey_answers *a,
	int question);

/*
 * The first question whose answer lacks, or is refused by its condition now
 * that another one has changed; -1: all are good. *why may be NULL.
 */
int survey_wrong(const struct survey *s, const struct survey_answers *a,
	enum survey_answer_why *why);

/* Write them down; returns the bytes, at most SURVEY_ANSWERS_MAX. */
size_t survey_answers_write(const struct survey *s,
	const struct survey_answers *a, uint8_t out[SURVEY_ANSWERS_MAX]);

/* Which questionnaire is it that these bytes answer? */
struct survey_answers_head {
	char id[SURVEY_NAME_SIZE];
	char version[SURVEY_NAME_SIZE];
	uint8_t sha256[SURVEY_HASH_SHORT];
	struct date day;
};
bool survey_answers_head(const void *bytes, size_t len,
	struct survey_answers_head *out);

/*
 * Read them with the very questionnaire that they answer. Strict: what
 * survey_answers_write() does not write is refused.
 */
bool survey_answers_read(const struct survey *s, const void *bytes, size_t len,
	struct survey_answers *out);

/*
 * Of a draft only: with another version of the questionnaire too, whatever
 * still fits. False: these are no answers at all.
 */
bool survey_answers_carry(const struct survey *s, const void *bytes, size_t len,
	struct survey_answers *out);

#endif
