#include "terminal/app/roster_say.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/flows/roster_text.h"

static void say_row(const struct roster *r, int i)
{
	const struct user_row *row = &r->list.row[i];
	const char *trouble = roster_trouble_text(row->trouble, r->fate[i]);
	char day[16];

	if (trouble)
		fprintf(stderr, tr("Row %lld: %s\n"), (long long)row->row,
			trouble);
	else if (r->pin[i][0])
		printf(tr("%lld  %s, %s: first PIN %s\n"),
			(long long)row->number, row->name,
			users_role_name(row->role), r->pin[i]);
	else if (r->fate[i] == ROSTER_LATER)
		printf(tr("%lld  %s, %s: last day %s\n"),
			(long long)row->number, row->name,
			users_role_name(row->role),
			users_day_text(row->until, day));
	else
		printf("%lld  %s, %s%s\n", (long long)row->number, row->name,
			users_role_name(row->role),
			r->fate[i] == ROSTER_SAME ? tr(" [KNOWN]") : "");
}

void roster_say(const struct roster *r)
{
	for (int i = 0; i < r->list.count; i++)
		say_row(r, i);
	if (r->added > 0)
		printf("%s\n", tr("These PINs are shown this once: hand each "
				  "over in person."));
}

cJSON *roster_json(const struct roster *r)
{
	cJSON *list = cJSON_CreateArray();

	for (int i = 0; i < r->list.count; i++) {
		const struct user_row *row = &r->list.row[i];
		const char *trouble =
			roster_trouble_text(row->trouble, r->fate[i]);
		cJSON *u = cJSON_CreateObject();

		json_int(u, "row", row->row);
		json_int(u, "number", row->number);
		cJSON_AddStringToObject(u, "name", row->name);
		cJSON_AddStringToObject(u, "role", users_role_name(row->role));
		if (trouble)
			cJSON_AddStringToObject(u, "message", trouble);
		if (r->pin[i][0])
			cJSON_AddStringToObject(u, "pin", r->pin[i]);
		cJSON_AddItemToArray(list, u);
	}
	return list;
}
