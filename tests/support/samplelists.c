#include "support/samplelists.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

enum {
	HAMLETS = 40
};

static void fill(struct list_taken *t, int i, int count)
{
	const int month = 12 - i % 12;

	*t = (struct list_taken){.is = {.id = count - i,
					 .period =
						 (2026 - i / 12) * 100 + month,
					 .rows = 206 - i,
					 .sum = INT64_C(128500000) - 500000 * i,
					 /* 1 December 2026, 08:05 */
					 .imported_at = INT64_C(1796087100000) -
							INT64_C(2592000000) * i,
					 .seq = (uint64_t)(900 - i),
					 .people = 200 - i,
					 .cash = INT64_C(108000000) -
						 500000 * i,
					 .paid = i ? INT64_C(95000000)
						   : INT64_C(71000000),
					 .people_paid = i ? 190 - i : 142,
					 .by_account = 3000000},
		.actor = i == count - 1 ? 0 : 2};
	if (t->actor)
		str_copy(t->actor_name, sizeof(t->actor_name), "Trần Thị Hoa");
}

const struct list_shelf *samplelists(int count)
{
	static struct list_shelf s;

	s.count = count;
	s.more = false;
	for (int i = 0; i < count; i++)
		fill(&s.list[i], i, count);
	if (count > 1) {
		s.list[0].is.period = s.list[1].is.period;
		s.list[0].is.replaces = s.list[1].is.id;
		s.list[1].is.replaced_by = s.list[0].is.id;
	}
	return &s;
}

const struct list_look *samplelists_one(int hamlets, int fixes)
{
	static struct list_hamlet hamlet[HAMLETS];
	static struct list_look l;

	memset(&l, 0, sizeof(l));
	l.list = samplelists(fixes ? 7 : 1)->list[0];
	l.hamlet = hamlet;
	l.hamlets = hamlets;
	for (int i = 0; i < hamlets; i++) {
		struct list_hamlet *h = &hamlet[i];

		*h = (struct list_hamlet){.people = 30 + i,
			.cash_people = 28 + i,
			.done = i,
			.cash = INT64_C(14000000) + 500000 * i,
			.paid = INT64_C(500000) * i,
			.by_account = 1000000};
		str_copy(h->unit, sizeof(h->unit), "08173");
		if (i < 2)
			h->assigned = h->people - i;
		if (i == 0)
			h->user = 7;
		if (i == 0)
			str_copy(h->user_name, sizeof(h->user_name),
				"Nguyễn Thị Lan");
		if (i < hamlets - 1)
			snprintf(h->hamlet, sizeof(h->hamlet), "Thôn %d",
				i + 1);
	}
	l.fixes = l.kept = fixes;
	l.less = fixes * INT64_C(500000);
	l.more = fixes * INT64_C(150000);
	for (int i = 0; i < fixes; i++) {
		struct list_fixed *f = &l.fix[i];

		*f = (struct list_fixed){
			.kind = (enum list_fix_kind)(i % LIST_FIX_KINDS),
			.kept = i % LIST_FIX_KINDS == LIST_KEPT ? LIST_KEPT_PAID
								: LIST_KEPT_NOT,
			.person = i + 1,
			.period = 202612,
			.what = 1,
			.was = 500000,
			.now = 650000};
		l.fixed[f->kind]++;
		snprintf(f->name, sizeof(f->name), "Nguyễn Thị Đẹp %d", i + 1);
	}
	return &l;
}
