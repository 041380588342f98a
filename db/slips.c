#include "db/slips.h"
#include "db/roles_internal.h"

#include <string.h>

#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/shifts_internal.h"
#include "db/signs.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	GET,
	LAST,
	SINCE,
	COUNT
};

static const char *const sql[COUNT] = {
	/* In brackets: clang warns of long strings joined in a table. */
	[GET] = ("SELECT s.number, s.actor, s.opened_at, s.tot, s.close_seq,"
		 " coalesce(u.name, ''), s.open_seq"
		 " FROM shift AS s LEFT JOIN user AS u ON u.number = s.actor"
		 " WHERE s.number = :number AND s.close_seq IS NOT NULL"),
	[LAST] = ("SELECT coalesce(max(number), 0) FROM shift"
		  " WHERE close_seq IS NOT NULL /* scan */"),
	[SINCE] = "SELECT body FROM journal WHERE seq > :seq ORDER BY seq",
};

const struct stmt_set slips_stmts = {"slips", sql, COUNT};

enum {
	REASON_PRINT_AGAIN = 1 /* key 17 of REPRINT */
};

bool shifts_last_closed(struct db *db, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &slips_stmts, LAST);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

static bool read_record(struct db *db, uint64_t seq, struct journal_row *row,
	struct record *r, struct err *err)
{
	const char *finding = "it is not there";

	switch (journal_row(db, seq, row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		if (record_decode(row->body, row->len, r, &finding))
			return true;
		break;
	case LOOKUP_ABSENT:
		break;
	}
	return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
		(unsigned long long)seq, finding);
}

static bool read_second(struct db *db, const struct record *r,
	struct shift_slip *out, struct err *err)
{
	struct user user = {0};

	if (!(r->has & RECORD_HAS(KEY_COSIG)))
		return true;
	out->second = (int64_t)r->approver;
	if (users_get(db, out->second, &user, err) == LOOKUP_FAILED)
		return false;
	memcpy(out->second_name, user.name, sizeof(out->second_name));
	return true;
}

/* OVER_SHORT stands between COUNT and CLOSE, if there is one. */
static bool read_reason(struct db *db, struct shift_slip *out, struct err *err)
{
	struct journal_row row;
	struct record r = {0};

	if (out->difference == 0)
		return true;
	for (uint64_t seq = out->seq - 1; seq > 0; seq--) {
		if (!read_record(db, seq, &row, &r, err))
			return false;
		if (r.kind == JOURNAL_OVER_SHORT) {
			out->reason = (enum shift_reason)r.reason;
			/* Approved by QR he signed this one alone. */
			if (out->second == 0 && !read_second(db, &r, out, err))
				return false;
		}
		if (r.kind == JOURNAL_OVER_SHORT || r.kind == JOURNAL_COUNT)
			break;
	}
	return true;
}

/* Its agent was out. */
static bool read_stand_in(struct db *db, const struct record *r,
	struct shift_slip *out, struct err *err)
{
	struct user user = {0};

	if ((int64_t)r->actor == out->shift.actor)
		return true;
	out->stand_in = (int64_t)r->actor;
	if (users_get(db, out->stand_in, &user, err) == LOOKUP_FAILED)
		return false;
	memcpy(out->stand_in_name, user.name, sizeof(out->stand_in_name));
	return true;
}

/* What the signed record says goes over what tables say. */
static bool fill(struct db *db, const struct journal_totals *then,
	struct shift_slip *out, struct err *err)
{
	struct journal_row row;
	struct record r = {0};
	struct zseal z;

	if (!read_record(db, out->seq, &row, &r, err))
		return false;
	if (r.kind != JOURNAL_CLOSE || !row.has_rsig)
		return err_set(err, ERR_CORRUPT, 0,
			"record %llu is no CLOSE with a slip",
			(unsigned long long)out->seq);
	shifts_since(&r.tot, then, &out->shift);
	chain_zseal(&r, row.h, &z);
	memcpy(z.sig, row.rsig, sizeof(z.sig));
	zseal_text(&z, out->qr);
	seal_code(row.h, out->code);
	memcpy(out->head, row.h, sizeof(out->head));
	out->t = z.t;
	out->clock_quality = (int)r.tq;
	out->notes = r.notes;
	out->counted = z.counted;
	out->shift.expected = z.expected;
	out->difference = z.counted - z.expected;
	return read_second(db, &r, out, err) && read_reason(db, out, err) &&
	       read_stand_in(db, &r, out, err);
}

/*
 * Which notes are too many and too few. People change notes for others without
 * a record, so this is said where the sum differs, and only if each record of
 * the shift said its notes: else the drawer is a guess (core/notes.h).
 */
static bool read_differs(struct db *db, uint64_t opened, struct shift_slip *out,
	struct err *err)
{
	struct notes_stock stock = {.estimate = false};

