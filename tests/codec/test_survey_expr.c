/* Conditions: what is read, what is refused, what is true of which answers. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/survey_answers.h"
#include "core/codec/survey_expr.h"
#include "support/surveytext.h"

/* n 5, t "abc", d 2026-12-05, w child, m c1 c3, y 1, e* empty; today is
 * 2026-12-08. The last question is the one that has the condition. */
static const struct survey *form(void)
{
	return surveytext(",integer,n,N\n,text,t,T\n,date,d,D\n"
			  ",select_one who,w,W\n,select_multiple many,m,M\n"
			  ",select_one yn,y,Y\n,integer,en,N\n,text,et,T\n"
			  ",date,ed,D\n,select_one who,ew,W\n"
			  ",select_multiple many,em,M\n,barcode,b,B\n"
			  ",note,x,Read this\n,integer,self,S\n,text,late,L\n");
}

static const char *const answers[][2] = {
	{"n", "5"},
	{"t", "abc"},
	{"d", "2026-12-05"},
	{"w", "child"},
	{"m", "c1 c3"},
	{"y", "1"},
	{"b", "893 123"},
	{"self", "7"},
};

static struct row {
	const char *expr;
	const char *want; /* "T", "F", or the trouble and [what] */
} rows[] = {
	{"true()", "T"},
	{"false()", "F"},
	{"not(false())", "T"},
	{"${n} = 5", "T"},
	{"${n}=5", "T"},
	{" ${ n } = 5 ", "T"},
	{"5 = ${n}", "T"},
	{"${n} != 5", "F"},
	{"${n} < 6", "T"},
	{"${n} <= 5", "T"},
	{"${n} > 5", "F"},
	{"${n} >= 5", "T"},
	{"${n} > -1", "T"},
	{"${n} + 2 = 7", "T"},
	{"${n} - 2 = 3", "T"},
	{"${n}-2-1=2", "T"},
	{"${n} mod 2 = 1", "T"},
	{"-${n} = -5", "T"},
	{"--${n} = 5", "T"},
	{"${n} = 5 and ${t} = 'abc'", "T"},
	{"${n} = 4 and ${t} = 'abc'", "F"},
	{"${n} = 4 or ${t} = 'abc'", "T"},
	/* and binds more tightly than or, + than <, < than = */
	{"true() or false() and false()", "T"},
	{"(true() or false()) and false()", "F"},
	{"1 + 1 < 3", "T"},
	{"1 < 2 = true()", "T"},
	/* texts */
	{"${t} = \"abc\"", "T"},
	{"${t} = ‘abc’", "T"},
	{"${t} = “abc”", "T"},
	{"${t} != 'ABC'", "T"},
	{"${t} = ''", "F"},
	{"string-length(${t}) = 3", "T"},
	{"string-length(${et}) = 0", "T"},
	{"string-length(${n}) = 1", "T"},
	{"${b} = '893 123'", "T"},
	/* choices */
	{"${w} = 'child'", "T"},
	{"${w} != 'self'", "T"},
	{"selected(${w}, 'child')", "T"},
	{"selected(${w}, 'other')", "F"},
	{"selected(${m}, 'c3')", "T"},
	{"selected(${m}, 'c2')", "F"},
	{"not(selected(${m},'c2'))", "T"},
	{"count-selected(${m}) = 2", "T"},
	{"${m} = ''", "F"},
	{"${y} = 1", "T"},
	{"${y} = '1'", "T"},
	{"${y} > 0", "T"},
	/* days; '.' of a date in a constraint is below */
	{"${d} < today()", "T"},
	{"${d} = date('2026-12-05')", "T"},
	{"${d} > date('2026-12-05')", "F"},
	{"${d} + 3 = today()", "T"},
	{"today() - ${d} = 3", "T"},
	{"today() - 3 <= ${d}", "T"},
	{"date('2024-02-29') + 1 = date('2024-03-01')", "T"},
	{"date('1970-01-01') - date('1969-12-31') = 1", "T"},
	{"date('2100-03-01') - date('2100-02-28') = 1", "T"},
	/* an empty answer: the empty text, and no number */
	{"${et} = ''", "T"},
	{"${en} = ''", "T"},
	{"${ed} = ''", "T"},
	{"${ew} = ''", "T"},
	{"${em} = ''", "T"},
	{"${en} != ''", "F"},
	{"${n} = ''", "F"},
	{"${d} = ''", "F"},
	{"${en} > 5", "F"},
	{"${en} <= 5", "F"},
	{"not(${en} > 5)", "T"},
	{"${en} = 0", "F"},
	{"${en} != 0", "T"},
	{"${en} + 1 = 1", "F"},
	{"${en} + 1 != 1", "T"},
	{"-${en} = 0", "F"},
	{"${ed} < today()", "F"},
	{"${ed} >= today()", "F"},
	{"${ed} = ${d}", "F"},
	{"${ed} != ${d}", "T"},
	{"${ew} = 'child'", "F"},
	{"${ew} != 'child'", "T"},
	{"selected(${ew}, 'child')", "F"},
	{"count-selected(${em}) = 0", "T"},
	{"${et} < 1", "F"},
	{"${t} < 1", "F"},
	{"${n} mod 0 = 0", "F"},
	{"${et} = ${ew}", "T"},
	/* '.': the answer itself */
	{". = 7", "T"},
	{".=7", "T"},
	{".>-1", "T"},
	{". mod 2 = 1 and .<10", "T"},
	{".-1 = 6", "T"},
	/* refused */
	{"", "syntax []"},
	{"5", "not_true_or_false []"},
	{"${t}", "not_true_or_false []"},
	{"today()", "not_true_or_false []"},
	{"${none} = 1", "unknown_name [none]"},
	{"${late} = 'x'", "later_name [late]"},
	{"${self} = 7", "later_name [self]"},
	{"${x} = ''", "note_name [x]"},
	{"${n = 5", "syntax [n = 5]"},
	{"${t} = 'abc", "syntax [abc]"},
	{"${n} = 5 and", "syntax []"},
	{"(${n} = 5", "syntax []"},
	{"${n} = 5)", "syntax [)]"},
	{"${n} == 5", "syntax [=]"},
	{"${n} = 1.5", "syntax [1.5]"},
	{"${n} = .5", "syntax [.]"},
	{"${n} = 99999999999", "syntax [99999999999]"},
	{"${n} div 2 = 1", "operator [div]"},
	{"${n} * 2 = 10", "operator [*]"},
	{"/data/n = 5", "syntax [/]"},
	{"regex(., '[0-9]+')", "function [regex]"},
	{"if(${n} = 5, 1, 0) = 1", "function [if]"},
	{"pulldata('a','b')", "function [pulldata]"},
	{"once(1)", "function [once]"},
	{"today = 5", "syntax [today]"},
	{"today(1) = ${d}", "arguments [today]"},
	{"date('2026-02-30') = ${d}", "arguments [date]"},
	{"date('05/12/2026') = ${d}", "arguments [date]"},
	{"selected(${n}, '5')", "arguments [selected]"},
	{"selected(${w}, child)", "arguments [selected]"},
	{"selected(${w})", "syntax [)]"},
	{"selected(${w}, 'aunt')", "unknown_choice [aunt]"},
	{"${w} = 'aunt'", "unknown_choice [aunt]"},
	{"'aunt' = ${w}", "unknown_choice [aunt]"},
	{"${y} = 2", "unknown_choice [2]"},
	{"count-selected(${w}) = 1", "arguments [count-selected]"},
	{"string-length(${d}) = 1", "arguments [string-length]"},
	{"not(5)", "arguments [not]"},
	{"${n} and true()", "types [and]"},
	{"${n} = true()", "types [=]"},
	{"${n} = 'abc'", "types [=]"},
	{"${n} < 'abc'", "types [<]"},
	{"${d} = 5", "types [=]"},
	{"${d} < '2026-12-05'", "types [<]"},
	{"${d} = '2026-12-05'", "types [=]"},
	{"${m} = 'c1'", "types [=]"},
	{"${m} = ${em}", "types [=]"},
	{"${d} + ${d} = today()", "types [+]"},
	{"${t} = today()", "types [=]"},
	{"-'abc' = 1", "types [-]"},
	{"${d} mod 2 = 1", "types [mod]"},
	{"((((((((((((((((((((1))))))))))))))))))))=1", "too_deep []"},
	{"--------------------1=1", "too_deep []"},
};

