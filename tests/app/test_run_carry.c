/*
 * Paid marks on paper: 27 slips, more than the printer's line holds, through
 * the real worker onto a printer that is a directory.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "drivers/camera/image_reader.h"
#include "support/bookstore.h"
#include "support/feed.h"
#include "support/tmpdir.h"
#include "terminal/app/marks_doc.h"
#include "terminal/app/run_carry.h"
#include "terminal/app/scan.h"
#include "terminal/flows/carry.h"

enum {
	SLIPS = 27, /* of the longest message there may be */
	WAIT_MS = 60 * 1000,
	BREAKS_AT = 5
};

static struct bookstore book;
static struct printing printing;
static struct mailbox *box;
static struct ports ports;
static struct carry carry;
static struct event ev;
static char dir[256];
static char papers[300];
static char away[300];

static int start(void **state)
{
	char spec[320];
	struct err err = {0};

	(void)state;
	bookstore_make(&book);
	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "papers", papers, sizeof(papers));
	tmpdir_path(dir, "away", away, sizeof(away));
	assert_int_equal(mkdir(papers, 0700), 0);
	snprintf(spec, sizeof(spec), "file:%s", papers);
	assert_true(printing_open(&printing, spec, dir, false, &err));
	box = mailbox_new(&err);
	assert_non_null(box);
	memset(&ports, 0, sizeof(ports));
	ports.db = book.db;
	ports.session = book.lan;
	ports.printing = &printing;
	ports.width = PAGE_58;
	ports.workers = workers_start(box, &printing, &err);
	assert_non_null(ports.workers);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	workers_stop(ports.workers);
	mailbox_free(box);
	tmpdir_remove(dir);
	bookstore_remove(&book);
	return 0;
}

/* The screen with a message whose bytes nobody has to understand here. */
static void show(void)
{
	struct event *marks = feed_answer(EV_MARKS);

	carry_start(&carry);
	marks->marks.shown.len = MARKS_MAX_BYTES;
	for (size_t i = 0; i < MARKS_MAX_BYTES; i++)
		marks->marks.shown.bytes[i] = (uint8_t)(i * i >> 3);
	marks->marks.shown.head.seq = 412;
	marks->marks.shown.lists = 1;
	carry_handle(&carry, marks);
	assert_int_equal(carry.step, CARRY_SHOW);
	assert_int_equal(carry_slips(&carry), SLIPS);
}

static void carry_out(struct effect fx)
{
	struct event answer;

	assert_true(fx.kind == FX_NONE || fx.kind == FX_MARKS_SLIP);
	if (fx.kind == FX_MARKS_SLIP)
		assert_false(run_carry(&ports, &fx, &answer));
}

/* The report of a slip: from the worker, or from run_carry() itself. */
static void wait_for_report(void)
{
	struct pollfd p = {.fd = mailbox_fd(box), .events = POLLIN};
	const long long until = clock_ms() + WAIT_MS;

	while (!run_unasked(&ports, &ev) || ev.kind != EV_PRINT) {
		if (mailbox_take(box, &ev))
			return;
		assert_true(clock_ms() < until);
		poll(&p, 1, 100);
	}
}

/* Until it stops by itself, or so many are printed. */
static void go_on(int slips)
{
	while (carry.step == CARRY_PRINTING && carry.slips < slips) {
		wait_for_report();
		assert_true(carry_is_slip(&carry, &ev));
		carry_out(carry_on_slip(&carry, &ev));
	}
}

static size_t read_job(int number, uint8_t *out, size_t size)
{
	char path[400];
	FILE *in;
	size_t len;

	snprintf(path, sizeof(path), "%s/job-%04d.bin", papers, number);
	in = fopen(path, "rb");
	if (!in)
		return 0;
	len = fread(out, 1, size, in);
	fclose(in);
	return len;
}

