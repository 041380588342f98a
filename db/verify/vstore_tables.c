/* vstore_tables.c - state, paid, payout, shift, epoch against the book (V40). */
#include <string.h>

#include "core/str.h"
#include "db/verify/vpaper.h"
#include "db/verify/vstore_internal.h"

enum {
	PRINTING = 1 /* of a payout: nobody said yet what came of it */
};

/* Eight bytes each, big-endian. */
static bool totals_are(const uint8_t *packed, const int64_t tot[VTOTAL_COUNT])
{
	for (int i = 0; i < VTOTAL_COUNT; i++) {
		uint64_t v = 0;

		for (int k = 0; k < 8; k++)
			v = v << 8 | packed[8 * i + k];
		if (v != (uint64_t)tot[i])
			return false;
	}
	return true;
}

/* ---- state -----------------------------------------------------------------
 */

static void compare_state(sqlite3_stmt *st, const struct audit_sum *sum,
	struct vreport *report)
{
	const uint8_t *head = vstore_blob(st, 1, VRECORD_HASH);
	const uint8_t *tot = vstore_blob(st, 2, 8 * VTOTAL_COUNT);

	if ((uint64_t)sqlite3_column_int64(st, 0) != sum->last_seq)
		vreport_find(report, 0, 40,
			"table state ends at record %lld, the journal at %llu",
			(long long)sqlite3_column_int64(st, 0),
			(unsigned long long)sum->last_seq);
	else if (!head ||
		 (sum->has_h && memcmp(head, sum->h, sizeof(sum->h)) != 0))
		vreport_find(report, 0, 40,
			"table state has another hash of the last record");
	if (!tot || (sum->has_tot && !totals_are(tot, sum->tot)))
		vreport_find(report, 0, 40,
			"the totals of table state are not the journal's");
	if (sum->has_shift &&
		(uint64_t)sqlite3_column_int64(st, 3) != sum->shift)
		vreport_find(report, 0, 40,
			"table state has another shift than the journal");
	if (sum->whole && (uint64_t)sqlite3_column_int64(st, 4) != sum->epoch)
		vreport_find(report, 0, 40,
			"table state has another epoch than the journal");
	if (sum->whole &&
		(uint64_t)sqlite3_column_int64(st, 5) != sum->acked_seq)
		vreport_find(report, 0, 40,
			"table state has another acknowledged record than the "
			"journal");
}

static bool check_state(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT last_seq, head, tot, shift, epoch, acked_seq"
		" FROM state",
		err);
	int rows = 0;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		compare_state(st, sum, report);
		rows++;
	}
	if (st && ok && rows != 1)
		vreport_find(report, 0, 40, "table state has %d rows", rows);
	return st && ok;
}

/* ---- paid ------------------------------------------------------------------
 */

static void compare_paid(sqlite3_stmt *st, const struct audit *a,
	struct vreport *report)
{
	const uint8_t *ent = vstore_blob(st, 0, VRECORD_ID);
	const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 1);
	const struct audit_pay *p = ent ? audit_pay_of(a, ent) : NULL;

	if (!p)
		vreport_find(report, seq, 40,
			"table paid has an entitlement that no record paid");
	else if (p->seq != seq || (int)p->state != sqlite3_column_int(st, 2))
		vreport_find(report, p->seq, 40,
			"table paid does not say of it what the journal says");
}

static bool check_paid(struct vstore *s, const struct audit *a,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT ent, seq, state FROM paid ORDER BY ent", err);
	size_t rows = 0;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		compare_paid(st, a, report);
		rows++;
	}
	if (st && ok && rows != audit_ents(a))
		vreport_find(report, 0, 40,
			"table paid has %zu rows, the journal %zu "
			"entitlements",
			rows, audit_ents(a));
	return st && ok;
}

/* ---- payout ----------------------------------------------------------------
 */

static bool code_is(sqlite3_stmt *st, int column, uint64_t bits)
{
	const char *text = (const char *)sqlite3_column_text(st, column);
	struct vpaper p;

	return text && vpaper_read(text, &p) && p.kind == VPAPER_CODE &&
	       p.bits == bits;
}

/* PRINTING stands before the record that says what came of it. */
static bool print_is(const struct audit_pay *p, int print)
{
	return print == p->print || (print == PRINTING && !p->original);
}

/* Columns that stores of an earlier schema do not have. */
static bool after_is(sqlite3_stmt *st, const struct audit_pay *p)
{
	const char *pad = (const char *)sqlite3_column_text(st, 7);

	if (sqlite3_column_int(st, 6) < 0)
		return true;
	return sqlite3_column_int(st, 6) == p->void_reason && pad &&
	       (*pad ? audit_pad(pad) : 0) == p->pad;
}

static void compare_payout(sqlite3_stmt *st, const struct audit_pay *p,
	struct vreport *report)
{
	const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);

	if (!p || p->seq != seq)
		vreport_find(report, seq, 40,
			"table payout has a row of a record that is no PAY");
	else if ((int)p->state != sqlite3_column_int(st, 1) ||
		 !print_is(p, sqlite3_column_int(st, 2)) ||
		 p->copies != (uint32_t)sqlite3_column_int64(st, 3) ||
		 p->shift != (uint64_t)sqlite3_column_int64(st, 4) ||
		 !code_is(st, 5, p->bits) || !after_is(st, p))
		vreport_find(report, seq, 40,
			"table payout does not say of it what the journal "
			"says");
}

