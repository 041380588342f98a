/* The lessons as files say them: both languages alike, short, and in rows. */
#include "support/unit.h"

#include <string.h>

#include "core/asset.h"
#include "core/utf8.h"
#include "db/settings.h"
#include "terminal/flows/tour_script.h"

enum {
	WIDE = 76,       /* columns of a text at 80x25 */
	TEXT_COLS = 145, /* two lines of that, broken between words */
	BRIEF_COLS = 31  /* "[14/14] " and this fit into 40 */
};

struct row {
	const char *name;
	const char *text;
	int line; /* the first that is wrong; 0: none */
};

#define GOOD "lesson\tagent\tSign in\n"

static struct row rows[] = {
	{"nothing at all", "", 0},
	{"only remarks and empty lines", "# a\n\n# b\n", 0},
	{"a lesson", GOOD, 0},
	{"the last line need not end", "lesson\tagent\tSign in", 0},
	{"a lesson and its hint", GOOD "at\tnumber\tType it.\tType\n", 0},
	{"a last word", GOOD "then\thelp\tBack.\tBack\n", 0},
	{"a last word of no lesson", "then\thelp\tBack.\tBack\n", 1},
	{"hints that are common", "common\nat\tanywhere\tGo.\tGo\n" GOOD, 0},
	{"a lesson that is passed over", GOOD "skip\tdrawer\n", 0},
	{"a lesson with another card", GOOD "card\tmarks\n", 0},
	{"a lesson with a cut", GOOD "cut\thanding\t5\n", 0},
	{"a word that is none", "lessons\tagent\tSign in\n", 1},
	{"a fact that is none", GOOD "at\tsomewhere\tA.\tA\n", 2},
	{"a lesson without a title", "lesson\tagent\t\n", 1},
	{"a lesson with too many cells", "lesson\tagent\tSign in\tx\n", 1},
	{"a hint without its short text", GOOD "at\tnumber\tType it.\n", 2},
	{"a hint with an empty short text", GOOD "at\tnumber\tType it.\t\n", 2},
	{"a hint with too many cells", GOOD "at\tpin\tA.\tA\tB\n", 2},
	{"common hints after a lesson", GOOD "common\n", 2},
	{"a cut of no lesson", "cut\thanding\t5\n", 1},
	{"a cut without seconds", GOOD "cut\thanding\n", 2},
	{"a cut at once", GOOD "cut\thanding\t0\n", 2},
	{"a cut after an hour", GOOD "cut\thanding\t3600\n", 2},
	{"a cut after something long",
		GOOD "cut\thanding\t55555555555555555555555555555555\n", 2},
	{"a card that is none", GOOD "card\tblue\n", 2},
	{"a line of one tab", "\t\n", 1},
	{"a blank is no tab", "lesson agent Sign\n", 1},
	{"no more lessons than there is room for",
		GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD GOOD
			GOOD GOOD GOOD GOOD,
		17},
};

static void run_row(void **state)
{
	static struct tour_script s;
	const struct row *row = *state;

	assert_int_equal(tour_script_read(row->text, strlen(row->text), &s),
		row->line);
}

static void cells_are_kept(void **state)
{
	static struct tour_script s;
	static const char text[] =
		"common\nat\tanywhere\tBack.\tBack\n"
		"lesson\thanded\tPay\nskip\tdrawer\ncut\thanding\t7\n"
		"card\tmarks\nat\tready\tLong one.\tShort\n";

	(void)state;
	assert_int_equal(tour_script_read(text, strlen(text), &s), 0);
	assert_int_equal(s.lessons, 1);
	assert_int_equal(s.common.hint, 0);
	assert_int_equal(s.common.hints, 1);
	assert_int_equal(s.lesson[0].goal, TOUR_HANDED);
	assert_int_equal(s.lesson[0].skip, TOUR_DRAWER);
	assert_int_equal(s.lesson[0].cut, TOUR_HANDING);
	assert_int_equal(s.lesson[0].cut_seconds, 7);
	assert_true(s.lesson[0].marks);
	assert_int_equal(s.lesson[0].hint, 1);
	assert_int_equal(s.lesson[0].hints, 1);
	assert_int_equal(s.hint[1].fact, TOUR_READY);
	assert_memory_equal(s.hint[1].text.at, "Long one.", 9);
	assert_int_equal(s.hint[1].brief.len, 5);
}

