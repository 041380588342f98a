#include "db/visits.h"

#include <string.h>

#include "core/clock.h"
#include "core/codec/cbor.h"
#include "core/crash.h"
#include "core/str.h"
#include "core/text.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/visits_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	LAST,
	OWNER,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = ("INSERT INTO visit (seq, person, t, actor, result, reason,"
		 " next_day, sealed, answers) VALUES (:seq, :person, :t, "
		 ":actor,"
		 " :result, :reason, :next_day, :sealed, :answers)"),
	[LAST] = "SELECT coalesce(max(seq), 0) FROM visit"
		 " WHERE person = :person",
	[OWNER] = "SELECT person FROM pd WHERE seq = :seq",
};

const struct stmt_set visits_stmts = {"visits", sql, COUNT};

enum {
	PD_MAX = JOURNAL_PD_MAX
};

/* A visit on its way into the book. */
struct visit_plan {
	const struct session *s;
	struct visit_request request; /* its texts cleaned */
	struct person person;
	uint64_t last; /* the newest visit so far */
	uint64_t made[VISIT_MADE_MAX + 1];
	size_t mades;
	struct visits_day today;
};

void visits_today(struct visits_day *out)
{
	out->date = date_of_ms(clock_wall_ms()).date;
	out->number = date_number(out->date);
	out->from = date_begins(out->date);
	out->until = date_begins(date_of_days(date_days(out->date) + 1));
}

/* ---- may it be ------------------------------------------------------------ */

static bool clean(char *text, size_t size)
{
	char out[VISIT_NOTE_SIZE];

	return text_clean(text, strlen(text), out, sizeof(out), NULL) &&
	       str_copy(text, size, out);
}

/* What can be said without looking into the store. */
static enum verdict check_request(struct visit_plan *p, struct refusal *why)
{
	struct visit_request *r = &p->request;
	char phone[PHONE_SIZE] = "";

	if (visit_group(r->result) == VISIT_GROUP_NONE ||
		!clean(r->note, sizeof(r->note)) ||
		!clean(r->form_id, sizeof(r->form_id)) ||
		!clean(r->form_version, sizeof(r->form_version)) ||
		(r->phone[0] && !phone_read(r->phone, phone)) ||
		r->answers_len > VISIT_ANSWERS_MAX || r->mades < 0 ||
		r->mades > VISIT_MADE_MAX ||
		(visit_needs_note(r->result) && !r->note[0]))
		return refuse(why, REFUSED_VISIT);
	str_copy(r->phone, sizeof(r->phone), phone);
	if (r->next.year && !visit_next_possible(r->next, p->today.date))
		return refuse(why, REFUSED_VISIT_DAY);
	if (r->result != VISIT_DIED)
		r->died = (struct date){0};
	if (r->died.year && (!date_valid(r->died) ||
				    date_compare(r->died, p->today.date) > 0))
		return refuse(why, REFUSED_VISIT_DAY);
	return VERDICT_DONE;
}

static bool newest(struct db *db, int64_t person, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_stmts, LAST);

	stmt_int(st, ":person", person);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*seq = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* A visit that nobody showed to whoever makes this one. */
