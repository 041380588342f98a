#include "db/consents.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/crash.h"
#include "core/str.h"
#include "core/text.h"
#include "db/consents_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	KEEP_TEXT,
	SET_COPIES,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO consent (seq, person, sealed)"
		" VALUES (:seq, :person, :sealed)",
	[KEEP_TEXT] = "INSERT INTO notice (sum, text) VALUES (:sum, :text)"
		      " ON CONFLICT (sum) DO NOTHING",
	[SET_COPIES] = "UPDATE consent SET copies = :copies WHERE seq = :seq",
};

const struct stmt_set consents_stmts = {"consents", sql, COUNT};

enum {
	OF_AGE = 18 /* who is younger does not consent alone */
};

/* What a record of the three kinds is made of. */
struct act {
	struct person person;
	struct consent_party party;
	struct consent_proof proof;
	bool copy;
};

/* ---- may it be ----------------------------------------------------------- */

static enum verdict lacks(struct refusal *why, enum consent_lack lack)
{
	why->amount = lack;
	return refuse(why, REFUSED_CONSENT);
}

bool consents_clean(char *text, size_t size)
{
	char out[CONSENT_TEXT_MAX / 8];

	return text_clean(text, strlen(text), out, sizeof(out), NULL) &&
	       str_copy(text, size, out);
}

int32_t consents_day(int64_t ms)
{
	const struct date d = date_of_ms(ms).date;

	return d.year * 10000 + d.month * 100 + d.day;
}

enum verdict consents_person(struct db *db, int64_t id, struct person *out,
	struct refusal *why, struct err *err)
{
	struct person_due due;

