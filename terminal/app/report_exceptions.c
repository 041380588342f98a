#include "terminal/app/report_exceptions.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/day_range.h"
#include "terminal/app/exceptions_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/flows/exception_text.h"

struct listing {
	bool json;
	cJSON *array;
	int64_t count;
};

/* "void,copy" as bits; NULL: all. */
static bool read_kinds(const char *text, unsigned *out)
{
	enum exception_kind k;
	char word[32];

	*out = text ? 0 : EXCEPTION_ALL;
	while (text && *text) {
		const size_t len = strcspn(text, ",");

		if (len >= sizeof(word))
			return false;
		memcpy(word, text, len);
		word[len] = '\0';
		if (!exception_parse(word, &k))
			return false;
		*out |= EXCEPTION_BIT(k);
		text += len + (text[len] == ',');
	}
	return *out != 0;
}

static cJSON *row_json(const struct exception *e)
{
	char why[EXCEPTION_TEXT_SIZE];
	cJSON *o = cJSON_CreateObject();
	char iso[32];

	json_int(o, "seq", (int64_t)e->seq);
	cJSON_AddStringToObject(o, "at", date_time_iso(e->t, iso));
	cJSON_AddStringToObject(o, "kind", exception_name(e->kind));
	cJSON_AddStringToObject(o, "why", exception_why(e, why));
	json_int(o, "reason", (int64_t)e->reason);
	json_int(o, "result", (int64_t)e->result);
	json_int(o, "shift", e->shift);
	json_int(o, "by", e->actor);
	cJSON_AddStringToObject(o, "by_name", e->actor_name);
	if (e->approver) {
		json_int(o, "approver", e->approver);
		cJSON_AddStringToObject(o, "approver_name", e->approver_name);
		cJSON_AddStringToObject(o, "approved_by",
			e->by == EXCEPTION_BY_PIN ? "pin" : "qr");
	}
	if (e->has_amount)
		json_int(o, "amount", e->amount);
	if (e->code[0])
		cJSON_AddStringToObject(o, "receipt", e->code);
	if (e->pad[0])
		cJSON_AddStringToObject(o, "pad", e->pad);
	if (e->name[0])
		cJSON_AddStringToObject(o, "name", e->name);
	return o;
}

static void say(const struct exception *e)
{
	char why[EXCEPTION_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	printf("%6llu  %s  %s", (unsigned long long)e->seq,
		date_time_vi(e->t, when), exception_title(e->kind));
	if (exception_why(e, why)[0])
		printf(": %s", why);
	if (e->has_amount)
		printf(", %s", money_format(e->amount, money));
	if (e->name[0])
		printf(", %s", e->name);
	if (e->code[0])
		printf(", %s", e->code);
	printf(" (%s", e->actor_name);
	if (e->approver)
		printf(tr("; approved: %s, %s"), e->approver_name,
			exception_by_text(e->by));
	printf(")\n");
}

static bool tell(void *ctx, const struct exception *e)
{
	struct listing *l = ctx;

	l->count++;
	if (l->json)
		cJSON_AddItemToArray(l->array, row_json(e));
	else
		say(e);
	return true;
}

static enum exit_status to_screen(const struct options *o, struct verb_store *v,
	const struct exceptions_doc *d)
{
	cJSON *reply = json_ok();
	struct listing l = {.json = o->json,
		.array = cJSON_AddArrayToObject(reply, "exceptions")};
	struct err err = {0};

	if (d->range.last > 0 &&
		!exceptions_each(v->db, &d->range, d->kinds, tell, &l, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	if (l.count == 0 && !o->json)
		printf("%s\n", tr("Nothing but plain cases."));
	json_int(reply, "rows", l.count);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status to_file(const struct options *o, struct verb_store *v,
	const struct exceptions_doc *d, const char *path)
{
	enum paper_kind kind;
	struct exceptions_sums sums;
	struct report_file file;
	enum exit_status status;
	struct paper_sink sink;
	struct err err = {0};
	bool ok;

	if (!paper_kind_of(path, &kind))
		return verb_usage("report");
	report_file_begin(&file);
	sink = report_file_sink(&file);
	ok = exceptions_doc_write(d, kind, &sink, &sums, &err);
	file.rows = sums.rows;
	if (report_file_end(&file, ok, &err))
		status = report_file_write(&file, o, v, EXPORT_OTHER, path,
			NULL);
	else
		status = report_not_made(o, &err);
	report_file_free(&file);
	return status;
}

enum exit_status report_exceptions(const struct options *o,
	struct verb_store *v, const struct report_asked *asked)
{
	char when[DAY_RANGE_WHEN];
	struct exceptions_doc d = {.db = v->db, .when = when};
	struct err err = {0};

	if (!read_kinds(asked->only, &d.kinds))
		return verb_usage("report");
	switch (day_range_find(v->db, asked->period, &d.range, when, &err)) {
	case DAY_RANGE_FAILED:
		return verb_err(o, &err);
	case DAY_RANGE_NO_WORDS:
		return verb_usage("report");
	case DAY_RANGE_NONE:
		if (!asked->to)
			return to_screen(o, v, &d);
		return verb_refuse(o, "no_records",
			tr("There is no record of that day, month or shift."),
			EXIT_REFUSED);
	case DAY_RANGE_FOUND:
		break;
	}
	return asked->to ? to_file(o, v, &d, asked->to) : to_screen(o, v, &d);
}
