/* accounts.c - an account is taken down: ACCOUNT; and confirmed, and sent. */
#include "db/accounts.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/crash.h"
#include "core/str.h"
#include "core/text.h"
#include "db/accounts_internal.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/roles_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = ("INSERT INTO account (seq, person, kind, via, whose, names,"
		 " shared, consent, blind, sealed) VALUES (:seq, :person,"
		 " :kind, :via, :whose, :names, :shared, :consent, :blind,"
		 " :sealed)"),
};

const struct stmt_set accounts_stmts = {"accounts", sql, COUNT};

/* ---- what is to be taken down ---------------------------------------------- */

static bool clean(const char *text, char *out, size_t size)
{
	return text_clean(text, strlen(text), out, size, NULL);
}

static enum account_kind kind_of(const struct account *a)
{
	switch (a->bank ? a->bank->type : BANK_TYPE_BANK) {
	case BANK_TYPE_WALLET:
		return ACCOUNT_WALLET;
	case BANK_TYPE_MOBILE_MONEY:
		return ACCOUNT_MOBILE;
	case BANK_TYPE_BANK:
	case BANK_TYPE_FINANCE:
		break;
	}
	return a->wallet != WALLET_NONE ? ACCOUNT_WALLET : ACCOUNT_BANK;
}

/* Only where he means to open one; nobody knows a number yet. */
static bool read_planned(const struct account_take *t, struct account_held *a)
{
	const struct bank *bank = bank_by_bin(t->bin);

	a->kind = ACCOUNT_PLANNED;
	a->planned_on = t->planned_on;
	if (t->planned_on.year != 0 && !date_valid(t->planned_on))
		return false;
	if (t->bin[0] && (!bank || bank->type == BANK_TYPE_FINANCE))
		return false;
	a->account.bank = bank;
	return str_copy(a->account.bin, sizeof(a->account.bin), t->bin);
}

static bool read_account(const struct account_take *t, struct account_held *a)
{
	if (t->planned)
		return read_planned(t, a);
	if (account_check(t->bin, t->number, &a->account) != ACCOUNT_FINE ||
		!account_name_fold(t->holder, a->holder, sizeof(a->holder)) ||
		!a->holder[0] ||
		(t->via != ACCOUNT_VIA_QR && t->via != ACCOUNT_VIA_TYPED))
		return false;
	a->kind = kind_of(&a->account);
	a->via = t->via;
	return true;
}

/* Whose it is; somebody else's needs his name, and a paper if he has one. */
static bool read_owner(const struct account_take *t, struct account_held *a)
{
	a->whose = t->whose;
	if (t->whose == PAYEE_SELF)
		return true;
	a->relation = t->relation;
	return (t->whose == PAYEE_GUARDIAN || t->whose == PAYEE_AUTHORISED) &&
	       clean(t->owner, a->owner, sizeof(a->owner)) && a->owner[0] &&
	       clean(t->paper, a->paper, sizeof(a->paper)) &&
	       (t->whose != PAYEE_AUTHORISED || a->paper[0]) &&
	       (!t->owner_id[0] || personid_is_id12(t->owner_id)) &&
	       str_copy(a->owner_id, sizeof(a->owner_id), t->owner_id);
}

static enum verdict names_fit(const struct account_take *t,
	const struct person *p, struct account_held *a, struct refusal *why)
{
	if (t->planned)
		return VERDICT_DONE;
	switch (account_names_fit(a->whose == PAYEE_SELF ? p->name : a->owner,
		a->holder)) {
	case VIET_EQUAL:
		a->names = ACCOUNT_NAMES_EQUAL;
		return VERDICT_DONE;
	case VIET_ALIKE:
		a->names = ACCOUNT_NAMES_ALIKE;
		return VERDICT_DONE;
	case VIET_DIFFERENT:
		break;
	}
	if (!account_names_name(t->names)[0] || t->names < ACCOUNT_NAMES_BANK ||
		(t->names == ACCOUNT_NAMES_OTHER && !a->why[0]))
		return refuse(why, REFUSED_ACCOUNT_NAME);
	a->names = t->names;
	return VERDICT_DONE;
}

