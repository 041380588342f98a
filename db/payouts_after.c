/* payouts_after.c - what follows a PAY: handed or not, paper, not paid. */
#include <string.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/sealed_internal.h"
#include "db/shifts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	SET_STATE,
	SET_PAID,
	SET_NOTES,
	SET_PRINT,
	IS_PRINTING,
	SET_COPIES,
	NOT_PAID,
	PAYABLE,
	COUNT
};

static const char *const sql[COUNT] = {
	[SET_STATE] = "UPDATE payout SET state = :state,"
		      " void_reason = :reason WHERE seq = :seq",
	[SET_PAID] = "UPDATE paid SET state = :state"
		     " WHERE ent = :ent AND seq = :seq",
	[SET_NOTES] = "UPDATE payout SET notes = :notes WHERE seq = :seq",
	[SET_PRINT] = "UPDATE payout SET print = :print WHERE seq = :seq",
	[IS_PRINTING] = "SELECT 1 FROM payout WHERE seq = :seq AND print = 1",
	[SET_COPIES] = "UPDATE payout SET copies = :copies WHERE seq = :seq",
	[NOT_PAID] = "INSERT INTO not_paid (person, reason, seq, sealed)"
		     " VALUES (:person, :reason, :seq, :sealed)"
		     " ON CONFLICT (person) DO UPDATE SET"
		     " reason = excluded.reason, seq = excluded.seq,"
		     " sealed = excluded.sealed",
	[PAYABLE] = "DELETE FROM not_paid WHERE person = :person",
};

const struct stmt_set payouts_after_stmts = {"payouts_after", sql, COUNT};

bool payouts_set_state(struct db *db, const struct payout *p,
	enum payout_state to, enum void_reason reason, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_after_stmts, SET_STATE);

	stmt_int(st, ":state", to);
	stmt_int(st, ":reason", reason);
	stmt_int(st, ":seq", (sqlite3_int64)p->seq);
	if (!stmt_run(db, st, err))
		return false;
	for (int i = 0; i < p->items; i++) {
		st = stmt_get(db, &payouts_after_stmts, SET_PAID);
		stmt_int(st, ":state", to);
		stmt_blob(st, ":ent", p->item[i].ent, ENT_SIZE);
		stmt_int(st, ":seq", (sqlite3_int64)p->seq);
		if (!stmt_run(db, st, err))
			return false;
		if (sqlite3_changes(db->handle) != 1)
			return err_set(err, ERR_CORRUPT, 0,
				"table paid has lost an item of record %llu",
				(unsigned long long)p->seq);
	}
	return true;
}

static bool set_notes(struct db *db, uint64_t seq, const struct notes *n,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_after_stmts, SET_NOTES);
	uint8_t notes[PAYOUTS_NOTES_SIZE];

	payouts_notes_pack(n, notes);
	stmt_blob(st, ":notes", notes, sizeof(notes));
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err);
}

bool payouts_write_handed(struct db *db, const struct session *s,
	const struct session *by, const struct payout *p,
	const struct notes *given, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_HANDED,
		.actor = s->user.number,
		.cosig = by,
		.ref = p->seq,
		/* Not in the record: what a second person is asked by QR. */
		.amount = p->amount,
		.notes = given};

	crash_point("handed.begin");
	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("handed.appended");
	if (!payouts_set_state(db, p, PAYOUT_HANDED, VOID_NONE, err) ||
		(given && !set_notes(db, p->seq, given, err)))
		return false;
	crash_point("handed.marked");
	return true;
}

static bool write_recovery(struct db *db, const struct session *s,
	const struct payout *p, bool handed, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_RECOVERY,
		.actor = s->user.number,
		.ref = p->seq,
		.has_result = true,
		.result = handed ? RECOVERY_HANDED : RECOVERY_NOT_HANDED};

	crash_point("recover.begin");
	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("recover.appended");
	return true;
}

