/* One row is one story: what happens, and where the search then stands. */
#include "support/unit.h"

#include <string.h>

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
	{"the word erased, the search goes on", 'n', "guyen van]thi", FIND_TYPE,
		FX_NONE, 0, 0, 0, "nguyen thi"},
	{"the word erased in an empty field: still here", 'n', "]]]", FIND_TYPE,
		FX_NONE, 0, 0, 0, ""},
	{"nobody: the last word is mended", 'n', "guyen vam\nE]v", FIND_TYPE,
		FX_NONE, 0, 0, 0, "nguyen v"},
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

	find_init(&f, row->first, TELEX_OFF);
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

/* The code of a receipt, typed where a person is looked for; by Telex, too,
 * which makes other letters of some of it. */
static void a_receipt_is_found_by_its_code(void **state)
{
	static const struct {
		enum telex_method typing;
		const char *keys;
		const char *code; /* "": it is no receipt */
	} typed[] = {
		{TELEX_OFF, "129S-RZCJ-BYD8-9\n", "129S-RZCJ-BYD8-9"},
		{TELEX_TELEX, "129srzcjbyd89\n", "129S-RZCJ-BYD8-9"},
		{TELEX_VNI, "i29s rzcj byd8 9\n", "129S-RZCJ-BYD8-9"},
		{TELEX_OFF, "129srzcjbyd88\n", ""},
		{TELEX_OFF, "nguyenvanbay\n", ""},
		{TELEX_OFF, "0011450000019\n", ""},
	};
	static struct find f;
	struct effect fx;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(typed); i++) {
		fx = effect_of(FX_NONE);
		find_init(&f, 0, typed[i].typing);
		for (const char *k = typed[i].keys; *k; k++) {
			struct event ev = {.kind = EV_KEY,
				.key = *k == '\n' ? K_ACCEPT : *k};

			fx = find_handle(&f, &ev);
		}
		assert_int_equal(fx.kind,
			typed[i].code[0] ? FX_LEAVE : FX_FIND);
		assert_string_equal(f.code, typed[i].code);
		assert_true(f.chosen == 0);
	}
}

struct typed_row {
	const char *name;
	enum telex_method typing;
	const char *script;
	enum find_step step;
	const char *query; /* of the last FX_FIND */
	int searches;
};

static struct typed_row typed_rows[] = {
	{"typed without marks, Telex or not", TELEX_TELEX, "guyen thi dep\n",
		FIND_LOOKUP, "nguyen thi dep", 1},
	{"typed by Telex", TELEX_TELEX, "guyeenx thij ddepj\n", FIND_LOOKUP,
		"nguyễn thị đẹp", 1},
	{"typed by VNI", TELEX_VNI, "guye64n\n", FIND_LOOKUP, "nguyễn", 1},
	{"nobody with the mark: the keys themselves", TELEX_TELEX, "os\nE",
		FIND_LOOKUP, "nos", 2},
	{"nobody at all: type again", TELEX_TELEX, "os\nEE", FIND_TYPE, "nos",
		2},
	{"somebody by the keys", TELEX_TELEX, "os\nEG", FIND_LIST, "nos", 2},
	{"somebody with the mark: the keys are not asked for", TELEX_TELEX,
		"os\nG", FIND_LIST, "nó", 1},
	{"each search has its second one", TELEX_TELEX, "os\nEE\nE",
		FIND_LOOKUP, "nos", 4},
	{"brackets and double letters are found too", TELEX_TELEX, "ww\nE",
		FIND_LOOKUP, "nww", 2},
	{"the same but for marks is not asked for again", TELEX_TELEX, "am\nE",
		FIND_TYPE, "nam", 1},
};

static void run_typed(void **state)
{
	static struct event ev;
	static struct find f;
	const struct typed_row *row = *state;
	char query[FLOW_QUERY_SIZE] = "";
	struct story story;
	int searches = 0;

	find_init(&f, 'n', row->typing);
	story_begin(&story, row->script);
	while (story_next(&story, &ev)) {
		const struct effect fx = find_handle(&f, &ev);

		if (fx.kind != FX_FIND)
			continue;
		memcpy(query, fx.query, sizeof(query));
		searches++;
	}
	assert_int_equal(f.step, row->step);
	assert_string_equal(query, row->query);
	assert_int_equal(searches, row->searches);
}

