/* The bytes of an image file in, its grey pixels out. */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"
#include "support/picture.h"
#include "support/tmpdir.h"

struct row {
	const char *name;
	const char *file; /* its content */
	size_t len;       /* 0: of a string */
	int width, height;
	const char *grey; /* NULL: refused */
};

static struct row rows[] = {
	{"P2", "P2 2 1 255 0 200", 0, 2, 1, "\x00\xc8"},
	{"P2 with comments", "P2 # c\n1 # d\n1\n#\n255 7", 0, 1, 1, "\x07"},
	{"P2 scaled to 255", "P2 3 1 15 0 15 7", 0, 3, 1, "\x00\xff\x77"},
	{"P3 by luma", "P3 3 1 255 255 0 0 0 255 0 0 0 255", 0, 3, 1,
		"\x4c\x95\x1d"},
	{"P5", "P5 2 2 255\nabcd", 0, 2, 2, "abcd"},
	{"P5 whose first pixel is a blank", "P5 2 1 255\n\n ", 0, 2, 1, "\n "},
	{"P5 with two bytes a sample", "P5 2 1 65535\n\x00\x00\xff\xff", 17, 2,
		1, "\x00\xff"},
	{"P6", "P6 1 1 255\n\xff\xff\xff", 0, 1, 1, "\xff"},
	{"more bytes than pixels", "P5 1 1 255\nab", 0, 1, 1, "a"},
	{"a pixel short", "P5 2 2 255\nabc", 0, 0, 0, NULL},
	{"P2 a pixel short", "P2 2 2 255 1 2 3 ", 0, 0, 0, NULL},
	{"a pixel above white", "P2 1 1 15 16", 0, 0, 0, NULL},
	{"white is black", "P2 1 1 0 0", 0, 0, 0, NULL},
	{"no width", "P5 0 1 255\na", 0, 0, 0, NULL},
	{"a negative width", "P5 -1 1 255\na", 0, 0, 0, NULL},
	{"a bitmap", "P4 8 1\na", 0, 0, 0, NULL},
	{"too wide", "P2 8193 1 255 0", 0, 0, 0, NULL},
	{"a width of 2^32 + 1", "P5 4294967297 1 255\na", 0, 0, 0, NULL},
	{"nothing", "", 0, 0, 0, NULL},
	{"only the letter", "P", 0, 0, 0, NULL},
	{"a GIF", "GIF89a", 0, 0, 0, NULL},
	{"only a PNG's start", "\x89PNG\r\n\x1a\n", 0, 0, 0, NULL},
	{"only a JPEG's start", "\xff\xd8\xff", 0, 0, 0, NULL},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const size_t len = row->len ? row->len : strlen(row->file);
	struct image image;
	struct err err = {0};
	const bool ok =
		image_decode((const uint8_t *)row->file, len, &image, &err);

	assert_int_equal(ok, row->grey != NULL);
	if (ok) {
		assert_int_equal(image.width, row->width);
		assert_int_equal(image.height, row->height);
		assert_memory_equal(image.grey, row->grey,
			(size_t)row->width * (size_t)row->height);
	} else {
		assert_int_equal(err.code, ERR_INVALID);
		assert_null(image.grey);
	}
	image_clear(&image);
}

static bool decode_file(const char *path, struct image *image, struct err *err)
{
	static uint8_t bytes[1 << 20];
	FILE *in = fopen(path, "rb");
	size_t len;

	assert_non_null(in);
	len = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	return image_decode(bytes, len, image, err);
}

/*
 * PNG can be stored in many ways; each becomes grey on white. Luma is that of
 * BT.709: red 54, green 182.
 */
struct kind {
	const char *name;
	const char *path;
	int width, height;
	const char *grey;
};

#define CORPUS "tests/fuzz/corpus_image/"

static struct kind kinds[] = {
	{"PNG: half-transparent red and green lie on white", CORPUS "rgba.png",
		2, 2, "\x9a\xb6\x9a\xb6"},
	{"PNG: 16 bits a pixel", CORPUS "grey16.png", 2, 1, "\x12\xff"},
	{"PNG: one bit, interlaced", CORPUS "grey1_interlaced.png", 1, 1,
		"\xff"},
	{"PNG: a palette with a transparent colour", CORPUS "palette_trns.png",
		4, 1, NULL},
	{"PNG: colour", CORPUS "rgb.png", 1, 2, NULL},
	{"JPEG: grey", CORPUS "grey.jpg", 9, 7, NULL},
};

static void run_kind(void **state)
{
	const struct kind *kind = *state;
	struct image image;
	struct err err = {0};

	if (!decode_file(kind->path, &image, &err))
		fail_msg("%s", err.text);
	assert_int_equal(image.width, kind->width);
	assert_int_equal(image.height, kind->height);
	if (kind->grey)
		assert_memory_equal(image.grey, kind->grey,
			(size_t)kind->width * (size_t)kind->height);
	image_clear(&image);
}

/* What is drawn is what is read; JPEG may be off by a little. */
static void all_formats_give_the_same_pixels(void **state)
{
	static const struct {
		const char *name;
		int off;
	} formats[] = {{"a.pgm", 0}, {"a.png", 0}, {"a.jpg", 4}};
	struct picture p = picture_new(61, 47);
	char dir[PATH_MAX], path[PATH_MAX];

	(void)state;
	for (int i = 0; i < p.width * p.height; i++)
		p.grey[i] = (uint8_t)(i % p.width * 4);
	tmpdir_make(dir, sizeof(dir));
	picture_save_pgm(&p, tmpdir_path(dir, "a.pgm", path, sizeof(path)));
	picture_save_png(&p, tmpdir_path(dir, "a.png", path, sizeof(path)));
	picture_save_jpeg(&p, tmpdir_path(dir, "a.jpg", path, sizeof(path)),
		98);
	for (size_t f = 0; f < COUNT_OF(formats); f++) {
		struct image image;
		struct err err = {0};

		tmpdir_path(dir, formats[f].name, path, sizeof(path));
		assert_true(decode_file(path, &image, &err));
		assert_int_equal(image.width, p.width);
		assert_int_equal(image.height, p.height);
		for (int i = 0; i < p.width * p.height; i++)
			assert_in_range(abs(image.grey[i] - p.grey[i]), 0,
				formats[f].off);
		image_clear(&image);
	}
	tmpdir_remove(dir);
	picture_free(&p);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(kinds) + 1];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		tests[n++] = (struct CMUnitTest){.name = kinds[i].name,
			.test_func = run_kind,
			.initial_state = &kinds[i]};
	tests[n] = (struct CMUnitTest)
		cmocka_unit_test(all_formats_give_the_same_pixels);
	return cmocka_run_group_tests_name("image_decode", tests, NULL, NULL);
}
