#include "terminal/app/report_board.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/app/board_html.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/flows/board_text.h"

enum {
	NAME_COLUMNS = 34,
	TEXT_SIZE = 256
};

bool report_board_asks(const struct options *o,
	const struct report_asked *asked)
{
	return o->words >= 1 && o->words <= 2 &&
	       strcmp(asked->name, "dashboard") == 0 && !asked->to;
}

/* ---- JSON ------------------------------------------------------------------ */

static void json_sum(cJSON *o, const struct board_sum *s)
{
	json_int(o, "people", s->people);
	json_int(o, "by_account", s->account);
	json_int(o, "by_cash", s->cash);
	json_int(o, "done", s->done);
	json_int(o, "waiting", s->waiting);
	json_int(o, "due_sum", s->due);
	json_int(o, "account_sum", s->by_account);
	json_int(o, "paid_sum", s->paid);
	json_int(o, "elsewhere_sum", s->elsewhere);
	json_int(o, "open_sum", s->open);
	/* In hundredths of a percent. */
	json_int(o, "converted", board_share(s->account, s->people));
}

static cJSON *one_more(cJSON *array)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(array, o);
	return o;
}

static void json_places(const struct board *b, cJSON *out)
{
	cJSON *units = cJSON_AddArrayToObject(out, "units");
	cJSON *hamlets = cJSON_AddArrayToObject(out, "hamlets");
	cJSON *o;

	for (int i = 0; i < b->units; i++) {
		o = one_more(units);
		cJSON_AddStringToObject(o, "unit", b->unit[i].unit);
		cJSON_AddStringToObject(o, "name", b->unit[i].name);
		json_sum(o, &b->unit[i].sum);
	}
	for (int i = 0; i < b->hamlets; i++) {
		o = one_more(hamlets);
		cJSON_AddStringToObject(o, "unit", b->hamlet[i].unit);
		cJSON_AddStringToObject(o, "hamlet", b->hamlet[i].hamlet);
		json_sum(o, &b->hamlet[i].sum);
	}
}

static void json_times(const struct board *b, cJSON *out)
{
	cJSON *hours = cJSON_AddArrayToObject(out, "hours");
	cJSON *days = cJSON_AddArrayToObject(out, "days");
	char iso[DATE_TEXT_SIZE];

	for (int h = 0; h < BOARD_HOURS; h++) {
		cJSON *o = one_more(hours);

		json_int(o, "hour", h);
		json_int(o, "payments", b->hour[h].payments);
		json_int(o, "sum", b->hour[h].money);
	}
	for (int i = 0; i < b->days; i++) {
		cJSON *o = one_more(days);
		struct date d = {0};

		date_of_number(b->day[i].day, &d);
		cJSON_AddStringToObject(o, "day", date_iso(d, iso));
		json_int(o, "payments", b->day[i].time.payments);
		json_int(o, "sum", b->day[i].time.money);
	}
}

static void json_when(cJSON *o, const char *name, int64_t ms)
{
	char iso[32];

	if (ms > 0)
		cJSON_AddStringToObject(o, name, date_time_iso(ms, iso));
	else
		cJSON_AddNullToObject(o, name);
}

static void json_drawers(const struct board *b, cJSON *out)
{
	cJSON *closes = cJSON_AddArrayToObject(out, "closes");

	json_int(out, "closed", b->closed);
	json_int(out, "over", b->over);
	json_int(out, "missing", b->missing);
	for (int i = 0; i < b->closes; i++) {
		const struct board_close *c = &b->close[i];
		cJSON *o = one_more(closes);

		json_int(o, "shift", c->shift);
		json_int(o, "actor", c->actor);
		json_when(o, "at", c->t);
		json_int(o, "expected", c->expected);
		json_int(o, "difference", c->difference);
	}
}

static void json_terminals(const struct board *b, cJSON *out)
{
	cJSON *terminals = cJSON_AddArrayToObject(out, "terminals");
	char dev[2 * DB_DEV_SIZE + 1];

	for (int i = 0; i < b->terminals; i++) {
		const struct board_terminal *t = &b->terminal[i];
		cJSON *o = one_more(terminals);

		str_to_hex(t->dev, DB_DEV_SIZE, dev);
		cJSON_AddStringToObject(o, "dev", dev);
		cJSON_AddBoolToObject(o, "self", t->self);
		json_when(o, "last", t->t);
		json_int(o, "paid", t->paid);
	}
	json_int(out, "made", (int64_t)b->made);
	json_int(out, "sent", (int64_t)b->sent);
	json_int(out, "acked", (int64_t)b->acked);
	json_int(out, "waiting", (int64_t)b->waiting);
	json_when(out, "oldest_unsent", b->oldest);
	json_when(out, "last_contact", b->contact);
}

