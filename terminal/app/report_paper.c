#include "terminal/app/report_paper.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "terminal/app/cycle_doc.h"
#include "terminal/app/form_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"

/* The forms, then the papers of the cycle. */
static const struct paper_name {
	const char *name;
	bool form;
	int which; /* enum form_paper or cycle_paper */
	enum export_kind kind;
} names[] = {
	{"a", true, FORM_A, EXPORT_OTHER},
	{"b", true, FORM_B, EXPORT_OTHER},
	{"list", false, CYCLE_DOC_LIST, EXPORT_OTHER},
	{"unpaid", false, CYCLE_DOC_UNPAID, EXPORT_UNPAID},
	{"changes", false, CYCLE_DOC_CHANGES, EXPORT_OTHER},
	{"cards", false, CYCLE_DOC_CARDS, EXPORT_OTHER},
	{"settlement", false, CYCLE_DOC_SETTLEMENT, EXPORT_OTHER},
};

static const struct paper_name *paper_of(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return &names[i];
	return NULL;
}

bool report_paper_exists(const char *name)
{
	return paper_of(name) != NULL;
}

static bool make_form(struct verb_store *v, const struct paper_name *name,
	const struct cycle_doc_asked *asked, enum paper_kind kind,
	struct report_file *t, cJSON *reply, struct err *err)
{
	const struct paper_sink sink = report_file_sink(t);
	const enum form_paper form = (enum form_paper)name->which;
	struct forms f;

	if (!forms_count(v->db, asked->period, asked->unit, &f, err))
		return false;
	f.before_day = (int)v->config.reports.before_day;
	if (!form_doc_write(form, &f, kind, &sink, err))
		return false;
	t->rows = form_doc_rows(form);
	form_doc_json(form, &f, reply);
	return true;
}

static bool make_cycle(struct db *db, const struct cycle_doc_asked *asked,
	enum paper_kind kind, struct report_file *t, cJSON *reply,
	struct err *err)
{
	const struct paper_sink sink = report_file_sink(t);
	struct cycle_doc_sums sums;

	if (!cycle_doc_write(db, asked, kind, &sink, &sums, err))
		return false;
	t->rows = sums.rows;
	cycle_doc_json(asked, &sums, reply);
	return true;
}

/* For people: the table as it is in the CSV. */
static enum exit_status tell(const struct options *o,
	const struct report_file *t, cJSON *reply)
{
	static const size_t mark = 3; /* for spreadsheets */

	if (!o->json && t->len > mark)
		fwrite(t->bytes + mark, 1, t->len - mark, stdout);
	json_int(reply, "rows", t->rows);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status report_paper(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	const struct paper_name *name = paper_of(asked->name);
	struct cycle_doc_asked what = {.unit = asked->unit ? asked->unit : ""};
	enum paper_kind kind = PAPER_CSV;
	enum exit_status status;
	struct report_file t;
	struct err err = {0};
	cJSON *reply;
	bool ok;

	assert(name);
	what.paper = (enum cycle_paper)name->which;
	if (!period_parse(asked->period, &what.period) ||
		(asked->to && !paper_kind_of(asked->to, &kind)))
		return verb_usage("report");
	reply = json_ok();
	report_file_begin(&t);
	ok = name->form ? make_form(v, name, &what, kind, &t, reply, &err)
			: make_cycle(v->db, &what, kind, &t, reply, &err);
	verb_watched(v);
	if (!report_file_end(&t, ok, &err)) {
		cJSON_Delete(reply);
		status = report_not_made(o, &err);
	} else if (asked->to) {
		status = report_file_write(&t, o, v, name->kind, asked->to,
			reply);
	} else {
		status = tell(o, &t, reply);
	}
	report_file_free(&t);
	return status;
}
