/* visits_read.c - visits as they stand in the book, and what hangs on them. */
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/visits_internal.h"

enum {
	ROW,
	OF_PERSON,
	NEXT_OF_ALL,
	ANSWERS,
	ERASE,
	ALL,
	COUNT
};

/* NEXT_OF_ALL: by number, so that each step goes on where the last ended. */
static const char *const sql[COUNT] = {
	[ROW] = "SELECT person, sealed, length(answers), answers FROM visit"
		" WHERE seq = :seq",
	[OF_PERSON] = ("SELECT seq FROM visit WHERE person = :person"
		       " AND seq < :before ORDER BY seq DESC LIMIT 1"),
	[NEXT_OF_ALL] = ("SELECT seq FROM visit WHERE seq > :after"
			 " AND +t >= :from AND (:until = 0 OR +t < :until)"
			 " ORDER BY seq LIMIT 1"),
	[ANSWERS] = "SELECT answers FROM visit WHERE seq = :seq",
	[ERASE] = "UPDATE visit SET sealed = x'', answers = x''"
		  " WHERE person = :person",
	[ALL] = "SELECT seq, t, actor, result, reason, next_day FROM visit"
		" /* scan */",
};

const struct stmt_set visits_read_stmts = {"visits_read", sql, COUNT};

/* Facts are the record's; a table beside it is not asked for them. */
static bool read_record(struct db *db, struct visit *v, struct err *err)
{
	struct journal_row row;
	const char *finding = "it is not there";
	struct record r = {.kind = 0};
	const enum lookup got = journal_row(db, v->seq, &row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row.body, row.len, &r, &finding) ||
		r.kind != JOURNAL_VISIT)
		return err_set(err, ERR_CORRUPT, 0, "record %llu is no VISIT",
			(unsigned long long)v->seq);
	v->t = (int64_t)r.t;
	v->actor = (int64_t)r.actor;
	v->result = visit_result_of(r.result, r.reason);
	date_of_number((int64_t)r.next_day, &v->next);
	v->mades = (int)r.mades;
	memcpy(v->made, r.made, sizeof(v->made));
	return payouts_user_name(db, v->actor, v->actor_name,
		sizeof(v->actor_name), err);
}

/* The row on which st stands; that is over then. */
static bool read_row(struct db *db, sqlite3_stmt *st, struct visit *v,
	struct err *err)
{
	uint8_t answers[VISIT_ANSWERS_MAX];
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	v->person = sqlite3_column_int64(st, 0);
	ok = sealed_read(db, st, 1, DATAKEY_VISIT, (int64_t)v->seq, plain, &s,
		err);
	if (ok) {
		if (!date_parse(s.text[VISITS_DIED], &v->died))
			v->died = (struct date){0};
		str_copy(v->phone, sizeof(v->phone), s.text[VISITS_PHONE]);
		str_copy(v->note, sizeof(v->note), s.text[VISITS_NOTE]);
		str_copy(v->form_id, sizeof(v->form_id), s.text[VISITS_FORM]);
		str_copy(v->form_version, sizeof(v->form_version),
			s.text[VISITS_VERSION]);
		ok = visits_box_read(db, st, 3, DATAKEY_VISIT_ANSWERS,
			(int64_t)v->seq, answers, sizeof(answers),
			&v->answers_len, err);
	}
	crypto_wipe(plain, sizeof(plain));
	stmt_done(st);
	return ok;
}

enum lookup visits_get(struct db *db, uint64_t seq, struct visit *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_read_stmts, ROW);
	enum lookup got;

	*out = (struct visit){.seq = seq};
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	return read_row(db, st, out, err) && read_record(db, out, err)
		       ? LOOKUP_FOUND
		       : LOOKUP_FAILED;
}

/* The number of the next row of a question; that is over then. */
static enum lookup one_seq(struct db *db, sqlite3_stmt *st, uint64_t *seq,
	struct err *err)
{
	const enum lookup got = stmt_row(db, st, err);

	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

static enum lookup before(struct db *db, int64_t person, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_read_stmts, OF_PERSON);

	stmt_int(st, ":person", person);
	stmt_int(st, ":before", (sqlite3_int64)*seq);
	return one_seq(db, st, seq, err);
}

bool visits_of(struct db *db, int64_t person, struct visit *out, int max,
	int *count, bool *more, struct err *err)
{
	uint64_t seq = INT64_MAX;
	enum lookup got;

	*count = 0;
	*more = false;
	while ((got = before(db, person, &seq, err)) == LOOKUP_FOUND) {
		if (*count == max) {
			*more = true;
			return true;
		}
		if (visits_get(db, seq, &out[*count], err) != LOOKUP_FOUND)
			return false;
		++*count;
	}
	return got != LOOKUP_FAILED;
}