/* What is asked of the open payout. */
struct answer {
	const struct session *s;
	const struct session *by;
	uint64_t seq; /* 0: whichever is open */
	bool handed;
	const struct notes *given; /* in these notes; NULL: as the PAY says */
	bool recover; /* asked after a crash: RECOVERY goes before */
};

static enum verdict find_open(struct db *db, const struct answer *a,
	struct payout *out, struct refusal *why, struct err *err)
{
	struct shift shift;
	bool stands_in;
	enum verdict v;

	if (!shifts_is_left(db, a->s, &shift, &stands_in, err))
		return VERDICT_FAILED;
	v = roles_may(db, a->s, stands_in ? ACT_STAND_IN : ACT_PAY, why);
	if (v != VERDICT_DONE)
		return v;
	switch (payouts_open(db, out, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_OPEN_PAYOUT);
	case LOOKUP_FOUND:
		break;
	}
	if (a->seq != 0 && a->seq != out->seq)
		return refuse(why, REFUSED_NO_OPEN_PAYOUT);
	v = stands_in ? window_clock(db, why, err)
		      : shifts_own(db, a->s, &shift, why, err);
	/* That it was handed over one says alone, in his own shift. */
	if (v == VERDICT_DONE && (stands_in || (!a->handed && a->by)))
		v = second_person(db, a->s, a->by, why);
	return v;
}

static enum verdict given_adds_up(const struct answer *a,
	const struct payout *p, struct refusal *why)
{
	if (!a->given || notes_none(a->given))
		return VERDICT_DONE;
	why->amount = p->amount;
	for (int i = 0; i < NOTES_KINDS; i++)
		if (a->given->pieces[i] < 0)
			return refuse(why, REFUSED_NOTES);
	return notes_sum(a->given) == p->amount ? VERDICT_DONE
						: refuse(why, REFUSED_NOTES);
}

static enum verdict write_answer(struct db *db, const struct answer *a,
	struct payout *out, struct refusal *why, struct err *err)
{
	enum verdict v = find_open(db, a, out, why, err);
	bool other;
	bool ok;

	if (v == VERDICT_DONE)
		v = given_adds_up(a, out, why);
	if (v != VERDICT_DONE)
		return v;
	other = a->given && !notes_equal(a->given, &out->notes);
	ok = !a->recover || write_recovery(db, a->s, out, a->handed, err);
	if (ok && a->handed)
		ok = payouts_write_handed(db, a->s,
			out->actor != a->s->user.number ? a->by : NULL, out,
			other ? a->given : NULL, err);
	else if (ok)
		ok = payouts_write_void(db, a->s, a->by, out, VOID_NOT_HANDED,
			err);
	return ok ? VERDICT_DONE : VERDICT_FAILED;
}

static enum verdict answer(struct db *db, const struct answer *a,
	struct payout *out, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, write_answer(db, a, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point(a->recover  ? "recover.committed"
			    : a->handed ? "handed.committed"
					: "void.committed");
	if (v == VERDICT_DONE &&
		payouts_get(db, out->seq, out, err) != LOOKUP_FOUND)
		v = VERDICT_FAILED;
	return v;
}

enum verdict payouts_handed(struct db *db, const struct session *s,
	uint64_t seq, struct payout *out, struct refusal *why, struct err *err)
{
	return payouts_handed_in(db, s, seq, NULL, out, why, err);
}

enum verdict payouts_handed_in(struct db *db, const struct session *s,
	uint64_t seq, const struct notes *given, struct payout *out,
	struct refusal *why, struct err *err)
{
	const struct answer a = {.s = s,
		.seq = seq,
		.handed = true,
		.given = given};

	return answer(db, &a, out, why, err);
}

enum verdict payouts_not_handed(struct db *db, const struct session *s,
	uint64_t seq, const struct session *by, struct payout *out,
	struct refusal *why, struct err *err)
{
	const struct answer a = {.s = s, .by = by, .seq = seq};

	return answer(db, &a, out, why, err);
}

enum verdict payouts_recover(struct db *db, const struct session *s,
	bool handed, const struct session *by, struct payout *out,
	struct refusal *why, struct err *err)
{
	const struct answer a = {.s = s,
		.by = by,
		.handed = handed,
		.recover = true};

	return answer(db, &a, out, why, err);
}

static bool set_print(struct db *db, uint64_t seq, enum print_state to,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_after_stmts, SET_PRINT);

	stmt_int(st, ":print", to);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err);
}

