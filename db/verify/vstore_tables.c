/* vstore_tables.c - state, paid, payout, shift, epoch against the book (V40). */
#include <string.h>

#include "db/verify/vpaper.h"
#include "db/verify/vstore_internal.h"

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
	if ((uint64_t)sqlite3_column_int64(st, 5) != sum->acked_seq)
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

bool vstore_check_tables(struct vstore *s, struct audit *a,
	struct vreport *report, struct err *err)
{
	struct audit_sum sum;

	audit_sum(a, &sum);
	return check_state(s, &sum, report, err) &&
	       (!sum.whole || check_paid(s, a, report, err));
}
