/*
 * survey_expr.h - the conditions of a questionnaire: the part of XPath 1.0
 * that ODK's forms need.
 *
 *	or  and  = !=  < <= > >=  + - mod  unary -  ( )
 *	${name}  .  'text'  "text"  12
 *	selected(${q}, 'choice')  count-selected(${q})  string-length(x)
 *	not(x)  true()  false()  today()  date('2026-12-05')
 *
 * What is taken means what it means in ODK, so an empty answer is the empty
 * text, and as a number none at all (NaN): equal to '' and not to anything
 * else; neither less nor more than any number or day; != to every number. So
 * ${n} > 5 and ${n} <= 5 are both false of an empty ${n}, and not(${n} > 5)
 * is true. There is no third truth: a condition is true or false. A constraint
 * is not asked about an empty answer.
 *
 * Stricter than ODK where a mistake would never be noticed: names must be of
 * earlier questions, choices must exist, true-or-false stands only where it
 * is meant, days are not compared with numbers. Whole numbers only. Anything
 * else is named in the trouble. Depth and length are limited. Pure.
 */
#ifndef CORE_CODEC_SURVEY_EXPR_H
#define CORE_CODEC_SURVEY_EXPR_H

#include "core/codec/survey_answers.h"
#include "core/codec/survey_trouble.h"

enum {
	SURVEY_MAX_DEPTH = 20,
	SURVEY_WHAT_SIZE = 64
};

struct survey_why {
	enum survey_trouble trouble;
	char what[SURVEY_WHAT_SIZE]; /* the name, function or place */
};

/*
 * Read the condition of question number self, behind whose place nothing may
 * be asked; dot: it is a constraint, '.' is its own answer. *top as in struct
 * survey_question. False: *why, and *s is as it was.
 */
bool survey_expr_read(struct survey *s, int self, bool dot, const char *text,
	uint16_t *top, struct survey_why *why);

/* Is it true of these answers? */
bool survey_expr_true(const struct survey *s, uint16_t top,
	const struct survey_answers *a);

#endif