	switch (people_get(db, id, &due, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	*out = due.person;
	if (!out->name[0])
		return refuse(why, REFUSED_NOT_FOUND);
	return VERDICT_DONE;
}

static bool says_who(const struct consent_party *p)
{
	if (!p->name[0] || (p->id[0] && !personid_is_id12(p->id)))
		return false;
	if (p->by == CONSENT_BY_AUTHORISED)
		return p->paper[0] != '\0';
	return p->id[0] || p->paper[0];
}

/* Who speaks for himself shows nothing more. */
static void only_self(struct consent_party *p)
{
	*p = (struct consent_party){.by = CONSENT_BY_SELF};
}

static bool paper_is_over(const struct consent_party *p, struct date today,
	struct refusal *why)
{
	const struct date d = p->paper_until;

	if (d.year == 0 || date_compare(d, today) >= 0)
		return false;
	why->amount = d.year * 10000 + d.month * 100 + d.day;
	refuse(why, REFUSED_PAPER_OVER);
	return true;
}

enum verdict consents_party(const struct person *p, struct consent_party *party,
	struct refusal *why)
{
	const struct date today = date_of_ms(clock_wall_ms()).date;
	const int age = date_age(p->birth, today);

	if (!consents_clean(party->name, sizeof(party->name)) ||
		!consents_clean(party->id, sizeof(party->id)) ||
		!consents_clean(party->paper, sizeof(party->paper)))
		return lacks(why, CONSENT_LACKS_PARTY);
	switch (party->by) {
	case CONSENT_BY_SELF:
		only_self(party);
		if (age >= 0 && age < OF_AGE)
			return lacks(why, CONSENT_LACKS_AGE);
		return VERDICT_DONE;
	case CONSENT_BY_PARENT:
	case CONSENT_BY_GUARDIAN:
	case CONSENT_BY_AUTHORISED:
		if (!says_who(party))
			return lacks(why, CONSENT_LACKS_PARTY);
		return paper_is_over(party, today, why) ? VERDICT_REFUSED
							: VERDICT_DONE;
	case CONSENT_BY_NONE:
		break;
	}
	return lacks(why, CONSENT_LACKS_PARTY);
}

/* A witness is somebody else than those who speak. */
static bool has_witness(const struct act *a)
{
	const char *id = a->proof.witness_id;

	return a->proof.witness_name[0] && personid_is_id12(id) &&
	       strcmp(id, a->person.id12) != 0 && strcmp(id, a->party.id) != 0;
}

static enum verdict may_prove(struct act *a, struct refusal *why)
{
	struct consent_proof *p = &a->proof;

	if (!consents_clean(p->witness_name, sizeof(p->witness_name)) ||
		!consents_clean(p->witness_id, sizeof(p->witness_id)))
		return lacks(why, CONSENT_LACKS_WITNESS);
	if (p->how <= CONSENT_HOW_NONE || p->how > CONSENT_HOW_TYPED)
		return lacks(why, CONSENT_LACKS_HOW);
	if ((p->how == CONSENT_HOW_THUMBPRINT || p->witness_name[0] ||
		    p->witness_id[0]) &&
		!has_witness(a))
		return lacks(why, CONSENT_LACKS_WITNESS);
	return VERDICT_DONE;
}

/* Line ends are part of a text; each line by itself is clean. */
static bool is_text(const struct consent_request *r)
{
	char out[CONSENT_TEXT_MAX / 4];
	const char *at = r->text;
	size_t left = r->text_len;

	if (!at || left == 0 || left > CONSENT_TEXT_MAX || !r->notice ||
		!r->notice[0] || strlen(r->notice) >= CONSENT_NOTICE_SIZE)
		return false;
	while (left > 0) {
		const char *end = memchr(at, '\n', left);
		const size_t len = end ? (size_t)(end - at) : left;
		struct text_report report;

		if (len > 0 &&
			(!text_clean(at, len, out, sizeof(out), &report) ||
				report.composed))
			return false;
		at += len + (end != NULL);
		left -= len + (end != NULL);
	}
	return true;
}

static enum verdict may_ask(const struct consent_request *r,
	struct refusal *why)
{
	if (!is_text(r))
		return lacks(why, CONSENT_LACKS_NOTICE);
	if ((r->asked & ~(unsigned)CONSENT_ALL) || (r->yes & ~r->asked))
		return lacks(why, CONSENT_LACKS_PURPOSE);
	if (r->until != 0 && r->until < consents_day(clock_wall_ms()))
		return lacks(why, CONSENT_LACKS_UNTIL);
	return VERDICT_DONE;
}

/* What all of them need, in the order in which people can do something. */
static enum verdict may_begin(struct db *db, const struct session *s,
	int64_t person, struct act *a, struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_CONSENT, why);

	if (v == VERDICT_DONE)
		v = consents_person(db, person, &a->person, why, err);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	return v == VERDICT_DONE ? consents_party(&a->person, &a->party, why)
				 : v;
}

/* ---- writing it ---------------------------------------------------------- */

static const char *digit(int value, char out[2])
{
	out[0] = value > 0 && value < 10 ? (char)('0' + value) : '\0';
	out[1] = '\0';
	return out;
}

static bool add_row(struct db *db, const struct act *a, uint64_t seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &consents_stmts, ADD);
	char by[2];
	char how[2];
	char relation[2];
	char until[DATE_TEXT_SIZE];
	const struct sealed s = {
		.text = {[CONSENT_ROW_BY] = digit(a->party.by, by),
			[CONSENT_ROW_HOW] = digit(a->proof.how, how),
			[CONSENT_ROW_ALOUD] = a->proof.read_aloud ? "1" : "",
			[CONSENT_ROW_COPY] = a->copy ? "1" : "",
			[CONSENT_ROW_RELATION] =
				digit(a->party.relation, relation),
			[CONSENT_ROW_NAME] = a->party.name,
			[CONSENT_ROW_ID] = a->party.id,
			[CONSENT_ROW_PAPER] = a->party.paper,
			[CONSENT_ROW_UNTIL] =
				date_iso(a->party.paper_until, until),
			[CONSENT_ROW_WITNESS] = a->proof.witness_name,
			[CONSENT_ROW_WITNESS_ID] = a->proof.witness_id}};
	uint8_t locked[SEALED_SIZE];

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_int(st, ":person", a->person.id);
	sealed_put(db, st, ":sealed", DATAKEY_CONSENT, (int64_t)seq, &s,
		locked);
	return stmt_run(db, st, err);
}