void board_json(const struct board *b, int target, cJSON *out)
{
	static const char *const names[GROUP_COUNT] = {"unknown", "btxh", "ncc",
		"khac"};
	cJSON *groups;

	if (b->period)
		json_period(out, "period", b->period);
	else
		cJSON_AddNullToObject(out, "period");
	cJSON_AddStringToObject(out, "unit", b->only);
	json_when(out, "at", b->at);
	json_int(out, "target", target);
	json_sum(cJSON_AddObjectToObject(out, "all"), &b->all);
	groups = cJSON_AddObjectToObject(out, "groups");
	for (int g = 0; g < GROUP_COUNT; g++)
		json_sum(cJSON_AddObjectToObject(groups, names[g]),
			&b->group[g]);
	json_places(b, out);
	json_times(b, out);
	json_drawers(b, out);
	json_terminals(b, out);
}

/* ---- lines ----------------------------------------------------------------- */

static void say_sum(const char *name, const struct board_sum *s)
{
	char open[MONEY_TEXT_SIZE];
	char plain[TEXT_SIZE];
	char padded[2 * TEXT_SIZE] = "";
	char share[BOARD_PERCENT_SIZE];

	str_copy(plain, sizeof(plain), name);
	viet_pad(text_plain(plain), NAME_COLUMNS, padded, sizeof(padded));
	printf("%s%9lld%9lld%9lld%8s%18s\n", padded, (long long)s->people,
		(long long)s->done, (long long)s->waiting,
		board_percent(board_share(s->account, s->people), share),
		money_format(s->open, open));
}

static void say_places(const struct board *b)
{
	char name[TEXT_SIZE];
	char indented[TEXT_SIZE];

	for (int u = 0; u < b->units; u++) {
		say_sum(board_unit_name(b->unit[u].unit, b->unit[u].name, name,
				sizeof(name)),
			&b->unit[u].sum);
		for (int h = 0; h < b->hamlets; h++) {
			if (strcmp(b->hamlet[h].unit, b->unit[u].unit) != 0)
				continue;
			snprintf(indented, sizeof(indented), "  %s",
				b->hamlet[h].hamlet[0]
					? b->hamlet[h].hamlet
					: tr("(hamlet not known)"));
			say_sum(indented, &b->hamlet[h].sum);
		}
	}
}

static void say(const struct board *b, int target)
{
	char period[DATE_TEXT_SIZE];
	char over[MONEY_TEXT_SIZE];
	char missing[MONEY_TEXT_SIZE];

	if (b->period == 0) {
		printf("%s\n", tr("There is no payment list here yet."));
		return;
	}
	printf(tr("Board of %s"), period_vi(b->period, period));
	printf("\n\n%*s%s\n", NAME_COLUMNS, "",
		tr("   people     paid  waiting account    still to pay"));
	say_sum(tr("Everybody"), &b->all);
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		say_sum(board_group_name((enum group)g), &b->group[g]);
	printf("\n");
	say_places(b);
	printf("\n");
	if (target > 0) {
		printf(tr("Target by account: %d%%"), target);
		printf("\n");
	}
	printf(tr("Drawers: %lld closed, over %s, missing %s"),
		(long long)b->closed, money_format(b->over, over),
		money_format(b->missing, missing));
	printf("\n");
	printf(tr("Records: %llu made, %llu acknowledged"),
		(unsigned long long)b->made, (unsigned long long)b->acked);
	printf("\n");
}

/* ---- the verb -------------------------------------------------------------- */

static bool make_html(const struct board *b, const struct verb_store *v,
	struct report_file *t, struct err *err)
{
	const struct db_info *d = db_info(v->db);
	const struct board_html_info info = {.point = d->name,
		.unit = d->unit,
		.target = (int)v->config.reports.target};
	const struct paper_sink sink = report_file_sink(t);
	bool ok;

	report_file_begin(t);
	ok = board_html_write(b, &info, &sink, err);
	t->rows = b->units + b->hamlets;
	return report_file_end(t, ok, err);
}

static enum exit_status write_html(const struct options *o,
	struct verb_store *v, const struct board *b, const char *path,
	cJSON *reply)
{
	struct report_file t = {0};
	enum exit_status status;
	struct err err = {0};

	if (make_html(b, v, &t, &err)) {
		status = report_file_write(&t, o, v, EXPORT_OTHER, path, reply);
	} else {
		cJSON_Delete(reply);
		status = verb_err(o, &err);
	}
	report_file_free(&t);
	return status;
}

enum exit_status report_board(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_REPORT)};
	struct board_asked what = {.unit = asked->unit ? asked->unit : ""};
	const int target = (int)v->config.reports.target;
	enum exit_status status;
	struct err err = {0};
	struct board *b;
	cJSON *reply;

	if (asked->period && !period_parse(asked->period, &what.period))
		return verb_usage("report");
	if (!role_may(v->session.user.role, ACT_REPORT))
		return verb_refusal(o, &role);
	b = board_make(v->db, &what, &err);
	verb_watched(v);
	if (!b)
		return verb_err(o, &err);
	reply = json_ok();
	board_json(b, target, reply);
	if (asked->html) {
		status = write_html(o, v, b, asked->html, reply);
	} else {
		if (!o->json)
			say(b, target);
		status = verb_reply(o, reply, EXIT_DONE);
	}
	board_free(b);
	return status;
}
