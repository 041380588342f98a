#include "db/shifts.h"
#include "db/roles_internal.h"

#include <string.h>

#include "core/crash.h"
#include "db/check_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "db/shifts_internal.h"
#include "db/slips.h"
#include "db/stmt.h"
#include "db/users_internal.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	CURRENT,
	OPEN,
	CLOSE,
	COUNT
};

static const char *const sql[COUNT] = {
	/* In brackets: clang warns of long strings joined in a table. */
	[CURRENT] =
		("SELECT s.number, s.actor, s.opened_at, s.tot, u.name,"
		 " u.revoked, u.until"
		 " FROM shift AS s LEFT JOIN user AS u ON u.number = s.actor"
		 " WHERE s.close_seq IS NULL /* scan */"),
	[OPEN] = "INSERT INTO shift (number, actor, open_seq, opened_at, tot)"
		 " VALUES (:number, :actor, :seq, :at, :tot)",
	[CLOSE] = "UPDATE shift SET close_seq = :seq WHERE number = :number",
};

const struct stmt_set shifts_stmts = {"shifts", sql, COUNT};

void shifts_since(const struct journal_totals *now,
	const struct journal_totals *then, struct shift *out)
{
	out->float_in = now->float_in - then->float_in;
	out->float_out = now->float_out - then->float_out;
	out->paid = now->paid_gross - then->paid_gross -
		    (now->void_gross - then->void_gross);
	out->payouts =
		now->payments - then->payments - (now->voids - then->voids);
	out->expected = out->float_in - out->float_out - out->paid;
}

/* Is he out of here, so that nobody could ever close his drawer? */
static bool has_left(struct db *db, const struct user *u, enum shift_left *out,
	struct err *err)
{
	bool over;

	if (!users_time_is_over(db, u, &over, err))
		return false;
	*out = u->revoked ? SHIFT_LEFT_REVOKED
	       : over     ? SHIFT_LEFT_OVER
			  : SHIFT_LEFT_NOT;
	return true;
}

enum lookup shifts_current(struct db *db, struct shift *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &shifts_stmts, CURRENT);
	uint8_t tot[TOTALS_BYTES];
	struct journal_totals then;
	struct journal_head head;
	struct user agent;
	const enum lookup got = stmt_row(db, st, err);
	bool whole;

	if (got != LOOKUP_FOUND)
		return got;
	*out = (struct shift){.number = sqlite3_column_int64(st, 0),
		.actor = sqlite3_column_int64(st, 1),
		.opened_at = sqlite3_column_int64(st, 2)};
	whole = stmt_column_blob(st, 3, tot, sizeof(tot));
	stmt_column_text(st, 4, out->actor_name, sizeof(out->actor_name));
	agent = (struct user){.revoked = sqlite3_column_int(st, 5) != 0,
		.until = sqlite3_column_int(st, 6)};
	stmt_done(st);
	if (!has_left(db, &agent, &out->left, err))
		return LOOKUP_FAILED;
	if (!whole) {
		err_set(err, ERR_CORRUPT, 0,
			"what the shift began with has a wrong size");
		return LOOKUP_FAILED;
	}
	if (!journal_head(db, &head, err))
		return LOOKUP_FAILED;
	totals_unpack(tot, &then);
	shifts_since(&head.totals, &then, out);
	return LOOKUP_FOUND;
}

enum verdict shifts_own(struct db *db, const struct session *s,
	struct shift *out, struct refusal *why, struct err *err)
{
	const enum verdict may = roles_may(db, s, ACT_DRAWER, why);

	if (may != VERDICT_DONE)
		return may;
	switch (shifts_current(db, out, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_SHIFT);
	case LOOKUP_FOUND:
		break;
	}
	why->actor = out->actor;
	if (out->actor != s->user.number)
		return refuse(why, REFUSED_NOT_YOUR_SHIFT);
	return window_clock(db, why, err);
}

bool shifts_is_left(struct db *db, const struct session *s, struct shift *out,
	bool *is, struct err *err)
{
	*out = (struct shift){0};
	*is = false;
	if (shifts_current(db, out, err) == LOOKUP_FAILED)
		return false;
	*is = out->left != SHIFT_LEFT_NOT && out->actor != s->user.number;
	return true;
}

/* His own, or that of somebody who is out. */
static enum verdict to_close(struct db *db, const struct session *s,
	struct shift *out, bool *stands_in, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	if (!shifts_is_left(db, s, out, stands_in, err))
		return VERDICT_FAILED;
	if (!*stands_in)
		return shifts_own(db, s, out, why, err);
	v = roles_may(db, s, ACT_STAND_IN, why);
	return v == VERDICT_DONE ? window_clock(db, why, err) : v;
}

