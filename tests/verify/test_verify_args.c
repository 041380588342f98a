/* The command line of chitra-verify: one row is one of them. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/verify/verify_args.h"

enum {
	WORDS = 12
};

/* Words are apart by one blank. */
static int split(char *line, char *argv[WORDS])
{
	char *rest = NULL;
	int n = 0;

	argv[n++] = (char *)"chitra-verify";
	for (char *w = strtok_r(line, " ", &rest); w;
		w = strtok_r(NULL, " ", &rest)) {
		assert_true(n < WORDS);
		argv[n++] = w;
	}
	return n;
}

static struct row {
	const char *line;
	const char *says; /* the error; NULL: it is right */
	const char *path;
	const char *paper;
	uint64_t from;
	uint64_t to;
} rows[] = {
	{"store", NULL, "store", NULL, 1, UINT64_MAX},
	{"-f --json --records store", NULL, "store", NULL, 1, UINT64_MAX},
	{"--progress store", NULL, "store", NULL, 1, UINT64_MAX},
	{"store --from 3", NULL, "store", NULL, 3, UINT64_MAX},
	{"--from 3 --to 9 store", NULL, "store", NULL, 3, 9},
	{"--from 3 --to 3 store", NULL, "store", NULL, 3, 3},
	{"receipt CV1:ABC --keys k", NULL, NULL, "CV1:ABC", 1, UINT64_MAX},
	{"--keys k receipt CV1:ABC", NULL, NULL, "CV1:ABC", 1, UINT64_MAX},
	/* What begins with a sign, behind --, is a name. */
	{"-- -f", NULL, "-f", NULL, 1, UINT64_MAX},
	{"-- --json", NULL, "--json", NULL, 1, UINT64_MAX},
	{"-- receipt CV1:ABC", "a receipt is checked with --keys FILE", NULL,
		NULL, 0, 0},
	{"-", NULL, "-", NULL, 1, UINT64_MAX},
	/* Nothing else is needed for these. */
	{"--help", NULL, NULL, NULL, 1, UINT64_MAX},
	{"--checks", NULL, NULL, NULL, 1, UINT64_MAX},
	{"", "which journal?", NULL, NULL, 0, 0},
	{"--json", "which journal?", NULL, NULL, 0, 0},
	{"receipt", "which receipt?", NULL, NULL, 0, 0},
	{"receipt --keys k", "which receipt?", NULL, NULL, 0, 0},
	{"receipt CV1:ABC", "a receipt is checked with --keys FILE", NULL, NULL,
		0, 0},
	{"a b", "\"b\" is one too many", NULL, NULL, 0, 0},
	{"receipt a b --keys k", "\"b\" is one too many", NULL, NULL, 0, 0},
	{"store receipt", "\"receipt\" is one too many", NULL, NULL, 0, 0},
	{"--records store", "--records goes with --json", NULL, NULL, 0, 0},
	{"--from 9 --to 3 store", "--from is behind --to", NULL, NULL, 0, 0},
	{"--from 0 store", "--from wants a record number", NULL, NULL, 0, 0},
	{"--to -1 store", "--to wants a record number", NULL, NULL, 0, 0},
	{"--to 3x store", "--to wants a record number", NULL, NULL, 0, 0},
	{"--from", "--from wants a value", NULL, NULL, 0, 0},
	{"store --keys", "--keys wants a value", NULL, NULL, 0, 0},
	{"--roster", "--roster wants a value", NULL, NULL, 0, 0},
	{"--nonsense store", "--nonsense?", NULL, NULL, 0, 0},
	{"-x store", "-x?", NULL, NULL, 0, 0},
	{"--key k store", "--key?", NULL, NULL, 0, 0},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct verify_args args;
	struct err err = {0};
	char line[128];
	char *argv[WORDS];
	int argc;
	bool ok;

	snprintf(line, sizeof(line), "%s", row->line);
	argc = split(line, argv);
	ok = verify_args_read(argc, argv, &args, &err);
	if (ok != !row->says)
		fail_msg("%s", ok ? "taken" : err.text);
	if (row->says) {
		assert_string_equal(err.text, row->says);
		assert_int_equal(err.code, ERR_INVALID);
		return;
	}
	assert_true(args.from == row->from);
	assert_true(args.to == row->to);
	assert_int_equal(args.path != NULL, row->path != NULL);
	assert_int_equal(args.paper != NULL, row->paper != NULL);
	if (row->path)
		assert_string_equal(args.path, row->path);
	if (row->paper)
		assert_string_equal(args.paper, row->paper);
}

/* Each to its own place, whatever the order. */
static void every_option_goes_where_it_belongs(void **state)
{
	char line[] = "--salvage s --receipts r j --checkpoints c --keys k";
	struct verify_args args;
	struct err err;
	char *argv[WORDS];
	const int argc = split(line, argv);

	(void)state;
	assert_true(verify_args_read(argc, argv, &args, &err));
	assert_string_equal(args.salvage, "s");
	assert_string_equal(args.receipts, "r");
	assert_string_equal(args.checkpoints, "c");
	assert_string_equal(args.keys, "k");
	assert_string_equal(args.path, "j");
	assert_false(args.help || args.checks || args.json || args.records ||
		     args.future);
	assert_int_equal(args.rosters, 0);
}

static void flags_are_kept_apart(void **state)
{
	static const char *const flag[] = {"--help", "--checks", "--json", "-f",
		"--progress"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(flag); i++) {
		char *argv[] = {(char *)"chitra-verify",
			(char *)(uintptr_t)flag[i], (char *)"store"};
		struct verify_args args;
		struct err err;

		assert_true(verify_args_read(3, argv, &args, &err));
		assert_int_equal(args.help, i == 0);
		assert_int_equal(args.checks, i == 1);
		assert_int_equal(args.json, i == 2);
		assert_int_equal(args.future, i == 3);
		assert_int_equal(args.progress, i == 4);
		assert_false(args.records);
	}
}

/* A store has many lists; but there is an end to it. */
static void rosters_may_come_often(void **state)
{
	char *argv[2 * (VERIFY_ARGS_ROSTERS + 1) + 2];
	struct verify_args args;
	struct err err = {0};
	int n = 0;

	(void)state;
	argv[n++] = (char *)"chitra-verify";
	argv[n++] = (char *)"store";
	for (int i = 0; i <= VERIFY_ARGS_ROSTERS; i++) {
		argv[n++] = (char *)"--roster";
		argv[n++] = (char *)"r";
	}
	assert_true(verify_args_read(n - 2, argv, &args, &err));
	assert_int_equal(args.rosters, VERIFY_ARGS_ROSTERS);
	assert_string_equal(args.roster[VERIFY_ARGS_ROSTERS - 1], "r");
	assert_false(verify_args_read(n, argv, &args, &err));
	assert_string_equal(err.text, "too many rosters");
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 3];
	size_t n = 0;

	for (; n < COUNT_OF(rows); n++)
		tests[n] = (struct CMUnitTest){.name = rows[n].line[0]
							       ? rows[n].line
							       : "(nothing)",
			.test_func = run_row,
			.initial_state = &rows[n]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(every_option_goes_where_it_belongs);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(flags_are_kept_apart);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(rosters_may_come_often);
	return cmocka_run_group_tests_name("arguments of chitra-verify", tests,
		NULL, NULL);
}