static const char *answer(struct survey *s, const char *expr, char *out,
	size_t size)
{
	static struct survey_answers a;
	const int self = survey_find(s, "self");
	struct survey_why why = {.trouble = SURVEY_TROUBLE_NONE};
	uint16_t top = 0;

	if (!survey_expr_read(s, self, true, expr, &top, &why)) {
		snprintf(out, size, "%s [%s]", survey_trouble_code(why.trouble),
			why.what);
		return out;
	}
	survey_answers_init(&a, s, (struct date){2026, 12, 8});
	for (size_t i = 0; i < COUNT_OF(answers); i++)
		assert_int_equal(survey_answer_set(s, &a,
					 survey_find(s, answers[i][0]),
					 answers[i][1]),
			SURVEY_FINE);
	return survey_expr_true(s, top, &a) ? "T" : "F";
}

static void run_row(void **state)
{
	static struct survey s;
	const struct row *row = *state;
	char got[128];
	int nodes;
	uint32_t used;

	s = *form();
	nodes = s.nodes;
	used = s.used;
	assert_string_equal(answer(&s, row->expr, got, sizeof(got)), row->want);
	/* What was refused leaves nothing behind. */
	if (row->want[1])
		assert_true(s.nodes == nodes && s.used == used);
}

static void a_dot_is_for_constraints_only(void **state)
{
	static struct survey s;
	struct survey_why why;
	uint16_t top;

	(void)state;
	s = *form();
	assert_false(survey_expr_read(&s, 3, false, ". = 1", &top, &why));
	assert_int_equal(why.trouble, SURVEY_EXPR_DOT);
}

