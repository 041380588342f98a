/* answers.c - what the bank said of accounts: ACCOUNT_STATE. */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

enum {
	ADD,
	LAST,
	COUNT
};

/* LAST: of the account on the newest list, if that has one. */
static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO account_state (seq, person, bin, number, state,"
		" date, message) VALUES (:seq, :person, :bin, :number, :state,"
		" :date, :message)",
	[LAST] = "SELECT a.bin, a.number, a.state, a.date, a.message FROM "
		 "person p"
		 " JOIN account_state a ON a.person = p.id WHERE p.id = :id"
		 " AND (p.account_no = '' OR (p.account_no = a.number AND"
		 "  p.account_bin IN ('', a.bin)))"
		 " ORDER BY a.seq DESC LIMIT 1",
};

const struct stmt_set answers_stmts = {"answers", sql, COUNT};

bool answers_read(struct db *db, struct person *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &answers_stmts, LAST);
	enum lookup got;

	stmt_int(st, ":id", p->id);
	got = stmt_row(db, st, err);
	p->account_state = ACCOUNT_NOT_ASKED;
	if (got == LOOKUP_FOUND) {
		stmt_column_text(st, 0, p->account_bin, sizeof(p->account_bin));
		stmt_column_text(st, 1, p->account_no, sizeof(p->account_no));
		p->account_state = sqlite3_column_int(st, 2);
		stmt_column_text(st, 3, p->account_date,
			sizeof(p->account_date));
		stmt_column_text(st, 4, p->account_message,
			sizeof(p->account_message));
		stmt_done(st);
	}
	p->has_account = p->account_state == ACCOUNT_VERIFIED;
	return got != LOOKUP_FAILED;
}

/* The personal data: payee is the holder's name, paper the account. */
static size_t personal(const struct answer_row *row, const struct person *p,
	const char *date, uint8_t out[PAYOUT_PD_SIZE])
{
	struct pay_request r = {.payee = PAYEE_SELF};

	str_copy(r.payee_name, sizeof(r.payee_name), row->holder);
	snprintf(r.payee_paper, sizeof(r.payee_paper), "%s %s",
		row->person.account_bin, row->person.account_no);
	return payouts_pd(p, &r, date, out);
}

static bool record(struct side *im, const struct answer_row *row,
	const struct person *p, struct err *err)
{
	char date[DATE_TEXT_SIZE];
	uint8_t pd[PAYOUT_PD_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_ACCOUNT_STATE,
		.actor = im->session->user.number,
		.pd = pd,
		.pd_len = personal(row, p, date_iso(row->date, date), pd),
		.has_result = true,
		.result = row->answer};
	struct journal_done done;
	sqlite3_stmt *st;

	if (!journal_append(im->db, &entry, &done, err))
		return false;
	st = stmt_get(im->db, &answers_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":person", p->id);
	stmt_text(st, ":bin", row->person.account_bin);
	stmt_text(st, ":number", row->person.account_no);
	stmt_int(st, ":state", row->answer);
	stmt_text(st, ":date", date);
	stmt_text(st, ":message", row->message);
	im->out->fresh++;
	return stmt_run(im->db, st, err);
}

/* The last answer was this one already. */
static bool is_known(const struct answer_row *row, const struct person *p)
{
	char date[DATE_TEXT_SIZE];

	return p->account_state == (int)row->answer &&
	       strcmp(p->account_bin, row->person.account_bin) == 0 &&
	       strcmp(p->account_no, row->person.account_no) == 0 &&
	       strcmp(p->account_date, date_iso(row->date, date)) == 0 &&
	       (!row->message[0] ||
		       strcmp(p->account_message, row->message) == 0);
}

static bool put(struct side *im, const struct answer_row *row, struct err *err)
{
	struct person_due due;
	bool once;

	switch (side_person(im, &row->person, false, &due, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	if (!side_once(im, due.person.id, 0, &row->person, &once, err))
		return false;
	if (!once)
		return true;
	if (!is_known(row, &due.person))
		return record(im, row, &due.person, err);
	im->out->same++;
	return true;
}

static bool on_row(void *ctx, const struct answer_row *row, int errors)
{
	struct side *im = ctx;

	im->out->rows++;
	if (errors > 0)
		return true;
	im->failed = !put(im, row, &im->err);
	return !im->failed;
}

static struct sidelist *reader(struct side *im, struct err *err)
{
	const struct answer_sink sink = {im, on_row, side_trouble};

	return answerlist_new(&sink, err);
}

bool answers_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err)
{
	static const struct side_form form = {LIST_ANSWERS, reader};
	struct side im = {.db = db,
		.session = s,
		.options = options,
		.out = out,
		.form = &form};

	return side_import(&im, path, err);
}
