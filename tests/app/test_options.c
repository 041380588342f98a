/* The command line, as people and scripts write it. */
#include "support/unit.h"

#include <string.h>

#include "terminal/app/options.h"

enum {
	MAX_ARGS = 8
};

struct row {
	const char *name;
	const char *args[MAX_ARGS];
	bool ok;
	const char *error; /* a part of it */
	bool json;
	const char *data;
	int64_t as;
	int words;
	bool flag;
	const char *text;
};

static struct row rows[] = {
	{"nothing is fine", {NULL}, true, "", false, NULL, 0, 0, false, NULL},
	{"common options", {"--json", "--data", "d", "--as", "7"}, true, "",
		true, "d", 7, 0, false, NULL},
	{"a value behind =", {"--data=x=y", "--as=9"}, true, "", false, "x=y",
		9, 0, false, NULL},
	{"words between options", {"a", "--flag", "b"}, true, "", false, NULL,
		0, 2, true, NULL},
	{"all are words behind --", {"--", "--flag"}, true, "", false, NULL, 0,
		1, false, NULL},
	{"own option with value", {"--text", "--json"}, true, "", false, NULL,
		0, 0, false, "--json"},
	{"unknown option", {"--jsn"}, false, "unknown option --jsn", false,
		NULL, 0, 0, false, NULL},
	{"value missing", {"--data"}, false, "--data needs a value", false,
		NULL, 0, 0, false, NULL},
	{"no number", {"--as", "x7"}, false, "--as needs a number", false, NULL,
		0, 0, false, NULL},
	{"number too big", {"--as", "99999999999999999999"}, false,
		"needs a number", false, NULL, 0, 0, false, NULL},
	{"a flag takes no value", {"--json=1"}, false, "takes no value", true,
		NULL, 0, 0, false, NULL},
	{"the beginning of an option is not the option", {"--dat", "x"}, false,
		"unknown option", false, NULL, 0, 0, false, NULL},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct options o = {0};
	bool flag = false;
	const char *text = NULL;
	const struct option_spec own[] = {
		{"--flag", OPTION_FLAG, &flag},
		{"--text", OPTION_TEXT, &text},
	};
	struct err err = {0};
	int argc = 0;

	while (argc < MAX_ARGS && row->args[argc])
		argc++;
	assert_int_equal(options_read(&o, argc, (char **)row->args, own, 2,
				 &err),
		row->ok);
	assert_non_null(strstr(err.text, row->error));
	if (!row->ok)
		return;
	assert_int_equal(o.json, row->json);
	assert_int_equal(o.as, row->as);
	assert_int_equal(o.words, row->words);
	assert_int_equal(flag, row->flag);
	if (row->data)
		assert_string_equal(o.data, row->data);
	else
		assert_null(o.data);
	if (row->text)
		assert_string_equal(text, row->text);
	else
		assert_null(text);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
