/* answers.c - what the bank said of accounts: ACCOUNT_STATE. */
#include <stdio.h>
#include <string.h>

#include "core/codec/iso20022.h"
#include "core/str.h"
#include "db/accounts.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/sealed_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

enum {
	ADD,
	OF_PERSON,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO account_state (seq, person, state, sealed)"
		" VALUES (:seq, :person, :state, :sealed)",
	[OF_PERSON] = "SELECT seq, state, sealed FROM account_state"
		      " WHERE person = :id ORDER BY seq DESC",
};

/* The texts of a row. */
enum {
	BIN,
	NUMBER,
	DATE,
	MESSAGE
};

const struct stmt_set answers_stmts = {"answers", sql, COUNT};

static void take(const struct sealed *s, int state, struct person *p)
{
	str_copy(p->account_bin, sizeof(p->account_bin), s->text[BIN]);
	str_copy(p->account_no, sizeof(p->account_no), s->text[NUMBER]);
	str_copy(p->account_date, sizeof(p->account_date), s->text[DATE]);
	str_copy(p->account_message, sizeof(p->account_message),
		s->text[MESSAGE]);
	p->account_state = state;
}

/* Is it the account of the newest list, if that has one? */
static bool is_his(const struct sealed *s, const char *bin, const char *number)
{
	return !number[0] ||
	       (strcmp(s->text[NUMBER], number) == 0 &&
		       (!bin[0] || strcmp(s->text[BIN], bin) == 0));
}

bool answers_read(struct db *db, struct person *p, const char *bin,
	const char *number, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &answers_stmts, OF_PERSON);
	uint8_t plain[SEALED_PLAIN];
	enum lookup got;
	struct sealed s;

	stmt_int(st, ":id", p->id);
	p->account_state = ACCOUNT_NOT_ASKED;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!sealed_read(db, st, 2, DATAKEY_ANSWER,
			    sqlite3_column_int64(st, 0), plain, &s, err)) {
			got = LOOKUP_FAILED;
			break;
		}
		if (is_his(&s, bin, number)) {
			take(&s, sqlite3_column_int(st, 1), p);
			break;
		}
	}
	stmt_done(st);
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
		.person = p->id,
		.pd = pd,
		.pd_len = personal(row, p, date_iso(row->date, date), pd),
		.has_result = true,
		.result = row->answer};
	struct journal_done done;
	uint8_t locked[SEALED_SIZE];
	const struct sealed s = {.text = {[BIN] = row->person.account_bin,
					 [NUMBER] = row->person.account_no,
					 [DATE] = date,
					 [MESSAGE] = row->message}};
	sqlite3_stmt *st;

	if (!journal_append(im->db, &entry, &done, err))
		return false;
	st = stmt_get(im->db, &answers_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":person", p->id);
	stmt_int(st, ":state", row->answer);
	sealed_put(im->db, st, ":sealed", DATAKEY_ANSWER, (int64_t)done.seq, &s,
		locked);
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

/*
 * The row names an account of ours: it becomes one of its person, bank and
 * number. What the bank repeats must be the same.
 */
static enum lookup find_account(struct side *im, struct answer_row *row,
	struct person_due *due, struct err *err)
{
	struct paylist_row *p = &row->person;
	struct account_held a;
	enum lookup got = LOOKUP_ABSENT;
	uint64_t seq;

	if (iso20022_id_read(row->ref, im->db->info.dev_hex, &seq))
		got = accounts_get(im->db, seq, &a, err);
	if (got == LOOKUP_FOUND && !a.account.number[0])
		got = LOOKUP_ABSENT;
	if (got == LOOKUP_ABSENT) {
		side_say(im, p, COL_ACCOUNT_REF, TROUBLE_NOT_OURS, row->ref);
		return LOOKUP_ABSENT;
	}
	if (got == LOOKUP_FAILED)
		return LOOKUP_FAILED;
	if (p->account_no[0] && strcmp(p->account_no, a.account.number) != 0) {
		side_say(im, p, COL_ACCOUNT_NO, TROUBLE_OTHER, p->account_no);
		return LOOKUP_ABSENT;
	}
	if (p->account_bin[0] && strcmp(p->account_bin, a.account.bin) != 0) {
		side_say(im, p, COL_ACCOUNT_BIN, TROUBLE_OTHER, p->account_bin);
		return LOOKUP_ABSENT;
	}
	str_copy(p->account_no, sizeof(p->account_no), a.account.number);
	str_copy(p->account_bin, sizeof(p->account_bin), a.account.bin);
	return people_get(im->db, a.person, due, err);
}

static enum lookup find(struct side *im, struct answer_row *row,
	struct person_due *due, struct err *err)
{
	return row->ref[0] ? find_account(im, row, due, err)
			   : side_person(im, &row->person, false, due, err);
}

static bool put(struct side *im, struct answer_row *row, struct err *err)
{
	struct person_due due;
	bool once;

	switch (find(im, row, &due, err)) {
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
	struct answer_row mine = *row;

	im->out->rows++;
	if (errors > 0 || row->answer == ACCOUNT_NOT_ASKED)
		return true;
	im->failed = !put(im, &mine, &im->err);
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
