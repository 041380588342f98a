/* Texts in two languages, and the build tool that makes the table. */
#include "support/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "support/tmpdir.h"

static void the_catalogue_is_sorted_and_whole(void **state)
{
	(void)state;
	assert_true(tr_set_lang("vi"));
	assert_true(tr_rows_count > 0);
	for (size_t i = 0; i < tr_rows_count; i++) {
		const struct tr_row *row = &tr_rows[i];

		assert_true(utf8_valid(row->vietnamese,
			strlen(row->vietnamese)));
		assert_true(*row->english && *row->vietnamese);
		if (i > 0)
			assert_true(strcmp(row[-1].english, row->english) < 0);
		assert_ptr_equal(tr(row->english), row->vietnamese);
	}
}

static void english_is_what_the_code_says(void **state)
{
	(void)state;
	assert_true(tr_set_lang("en"));
	assert_string_equal(tr_lang(), "en");
	for (size_t i = 0; i < tr_rows_count; i++)
		assert_ptr_equal(tr(tr_rows[i].english), tr_rows[i].english);
	assert_true(tr_set_lang("vi"));
	assert_string_equal(tr_lang(), "vi");
}

static void an_unknown_text_stays_english(void **state)
{
	static const char text[] = "~ no catalogue has this ~";

	(void)state;
	assert_ptr_equal(tr(text), text);
	assert_string_equal(tr(""), "");
}

static void an_unknown_language_changes_nothing(void **state)
{
	(void)state;
	assert_true(tr_set_lang("vi"));
	assert_false(tr_set_lang("fr"));
	assert_false(tr_set_lang(""));
	assert_false(tr_set_lang("vi_VN"));
	assert_string_equal(tr_lang(), "vi");
}

/* ---- assets/mkcatalog.c ---- */

struct row {
	const char *name;
	const char *a;    /* content of a.po */
	const char *b;    /* of b.po */
	const char *out;  /* what must be in the table; NULL: it must fail */
	const char *says; /* in the message when it fails */
};

#define ENTRY(id, str) "msgid \"" id "\"\nmsgstr \"" str "\"\n"

static struct row rows[] = {
	{"catalogue: nothing", "", "", "tr_rows_count = 0;", ""},
	{"catalogue: the header is left out", ENTRY("", "Language: vi\\n"), "",
		"tr_rows_count = 0;", ""},
	{"catalogue: an entry", ENTRY("Yes", "Có"), "",
		"{\"Yes\",\n\t\t\"Có\"},", ""},
	{"catalogue: no translation is no entry", ENTRY("Yes", ""), "",
		"tr_rows_count = 0;", ""},
	{"catalogue: sorted over both files", ENTRY("b", "2"), ENTRY("a", "1"),
		"{\"a\",\n\t\t\"1\"},\n\t{\"b\",\n\t\t\"2\"},", ""},
	{"catalogue: comments and blank lines",
		"# one\n\n#: two\n#~ msgid \"x\"\n" ENTRY("a", "1"), "",
		"tr_rows_count = 1;", ""},
	{"catalogue: a text over several lines",
		"msgid \"\"\n\"a \"\n\"b\"\nmsgstr \"c\"\n\" d\"\n", "",
		"{\"a b\",\n\t\t\"c d\"},", ""},
	{"catalogue: escapes", ENTRY("a\\\"b\\\\c\\n", "\\td"), "",
		"{\"a\\\"b\\\\c\\n\",\n\t\t\"\\011d\"},", ""},
	{"catalogue: no trigraphs", ENTRY("What?\?)", "x"), "",
		"\"What\\?\\?)\"", ""},
	{"catalogue: no newline at the end", "msgid \"a\"\nmsgstr \"1\"", "",
		"tr_rows_count = 1;", ""},
	{"catalogue: twice in one file", ENTRY("a", "1") ENTRY("a", "2"), "",
		NULL, "twice: a"},
	{"catalogue: twice in two files", ENTRY("a", "1"), ENTRY("a", "1"),
		NULL, "b.po:1: twice: a"},
	{"catalogue: msgid without msgstr", "msgid \"a\"\n" ENTRY("b", "1"), "",
		NULL, "a.po:2"},
	{"catalogue: ends behind msgid", "msgid \"a\"\n", "", NULL, "middle"},
	{"catalogue: msgstr alone", "msgstr \"a\"\n", "", NULL, "a.po:1"},
	{"catalogue: msgstr twice", ENTRY("a", "1") "msgstr \"2\"\n", "", NULL,
		"a.po:3"},
	{"catalogue: a string alone", "\"a\"\n", "", NULL, "a.po:1"},
	{"catalogue: a context is not ours", "msgctxt \"a\"\n", "", NULL,
		"a.po:1"},
	{"catalogue: a plural is not ours", "msgid_plural \"a\"\n", "", NULL,
		"a.po:1"},
	{"catalogue: no closing quote", "msgid \"a\n", "", NULL, "quote"},
	{"catalogue: no quote", "msgid a\n", "", NULL, "quote"},
	{"catalogue: an unknown escape", ENTRY("\\x41", "1"), "", NULL,
		"escape"},
	{"catalogue: something behind the string", "msgid \"a\" b\n", "", NULL,
		"behind"},
};

/* The tool stands in gen/ of the build folder that this program is in. */
static const char *tool_path(char *out, size_t size)
{
	char self[512];
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *end;

	assert_true(n > 0);
	self[n] = '\0';
	end = strstr(self, "/tests/core/");
	assert_non_null(end);
	*end = '\0';
	assert_true(snprintf(out, size, "%s/gen/mkcatalog", self) < (int)size);
	return out;
}

/* What the tool prints over both files; *status is how it ended. */
static void run_tool(const char *dir, char *out, size_t size, int *status)
{
	char tool[600];
	char command[1024];
	FILE *pipe;
	size_t n;

	assert_true(snprintf(command, sizeof(command),
			    "cd '%s' && '%s' a.po b.po 2>&1", dir,
			    tool_path(tool, sizeof(tool))) <
		    (int)sizeof(command));
	pipe = popen(command, "r");
	assert_non_null(pipe);
	n = fread(out, 1, size - 1, pipe);
	out[n] = '\0';
	*status = pclose(pipe);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	char dir[128];
	char out[4096];
	int status = -1;

	tmpdir_make(dir, sizeof(dir));
	tmpdir_write(dir, "a.po", row->a, strlen(row->a));
	tmpdir_write(dir, "b.po", row->b, strlen(row->b));
	run_tool(dir, out, sizeof(out), &status);
	tmpdir_remove(dir);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), row->out ? 0 : 1);
	assert_non_null(strstr(out, row->out ? row->out : row->says));
}

int main(void)
{
	struct CMUnitTest tests[4 + COUNT_OF(rows)] = {
		cmocka_unit_test(the_catalogue_is_sorted_and_whole),
		cmocka_unit_test(english_is_what_the_code_says),
		cmocka_unit_test(an_unknown_text_stays_english),
		cmocka_unit_test(an_unknown_language_changes_nothing),
	};
	size_t n = 4;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return _cmocka_run_group_tests("tr", tests, n, NULL, NULL);
}
