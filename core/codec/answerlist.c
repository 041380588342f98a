#include "core/codec/answerlist.h"

#include "core/codec/sidelist_internal.h"

const char *account_answer_code(enum account_answer answer)
{
	switch (answer) {
	case ACCOUNT_NOT_ASKED:
		return "";
	case ACCOUNT_VERIFIED:
		return "verified";
	case ACCOUNT_NOT_FOUND:
		return "not_found";
	case ACCOUNT_NAME_DIFFERS:
		return "name_differs";
	case ACCOUNT_CLOSED:
		return "closed";
	case ACCOUNT_REFUSED:
		return "refused";
	}
	return "";
}

/* A word for it, which is no enum account_answer: nothing was checked. */
enum {
	NO_ANSWER = 100
};

static void read_answer(struct paylist_job *j, struct answer_row *out)
{
	/* Folded: "not_found" reads as two words. */
	static const struct paylist_word words[] = {
		{"verified", ACCOUNT_VERIFIED},
		{"dung", ACCOUNT_VERIFIED},
		{"khop", ACCOUNT_VERIFIED},
		{"hop le", ACCOUNT_VERIFIED},
		{"not found", ACCOUNT_NOT_FOUND},
		{"khong tim thay", ACCOUNT_NOT_FOUND},
		{"khong co", ACCOUNT_NOT_FOUND},
		{"khong ton tai", ACCOUNT_NOT_FOUND},
		{"name differs", ACCOUNT_NAME_DIFFERS},
		{"sai ten", ACCOUNT_NAME_DIFFERS},
		{"khac ten", ACCOUNT_NAME_DIFFERS},
		{"khong khop ten", ACCOUNT_NAME_DIFFERS},
		{"closed", ACCOUNT_CLOSED},
		{"da dong", ACCOUNT_CLOSED},
		{"dong", ACCOUNT_CLOSED},
		{"refused", ACCOUNT_REFUSED},
		{"tu choi", ACCOUNT_REFUSED},
		{"no answer", NO_ANSWER},
		{"chua tra loi", NO_ANSWER},
	};
	const int answer = paylist_word_value(j, COL_ANSWER,
		PAYLIST_WORDS(words), ACCOUNT_NOT_ASKED);

	if (answer == ACCOUNT_NOT_ASKED)
		paylist_say(j, COL_ANSWER, TROUBLE_MISSING);
	else if (answer < 0)
		paylist_say(j, COL_ANSWER, TROUBLE_BAD_ANSWER);
	else if (answer == NO_ANSWER)
		paylist_say(j, COL_ANSWER, TROUBLE_NO_ANSWER);
	else
		out->answer = (enum account_answer)answer;
}

static void read_account(struct paylist_job *j, const struct answer_row *row)
{
	const int before = j->judge->errors;

	paylist_read_account(j);
	if (j->judge->errors > before || row->ref[0])
		return;
	if (!j->out->account_bin[0])
		paylist_say(j, COL_ACCOUNT_BIN, TROUBLE_MISSING);
	if (!j->out->account_no[0])
		paylist_say(j, COL_ACCOUNT_NO, TROUBLE_MISSING);
}

static bool read_row(const struct sidelist *s, const struct paylist_cells *in,
	struct paylist_judge *judge)
{
	struct answer_row row = {.person = {.row = in->row}};
	struct paylist_job j = {in, &row.person, judge};

	paylist_take_text(&j, COL_UNIT_CODE, row.person.unit_code,
		sizeof(row.person.unit_code));
	paylist_take_text(&j, COL_ACCOUNT_REF, row.ref, sizeof(row.ref));
	if (!row.ref[0])
		paylist_read_identity(&j);
	read_account(&j, &row);
	read_answer(&j, &row);
	paylist_take_text(&j, COL_HOLDER_NAME, row.holder, sizeof(row.holder));
	paylist_take_text(&j, COL_MESSAGE, row.message, sizeof(row.message));
	sidelist_date(&j, &row.date);
	return judge->stopped ||
	       s->take.answer(s->sink.ctx, &row, judge->errors);
}

static const struct sidelist_form form = {
	.must = SIDELIST_HAS(COL_ACCOUNT_BIN) | SIDELIST_HAS(COL_ACCOUNT_NO) |
		SIDELIST_HAS(COL_ANSWER),
	.any = SIDELIST_HAS(COL_BENEFICIARY_ID) | SIDELIST_HAS(COL_ID12) |
	       SIDELIST_HAS(COL_ACCOUNT_REF),
	.may = SIDELIST_HAS(COL_UNIT_CODE) | SIDELIST_HAS(COL_HOLDER_NAME) |
	       SIDELIST_HAS(COL_MESSAGE) | SIDELIST_HAS(COL_DATE),
	.known = 4,
	.row = read_row,
};

enum cells_header answerlist_header(const struct cells *row)
{
	return sidelist_header(&form, row);
}

struct sidelist *answerlist_new(const struct answer_sink *sink, struct err *err)
{
	struct sidelist *s = sidelist_new(&form, sink->ctx, sink->trouble, err);

	if (s)
		s->take.answer = sink->row;
	return s;
}
