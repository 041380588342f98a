/*
 * verb_lists.c - `chitra lists`: the payment lists that are here, and what
 * became of each; `chitra lists fixes N`: what a corrected list changed;
 * `chitra lists split FILE`: one list for each terminal (lists_split.h);
 * `chitra lists assign N`: whose people are whose (lists_assign.h).
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/lists_here.h"
#include "terminal/app/import_say.h"
#include "terminal/app/json.h"
#include "terminal/app/list_split.h"
#include "terminal/app/lists_assign.h"
#include "terminal/app/lists_split.h"
#include "terminal/app/verb.h"

struct telling {
	bool json;
	cJSON *array;
	int64_t count;
};

static cJSON *list_json(const struct list_here *l)
{
	cJSON *o = cJSON_CreateObject();
	char iso[32];

	json_int(o, "number", l->id);
	json_period(o, "period", l->period);
	json_int(o, "rows", l->rows);
	json_int(o, "sum", l->sum);
	cJSON_AddStringToObject(o, "at", date_time_iso(l->imported_at, iso));
	json_int(o, "seq", (int64_t)l->seq);
	if (l->replaces)
		json_int(o, "corrects", l->replaces);
	if (l->replaced_by)
		json_int(o, "corrected_by", l->replaced_by);
	json_int(o, "people", l->people);
	json_int(o, "people_paid", l->people_paid);
	json_int(o, "cash", l->cash);
	json_int(o, "paid", l->paid);
	json_int(o, "elsewhere", l->elsewhere);
	json_int(o, "by_account", l->by_account);
	cJSON_AddStringToObject(o, "sha256", l->sha256);
	return o;
}

static void say_list(const struct list_here *l)
{
	char period[DATE_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];
	char sum[MONEY_TEXT_SIZE];
	char cash[MONEY_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];

	printf(tr("List %lld, period %s, taken %s: %lld rows, %s đồng\n"),
		(long long)l->id, period_vi(l->period, period),
		date_time_vi(l->imported_at, when), (long long)l->rows,
		money_format(l->sum, sum));
	printf(tr("   in cash: %lld of %lld people, %s of %s đồng paid\n"),
		(long long)l->people_paid, (long long)l->people,
		money_format(l->paid, paid), money_format(l->cash, cash));
	if (l->replaces)
		printf(tr("   corrects list %lld\n"), (long long)l->replaces);
	if (l->replaced_by)
		printf(tr("   [CORRECTED] by list %lld\n"),
			(long long)l->replaced_by);
}

static bool tell_list(void *ctx, const struct list_here *l)
{
	struct telling *t = ctx;

	t->count++;
	if (t->json)
		cJSON_AddItemToArray(t->array, list_json(l));
	else
		say_list(l);
	return true;
}

static bool tell_fix(void *ctx, const struct list_fixed *f)
{
	struct telling *t = ctx;

	t->count++;
	if (t->json)
		cJSON_AddItemToArray(t->array, json_fixed(f));
	else
		import_say_fixed(f);
	return true;
}

static enum exit_status all(const struct options *o, struct verb_store *v)
{
	struct telling t = {.json = o->json};
	cJSON *reply = json_ok();
	struct err err = {0};

	t.array = cJSON_AddArrayToObject(reply, "lists");
	if (!lists_here_each(v->db, tell_list, &t, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	if (t.count == 0 && !o->json)
		printf("%s\n", tr("There is no payment list here yet."));
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status fixes(const struct options *o, struct verb_store *v,
	int64_t list)
{
	struct telling t = {.json = o->json};
	cJSON *reply = json_ok();
	struct err err = {0};

	json_int(reply, "list", list);
	t.array = cJSON_AddArrayToObject(reply, "of");
	if (!lists_here_fixes(v->db, list, tell_fix, &t, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	if (t.count == 0 && !o->json)
		printf("%s\n", tr("This list corrected nothing."));
	return verb_reply(o, reply, EXIT_DONE);
}

/* split FILE --by hamlet|range --parts N --to DIR */
static bool is_split(const struct options *o, const char *by,
	struct lists_split *w)
{
	if (o->words != 2 || strcmp(o->word[0], "split") != 0 || !by ||
		!w->to || w->parts < 2 || w->parts > LIST_SPLIT_PARTS)
		return false;
	w->from = o->word[1];
	w->by_range = strcmp(by, "range") == 0;
	return w->by_range || strcmp(by, "hamlet") == 0;
}

enum exit_status verb_lists(int argc, char **argv)
{
	struct lists_split cut = {.parts = 0};
	struct lists_assign give = {NULL};
	const char *by = NULL;
	const struct option_spec own[] = {
		{"--by", OPTION_TEXT, &by},
		{"--parts", OPTION_INT, &cut.parts},
		{"--to", OPTION_TEXT, &cut.to},
		{"--unit", OPTION_TEXT, &give.unit},
		{"--hamlet", OPTION_TEXT, &give.hamlet},
		{"--range", OPTION_TEXT, &give.range},
	};
	enum exit_status status = EXIT_DONE;
	struct verb_store v;
	struct options o;
	int64_t list = 0;
	bool gives;

	if (!verb_options(&o, "lists", argc, argv, own, 6))
		return EXIT_USAGE;
	give.to = cut.to;
	gives = lists_assign_is(&o, &give, &status);
	if (status != EXIT_DONE)
		return verb_usage("lists");
	if (o.words == 2 && strcmp(o.word[0], "fixes") == 0 &&
		!str_to_int(o.word[1], 1, INT64_MAX, &list))
		return verb_usage("lists");
	if (!gives && list == 0 && o.words != 0 && !is_split(&o, by, &cut))
		return verb_usage("lists");
	if (!verb_open(&o, true, &v, &status))
		return status;
	if (gives)
		status = lists_assign_run(&o, &v, &give);
	else if (cut.from)
		status = lists_split(&o, &v, &cut);
	else
		status = list ? fixes(&o, &v, list) : all(&o, &v);
	verb_close(&v);
	return status;
}
