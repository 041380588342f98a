/* payouts_void.c - money that comes back: VOID and VOID_RETURNED. */
#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/roles_internal.h"
#include "db/shifts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	REASON,
	COUNT
};

static const char *const sql[COUNT] = {
	[REASON] = "SELECT o.void_reason FROM paid AS p"
		   " JOIN payout AS o ON o.seq = p.seq"
		   " WHERE p.ent = :ent AND p.state = 4",
};

const struct stmt_set payouts_void_stmts = {"payouts_void", sql, COUNT};

bool payouts_voided_as(struct db *db, const uint8_t ent[ENT_SIZE],
	enum void_reason *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_void_stmts, REASON);
	enum lookup got;

	*out = VOID_NONE;
	stmt_blob(st, ":ent", ent, ENT_SIZE);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*out = (enum void_reason)sqlite3_column_int(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

/* The cash is back in the drawer; the totals moved at the VOID. */
static bool write_returned(struct db *db, const struct session *s, uint64_t ref,
	int64_t amount, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_VOID_RETURNED,
		.actor = s->user.number,
		.by = s,
		.ref = ref,
		.has_amount = true,
		.amount = amount};

	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("void.returned");
	return true;
}

bool payouts_write_void(struct db *db, const struct session *s,
	const struct session *by, const struct payout *p,
	enum void_reason reason, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_VOID,
		.actor = s->user.number,
		.by = s,
		.cosig = by,
		.ref = p->seq,
		.has_amount = true,
		.amount = p->amount,
		.person = p->person.id,
		.has_reason = true,
		.reason = reason,
		.flags = by ? 0 : JOURNAL_OVERRIDE,
		.item = p->item,
		.items = p->items};
	struct journal_done done;

	crash_point("void.begin");
	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("void.appended");
	if (reason != VOID_NOT_HANDED &&
		!write_returned(db, s, done.seq, p->amount, err))
		return false;
	if (!payouts_set_state(db, p, PAYOUT_VOIDED, reason, err))
		return false;
	crash_point("void.marked");
	return true;
}

static enum verdict find_handed(struct db *db, uint64_t seq, struct payout *out,
	struct refusal *why, struct err *err)
{
	switch (payouts_get(db, seq, out, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	if (payouts_prior(db, seq, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->amount = out->amount;
	if (out->state == PAYOUT_VOIDED)
		return refuse(why, REFUSED_VOIDED);
	return VERDICT_DONE;
}

/*
 * The QR says which payment it is, not whether this sheet is the original:
 * copies bear it too, and the second person has to look (BẢN SAO). A receipt
 * written by hand has no QR: there it is the number of its sheet.
 */
static bool is_paper_of(const struct payout *p, const char *paper)
{
	char number[PAYOUT_PAD_SIZE];
	size_t len;

	if (!paper)
		return false;
	/* Scanners put a line end behind it. */
	len = strcspn(paper, "\r\n");
	if (len == strlen(p->qr) && memcmp(paper, p->qr, len) == 0)
		return true;
	return p->pad[0] && payouts_pad_number(paper, number) &&
	       strcmp(number, p->pad) == 0;
}

static enum verdict may_void(struct db *db, const struct session *s,
	const struct void_request *request, struct payout *out,
	struct refusal *why, struct err *err)
{
	struct shift shift;
	enum verdict v;

	if (roles_may(db, s, ACT_PAY, why) != VERDICT_DONE)
		return VERDICT_REFUSED;
	/* What became of it may be among the records that are not here. */
	if (db->lost_tail)
		return refuse(why, REFUSED_TAIL_LOST);
	if (db->moved == MOVED_AWAY)
		return refuse(why, REFUSED_MOVED);
	switch (payouts_prior_open(db, &why->prior, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		why->actor = why->prior.actor;
		why->amount = why->prior.amount;
		return refuse(why, REFUSED_OPEN_PAYOUT);
	case LOOKUP_ABSENT:
		break;
	}
	v = shifts_own(db, s, &shift, why, err);
	if (v == VERDICT_DONE)
		v = find_handed(db, request->seq, out, why, err);
	if (v == VERDICT_DONE && request->reason == VOID_RECEIPT_BACK &&
		!is_paper_of(out, request->paper))
		v = refuse(why, REFUSED_PAPER);
	if (v == VERDICT_DONE)
		v = second_person(db, s, request->by, why);
	return v;
}

enum verdict payouts_void(struct db *db, const struct session *s,
	const struct void_request *request, struct payout *out,
	struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (request->reason != VOID_RECEIPT_BACK &&
		request->reason != VOID_RECEIPT_LOST) {
		err_set(err, ERR_INVALID, 0,
			"no reason to void what was given");
		return VERDICT_FAILED;
	}
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = may_void(db, s, request, out, why, err);
	if (v == VERDICT_DONE && !payouts_write_void(db, s, request->by, out,
					 request->reason, err))
		v = VERDICT_FAILED;
	v = db_end_verdict(db, v, err);
	if (v != VERDICT_DONE)
		return v;
	crash_point("void.committed");
	return payouts_get(db, request->seq, out, err) == LOOKUP_FOUND
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}
