/* The printed test, and the drawer opened without a payment. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/machine.h"

static struct machine m;

static struct effect press(int key)
{
	const struct event ev = {.kind = EV_KEY, .key = key};

	return machine_handle(&m, &ev);
}

static struct effect answered(enum event_kind kind, enum err_code code)
{
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = kind;
	if (kind == EV_FAILED)
		ev.err.code = code;
	if (kind == EV_REFUSED)
		ev.refusal.code = REFUSED_NO_SHIFT;
	return machine_handle(&m, &ev);
}

static struct effect printed(enum print_state state, enum paper_trouble trouble,
	bool no_printer)
{
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.print.test = true;
	ev.print.state = state;
	ev.print.trouble = trouble;
	ev.print.no_printer = no_printer;
	memcpy(ev.print.printer, "usb:04b8:0e15:A", 16);
	return machine_handle(&m, &ev);
}

static void what_came_out_right_is_kept_for_that_printer(void **state)
{
	struct effect fx;

	(void)state;
	machine_start_test(&m);
	assert_int_equal(press('1').kind, FX_PRINT_TEST);
	assert_int_equal(m.step, MACHINE_PRINTING);
	printed(PRINT_PRINTING, PAPER_FINE, false);
	assert_int_equal(m.step, MACHINE_PRINTING);
	printed(PRINT_PRINTED, PAPER_FINE, false);
	assert_int_equal(m.step, MACHINE_CHOOSE);
	assert_int_equal(press(K_ACCEPT).kind, FX_NONE); /* nothing chosen */
	assert_true(m.notice.text[0] != '\0');
	press('8');
	press('3');
	press('1');
	press('3'); /* not after all */
	fx = press(K_ACCEPT);
	assert_int_equal(fx.kind, FX_PRINT_KEEP);
	assert_string_equal(fx.keep.right, "18");
	assert_string_equal(fx.keep.printer, "usb:04b8:0e15:A");
	assert_int_equal(answered(EV_CONFIRMED, ERR_NONE).kind, FX_LEAVE);
}

/* A complaint's slip that was under way before the test page. */
static void another_papers_report_is_not_the_test_pages(void **state)
{
	struct event ev;

	(void)state;
	machine_start_test(&m);
	press('1');
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.print.test = true;
	ev.print.seq = 57;
	ev.print.state = PRINT_PRINTED;
	machine_handle(&m, &ev);
	assert_int_equal(m.step, MACHINE_PRINTING);
	printed(PRINT_PRINTED, PAPER_FINE, false);
	assert_int_equal(m.step, MACHINE_CHOOSE);
}

static void what_cannot_be_kept_may_be_tried_again(void **state)
{
	(void)state;
	machine_start_test(&m);
	press('1');
	printed(PRINT_PRINTED, PAPER_FINE, false);
	press('1');
	press(K_ACCEPT);
	assert_int_equal(answered(EV_FAILED, ERR_DENIED).kind, FX_NONE);
	assert_int_equal(m.step, MACHINE_CHOOSE);
	assert_int_equal(m.notice.level, NOTICE_WARN);
	assert_int_equal(press(K_ACCEPT).kind, FX_PRINT_KEEP);
}

static void a_test_that_fails_says_why(void **state)
{
	(void)state;
	machine_start_test(&m);
	press('1');
	printed(PRINT_FAILED, PAPER_COVER, false);
	assert_int_equal(m.step, MACHINE_TEST);
	assert_non_null(strstr(m.notice.text, "nắp"));
	press('1');
	printed(PRINT_NONE, PAPER_FINE, true);
	assert_int_equal(m.step, MACHINE_TEST);
	assert_non_null(strstr(m.notice.text, "Chưa cài đặt máy in"));
	assert_int_equal(press('0').kind, FX_LEAVE);
}