/* One live account, one person; or it is said why not. */
static enum verdict his_alone(struct db *db, const struct account_take *t,
	struct account_held *a, struct refusal *why, struct err *err)
{
	struct account_other other;
	int count;

	if (a->kind == ACCOUNT_PLANNED)
		return VERDICT_DONE;
	if (!accounts_others(db, t->person, a->account.bin, a->account.number,
		    &other, 1, &count, err))
		return VERDICT_FAILED;
	if (count == 0)
		return VERDICT_DONE;
	a->shared = t->shared;
	if (account_shared_name(t->shared)[0] &&
		(t->shared != ACCOUNT_SHARED_OTHER || a->why[0]))
		return VERDICT_DONE;
	why->amount = count;
	str_copy(why->prior.actor_name, sizeof(why->prior.actor_name),
		other.name);
	return refuse(why, REFUSED_ACCOUNT_SHARED);
}

static enum verdict has_consent(struct db *db, int64_t person,
	struct account_held *a, struct refusal *why, struct err *err)
{
	struct consent_state state;

	if (!consents_of(db, person, &state, err))
		return VERDICT_FAILED;
	if (state.standing != CONSENT_GIVEN || !(state.yes & CONSENT_PAYOUT))
		return refuse(why, REFUSED_NO_CONSENT);
	a->consent = state.consent;
	return VERDICT_DONE;
}

static enum verdict may_add(struct db *db, const struct account_take *t,
	const struct person *p, struct account_held *a, struct refusal *why,
	struct err *err)
{
	enum verdict v = has_consent(db, t->person, a, why, err);

	if (v == VERDICT_DONE &&
		(!read_account(t, a) || !read_owner(t, a) ||
			!clean(t->why, a->why, sizeof(a->why))))
		v = refuse(why, REFUSED_ACCOUNT);
	if (v == VERDICT_DONE)
		v = names_fit(t, p, a, why);
	if (v == VERDICT_DONE)
		v = his_alone(db, t, a, why, err);
	return v;
}

/* ---- writing ---------------------------------------------------------------- */

const char *accounts_key(const char *bin, const char *number,
	char out[ACCOUNTS_KEY_SIZE])
{
	snprintf(out, ACCOUNTS_KEY_SIZE, "%s %s", bin, number);
	return out;
}

size_t accounts_pd(const struct person *p, const struct account_held *a,
	uint8_t out[JOURNAL_PD_MAX])
{
	char birth[DATE_TEXT_SIZE];
	char planned[DATE_TEXT_SIZE];
	char key[ACCOUNTS_KEY_SIZE];
	const struct {
		uint8_t key;
		const char *text;
	} pair[] = {{1, p->unit_code}, {2, p->beneficiary_id}, {3, p->id12},
		{4, p->name}, {5, date_iso(p->birth, birth)}, {6, a->holder},
		{7, a->owner_id}, {8, a->paper},
		{11, a->relation ? payee_relation_name(a->relation) : ""},
		{20, a->account.number[0] ? accounts_key(a->account.bin,
						    a->account.number, key)
					  : a->account.bin},
		{21, a->owner}, {22, a->why},
		{23, date_iso(a->planned_on, planned)}};
	const size_t count = sizeof(pair) / sizeof(pair[0]);
	size_t pairs = 0;
	struct buf b;

	for (size_t i = 0; i < count; i++)
		pairs += pair[i].text[0] != '\0';
	buf_init(&b, out, JOURNAL_PD_MAX);
	cbor_put_map(&b, pairs);
	for (size_t i = 0; i < count; i++)
		if (pair[i].text[0]) {
			cbor_put_uint(&b, pair[i].key);
			cbor_put_text(&b, pair[i].text);
		}
	return b.len;
}

