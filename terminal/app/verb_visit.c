/*
 * verb_visit.c - `chitra visit`: whom to visit, the plan of a day, what came
 * of it, and halves of visits, from a script.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/drafts.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/app/visit_answers.h"
#include "terminal/app/visit_json.h"
#include "terminal/flows/survey_text.h"

/* What the command line says, unread. */
struct said {
	const char *id12;
	const char *unit;
	const char *hamlet;
	const char *only;
	const char *group;
	const char *find;
	const char *result;
	const char *next;
	const char *died;
	const char *note;
	const char *phone;
	const char *day;
	const char *answers; /* a file: visit_answers.h */
	int64_t person;
	int64_t seen;
	int64_t place;
	int64_t max;
	bool undone_first;
	bool converted;
};

/* One call of the verb. */
struct call {
	const struct options *o;
	struct said said;
	struct verb_store v;
	struct date today;
	int64_t person; /* of --id12 or --person */
	struct round_person page[ROUND_PAGE_MAX];
};

typedef enum exit_status act_fn(struct call *c);

static enum exit_status wrong(void)
{
	return verb_usage("visit");
}

/* "2026-12-05", "05/12/2026" or "+7": so many days from today. */
static bool read_day(const struct call *c, const char *text, struct date *out)
{
	int64_t days;

	*out = (struct date){0};
	if (!text)
		return true;
	if (text[0] == '+') {
		if (!str_to_int(text + 1, 0, 100000, &days))
			return false;
		*out = date_of_days(date_days(c->today) + days);
		return true;
	}
	return date_parse(text, out) && out->day != 0;
}

/* The person that is meant; *status is set if there is none. */
static bool find(struct call *c, enum exit_status *status)
{
	struct err err = {0};
	struct person_due due;
	enum lookup got;

	if (!c->said.id12 && c->said.person <= 0) {
		*status = wrong();
		return false;
	}
	got = c->said.id12 ? people_by_id12(c->v.db, c->said.id12, &due, &err)
			   : people_get(c->v.db, c->said.person, &due, &err);
	c->person = due.person.id;
	if (got == LOOKUP_FOUND)
		return true;
	*status =
		got == LOOKUP_FAILED
			? verb_err(c->o, &err)
			: verb_refusal(c->o,
				  &(struct refusal){.code = REFUSED_NOT_FOUND});
	return false;
}

/* ---- the list -------------------------------------------------------------- */

static bool read_which(const char *text, enum round_which *out)
{
	static const char *const name[] = {[ROUND_ALL] = "all",
		[ROUND_UNDONE] = "undone",
		[ROUND_DONE] = "done",
		[ROUND_DUE] = "due"};

	*out = ROUND_ALL;
	for (int i = 0; text && i < 4; i++)
		if (strcmp(name[i], text) == 0) {
			*out = (enum round_which)i;
			return true;
		}
	return !text;
}

static bool read_filter(const struct said *s, struct round_filter *f)
{
	enum visit_group group;

	*f = (struct round_filter){.in_hamlet = s->hamlet != NULL,
		.undone_first = s->undone_first,
		.converted = s->converted,
		.query = s->find};
	if (s->group) {
		if (!visit_group_parse(s->group, &group))
			return false;
		f->groups = 1U << group;
	}
	return (!s->unit || str_copy(f->unit, sizeof(f->unit), s->unit)) &&
	       (!s->hamlet ||
		       str_copy(f->hamlet, sizeof(f->hamlet), s->hamlet)) &&
	       read_which(s->only, &f->which);
}

/* Rows onto an array for a script, else on the screen: a list may be long. */
static void put_rows(const struct call *c, cJSON *array, int count)
{
	for (int i = 0; i < count; i++) {
		if (c->o->json)
			cJSON_AddItemToArray(array, round_json(&c->page[i]));
		else
			round_say(&c->page[i]);
	}
}

static bool all_pages(struct call *c, const struct round_filter *f, int64_t max,
	cJSON *array, struct err *err)
{
	struct round_cursor from = {.person = 0};
	bool more = true;
	bool before;
	int count;

	while (more && max > 0) {
		const int part =
			max < ROUND_PAGE_MAX ? (int)max : ROUND_PAGE_MAX;

		if (!rounds_page(c->v.db, &c->v.session, f, &from, c->page,
			    part, &count, &before, &more, err))
			return false;
		put_rows(c, array, count);
		max -= count;
		if (count == 0)
			break;
		from = (struct round_cursor){.person = c->page[count - 1].id,
			.done = c->page[count - 1].done,
			.side = ROUND_AFTER};
	}
	return true;
}

