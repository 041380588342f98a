/* survey_join.c - lists, and conditions, once all rows are there. */
#include <string.h>

#include "core/codec/survey_expr.h"
#include "core/codec/survey_in_internal.h"

static const char *pool(const struct survey_in *in, uint32_t at)
{
	return survey_text(&in->s, at);
}

static int list_find(const struct survey *s, const char *name)
{
	for (int i = 0; i < s->lists; i++)
		if (strcmp(survey_text(s, s->list[i].name), name) == 0)
			return i;
	return -1;
}

static void choice_say(struct survey_in *in, int i, enum survey_column c,
	enum survey_trouble trouble, uint32_t value)
{
	survey_in_say(in, SURVEY_SHEET_CHOICES, in->choice_row[i],
		survey_in_column(SURVEY_SHEET_CHOICES, c), trouble,
		pool(in, value));
}

static void add_choice(struct survey_in *in, int list, int i)
{
	struct survey *s = &in->s;
	struct survey_list *l = &s->list[list];
	const struct survey_choice *c = &in->choice[i];

	if (survey_choice_find(s, list, pool(in, c->name)) >= 0) {
		choice_say(in, i, SURVEY_COLUMN_NAME, SURVEY_SAME_NAME,
			c->name);
	} else if (l->count == SURVEY_MAX_LIST) {
		choice_say(in, i, SURVEY_COLUMN_LIST, SURVEY_TOO_MANY,
			in->choice_list[i]);
	} else {
		s->choice[s->choices++] = *c;
		l->count++;
	}
}

/* Lists in the order of their first choice; the choices of each together. */
static void gather_lists(struct survey_in *in)
{
	struct survey *s = &in->s;

	for (int i = 0; i < in->choices; i++) {
		const uint32_t name = in->choice_list[i];

		if (list_find(s, pool(in, name)) >= 0)
			continue;
		if (s->lists == SURVEY_MAX_LISTS) {
			choice_say(in, i, SURVEY_COLUMN_LIST, SURVEY_TOO_MANY,
				name);
			return;
		}
		s->list[s->lists++] = (struct survey_list){.name = name,
			.first = (uint16_t)s->choices};
		for (int k = i; k < in->choices; k++)
			if (strcmp(pool(in, in->choice_list[k]),
				    pool(in, name)) == 0)
				add_choice(in, s->lists - 1, k);
	}
}

static void question_say(struct survey_in *in, int i, enum survey_column c,
	enum survey_trouble trouble, const char *value)
{
	survey_in_say(in, SURVEY_SHEET_SURVEY, in->question_row[i],
		survey_in_column(SURVEY_SHEET_SURVEY, c), trouble, value);
}

/* Which list the question chooses from. */
static void find_list(struct survey_in *in, int i)
{
	struct survey_question *q = &in->s.question[i];
	const char *name = pool(in, in->question_list[i]);
	int list;

	if (!name[0])
		return;
	list = list_find(&in->s, name);
	if (list < 0)
		question_say(in, i, SURVEY_COLUMN_TYPE, SURVEY_BAD_LIST, name);
	else
		q->list = (uint16_t)list;
}

static void read_condition(struct survey_in *in, int i, enum survey_column c,
	uint32_t text, uint16_t *top)
{
	struct survey_why why;

	if (text && !survey_expr_read(&in->s, i, c == SURVEY_COLUMN_CONSTRAINT,
			    pool(in, text), top, &why))
		question_say(in, i, c, why.trouble, why.what);
}

void survey_join(struct survey_in *in)
{
	struct survey *s = &in->s;
	const int before = in->errors;

	gather_lists(in);
	for (int i = 0; i < s->questions; i++)
		find_list(in, i);
	if (in->unsure || in->errors > before)
		return;
	for (int i = 0; i < s->questions; i++) {
		struct survey_question *q = &s->question[i];

		read_condition(in, i, SURVEY_COLUMN_RELEVANT, q->relevant_text,
			&q->relevant);
		read_condition(in, i, SURVEY_COLUMN_CONSTRAINT,
			q->constraint_text, &q->constraint);
	}
}
