#include "core/codec/survey_answers.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/survey_expr.h"
#include "core/codec/survey_internal.h"
#include "core/str.h"
#include "core/text.h"

/* ---- days as numbers ----------------------------------------------------- */

int64_t survey_day_number(struct date d)
{
	return d.year * 10000 + d.month * 100 + d.day;
}

bool survey_day_of(int64_t number, struct date *out)
{
	return number >= 0 && number <= 99991231 && number % 100 != 0 &&
	       date_make((int)(number / 10000), (int)(number / 100 % 100),
		       (int)(number % 100), out);
}

/* ---- what is asked ------------------------------------------------------- */

/* Conditions name earlier questions only: once through is enough. */
static void ask_anew(const struct survey *s, struct survey_answers *a)
{
	for (int i = 0; i < s->questions; i++) {
		const uint16_t top = s->question[i].relevant;

		a->of[i].asked = top == 0 || survey_expr_true(s, top, a);
	}
}

void survey_answers_init(struct survey_answers *a, const struct survey *s,
	struct date day)
{
	memset(a, 0, sizeof(*a));
	a->day = day;
	a->used = 1; /* place 0 is "" */
	ask_anew(s, a);
}

int survey_next(const struct survey *s, const struct survey_answers *a,
	int question)
{
	for (int i = question + 1; i < s->questions; i++)
		if (a->of[i].asked)
			return i;
	return -1;
}

int survey_before(const struct survey *s, const struct survey_answers *a,
	int question)
{
	(void)s;
	for (int i = question - 1; i >= 0; i--)
		if (a->of[i].asked)
			return i;
	return -1;
}

int survey_asked_before(const struct survey *s, const struct survey_answers *a,
	int question)
{
	int n = 0;

	for (int i = 0; i < question && i < s->questions; i++)
		n += a->of[i].asked;
	return n;
}

/* ---- texts --------------------------------------------------------------- */

/* Take a text out; those behind it move up. */
static void drop_text(struct survey_answers *a, int question)
{
	const uint16_t at = a->of[question].text;
	const size_t len = strlen(a->texts + at) + 1;

	if (at == 0)
		return;
	memmove(a->texts + at, a->texts + at + len, a->used - at - len);
	a->used = (uint16_t)(a->used - len);
	memset(a->texts + a->used, 0, len);
	for (int i = 0; i < SURVEY_MAX_QUESTIONS; i++)
		if (a->of[i].text > at)
			a->of[i].text = (uint16_t)(a->of[i].text - len);
	a->of[question].text = 0;
}

static bool add_text(struct survey_answers *a, int question, const char *text)
{
	const size_t len = strlen(text) + 1;

	if (len > sizeof(a->texts) - a->used)
		return false;
	memcpy(a->texts + a->used, text, len);
	a->of[question].text = a->used;
	a->used = (uint16_t)(a->used + len);
	return true;
}

/* ---- one answer ---------------------------------------------------------- */

/* An answer that was read and is not taken yet. */
struct given {
	bool done;
	int64_t number;
	char text[SURVEY_TEXT_SIZE];
};

static enum survey_answer_why read_number(const char *text, struct given *g)
{
	const char *digits = text + (text[0] == '-');

	if (!str_is_digits(digits) || strlen(digits) > SURVEY_DIGITS ||
		!str_to_int(digits, 0, INT64_MAX, &g->number))
		return SURVEY_NO_NUMBER;
	if (digits != text)
		g->number = -g->number;
	return SURVEY_FINE;
}

static enum survey_answer_why read_day(const char *text, struct given *g)
{
	struct date d;

	if (!date_parse(text, &d) || d.day == 0)
		return SURVEY_NO_DAY;
	g->number = survey_day_number(d);
	return SURVEY_FINE;
}

/* Names with blanks between, to bits. */
static enum survey_answer_why read_choices(const struct survey *s,
	const struct survey_question *q, const char *text, struct given *g)
{
	char name[SURVEY_NAME_SIZE];

	g->number = 0;
	for (const char *at = text; *at; at += *at == ' ') {
		const size_t len = strcspn(at, " ");
		int i;

		if (len == 0 || len >= sizeof(name))
			return SURVEY_NO_CHOICE;
		memcpy(name, at, len);
		name[len] = '\0';
		i = survey_choice_find(s, q->list, name);
		if (i < 0)
			return SURVEY_NO_CHOICE;
		g->number |= INT64_C(1) << i;
		at += len;
	}
	return q->kind == SURVEY_ONE && (g->number & (g->number - 1)) != 0
		       ? SURVEY_NO_CHOICE
		       : SURVEY_FINE;
}