static bool put_row(struct db *db, const struct account_held *a,
	struct err *err)
{
	char relation[2] = {(char)('0' + a->relation), '\0'};
	char planned[DATE_TEXT_SIZE];
	char key[ACCOUNTS_KEY_SIZE];
	uint8_t locked[SEALED_SIZE];
	const struct sealed sealed = {
		.text = {[ACCOUNTS_BIN] = a->account.bin,
			[ACCOUNTS_NUMBER] = a->account.number,
			[ACCOUNTS_HOLDER] = a->holder,
			[ACCOUNTS_OWNER] = a->owner,
			[ACCOUNTS_OWNER_ID] = a->owner_id,
			[ACCOUNTS_PAPER] = a->paper,
			[ACCOUNTS_RELATION] = a->relation ? relation : "",
			[ACCOUNTS_WHY] = a->why,
			[ACCOUNTS_PLANNED] = date_iso(a->planned_on, planned)}};
	sqlite3_stmt *st = stmt_get(db, &accounts_stmts, ADD);

	stmt_int(st, ":seq", (sqlite3_int64)a->seq);
	stmt_int(st, ":person", a->person);
	stmt_int(st, ":kind", a->kind);
	stmt_int(st, ":via", a->via);
	stmt_int(st, ":whose", a->whose);
	stmt_int(st, ":names", a->names);
	stmt_int(st, ":shared", a->shared);
	stmt_int(st, ":consent", (sqlite3_int64)a->consent);
	if (a->account.number[0])
		stmt_int(st, ":blind",
			datakey_blind(db, DATAKEY_ACCOUNT_NO,
				accounts_key(a->account.bin, a->account.number,
					key)));
	sealed_put(db, st, ":sealed", DATAKEY_ACCOUNT, (int64_t)a->seq, &sealed,
		locked);
	return stmt_run(db, st, err);
}

static bool write_account(struct db *db, const struct session *s,
	const struct person *p, struct account_held *a, struct err *err)
{
	uint8_t pd[JOURNAL_PD_MAX];
	const struct journal_entry entry = {.kind = JOURNAL_ACCOUNT,
		.actor = s->user.number,
		.person = p->id,
		.ref = a->consent,
		.pd = pd,
		.pd_len = accounts_pd(p, a, pd),
		.has_reason = a->shared != ACCOUNT_SHARED_NOT,
		.reason = (uint64_t)a->shared,
		.has_result = true,
		.result = (uint64_t)a->kind,
		.who = (uint64_t)a->whose,
		.via = (uint64_t)a->via,
		.names = (uint64_t)a->names};
	struct journal_done done;

	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("account.appended");
	a->seq = done.seq;
	return put_row(db, a, err);
}

/*
 * Was just this taken down before, and nothing came of it? Whoever does not
 * know whether it is in the book may say it once more.
 */
static bool is_again(const struct account_held *old,
	const struct account_held *a)
{
	return (old->standing == ACCOUNT_STANDS_PLANNED ||
		       old->standing == ACCOUNT_STANDS_CAPTURED ||
		       old->standing == ACCOUNT_STANDS_CONFIRMED) &&
	       old->kind == a->kind && old->whose == a->whose &&
	       old->consent == a->consent && old->shared == a->shared &&
	       old->names == a->names &&
	       strcmp(old->account.bin, a->account.bin) == 0 &&
	       strcmp(old->account.number, a->account.number) == 0 &&
	       strcmp(old->holder, a->holder) == 0 &&
	       strcmp(old->owner, a->owner) == 0 &&
	       date_compare(old->planned_on, a->planned_on) == 0;
}

static bool confirm(struct db *db, const struct session *s,
	const struct person *p, const struct account_held *a, struct err *err)
{
	const struct accounts_step step = {.step = ACCOUNT_STEP_CONFIRMED};

	return accounts_step(db, s, p, a, &step, err);
}

static bool put(struct db *db, const struct session *s, const struct person *p,
	struct account_held *a, bool confirmed, struct err *err)
{
	struct account_held old;
	const enum lookup got = accounts_of(db, p->id, &old, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND && is_again(&old, a))
		a->seq = old.seq;
	else if (!write_account(db, s, p, a, err))
		return false;
	if (a->kind == ACCOUNT_PLANNED || !confirmed ||
		(a->seq == old.seq && old.standing == ACCOUNT_STANDS_CONFIRMED))
		return true;
	return confirm(db, s, p, a, err);
}

