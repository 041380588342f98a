/* The slip with the next day: who, when, and nothing of what was said. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/visit_doc.h"

static const char *slip(bool training, int width)
{
	static const struct visit visit = {.seq = 412,
		.t = INT64_C(1796434200000),
		.actor = 5,
		.actor_name = "Trần Thị Mai",
		.result = VISIT_WANTS_CASH,
		.next = {2026, 12, 24},
		.note = "con gái đi làm",
		.phone = "0912345678"};
	const struct db_info info = {.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ",
		.name = "Bưu cục Cẩm Khê",
		.dev_hex = "3fa2b1",
		.demo = training};
	static struct receipt_job job;
	static char text[4096];
	struct err err = {0};

	if (!visit_job_make(&info, &visit, "Nguyễn Thị Đẹp", width, &job,
		    &err) ||
		!receipt_job_text(&job, text, sizeof(text), &err))
		fail_msg("%s", err.text);
	assert_true(job.test);
	return text;
}

static void must_say(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void who_is_met_and_when(void **state)
{
	(void)state;
	for (int width = 0; width < 2; width++) {
		const char *text = slip(false, width == 0 ? PAGE_58 : PAGE_80);

		must_say(text, "PHIẾU HẸN");
		must_say(text, "3fa2b1-412");
		must_say(text, "Nguyễn Thị Đẹp");
		must_say(text, "24/12/2026");
		must_say(text, "Trần Thị Mai");
		must_say(text, "tiền mặt như");
		assert_null(strstr(text, "TẬP HUẤN"));
	}
	must_say(slip(true, PAGE_58), "TẬP HUẤN");
}

/* It may lie at the door, for anybody to read. */
static void nothing_of_what_was_said(void **state)
{
	const char *text = slip(false, PAGE_58);

	(void)state;
	assert_null(strstr(text, "con gái"));
	assert_null(strstr(text, "0912345678"));
	assert_null(strstr(text, "ừ chối"));
}

static void paper_is_vietnamese_whatever_the_screen_speaks(void **state)
{
	(void)state;
	tr_set_lang("en");
	must_say(slip(false, PAGE_58), "thứ năm");
	assert_string_equal(tr_lang(), "en");
	tr_set_lang("vi");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_met_and_when),
		cmocka_unit_test(nothing_of_what_was_said),
		cmocka_unit_test(
			paper_is_vietnamese_whatever_the_screen_speaks),
	};

	return cmocka_run_group_tests_name("a visit's slip", tests, NULL, NULL);
}
