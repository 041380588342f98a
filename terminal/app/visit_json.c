#include "terminal/app/visit_json.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/flows/visit.h"

static void add_day(cJSON *object, const char *name, struct date d)
{
	if (d.year)
		json_date(object, name, d);
	else
		cJSON_AddNullToObject(object, name);
}

cJSON *visit_json(const struct visit *v)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *made;
	char iso[32];

	json_int(o, "seq", (int64_t)v->seq);
	json_int(o, "person", v->person);
	cJSON_AddStringToObject(o, "at", date_time_iso(v->t, iso));
	json_int(o, "by", v->actor);
	cJSON_AddStringToObject(o, "by_name", v->actor_name);
	cJSON_AddStringToObject(o, "result", visit_result_name(v->result));
	cJSON_AddStringToObject(o, "group",
		visit_group_name(visit_group(v->result)));
	add_day(o, "next", v->next);
	if (v->died.year)
		json_date(o, "died", v->died);
	cJSON_AddStringToObject(o, "note", v->note);
	cJSON_AddStringToObject(o, "phone", v->phone);
	cJSON_AddStringToObject(o, "form", v->form_id);
	cJSON_AddStringToObject(o, "form_version", v->form_version);
	json_int(o, "answers_bytes", (int64_t)v->answers_len);
	made = cJSON_AddArrayToObject(o, "made");
	for (int i = 0; i < v->mades; i++)
		cJSON_AddItemToArray(made,
			cJSON_CreateNumber((double)v->made[i]));
	return o;
}

cJSON *round_json(const struct round_person *p)
{
	cJSON *o = cJSON_CreateObject();
	char iso[32];

	json_int(o, "person", p->id);
	cJSON_AddStringToObject(o, "id", p->id12);
	cJSON_AddStringToObject(o, "name", p->name);
	json_date(o, "dob", p->birth);
	cJSON_AddStringToObject(o, "unit", p->unit);
	cJSON_AddStringToObject(o, "hamlet", p->hamlet);
	cJSON_AddStringToObject(o, "address", p->address);
	json_int(o, "list_seq", p->list_seq);
	cJSON_AddStringToObject(o, "result", visit_result_name(p->result));
	json_int(o, "last", (int64_t)p->last);
	if (p->last) {
		cJSON_AddStringToObject(o, "last_at",
			date_time_iso(p->last_t, iso));
		json_int(o, "last_by", p->last_actor);
	}
	add_day(o, "next", p->next);
	cJSON_AddBoolToObject(o, "done", p->done);
	cJSON_AddBoolToObject(o, "due", p->due);
	cJSON_AddBoolToObject(o, "converted", p->converted);
	cJSON_AddBoolToObject(o, "draft", p->draft);
	cJSON_AddBoolToObject(o, "planned", p->planned);
	return o;
}

void round_counts_json(cJSON *object, const struct round_counts *c)
{
	cJSON *groups;

	json_int(object, "people", c->people);
	json_int(object, "converted", c->converted);
	json_int(object, "visited", c->visited);
	json_int(object, "done", c->done);
	json_int(object, "due", c->due);
	groups = cJSON_AddObjectToObject(object, "results");
	for (int g = 0; g < VISIT_GROUPS; g++)
		json_int(groups, visit_group_name((enum visit_group)g),
			c->group[g]);
}

void visit_say(const struct visit *v)
{
	char when[DATE_TEXT_SIZE];
	char next[DATE_TEXT_SIZE];

	printf("%6llu  %s  %s: %s", (unsigned long long)v->seq,
		date_time_vi(v->t, when), v->actor_name,
		visit_result_text(v->result));
	if (v->next.year)
		printf(tr("; again on %s"), date_vi(v->next, next));
	printf("%s%s\n", v->note[0] ? ". " : "", v->note);
}

void round_say(const struct round_person *p)
{
	char birth[DATE_TEXT_SIZE];
	char next[DATE_TEXT_SIZE];

	printf("%-12s  %-10s  %s, %s%s%s", p->id12, date_vi(p->birth, birth),
		p->name, p->address, p->result ? ": " : "",
		visit_result_text(p->result));
	if (p->next.year)
		printf(tr("; again on %s"), date_vi(p->next, next));
	printf("%s%s\n", p->draft ? tr(" [HALF DONE]") : "",
		p->planned ? tr(" [PLANNED]") : "");
}

void round_hamlet_say(const struct round_hamlet *h)
{
	const struct round_counts *c = &h->count;

	printf(tr("%-8s %s: %lld people, %lld by account, %lld done, %lld due "
		  "today\n"),
		h->unit, h->name[0] ? h->name : tr("(no hamlet)"),
		(long long)c->people, (long long)c->converted,
		(long long)c->done, (long long)c->due);
}
