/*
 * verb_questions.c - `chitra import questions FILE [--check]`: the form that
 * visits ask by, as an XLSForm.
 */
#include <stdio.h>

#include "core/log.h"
#include "core/tr.h"
#include "db/surveys.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/verb_questions.h"
#include "terminal/flows/list_text.h"
#include "terminal/flows/survey_text.h"

enum {
	MOST_SAID = 100
};

/* What is heard of the file's troubles. */
struct heard {
	cJSON *errors;
	int said;
};

static bool on_trouble(void *ctx, const struct survey_error *e)
{
	struct heard *h = ctx;
	cJSON *o;

	if (h->said++ >= MOST_SAID)
		return true;
	if (e->row == 0)
		fprintf(stderr, tr("Sheet %s: %s"), survey_in_sheets[e->sheet],
			survey_trouble_text(e->trouble));
	else
		fprintf(stderr, tr("Sheet %s, row %lld, column %s: %s"),
			survey_in_sheets[e->sheet], (long long)e->row,
			e->column[0] ? e->column : "-",
			survey_trouble_text(e->trouble));
	fprintf(stderr, e->value[0] ? " [%s]\n" : "\n", e->value);
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "sheet", survey_in_sheets[e->sheet]);
	json_int(o, "row", e->row);
	cJSON_AddStringToObject(o, "column", e->column);
	cJSON_AddStringToObject(o, "code", survey_trouble_code(e->trouble));
	cJSON_AddStringToObject(o, "value", e->value);
	cJSON_AddStringToObject(o, "message", survey_trouble_text(e->trouble));
	cJSON_AddItemToArray(h->errors, o);
	return true;
}

static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

static void describe(cJSON *o, const struct survey_result *r)
{
	cJSON_AddBoolToObject(o, "taken", r->taken);
	cJSON_AddBoolToObject(o, "again", r->again);
	cJSON_AddStringToObject(o, "form", r->id);
	cJSON_AddStringToObject(o, "version", r->version);
	json_int(o, "questions", r->questions);
	json_int(o, "choices", r->choices);
	json_int(o, "error_count", r->errors);
	cJSON_AddStringToObject(o, "sha256", r->sha256);
}

static void say(const struct survey_result *r)
{
	if (r->sha256[0])
		printf(tr("%d questions, %d choices: form %s, version %s\n"),
			r->questions, r->choices, r->id, r->version);
	if (r->again)
		printf("%s\n", tr("This very form is in force already: nothing"
				  " was changed."));
	else if (r->taken)
		printf("%s\n", tr("The form is taken: from now on visits ask"
				  " these questions."));
	else if (r->errors == 0)
		printf("%s\n", tr("Only checked: nothing was written."));
	else
		printf("%s\n", tr("The form is NOT taken: mend what is named"
				  " and import it again."));
}

static enum exit_status refuse(const struct options *o, const struct err *err)
{
	const char *message = list_refusal_text(err);

	if (!message)
		return verb_err(o, err);
	log_err("import", err);
	return verb_refuse(o, "not_a_list", message, EXIT_REFUSED);
}

static enum exit_status import(const struct options *o, struct verb_store *v,
	const char *path, bool check)
{
	static const struct list_source source = {NULL, read_by_child};
	struct heard heard = {.errors = cJSON_CreateArray()};
	const struct survey_options options = {.source = &source,
		.check_only = check,
		.trouble = on_trouble,
		.ctx = &heard};
	struct survey_result r;
	struct err err = {0};
	cJSON *reply;

	if (!surveys_import(v->db, &v->session, path, &options, &r, &err)) {
		cJSON_Delete(heard.errors);
		return refuse(o, &err);
	}
	if (!o->json)
		say(&r);
	reply = cJSON_CreateObject();
	cJSON_AddBoolToObject(reply, "ok", r.errors == 0);
	describe(reply, &r);
	cJSON_AddItemToObject(reply, "errors", heard.errors);
	return verb_reply(o, reply, r.errors > 0 ? EXIT_REFUSED : EXIT_DONE);
}

enum exit_status verb_import_questions(const struct options *o,
	const char *path, bool check)
{
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_QUESTIONS)};
	enum exit_status status = EXIT_DONE;
	struct verb_store v;

	if (!verb_open(o, true, &v, &status))
		return status;
	if (v.session.user.number == 0)
		status = verb_nobody(o);
	else if (role_may(v.session.user.role, ACT_QUESTIONS))
		status = import(o, &v, path, check);
	else
		status = verb_refusal(o, &role);
	verb_close(&v);
	return status;
}