static enum exit_status list(struct call *c)
{
	const int64_t max = c->said.max > 0 ? c->said.max : INT64_MAX;
	struct round_filter f;
	struct err err = {0};
	cJSON *reply;

	if (c->o->words != 1 || !read_filter(&c->said, &f) ||
		(f.in_hamlet && !f.unit[0]))
		return wrong();
	reply = json_ok();
	if (!all_pages(c, &f, max, cJSON_AddArrayToObject(reply, "people"),
		    &err)) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status hamlets(struct call *c)
{
	const char *unit = c->said.unit ? c->said.unit : "";
	struct round_counts sum;
	struct round_hamlet h;
	struct err err = {0};
	cJSON *reply = json_ok();
	cJSON *array = cJSON_AddArrayToObject(reply, "hamlets");
	bool more = true;
	bool ok = rounds_counts(c->v.db, unit, &sum, &err);
	int count;

	for (int i = 0; ok && more; i++) {
		cJSON *one;

		ok = rounds_hamlets(c->v.db, unit, i, &h, 1, &count, &more,
			&err);
		if (!ok || count == 0)
			break;
		one = cJSON_CreateObject();
		cJSON_AddStringToObject(one, "unit", h.unit);
		cJSON_AddStringToObject(one, "hamlet", h.name);
		round_counts_json(one, &h.count);
		cJSON_AddItemToArray(array, one);
		if (!c->o->json)
			round_hamlet_say(&h);
	}
	if (!ok) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	round_counts_json(reply, &sum);
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* ---- a day ------------------------------------------------------------------ */

static enum exit_status today(struct call *c)
{
	struct round_today t;
	struct err err = {0};
	cJSON *reply;
	cJSON *groups;

	if (!rounds_today(c->v.db, c->v.session.user.number, &t, &err))
		return verb_err(c->o, &err);
	if (!c->o->json)
		printf(tr("Visits today: %lld of %lld, %lld people; planned "
			  "yet: %lld\n"),
			(long long)t.visits, (long long)t.target,
			(long long)t.people, (long long)t.planned);
	reply = json_ok();
	json_int(reply, "visits", t.visits);
	json_int(reply, "people", t.people);
	json_int(reply, "target", t.target);
	json_int(reply, "planned", t.planned);
	groups = cJSON_AddObjectToObject(reply, "results");
	for (int g = 1; g < VISIT_GROUPS; g++)
		json_int(groups, visit_group_name((enum visit_group)g),
			t.group[g]);
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status target(struct call *c)
{
	struct refusal why;
	struct err err = {0};
	cJSON *reply;
	int64_t n;

	if (c->o->words == 2) {
		if (!str_to_int(c->o->word[1], 1, ROUND_TARGET_MAX, &n))
			return wrong();
		switch (rounds_set_target(c->v.db, &c->v.session, n, &why,
			&err)) {
		case VERDICT_FAILED:
			return verb_err(c->o, &err);
		case VERDICT_REFUSED:
			return verb_refusal(c->o, &why);
		case VERDICT_DONE:
			break;
		}
	}
	if (!rounds_target(c->v.db, &n, &err))
		return verb_err(c->o, &err);
	if (!c->o->json)
		printf("%lld\n", (long long)n);
	reply = json_ok();
	json_int(reply, "target", n);
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status tell_rows(struct call *c, bool ok, int count,
	const struct err *err)
{
	cJSON *reply;

	if (!ok)
		return verb_err(c->o, err);
	reply = json_ok();
	put_rows(c, cJSON_AddArrayToObject(reply, "people"), count);
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status next(struct call *c)
{
	const int64_t max = c->said.max > 0 ? c->said.max : 5;
	struct err err = {0};
	struct date day = c->today;
	int count = 0;
	bool ok;

	if (c->o->words != 1 || max > ROUND_PAGE_MAX ||
		(c->said.day && !read_day(c, c->said.day, &day)))
		return wrong();
	ok = rounds_suggest(c->v.db, &c->v.session, day, c->page, (int)max,
		&count, &err);
	return tell_rows(c, ok, count, &err);
}

/* "add", "remove", "move", "clear"; *ok: what came of it. False: no such. */
static bool change_plan(struct call *c, const char *how, struct date day,
	bool *ok, struct err *err)
{
	struct db *db = c->v.db;
	const struct session *s = &c->v.session;

	if (strcmp(how, "add") == 0)
		*ok = rounds_plan_add(db, s, day, c->person, err);
	else if (strcmp(how, "remove") == 0)
		*ok = rounds_plan_remove(db, s, day, c->person, err);
	else if (strcmp(how, "move") == 0 && c->said.place > 0)
		*ok = rounds_plan_move(db, s, day, c->person,
			(int)c->said.place - 1, err);
	else
		return false;
	return true;
}

static enum exit_status plan(struct call *c)
{
	const char *how = c->o->words > 1 ? c->o->word[1] : "show";
	enum exit_status status;
	struct err err = {0};
	struct date day = c->today;
	int count = 0;
	bool ok = true;

	if (c->o->words > 2 || (c->said.day && !read_day(c, c->said.day, &day)))
		return wrong();
	if (strcmp(how, "clear") == 0)
		ok = rounds_plan_clear(c->v.db, &c->v.session, day, &err);
	else if (strcmp(how, "show") != 0) {
		if (!find(c, &status))
			return status;
		if (c->said.place > ROUND_PLAN_MAX ||
			!change_plan(c, how, day, &ok, &err))
			return wrong();
	}
	ok = ok && rounds_plan(c->v.db, &c->v.session, day, c->page,
			   ROUND_PAGE_MAX, &count, &err);
	return tell_rows(c, ok, count, &err);
}

/* ---- a visit ------------------------------------------------------------------ */

static bool read_request(const struct call *c, struct visit_request *r)
{
	const struct said *s = &c->said;

	*r = (struct visit_request){.person = c->person,
		.seen = s->seen > 0 ? (uint64_t)s->seen : 0};
	return s->result && visit_result_parse(s->result, &r->result) &&
	       read_day(c, s->next, &r->next) &&
	       read_day(c, s->died, &r->died) &&
	       (!s->note || str_copy(r->note, sizeof(r->note), s->note)) &&
	       (!s->phone || phone_read(s->phone, r->phone));
}

/* The file of --answers; false: it is said what is wrong. */
static bool add_answers(const struct call *c, struct visit_answers *a,
	struct visit_request *r, enum exit_status *status)
{
	char message[256];
	struct err err = {0};

	if (!visit_answers_read(c->v.db, c->said.answers, c->today, a, &err)) {
		*status = verb_err(c->o, &err);
		return false;
	}
	if (a->why == SURVEY_FINE) {
		visit_answers_give(a, r);
		return true;
	}
	snprintf(message, sizeof(message), tr("Question %s: %s"), a->name,
		survey_why_text(a->why));
	*status = verb_refuse(c->o, "answers", message, EXIT_REFUSED);
	return false;
}

static enum exit_status record(struct call *c)
{
	struct visit_answers answers;
	struct visit_request r;
	enum exit_status status;
	struct refusal why;
	struct err err = {0};
	struct visit v;
	cJSON *reply;

	if (c->o->words != 1 || !find(c, &status))
		return c->o->words != 1 ? wrong() : status;
	if (!read_request(c, &r))
		return wrong();
	if (c->said.answers && !add_answers(c, &answers, &r, &status))
		return status;
	switch (visits_record(c->v.db, &c->v.session, &r, &v, &why, &err)) {
	case VERDICT_FAILED:
		return verb_err(c->o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(c->o, &why);
	case VERDICT_DONE:
		break;
	}
	if (!c->o->json)
		visit_say(&v);
	reply = json_ok();
	cJSON_AddItemToObject(reply, "visit", visit_json(&v));
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* What stands against going there, and who was there. */
static void add_look(cJSON *reply, const struct visit_look *look)
{
	cJSON_AddBoolToObject(reply, "by_other", look->by_other);
	cJSON_AddBoolToObject(reply, "today", look->today);
	cJSON_AddBoolToObject(reply, "appointed", look->appointed);
	json_int(reply, "planned_by", look->planned);
	json_int(reply, "begun_by", look->begun);
	cJSON_AddBoolToObject(reply, "draft", look->draft);
}

static bool add_history(const struct call *c, cJSON *array, struct err *err)
{
	enum {
		MOST = 64
	};
	struct visit *v = calloc(MOST, sizeof(*v));
	bool more;
	int count = 0;
	bool ok = v || err_set(err, ERR_NO_MEMORY, 0, "no memory for visits");

	ok = ok && visits_of(c->v.db, c->person, v, MOST, &count, &more, err);
	for (int i = 0; ok && i < count; i++) {
		cJSON_AddItemToArray(array, visit_json(&v[i]));
		if (!c->o->json)
			visit_say(&v[i]);
	}
	free(v);
	return ok;
}

static enum exit_status show(struct call *c)
{
	enum exit_status status;
	struct visit_look look;
	struct round_person p;
	struct err err = {0};
	enum lookup listed;
	cJSON *reply;

	if (c->o->words != 1 || !find(c, &status))
		return c->o->words != 1 ? wrong() : status;
	listed = rounds_person(c->v.db, &c->v.session, c->person, &p, &err);
	if (listed == LOOKUP_FAILED ||
		!visits_look(c->v.db, &c->v.session, c->person, &look, &err))
		return verb_err(c->o, &err);
	reply = json_ok();
	if (listed == LOOKUP_FOUND) {
		cJSON_AddItemToObject(reply, "person", round_json(&p));
		if (!c->o->json)
			round_say(&p);
	}
	add_look(reply, &look);
	if (!add_history(c, cJSON_AddArrayToObject(reply, "visits"), &err)) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* ---- halves of visits ------------------------------------------------------------ */

static enum exit_status list_drafts(struct call *c)
{
	struct draft d[DRAFTS_MAX];
	struct err err = {0};
	cJSON *reply;
	cJSON *array;
	int count;

	if (!drafts_list(c->v.db, &c->v.session, d, DRAFTS_MAX, &count, &err))
		return verb_err(c->o, &err);
	reply = json_ok();
	array = cJSON_AddArrayToObject(reply, "drafts");
	for (int i = 0; i < count; i++) {
		cJSON *one = cJSON_CreateObject();
		char when[DATE_TEXT_SIZE];
		char iso[32];

		json_int(one, "person", d[i].person);
		cJSON_AddStringToObject(one, "name", d[i].name);
		cJSON_AddStringToObject(one, "changed",
			date_time_iso(d[i].changed, iso));
		cJSON_AddBoolToObject(one, "damaged", d[i].damaged);
		cJSON_AddItemToArray(array, one);
		if (!c->o->json)
			printf("%6lld  %s  %s%s\n", (long long)d[i].person,
				date_time_vi(d[i].changed, when), d[i].name,
				d[i].damaged ? tr(" [DAMAGED]") : "");
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status drafts(struct call *c)
{
	enum exit_status status;
	struct err err = {0};

	if (c->o->words == 1)
		return list_drafts(c);
	if (c->o->words != 2 || strcmp(c->o->word[1], "drop") != 0)
		return wrong();
	if (!find(c, &status))
		return status;
	if (!drafts_drop(c->v.db, &c->v.session, c->person, &err))
		return verb_err(c->o, &err);
	return list_drafts(c);
}

/* ---- together ------------------------------------------------------------------- */

static const struct {
	const char *word;
	act_fn *act;
} acts[] = {
	{"list", list},
	{"hamlets", hamlets},
	{"today", today},
	{"target", target},
	{"next", next},
	{"plan", plan},
	{"record", record},
	{"show", show},
	{"drafts", drafts},
};

static act_fn *act_of(const struct options *o)
{
	for (size_t i = 0; o->words > 0 && i < sizeof(acts) / sizeof(acts[0]);
		i++)
		if (strcmp(o->word[0], acts[i].word) == 0)
			return acts[i].act;
	return NULL;
}

static enum exit_status run(struct call *c, act_fn *act)
{
	enum exit_status status;

	if (!verb_open(c->o, true, &c->v, &status))
		return status;
	c->today = date_of_ms(clock_wall_ms()).date;
	status = act(c);
	verb_close(&c->v);
	return status;
}

enum exit_status verb_visit(int argc, char **argv)
{
	static struct call c;
	struct said *s = &c.said;
	const struct option_spec own[] = {
		{"--id12", OPTION_TEXT, &s->id12},
		{"--person", OPTION_INT, &s->person},
		{"--unit", OPTION_TEXT, &s->unit},
		{"--hamlet", OPTION_TEXT, &s->hamlet},
		{"--only", OPTION_TEXT, &s->only},
		{"--group", OPTION_TEXT, &s->group},
		{"--find", OPTION_TEXT, &s->find},
		{"--max", OPTION_INT, &s->max},
		{"--undone-first", OPTION_FLAG, &s->undone_first},
		{"--converted", OPTION_FLAG, &s->converted},
		{"--result", OPTION_TEXT, &s->result},
		{"--next", OPTION_TEXT, &s->next},
		{"--died", OPTION_TEXT, &s->died},
		{"--note", OPTION_TEXT, &s->note},
		{"--phone", OPTION_TEXT, &s->phone},
		{"--seen", OPTION_INT, &s->seen},
		{"--day", OPTION_TEXT, &s->day},
		{"--answers", OPTION_TEXT, &s->answers},
		{"--place", OPTION_INT, &s->place},
	};
	struct options o;
	act_fn *act;

	c = (struct call){.o = &o};
	if (!verb_options(&o, "visit", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	act = act_of(&o);
	return act ? run(&c, act) : wrong();
}