static enum verdict person_of(struct db *db, const struct session *s,
	enum role_act act, int64_t person, struct person_due *out,
	struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, s, act, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	switch (people_get(db, person, out, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		break;
	case LOOKUP_FOUND:
		if (out->person.beneficiary_id[0])
			return VERDICT_DONE;
	}
	return refuse(why, REFUSED_NOT_FOUND);
}

static enum verdict add(struct db *db, const struct session *s,
	const struct account_take *t, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	struct account_held a = {.person = t->person};
	struct person_due due;
	enum verdict v =
		person_of(db, s, ACT_ACCOUNT, t->person, &due, why, err);

	if (v == VERDICT_DONE)
		v = may_add(db, t, &due.person, &a, why, err);
	if (v == VERDICT_DONE &&
		!put(db, s, &due.person, &a, t->confirmed, err))
		v = VERDICT_FAILED;
	*seq = a.seq;
	return v;
}

/* It is on the disk: what the book says of it now. */
static enum verdict look(struct db *db, enum verdict v, uint64_t seq,
	struct account_held *out, struct err *err)
{
	if (v == VERDICT_DONE &&
		accounts_get(db, seq, out, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	return v;
}

enum verdict accounts_add(struct db *db, const struct session *s,
	const struct account_take *take, struct account_held *out,
	struct refusal *why, struct err *err)
{
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, add(db, s, take, &seq, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("account.committed");
	return look(db, v, seq, out, err);
}

/* ---- what becomes of it ------------------------------------------------------ */

static enum verdict confirm_one(struct db *db, const struct session *s,
	uint64_t seq, struct refusal *why, struct err *err)
{
	struct account_held a;
	struct person_due due;
	enum verdict v;

	switch (accounts_get(db, seq, &a, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	v = person_of(db, s, ACT_ACCOUNT, a.person, &due, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (a.standing == ACCOUNT_STANDS_CONFIRMED)
		return VERDICT_DONE;
	if (a.standing != ACCOUNT_STANDS_CAPTURED)
		return refuse(why, REFUSED_NOT_FOUND);
	return confirm(db, s, &due.person, &a, err) ? VERDICT_DONE
						    : VERDICT_FAILED;
}

enum verdict accounts_confirm(struct db *db, const struct session *s,
	uint64_t seq, struct account_held *out, struct refusal *why,
	struct err *err)
{
	*why = (struct refusal){0};
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	return look(db,
		db_end_verdict(db, confirm_one(db, s, seq, why, err), err), seq,
		out, err);
}

bool accounts_may_send(struct db *db, const struct account_held *a, bool *may,
	struct err *err)
{
	struct consent_state state;

	*may = false;
	if (a->standing != ACCOUNT_STANDS_CAPTURED &&
		a->standing != ACCOUNT_STANDS_CONFIRMED &&
		a->standing != ACCOUNT_STANDS_SENT)
		return true;
	if (!consents_of(db, a->person, &state, err))
		return false;
	*may = state.standing == CONSENT_GIVEN &&
	       (state.yes & CONSENT_VERIFY) != 0;
	return true;
}

static bool send_one(struct db *db, const struct session *s, uint64_t seq,
	size_t *marked, struct err *err)
{
	const struct accounts_step step = {.step = ACCOUNT_STEP_SENT};
	struct account_held a;
	struct person_due due;
	enum lookup got = accounts_get(db, seq, &a, err);
	bool may;

	if (got == LOOKUP_FOUND)
		got = people_get(db, a.person, &due, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT || a.standing == ACCOUNT_STANDS_SENT)
		return true;
	if (!accounts_may_send(db, &a, &may, err))
		return false;
	*marked += may;
	return !may || accounts_step(db, s, &due.person, &a, &step, err);
}

static enum verdict send_all(struct db *db, const struct session *s,
	const uint64_t *seq, size_t count, size_t *marked, struct refusal *why,
	struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_EXPORT, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	for (size_t i = 0; i < count && v == VERDICT_DONE; i++)
		if (!send_one(db, s, seq[i], marked, err))
			v = VERDICT_FAILED;
	return v;
}

enum verdict accounts_sent(struct db *db, const struct session *s,
	const uint64_t *seq, size_t count, size_t *marked, struct refusal *why,
	struct err *err)
{
	*why = (struct refusal){0};
	*marked = 0;
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, send_all(db, s, seq, count, marked, why, err),
		err);
}
