#include "db/requests.h"

#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/consents_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	ROW,
	ANSWERS,
	NEXT,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO request (seq, person, ref, sealed)"
		" VALUES (:seq, :person, :ref, :sealed)",
	[ROW] = "SELECT person, sealed FROM request"
		" WHERE seq = :seq AND ref = 0",
	[ANSWERS] = "SELECT seq, sealed FROM request WHERE ref = :ref"
		    " ORDER BY seq",
	[NEXT] = "SELECT seq FROM request WHERE ref = 0 AND seq > :after"
		 " AND (:person = 0 OR person = :person) ORDER BY seq LIMIT 1",
};

const struct stmt_set requests_stmts = {"requests", sql, COUNT};

/* ---- reading ------------------------------------------------------------- */

static bool read_view(struct db *db, uint64_t seq, struct journal_row *row,
	struct record *r, struct err *err)
{
	const char *finding = "it is not there";
	const enum lookup got = journal_row(db, seq, row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row->body, row->len, r, &finding) ||
		r->kind != JOURNAL_VIEW)
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)seq, finding ? finding : "no VIEW");
	return true;
}

static bool read_words(struct db *db, sqlite3_stmt *st, int column,
	uint64_t seq, char out[REQUEST_WORDS_SIZE], struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;

	if (!sealed_read(db, st, column, DATAKEY_REQUEST, (int64_t)seq, plain,
		    &s, err))
		return false;
	str_copy(out, REQUEST_WORDS_SIZE, s.text[0]);
	crypto_wipe(plain, sizeof(plain));
	return true;
}

static void take_answer(const struct record *r, struct request *out)
{
	const int64_t t = (int64_t)r->t;

	switch (r->reason) {
	case REQUEST_ACKNOWLEDGED:
		out->acknowledged = t;
		break;
	case REQUEST_LONGER:
		out->longer = t;
		break;
	default:
		out->over = t;
		out->outcome = (enum request_reason)r->reason;
	}
}

static bool read_answers(struct db *db, struct request *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &requests_stmts, ANSWERS);
	char words[REQUEST_WORDS_SIZE];
	struct journal_row row;
	enum lookup got;
	struct record r;

	stmt_int(st, ":ref", (sqlite3_int64)out->seq);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);

		if (!read_words(db, st, 1, seq, words, err) ||
			!read_view(db, seq, &row, &r, err)) {
			stmt_done(st);
			return false;
		}
		take_answer(&r, out);
		if (words[0])
			str_copy(out->answer, sizeof(out->answer), words);
	}
	return got != LOOKUP_FAILED;
}

static bool read_person(struct db *db, struct request *out, struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, out->person, &due, err);

	if (got == LOOKUP_FOUND) {
		str_copy(out->name, sizeof(out->name), due.person.name);
		str_copy(out->id12, sizeof(out->id12), due.person.id12);
	}
	return got != LOOKUP_FAILED;
}

static bool read_record(struct db *db, struct request *out, struct err *err)
{
	struct refusal_prior by;
	struct journal_row row;
	struct record r;

	if (!read_view(db, out->seq, &row, &r, err) ||
		payouts_prior(db, out->seq, &by, err) != LOOKUP_FOUND)
		return false;
	out->kind = (enum request_kind)r.result;
	out->t = by.t;
	out->actor = by.actor;
	str_copy(out->actor_name, sizeof(out->actor_name), by.actor_name);
	seal_code(row.h, out->code);
	return true;
}

enum lookup requests_get(struct db *db, uint64_t seq, struct request *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &requests_stmts, ROW);
	enum lookup got;
	bool ok;

	*out = (struct request){.seq = seq};
	if (seq > INT64_MAX)
		return LOOKUP_ABSENT;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->person = sqlite3_column_int64(st, 0);
	ok = read_words(db, st, 1, seq, out->words, err);
	stmt_done(st);
	return ok && read_record(db, out, err) && read_answers(db, out, err) &&
			       read_person(db, out, err)
		       ? LOOKUP_FOUND
		       : LOOKUP_FAILED;
}

bool requests_each(struct db *db, int64_t person, bool open_only,
	bool (*each)(void *ctx, const struct request *r), void *ctx,
	struct err *err)
{
	struct request r = {.seq = 0};

	*err = (struct err){.code = ERR_NONE};
	for (;;) {
		sqlite3_stmt *st = stmt_get(db, &requests_stmts, NEXT);
		enum lookup got;
		uint64_t seq;

		stmt_int(st, ":after", (sqlite3_int64)r.seq);
		stmt_int(st, ":person", person);
		got = stmt_row(db, st, err);
		if (got != LOOKUP_FOUND)
			return got == LOOKUP_ABSENT;
		seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
		if (requests_get(db, seq, &r, err) != LOOKUP_FOUND)
			return false;
		if (!(open_only && r.over) && !each(ctx, &r))
			return false;
	}
}

