/*
 * survey_token.h - the words and signs of a condition (survey_expr.c), one
 * after the other.
 */
#ifndef CORE_CODEC_SURVEY_TOKEN_H
#define CORE_CODEC_SURVEY_TOKEN_H

#include "core/codec/survey.h"

enum survey_token {
	TOKEN_END,
	TOKEN_NAME,     /* a word: a function, and, or, mod */
	TOKEN_QUESTION, /* ${name} */
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_DOT,
	TOKEN_SIGN, /* one of ( ) , = != < <= > >= + - and what is none */
	TOKEN_BAD,
};

/* Where the text is read, and the token that was read last. */
struct survey_tokens {
	const char *at;
	enum survey_token kind;
	int64_t number; /* of a NUMBER */
	char text[SURVEY_EXPR_SIZE];
};

void survey_token_next(struct survey_tokens *in);

#endif