bool visits_answers(struct db *db, uint64_t seq, void *out, size_t size,
	size_t *len, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_read_stmts, ANSWERS);
	enum lookup got;
	bool ok;

	*len = 0;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_ABSENT)
		return err_set(err, ERR_INVALID, 0, "record %llu is no visit",
			(unsigned long long)seq);
	if (got == LOOKUP_FAILED)
		return false;
	ok = visits_box_read(db, st, 0, DATAKEY_VISIT_ANSWERS, (int64_t)seq,
		out, size, len, err);
	stmt_done(st);
	return ok;
}

bool visits_each(struct db *db, int64_t from, int64_t until,
	bool (*each)(void *ctx, const struct visit *v), void *ctx,
	struct err *err)
{
	struct visit v;
	uint64_t seq = 0;

	*err = (struct err){.code = ERR_NONE};
	for (;;) {
		sqlite3_stmt *st =
			stmt_get(db, &visits_read_stmts, NEXT_OF_ALL);
		enum lookup got;

		stmt_int(st, ":after", (sqlite3_int64)seq);
		stmt_int(st, ":from", from);
		stmt_int(st, ":until", until);
		got = one_seq(db, st, &seq, err);
		if (got != LOOKUP_FOUND)
			return got == LOOKUP_ABSENT;
		if (visits_get(db, seq, &v, err) != LOOKUP_FOUND ||
			!each(ctx, &v))
			return false;
	}
}

/* ---- before a person is visited ------------------------------------------- */

static bool look_at_last(struct db *db, const struct session *s, int64_t person,
	const struct visits_day *today, struct visit_look *out, struct err *err)
{
	const struct visit *v = &out->last;
	bool more;
	int count;

	if (!visits_of(db, person, &out->last, 1, &count, &more, err))
		return false;
	out->has_last = count > 0;
	if (!out->has_last)
		return true;
	out->by_other = v->actor != s->user.number;
	out->today = v->t >= today->from && v->t < today->until;
	out->appointed =
		v->next.year > 0 && date_compare(v->next, today->date) >= 0;
	return true;
}

bool visits_look(struct db *db, const struct session *s, int64_t person,
	struct visit_look *out, struct err *err)
{
	struct visits_day today;

	*out = (struct visit_look){.has_last = false};
	visits_today(&today);
	return datakey_needed(db, err) &&
	       look_at_last(db, s, person, &today, out, err) &&
	       drafts_whose(db, s->user.number, person, &out->draft,
		       &out->begun, err) &&
	       rounds_plan_whose(db, s->user.number, today.number, person,
		       &out->planned, err) &&
	       payouts_user_name(db, out->begun, out->begun_name,
		       sizeof(out->begun_name), err) &&
	       payouts_user_name(db, out->planned, out->planned_name,
		       sizeof(out->planned_name), err);
}

/* ---- erased, and checked ---------------------------------------------------- */

bool visits_erase(struct db *db, int64_t person, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_read_stmts, ERASE);

	stmt_int(st, ":person", person);
	return stmt_run(db, st, err) && drafts_forget_person(db, person, err) &&
	       rounds_plan_forget_person(db, person, err);
}

/* A row as its record must have it. */
static bool agrees(struct db *db, sqlite3_stmt *st, bool *same, struct err *err)
{
	const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);
	struct journal_row row;
	const char *finding;
	struct record r;
	const enum lookup got = journal_row(db, seq, &row, err);

	*same = got == LOOKUP_FOUND &&
		record_decode(row.body, row.len, &r, &finding) &&
		r.kind == JOURNAL_VISIT &&
		(int64_t)r.t == sqlite3_column_int64(st, 1) &&
		(int64_t)r.actor == sqlite3_column_int64(st, 2) &&
		(int64_t)r.result == sqlite3_column_int64(st, 3) &&
		(int64_t)r.reason == sqlite3_column_int64(st, 4) &&
		(int64_t)r.next_day == sqlite3_column_int64(st, 5);
	return got != LOOKUP_FAILED;
}

bool visits_check(struct db *db, uint64_t records, const char **finding,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_read_stmts, ALL);
	enum lookup got = LOOKUP_ABSENT;
	uint64_t rows = 0;
	bool same = true;

	*finding = NULL;
	while (same && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		rows++;
		if (!agrees(db, st, &same, err)) {
			got = LOOKUP_FAILED;
			break;
		}
	}
	stmt_done(st);
	if (!same || rows != records)
		*finding = "table visit does not say what the journal says";
	return got != LOOKUP_FAILED;
}