/* The payout, or ERR_INVALID if there is none of that number. */
static bool must_get(struct db *db, uint64_t seq, struct payout *out,
	struct err *err)
{
	switch (payouts_get(db, seq, out, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_INVALID, 0, "record %llu is no payment",
			(unsigned long long)seq);
	case LOOKUP_FOUND:
		break;
	}
	return true;
}

bool payouts_printing(const struct db *db, uint64_t seq)
{
	for (int i = 0; i < DB_MAX_PRINTING; i++)
		if (db->printing[i] == seq)
			return true;
	return false;
}

static void printing_remove(struct db *db, uint64_t seq)
{
	int kept = 0;

	for (int i = 0; i < DB_MAX_PRINTING; i++)
		if (db->printing[i] != seq)
			db->printing[kept++] = db->printing[i];
	while (kept < DB_MAX_PRINTING)
		db->printing[kept++] = 0;
}

/* The newest first; the oldest is forgotten, and becomes unknown, if there
 * are more than a printer can have waiting. */
static void printing_add(struct db *db, uint64_t seq)
{
	printing_remove(db, seq);
	memmove(db->printing + 1, db->printing,
		sizeof(db->printing) - sizeof(db->printing[0]));
	db->printing[0] = seq;
}

static bool print_begin(struct db *db, uint64_t seq, bool *first,
	struct err *err)
{
	struct payout p;

	if (!must_get(db, seq, &p, err))
		return false;
	/* FAILED: the printer said that nothing came out. By hand: the sheet
	 * of the pad is the original. */
	*first =
		(p.print == PRINT_NONE || p.print == PRINT_FAILED) && !p.pad[0];
	if (*first && !set_print(db, seq, PRINT_PRINTING, err))
		return false;
	crash_point("print.noted");
	return true;
}

bool payouts_print_begin(struct db *db, uint64_t seq, bool *first,
	struct err *err)
{
	*first = false;
	if (!db_begin(db, err))
		return false;
	if (!db_end(db, print_begin(db, seq, first, err), err)) {
		*first = false;
		return false;
	}
	if (*first)
		printing_add(db, seq);
	crash_point("print.begun");
	return true;
}

static bool print_result(struct db *db, const struct session *s, uint64_t seq,
	enum print_state result, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_PRINT,
		.actor = s->user.number,
		.ref = seq,
		.has_result = true,
		.result = result};
	struct payout p;

	if (!must_get(db, seq, &p, err) ||
		!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("print.appended");
	return set_print(db, seq, result, err);
}

bool payouts_print_result(struct db *db, const struct session *s, uint64_t seq,
	enum print_state result, struct err *err)
{
	if (result != PRINT_PRINTED && result != PRINT_UNKNOWN &&
		result != PRINT_FAILED)
		return err_set(err, ERR_INVALID, 0, "no result of printing");
	if (!db_begin(db, err) ||
		!db_end(db, print_result(db, s, seq, result, err), err))
		return false;
	printing_remove(db, seq);
	crash_point("print.recorded");
	return true;
}

/*
 * The process that printed it died meanwhile, and nobody knows how far it
 * came. The book says so before it says anything that follows from it; else
 * a first copy without an original would stand there unexplained.
 */