/* "read thumbprint copy": key 17 of the person's data. */
static const char *how_words(const struct act *a, char *out, size_t size)
{
	struct buf b;

	buf_init(&b, out, size);
	if (a->proof.read_aloud)
		buf_printf(&b, "read ");
	if (a->proof.how)
		buf_printf(&b, "%s ", consent_how_name(a->proof.how));
	if (a->copy)
		buf_printf(&b, "copy ");
	buf_text(&b);
	if (b.len > 0)
		out[b.len - 1] = '\0';
	return out;
}

static size_t personal(const struct act *a, uint8_t out[PAYOUT_PD_SIZE])
{
	const struct consent_party *p = &a->party;
	struct pay_request r = {.payee_until = p->paper_until,
		.payee_relation = p->relation};
	char witness[VIET_NAME_SIZE + PERSONID_SIZE] = "";
	char how[64];
	const struct pd_text more[] = {{CONSENT_PD_BY, consent_by_name(p->by)},
		{CONSENT_PD_HOW, how_words(a, how, sizeof(how))},
		{CONSENT_PD_WITNESS, witness}};

	str_copy(r.payee_name, sizeof(r.payee_name), p->name);
	str_copy(r.payee_id, sizeof(r.payee_id), p->id);
	str_copy(r.payee_paper, sizeof(r.payee_paper), p->paper);
	if (a->proof.witness_name[0])
		snprintf(witness, sizeof(witness), "%s %s", a->proof.witness_id,
			a->proof.witness_name);
	return payouts_pd_with(&a->person, &r, more,
		sizeof(more) / sizeof(more[0]), out);
}

static bool write(struct db *db, const struct act *a,
	struct journal_entry *entry, uint64_t *seq, struct err *err)
{
	uint8_t pd[PAYOUT_PD_SIZE];
	struct journal_done done;

	entry->person = a->person.id;
	entry->pd = pd;
	entry->pd_len = personal(a, pd);
	if (!journal_append(db, entry, &done, err))
		return false;
	crash_point("consent.appended");
	*seq = done.seq;
	return add_row(db, a, done.seq, err);
}

static bool keep_text(struct db *db, const struct consent_request *r,
	uint8_t sum[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &consents_stmts, KEEP_TEXT);

	crypto_sha256(r->text, r->text_len, sum);
	stmt_blob(st, ":sum", sum, CRYPTO_HASH_SIZE);
	stmt_blob(st, ":text", r->text, r->text_len);
	return stmt_run(db, st, err);
}