static void file(const char *path, struct tour_script *out)
{
	const struct asset *a = NULL;
	int line;

	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, path) == 0)
			a = &assets[i];
	if (!a)
		fail_msg("%s is not built in", path);
	line = tour_script_read((const char *)a->data, a->size, out);
	if (line > 0)
		fail_msg("%s:%d is wrong", path, line);
}

static void both_languages_teach_the_same(void **state)
{
	static struct tour_script vi, en;

	(void)state;
	file("assets/tour/vi.tsv", &vi);
	file("assets/tour/en.tsv", &en);
	assert_int_equal(vi.lessons, en.lessons);
	assert_int_equal(vi.hints, en.hints);
	for (int i = 0; i < vi.lessons; i++) {
		assert_int_equal(vi.lesson[i].goal, en.lesson[i].goal);
		assert_int_equal(vi.lesson[i].skip, en.lesson[i].skip);
		assert_int_equal(vi.lesson[i].cut, en.lesson[i].cut);
		assert_int_equal(vi.lesson[i].cut_seconds,
			en.lesson[i].cut_seconds);
		assert_int_equal(vi.lesson[i].marks, en.lesson[i].marks);
		assert_int_equal(vi.lesson[i].hints, en.lesson[i].hints);
	}
	for (int i = 0; i < vi.hints; i++)
		assert_true(vi.hint[i].fact == en.hint[i].fact &&
			    vi.hint[i].then == en.hint[i].then);
}

static int columns(struct tour_cell c)
{
	char text[512];

	assert_true(c.len < (int)sizeof(text));
	memcpy(text, c.at, (size_t)c.len);
	text[c.len] = '\0';
	return utf8_columns(text);
}

/* The longest that {supervisor-pin} and the others become is shorter. */
static void every_text_is_short(void **state)
{
	static const char *const paths[] = {"assets/tour/vi.tsv",
		"assets/tour/en.tsv"};
	static struct tour_script s;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		file(paths[i], &s);
		for (int k = 0; k < s.hints; k++) {
			const struct tour_hint *h = &s.hint[k];
			const bool filled =
				memchr(h->brief.at, '{', (size_t)h->brief.len);

			if (columns(h->text) > TEXT_COLS ||
				(!filled && columns(h->brief) > BRIEF_COLS))
				fail_msg("%s: \"%.*s\" is too long", paths[i],
					h->text.len, h->text.at);
		}
		for (int k = 0; k < s.lessons; k++)
			assert_true(columns(s.lesson[k].title) < WIDE / 2);
	}
}

/* Wherever somebody strays there is a way back; progress has room. */
static void nobody_is_left_alone(void **state)
{
	static struct tour_script s;

	(void)state;
	file("assets/tour/vi.tsv", &s);
	assert_in_range(s.lessons, 13, SETTINGS_LESSONS);
	assert_int_equal(s.hint[s.common.hints - 1].fact, TOUR_ANYWHERE);
	for (int i = 0; i < s.common.hints - 1; i++)
		assert_int_not_equal(s.hint[i].fact, TOUR_ANYWHERE);
	for (int i = 0; i < s.lessons; i++)
		assert_int_not_equal(s.lesson[i].goal, TOUR_ANYWHERE);
}

static void a_language_without_a_file_has_no_lessons(void **state)
{
	static struct tour_script s;

	(void)state;
	tour_script_find("fr", &s);
	assert_int_equal(s.lessons, 0);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 5] = {
		cmocka_unit_test(cells_are_kept),
		cmocka_unit_test(both_languages_teach_the_same),
		cmocka_unit_test(every_text_is_short),
		cmocka_unit_test(nobody_is_left_alone),
		cmocka_unit_test(a_language_without_a_file_has_no_lessons),
	};
	size_t n = 5;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("tour_script", tests, NULL, NULL);
}