/* Here the technician stands: the very line that udev lacks, and who has it. */
static void a_test_that_may_not_use_the_printer_says_the_cure(void **state)
{
	struct event ev = {.kind = EV_PRINT,
		.print = {.test = true,
			.state = PRINT_FAILED,
			.code = ERR_DENIED,
			.rule = "SUBSYSTEM==\"usb\", GROUP=\"chitra\""}};

	(void)state;
	machine_start_test(&m);
	press('1');
	machine_handle(&m, &ev);
	assert_int_equal(m.notice.level, NOTICE_WARN);
	assert_non_null(strstr(m.notice.text, ev.print.rule));
	ev.print.code = ERR_BUSY;
	ev.print.rule[0] = '\0';
	memcpy(ev.print.holder, "cupsd (812)", 12);
	press('1');
	machine_handle(&m, &ev);
	assert_non_null(strstr(m.notice.text, "cupsd (812)"));
	ev.print.state = PRINT_NONE;
	ev.print.no_printer = ev.print.several = true;
	press('1');
	machine_handle(&m, &ev);
	assert_non_null(strstr(m.notice.text, "Đang cắm nhiều máy in"));
}

/* A receipt that comes out meanwhile is not the test. */
static void another_paper_is_not_the_test(void **state)
{
	struct event ev = {.kind = EV_PRINT};

	(void)state;
	ev.print.state = PRINT_PRINTED;
	machine_start_test(&m);
	press('1');
	machine_handle(&m, &ev);
	assert_int_equal(m.step, MACHINE_PRINTING);
	assert_int_equal(press('0').kind, FX_LEAVE);
}

static void each_reason_has_its_key(void **state)
{
	static const struct {
		int key;
		enum drawer_reason reason;
	} cases[] = {
		{'1', DRAWER_CHANGE},
		{'2', DRAWER_COUNT},
		{'3', DRAWER_STUCK},
		{'9', DRAWER_OTHER},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct effect fx;

		machine_start_drawer(&m);
		fx = press(cases[i].key);
		assert_int_equal(fx.kind, FX_DRAWER_OPEN);
		assert_int_equal(fx.drawer, cases[i].reason);
	}
	machine_start_drawer(&m);
	assert_int_equal(press('4').kind, FX_NONE);
	assert_int_equal(press(K_ACCEPT).kind, FX_NONE);
	assert_int_equal(press('0').kind, FX_LEAVE);
}

static void the_drawer_opens_after_it_is_in_the_book(void **state)
{
	(void)state;
	machine_start_drawer(&m);
	press('1');
	printed(PRINT_PRINTED, PAPER_FINE, false);
	assert_int_equal(m.step, MACHINE_NOTING); /* that was another one */
	answered(EV_CONFIRMED, ERR_NONE);
	assert_int_equal(m.step, MACHINE_OPENING);
	assert_int_equal(printed(PRINT_PRINTED, PAPER_FINE, false).kind,
		FX_LEAVE);
	assert_int_equal(m.notice.level, NOTICE_NOTE);
}

static void a_drawer_that_does_not_open_needs_its_key(void **state)
{
	(void)state;
	machine_start_drawer(&m);
	press('1');
	answered(EV_CONFIRMED, ERR_NONE);
	assert_int_equal(printed(PRINT_FAILED, PAPER_OUT, false).kind,
		FX_LEAVE);
	assert_int_equal(m.notice.level, NOTICE_WARN);
	assert_non_null(strstr(m.notice.text, "chìa khoá"));
}

static void nothing_opens_that_the_book_refused(void **state)
{
	(void)state;
	machine_start_drawer(&m);
	press('1');
	assert_int_equal(answered(EV_REFUSED, ERR_NONE).kind, FX_NONE);
	assert_int_equal(m.step, MACHINE_REASON);
	assert_int_equal(m.notice.level, NOTICE_WARN);
	press('2');
	answered(EV_FAILED, ERR_GONE);
	assert_int_equal(m.step, MACHINE_REASON);
	assert_non_null(strstr(m.notice.text, "Chưa cài đặt ngăn kéo"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_papers_report_is_not_the_test_pages),
		cmocka_unit_test(what_came_out_right_is_kept_for_that_printer),
		cmocka_unit_test(what_cannot_be_kept_may_be_tried_again),
		cmocka_unit_test(a_test_that_fails_says_why),
		cmocka_unit_test(
			a_test_that_may_not_use_the_printer_says_the_cure),
		cmocka_unit_test(another_paper_is_not_the_test),
		cmocka_unit_test(each_reason_has_its_key),
		cmocka_unit_test(the_drawer_opens_after_it_is_in_the_book),
		cmocka_unit_test(a_drawer_that_does_not_open_needs_its_key),
		cmocka_unit_test(nothing_opens_that_the_book_refused),
	};

	tr_set_lang("vi");
	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
