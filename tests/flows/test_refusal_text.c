/* What people read when the book says no, or when something failed. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static struct refusal sample(enum refusal_code code)
{
	struct refusal why = {.code = code, .amount = 250000, .actor = 8};

	why.prior.seq = 12;
	/* 22/11/2026 08:12 at UTC+7 */
	why.prior.t = INT64_C(1795309920000);
	why.prior.amount = 1080000;
	str_copy(why.prior.actor_name, sizeof(why.prior.actor_name), "Hoa");
	str_copy(why.prior.point, sizeof(why.prior.point), "Cẩm Khê");
	str_copy(why.prior.receipt, sizeof(why.prior.receipt),
		"129S-RZCJ-BYD8-9");
	return why;
}

static void every_refusal_has_a_sentence(void **state)
{
	static const char *const langs[] = {"vi", "en"};
	char text[REFUSAL_TEXT_SIZE];

	(void)state;
	for (size_t l = 0; l < COUNT_OF(langs); l++) {
		tr_set_lang(langs[l]);
		for (int i = REFUSED_NOT + 1; i < REFUSED_COUNT; i++) {
			const struct refusal why = sample((enum refusal_code)i);

			refusal_text(&why, text, sizeof(text));
			assert_true(strlen(text) > 20);
			assert_int_equal(text[strlen(text) - 1], '.');
			assert_true(utf8_valid(text, strlen(text)));
			assert_true(refusal_title(why.code)[0] != '\0');
			assert_null(strchr(text, '%'));
		}
	}
}

/* product.md 8.3: when, where, by whom, receipt number. */
static void paid_already_says_all(void **state)
{
	const struct refusal why = sample(REFUSED_ALREADY_PAID);
	char text[REFUSAL_TEXT_SIZE];

	(void)state;
	tr_set_lang("vi");
	refusal_text(&why, text, sizeof(text));
	assert_string_equal(text,
		"Đã chi rồi: 1.080.000 đồng lúc 22/11/2026 08:12 tại Cẩm Khê, "
		"người chi Hoa, biên nhận 129S-RZCJ-BYD8-9. Không đưa tiền; "
		"có thể in bản sao biên nhận.");
}

static void paid_elsewhere_says_less(void **state)
{
	const struct refusal why = {.code = REFUSED_ALREADY_PAID};
	char text[REFUSAL_TEXT_SIZE];

	(void)state;
	tr_set_lang("vi");
	refusal_text(&why, text, sizeof(text));
	assert_non_null(strstr(text, "Không đưa tiền"));
	assert_null(strstr(text, "01/01/1970"));
}

static void nothing_refused_says_nothing(void **state)
{
	const struct refusal why = {.code = REFUSED_NOT};
	char text[REFUSAL_TEXT_SIZE] = "x";

	(void)state;
	refusal_text(&why, text, sizeof(text));
	assert_string_equal(text, "");
	assert_string_equal(refusal_title(REFUSED_NOT), "");
}

static void a_small_buffer_is_cut_between_letters(void **state)
{
	const struct refusal why = sample(REFUSED_NOT_FOUND);
	char text[24];

	(void)state;
	tr_set_lang("vi");
	for (size_t size = 1; size <= sizeof(text); size++) {
		refusal_text(&why, text, size);
		assert_true(strlen(text) < size);
		assert_true(utf8_valid(text, strlen(text)));
	}
}

static void every_failure_has_a_sentence(void **state)
{
	static const char *const langs[] = {"vi", "en"};

	(void)state;
	for (size_t l = 0; l < COUNT_OF(langs); l++) {
		tr_set_lang(langs[l]);
		for (int s = 0; s < ERR_SITUATION_COUNT; s++)
			for (int c = ERR_NONE; c <= ERR_NO_MEMORY; c++) {
				const char *text = err_text((enum err_code)c,
					(enum err_situation)s);

				assert_non_null(text);
				if (c == ERR_NONE)
					continue;
				assert_true(strlen(text) > 20);
				assert_int_equal(text[strlen(text) - 1], '.');
			}
	}
}

/* A disk that fails in the middle is not told as "not recorded". */
static void T09_unknown_is_told_as_unknown(void **state)
{
	(void)state;
	tr_set_lang("en");
	assert_non_null(strstr(err_text(ERR_IO, ERR_WHILE_WRITING),
		"before the screen says what was recorded"));
	assert_non_null(strstr(err_text(ERR_FULL, ERR_WHILE_WRITING),
		"may not have been recorded"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_refusal_has_a_sentence),
		cmocka_unit_test(paid_already_says_all),
		cmocka_unit_test(paid_elsewhere_says_less),
		cmocka_unit_test(nothing_refused_says_nothing),
		cmocka_unit_test(a_small_buffer_is_cut_between_letters),
		cmocka_unit_test(every_failure_has_a_sentence),
		cmocka_unit_test(T09_unknown_is_told_as_unknown),
	};

	return cmocka_run_group_tests_name("refusals and failures in words",
		tests, NULL, NULL);
}