	if (out->difference == 0)
		return true;
	if (!payouts_stock_between(db, opened, out->seq, &stock, err))
		return false;
	if (stock.estimate || notes_sum(&stock.there) != out->shift.expected)
		return true;
	for (int i = 0; i < NOTES_KINDS; i++)
		out->differs.pieces[i] =
			out->notes.pieces[i] - stock.there.pieces[i];
	return true;
}

static bool read_signs(struct db *db, struct shift_slip *out, struct err *err)
{
	struct signs signs;

	if (signs_of(db, out->shift.number, &signs, err) == LOOKUP_FAILED)
		return false;
	out->signs = signs_sum(&signs);
	return true;
}

enum lookup slips_get(struct db *db, int64_t shift, struct shift_slip *out,
	struct err *err)
{
	struct journal_totals then;
	uint8_t tot[TOTALS_BYTES];
	sqlite3_stmt *st;
	enum lookup got;
	uint64_t opened;
	bool whole;

	*out = (struct shift_slip){0};
	if (shift == 0 && !shifts_last_closed(db, &shift, err))
		return LOOKUP_FAILED;
	st = stmt_get(db, &slips_stmts, GET);
	stmt_int(st, ":number", shift);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->shift.number = sqlite3_column_int64(st, 0);
	out->shift.actor = sqlite3_column_int64(st, 1);
	out->shift.opened_at = sqlite3_column_int64(st, 2);
	whole = stmt_column_blob(st, 3, tot, sizeof(tot));
	out->seq = (uint64_t)sqlite3_column_int64(st, 4);
	stmt_column_text(st, 5, out->shift.actor_name,
		sizeof(out->shift.actor_name));
	opened = (uint64_t)sqlite3_column_int64(st, 6);
	stmt_done(st);
	if (!whole) {
		err_set(err, ERR_CORRUPT, 0,
			"what shift %lld began with has a wrong size",
			(long long)shift);
		return LOOKUP_FAILED;
	}
	totals_unpack(tot, &then);
	return fill(db, &then, out, err) &&
			       read_differs(db, opened, out, err) &&
			       read_signs(db, out, err)
		       ? LOOKUP_FOUND
		       : LOOKUP_FAILED;
}

/* ---- paper -------------------------------------------------------------- */

static void note_paper(const struct record *r, uint64_t seq,
	struct slip_paper *out)
{
	if (r->ref != seq)
		return;
	if (r->kind == JOURNAL_PRINT && r->result != PRINT_FAILED)
		out->printed = true;
	if (r->kind == JOURNAL_REPRINT)
		out->copies = (int)r->result;
}

/*
 * From the book itself, which has no index for this: a slip is printed when
 * the shift closes, seldom later, and then there is time.
 */
bool slips_paper(struct db *db, uint64_t seq, struct slip_paper *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &slips_stmts, SINCE);
	const char *finding;
	struct record r;
	enum lookup got;

	*out = (struct slip_paper){0};
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (record_decode(sqlite3_column_blob(st, 0),
			    (size_t)sqlite3_column_bytes(st, 0), &r, &finding))
			note_paper(&r, seq, out);
	return got != LOOKUP_FAILED;
}

bool slips_print_result(struct db *db, const struct session *s, uint64_t seq,
	enum print_state result, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_PRINT,
		.actor = s ? s->user.number : 0,
		.ref = seq,
		.has_result = true,
		.result = result};

	if (result != PRINT_PRINTED && result != PRINT_UNKNOWN &&
		result != PRINT_FAILED)
		return err_set(err, ERR_INVALID, 0, "no result of printing");
	return journal_append(db, &entry, NULL, err);
}

static enum verdict begin(struct db *db, const struct session *s, uint64_t seq,
	int *copy, struct refusal *why, struct err *err)
{
	struct slip_paper paper;
	struct journal_entry entry = {.kind = JOURNAL_REPRINT,
		.actor = s->user.number,
		.ref = seq,
		.has_reason = true,
		.reason = REASON_PRINT_AGAIN,
		.has_result = true};

	if (roles_may(db, s, ACT_REPRINT, why) != VERDICT_DONE)
		return VERDICT_REFUSED;
	if (!slips_paper(db, seq, &paper, err))
		return VERDICT_FAILED;
	if (!paper.printed && paper.copies == 0)
		return VERDICT_DONE;
	*copy = paper.copies + 1;
	entry.result = (uint64_t)*copy;
	return journal_append(db, &entry, NULL, err) ? VERDICT_DONE
						     : VERDICT_FAILED;
}

enum verdict slips_print_begin(struct db *db, const struct session *s,
	uint64_t seq, int *copy, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	*copy = 0;
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, begin(db, s, seq, copy, why, err), err);
}