/* ---- by the health-insurance card -------------------------------------- */

struct birth_row {
	const char *name;
	struct date card;
	struct date listed;
	bool kept;
};

static struct birth_row birth_rows[] = {
	{"the same day", {1945, 9, 2}, {1945, 9, 2}, true},
	{"another day", {1945, 9, 2}, {1945, 9, 3}, false},
	{"another year", {1945, 9, 2}, {1946, 9, 2}, false},
	{"listed with the year alone", {1945, 9, 2}, {1945, 0, 0}, true},
	{"listed with another year alone", {1945, 9, 2}, {1944, 0, 0}, false},
	{"the card has the year alone", {1945, 0, 0}, {1945, 9, 2}, true},
	{"the card has another year alone", {1944, 0, 0}, {1945, 9, 2}, false},
	{"listed without a birth", {1945, 9, 2}, {0, 0, 0}, true},
	{"the card's birth could not be read", {0, 0, 0}, {1945, 9, 2}, true},
};

/* One row that is meant, behind one that is never left out. */
static void run_birth(void **state)
{
	static struct event ev;
	static struct find f;
	const struct birth_row *row = *state;
	struct effect fx =
		find_start_bhyt(&f, "Nguyễn Văn An", row->card, TELEX_TELEX);

	assert_int_equal(fx.kind, FX_FIND);
	assert_string_equal(fx.query, "Nguyễn Văn An");
	assert_int_equal(f.step, FIND_LOOKUP);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_FOUND;
	ev.found.count = 2;
	ev.found.row[0].id = STORY_PERSON + 1;
	ev.found.row[1].id = STORY_PERSON;
	ev.found.row[1].birth = row->listed;
	fx = find_handle(&f, &ev);
	/* Even one alone is offered, never taken. */
	assert_int_equal(fx.kind, FX_NONE);
	assert_int_equal(f.step, FIND_LIST);
	assert_int_equal(f.count, row->kept ? 2 : 1);
	assert_true(f.row[0].id == STORY_PERSON + 1);
	assert_true(f.row[1].id == (row->kept ? STORY_PERSON : 0));
	assert_true(f.notice.text[0] != '\0');
}

/* All born otherwise: said, and ENTER looks once more without the birth. */
static void the_birth_can_be_left_out(void **state)
{
	static struct event ev;
	static struct find f;
	struct effect fx;

	(void)state;
	tr_set_lang("en");
	find_start_bhyt(&f, "Nguyễn Văn An", (struct date){1945, 9, 2},
		TELEX_TELEX);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_FOUND;
	ev.found.count = 1;
	ev.found.row[0].id = STORY_PERSON;
	ev.found.row[0].birth = (struct date){1946, 9, 2};
	find_handle(&f, &ev);
	assert_int_equal(f.step, FIND_TYPE);
	assert_string_equal(f.notice.text,
		"Nobody with the name and birth of the health-insurance card "
		"(02/09/1945) is on the lists. ENTER looks for the name "
		"alone.");
	story_event('\n', 1, &ev);
	fx = find_handle(&f, &ev);
	assert_int_equal(fx.kind, FX_FIND);
	assert_string_equal(fx.query, "Nguyễn Văn An");
	assert_false(f.by_bhyt);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_FOUND;
	ev.found.count = 1;
	ev.found.row[0].id = STORY_PERSON;
	ev.found.row[0].birth = (struct date){1946, 9, 2};
	assert_int_equal(find_handle(&f, &ev).kind, FX_LEAVE);
	assert_true(f.chosen == STORY_PERSON);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(typed_rows) +
				COUNT_OF(birth_rows) + 2];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	UNIT_ADD_ROWS(tests, &n, typed_rows, run_typed);
	UNIT_ADD_ROWS(tests, &n, birth_rows, run_birth);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(the_birth_can_be_left_out);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_receipt_is_found_by_its_code);
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