static enum verdict check_seen(struct db *db, struct visit_plan *p,
	struct refusal *why, struct err *err)
{
	if (!newest(db, p->request.person, &p->last, err))
		return VERDICT_FAILED;
	if (p->last <= p->request.seen)
		return VERDICT_DONE;
	if (payouts_prior(db, p->last, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	return refuse(why, REFUSED_VISITED);
}

static bool is_made_at_doors(uint64_t kind)
{
	switch (kind) {
	case JOURNAL_CONSENT:
	case JOURNAL_CONSENT_REFUSED:
	case JOURNAL_ACCOUNT:
	case JOURNAL_CONSENT_WITHDRAWN:
	case JOURNAL_NOT_PAID:
	case JOURNAL_ACCOUNT_STATE:
		return true;
	}
	return false;
}

/* Whose personal data are a record's? 0: nobody's that is known. */
static bool owner_of(struct db *db, uint64_t seq, int64_t *person,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visits_stmts, OWNER);
	enum lookup got;

	*person = 0;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*person = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

static bool is_of_this(struct db *db, const struct visit_plan *p, uint64_t seq,
	bool *yes, struct err *err)
{
	struct journal_row row;
	const char *finding;
	struct record r;
	int64_t person;
	const enum lookup got = journal_row(db, seq, &row, err);

	*yes = false;
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	if (!owner_of(db, seq, &person, err))
		return false;
	*yes = record_decode(row.body, row.len, &r, &finding) &&
	       is_made_at_doors(r.kind) &&
	       (int64_t)r.actor == p->s->user.number &&
	       person == p->request.person;
	return true;
}

static enum verdict check_made(struct db *db, struct visit_plan *p,
	struct refusal *why, struct err *err)
{
	uint64_t before = p->last;

	for (int i = 0; i < p->request.mades; i++) {
		const uint64_t seq = p->request.made[i];
		bool yes = false;

		if (seq > before && seq <= INT64_MAX &&
			!is_of_this(db, p, seq, &yes, err))
			return VERDICT_FAILED;
		if (!yes) {
			why->amount = (int64_t)(seq & INT64_MAX);
			return refuse(why, REFUSED_VISIT);
		}
		before = seq;
		p->made[p->mades++] = seq;
	}
	return VERDICT_DONE;
}

static enum verdict check_person(struct db *db, struct visit_plan *p,
	struct refusal *why, struct err *err)
{
	struct person_due due;

	switch (people_get(db, p->request.person, &due, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	p->person = due.person;
	return p->person.beneficiary_id[0] ? VERDICT_DONE
					   : refuse(why, REFUSED_NOT_FOUND);
}

static enum verdict check(struct db *db, struct visit_plan *p,
	struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, p->s, ACT_VISIT, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE)
		v = check_person(db, p, why, err);
	if (v == VERDICT_DONE)
		v = check_request(p, why);
	if (v == VERDICT_DONE)
		v = check_seen(db, p, why, err);
	return v == VERDICT_DONE ? check_made(db, p, why, err) : v;
}

/* ---- into the book --------------------------------------------------------- */

/*
 * The fact that stops the counter is NOT_PAID and nothing else; one is enough,
 * and nobody is brought back to life by a neighbour who says that he moved.
 */
static bool write_left(struct db *db, struct visit_plan *p, struct err *err)
{
	const int now = p->person.not_paid_reason;
	enum not_paid reason;
	char died[DATE_TEXT_SIZE];
	uint64_t seq;

	switch (p->request.result) {
	case VISIT_DIED:
		reason = NOT_PAID_DIED;
		break;
	case VISIT_MOVED:
		reason = NOT_PAID_MOVED;
		break;
	default:
		return true;
	}
	if (now == (int)reason || now == NOT_PAID_DIED)
		return true;
	if (!payouts_write_not_paid(db, p->s, &p->person, reason,
		    date_iso(p->request.died, died), &seq, err))
		return false;
	p->made[p->mades++] = seq;
	return true;
}

/* Key 16: db/README.md. */
static size_t pack_pd(const struct visit_plan *p, uint8_t out[PD_MAX])
{
	const struct visit_request *r = &p->request;
	char birth[DATE_TEXT_SIZE];
	char died[DATE_TEXT_SIZE];
	const struct {
		uint64_t key;
		const char *text;
	} pair[] = {
		{1, p->person.unit_code},
		{2, p->person.beneficiary_id},
		{3, p->person.id12},
		{4, p->person.name},
		{5, date_iso(p->person.birth, birth)},
		{9, date_iso(r->died, died)},
		{24, r->phone},
		{25, r->note},
		{26, r->form_id},
		{27, r->form_version},
	};
	const size_t pairs = sizeof(pair) / sizeof(pair[0]);
	size_t there = r->answers_len > 0;
	struct buf b;

	for (size_t i = 0; i < pairs; i++)
		there += pair[i].text[0] != '\0';
	buf_init(&b, out, PD_MAX);
	cbor_put_map(&b, there);
	for (size_t i = 0; i < pairs; i++)
		if (pair[i].text[0]) {
			cbor_put_uint(&b, pair[i].key);
			cbor_put_text(&b, pair[i].text);
		}
	if (r->answers_len > 0) {
		cbor_put_uint(&b, 28);
		cbor_put_bytes(&b, r->answers, r->answers_len);
	}
	return b.full ? 0 : b.len;
}

static bool append(struct db *db, const struct visit_plan *p,
	struct journal_entry *entry, struct journal_done *done, struct err *err)
{
	uint8_t pd[PD_MAX];
	bool ok;

	*entry = (struct journal_entry){.kind = JOURNAL_VISIT,
		.actor = p->s->user.number,
		.ref = p->last,
		.pd = pd,
		.pd_len = pack_pd(p, pd),
		.person = p->person.id,
		.has_result = true,
		.has_reason = p->request.result < VISIT_ABSENT,
		.next_day = date_number(p->request.next),
		.made = p->made,
		.mades = p->mades};
	visit_result_keys(p->request.result, &entry->result, &entry->reason);
	ok = (entry->pd_len > 0 ||
		     err_set(err, ERR_INVALID, 0, "a visit too long")) &&
	     journal_append(db, entry, done, err);
	crypto_wipe(pd, sizeof(pd));
	return ok;
}

static bool keep(struct db *db, const struct visit_plan *p,
	const struct journal_entry *entry, const struct journal_done *done,
	struct err *err)
{
	const struct visit_request *r = &p->request;
	sqlite3_stmt *st = stmt_get(db, &visits_stmts, ADD);
	uint8_t answers[VISIT_ANSWERS_MAX + VISITS_BOX_EXTRA];
	uint8_t locked[SEALED_SIZE];
	char died[DATE_TEXT_SIZE];
	const struct sealed texts = {
		.text = {[VISITS_DIED] = date_iso(r->died, died),
			[VISITS_PHONE] = r->phone,
			[VISITS_NOTE] = r->note,
			[VISITS_FORM] = r->form_id,
			[VISITS_VERSION] = r->form_version}};

	stmt_int(st, ":seq", (sqlite3_int64)done->seq);
	stmt_int(st, ":person", r->person);
	stmt_int(st, ":t", done->t);
	stmt_int(st, ":actor", entry->actor);
	stmt_int(st, ":result", (sqlite3_int64)entry->result);
	stmt_int(st, ":reason", (sqlite3_int64)entry->reason);
	stmt_int(st, ":next_day", entry->next_day);
	sealed_put(db, st, ":sealed", DATAKEY_VISIT, (int64_t)done->seq, &texts,
		locked);
	visits_box_bind(db, st, ":answers", DATAKEY_VISIT_ANSWERS,
		(int64_t)done->seq, r->answers, r->answers_len, answers);
	return stmt_run(db, st, err);
}

static enum verdict record(struct db *db, struct visit_plan *p, uint64_t *seq,
	struct refusal *why, struct err *err)
{
	enum verdict v = check(db, p, why, err);
	struct journal_entry entry;
	struct journal_done done;

	if (v != VERDICT_DONE)
		return v;
	if (!write_left(db, p, err) || !append(db, p, &entry, &done, err))
		return VERDICT_FAILED;
	crash_point("visit.appended");
	/* Midnight may have struck since the day was looked at. */
	if (p->request.next.year &&
		!visit_next_possible(p->request.next, date_of_ms(done.t).date))
		return refuse(why, REFUSED_VISIT_DAY);
	if (!keep(db, p, &entry, &done, err) ||
		!drafts_forget(db, entry.actor, p->person.id, err) ||
		!rounds_plan_done(db, entry.actor, p->today.number,
			p->person.id, err))
		return VERDICT_FAILED;
	*seq = done.seq;
	return VERDICT_DONE;
}

enum verdict visits_record(struct db *db, const struct session *s,
	const struct visit_request *request, struct visit *out,
	struct refusal *why, struct err *err)
{
	struct visit_plan p = {.s = s, .request = *request};
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	visits_today(&p.today);
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, record(db, &p, &seq, why, err), err);
	crypto_wipe(&p, sizeof(p));
	if (v != VERDICT_DONE)
		return v;
	crash_point("visit.committed");
	return visits_get(db, seq, out, err) == LOOKUP_FOUND ? v
							     : VERDICT_FAILED;
}
