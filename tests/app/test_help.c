/* test_help.c - chitra --help: every verb, in lines that can be read. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/app/help.h"
#include "terminal/app/verb.h"

static char said[32768];

static FILE *stream(void)
{
	FILE *out;

	memset(said, 0, sizeof(said));
	out = fmemopen(said, sizeof(said), "w");
	assert_non_null(out);
	return out;
}

static void finish(FILE *out)
{
	assert_int_equal(fclose(out), 0);
	assert_in_range(strlen(said), 1, sizeof(said) - 2);
}

static void assert_at_most_80_columns(void)
{
	char *rest = said;

	for (char *line; (line = strsep(&rest, "\n"));)
		if (utf8_columns(line) > 80)
			fail_msg("%d columns: %s", utf8_columns(line), line);
}

static const char *const langs[] = {"vi", "en"};

static void every_verb_has_a_sentence_and_a_line_of_its_own(void **state)
{
	char start[64];

	(void)state;
	for (int l = 0; l < 2; l++) {
		FILE *out = stream();

		assert_true(tr_set_lang(langs[l]));
		help_all(out);
		finish(out);
		for (int i = 0; i < verbs_count; i++) {
			const char *says = help_says(verbs[i].name);

			assert_non_null(says);
			snprintf(start, sizeof(start), "\n  %-11s %.8s",
				verbs[i].name, tr(says));
			start[utf8_cut(start, strlen(start))] = '\0';
			if (!strstr(said, start))
				fail_msg("not there: %s", start);
		}
		assert_at_most_80_columns();
	}
}

static void nothing_is_explained_that_is_no_verb(void **state)
{
	int lines = 0;
	FILE *out = stream();

	(void)state;
	assert_true(tr_set_lang("en"));
	help_all(out);
	finish(out);
	/* Two blanks and a name; what goes on stands further right. */
	for (const char *at = said; (at = strstr(at, "\n  ")); at++)
		lines += at[3] != ' ';
	assert_int_equal(lines, verbs_count);
}

/* Without the head and the breaks it is what the usage says. */
static void nothing_of_a_usage_is_lost_and_nothing_too_wide(void **state)
{
	(void)state;
	for (int i = 0; i < verbs_count; i++) {
		FILE *out = stream();
		const char *want = verbs[i].usage;
		char *got;
		char *rest = said;

		help_forms(out, verbs[i].name, verbs[i].usage);
		finish(out);
		while ((got = strsep(&rest, " \n"))) {
			if (*got == '\0' || strcmp(got, "chitra") == 0)
				continue;
			if (strcmp(got, verbs[i].name) == 0 &&
				strncmp(want, got, strlen(got)) != 0)
				continue;
			want += strspn(want, " ");
			if (strncmp(want, "| ", 2) == 0 && *got != '|')
				want += 2;
			if (strncmp(want, got, strlen(got)) != 0)
				fail_msg("%s: %s, not %s", verbs[i].name, got,
					want);
			want += strlen(got);
		}
		assert_string_equal(want, "");
	}
}

static void a_verb_says_what_it_is_and_how_it_ends(void **state)
{
	(void)state;
	for (int i = 0; i < verbs_count; i++) {
		FILE *out = stream();

		assert_true(tr_set_lang(langs[i % 2]));
		assert_true(help_verb(out, verbs[i].name));
		finish(out);
		assert_non_null(strstr(said, tr(help_says(verbs[i].name))));
		assert_non_null(strstr(said, "--data DIR"));
		assert_at_most_80_columns();
	}
}

static const struct {
	const char *name;
	const char *usage;
	const char *want;
} forms[] = {
	{"one form is one line", "CODE [--again]", "chitra x CODE [--again]\n"},
	{"two forms are two lines", "a N | b", "chitra x a N\nchitra x b\n"},
	{"what stands in brackets stays together", "(a | b [c | d]) e | f",
		"chitra x (a | b [c | d]) e\nchitra x f\n"},
	{"words with bars are one word", "a|b|c N", "chitra x a|b|c N\n"},
	{"nothing at all", "", "chitra x\n"},
	{"a long one goes on further in",
		"--number-one AAAAAAAAAAAAAAAA --number-two BBBBBBBBBBBBBBBB"
		" --number-three CC",
		"chitra x --number-one AAAAAAAAAAAAAAAA --number-two "
		"BBBBBBBBBBBBBBBB\n        --number-three CC\n"},
};

static void forms_of_a_usage(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		FILE *out = stream();

		help_forms(out, "x", forms[i].usage);
		finish(out);
		if (strcmp(said, forms[i].want) != 0)
			fail_msg("%s: %s", forms[i].name, said);
	}
}

static void an_unknown_verb_is_none(void **state)
{
	FILE *out = stream();

	(void)state;
	assert_false(help_verb(out, "frobnicate"));
	assert_false(help_verb(out, "--help"));
	assert_int_equal(fclose(out), 0);
	assert_string_equal(said, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_verb_has_a_sentence_and_a_line_of_its_own),
		cmocka_unit_test(nothing_is_explained_that_is_no_verb),
		cmocka_unit_test(
			nothing_of_a_usage_is_lost_and_nothing_too_wide),
		cmocka_unit_test(a_verb_says_what_it_is_and_how_it_ends),
		cmocka_unit_test(forms_of_a_usage),
		cmocka_unit_test(an_unknown_verb_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