static bool note_unsure(struct db *db, const struct session *s,
	const struct payout *p, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;

	if (p->print != PRINT_UNKNOWN)
		return true;
	st = stmt_get(db, &payouts_after_stmts, IS_PRINTING);
	stmt_int(st, ":seq", (sqlite3_int64)p->seq);
	got = stmt_row(db, st, err);
	stmt_done(st);
	return got == LOOKUP_ABSENT ||
	       (got == LOOKUP_FOUND &&
		       print_result(db, s, p->seq, PRINT_UNKNOWN, err));
}

static enum verdict reprint(struct db *db, const struct session *s,
	uint64_t seq, int reason, int *copy, struct refusal *why,
	struct err *err)
{
	struct journal_entry entry = {.kind = JOURNAL_REPRINT,
		.actor = s->user.number,
		.ref = seq,
		.has_reason = true,
		.reason = (uint64_t)reason,
		.has_result = true};
	struct payout p;
	sqlite3_stmt *st;
	enum verdict v;

	v = roles_may(db, s, ACT_REPRINT, why);
	if (v != VERDICT_DONE)
		return v;
	switch (payouts_get(db, seq, &p, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	*copy = p.copies + 1;
	entry.result = (uint64_t)*copy;
	if (!note_unsure(db, s, &p, err) ||
		!journal_append(db, &entry, NULL, err))
		return VERDICT_FAILED;
	crash_point("reprint.appended");
	st = stmt_get(db, &payouts_after_stmts, SET_COPIES);
	stmt_int(st, ":copies", *copy);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict payouts_reprint(struct db *db, const struct session *s,
	uint64_t seq, int reason, int *copy, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (reason < 0) {
		err_set(err, ERR_INVALID, 0, "reason %d", reason);
		return VERDICT_FAILED;
	}
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, reprint(db, s, seq, reason, copy, why, err),
		err);
	if (v == VERDICT_DONE)
		crash_point("reprint.committed");
	return v;
}

bool payouts_write_not_paid(struct db *db, const struct session *s,
	const struct person *p, enum not_paid reason, const char *date,
	uint64_t *seq, struct err *err)
{
	uint8_t pd[PAYOUT_PD_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_NOT_PAID,
		.actor = s->user.number,
		.pd = pd,
		.person = p->id,
		.pd_len = payouts_pd(p, NULL, date, pd),
		.has_result = true,
		.result = reason};
	const struct sealed sealed = {.text = {date}};
	uint8_t locked[SEALED_SIZE];
	struct journal_done done;
	sqlite3_stmt *st;

	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("notpaid.appended");
	if (seq)
		*seq = done.seq;
	if (reason == NOT_PAID_NONE) {
		st = stmt_get(db, &payouts_after_stmts, PAYABLE);
		stmt_int(st, ":person", p->id);
		return stmt_run(db, st, err);
	}
	st = stmt_get(db, &payouts_after_stmts, NOT_PAID);
	stmt_int(st, ":person", p->id);
	stmt_int(st, ":reason", reason);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	sealed_put(db, st, ":sealed", DATAKEY_NOT_PAID, p->id, &sealed, locked);
	return stmt_run(db, st, err);
}

static enum verdict not_paid(struct db *db, const struct session *s,
	int64_t person, enum not_paid reason, struct date date,
	struct refusal *why, struct err *err)
{
	char text[DATE_TEXT_SIZE];
	struct person_due due;
	enum verdict v;

	v = roles_may(db, s,
		reason == NOT_PAID_NONE ? ACT_TAKE_BACK : ACT_NOT_PAID, why);
	if (v != VERDICT_DONE)
		return v;
	switch (people_get(db, person, &due, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	v = window_clock(db, why, err);
	if (v == VERDICT_DONE &&
		!payouts_write_not_paid(db, s, &due.person, reason,
			date_iso(date, text), NULL, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict payouts_not_paid(struct db *db, const struct session *s,
	int64_t person, enum not_paid reason, struct date date,
	struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, not_paid(db, s, person, reason, date, why, err),
		err);
	if (v == VERDICT_DONE)
		crash_point("notpaid.committed");
	return v;
}
