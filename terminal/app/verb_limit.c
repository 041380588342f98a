/*
 * verb_limit.c - `chitra limit`: the limits of the point, and a supervisor
 * who changes one (db/limits.h).
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "db/limits.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/flows/limit_text.h"

/* Hours as text, all else as a number. */
static void add_value(cJSON *o, const char *key, enum limit l, int64_t value)
{
	char text[LIMIT_TEXT_SIZE];

	if (l == LIMIT_HOURS)
		cJSON_AddStringToObject(o, key, limit_text(l, value, text));
	else
		json_int(o, key, value);
}

static cJSON *limit_json(const struct limits *at, enum limit l)
{
	cJSON *o = cJSON_CreateObject();
	char iso[32];

	cJSON_AddStringToObject(o, "name", limit_name(l));
	add_value(o, "value", l, at->value[l]);
	add_value(o, "default", l, limit_default(l));
	if (l != LIMIT_HOURS) {
		json_int(o, "least", limit_least(l));
		json_int(o, "most", limit_most(l));
	}
	if (at->seq[l] > 0) {
		json_int(o, "seq", (int64_t)at->seq[l]);
		json_int(o, "by", at->actor[l]);
		cJSON_AddStringToObject(o, "at", date_time_iso(at->t[l], iso));
	}
	return o;
}

static enum exit_status show(const struct options *o, struct verb_store *v)
{
	char does[LIMIT_SAYS_SIZE];
	struct limits at;
	struct err err = {0};
	cJSON *reply;
	cJSON *list;

	if (!limits_get(v->db, &at, &err))
		return verb_err(o, &err);
	reply = json_ok();
	list = cJSON_AddArrayToObject(reply, "limits");
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const enum limit l = (enum limit)i;

		cJSON_AddItemToArray(list, limit_json(&at, l));
		if (!o->json)
			printf("%-8s %s\n", limit_name(l),
				limit_does(l, at.value[l], does));
	}
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status out_of_range(const struct options *o, enum limit l)
{
	const struct refusal why = {.code = REFUSED_LIMIT_RANGE, .limit = l};

	return verb_refusal(o, &why);
}

static enum exit_status set(const struct options *o, struct verb_store *v,
	enum limit l)
{
	struct refusal why;
	struct err err = {0};
	int64_t value;
	enum verdict got;

	if (!limit_parse(l, o->word[2], &value))
		return out_of_range(o, l);
	got = limits_set(v->db, &v->session, l, value, &why, &err);
	if (got == VERDICT_FAILED)
		return verb_err(o, &err);
	return got == VERDICT_REFUSED ? verb_refusal(o, &why) : show(o, v);
}

enum exit_status verb_limit(int argc, char **argv)
{
	enum exit_status status;
	struct verb_store v;
	struct options o;
	enum limit l = LIMIT_COUNT;
	bool change;

	if (!verb_options(&o, "limit", argc, argv, NULL, 0))
		return EXIT_USAGE;
	change = o.words == 3 && strcmp(o.word[0], "set") == 0;
	if ((change && !limit_by_name(o.word[1], &l)) ||
		(!change && o.words > 0 &&
			(o.words > 1 || strcmp(o.word[0], "show") != 0)))
		return verb_usage("limit");
	if (!verb_open(&o, change, &v, &status))
		return status;
	status = change ? set(&o, &v, l) : show(&o, &v);
	verb_close(&v);
	return status;
}
