/* payouts.c - PAY: one transaction, and not a word before it is on disk. */
#include "db/payouts.h"

#include <assert.h>
#include <string.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/faults.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	MARK_PAID,
	ADD,
	ADD_REVIEW,
	COUNT
};

static const char *const sql[COUNT] = {
	[MARK_PAID] =
		("INSERT INTO paid (ent, seq, state) VALUES (:ent, :seq, 1)"
		 " ON CONFLICT (ent) DO UPDATE SET seq = excluded.seq, state = "
		 "1"
		 " WHERE paid.state = 4"),
	[ADD] = ("INSERT INTO payout (seq, uid, code, state, shift, person,"
		 " payee, notes, pad) VALUES (:seq, :uid, :code, 1, :shift,"
		 " :person, :payee, :notes, :pad)"),
	[ADD_REVIEW] = ("INSERT INTO review (seq, person, period, sealed)"
			" VALUES (:seq, :person, :period, :sealed)"),
};

const struct stmt_set payouts_stmts = {"payouts", sql, COUNT};

void payouts_uid(uint8_t out[PAYOUT_UID_SIZE])
{
	crypto_random(out, PAYOUT_UID_SIZE);
}

static bool mark_paid(struct db *db, const struct payouts_plan *p, uint64_t seq,
	struct err *err)
{
	for (int i = 0; i < p->items; i++) {
		sqlite3_stmt *st = stmt_get(db, &payouts_stmts, MARK_PAID);

		stmt_blob(st, ":ent", p->item[i].ent, ENT_SIZE);
		stmt_int(st, ":seq", (sqlite3_int64)seq);
		if (!stmt_run(db, st, err))
			return false;
		if (sqlite3_changes(db->handle) != 1)
			return err_set(err, ERR_CORRUPT, 0,
				"an entitlement that is due is paid already");
	}
	return true;
}

static bool add_row(struct db *db, const struct payouts_plan *p,
	const struct journal_done *done, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_stmts, ADD);
	const struct pay_request *r = &p->request;
	char until[DATE_TEXT_SIZE];
	const char relation[2] = {r->payee_relation
					  ? (char)('0' + (int)r->payee_relation)
					  : '\0'};
	const struct sealed s = {
		.text = {[PAYOUTS_PAYEE_UNTIL] =
				 date_iso(r->payee_until, until),
			[PAYOUTS_PAYEE_RELATION] = relation,
			[PAYOUTS_PAYEE_NAME] = r->payee_name,
			[PAYOUTS_PAYEE_ID] = r->payee_id,
			[PAYOUTS_PAYEE_PAPER] = r->payee_paper}};
	uint8_t notes[PAYOUTS_NOTES_SIZE];
	uint8_t locked[SEALED_SIZE];
	char code[SEAL_CODE_SIZE];

	payouts_notes_pack(&r->notes, notes);
	seal_code(done->h, code);
	stmt_int(st, ":seq", (sqlite3_int64)done->seq);
	stmt_blob(st, ":uid", r->uid, PAYOUT_UID_SIZE);
	stmt_text(st, ":code", code);
	stmt_int(st, ":shift", p->shift.number);
	stmt_int(st, ":person", r->person);
	sealed_put(db, st, ":payee", DATAKEY_PAYOUT, (int64_t)done->seq, &s,
		locked);
	stmt_blob(st, ":notes", notes, sizeof(notes));
	stmt_text(st, ":pad", r->pad);
	return stmt_run(db, st, err);
}

/* Both sides of the difference, for the list of corrections. */
static bool keep_review(struct db *db, const struct payouts_plan *p,
	uint64_t seq, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_stmts, ADD_REVIEW);
	const struct review_card *card = &p->request.card;
	const struct person *who = &p->due.person;
	char birth[DATE_TEXT_SIZE];
	char listed[DATE_TEXT_SIZE];
	const char sex[2] = {(char)('0' + (int)who->sex), '\0'};
	const struct sealed s = {.sex = (int)card->sex,
		.text = {[REVIEW_CARD_NAME] = card->name,
			[REVIEW_CARD_ID] = card->id12,
			[REVIEW_CARD_BIRTH] = date_iso(card->birth, birth),
			[REVIEW_LIST_NAME] = who->name,
			[REVIEW_LIST_ID] =
				who->id12[0] ? who->id12 : who->old_id,
			[REVIEW_LIST_BIRTH] = date_iso(who->birth, listed),
			[REVIEW_LIST_SEX] = sex}};
	uint8_t locked[SEALED_SIZE];

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_int(st, ":person", p->request.person);
	stmt_int(st, ":period", p->period);
	sealed_put(db, st, ":sealed", DATAKEY_REVIEW, (int64_t)seq, &s, locked);
	return stmt_run(db, st, err);
}

