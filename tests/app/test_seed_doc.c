/* The slip of a seed: what anybody needs to draw the same receipts. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/app/seed_doc.h"

static const char *slip(bool again, bool training, int width)
{
	const struct db_info info = {.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ",
		.name = "Bưu cục Cẩm Khê",
		.dev_hex = "3fa2b1",
		.demo = training};
	struct seed_doc d = {.again = again,
		.s = {.seq = 57,
			.t = INT64_C(1796434200000),
			.actor = 9,
			.actor_name = "Phạm Văn Hùng",
			.first = 12,
			.last = 345,
			.count = 10}};
	static struct receipt_job job;
	static char text[4096];
	struct err err = {0};

	for (int i = 0; i < SAMPLES_SEED; i++)
		d.s.seed[i] = (uint8_t)(17 * i);
	if (!seed_job_make(&info, &d, width, &job, &err) ||
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

static void all_of_the_seed_in_groups_of_four(void **state)
{
	(void)state;
	for (int width = 0; width < 2; width++) {
		const char *text =
			slip(false, false, width == 0 ? PAGE_58 : PAGE_80);

		says(text, "0011 2233 4455 6677", true);
		says(text, "8899 aabb ccdd eeff", true);
		says(text, "3fa2b1-57", true);
		says(text, "12 đến 345", true);
		says(text, "Phạm Văn Hùng", true);
		says(text, "IN LẠI", false);
		says(text, "TẬP HUẤN", false);
	}
}

static void printed_again_and_in_a_training_it_says_so(void **state)
{
	(void)state;
	says(slip(true, false, PAGE_58), "IN LẠI", true);
	says(slip(false, true, PAGE_80), "TẬP HUẤN", true);
}

/* The screen may speak English just now. */
static void paper_is_vietnamese(void **state)
{
	(void)state;
	tr_set_lang("en");
	says(slip(false, false, PAGE_80), "SỐ BỐC THĂM", true);
	tr_set_lang("vi");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_the_seed_in_groups_of_four),
		cmocka_unit_test(printed_again_and_in_a_training_it_says_so),
		cmocka_unit_test(paper_is_vietnamese),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
