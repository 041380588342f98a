/* payouts_pad.c - sheets of the pad: paid by hand first, entered later (T17). */
#include <string.h>

#include "core/clock.h"
#include "db/payouts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	BY_PAD,
	COUNT
};

static const char *const sql[COUNT] = {
	/* The second half lets the index of those that have one be used. */
	[BY_PAD] = "SELECT seq FROM payout WHERE pad = :pad AND pad <> ''",
};

const struct stmt_set payouts_pad_stmts = {"payouts_pad", sql, COUNT};

/* As pads are numbered. */
static const size_t width = 6;
/* A sheet that was forgotten for longer is a matter for the centre. */
static const int64_t oldest = INT64_C(31) * 86400 * 1000;

bool payouts_pad_number(const char *text, char out[PAYOUT_PAD_SIZE])
{
	const size_t zeros = strspn(text, "0");
	const size_t digits = strspn(text + zeros, "0123456789");
	const size_t fill = digits < width ? width - digits : 0;

	if (digits == 0 || text[zeros + digits] != '\0' ||
		fill + digits >= PAYOUT_PAD_SIZE)
		return false;
	memset(out, '0', fill);
	memcpy(out + fill, text + zeros, digits + 1);
	return true;
}

static enum lookup seq_of(struct db *db, const char *number, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_pad_stmts, BY_PAD);
	enum lookup got;

	stmt_text(st, ":pad", number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

enum lookup payouts_by_pad(struct db *db, const char *pad, struct payout *out,
	struct err *err)
{
	char number[PAYOUT_PAD_SIZE];
	uint64_t seq;
	enum lookup got;

	if (!payouts_pad_number(pad, number))
		return LOOKUP_ABSENT;
	got = seq_of(db, number, &seq, err);
	return got == LOOKUP_FOUND ? payouts_get(db, seq, out, err) : got;
}

enum verdict payouts_may_enter(struct db *db, struct pay_request *r,
	struct refusal *why, struct err *err)
{
	const int64_t ago = clock_wall_ms() - r->given_at;
	char number[PAYOUT_PAD_SIZE];
	uint64_t seq;

	if (!r->pad[0])
		return VERDICT_DONE;
	if (!payouts_pad_number(r->pad, number) || r->given_at <= 0 ||
		ago <= 0 || ago > oldest)
		return refuse(why, REFUSED_LATE);
	memcpy(r->pad, number, sizeof(r->pad));
	switch (seq_of(db, number, &seq, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return VERDICT_DONE;
	case LOOKUP_FOUND:
		break;
	}
	if (payouts_prior(db, seq, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->actor = why->prior.actor;
	why->amount = why->prior.amount;
	return refuse(why, REFUSED_PAD);
}
