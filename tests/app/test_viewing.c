/*
 * The camera's thread, with pictures from files and the real child: what it
 * tells, when it stops, and that it never floods who is slow.
 */
#include "support/unit.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "drivers/camera/image_reader.h"
#include "support/photo.h"
#include "support/tmpdir.h"
#include "terminal/app/viewing.h"

enum {
	PATIENCE = 120 * 1000, /* under a sanitizer, on a loaded machine */
	SHORT = 300,           /* in which nothing may come any more */
	PATH_SIZE = 400
};

struct fixture {
	char dir[PATH_SIZE];
	struct mailbox *box;
	struct viewing *viewing;
	struct viewing_options options;
	struct event ev;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err err = {0};

	tmpdir_make(f->dir, sizeof(f->dir));
	snprintf(f->options.use, sizeof(f->options.use), "frames:%s", f->dir);
	f->options.every_ms = 1;
	f->options.stuck_ms = 600;
	f->box = mailbox_new(&err);
	assert_non_null(f->box);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	viewing_stop(f->viewing);
	mailbox_free(f->box);
	tmpdir_remove(f->dir);
	free(f);
	return 0;
}

static void save(struct fixture *f, const char *name, const struct picture *p)
{
	char path[PATH_MAX], other[PATH_MAX];

	/* Never half a file: the camera may be looking. */
	tmpdir_path(f->dir, "next.tmp", other, sizeof(other));
	assert_true(picture_save_pgm(p, other));
	assert_int_equal(rename(other,
				 tmpdir_path(f->dir, name, path, sizeof(path))),
		0);
}

static void save_nothing(struct fixture *f, const char *name)
{
	struct picture p = picture_new(320, 240);

	for (int i = 0; i < 320 * 240; i++)
		p.grey[i] = (uint8_t)(100 + i % 320 / 8);
	save(f, name, &p);
	picture_free(&p);
}

/* Returns what the card says. */
static struct photo save_card(struct fixture *f, const char *name)
{
	struct photo p = photo_make(4, PHOTO_PLAIN);

	save(f, name, &p.picture);
	return p;
}

static void start(struct fixture *f)
{
	struct err err = {0};

	f->viewing = viewing_start(f->box, &f->options, &err);
	assert_non_null(f->viewing);
}

/* The next event, within ms; false: none. */
static bool wait_for(struct fixture *f, int ms)
{
	const long long deadline = clock_ms() + ms;
	struct pollfd in = {.fd = mailbox_fd(f->box), .events = POLLIN};

	while (!mailbox_take(f->box, &f->ev)) {
		const long long left = deadline - clock_ms();

		if (left <= 0)
			return false;
		poll(&in, 1, (int)left);
	}
	return true;
}

static void must_come(struct fixture *f, enum event_kind kind)
{
	if (!wait_for(f, PATIENCE))
		fail_msg("nothing came");
	assert_int_equal(f->ev.kind, kind);
	assert_true(f->ev.at_ms > 0);
}

/* As the loop does after it has drawn. */
static void shown(struct fixture *f)
{
	viewing_want(f->viewing, true);
}

static void a_card_ends_it(void **state)
{
	struct fixture *f = *state;
	struct photo p;

	save_nothing(f, "a.pgm");
	start(f);
	assert_false(wait_for(f, 50)); /* nobody wants it yet */
	shown(f);
	must_come(f, EV_CAMERA);
	assert_int_equal(f->ev.camera.state, CAMERA_SEES);
	assert_int_equal(f->ev.camera.width, 80);
	assert_int_equal(f->ev.camera.height, 60);
	assert_in_range(f->ev.camera.box.x, 1, 20);
	assert_int_equal(f->ev.camera.pixel[0], 100);
	p = save_card(f, "a.pgm");
	must_come(f, EV_SCAN);
	assert_true(f->ev.scan.camera);
	assert_int_equal(f->ev.scan.len, p.len);
	assert_memory_equal(f->ev.scan.bytes, p.text, p.len);
	/* It stopped by itself, though nobody has said so yet. */
	shown(f);
	assert_false(wait_for(f, SHORT));
	/* Wanted anew it looks anew. */
	viewing_want(f->viewing, false);
	shown(f);
	must_come(f, EV_SCAN);
	photo_free(&p);
}