static bool write_review(struct db *db, const struct payouts_plan *p,
	struct err *err)
{
	uint8_t pd[PAYOUT_PD_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_REVIEW,
		.actor = p->s->user.number,
		.pd = pd,
		.person = p->request.person,
		.pd_len = payouts_review_pd(&p->due.person, &p->request, pd),
		.has_reason = p->request.review_reason != REVIEW_REASON_NONE,
		.reason = p->request.review_reason,
		.has_result = true,
		.result = p->request.review};
	struct journal_done done;

	if (!p->request.review)
		return true;
	if (!journal_append(db, &entry, &done, err) ||
		!keep_review(db, p, done.seq, err))
		return false;
	crash_point("pay.reviewed");
	return true;
}

/* By hand, before: nobody need be asked whether it was handed over. */
static bool was_given(struct db *db, const struct payouts_plan *p, uint64_t seq,
	struct err *err)
{
	struct payout paid = {.seq = seq, .items = p->items};

	memcpy(paid.item, p->item, sizeof(paid.item));
	return payouts_write_handed(db, p->s, NULL, &paid, NULL, err);
}

static bool write_pay(struct db *db, const struct payouts_plan *p,
	uint64_t *seq, struct err *err)
{
	uint8_t pd[PAYOUT_PD_SIZE];
	struct journal_entry entry = {.kind = JOURNAL_PAY,
		.actor = p->s->user.number,
		.by = p->s,
		.cosig = p->approver,
		.has_amount = true,
		.amount = p->amount,
		.period = p->period,
		.pd = pd,
		.person = p->request.person,
		.flags = p->flags,
		.item = p->item,
		.items = p->items,
		.who = p->request.payee};
	struct journal_done done;

	if (p->request.pad[0]) {
		entry.flags |= JOURNAL_LATE | JOURNAL_HANDWRITTEN;
		entry.given_at = p->request.given_at;
		entry.pad = p->request.pad;
	}
	if (p->request.no_printer)
		entry.flags |= JOURNAL_NO_PRINTER;
	if (!notes_none(&p->request.notes))
		entry.notes = &p->request.notes;
	entry.pd_len = payouts_pd(&p->due.person, &p->request, NULL, pd);
	crash_point("pay.begin");
	if (!write_review(db, p, err) ||
		!journal_append(db, &entry, &done, err))
		return false;
	crash_point("pay.appended");
	if (!mark_paid(db, p, done.seq, err))
		return false;
	crash_point("pay.marked");
	if (!add_row(db, p, &done, err))
		return false;
	crash_point("pay.filed");
	*seq = done.seq;
	return !p->request.pad[0] || was_given(db, p, done.seq, err);
}

/* What stopped the payments before does not any more. */
static bool end_faults(struct db *db, const struct payouts_plan *p,
	struct err *err)
{
	return faults_end(db, p->s, FAULT_DISK, err) &&
	       (!p->clock_is_right || faults_end(db, p->s, FAULT_CLOCK, err));
}

/* By itself, and not to be done is no harm: the refusal stands. */
static void begin_fault(struct db *db, const struct session *s,
	const struct refusal *why)
{
	struct err unheard;

	if (why->code == REFUSED_DISK)
		faults_begin(db, s, FAULT_DISK, &unheard);
	else if (why->code == REFUSED_CLOCK)
		faults_begin(db, s, FAULT_CLOCK, &unheard);
}

/* It is on the disk; from here on believe only what is read from there. */
static bool read_back(struct db *db, uint64_t seq, struct payout *out,
	struct err *err)
{
	bool ok;

	if (!db_read_begin(db, err))
		return false;
	ok = journal_check_back(db, seq, err) &&
	     payouts_get(db, seq, out, err) == LOOKUP_FOUND &&
	     payouts_is_quick(db, seq, &out->quick, err);
	db_read_end(db);
	return ok;
}

enum verdict payouts_pay(struct db *db, const struct session *s,
	const struct pay_request *request, struct payout *out,
	struct refusal *why, struct err *err)
{
	struct payouts_plan p = {.s = s,
		.request = *request,
		.approver = request->approver};
	uint64_t seq = 0;
	enum verdict v;

	/* DONE means on the disk: an outer transaction could still undo it. */
	assert(db->depth == 0);
	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = payouts_may_pay(db, &p, why, err);
	if (v == VERDICT_DONE &&
		!(end_faults(db, &p, err) && write_pay(db, &p, &seq, err)))
		v = VERDICT_FAILED;
	v = db_end_verdict(db, v, err);
	if (v == VERDICT_REFUSED)
		begin_fault(db, s, why);
	if (v != VERDICT_DONE)
		return v;
	crash_point("pay.committed");
	if (!read_back(db, seq, out, err))
		return VERDICT_FAILED;
	crash_point("pay.read");
	return VERDICT_DONE;
}