static void long_and_many_conditions_are_refused(void **state)
{
	static struct survey s;
	char text[SURVEY_EXPR_SIZE + 1];
	struct survey_why why;
	uint16_t top;
	int i;

	(void)state;
	s = *form();
	memset(text, ' ', sizeof(text));
	memcpy(text, "true()", 6);
	text[SURVEY_EXPR_SIZE] = '\0';
	assert_false(survey_expr_read(&s, 3, false, text, &top, &why));
	assert_int_equal(why.trouble, SURVEY_TOO_LONG);
	text[SURVEY_EXPR_SIZE - 1] = '\0';
	assert_true(survey_expr_read(&s, 3, false, text, &top, &why));
	for (i = 0; i < SURVEY_MAX_NODES; i++)
		if (!survey_expr_read(&s, 3, false, "1=1", &top, &why))
			break;
	assert_int_equal(why.trouble, SURVEY_TOO_MANY);
	assert_true(s.nodes <= SURVEY_MAX_NODES);
}

/* A chain is as deep as it is long, and no deeper than its text. */
static void the_longest_chain_is_worked_out(void **state)
{
	static struct survey s;
	static struct survey_answers a;
	char text[SURVEY_EXPR_SIZE];
	struct survey_why why;
	struct buf b;
	uint16_t top;

	(void)state;
	s = *form();
	buf_init(&b, text, sizeof(text));
	for (buf_printf(&b, "1"); b.len + 8 < sizeof(text);)
		buf_printf(&b, "+1");
	buf_printf(&b, ">9");
	assert_true(survey_expr_read(&s, 3, false, buf_text(&b), &top, &why));
	survey_answers_init(&a, &s, (struct date){2026, 12, 8});
	assert_true(survey_expr_true(&s, top, &a));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3];
	const struct CMUnitTest others[] = {
		cmocka_unit_test(a_dot_is_for_constraints_only),
		cmocka_unit_test(long_and_many_conditions_are_refused),
		cmocka_unit_test(the_longest_chain_is_worked_out),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].expr[0]
							       ? rows[i].expr
							       : "nothing",
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("conditions", tests, NULL, NULL);
}
