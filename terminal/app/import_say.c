#include "terminal/app/import_say.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/flows/list_text.h"

void import_say_first(const struct list_result *r)
{
	char money[MONEY_TEXT_SIZE];
	char period[DATE_TEXT_SIZE];

	if (r->firsts > 0)
		printf("%s\n", tr("The first rows:"));
	for (int i = 0; i < r->firsts; i++) {
		const struct list_first *f = &r->first[i];

		printf("  %lld. %s, %s: %s, %s\n", (long long)f->row, f->name,
			f->address, period_vi(f->period, period),
			money_format(f->total, money));
	}
}

void import_say_fixed(const struct list_fixed *f)
{
	char was[MONEY_TEXT_SIZE];
	char now[MONEY_TEXT_SIZE];

	printf(tr("  %s: %s, %s: %s -> %s%s"), list_fix_text(f->kind), f->name,
		list_what_text(f->what), money_format(f->was, was),
		money_format(f->now, now),
		f->by_account ? tr(" to the account") : "");
	if (f->kept)
		printf(" (%s)", list_kept_text(f->kept));
	printf("\n");
}

void import_say_fixes(const struct list_fixes *f)
{
	char less[MONEY_TEXT_SIZE];
	char more[MONEY_TEXT_SIZE];

	printf(tr("Corrected: %lld people new, %lld no more on it, %lld"
		  " changed; %lld stay as they were.\n"),
		(long long)f->people[LIST_ADDED],
		(long long)f->people[LIST_GONE],
		(long long)f->people[LIST_CHANGED],
		(long long)f->people[LIST_KEPT]);
	printf(tr("Due: %s đồng more, %s đồng less.\n"),
		money_format(f->more, more), money_format(f->less, less));
	for (int i = 0; i < f->kept; i++)
		import_say_fixed(&f->at[i]);
	if (f->kept == LISTS_MAX_FIXES)
		printf("%s\n", tr("… all of them: chitra lists fixes N"));
}

cJSON *import_fixes_json(int64_t corrects, const struct list_fixes *f)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *of;

	json_int(o, "list", corrects);
	json_int(o, "added", f->people[LIST_ADDED]);
	json_int(o, "gone", f->people[LIST_GONE]);
	json_int(o, "changed", f->people[LIST_CHANGED]);
	json_int(o, "kept", f->people[LIST_KEPT]);
	json_int(o, "more", f->more);
	json_int(o, "less", f->less);
	of = cJSON_AddArrayToObject(o, "of");
	for (int i = 0; i < f->kept; i++)
		cJSON_AddItemToArray(of, json_fixed(&f->at[i]));
	return o;
}
