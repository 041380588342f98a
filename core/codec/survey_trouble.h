/*
 * survey_trouble.h - what can be wrong with a questionnaire that comes in.
 *
 * The code is for scripts, the sentence for people is in
 * terminal/flows/survey_text.h. Pure.
 */
#ifndef CORE_CODEC_SURVEY_TROUBLE_H
#define CORE_CODEC_SURVEY_TROUBLE_H

enum survey_trouble {
	SURVEY_TROUBLE_NONE,
	/* of the form */
	SURVEY_NO_SHEET,
	SURVEY_NO_COLUMN,   /* an obligatory one */
	SURVEY_TWO_COLUMNS, /* that mean the same */
	SURVEY_BAD_COLUMN,  /* not supported, and not empty */
	SURVEY_MISSING,     /* an obligatory cell is empty */
	SURVEY_TOO_LONG,
	SURVEY_BAD_TEXT,   /* characters that cannot be */
	SURVEY_BAD_NAME,   /* no name as XML has it */
	SURVEY_SAME_NAME,  /* twice */
	SURVEY_BAD_KIND,   /* a type that is not supported */
	SURVEY_BAD_GROUP,  /* groups and repeats are not */
	SURVEY_BAD_OTHER,  /* or_other is not */
	SURVEY_BAD_LIST,   /* no such list of choices */
	SURVEY_BAD_YES_NO, /* required is yes or no */
	SURVEY_BAD_INSERT, /* ${name} inside a text */
	SURVEY_NOTE_ASKS,  /* a note that is required, or has a constraint */
	SURVEY_TOO_MANY,   /* questions, choices, lists, texts, conditions */
	SURVEY_NO_QUESTIONS,
	SURVEY_SAME_VERSION, /* as one of before, with other words (db/) */
	/* of a condition */
	SURVEY_EXPR_SYNTAX,
	SURVEY_EXPR_NAME,      /* no such question */
	SURVEY_EXPR_LATER,     /* it is asked only later, or is this one */
	SURVEY_EXPR_NOTE,      /* a note has no answer */
	SURVEY_EXPR_DOT,       /* '.' in relevant */
	SURVEY_EXPR_FUNCTION,  /* not supported */
	SURVEY_EXPR_OPERATOR,  /* not supported */
	SURVEY_EXPR_TYPES,     /* what cannot be compared or reckoned */
	SURVEY_EXPR_CHOICE,    /* no choice of that question */
	SURVEY_EXPR_ARGUMENTS, /* too many, too few, or of another kind */
	SURVEY_EXPR_DEEP,
	SURVEY_EXPR_NO_BOOL, /* it is not true or false */
	SURVEY_TROUBLES,
};

/* "bad_kind" */
const char *survey_trouble_code(enum survey_trouble t);

#endif
