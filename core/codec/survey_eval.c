/* survey_eval.c - is a condition true of these answers? XPath 1.0, as the
 * head of survey_expr.h says. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/survey_expr.h"
#include "core/codec/survey_internal.h"
#include "core/str.h"
#include "core/utf8.h"

enum value_kind {
	VALUE_BOOL,
	VALUE_NUMBER,
	VALUE_TEXT, /* also every empty answer */
	VALUE_DAY,  /* number: days since 1970 */
};

struct value {
	enum value_kind kind;
	bool none; /* of a NUMBER: NaN */
	int64_t number;
	const char *text;
};

struct asked {
	const struct survey *s;
	const struct survey_answers *a;
};

static struct value of_bool(bool yes)
{
	return (struct value){.kind = VALUE_BOOL, .number = yes};
}

static struct value of_number(int64_t n)
{
	return (struct value){.kind = VALUE_NUMBER, .number = n};
}

static struct value of_text(const char *text)
{
	return (struct value){.kind = VALUE_TEXT, .text = text};
}

static struct value no_number(void)
{
	return (struct value){.kind = VALUE_NUMBER, .none = true};
}

static struct value of_day(int64_t days)
{
	return (struct value){.kind = VALUE_DAY, .number = days};
}

static int64_t days_of(int64_t day) /* YYYYMMDD */
{
	struct date d = {0};

	survey_day_of(day, &d);
	return date_days(d);
}

/* The name of the first choice: of select_one it is the answer. */
static const char *first_choice(const struct asked *x,
	const struct survey_question *q, int64_t bits)
{
	for (int i = 0; i < x->s->list[q->list].count; i++)
		if (bits >> i & 1)
			return survey_text(x->s,
				survey_choice(x->s, q->list, i)->name);
	return "";
}

static struct value of_question(const struct asked *x, int i)
{
	const struct survey_question *q = &x->s->question[i];
	const int64_t n = x->a->of[i].number;

	if (!x->a->of[i].asked || !x->a->of[i].done)
		return of_text("");
	switch (q->kind) {
	case SURVEY_INTEGER:
		return of_number(n);
	case SURVEY_DATE:
		return of_day(days_of(n));
	case SURVEY_ONE:
	case SURVEY_MANY:
		return of_text(first_choice(x, q, n));
	case SURVEY_TEXT:
	case SURVEY_BARCODE:
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	return of_text(x->a->texts + x->a->of[i].text);
}

/* A text is the number that stands in it, or none. */
static struct value as_number(struct value v)
{
	int64_t n;
	const bool minus = v.kind == VALUE_TEXT && v.text[0] == '-';

	if (v.kind != VALUE_TEXT)
		return (struct value){.kind = VALUE_NUMBER,
			.none = v.none,
			.number = v.number};
	if (!str_to_int(v.text + minus, 0, INT32_MAX, &n))
		return no_number();
	return of_number(minus ? -n : n);
}

static bool equal(struct value a, struct value b)
{
	if (a.kind == VALUE_NUMBER || b.kind == VALUE_NUMBER) {
		a = as_number(a);
		b = as_number(b);
		return !a.none && !b.none && a.number == b.number;
	}
	if (a.kind != b.kind)
		return false;
	return a.kind == VALUE_TEXT ? strcmp(a.text, b.text) == 0
				    : a.number == b.number;
}

static bool compare(enum survey_op op, struct value a, struct value b)
{
	if (op == SURVEY_OP_EQ)
		return equal(a, b);
	if (op == SURVEY_OP_NE)
		return !equal(a, b);
	a = as_number(a);
	b = as_number(b);
	if (a.none || b.none)
		return false;
	switch (op) {
	case SURVEY_OP_LT:
		return a.number < b.number;
	case SURVEY_OP_LE:
		return a.number <= b.number;
	case SURVEY_OP_GT:
		return a.number > b.number;
	default:
		return a.number >= b.number;
	}
}

/* Sums stay small: 512 characters of numbers of 31 bits. */
static struct value reckon(enum survey_op op, struct value a, struct value b)
{
	a = as_number(a);
	b = as_number(b);
	if (a.none || b.none)
		return no_number();
	if (op == SURVEY_OP_MOD)
		return b.number == 0 ? no_number()
				     : of_number(a.number % b.number);
	return of_number(op == SURVEY_OP_ADD ? a.number + b.number
					     : a.number - b.number);
}

static int64_t length_of(struct value v)
{
	char digits[32];
	const char *text = v.text;
	int64_t n = 0;

	if (v.kind == VALUE_NUMBER) {
		if (v.none)
			return 3; /* "NaN" */
		snprintf(digits, sizeof(digits), "%" PRId64, v.number);
		text = digits;
	}
	while (utf8_next(&text))
		n++;
	return n;
}

static int64_t bits_of(const struct asked *x, const struct survey_node *n)
{
	const int i = n->a - 1;

	return x->a->of[i].asked && x->a->of[i].done ? x->a->of[i].number : 0;
}

static int64_t count_of(int64_t bits)
{
	int64_t n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

static struct value value(const struct asked *x, uint16_t top);

static bool truth(const struct asked *x, uint16_t top)
{
	return value(x, top).number != 0;
}

static struct value pair(const struct asked *x, const struct survey_node *n)
{
	const enum survey_op op = (enum survey_op)n->op;

	if (op == SURVEY_OP_ADD || op == SURVEY_OP_SUB || op == SURVEY_OP_MOD)
		return reckon(op, value(x, n->a), value(x, n->b));
	return of_bool(compare(op, value(x, n->a), value(x, n->b)));
}

static struct value value(const struct asked *x, uint16_t top)
{
	const struct survey_node *n = &x->s->node[top - 1];

	switch ((enum survey_op)n->op) {
	case SURVEY_OP_QUESTION:
		return of_question(x, (int)n->number);
	case SURVEY_OP_NUMBER:
		return of_number(n->number);
	case SURVEY_OP_DAY:
		return of_day(n->number);
	case SURVEY_OP_TEXT:
		return of_text(survey_text(x->s, (uint32_t)n->number));
	case SURVEY_OP_TODAY:
		return of_day(date_days(x->a->day));
	case SURVEY_OP_TRUE:
		return of_bool(n->number != 0);
	case SURVEY_OP_OR:
		return of_bool(truth(x, n->a) || truth(x, n->b));
	case SURVEY_OP_AND:
		return of_bool(truth(x, n->a) && truth(x, n->b));
	case SURVEY_OP_NOT:
		return of_bool(!truth(x, n->a));
	case SURVEY_OP_NEGATE:
		return reckon(SURVEY_OP_SUB, of_number(0), value(x, n->a));
	case SURVEY_OP_SELECTED:
		return of_bool((bits_of(x, n) >> n->number & 1) != 0);
	case SURVEY_OP_COUNT_SELECTED:
		return of_number(count_of(bits_of(x, n)));
	case SURVEY_OP_LENGTH:
		return of_number(length_of(value(x, n->a)));
	case SURVEY_OP_EQ:
	case SURVEY_OP_NE:
	case SURVEY_OP_LT:
	case SURVEY_OP_LE:
	case SURVEY_OP_GT:
	case SURVEY_OP_GE:
	case SURVEY_OP_ADD:
	case SURVEY_OP_SUB:
	case SURVEY_OP_MOD:
		break;
	}
	return pair(x, n);
}

bool survey_expr_true(const struct survey *s, uint16_t top,
	const struct survey_answers *a)
{
	const struct asked x = {s, a};

	return truth(&x, top);
}