/* The fullest slip on the narrowest paper, as the other terminal sees it. */
static void a_full_slip_is_read_back_off_58_mm(void **state)
{
	static struct receipt_job job;
	static struct decode_result got;
	char text[MARKS_TEXT_SIZE];
	char path[400];
	struct err err = {0};

	(void)state;
	show();
	memset(&job, 0, sizeof(job));
	assert_true(marks_job_make(db_info(book.db), &carry.shown, 0, PAGE_58,
		&job, &err));
	tmpdir_path(dir, "slip.png", path, sizeof(path));
	assert_true(receipt_job_png(&job, path, &err));
	assert_true(scan_image(path, &got, &err));
	marks_piece_text(carry.shown.bytes, carry.shown.len, MARKS_ON_PAPER, 0,
		text);
	assert_int_equal(got.count, 1);
	assert_int_equal(got.code[0].len, strlen(text));
	assert_memory_equal(got.code[0].bytes, text, strlen(text));
}

/* Each piece once, in order, and nothing else. */
static void assert_all_printed(void)
{
	static struct receipt_job job;
	static uint8_t got[ESCPOS_MAX_BYTES];
	struct err err = {0};

	for (int i = 0; i < SLIPS; i++) {
		memset(&job, 0, sizeof(job));
		assert_true(marks_job_make(db_info(book.db), &carry.shown, i,
			PAGE_58, &job, &err));
		assert_int_equal(read_job(i + 1, got, sizeof(got)), job.len);
		assert_memory_equal(got, job.bytes, job.len);
	}
	assert_int_equal(read_job(SLIPS + 1, got, sizeof(got)), 0);
}

static void all_27_are_printed_each_once(void **state)
{
	(void)state;
	show();
	carry_out(carry_handle(&carry, feed_key('3')));
	go_on(SLIPS);
	assert_int_equal(carry.step, CARRY_SHOW);
	assert_int_equal(carry.slips, SLIPS);
	assert_all_printed();
}

static void change_places(void)
{
	assert_int_equal(renameat2(AT_FDCWD, papers, AT_FDCWD, away,
				 RENAME_EXCHANGE),
		0);
}

/*
 * In its place something that nobody reads. At one stroke: the printer's
 * thread would make the directory anew in between.
 */
static void break_printer(void)
{
	assert_int_equal(mkfifo(away, 0600), 0);
	change_places();
}

static void mend_printer(void)
{
	change_places();
	assert_int_equal(unlink(away), 0);
}

static void a_printer_that_goes_is_said_and_gone_on_with(void **state)
{
	struct notice says, cure;

	(void)state;
	show();
	carry_out(carry_handle(&carry, feed_key('3')));
	go_on(BREAKS_AT);
	/* The next one is with the printer already, in whatever state. */
	break_printer();
	go_on(SLIPS);
	assert_int_equal(carry.step, CARRY_STOPPED);
	assert_in_range(carry.slips, BREAKS_AT, BREAKS_AT + 1);
	carry_paper_text(&carry, &says, &cure);
	assert_int_equal(says.level, NOTICE_WARN);
	assert_true(strlen(cure.text) > 0);
	mend_printer();
	carry_out(carry_handle(&carry, feed_key('1')));
	go_on(SLIPS);
	assert_int_equal(carry.step, CARRY_SHOW);
	assert_all_printed();
}

static void without_a_printer_that_is_said(void **state)
{
	struct printing none;
	struct err err;

	(void)state;
	show();
	assert_true(printing_open(&none, "none", dir, false, &err));
	ports.printing = &none;
	carry_out(carry_handle(&carry, feed_key('3')));
	go_on(SLIPS);
	assert_int_equal(carry.step, CARRY_STOPPED);
	assert_true(carry.paper.no_printer);
	ports.printing = &printing;
}

/* The image reader's child is this very program, under another name. */
int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_27_are_printed_each_once,
			start, stop),
		cmocka_unit_test_setup_teardown(
			a_printer_that_goes_is_said_and_gone_on_with, start,
			stop),
		cmocka_unit_test_setup_teardown(
			a_full_slip_is_read_back_off_58_mm, start, stop),
		cmocka_unit_test_setup_teardown(without_a_printer_that_is_said,
			start, stop),
	};

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
