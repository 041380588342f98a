/* vstore_moves.c - table handover against the RELEASE and ACQUIRE records that
 * it is worked out from: V40. */
#include <string.h>

#include "db/verify/vstore_internal.h"

/* Of each entitlement the newest one: of what, how often, and which way. */
static bool says_the_same(sqlite3_stmt *st, const struct vrecord *r)
{
	const void *ent = sqlite3_column_blob(st, 2);
	const bool away = sqlite3_column_int(st, 4) != 0;

	return r->kind == (away ? VKIND_RELEASE : VKIND_ACQUIRE) && ent &&
	       sqlite3_column_bytes(st, 2) == (int)sizeof(r->ent) &&
	       memcmp(ent, r->ent, sizeof(r->ent)) == 0 &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->hop;
}

static bool has_table(struct vstore *s, bool *has, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT 1 FROM sqlite_schema WHERE name = 'handover'"
		" AND type = 'table'",
		err);
	bool ok = true;

	*has = false;
	while (st && vstore_row(s, st, &ok, err))
		*has = true;
	return st && ok;
}

/* Rows that name an older record than the newest, or are missing, change the
 * sum of the records' numbers. */
bool vstore_check_moves(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st;
	uint64_t rows = 0;
	uint64_t seqs = 0;
	bool ok = true;
	bool has;

	if (!has_table(s, &has, err))
		return false;
	if (!has)
		return true;
	st = vstore_prepare(s,
		"SELECT h.seq, j.body, h.ent, h.hop, h.away FROM handover AS h"
		" LEFT JOIN journal AS j ON j.seq = h.seq ORDER BY h.seq",
		err);
	while (st && vstore_row(s, st, &ok, err)) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);
		const uint8_t *body = sqlite3_column_blob(st, 1);
		struct vrecord r;

		rows++;
		seqs += seq;
		if (!body ||
			!vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1),
				&r) ||
			!says_the_same(st, &r))
			vreport_find(report, seq, 40,
				"table handover does not say what this record "
				"says");
	}
	if (st && ok && sum->whole &&
		(rows != sum->moves || seqs != sum->moves_sum))
		vreport_find(report, 0, 40,
			"table handover has %llu rows, the journal %llu moved "
			"entitlements, or others",
			(unsigned long long)rows,
			(unsigned long long)sum->moves);
	return st && ok;
}
