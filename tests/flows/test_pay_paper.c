/* What the screen says of the paper, and what to do about it. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/pay.h"

struct row {
	const char *name;
	enum print_state state;
	enum err_code code;
	enum paper_trouble trouble;
	bool low;
	const char *cure; /* all of it */
};

static struct row rows[] = {
	{"printed: nothing to do", PRINT_PRINTED, ERR_NONE, PAPER_FINE, false,
		""},
	{"printed, near the end of the roll", PRINT_PRINTED, ERR_NONE,
		PAPER_FINE, true,
		"Cuộn giấy sắp hết: hãy chuẩn bị sẵn cuộn mới."},
	{"no paper", PRINT_FAILED, ERR_IO, PAPER_OUT, true,
		"Hãy thay cuộn giấy mới rồi in lại."},
	{"the cover is open", PRINT_FAILED, ERR_IO, PAPER_COVER, false,
		"Hãy đóng nắp máy in rồi in lại."},
	{"the cutter is stuck", PRINT_FAILED, ERR_IO, PAPER_BROKEN, false,
		"Dao cắt của máy in bị kẹt: hãy tắt máy in, gỡ giấy kẹt, bật "
		"lại rồi in lại."},
	{"too hot", PRINT_FAILED, ERR_IO, PAPER_HOT, false,
		"Máy in quá nóng: hãy chờ vài phút rồi in lại."},
	{"off line", PRINT_FAILED, ERR_IO, PAPER_OFFLINE, false,
		"Máy in đang ngừng nhận lệnh: hãy bấm nút trên máy in, hoặc "
		"tắt rồi bật lại, sau đó in lại."},
	{"it says nothing: the error tells", PRINT_FAILED, ERR_BUSY, PAPER_FINE,
		false,
		"Chương trình khác đang giữ máy in. Hãy đóng chương trình đó "
		"rồi in lại."},
	{"unknown: look at the paper, whatever the trouble was", PRINT_UNKNOWN,
		ERR_IO, PAPER_OUT, false,
		"Hết giấy. Hãy xem tờ giấy. Nếu chưa đủ thì in lại."},
};

static void assert_cure(struct event *ev, const char *cure_text)
{
	struct pay pay = {.paper = pay_paper_of(ev), .payout.code = "ABCD"};
	struct notice says, cure;

	pay_paper_text(&pay, &says, &cure);
	assert_true(says.text[0] != '\0');
	assert_string_equal(cure.text, cure_text);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct event ev = {.kind = EV_PRINT,
		.print = {.state = row->state,
			.code = row->code,
			.trouble = row->trouble,
			.low = row->low}};

	assert_cure(&ev, row->cure);
}

static void who_holds_the_printer_is_named(void **state)
{
	struct event ev = {.kind = EV_PRINT,
		.print = {.state = PRINT_FAILED,
			.code = ERR_BUSY,
			.holder = "cupsd (812)"}};

	(void)state;
	assert_cure(&ev, "Chương trình cupsd (812) đang giữ máy in. Hãy đóng "
			 "chương trình đó rồi in lại.");
	/* No paper is what has to be seen to first. */
	ev.print.trouble = PAPER_OUT;
	assert_cure(&ev, "Hãy thay cuộn giấy mới rồi in lại.");
}

static void of_several_printers_one_has_to_be_named(void **state)
{
	struct event ev = {.kind = EV_PRINT,
		.print = {.state = PRINT_NONE,
			.no_printer = true,
			.several = true}};

	(void)state;
	assert_cure(&ev,
		"Đang cắm nhiều máy in mà chitra.ini chưa ghi dùng máy nào. "
		"Hãy viết biên nhận tay với số ABCD.");
}

int main(void)
{
	static const struct CMUnitTest own[] = {
		cmocka_unit_test(who_holds_the_printer_is_named),
		cmocka_unit_test(of_several_printers_one_has_to_be_named),
	};
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(own)];
	size_t n = 0;

	tr_set_lang("vi");
	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	memcpy(tests + n, own, sizeof(own));
	return cmocka_run_group_tests_name("pay_paper", tests, NULL, NULL);
}
