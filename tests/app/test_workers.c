/*
 * The thread that reads images: its child starts with the first image and not
 * before, one serves them all, and a file that is none stops nothing.
 */
#include "support/unit.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>

#include "core/clock.h"
#include "drivers/camera/image_reader.h"
#include "support/picture.h"
#include "support/tmpdir.h"
#include "terminal/app/workers.h"

#define CARD "001085000123||Nguyễn Thị Hoa|01021985|Nữ|Thôn 2, Hà Nội|20082021"

enum {
	WAIT_MS = 60 * 1000,
	SETTLE_MS = 100
};

static struct printing printing;
static struct mailbox *box;
static struct workers *workers;
static struct event ev;
static char dir[PATH_MAX];

static int start(void **state)
{
	struct err err = {0};

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	assert_true(printing_open(&printing, "none", dir, false, &err));
	box = mailbox_new(&err);
	assert_non_null(box);
	workers = workers_start(box, &printing, &err);
	assert_non_null(workers);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	workers_stop(workers);
	mailbox_free(box);
	tmpdir_remove(dir);
	return 0;
}

static bool has_child(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static void scan(const char *name)
{
	char path[PATH_MAX];
	struct err err = {0};

	tmpdir_path(dir, name, path, sizeof(path));
	assert_true(workers_scan(workers, path, &err));
}

static void save_card(const char *name)
{
	struct picture p = picture_of(CARD, strlen(CARD), 3);
	char path[PATH_MAX];

	assert_true(picture_save_pgm(&p,
		tmpdir_path(dir, name, path, sizeof(path))));
	picture_free(&p);
}

static void assert_card_comes(void)
{
	struct pollfd p = {.fd = mailbox_fd(box), .events = POLLIN};
	const long long until = clock_ms() + WAIT_MS;

	while (!mailbox_take(box, &ev)) {
		assert_true(clock_ms() < until);
		poll(&p, 1, SETTLE_MS);
	}
	assert_int_equal(ev.kind, EV_SCAN);
	assert_int_equal(ev.scan.len, strlen(CARD));
	assert_memory_equal(ev.scan.bytes, CARD, strlen(CARD));
}

static void nothing_starts_before_the_first_image(void **state)
{
	(void)state;
	poll(NULL, 0, SETTLE_MS);
	assert_false(has_child());
	save_card("card.pgm");
	scan("card.pgm");
	assert_card_comes();
	assert_true(has_child());
}

static void a_file_that_is_no_image_stops_nothing(void **state)
{
	(void)state;
	tmpdir_write(dir, "none.png", "no image", 8);
	save_card("card.pgm");
	scan("not there.png");
	scan("none.png");
	scan("card.pgm");
	scan("card.pgm");
	assert_card_comes();
	assert_card_comes();
}

static void the_child_ends_with_the_thread(void **state)
{
	(void)state;
	save_card("card.pgm");
	scan("card.pgm");
	assert_card_comes();
	workers_stop(workers);
	workers = NULL;
	assert_false(has_child());
	assert_int_equal(errno, ECHILD);
}

/* The child is this very program, under another name. */
int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			nothing_starts_before_the_first_image, start, stop),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_no_image_stops_nothing, start, stop),
		cmocka_unit_test_setup_teardown(the_child_ends_with_the_thread,
			start, stop),
	};

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	if (argc != 1)
		return 2;
	return cmocka_run_group_tests_name("workers", tests, NULL, NULL);
}