/* CONSENT and CONSENT_REFUSED. */
static enum verdict answer(struct db *db, const struct session *s,
	const struct consent_request *r, enum journal_kind kind, struct act *a,
	uint64_t replaces, uint64_t *seq, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const bool given = kind == JOURNAL_CONSENT;
	struct journal_entry entry = {.kind = kind,
		.actor = s->user.number,
		.ref = replaces,
		.rsum = sum,
		.notice = r->notice,
		.has_purposes = true,
		.asked = r->asked,
		.yes = given ? r->yes : 0,
		.expires = given ? r->until : 0,
		.has_reason = !given,
		.reason = r->reason};

	return keep_text(db, r, sum, err) && write(db, a, &entry, seq, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

static enum verdict give(struct db *db, const struct session *s,
	const struct consent_request *r, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	struct act a = {.party = r->party, .proof = r->proof, .copy = r->copy};
	struct consent_state now;
	enum verdict v = may_begin(db, s, r->person, &a, why, err);

	if (v == VERDICT_DONE)
		v = may_ask(r, why);
	if (v == VERDICT_DONE && r->yes == 0)
		v = lacks(why, CONSENT_LACKS_PURPOSE);
	if (v == VERDICT_DONE)
		v = may_prove(&a, why);
	if (v != VERDICT_DONE)
		return v;
	if (!consents_of(db, r->person, &now, err))
		return VERDICT_FAILED;
	return answer(db, s, r, JOURNAL_CONSENT, &a,
		now.standing == CONSENT_GIVEN ? now.consent : 0, seq, err);
}

static enum verdict no(struct db *db, const struct session *s,
	const struct consent_request *r, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	struct act a = {.party = r->party, .proof = r->proof, .copy = r->copy};
	struct consent_state now;
	enum verdict v = may_begin(db, s, r->person, &a, why, err);

	if (v == VERDICT_DONE)
		v = may_ask(r, why);
	if (v == VERDICT_DONE &&
		!strcmp(consent_refusal_name(r->reason), "unknown"))
		v = lacks(why, CONSENT_LACKS_REASON);
	if (v != VERDICT_DONE)
		return v;
	if (!consents_of(db, r->person, &now, err))
		return VERDICT_FAILED;
	if (now.standing == CONSENT_GIVEN)
		return refuse(why, REFUSED_CONSENT_HOLDS);
	/* Nobody proves a no. */
	a.proof = (struct consent_proof){.read_aloud = r->proof.read_aloud};
	return answer(db, s, r, JOURNAL_CONSENT_REFUSED, &a, 0, seq, err);
}

static enum verdict withdraw(struct db *db, const struct session *s,
	const struct consent_withdrawal *w, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	struct act a = {.party = w->party};
	struct journal_entry entry = {.kind = JOURNAL_CONSENT_WITHDRAWN,
		.actor = s->user.number,
		.has_purposes = true,
		.has_reason = true,
		.reason = w->channel};
	struct consent_state now;
	enum verdict v = may_begin(db, s, w->person, &a, why, err);

	if (v == VERDICT_DONE &&
		!strcmp(consent_channel_name(w->channel), "unknown"))
		v = lacks(why, CONSENT_LACKS_REASON);
	if (v != VERDICT_DONE)
		return v;
	if (!consents_of(db, w->person, &now, err))
		return VERDICT_FAILED;
	if (now.standing != CONSENT_GIVEN || (w->left & ~now.yes) != 0 ||
		w->left == now.yes)
		return refuse(why, REFUSED_CONSENT_NONE);
	entry.ref = now.consent;
	entry.asked = now.yes;
	entry.yes = w->left;
	return write(db, &a, &entry, seq, err) ? VERDICT_DONE : VERDICT_FAILED;
}

/* ---- together ------------------------------------------------------------ */

/* It is on the disk: what is said of it is read from there. */
static enum verdict finish(struct db *db, enum verdict v, uint64_t seq,
	struct consent *out, struct err *err)
{
	v = db_end_verdict(db, v, err);
	if (v != VERDICT_DONE)
		return v;
	crash_point("consent.committed");
	return journal_check_back(db, seq, err) &&
			       consents_get(db, seq, out, err) == LOOKUP_FOUND
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict consents_give(struct db *db, const struct session *s,
	const struct consent_request *request, struct consent *out,
	struct refusal *why, struct err *err)
{
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = give(db, s, request, &seq, why, err);
	return finish(db, v, seq, out, err);
}

enum verdict consents_refuse(struct db *db, const struct session *s,
	const struct consent_request *request, struct consent *out,
	struct refusal *why, struct err *err)
{
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = no(db, s, request, &seq, why, err);
	return finish(db, v, seq, out, err);
}

enum verdict consents_withdraw(struct db *db, const struct session *s,
	const struct consent_withdrawal *w, struct consent *out,
	struct refusal *why, struct err *err)
{
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = withdraw(db, s, w, &seq, why, err);
	return finish(db, v, seq, out, err);
}

static enum verdict reprint(struct db *db, const struct session *s,
	uint64_t seq, int *copy, struct refusal *why, struct err *err)
{
	struct journal_entry entry = {.kind = JOURNAL_REPRINT,
		.actor = s->user.number,
		.ref = seq,
		.has_reason = true,
		.has_result = true};
	enum verdict v = roles_may(db, s, ACT_CONSENT, why);
	struct consent c;
	sqlite3_stmt *st;

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	switch (consents_get(db, seq, &c, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	*copy = c.copies + 1;
	entry.result = (uint64_t)*copy;
	if (!journal_append(db, &entry, NULL, err))
		return VERDICT_FAILED;
	st = stmt_get(db, &consents_stmts, SET_COPIES);
	stmt_int(st, ":copies", *copy);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict consents_reprint(struct db *db, const struct session *s,
	uint64_t seq, int *copy, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, reprint(db, s, seq, copy, why, err), err);
}
