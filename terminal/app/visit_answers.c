#include "terminal/app/visit_answers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum {
	LINE_SIZE = SURVEY_ANSWER_SIZE + SURVEY_NAME_SIZE
};

/* One under way. */
struct reading {
	struct survey s;
	struct survey_answers a;
	char line[LINE_SIZE];
};

/* False: something is wrong with it; out says what. */
static bool take_line(struct reading *r, char *line, struct visit_answers *out)
{
	char *text = strchr(line, '=');
	int question;

	if (line[0] == '\0' || line[0] == '#')
		return true;
	if (text)
		*text++ = '\0';
	str_copy(out->name, sizeof(out->name), str_trim(line));
	question = survey_find(&r->s, out->name);
	out->why = text && question >= 0
			   ? survey_answer_set(&r->s, &r->a, question, text)
			   : SURVEY_NOT_ASKED;
	return out->why == SURVEY_FINE;
}

static bool take_file(struct reading *r, FILE *in, struct visit_answers *out)
{
	while (fgets(r->line, sizeof(r->line), in)) {
		r->line[strcspn(r->line, "\r\n")] = '\0';
		if (!take_line(r, r->line, out))
			return false;
	}
	return true;
}

static void finish(struct reading *r, struct visit_answers *out)
{
	const int wrong = survey_wrong(&r->s, &r->a, &out->why);

	if (wrong >= 0) {
		str_copy(out->name, sizeof(out->name),
			survey_text(&r->s, r->s.question[wrong].name));
		return;
	}
	str_copy(out->id, sizeof(out->id), survey_text(&r->s, r->s.id));
	str_copy(out->version, sizeof(out->version),
		survey_text(&r->s, r->s.version));
	out->len = survey_answers_write(&r->s, &r->a, out->bytes);
}

bool visit_answers_read(struct db *db, const char *path, struct date today,
	struct visit_answers *out, struct err *err)
{
	struct reading *r = calloc(1, sizeof(*r));
	FILE *in = NULL;
	bool ok = false;

	*out = (struct visit_answers){.len = 0};
	if (!r) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for answers");
	} else if ((in = fopen(path, "re")) == NULL) {
		err_set(err, ERR_GONE, errno, "%s: %s", path, strerror(errno));
	} else if (surveys_in_force(db, &r->s, NULL, err)) {
		survey_answers_init(&r->a, &r->s, today);
		if (take_file(r, in, out))
			finish(r, out);
		ok = !ferror(in) ||
		     err_set(err, ERR_IO, errno, "%s: it cannot be read", path);
	}
	if (in)
		fclose(in);
	free(r);
	return ok;
}

void visit_answers_give(const struct visit_answers *a, struct visit_request *r)
{
	r->answers = a->bytes;
	r->answers_len = a->len;
	str_copy(r->form_id, sizeof(r->form_id), a->id);
	str_copy(r->form_version, sizeof(r->form_version), a->version);
}