static bool notes_are_counted(const struct notes *n)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		if (n->pieces[i] < 0)
			return false;
	return true;
}

static bool put_float(struct db *db, const struct session *s,
	enum journal_kind kind, const struct notes *n, struct err *err)
{
	const struct journal_entry entry = {.kind = kind,
		.actor = s->user.number,
		.by = s,
		.has_amount = true,
		.amount = notes_sum(n),
		.notes = n};

	return journal_append(db, &entry, NULL, err);
}

/* KEYROLL, OPEN and FLOAT_IN. */
static bool write_open(struct db *db, const struct session *s,
	const struct notes *in, uint64_t flags, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_OPEN,
		.actor = s->user.number,
		.flags = flags};
	sqlite3_stmt *st;
	uint8_t tot[TOTALS_BYTES];
	struct journal_done done;
	struct journal_head head;

	crash_point("shift.begin");
	if (!journal_head(db, &head, err) ||
		!journal_roll_key(db, s->user.number, head.shift + 1, err) ||
		!journal_append(db, &entry, &done, err))
		return false;
	totals_pack(&head.totals, tot);
	st = stmt_get(db, &shifts_stmts, OPEN);
	stmt_int(st, ":number", (sqlite3_int64)head.shift + 1);
	stmt_int(st, ":actor", s->user.number);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":at", done.t);
	stmt_blob(st, ":tot", tot, sizeof(tot));
	if (!stmt_run(db, st, err))
		return false;
	crash_point("shift.opened");
	if (!put_float(db, s, JOURNAL_FLOAT_IN, in, err))
		return false;
	crash_point("shift.floated");
	return true;
}

/* The slip of the last shift: there, not asked for, or left out. */
static enum verdict slip_fits(struct db *db, const char *slip, uint64_t *flags,
	struct refusal *why, struct err *err)
{
	struct proof_found found;
	int64_t last;

	if (!shifts_last_closed(db, &last, err))
		return VERDICT_FAILED;
	if (!slip) {
		*flags = last > 0 ? JOURNAL_OVERRIDE : 0;
		return VERDICT_DONE;
	}
	if (!proof_look(db, slip, &found, err))
		return VERDICT_FAILED;
	if (found.proof != PROOF_AGREES || !found.slip || found.shift != last)
		return refuse(why, REFUSED_SLIP);
	return VERDICT_DONE;
}

static enum verdict open_one(struct db *db, const struct session *s,
	const struct notes *in, const char *slip, struct shift *out,
	struct refusal *why, struct err *err)
{
	struct shift other;
	uint64_t flags = 0;
	enum verdict v;

