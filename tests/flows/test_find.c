/* One row is one story: what happens, and where the search then stands. */
#include "support/unit.h"

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/find.h"

struct row {
	const char *name;
	int first; /* the key that began it */
	const char *script;
	enum find_step step;
	enum effect_kind effect; /* of the last event */
	int64_t chosen;
	int page;
	int cursor;
	const char *query;
};

static struct row rows[] = {
	{"starts with the key that was pressed", '4', "", FIND_TYPE, FX_NONE, 0,
		0, 0, "4"},
	{"more is typed", '4', "578", FIND_TYPE, FX_NONE, 0, 0, 0, "4578"},
	{"a name with blanks", 'n', "guyen van", FIND_TYPE, FX_NONE, 0, 0, 0,
		"nguyen van"},
	{"ENTER looks it up", '4', "578\n", FIND_LOOKUP, FX_FIND, 0, 0, 0,
		"4578"},
	{"blanks only are nothing", ' ', " \n", FIND_TYPE, FX_NONE, 0, 0, 0,
		"  "},
	{"zero is a digit here", '0', "0\n", FIND_LOOKUP, FX_FIND, 0, 0, 0,
		"00"},
	{"Esc gives up", '4', "5<", FIND_TYPE, FX_LEAVE, 0, 0, 0, "45"},
	{"so does erase in an empty field", '4', "\b\b", FIND_TYPE, FX_LEAVE, 0,
		0, 0, ""},
	{"nobody: type again", '4', "578\nE", FIND_TYPE, FX_NONE, 0, 0, 0,
		"4578"},
	{"nobody: a digit begins a new search", '4', "578\nE12", FIND_TYPE,
		FX_NONE, 0, 0, 0, "12"},
	{"nobody: erase mends the old one", '4', "578\nE\b9", FIND_TYPE,
		FX_NONE, 0, 0, 0, "4579"},
	{"the store fails: type again", '4', "578\n!", FIND_TYPE, FX_NONE, 0, 0,
		0, "4578"},
	{"one: chosen", '4', "578\nF", FIND_TYPE, FX_LEAVE, STORY_PERSON, 0, 0,
		"4578"},
	{"twelve: a list", '4', "578\nG", FIND_LIST, FX_NONE, 0, 0, 0, "4578"},
	{"3 chooses the third", '4', "578\nG3", FIND_LIST, FX_LEAVE,
		STORY_PERSON + 2, 0, 0, "4578"},
	{"ENTER chooses the marked one", '4', "578\nG}}\n", FIND_LIST, FX_LEAVE,
		STORY_PERSON + 2, 0, 2, "4578"},
	{"the mark stays on the page", '4', "578\nG{", FIND_LIST, FX_NONE, 0, 0,
		0, "4578"},
	{"the next page", '4', "578\nG.", FIND_LIST, FX_NONE, 0, 1, 0, "4578"},
	{"2 on the second page is the eleventh", '4', "578\nG.2", FIND_LIST,
		FX_LEAVE, STORY_PERSON + 10, 1, 0, "4578"},
	{"there is no fourth on it", '4', "578\nG.4", FIND_LIST, FX_NONE, 0, 1,
		0, "4578"},
	{"the mark stops at the third", '4', "578\nG.}}}}", FIND_LIST, FX_NONE,
		0, 1, 2, "4578"},
	{"after the last page comes the first", '4', "578\nG..", FIND_LIST,
		FX_NONE, 0, 0, 0, "4578"},
	{"and back again", '4', "578\nG[", FIND_LIST, FX_NONE, 0, 1, 0, "4578"},
	{"0 is back to typing", '4', "578\nG0", FIND_TYPE, FX_NONE, 0, 0, 0,
		"4578"},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct find f;
	const struct row *row = *state;
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	find_init(&f, row->first);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = find_handle(&f, &ev);
	assert_int_equal(f.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_true(f.chosen == row->chosen);
	assert_int_equal(f.page, row->page);
	assert_int_equal(f.cursor, row->cursor);
	assert_string_equal(f.query.text, row->query);
	if (fx.kind == FX_FIND)
		assert_string_equal(fx.query, row->query);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
