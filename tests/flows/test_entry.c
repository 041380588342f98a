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
	const char *typed; /* \n ENTER, \b erase, \x1b Esc */
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
	struct CMUnitTest tests[COUNT_OF(rows) + 3];
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
	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
