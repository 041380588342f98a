/*
 * verb_questions_show.c - `chitra questions [--to FILE]`: what visits ask now,
 * to be read; as a file, to be changed and imported again.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/survey_out.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/surveys.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/flows/questions.h"

/* The choices, one a line. */
static void say_choices(const struct survey *s, const struct survey_question *q)
{
	for (int i = 0; i < s->list[q->list].count; i++)
		printf("     - %s\n",
			survey_words(s, &survey_choice(s, q->list, i)->label,
				questions_lang()));
}

static void say_question(const struct survey *s, int i)
{
	const struct survey_question *q = &s->question[i];

	printf("%3d. %s%s\n", i + 1,
		survey_words(s, &q->label, questions_lang()),
		q->required ? " *" : "");
	if (q->relevant_text)
		printf("     (%s: %s)\n", tr("asked only if"),
			survey_text(s, q->relevant_text));
	if (q->kind == SURVEY_ONE || q->kind == SURVEY_MANY)
		say_choices(s, q);
}

static cJSON *json_question(const struct survey *s,
	const struct survey_question *q)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *list;

	cJSON_AddStringToObject(o, "name", survey_text(s, q->name));
	cJSON_AddStringToObject(o, "type", survey_kind_name(q->kind));
	cJSON_AddStringToObject(o, "label",
		survey_words(s, &q->label, questions_lang()));
	cJSON_AddBoolToObject(o, "required", q->required);
	cJSON_AddStringToObject(o, "relevant",
		survey_text(s, q->relevant_text));
	cJSON_AddStringToObject(o, "constraint",
		survey_text(s, q->constraint_text));
	list = cJSON_AddArrayToObject(o, "choices");
	if (q->kind == SURVEY_ONE || q->kind == SURVEY_MANY)
		for (int i = 0; i < s->list[q->list].count; i++)
			cJSON_AddItemToArray(list,
				cJSON_CreateString(survey_text(s,
					survey_choice(s, q->list, i)->name)));
	return o;
}

static cJSON *json_form(const struct survey *s, uint64_t seq)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	cJSON *reply = json_ok();
	cJSON *list;

	str_to_hex(s->sha256, sizeof(s->sha256), hex);
	cJSON_AddStringToObject(reply, "form", survey_text(s, s->id));
	cJSON_AddStringToObject(reply, "version", survey_text(s, s->version));
	cJSON_AddStringToObject(reply, "sha256", hex);
	json_int(reply, "seq", (int64_t)seq);
	list = cJSON_AddArrayToObject(reply, "questions");
	for (int i = 0; i < s->questions; i++)
		cJSON_AddItemToArray(list, json_question(s, &s->question[i]));
	return reply;
}

static bool put(void *ctx, const void *bytes, size_t len)
{
	return fwrite(bytes, 1, len, ctx) == len;
}

/* Never over a file that is there. */
static bool save(const struct survey *s, const char *path, struct err *err)
{
	FILE *f = fopen(path, "wxe");
	bool ok;

	if (!f)
		return err_set(err, errno == EEXIST ? ERR_INVALID : ERR_GONE,
			errno, "%s: %s", path, strerror(errno));
	ok = survey_out_write(s, f, put);
	ok = fclose(f) == 0 && ok;
	if (ok)
		return true;
	unlink(path);
	return err_set(err, ERR_IO, errno, "%s: it cannot be written", path);
}

static enum exit_status show(const struct options *o, struct verb_store *v,
	const char *path)
{
	static struct survey s;
	struct err err = {0};
	uint64_t seq;

	if (!surveys_in_force(v->db, &s, &seq, &err))
		return verb_err(o, &err);
	if (path && !save(&s, path, &err))
		return err.sys == EEXIST
			       ? verb_refuse(o, "exists",
					 tr("A file of that name is there."
					    " Give another name."),
					 EXIT_REFUSED)
			       : verb_err(o, &err);
	if (!o->json) {
		printf("%s: %s %s\n", survey_text(&s, s.title),
			survey_text(&s, s.id), survey_text(&s, s.version));
		for (int i = 0; i < s.questions; i++)
			say_question(&s, i);
	}
	return verb_reply(o, json_form(&s, seq), EXIT_DONE);
}

enum exit_status verb_questions(int argc, char **argv)
{
	const char *path = NULL;
	const struct option_spec own[] = {{"--to", OPTION_TEXT, &path}};
	enum exit_status status = EXIT_DONE;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "questions", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words > 0)
		return verb_usage("questions");
	if (!verb_open(&o, false, &v, &status))
		return status;
	status = show(&o, &v, path);
	verb_close(&v);
	return status;
}
