/* Every note and every kind of a card has its words. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/card_text.h"

/* Both languages, a sentence each, not one like the other. */
static void must_be_in_both(const char *(*text)(int), int i, size_t least)
{
	const char *vi;
	const char *en;

	assert_true(tr_set_lang("en"));
	en = text(i);
	assert_true(tr_set_lang("vi"));
	vi = text(i);
	assert_non_null(en);
	assert_non_null(vi);
	assert_in_range(strlen(en), least, 240);
	assert_in_range(utf8_columns(vi), least, 200);
	assert_string_not_equal(en, vi);
	assert_string_equal(strchr(en, '%') ? "%" : "", "");
}

static void must_be_its_own(const char *(*text)(int), int count)
{
	for (int i = 0; i < count; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(text(i), text(k));
}

static const char *note(int i)
{
	return card_note_text((enum card_note)i);
}

static void every_note_has_its_text(void **state)
{
	(void)state;
	for (int i = 0; i < CARD_NOTE_COUNT; i++)
		must_be_in_both(note, i, 30);
	must_be_its_own(note, CARD_NOTE_COUNT);
}

static void no_note_beyond_the_last(void **state)
{
	(void)state;
	assert_non_null(card_note_text((enum card_note)CARD_NOTE_COUNT));
}

static const char *kind(int i)
{
	return card_kind_text((enum card_kind)i);
}

static void every_kind_has_its_text(void **state)
{
	(void)state;
	for (int i = 0; i < CARD_KIND_COUNT; i++)
		must_be_in_both(kind, i, 8);
	must_be_its_own(kind, CARD_KIND_COUNT);
}

static void no_kind_beyond_the_last(void **state)
{
	(void)state;
	assert_non_null(card_kind_text((enum card_kind)CARD_KIND_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_note_has_its_text),
		cmocka_unit_test(no_note_beyond_the_last),
		cmocka_unit_test(every_kind_has_its_text),
		cmocka_unit_test(no_kind_beyond_the_last),
	};

	return cmocka_run_group_tests_name("card texts", tests, NULL, NULL);
}
