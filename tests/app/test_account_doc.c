/* The slip of an account: what the person has to look at again at home. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/account_doc.h"

static struct account_held sample(void)
{
	struct account_held a = {.seq = 59,
		.t = INT64_C(1796434200000),
		.actor = 5,
		.actor_name = "Trần Thị Mai",
		.name = "Nguyễn Thị Đẹp",
		.kind = ACCOUNT_BANK,
		.whose = PAYEE_SELF,
		.holder = "NGUYEN THI DEP"};

	account_check("970405", "1500205123456", &a.account);
	return a;
}

static const char *slip(const struct account_held *a, bool training, int width)
{
	const struct db_info info = {.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ",
		.name = "Bưu cục Cẩm Khê",
		.dev_hex = "3fa2b1",
		.demo = training};
	static struct receipt_job job;
	static char text[4096];
	struct err err = {0};

	if (!account_job_make(&info, a, width, &job, &err) ||
		!receipt_job_text(&job, text, sizeof(text), &err))
		fail_msg("%s", err.text);
	assert_true(job.test);
	return text;
}

static void says(const char *text, const char *part, bool wanted)
{
	if ((strstr(text, part) != NULL) != wanted)
		fail_msg("\"%s\" %s in:\n%s", part, wanted ? "is not" : "is",
			text);
}

static void bank_number_and_holder(void **state)
{
	const struct account_held a = sample();

	(void)state;
	for (int width = 0; width < 2; width++) {
		const char *text =
			slip(&a, false, width == 0 ? PAGE_58 : PAGE_80);

		says(text, "3fa2b1-59", true);
		says(text, "Agribank", true);
		says(text, "1500 2051", true);
		says(text, "NGUYEN THI DEP", true);
		says(text, "CHƯA được", true);
		says(text, "giám hộ", false);
		says(text, "Sẽ mở", false);
		says(text, "TẬP HUẤN", false);
	}
	says(slip(&a, true, PAGE_58), "TẬP HUẤN", true);
}

static void whose_it_is_if_not_his(void **state)
{
	struct account_held a = sample();

	(void)state;
	a.whose = PAYEE_GUARDIAN;
	str_copy(a.owner, sizeof(a.owner), "Trần Văn Bình");
	says(slip(&a, false, PAGE_58), "người giám hộ", true);
	says(slip(&a, false, PAGE_58), "Trần Văn Bình", true);
}

static void one_that_is_planned_has_no_number(void **state)
{
	struct account_held a = {.seq = 60,
		.kind = ACCOUNT_PLANNED,
		.name = "Nguyễn Thị Đẹp",
		.whose = PAYEE_SELF,
		.planned_on = {2026, 12, 20}};

	(void)state;
	str_copy(a.account.bin, sizeof(a.account.bin), "970405");
	a.account.bank = bank_by_bin("970405");
	says(slip(&a, false, PAGE_58), "Sẽ mở tài khoản", true);
	says(slip(&a, false, PAGE_58), "20/12/2026", true);
	says(slip(&a, false, PAGE_58), "Agribank", true);
	says(slip(&a, false, PAGE_58), "Số tài khoản", false);
}

/* The screen may speak English just now. */
static void paper_is_vietnamese(void **state)
{
	struct account_held a = sample();

	(void)state;
	tr_set_lang("en");
	a.whose = PAYEE_GUARDIAN;
	says(slip(&a, false, PAGE_58), "người giám hộ", true);
	assert_string_equal(tr_lang(), "en");
	tr_set_lang("vi");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bank_number_and_holder),
		cmocka_unit_test(whose_it_is_if_not_his),
		cmocka_unit_test(one_that_is_planned_has_no_number),
		cmocka_unit_test(paper_is_vietnamese),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