static void two_different_codes_are_refused(void **state)
{
	struct fixture *f = *state;
	struct picture p = picture_new(640, 480);

	picture_qr(&p, 90, 150, 5, "first", 5, QR_MEDIUM);
	picture_qr(&p, 400, 200, 5, "second", 6, QR_MEDIUM);
	save(f, "two.pgm", &p);
	picture_free(&p);
	start(f);
	for (int i = 0; i < 3; i++) {
		shown(f);
		must_come(f, EV_CAMERA);
		assert_int_equal(f->ev.camera.state, CAMERA_TWO_CODES);
		assert_in_range(f->ev.camera.width, 60, FLOW_VIEW_SIDE);
	}
}

static void who_is_slow_gets_one_picture(void **state)
{
	struct fixture *f = *state;

	save_nothing(f, "a.pgm");
	start(f);
	shown(f);
	must_come(f, EV_CAMERA);
	/* Not shown yet. */
	assert_false(wait_for(f, SHORT));
	shown(f);
	must_come(f, EV_CAMERA);
}

static void not_wanted_it_stops(void **state)
{
	struct fixture *f = *state;

	save_nothing(f, "a.pgm");
	start(f);
	shown(f);
	must_come(f, EV_CAMERA);
	viewing_want(f->viewing, false);
	/* One that was under way, and slowly on a busy machine. */
	while (wait_for(f, 4 * SHORT))
		assert_int_equal(f->ev.kind, EV_CAMERA);
	assert_false(wait_for(f, SHORT));
	shown(f);
	must_come(f, EV_CAMERA);
}

static void no_camera_is_said_once(void **state)
{
	struct fixture *f = *state;

	start(f); /* the directory is empty */
	shown(f);
	must_come(f, EV_CAMERA);
	assert_int_equal(f->ev.camera.state, CAMERA_ABSENT);
	assert_int_equal(f->ev.camera.width, 0);
	shown(f);
	assert_false(wait_for(f, SHORT));
	/* Tried again, with a picture now. */
	viewing_want(f->viewing, false);
	save_nothing(f, "a.pgm");
	shown(f);
	must_come(f, EV_CAMERA);
	assert_int_equal(f->ev.camera.state, CAMERA_SEES);
}

/* Files that are no pictures: as from a camera that has gone mad. */
static void nothing_but_damaged_pictures(void **state)
{
	struct fixture *f = *state;

	tmpdir_write(f->dir, "a.pgm", "P5 no picture", 13);
	start(f);
	shown(f);
	must_come(f, EV_CAMERA);
	assert_in_range(f->ev.camera.state, CAMERA_STUCK, CAMERA_FAILED);
	shown(f);
	assert_false(wait_for(f, SHORT));
}

static void it_is_stopped_in_the_middle_of_a_picture(void **state)
{
	struct fixture *f = *state;
	const long long begun = clock_ms();

	save_nothing(f, "a.pgm");
	start(f);
	shown(f);
	must_come(f, EV_CAMERA);
	viewing_stop(f->viewing);
	f->viewing = NULL;
	assert_true(clock_ms() - begun < PATIENCE);
	viewing_stop(NULL);
	viewing_want(NULL, true);
}

struct state {
	enum err_code code;
	enum camera_state state;
};

static void each_error_has_its_state(void **state)
{
	static const struct state rows[] = {{ERR_GONE, CAMERA_ABSENT},
		{ERR_BUSY, CAMERA_BUSY}, {ERR_DENIED, CAMERA_DENIED},
		{ERR_TIMEOUT, CAMERA_STUCK}, {ERR_IO, CAMERA_FAILED},
		{ERR_INVALID, CAMERA_FAILED}, {ERR_NO_MEMORY, CAMERA_FAILED}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct err err = {.code = rows[i].code};

		assert_int_equal(viewing_state_of(&err), rows[i].state);
	}
}

#define WITH_DIR(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		WITH_DIR(a_card_ends_it),
		WITH_DIR(two_different_codes_are_refused),
		WITH_DIR(who_is_slow_gets_one_picture),
		WITH_DIR(not_wanted_it_stops),
		WITH_DIR(no_camera_is_said_once),
		WITH_DIR(nothing_but_damaged_pictures),
		WITH_DIR(it_is_stopped_in_the_middle_of_a_picture),
		cmocka_unit_test(each_error_has_its_state),
	};

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	return cmocka_run_group_tests_name("viewing", tests, NULL, NULL);
}