static const struct audit_pay *find_pay(const struct audit_pay *pays,
	size_t count, uint64_t seq)
{
	size_t low = 0;

	while (low < count) {
		const size_t mid = low + (count - low) / 2;

		if (pays[mid].seq < seq)
			low = mid + 1;
		else
			count = mid;
	}
	return pays + low;
}

static bool has_pad(struct vstore *s, bool *ok, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s, "PRAGMA table_info(payout)", err);
	bool found = false;

	*ok = st != NULL;
	while (st && vstore_row(s, st, ok, err)) {
		const char *name = (const char *)sqlite3_column_text(st, 1);

		found = found || (name && strcmp(name, "pad") == 0);
	}
	return found;
}

static bool check_payouts(struct vstore *s, const struct audit *a,
	struct vreport *report, struct err *err)
{
	bool had;
	const bool pad = has_pad(s, &had, err);
	sqlite3_stmt *st =
		!had ? NULL
		     : vstore_prepare(s,
			       pad ? "SELECT seq, state, print, copies, shift, "
				     "code,"
				     " void_reason, pad FROM payout ORDER BY "
				     "seq"
				   : "SELECT seq, state, print, copies, shift, "
				     "code,"
				     " -1, '' FROM payout ORDER BY seq",
			       err);
	size_t count;
	const struct audit_pay *pays = audit_pays(a, &count);
	size_t rows = 0;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); rows++) {
		const struct audit_pay *p = find_pay(pays, count,
			(uint64_t)sqlite3_column_int64(st, 0));

		compare_payout(st, p < pays + count ? p : NULL, report);
	}
	if (st && ok && rows != count)
		vreport_find(report, 0, 40,
			"table payout has %zu rows, the journal %zu payments",
			rows, count);
	return st && ok;
}

/* ---- shift and epoch -------------------------------------------------------
 */

static bool shift_is(sqlite3_stmt *st, const struct audit_shift *h)
{
	const uint8_t *tot = vstore_blob(st, 4, 8 * VTOTAL_COUNT);

	return (uint64_t)sqlite3_column_int64(st, 0) == h->number &&
	       (uint64_t)sqlite3_column_int64(st, 1) == h->actor &&
	       (uint64_t)sqlite3_column_int64(st, 2) == h->open_seq &&
	       (uint64_t)sqlite3_column_int64(st, 3) == h->opened_at && tot &&
	       (!h->has_tot || totals_are(tot, h->tot)) &&
	       (uint64_t)sqlite3_column_int64(st, 5) == h->close_seq &&
	       (h->close_seq > 0) ==
		       (sqlite3_column_type(st, 5) != SQLITE_NULL);
}

static bool check_shifts(struct vstore *s, const struct audit *a,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT number, actor, open_seq, opened_at, tot, close_seq"
		" FROM shift ORDER BY number",
		err);
	size_t count;
	const struct audit_shift *shifts = audit_shifts(a, &count);
	size_t rows = 0;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); rows++)
		if (rows < count && !shift_is(st, &shifts[rows]))
			vreport_find(report, shifts[rows].open_seq, 40,
				"table shift does not say of it what the "
				"journal says");
	if (st && ok && rows != count)
		vreport_find(report, 0, 40,
			"table shift has %zu rows, the journal %zu shifts",
			rows, count);
	return st && ok;
}

static void compare_epoch(sqlite3_stmt *st, const struct audit_epoch *e,
	bool newest, struct vreport *report)
{
	const uint8_t *key = vstore_blob(st, 1, VRECORD_HASH);

	if ((uint64_t)sqlite3_column_int64(st, 0) != e->seq || !key ||
		memcmp(key, e->key, VRECORD_HASH) != 0)
		vreport_find(report, e->seq, 40,
			"table epoch does not say of it what the journal "
			"says");
	else if (!newest && sqlite3_column_type(st, 2) != SQLITE_NULL)
		vreport_find(report, e->seq, 9,
			"the secret of an epoch that is over is still in the "
			"store");
}

static bool check_epochs(struct vstore *s, const struct audit *a,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT seq, public, secret FROM epoch ORDER BY number", err);
	size_t count;
	const struct audit_epoch *epochs = audit_epochs(a, &count);
	size_t rows = 0;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); rows++)
		if (rows < count)
			compare_epoch(st, &epochs[rows], rows + 1 == count,
				report);
	if (st && ok && rows != count)
		vreport_find(report, 0, 40,
			"table epoch has %zu rows, the journal %zu keys", rows,
			count);
	return st && ok;
}

bool vstore_check_tables(struct vstore *s, struct audit *a,
	struct vreport *report, struct err *err)
{
	struct audit_sum sum;

	audit_sum(a, &sum);
	if (!check_state(s, &sum, report, err) ||
		!vstore_check_lists(s, &sum, report, err))
		return false;
	if (!sum.whole) {
		vreport_skip(report, 40,
			"tables paid, payout, shift and epoch: records are "
			"missing or cannot be read");
		return true;
	}
	return check_paid(s, a, report, err) &&
	       check_payouts(s, a, report, err) &&
	       check_shifts(s, a, report, err) &&
	       check_epochs(s, a, report, err);
}