	v = roles_may(db, s, ACT_DRAWER, why);
	if (v != VERDICT_DONE)
		return v;
	if (!notes_are_counted(in))
		return refuse(why, REFUSED_NOTES);
	switch (shifts_current(db, &other, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		why->actor = other.actor;
		return refuse(why, REFUSED_SHIFT_OPEN);
	case LOOKUP_ABSENT:
		break;
	}
	if (db->lost_tail)
		return refuse(why, REFUSED_TAIL_LOST);
	if (db->moved == MOVED_AWAY)
		return refuse(why, REFUSED_MOVED);
	v = window_clock(db, why, err);
	if (v == VERDICT_DONE)
		v = slip_fits(db, slip, &flags, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!check_book(db, err) || !write_open(db, s, in, flags, err) ||
		shifts_current(db, out, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	return VERDICT_DONE;
}

enum verdict shifts_open(struct db *db, const struct session *s,
	const struct notes *in, struct shift *out, struct refusal *why,
	struct err *err)
{
	return shifts_open_with(db, s, in, NULL, out, why, err);
}

enum verdict shifts_open_with(struct db *db, const struct session *s,
	const struct notes *in, const char *slip, struct shift *out,
	struct refusal *why, struct err *err)
{
	struct err ignored;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, open_one(db, s, in, slip, out, why, err), err);
	/* The old signing key must leave the log file too. If that fails the
	 * shift is open all the same; the next checkpoint does it. */
	if (v == VERDICT_DONE) {
		crash_point("shift.committed");
		db_checkpoint(db, &ignored);
	}
	return v;
}

static enum verdict move_cash(struct db *db, const struct session *s,
	enum journal_kind kind, const struct notes *n, struct shift *out,
	struct refusal *why, struct err *err)
{
	const enum verdict own = shifts_own(db, s, out, why, err);

	if (own != VERDICT_DONE)
		return own;
	if (!notes_are_counted(n) || notes_sum(n) == 0)
		return refuse(why, REFUSED_NOTES);
	if (kind == JOURNAL_FLOAT_OUT && notes_sum(n) > out->expected) {
		why->amount = out->expected;
		return refuse(why, REFUSED_NOT_ENOUGH_CASH);
	}
	if (!put_float(db, s, kind, n, err))
		return VERDICT_FAILED;
	crash_point("float.appended");
	return shifts_current(db, out, err) == LOOKUP_FOUND ? VERDICT_DONE
							    : VERDICT_FAILED;
}

static enum verdict move(struct db *db, const struct session *s,
	enum journal_kind kind, const struct notes *n, struct shift *out,
	struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, move_cash(db, s, kind, n, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("float.committed");
	return v;
}

enum verdict shifts_top_up(struct db *db, const struct session *s,
	const struct notes *in, struct shift *out, struct refusal *why,
	struct err *err)
{
	return move(db, s, JOURNAL_FLOAT_IN, in, out, why, err);
}

enum verdict shifts_drop(struct db *db, const struct session *s,
	const struct notes *notes, struct shift *out, struct refusal *why,
	struct err *err)
{
	return move(db, s, JOURNAL_FLOAT_OUT, notes, out, why, err);
}

/* May this shift be closed with that difference? */
static enum verdict may_close(struct db *db, const struct session *s,
	enum shift_reason reason, const struct session *by,
	const struct shift_slip *slip, bool stands_in, struct refusal *why,
	struct err *err)
{
	switch (payouts_prior_open(db, &why->prior, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		return refuse(why, REFUSED_OPEN_PAYOUT);
	case LOOKUP_ABSENT:
		break;
	}
	if (slip->difference == 0 && !by && !stands_in)
		return VERDICT_DONE;
	why->amount = slip->difference;
	if (slip->difference != 0 && (reason == SHIFT_REASON_NONE || !by))
		return refuse(why, REFUSED_DIFFERENCE);
	return second_person(db, s, by, why);
}

static bool write_difference(struct db *db, const struct session *s,
	enum shift_reason reason, const struct session *by, int64_t difference,
	struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_OVER_SHORT,
		.actor = s->user.number,
		.cosig = by,
		.has_amount = true,
		.amount = difference < 0 ? -difference : difference,
		.has_reason = true,
		.reason = reason,
		.has_result = true,
		.result = difference > 0 ? COUNTED_OVER : COUNTED_SHORT};

	if (difference == 0)
		return true;
	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("close.differs");
	return true;
}

/* COUNT, OVER_SHORT, CLOSE. */
static bool write_close(struct db *db, const struct session *s,
	const struct notes *counted, enum shift_reason reason,
	const struct session *by, struct shift_slip *slip, struct err *err)
{
	const struct journal_entry count = {.kind = JOURNAL_COUNT,
		.actor = s->user.number,
		.by = s,
		.has_amount = true,
		.amount = slip->counted,
		.notes = counted};
	struct journal_entry end = count;
	const int64_t number = slip->shift.number;
	struct journal_done done;
	sqlite3_stmt *st;

	end.kind = JOURNAL_CLOSE;
	if (slip->shift.actor != s->user.number) {
		end.flags = JOURNAL_OVERRIDE;
		end.has_reason = true;
		end.reason = slip->shift.left;
	}
	end.amount = slip->shift.expected;
	end.cosig = by;
	crash_point("close.begin");
	if (!journal_append(db, &count, NULL, err))
		return false;
	crash_point("close.counted");
	if (!write_difference(db, s, reason, by, slip->difference, err) ||
		!journal_append(db, &end, &done, err))
		return false;
	crash_point("close.appended");
	st = stmt_get(db, &shifts_stmts, CLOSE);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":number", number);
	if (!stmt_run(db, st, err))
		return false;
	crash_point("close.filed");
	/* The slip is what the book has, now and whenever it is printed. */
	return slips_get(db, number, slip, err) == LOOKUP_FOUND;
}

static enum verdict close_one(struct db *db, const struct session *s,
	const struct notes *counted, enum shift_reason reason,
	const struct session *by, struct shift_slip *slip, struct refusal *why,
	struct err *err)
{
	enum verdict v;
	bool stands_in;

	*slip = (struct shift_slip){0};
	v = to_close(db, s, &slip->shift, &stands_in, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!notes_are_counted(counted))
		return refuse(why, REFUSED_NOTES);
	slip->counted = notes_sum(counted);
	slip->difference = slip->counted - slip->shift.expected;
	v = may_close(db, s, reason, by, slip, stands_in, why, err);
	if (v == VERDICT_DONE &&
		!write_close(db, s, counted, reason, by, slip, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict shifts_close(struct db *db, const struct session *s,
	const struct notes *counted, enum shift_reason reason,
	const struct session *by, struct shift_slip *out, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db,
		close_one(db, s, counted, reason, by, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("close.committed");
	return v;
}
