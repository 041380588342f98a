/* audit_salvage.c - which records hold, for salvage.h. */
#include <string.h>

#include "db/verify/audit_internal.h"
#include "db/verify/salvage.h"

void audit_before(struct audit *a)
{
	a->had_h = a->has_h;
	memcpy(a->h_before, a->h, sizeof(a->h_before));
}

/* What the totals were before this record, by what it says and adds. */
static void totals_before(const struct audit *a, int64_t tot[VTOTAL_COUNT])
{
	int64_t added[VTOTAL_COUNT] = {0};

	audit_add_up(&a->r, added);
	for (int i = 0; i < VTOTAL_COUNT; i++)
		tot[i] = a->r.tot[i] - added[i];
}

bool audit_keep(struct audit *a, const struct audit_row *row, struct err *err)
{
	struct salvage *s = a->options.salvage;
	int64_t tot[VTOTAL_COUNT];
	const struct salvage_place before = {.dev = a->begin.dev,
		.device_key = a->begin.device_key,
		.h = a->h_before,
		.key = a->key.key,
		.tot = tot,
		.keys = a->keys};
	const bool honest =
		a->signed_well ||
		(a->key.unsigned_now > 0 && (a->r.fl & VFLAG_SIGFAIL) != 0);

	if (!s)
		return true;
	if (!a->had_h || !a->sound || !honest)
		return salvage_break(s, err);
	totals_before(a, tot);
	return salvage_add(s, &before, a->r.seq, row->body, row->len, row->sig,
		row->rsig, a->h, err);
}
