/* Every trouble of a list has its words. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/sheet_zip.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/list_text.h"

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

static const char *trouble(int i)
{
	return list_trouble_text((enum paylist_trouble)i);
}

static void every_trouble_has_its_text(void **state)
{
	(void)state;
	for (int i = 0; i < TROUBLE_COUNT; i++)
		must_be_in_both(trouble, i, 20);
	must_be_its_own(trouble, TROUBLE_COUNT);
}

static void no_trouble_beyond_the_last(void **state)
{
	(void)state;
	assert_non_null(list_trouble_text((enum paylist_trouble)TROUBLE_COUNT));
}

static const char *refusal(int i)
{
	const struct err err = {.code = ERR_INVALID, .sys = i};

	return list_refusal_text(&err);
}

static void every_file_that_is_known_has_its_text(void **state)
{
	const struct err other = {.code = ERR_IO, .sys = SHEET_WHY_OLD};

	(void)state;
	for (int i = 1; i < SHEET_WHY_COUNT; i++) {
		must_be_in_both(refusal, i, 20);
		for (int k = 1; k < i; k++)
			assert_string_not_equal(refusal(i), refusal(k));
	}
	assert_null(refusal(0));
	assert_null(refusal(-1));
	assert_null(refusal(SHEET_WHY_COUNT));
	assert_null(list_refusal_text(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_trouble_has_its_text),
		cmocka_unit_test(no_trouble_beyond_the_last),
		cmocka_unit_test(every_file_that_is_known_has_its_text),
	};

	return cmocka_run_group_tests_name("list texts", tests, NULL, NULL);
}
