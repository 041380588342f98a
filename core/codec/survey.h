/*
 * survey.h - the questionnaire of a visit, as a value.
 *
 * Questions in their order, each with a name, a kind, labels in two languages,
 * choices and two conditions. It is read from an XLSForm (survey_in.h), so
 * that a supervisor can change it, kept as a text (survey_out.h), asked by
 * flows/questions.h and answered in survey_answers.h. Once read it never
 * changes, and has no pointers: 150 KB to copy or to keep. Pure; any thread.
 *
 * Texts are in one pool and named by their place in it; place 0 is "".
 */
#ifndef CORE_CODEC_SURVEY_H
#define CORE_CODEC_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	SURVEY_MAX_QUESTIONS = 200,
	SURVEY_MAX_CHOICES = 500,
	SURVEY_MAX_LISTS = 100,
	SURVEY_MAX_LIST = 60, /* choices of one list: bits of a number */
	SURVEY_MAX_NODES = 4096,
	SURVEY_POOL_SIZE = 96 * 1024,
	SURVEY_NAME_SIZE = 32,    /* of questions, choices, lists */
	SURVEY_LABEL_SIZE = 200,  /* bytes of a text for people, with its NUL */
	SURVEY_CHOICE_SIZE = 120, /* of a choice */
	SURVEY_EXPR_SIZE = 512    /* bytes of a condition */
};

enum survey_kind {
	SURVEY_TEXT,
	SURVEY_INTEGER,
	SURVEY_DATE,
	SURVEY_ONE,  /* select_one */
	SURVEY_MANY, /* select_multiple */
	SURVEY_NOTE, /* is read, not answered */
	SURVEY_BARCODE,
	SURVEY_KINDS,
};

enum survey_lang {
	SURVEY_VI,
	SURVEY_EN,
	SURVEY_LANGS,
};

/* One text in both languages; a missing one is the other. */
struct survey_words {
	uint32_t at[SURVEY_LANGS];
};

struct survey_question {
	enum survey_kind kind;
	bool required;
	uint32_t name;
	struct survey_words label;
	struct survey_words hint;
	struct survey_words required_says;
	struct survey_words constraint_says;
	/* As written, and the node at their top + 1; 0: none. */
	uint32_t relevant_text;
	uint32_t constraint_text;
	uint16_t relevant;
	uint16_t constraint;
	uint16_t list; /* of ONE and MANY */
};

struct survey_choice {
	uint32_t name;
	struct survey_words label;
};

struct survey_list {
	uint32_t name;
	uint16_t first; /* of its choices, which stand together */
	uint16_t count;
};

/* A node of a condition (survey_expr.h). */
struct survey_node {
	uint8_t op;
	uint16_t a; /* operands, as node + 1; 0: none */
	uint16_t b;
	int64_t number; /* a literal, a question, a place in the pool, bits */
};

struct survey {
	uint32_t id;      /* "visit" */
	uint32_t version; /* "2026-12-01": any text */
	uint32_t title;
	int questions;
	int choices;
	int lists;
	int nodes;
	uint32_t used; /* of the pool */
	/* Of its text (survey_out.h): by this answers name it. */
	uint8_t sha256[CRYPTO_HASH_SIZE];
	struct survey_question question[SURVEY_MAX_QUESTIONS];
	struct survey_choice choice[SURVEY_MAX_CHOICES];
	struct survey_list list[SURVEY_MAX_LISTS];
	struct survey_node node[SURVEY_MAX_NODES];
	char pool[SURVEY_POOL_SIZE];
};

/* The text at a place. */
const char *survey_text(const struct survey *s, uint32_t at);

/* The words in that language, or else in the other. */
const char *survey_words(const struct survey *s, const struct survey_words *w,
	enum survey_lang lang);

/* A question by its name; -1 if there is none. */
int survey_find(const struct survey *s, const char *name);

/* A choice by its name, from 0 within that list; -1 if there is none. */
int survey_choice_find(const struct survey *s, int list, const char *name);

/* Choice i, from 0, of that list. */
const struct survey_choice *survey_choice(const struct survey *s, int list,
	int i);

/* "select_one": as XLSForm has it. */
const char *survey_kind_name(enum survey_kind kind);

#endif