/* ---- writing ------------------------------------------------------------- */

/* A VIEW of that person, and what was said in words. */
static bool write(struct db *db, const struct person *p,
	struct journal_entry *entry, const char *words, uint64_t *seq,
	struct err *err)
{
	uint8_t pd[PAYOUT_PD_SIZE];
	const struct pd_text more[] = {{CONSENT_PD_WORDS, words}};
	const struct sealed s = {.text = {words}};
	uint8_t locked[SEALED_SIZE];
	struct journal_done done;
	sqlite3_stmt *st;

	entry->person = p->id;
	entry->pd = pd;
	entry->pd_len = payouts_pd_with(p, NULL, more, 1, pd);
	if (!journal_append(db, entry, &done, err))
		return false;
	crash_point("request.appended");
	*seq = done.seq;
	st = stmt_get(db, &requests_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":person", p->id);
	stmt_int(st, ":ref", (sqlite3_int64)entry->ref);
	sealed_put(db, st, ":sealed", DATAKEY_REQUEST, (int64_t)done.seq, &s,
		locked);
	return stmt_run(db, st, err);
}

static enum verdict note(struct db *db, const struct session *s, int64_t person,
	enum request_kind kind, const char *words, uint64_t *seq,
	struct refusal *why, struct err *err)
{
	struct journal_entry entry = {.kind = JOURNAL_VIEW,
		.actor = s->user.number,
		.has_reason = true,
		.reason = REQUEST_ASKED,
		.has_result = true,
		.result = kind};
	char clean[REQUEST_WORDS_SIZE];
	struct person p;
	enum verdict v = roles_may(db, s, ACT_CONSENT, why);

	if (v == VERDICT_DONE)
		v = consents_person(db, person, &p, why, err);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (kind <= REQUEST_NONE || kind >= REQUEST_KINDS ||
		!str_copy(clean, sizeof(clean), words) ||
		!consents_clean(clean, sizeof(clean)))
		return refuse(why, REFUSED_REQUEST);
	return write(db, &p, &entry, clean, seq, err) ? VERDICT_DONE
						      : VERDICT_FAILED;
}

static enum verdict finish(struct db *db, enum verdict v, uint64_t seq,
	struct request *out, struct err *err)
{
	v = db_end_verdict(db, v, err);
	if (v != VERDICT_DONE)
		return v;
	crash_point("request.committed");
	return requests_get(db, seq, out, err) == LOOKUP_FOUND ? VERDICT_DONE
							       : VERDICT_FAILED;
}

enum verdict requests_note(struct db *db, const struct session *s,
	int64_t person, enum request_kind kind, const char *words,
	struct request *out, struct refusal *why, struct err *err)
{
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = note(db, s, person, kind, words, &seq, why, err);
	return finish(db, v, seq, out, err);
}

/* Each is said once, and nothing after it is over. */
static bool may_say(const struct request *r, enum request_reason reason,
	const char *words)
{
	if (r->over)
		return false;
	switch (reason) {
	case REQUEST_ACKNOWLEDGED:
		return !r->acknowledged && !r->longer;
	case REQUEST_LONGER:
		return !r->longer;
	case REQUEST_DONE:
		return true;
	case REQUEST_REFUSED:
		return words[0] != '\0';
	case REQUEST_ASKED:
	case REQUEST_CHECK:
	case REQUEST_OTHER:
		break;
	}
	return false;
}

/* Who was erased meanwhile, as he asked, has a number in the store only. */
static bool person_of(struct db *db, int64_t id, struct person *out,
	struct err *err)
{
	struct person_due due;

	if (people_get(db, id, &due, err) != LOOKUP_FOUND)
		return false;
	*out = due.person;
	return true;
}

static enum verdict answer(struct db *db, const struct session *s, uint64_t seq,
	enum request_reason reason, const char *words, struct refusal *why,
	struct err *err)
{
	struct journal_entry entry = {.kind = JOURNAL_VIEW,
		.actor = s->user.number,
		.ref = seq,
		.has_reason = true,
		.reason = reason};
	char clean[REQUEST_WORDS_SIZE];
	struct request r;
	struct person p;
	uint64_t own;
	enum verdict v = roles_may(db, s, ACT_ANSWER, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	switch (requests_get(db, seq, &r, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_REQUEST);
	case LOOKUP_FOUND:
		break;
	}
	if (!str_copy(clean, sizeof(clean), words) ||
		!consents_clean(clean, sizeof(clean)) ||
		!may_say(&r, reason, clean))
		return refuse(why, REFUSED_REQUEST);
	return person_of(db, r.person, &p, err) &&
			       write(db, &p, &entry, clean, &own, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict requests_answer(struct db *db, const struct session *s,
	uint64_t seq, enum request_reason reason, const char *words,
	struct request *out, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = answer(db, s, seq, reason, words, why, err);
	return finish(db, v, seq, out, err);
}
