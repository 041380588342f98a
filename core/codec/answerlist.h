/*
 * answerlist.h - what came of checking accounts at the bank.
 *
 * Columns account_bin, account_no, answer and one of beneficiary_id, id12,
 * account_ref must be there; unit_code, holder_name, message and date may.
 * Numbers may be empty in a row with an account_ref, which is the id that we gave the account when
 * we asked (iso20022.h): it says whose and which it is. A row that says that
 * nothing was checked is a notice, and its answer is ACCOUNT_NOT_ASKED. Pure.
 */
#ifndef CORE_CODEC_ANSWERLIST_H
#define CORE_CODEC_ANSWERLIST_H

#include "core/codec/sidelist.h"

/* journal.md key 28 of ACCOUNT_STATE. */
enum account_answer {
	ACCOUNT_NOT_ASKED = 0,
	ACCOUNT_VERIFIED = 1,
	ACCOUNT_NOT_FOUND = 2,
	ACCOUNT_NAME_DIFFERS = 3,
	ACCOUNT_CLOSED = 4,
	ACCOUNT_REFUSED = 5,
};

enum {
	ANSWER_REF_SIZE = 40
};

struct answer_row {
	enum account_answer answer;
	struct date date;          /* of the answer; year 0: not said */
	char ref[ANSWER_REF_SIZE]; /* account_ref; "": the row has a number */
	char holder[VIET_NAME_SIZE];
	char message[PAYLIST_TEXT_SIZE];
	/* Unit ("" if not said), numbers, account; nothing else. */
	struct paylist_row person;
};

/* "name_differs": the code for scripts; "" for none. */
const char *account_answer_code(enum account_answer answer);

/* As struct paylist_sink. */
struct answer_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct answer_row *row, int errors);
	bool (*trouble)(void *ctx, const struct paylist_error *e);
};

/* Would this row be taken for the header, and is everything in it? */
enum cells_header answerlist_header(const struct cells *row);

struct sidelist *answerlist_new(const struct answer_sink *sink,
	struct err *err);

#endif