static enum survey_answer_why read_answer(const struct survey *s,
	const struct survey_question *q, const char *text, struct given *g)
{
	char clean[SURVEY_ANSWER_SIZE];

	*g = (struct given){.number = 0};
	if (!text_clean(text, strlen(text), clean, sizeof(clean), NULL))
		return SURVEY_NO_TEXT;
	g->done = clean[0] != '\0';
	if (!g->done)
		return SURVEY_FINE;
	switch (q->kind) {
	case SURVEY_TEXT:
	case SURVEY_BARCODE:
		return str_copy(g->text, sizeof(g->text), clean)
			       ? SURVEY_FINE
			       : SURVEY_NO_TEXT;
	case SURVEY_INTEGER:
		return read_number(clean, g);
	case SURVEY_DATE:
		return read_day(clean, g);
	case SURVEY_ONE:
	case SURVEY_MANY:
		return read_choices(s, q, clean, g);
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	return SURVEY_NOT_ASKED;
}

/* Put it in its place; false: there is no room for its text. */
static bool put(struct survey_answers *a, int question, const struct given *g)
{
	drop_text(a, question);
	a->of[question].done = g->done;
	a->of[question].number = g->number;
	return !g->text[0] || add_text(a, question, g->text);
}

static enum survey_answer_why judge(const struct survey *s,
	const struct survey_answers *a, int question)
{
	const struct survey_question *q = &s->question[question];

	if (!a->of[question].done)
		return q->required && q->kind != SURVEY_NOTE ? SURVEY_REQUIRED
							     : SURVEY_FINE;
	return q->constraint == 0 || survey_expr_true(s, q->constraint, a)
		       ? SURVEY_FINE
		       : SURVEY_REFUSED;
}

enum survey_answer_why survey_answer_set(const struct survey *s,
	struct survey_answers *a, int question, const char *text)
{
	const struct survey_question *q = &s->question[question];
	struct survey_answers tried = *a;
	enum survey_answer_why why;
	struct given g;

	if (q->kind == SURVEY_NOTE || !a->of[question].asked)
		return SURVEY_NOT_ASKED;
	why = read_answer(s, q, text, &g);
	if (why != SURVEY_FINE)
		return why;
	if (!put(&tried, question, &g))
		return SURVEY_FULL;
	if (g.done && judge(s, &tried, question) != SURVEY_FINE)
		return SURVEY_REFUSED;
	ask_anew(s, &tried);
	if (!survey_bytes_fit(s, &tried))
		return SURVEY_FULL;
	*a = tried;
	return SURVEY_FINE;
}

bool survey_answer_take(const struct survey *s, struct survey_answers *a,
	int question, const char *text)
{
	struct given g;

	if (!a->of[question].asked ||
		read_answer(s, &s->question[question], text, &g) !=
			SURVEY_FINE ||
		!g.done || !put(a, question, &g))
		return false;
	ask_anew(s, a);
	return true;
}

int survey_wrong(const struct survey *s, const struct survey_answers *a,
	enum survey_answer_why *why)
{
	for (int i = survey_next(s, a, -1); i >= 0; i = survey_next(s, a, i)) {
		const enum survey_answer_why got = judge(s, a, i);

		if (got == SURVEY_FINE)
			continue;
		if (why)
			*why = got;
		return i;
	}
	return -1;
}

/* ---- as text ------------------------------------------------------------- */

/* The choices that are set, by name or in words. */
static void put_choices(const struct survey *s, const struct survey_question *q,
	int64_t bits, const char *between, int lang, struct buf *b)
{
	const char *sep = "";

	for (int i = 0; i < s->list[q->list].count; i++) {
		const struct survey_choice *c = survey_choice(s, q->list, i);

		if ((bits >> i & 1) == 0)
			continue;
		buf_printf(b, "%s%s", sep,
			lang < 0 ? survey_text(s, c->name)
				 : survey_words(s, &c->label,
					   (enum survey_lang)lang));
		sep = between;
	}
}

const char *survey_answer_text(const struct survey *s,
	const struct survey_answers *a, int question,
	char out[SURVEY_ANSWER_SIZE])
{
	const struct survey_question *q = &s->question[question];
	char day[DATE_TEXT_SIZE];
	struct date d = {0};
	struct buf b;

	buf_init(&b, out, SURVEY_ANSWER_SIZE);
	if (!a->of[question].done)
		return buf_text(&b);
	switch (q->kind) {
	case SURVEY_TEXT:
	case SURVEY_BARCODE:
		buf_printf(&b, "%s", a->texts + a->of[question].text);
		break;
	case SURVEY_INTEGER:
		buf_printf(&b, "%" PRId64, a->of[question].number);
		break;
	case SURVEY_DATE:
		survey_day_of(a->of[question].number, &d);
		buf_printf(&b, "%s", date_iso(d, day));
		break;
	case SURVEY_ONE:
	case SURVEY_MANY:
		put_choices(s, q, a->of[question].number, " ", -1, &b);
		break;
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	return buf_text(&b);
}

const char *survey_answer_shown(const struct survey *s,
	const struct survey_answers *a, int question, enum survey_lang lang,
	char *out, size_t size)
{
	const struct survey_question *q = &s->question[question];
	char text[SURVEY_MAX_LIST * (SURVEY_LABEL_SIZE + 2)];
	char day[DATE_TEXT_SIZE];
	struct date d;
	struct buf b;

	buf_init(&b, text, sizeof(text));
	if (a->of[question].done && q->kind == SURVEY_DATE &&
		survey_day_of(a->of[question].number, &d))
		buf_printf(&b, "%s", date_vi(d, day));
	else if (a->of[question].done &&
		 (q->kind == SURVEY_ONE || q->kind == SURVEY_MANY))
		put_choices(s, q, a->of[question].number, ", ", (int)lang, &b);
	else
		survey_answer_text(s, a, question, text);
	str_copy(out, size, text);
	return out;
}
