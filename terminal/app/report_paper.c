#include "terminal/app/report_paper.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "terminal/app/form_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"

static const char *const names[FORM_PAPERS] = {
	[FORM_A] = "a",
	[FORM_B] = "b",
};

static int paper_of(const char *name)
{
	for (int i = 0; i < FORM_PAPERS; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

bool report_paper_exists(const char *name)
{
	return paper_of(name) >= 0;
}

/* A paper that needs a font, where none is. */
static enum exit_status not_made(const struct options *o, const struct err *err)
{
	if (err->code != ERR_GONE)
		return verb_err(o, err);
	return verb_refuse(o, "no_font",
		tr("No font for papers is installed (fonts-liberation2 or"
		   " fonts-dejavu-core). Give a name that ends in .xlsx or"
		   " .csv, or have one installed."),
		EXIT_COULD_NOT);
}

/* For people: the numbers as they are in the CSV. */
static bool show(int form, const struct forms *f, struct err *err)
{
	struct report_file t;
	const struct paper_sink sink = report_file_sink(&t);
	bool ok;

	report_file_begin(&t);
	ok = form_doc_write((enum form_paper)form, f, PAPER_CSV, &sink, err);
	ok = report_file_end(&t, ok, err);
	/* Without the mark that is for spreadsheets. */
	if (ok && t.len > 3)
		fwrite(t.bytes + 3, 1, t.len - 3, stdout);
	report_file_free(&t);
	return ok;
}

static enum exit_status tell(const struct options *o, int form,
	const struct forms *f)
{
	cJSON *reply = json_ok();
	struct err err = {0};

	form_doc_json((enum form_paper)form, f, reply);
	if (!o->json && !show(form, f, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status write_file(const struct options *o,
	struct verb_store *v, int form, const struct forms *f,
	enum paper_kind kind, const char *path)
{
	struct report_file t;
	const struct paper_sink sink = report_file_sink(&t);
	enum exit_status status;
	struct err err = {0};
	cJSON *reply;
	bool ok;

	report_file_begin(&t);
	ok = form_doc_write((enum form_paper)form, f, kind, &sink, &err);
	if (report_file_end(&t, ok, &err)) {
		t.rows = form_doc_rows((enum form_paper)form);
		reply = json_ok();
		form_doc_json((enum form_paper)form, f, reply);
		status = report_file_write(&t, o, v, EXPORT_OTHER, path, reply);
	} else {
		status = not_made(o, &err);
	}
	report_file_free(&t);
	return status;
}

enum exit_status report_paper(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	const int form = paper_of(asked->name);
	enum paper_kind kind = PAPER_CSV;
	struct err err = {0};
	struct forms f;
	int32_t period;

	if (!period_parse(asked->period, &period) ||
		(asked->to && !paper_kind_of(asked->to, &kind)))
		return verb_usage("report");
	if (!forms_count(v->db, period, asked->unit ? asked->unit : "", &f,
		    &err))
		return verb_err(o, &err);
	if (!asked->to)
		return tell(o, form, &f);
	return write_file(o, v, form, &f, kind, asked->to);
}
