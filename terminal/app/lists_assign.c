#include "terminal/app/lists_assign.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "db/assigns.h"
#include "terminal/app/json.h"
#include "terminal/flows/team.h"

enum {
	SHOW,
	PUT,
	TAKE
};

/* -1: none of them. */
static int act_of(const struct options *o)
{
	if (o->words == 1 && strcmp(o->word[0], "assigned") == 0)
		return SHOW;
	if (o->words == 2 && strcmp(o->word[0], "assign") == 0)
		return PUT;
	if (o->words == 2 && strcmp(o->word[0], "unassign") == 0)
		return TAKE;
	return -1;
}

/* "12-40" */
static bool read_range(const char *text, struct assign_ask *out)
{
	const char *dash = strchr(text, '-');
	char first[24];

	return dash && (size_t)(dash - text) < sizeof(first) &&
	       snprintf(first, sizeof(first), "%.*s", (int)(dash - text),
		       text) > 0 &&
	       str_to_int(first, 1, INT64_MAX, &out->first) &&
	       str_to_int(dash + 1, out->first, INT64_MAX, &out->last);
}

static bool read_ask(const struct options *o, const struct lists_assign *a,
	struct assign_ask *out)
{
	const bool give = act_of(o) == PUT;

	*out = (struct assign_ask){.by_range = a->range != NULL,
		.unit = a->unit ? a->unit : "",
		.hamlet = a->hamlet ? a->hamlet : ""};
	return (a->hamlet != NULL) != (a->range != NULL) &&
	       (!a->unit || a->hamlet) && (a->to != NULL) == give &&
	       str_to_int(o->word[1], 1, INT64_MAX, &out->list) &&
	       (!give || str_to_int(a->to, 1, USERS_NUMBER_MAX, &out->user)) &&
	       (!a->range || read_range(a->range, out));
}

bool lists_assign_is(const struct options *o, const struct lists_assign *a,
	enum exit_status *status)
{
	const int act = act_of(o);
	struct assign_ask ask;

	if (act < 0)
		return false;
	if (act == SHOW)
		*status = a->to || a->unit || a->hamlet || a->range ? EXIT_USAGE
								    : EXIT_DONE;
	else
		*status = read_ask(o, a, &ask) ? EXIT_DONE : EXIT_USAGE;
	return true;
}

/* ---- showing ---------------------------------------------------------------- */

struct telling {
	bool json;
	cJSON *array;
	int64_t count;
};

static bool tell(void *ctx, const struct assigned *a)
{
	struct telling *t = ctx;
	cJSON *o;

	t->count++;
	if (!t->json) {
		printf(tr("%lld  %s, %s: %lld people, %lld still to be "
			  "paid%s\n"),
			(long long)a->user, a->name, team_role_text(a->role),
			(long long)a->people, (long long)a->left,
			a->out ? tr(" [WORKS HERE NO MORE]") : "");
		return true;
	}
	o = cJSON_CreateObject();
	json_int(o, "user", a->user);
	cJSON_AddStringToObject(o, "name", a->name);
	cJSON_AddStringToObject(o, "role", users_role_name(a->role));
	cJSON_AddBoolToObject(o, "out", a->out);
	json_int(o, "people", a->people);
	json_int(o, "left", a->left);
	cJSON_AddItemToArray(t->array, o);
	return true;
}

static enum exit_status show(const struct options *o, struct verb_store *v)
{
	struct telling t = {.json = o->json};
	cJSON *reply = json_ok();
	struct err err = {0};

	t.array = cJSON_AddArrayToObject(reply, "assigned");
	if (!assigns_each(v->db, tell, &t, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	if (t.count == 0 && !o->json)
		printf("%s\n", tr("Nobody is assigned to anybody yet."));
	return verb_reply(o, reply, EXIT_DONE);
}

/* ---- doing ------------------------------------------------------------------ */

enum exit_status lists_assign_run(const struct options *o, struct verb_store *v,
	const struct lists_assign *a)
{
	struct refusal why = {0};
	struct err err = {0};
	struct assign_ask ask;
	int64_t people = 0;
	cJSON *reply;

	if (act_of(o) == SHOW)
		return show(o, v);
	if (!read_ask(o, a, &ask))
		return verb_usage("lists");
	switch (assigns_put(v->db, &v->session, &ask, &people, &why, &err)) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	if (!o->json && ask.user)
		printf(tr("%lld people are assigned to number %lld.\n"),
			(long long)people, (long long)ask.user);
	else if (!o->json)
		printf(tr("%lld people are nobody's any more.\n"),
			(long long)people);
	reply = json_ok();
	json_int(reply, "list", ask.list);
	json_int(reply, "user", ask.user);
	json_int(reply, "people", people);
	return verb_reply(o, reply, EXIT_DONE);
}
