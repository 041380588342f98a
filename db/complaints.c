#include "db/complaints.h"

#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	RECORDS,
	COUNT
};

static const char *const sql[COUNT] = {
	[RECORDS] = "SELECT seq, body FROM journal WHERE seq > :after"
		    " ORDER BY seq",
};

const struct stmt_set complaints_stmts = {"complaints", sql, COUNT};

static const struct {
	enum complaint_reason reason;
	const char *name;
} names[] = {
	{COMPLAINT_NOT_RECEIVED, "not_received"},
	{COMPLAINT_AMOUNT, "amount"},
	{COMPLAINT_PERSON, "person"},
	{COMPLAINT_OTHER, "other"},
};

const char *complaint_reason_name(enum complaint_reason r)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].reason == r)
			return names[i].name;
	return "unknown";
}

bool complaint_reason_parse(const char *name, enum complaint_reason *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0) {
			*out = names[i].reason;
			return true;
		}
	return false;
}

/* What the book says of the payment, and who noted the complaint. */
static bool fill(struct db *db, uint64_t seq, const struct record *r,
	struct complaint *out, struct err *err)
{
	struct refusal_prior by;
	struct payout p;

	if (payouts_prior(db, seq, &by, err) != LOOKUP_FOUND ||
		payouts_get(db, r->ref, &p, err) != LOOKUP_FOUND)
		return false;
	*out = (struct complaint){.seq = seq,
		.t = by.t,
		.actor = by.actor,
		.reason = (enum complaint_reason)r->reason,
		.payout = r->ref,
		.amount = p.amount,
		.state = p.state};
	str_copy(out->actor_name, sizeof(out->actor_name), by.actor_name);
	memcpy(out->code, p.code, sizeof(out->code));
	return true;
}

static enum verdict note(struct db *db, const struct session *s,
	uint64_t payout, enum complaint_reason reason, uint64_t *seq,
	struct refusal *why, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_COMPLAINT,
		.actor = s->user.number,
		.ref = payout,
		.has_reason = true,
		.reason = (uint64_t)reason};
	enum verdict v = roles_may(db, s, ACT_REPRINT, why);
	struct journal_done done;
	struct payout p;

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	switch (payouts_get(db, payout, &p, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	if (!journal_append(db, &entry, &done, err))
		return VERDICT_FAILED;
	crash_point("complaint.appended");
	*seq = done.seq;
	return VERDICT_DONE;
}

enum verdict complaints_note(struct db *db, const struct session *s,
	uint64_t payout, enum complaint_reason reason, struct complaint *out,
	struct refusal *why, struct err *err)
{
	const struct record r = {.ref = payout, .reason = (uint64_t)reason};
	uint64_t seq = 0;
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, note(db, s, payout, reason, &seq, why, err),
		err);
	if (v == VERDICT_DONE)
		crash_point("complaint.committed");
	if (v == VERDICT_DONE && !fill(db, seq, &r, out, err))
		v = VERDICT_FAILED;
	return v;
}

/* The next one behind record after: its number and the record. */
static enum lookup next(struct db *db, uint64_t after, uint64_t *seq,
	struct record *r, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &complaints_stmts, RECORDS);
	const char *finding;
	enum lookup got;

	stmt_int(st, ":after", (sqlite3_int64)after);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (record_decode(sqlite3_column_blob(st, 1),
			    (size_t)sqlite3_column_bytes(st, 1), r, &finding) &&
			r->kind == JOURNAL_COMPLAINT) {
			*seq = (uint64_t)sqlite3_column_int64(st, 0);
			stmt_done(st);
			return got;
		}
	return got;
}

bool complaints_list(struct db *db, uint64_t after, struct complaint *out,
	int max, int *count, bool *more, struct err *err)
{
	struct record r;
	uint64_t seq;
	enum lookup got;

	*count = 0;
	*more = false;
	while ((got = next(db, after, &seq, &r, err)) == LOOKUP_FOUND) {
		if (*count == max) {
			*more = true;
			return true;
		}
		if (!fill(db, seq, &r, &out[*count], err))
			return false;
		++*count;
		after = seq;
	}
	return got != LOOKUP_FAILED;
}
