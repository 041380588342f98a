/* The camera made of files: in order, for ever or once, failing when told. */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "drivers/camera/camera_fake.h"
#include "drivers/camera/camera_open.h"
#include "support/picture.h"
#include "support/tmpdir.h"

enum {
	PATIENCE = 60 * 1000
};

static char dir[PATH_MAX];

/* Three pictures, each of one grey level. */
static int setup(void **state)
{
	static const struct {
		const char *name;
		uint8_t level;
	} files[] = {{"a.pgm", 10}, {"b.png", 20}, {"c.pgm", 30}};

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct picture p = picture_new(100, 80);
		char path[PATH_MAX];

		memset(p.grey, files[i].level, 100 * 80);
		tmpdir_path(dir, files[i].name, path, sizeof(path));
		assert_true(strstr(path, ".png") ? picture_save_png(&p, path)
						 : picture_save_pgm(&p, path));
		picture_free(&p);
	}
	tmpdir_write(dir, "notes.txt", "no picture", 10);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

struct row {
	const char *name;
	struct camera_fake_options options;
	const char *levels; /* of the frames, one letter each: a b c */
	enum err_code then; /* what the next frame gives; ERR_NONE: a frame */
};

static struct row rows[] = {
	{"by name and from the start again", {.every_ms = 1}, "abcabcab",
		ERR_NONE},
	{"once, and then it is stuck", {.every_ms = 1, .once = true}, "abc",
		ERR_TIMEOUT},
	{"a damaged one is left out",
		{.every_ms = 1, .fault = {.at = 2, .damaged = true}}, "abcab",
		ERR_NONE},
	{"unplugged at the third",
		{.every_ms = 1,
			.fault = {.at = 3, .stays = true, .code = ERR_GONE}},
		"ab", ERR_GONE},
	{"stuck at once",
		{.every_ms = 1,
			.fault = {.at = 1, .stays = true, .code = ERR_TIMEOUT}},
		"", ERR_TIMEOUT},
	{"damaged from the second on",
		{.every_ms = 1,
			.fault = {.at = 2, .stays = true, .damaged = true}},
		"a", ERR_IO},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct err err = {0};
	struct camera *c = camera_fake_open(dir, &row->options, &err);
	struct camera_frame frame;

	/* No frame comes while another is looked at. */
	clock_freeze(1000);
	assert_non_null(c);
	for (const char *l = row->levels; *l; l++) {
		if (!camera_frame(c, PATIENCE, &frame, &err))
			fail_msg("%c: %s", *l, err.text);
		assert_int_equal(frame.bytes[0], (*l - 'a' + 1) * 10);
		assert_int_equal(frame.shape.width, 100);
		assert_int_equal(frame.len, 100 * 80);
	}
	if (row->then == ERR_NONE) {
		assert_true(camera_frame(c, PATIENCE, &frame, &err));
	} else {
		assert_false(camera_frame(c, 300, &frame, &err));
		assert_int_equal(err.code, row->then);
	}
	camera_close(c);
	clock_freeze(-1);
}

static void what_cannot_be_played_is_refused(void **state)
{
	const struct camera_wish wish = {0};
	struct err err = {0};

	(void)state;
	assert_null(camera_fake_open("/no/such/place", NULL, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_null(camera_open("none", &wish, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_null(camera_open("frames:/no/such/place", &wish, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_null(camera_open("/dev/null", &wish, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void one_file_by_its_name(void **state)
{
	const struct camera_wish wish = {0};
	struct camera_frame frame;
	char use[PATH_MAX + 16];
	struct err err = {0};
	struct camera *c;

	(void)state;
	snprintf(use, sizeof(use), "frames:%s/b.png", dir);
	c = camera_open(use, &wish, &err);
	assert_non_null(c);
	for (int i = 0; i < 2; i++) {
		assert_true(camera_frame(c, PATIENCE, &frame, &err));
		assert_int_equal(frame.bytes[0], 20);
	}
	camera_close(c);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_cannot_be_played_is_refused);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(one_file_by_its_name);
	return cmocka_run_group_tests_name("camera of files", tests, setup,
		teardown);
}
