/* One row is what was typed into a field, and what then stands in it. */
#include "support/unit.h"

#include <string.h>

#include "core/utf8.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

struct row {
	const char *name;
	enum entry_kind kind;
	int max;
	const char *typed; /* \n ENTER, \b erase, \x17 the word, \x1b Esc */
	const char *text;
	enum entry_result last;
};

static struct row rows[] = {
	{"letters", ENTRY_TEXT, 10, "an", "an", ENTRY_CHANGED},
	{"letters with marks", ENTRY_TEXT, 10, "Nguyễn Đẹp", "Nguyễn Đẹp",
		ENTRY_CHANGED},
	{"max counts characters, not bytes", ENTRY_TEXT, 4, "ễễễễễ", "ễễễễ",
		ENTRY_FULL},
	{"erase takes a whole character", ENTRY_TEXT, 10, "aễ\b", "a",
		ENTRY_CHANGED},
	{"erase in an empty field is back", ENTRY_TEXT, 10, "a\b\b", "",
		ENTRY_CANCELLED},
	{"Esc is back and keeps the text", ENTRY_TEXT, 10, "ab\x1b", "ab",
		ENTRY_CANCELLED},
	{"the word: all of it, the blank before it stays", ENTRY_TEXT, 20,
		"an dep\x17", "an ", ENTRY_CHANGED},
	{"the word: with the blanks behind it", ENTRY_TEXT, 20, "an dep  \x17",
		"an ", ENTRY_CHANGED},
	{"the word: letters with marks are letters", ENTRY_TEXT, 20,
		"Thị Đẹp\x17", "Thị ", ENTRY_CHANGED},
	{"the word: one after the other", ENTRY_TEXT, 20, "an van dep\x17\x17",
		"an ", ENTRY_CHANGED},
	{"the word: in an empty field nothing, not even back", ENTRY_TEXT, 20,
		"an\x17\x17", "", ENTRY_IGNORED},
	{"the word: a date is erased by characters", ENTRY_DATE, 10, "2/9\x17",
		"2/", ENTRY_CHANGED},
	{"the word: a number, too, and back when it is empty", ENTRY_NUMBER, 10,
		"1\x17\x17", "", ENTRY_CANCELLED},
	{"the word: and a secret", ENTRY_SECRET, 6, "12\x17", "1",
		ENTRY_CHANGED},
	{"ENTER accepts", ENTRY_TEXT, 10, "ab\n", "ab", ENTRY_ACCEPTED},
	{"* and # are keys, not text", ENTRY_TEXT, 10, "a*#b", "ab",
		ENTRY_CHANGED},
	{"a tab is no text", ENTRY_TEXT, 10, "a\t", "a", ENTRY_IGNORED},
	{"C1 controls are no text", ENTRY_TEXT, 10, "a\xc2\x9b", "a",
		ENTRY_IGNORED},
	{"numbers take digits", ENTRY_NUMBER, 10, "1a2.3", "123",
		ENTRY_CHANGED},
	{"dates take their marks", ENTRY_DATE, 10, "2/9/1945", "2/9/1945",
		ENTRY_CHANGED},
	{"dates take no letters", ENTRY_DATE, 10, "2x", "2", ENTRY_IGNORED},
	{"secrets take digits", ENTRY_SECRET, 6, "12a34567", "123456",
		ENTRY_FULL},
};

static int key_of(uint32_t ch)
{
	switch (ch) {
	case '\n':
		return K_ACCEPT;
	case '\b':
		return K_ERASE;
	case 0x17:
		return K_ERASE_WORD;
	case 0x1b:
		return K_BACK;
	default:
		return (int)ch;
	}
}

static void run_row(void **state)
{
	const struct row *row = *state;
	const char *at = row->typed;
	enum entry_result last = ENTRY_IGNORED;
	struct entry e;

	entry_init(&e, row->kind, row->max);
	while (*at)
		last = entry_key(&e, key_of(utf8_next(&at)));
	assert_string_equal(e.text, row->text);
	assert_int_equal(last, row->last);
}

struct typing_row {
	const char *name;
	enum telex_method method;
	int max;
	const char *keys;
	const char *text;
	const char *typed; /* what a search asks for besides */
};

static struct typing_row typing_rows[] = {
	{"Telex in a field", TELEX_TELEX, 20, "Nguyeenx Thij", "Nguyễn Thị",
		"Nguyeenx Thij"},
	{"VNI in a field", TELEX_VNI, 20, "D9e5p 12", "Đẹp 12", "D9e5p 12"},
	{"no method", TELEX_OFF, 20, "Nguyeenx", "Nguyeenx", "Nguyeenx"},
	{"erase takes a letter with its marks", TELEX_TELEX, 20, "DDepj\b\b",
		"Đ", "Đ"},
	{"what is erased was not typed", TELEX_TELEX, 20, "nos\bos n", "nó n",
		"nos n"},
	{"the word is erased with its marks and keys", TELEX_TELEX, 20,
		"Thij DDepj\x17", "Thị ", "Thị "},
	{"after it the next keys begin a word", TELEX_TELEX, 20,
		"DDepj\x17teen", "tên", "teen"},
	{"a wrong word, then the right one", TELEX_VNI, 20,
		"Nguy34\x17Nguye64n", "Nguyễn", "Nguye64n"},
	{"max counts what is seen", TELEX_TELEX, 3, "ddepj", "đẹp", "ddepj"},
	{"a key that shows the keys again may not fit", TELEX_TELEX, 3, "text",
		"tẽ", "tex"},
	{"what does not fit changes nothing", TELEX_TELEX, 3, "teexxt", "têx",
		"teexx"},
};

