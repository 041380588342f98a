/* The self-test on paper: what the bytes say that go to the printer. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/selftest_doc.h"

static const struct db_info info = {.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ",
	.name = "Bưu cục Cẩm Khê",
	.dev_hex = "e94aab0102"};

static void add(struct selftest_doc *doc, const char *name, bool good,
	const char *detail)
{
	struct selftest_row *r = &doc->row[doc->rows++];

	str_copy(r->name, sizeof(r->name), name);
	str_copy(r->detail, sizeof(r->detail), detail);
	r->good = good;
}

static void make(const struct selftest_doc *doc, int width, char *text,
	size_t size)
{
	static struct receipt_job job;
	struct err err = {0};

	if (!selftest_job_make(doc, width, &job, &err) ||
		!receipt_job_text(&job, text, size, &err))
		fail_msg("%s", err.text);
}

static void must_say(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void all_good(void **state)
{
	struct selftest_doc doc = {.info = &info,
		.at = INT64_C(1796000000000),
		.head = "14 / 9a2efbd8"};
	char text[8192];

	(void)state;
	add(&doc, "Kho dữ liệu", true, "");
	add(&doc, "Máy quét", true, "Symbol Bar Code Scanner /dev/hidraw0");
	for (int width = 0; width < 2; width++) {
		make(&doc, width == 0 ? PAGE_58 : PAGE_80, text, sizeof(text));
		must_say(text, "TỰ KIỂM TRA");
		must_say(text, "e94aab\n");
		must_say(text, "14 / 9a2efbd8");
		must_say(text, "không có lỗi");
		must_say(text, "[TỐT]");
		must_say(text, "Scanner");
		must_say(text, "TỐT CẢ");
		assert_null(strstr(text, "CÓ LỖI"));
		assert_null(strstr(text, "TẬP HUẤN"));
	}
}

static void one_is_bad(void **state)
{
	struct selftest_doc doc = {.info = &info, .head = "1 / 00000000"};
	char text[8192];

	(void)state;
	add(&doc, "Kho dữ liệu", true, "");
	add(&doc, "Máy in", false, "hết giấy");
	make(&doc, PAGE_58, text, sizeof(text));
	must_say(text, "[HỎNG]");
	must_say(text, "hết giấy");
	must_say(text, "CÓ LỖI");
	assert_null(strstr(text, "TỐT CẢ"));
}

/* The longest rows there can be still make a job. */
static void as_long_as_can_be(void **state)
{
	struct selftest_doc doc = {.info = &info, .head = "1 / 00000000"};
	char long_text[SELFTEST_TEXT_SIZE];
	char text[16384];

	(void)state;
	memset(long_text, 'W', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	for (int i = 0; i < SELFTEST_ROWS; i++)
		add(&doc, "Kiểm tra", i % 2 == 0, long_text);
	make(&doc, PAGE_58, text, sizeof(text));
	must_say(text, "CÓ LỖI");
}

static int setup(void **state)
{
	(void)state;
	tr_set_lang("vi");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_good),
		cmocka_unit_test(one_is_bad),
		cmocka_unit_test(as_long_as_can_be),
	};

	return cmocka_run_group_tests_name("selftest_doc", tests, setup, NULL);
}
