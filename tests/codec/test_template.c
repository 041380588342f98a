/* What templates can say, and the mistakes in them that are found. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"

struct row {
	const char *name;
	const char *tpl;
	const char *want; /* lines as below; or the error, if it begins so */
};

/* One line a page line: kind letter, flags, text, value. */
static struct row rows[] = {
	{"nothing gives nothing", "", ""},
	{"remarks and empty lines do not print", "# a remark\n\n  # too\n", ""},
	{"plain text", "text: Xin chào\n", "T Xin chào|\n"},
	{"the last line needs no end", "text: Xin chào", "T Xin chào|\n"},
	{"lines may end as on Windows", "text: a\r\ntext: b\r\n",
		"T a|\nT b|\n"},
	{"all settings of text", "text center bold big: A", "Tcb2 A|\n"},
	{"settings in any order", "text big center: A", "Tc2 A|\n"},
	{"a text may have colons", "text: Số: 5", "T Số: 5|\n"},
	{"an empty text is an empty line", "text:", "T |\n"},
	{"a value", "text: {name}!", "T Lò Văn Tý!|\n"},
	{"two values", "text: {name}, {name}", "T Lò Văn Tý, Lò Văn Tý|\n"},
	{"a value is not read again", "text: {braces}", "T {name} | {x}|\n"},
	{"a bar in a value splits nothing", "pair: {braces} | v",
		"P {name} | {x}|v\n"},
	{"a pair", "pair bold: a | b", "Pb a|b\n"},
	{"a pair with an empty side", "pair: | b", "P |b\n"},
	{"a field", "field 9: a | b", "P9 a|b\n"},
	{"a field beyond half the paper is moved in", "field 200: a | b",
		"P16 a|b\n"},
	{"a mark", "mark: {name}", "T#cb2 Lò Văn Tý|\n"},
	{"rule, space, cut", "rule\nspace 24\ncut", "R |\nS24 |\nC |\n"},
	{"a QR", "qr 6: {name}", "Q6 |\n"},
	{"if a value is there", "if name\ntext: a\nend\ntext: b",
		"T a|\nT b|\n"},
	{"if it is not", "if none\ntext: a\nend\ntext: b", "T b|\n"},
	{"unless it is there", "unless name\ntext: a\nend\ntext: b", "T b|\n"},
	{"unless it is not", "unless none\ntext: a\nend", "T a|\n"},
	{"if inside if", "if name\nif none\ntext: a\nend\ntext: b\nend",
		"T b|\n"},
	{"nothing inside a false if counts",
		"if none\nif name\ntext: a\nend\neach item\nrule\nend\nend",
		""},
	{"narrow paper is not wide", "if wide\ntext: 80\nend", ""},
	{"each row of a list", "each item\npair: {item.what} | {item.sum}\nend",
		"P a|1\nP b|2\nP c|\n"},
	{"values of the page inside each", "each item\ntext: {name}\nend",
		"T Lò Văn Tý|\nT Lò Văn Tý|\nT Lò Văn Tý|\n"},
	{"if on a column",
		"each item\nif item.sum\ntext: {item.what}\nend\nend",
		"T a|\nT b|\n"},
	{"an empty list prints nothing",
		"each empty\ntext: {empty.x}\nend\nrule", "R |\n"},
	{"decomposed letters are composed", "text: Lo\u0300", "T Lò|\n"},
	/* mistakes */
	{"an unknown directive", "text: a\nprint: b",
		"template line 2: no such directive: print"},
	{"an unknown setting", "text huge: a",
		"template line 1: not understood: huge"},
	{"a setting that does not go with it", "pair big: a | b",
		"template line 1: a setting that does not go with pair"},
	{"an unknown value", "\n\ntext: {nmae}",
		"template line 3: no such value: nmae"},
	{"an unknown value where it is not printed",
		"if none\ntext: {nmae}\nend",
		"template line 2: no such value: nmae"},
	{"an unknown column of an empty list",
		"each empty\ntext: {empty.y}\nend",
		"template line 2: no such value: empty.y"},
	{"a column outside its list", "text: {item.sum}",
		"template line 1: no such value: item.sum"},
	{"a column after its list", "each item\nend\ntext: {item.sum}",
		"template line 3: no such value: item.sum"},
	{"an unknown list", "each person\nend",
		"template line 1: no such list: person"},
	{"a brace that stays open", "text: {name",
		"template line 1: a brace without"},
	{"a brace that was not opened", "text: name}",
		"template line 1: a brace without"},
	{"a brace in a brace", "text: {{name}}",
		"template line 1: a brace without"},
	{"no end", "if name\ntext: a", "template line 2: end is missing"},
	{"an end too many", "text: a\nend", "template line 2: end of nothing"},
	{"an end with a name", "if name\nend if",
		"template line 2: end of nothing"},
	{"if without a name", "if\nend", "template line 1: one name must"},
	{"if with a text", "if name: x\nend", "template line 1: one name must"},
	{"blocks too deep", "if name\nif name\nif name\nif name\nif name\n",
		"template line 5: too many blocks"},
	{"no colon", "text", "template line 1: a colon and a text must"},
	{"a colon too many", "rule: x", "template line 1: no text can follow"},
	{"only a colon", ": x", "template line 1: a colon with nothing"},
	{"a field without its column", "field: a | b",
		"template line 1: a number is missing after field"},
	{"a pair without its bar", "pair: a b",
		"template line 1: no | between"},
	{"a number beyond reason", "space 401",
		"template line 1: not understood: 401"},
	{"a negative number", "space -1",
		"template line 1: not understood: -1"},
	{"an escape in a template", "text: a\x1b@",
		"template line 1: too long, or no clean UTF-8"},
	{"broken UTF-8", "text: \xe1\xba",
		"template line 1: too long, or no clean UTF-8"},
	{"two QR codes", "qr 6: A\nqr 6: B", "template: page overflows"},
};