static void run_typing(void **state)
{
	const struct typing_row *row = *state;
	const char *at = row->keys;
	struct entry e;

	entry_init(&e, ENTRY_TEXT, row->max);
	entry_typing(&e, row->method);
	while (*at)
		entry_key(&e, key_of(utf8_next(&at)));
	assert_string_equal(e.text, row->text);
	assert_string_equal(e.typed, row->typed);
}

/* Numbers and dates are never typed by an input method. */
static void only_text_is_vietnamese(void **state)
{
	struct entry e;

	(void)state;
	entry_init(&e, ENTRY_DATE, 20);
	entry_typing(&e, TELEX_VNI);
	for (const char *c = "2/9/1945"; *c; c++)
		entry_key(&e, *c);
	assert_string_equal(e.text, "2/9/1945");
	assert_string_equal(e.typed, "");
}

/* The list's receiver, whom the clerk then corrects. */
static void a_text_that_was_set_is_gone_on_with(void **state)
{
	struct entry e;

	(void)state;
	entry_init(&e, ENTRY_TEXT, 40);
	entry_typing(&e, TELEX_TELEX);
	entry_set(&e, "Lê Thị Hoa");
	entry_key(&e, 'f');
	assert_string_equal(e.text, "Lê Thị Hòa");
	entry_typing(&e, TELEX_TELEX);
	entry_key(&e, 'z');
	assert_string_equal(e.text, "Lê Thị Hoa");
	entry_typing(&e, TELEX_OFF);
	entry_key(&e, 's');
	assert_string_equal(e.text, "Lê Thị Hoas");
}

/* Marks make a text shorter than its keys: these have no room, and go. */
static void too_many_keys_are_forgotten(void **state)
{
	struct entry e;

	(void)state;
	entry_init(&e, ENTRY_TEXT, 1000);
	entry_typing(&e, TELEX_TELEX);
	for (int i = 0; i < 40; i++) {
		entry_key(&e, 'd');
		entry_key(&e, 'd');
		entry_key(&e, ' ');
	}
	assert_int_equal(entry_length(&e), 80);
	for (int i = 0; i < 4; i++) {
		entry_key(&e, 'd');
		entry_key(&e, 'd');
	}
	assert_string_equal(e.typed, "");
	entry_key(&e, 'a');
	assert_string_equal(e.typed, "");
	entry_clear(&e);
	entry_key(&e, 'a');
	assert_string_equal(e.typed, "a");
}

static void secrets_are_dots_and_are_wiped(void **state)
{
	static const char nothing[ENTRY_SIZE] = {0};
	struct entry e;
	char shown[64];

	(void)state;
	entry_init(&e, ENTRY_SECRET, 6);
	for (const char *c = "246810"; *c; c++)
		entry_key(&e, *c);
	assert_string_equal(entry_shown(&e, shown, sizeof(shown)), "●●●●●●");
	assert_int_equal(entry_length(&e), 6);
	/* Only whole dots, however little room there is. */
	assert_string_equal(entry_shown(&e, shown, 8), "●●");
	entry_clear(&e);
	assert_memory_equal(e.text, nothing, sizeof(nothing));
	assert_memory_equal(e.typed, nothing, sizeof(nothing));
}

static void a_field_never_overflows(void **state)
{
	struct entry e;

	(void)state;
	entry_init(&e, ENTRY_TEXT, 1000);
	for (int i = 0; i < 1000; i++)
		entry_key(&e, 0x1ec5); /* three bytes */
	assert_true(strlen(e.text) < ENTRY_SIZE);
	assert_true(utf8_valid(e.text, strlen(e.text)));
	assert_int_equal(strlen(e.text) % 3, 0);
}

static void numbers(void **state)
{
	struct entry e;

	(void)state;
	entry_init(&e, ENTRY_NUMBER, 12);
	assert_true(entry_number(&e) == 0);
	entry_set(&e, "0000042");
	assert_true(entry_number(&e) == 42);
	entry_set(&e, "999999999999");
	assert_true(entry_number(&e) == 999999999999LL);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(typing_rows) + 6];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(secrets_are_dots_and_are_wiped);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(a_field_never_overflows);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(numbers);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(only_text_is_vietnamese);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_text_that_was_set_is_gone_on_with);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(too_many_keys_are_forgotten);
	UNIT_ADD_ROWS(tests, &n, typing_rows, run_typing);
	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
