#include "terminal/app/import_units.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/tr.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/unit_list.h"
#include "terminal/flows/list_text.h"

static bool on_cells(void *ctx, const struct cells *row)
{
	unit_list_row(ctx, row);
	return true;
}

static bool read_file(struct unit_list *l, const char *path, struct err *err)
{
	const struct cells_sink sink = {l, on_cells};
	char sheet[LIST_SHEET_SIZE];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"open %s: %s", path, strerror(errno));
	ok = list_reader_read(NULL, fd, LIST_PAYMENTS, LIST_READER_IDLE_MS,
		&sink, sheet, err);
	close(fd);
	return ok;
}

static const char *trouble_text(enum unit_trouble t)
{
	static const char *const text[UNIT_TROUBLES] = {
		[UNIT_NO_CODE] = TR("The code of the unit is missing, too long"
				    " or has other characters than A-Z, 0-9,"
				    " dot, dash, _ and /."),
		[UNIT_NO_NAME] = TR("The name of the unit is missing, too long"
				    " or broken."),
		[UNIT_NO_KIND] = TR("There is no such kind of unit. Write "
				    "office, point or commune."),
		[UNIT_TWICE] = TR("This code is in the table twice."),
		[UNIT_NO_PARENT] = TR("The unit above it is neither in the "
				      "table nor known here."),
		[UNIT_LOOP] = TR("The units above it go round in a circle, or "
				 "there are more than eight."),
	};

	return t == UNIT_FINE ? NULL : tr(text[t]);
}

/* ---- what was found --------------------------------------------------------- */

static const char *news_text(enum unit_news news)
{
	switch (news) {
	case UNIT_NEW:
		return tr(" [NEW]");
	case UNIT_CHANGED:
		return tr(" [CHANGED]");
	case UNIT_SAME:
		break;
	}
	return tr(" [KNOWN]");
}

static void say(const struct unit_list *l, const struct units_result *r,
	bool check_only)
{
	for (int i = 0; i < l->count; i++) {
		const struct unit_row *u = &l->row[i];
		const char *trouble = trouble_text(u->trouble);
		char plain[VERB_PLAIN_SIZE];

		if (trouble)
			fprintf(stderr, tr("Row %lld: %s [%s]\n"),
				(long long)u->row, trouble,
				verb_plain(u->unit.code, plain));
		else if (check_only)
			printf("%s  %s%s\n", u->unit.code, u->unit.name,
				news_text(u->news));
	}
	printf(tr("Units: %d, new: %d, changed: %d, known: %d\n"), l->count,
		r->count[UNIT_NEW], r->count[UNIT_CHANGED],
		r->count[UNIT_SAME]);
	if (r->troubles > 0)
		printf("%s\n", tr("The units are NOT taken: mend the rows named"
				  " and import the table again."));
	else if (check_only)
		printf("%s\n", tr("Only checked: nothing was written."));
	else if (r->taken)
		printf("%s\n", tr("The units are taken."));
	else
		printf("%s\n", tr("All of these units are known already: "
				  "nothing was changed."));
}

static cJSON *json_one(const struct unit *u)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "code", u->code);
	cJSON_AddStringToObject(o, "name", u->name);
	cJSON_AddStringToObject(o, "kind", units_kind_name(u->kind));
	cJSON_AddStringToObject(o, "parent", u->parent);
	return o;
}

static cJSON *reply_of(const struct unit_list *l, const struct units_result *r)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *list;

	cJSON_AddBoolToObject(o, "ok", r->troubles == 0);
	json_int(o, "rows", l->count);
	json_int(o, "new", r->count[UNIT_NEW]);
	json_int(o, "changed", r->count[UNIT_CHANGED]);
	json_int(o, "same", r->count[UNIT_SAME]);
	cJSON_AddBoolToObject(o, "taken", r->taken);
	list = cJSON_AddArrayToObject(o, "errors");
	for (int i = 0; i < l->count; i++) {
		const char *trouble = trouble_text(l->row[i].trouble);
		cJSON *e;

		if (!trouble)
			continue;
		e = cJSON_CreateObject();
		json_int(e, "row", l->row[i].row);
		cJSON_AddStringToObject(e, "code", l->row[i].unit.code);
		cJSON_AddStringToObject(e, "message", trouble);
		cJSON_AddItemToArray(list, e);
	}
	return o;
}

/* ---- import ----------------------------------------------------------------- */

static enum exit_status not_read(const struct options *o, const struct err *err)
{
	const char *message = list_refusal_text(err);

	log_err("units", err);
	return message ? verb_refuse(o, "not_a_list", message, EXIT_REFUSED)
		       : verb_err(o, err);
}

static enum exit_status run(const struct options *o, struct verb_store *v,
	const char *path, bool check_only, struct unit_list *l)
{
	struct units_result result;
	struct refusal why;
	struct err err = {0};

	if (!read_file(l, path, &err))
		return not_read(o, &err);
	if (!l->has_header || l->too_many)
		return verb_refuse(o, "not_a_list",
			tr("This is no table of units: its first row names the "
			   "columns code, name and kind, and it has 5000 rows "
			   "at most."),
			EXIT_REFUSED);
	switch (units_import(v->db, &v->session, l->row, l->count, check_only,
		&result, &why, &err)) {
	case VERDICT_FAILED:
		log_err("units", &err);
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	if (!o->json)
		say(l, &result, check_only);
	return verb_reply(o, reply_of(l, &result),
		result.troubles == 0 ? EXIT_DONE : EXIT_REFUSED);
}

enum exit_status import_units(const struct options *o, const char *path,
	bool check_only)
{
	enum exit_status status;
	struct unit_list *l;
	struct verb_store v;
	struct err err = {0};

	if (!verb_open(o, true, &v, &status))
		return status;
	l = calloc(1, sizeof(*l));
	if (l) {
		status = run(o, &v, path, check_only, l);
	} else {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for units");
		status = verb_err(o, &err);
	}
	free(l);
	verb_close(&v);
	return status;
}

/* ---- what is here ----------------------------------------------------------- */

struct showing {
	bool json;
	cJSON *list;
	int count;
};

static bool show(void *ctx, const struct unit *u)
{
	struct showing *s = ctx;

	s->count++;
	if (s->json)
		cJSON_AddItemToArray(s->list, json_one(u));
	else if (u->parent[0])
		printf("%s  %s < %s\n", u->code, u->name, u->parent);
	else
		printf("%s  %s\n", u->code, u->name);
	return true;
}

enum exit_status report_units(const struct options *o)
{
	struct showing s = {.json = o->json};
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};
	cJSON *reply;

	if (!verb_open(o, false, &v, &status))
		return status;
	reply = json_ok();
	s.list = cJSON_AddArrayToObject(reply, "units");
	if (units_each(v.db, show, &s, &err)) {
		if (s.count == 0 && !o->json)
			printf("%s\n", tr("No units of the office are known "
					  "here yet."));
		status = verb_reply(o, reply, EXIT_DONE);
	} else {
		cJSON_Delete(reply);
		status = verb_err(o, &err);
	}
	verb_close(&v);
	return status;
}