static const struct template_value value[] = {
	{"name", "Lò Văn Tý"},
	{"none", ""},
	{"braces", "{name} | {x}"},
};

static const struct template_row items[] = {
	{{"a", "1"}},
	{{"b", "2"}},
	{{"c", ""}},
};

static const struct template_list list[] = {
	{"item", {"what", "sum"}, 3, items},
	{"empty", {"x"}, 0, NULL},
};

static const struct template_values values = {value, COUNT_OF(value), list,
	COUNT_OF(list)};

static void dump(const struct page *p, char *out, size_t size)
{
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < p->lines; i++) {
		const struct page_line *l = &p->line[i];
		char number[16] = "";

		if (l->dots + l->column > 0)
			snprintf(number, sizeof(number), "%d",
				l->dots + l->column);
		len += (size_t)snprintf(out + len, size - len,
			"%c%s%s%s%s%s %s|%s\n", "TPRSQC"[l->kind],
			l -> inverse ? "#" : "",
			l->align == PAGE_CENTER ? "c" : "", l->bold ? "b" : "",
			l->big ? "2" : "", number, l->text, l->value);
		assert_true(len < size);
	}
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static struct page page;
	struct err err = {.code = ERR_NONE};
	char got[4096];

	page_init(&page, PAGE_58);
	if (!template_run(row->tpl, strlen(row->tpl), &values, &page, &err)) {
		assert_int_equal(err.code, ERR_INVALID);
		if (strncmp(err.text, row->want, strlen(row->want)) != 0 ||
			row->want[0] == '\0')
			assert_string_equal(err.text, row->want);
		return;
	}
	dump(&page, got, sizeof(got));
	assert_string_equal(got, row->want);
}

static void wide_paper_is_wide(void **state)
{
	static const char tpl[] = "if wide\ntext: 80\nend";
	static struct page page;
	struct err err = {.code = ERR_NONE};

	(void)state;
	page_init(&page, PAGE_80);
	assert_true(template_run(tpl, sizeof(tpl) - 1, &values, &page, &err));
	assert_int_equal(page.lines, 1);
}

static void long_lines_and_texts_are_refused(void **state)
{
	static char tpl[TEMPLATE_LINE_SIZE + 10] = "text: ";
	static char word[TEMPLATE_TEXT_SIZE + 10];
	const struct template_value one = {"long", word};
	const struct template_values v = {&one, 1, NULL, 0};
	static struct page page;
	struct err err = {.code = ERR_NONE};

	(void)state;
	page_init(&page, PAGE_58);
	memset(tpl + 6, 'a', sizeof(tpl) - 7);
	assert_false(template_run(tpl, sizeof(tpl) - 1, &v, &page, &err));
	assert_non_null(strstr(err.text, "too long"));
	memset(word, 'a', sizeof(word) - 1);
	assert_false(template_run("text: {long}", 12, &v, &page, &err));
	assert_non_null(strstr(err.text, "too long a text"));
	word[TEMPLATE_TEXT_SIZE - 1] = '\0';
	assert_true(template_run("text: {long}", 12, &v, &page, &err));
}

static void a_page_that_overflows_is_refused(void **state)
{
	static char tpl[PAGE_MAX_LINES * 5 + 5];
	static struct page page;
	struct err err = {.code = ERR_NONE};

	(void)state;
	for (size_t i = 0; i + 5 <= sizeof(tpl); i += 5)
		memcpy(tpl + i, "rule\n", 5);
	page_init(&page, PAGE_58);
	assert_true(template_run(tpl, sizeof(tpl) - 5, &values, &page, &err));
	page_init(&page, PAGE_58);
	assert_false(template_run(tpl, sizeof(tpl), &values, &page, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void built_in_templates_are_found_by_name(void **state)
{
	size_t len = 0;

	(void)state;
	assert_non_null(template_builtin("receipt", &len));
	assert_true(len > 100);
	assert_null(template_builtin("../demo/people", &len));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
		cmocka_unit_test(wide_paper_is_wide),
		cmocka_unit_test(long_lines_and_texts_are_refused),
		cmocka_unit_test(a_page_that_overflows_is_refused),
		cmocka_unit_test(built_in_templates_are_found_by_name),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[4 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
