/* Bytes of a camera to grey pixels, and what is said about them. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/camera/frame.h"
#include "support/photo.h"
#include "support/tmpdir.h"

enum {
	W = 96,
	H = 64
};

static uint8_t bytes[FRAME_MAX_SIDE * 256];
static struct frame_look seen, before;

/* Pixel (x, y) of the picture that the raw frames below show. */
static uint8_t level(int x, int y)
{
	return (uint8_t)(x * 2 + y);
}

static void fill(const struct frame_shape *s)
{
	const int step = s->format == FRAME_YUYV ? 2 : 1;

	memset(bytes, 0xee, sizeof(bytes));
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++)
			bytes[y * s->stride + x * step] = level(x, y);
}

struct row {
	const char *name;
	struct frame_shape shape;
	int lacks; /* bytes that are not there */
	bool ok;
	int from_x, from_y; /* which pixel comes out as the first */
	int width;
};

static struct row rows[] = {
	{"grey", {FRAME_GREY, W, H, W, false, 0}, 0, true, 0, 0, W},
	{"grey with longer rows", {FRAME_GREY, W, H, W + 7, false, 0}, 0, true,
		0, 0, W},
	{"YUYV", {FRAME_YUYV, W, H, 2 * W, false, 0}, 0, true, 0, 0, W},
	{"YUYV with longer rows", {FRAME_YUYV, W, H, 3 * W, false, 0}, 0, true,
		0, 0, W},
	{"swapped back", {FRAME_GREY, W, H, W, true, 0}, 0, true, W - 1, 0, W},
	{"turned by 90", {FRAME_GREY, W, H, W, false, 90}, 0, true, 0, H - 1,
		H},
	{"turned by 180", {FRAME_GREY, W, H, W, false, 180}, 0, true, W - 1,
		H - 1, W},
	{"turned by 270", {FRAME_GREY, W, H, W, false, 270}, 0, true, W - 1, 0,
		H},
	{"a byte is missing", {FRAME_GREY, W, H, W, false, 0}, 1, false, 0, 0,
		0},
	{"half is missing", {FRAME_YUYV, W, H, 2 * W, false, 0}, W *H, false, 0,
		0, 0},
	{"no width", {FRAME_GREY, 0, H, W, false, 0}, 0, false, 0, 0, 0},
	{"a negative height", {FRAME_GREY, W, -H, W, false, 0}, 0, false, 0, 0,
		0},
	{"too wide", {FRAME_GREY, FRAME_MAX_SIDE + 1, H, 4096, false, 0}, 0,
		false, 0, 0, 0},
	{"rows that overlap", {FRAME_YUYV, W, H, W, false, 0}, 0, false, 0, 0,
		0},
	{"rows beyond memory", {FRAME_GREY, W, H, 0x7fffffff, false, 0}, 0,
		false, 0, 0, 0},
	{"turned by a little", {FRAME_GREY, W, H, W, false, 7}, 0, false, 0, 0,
		0},
	{"a format that there is not", {FRAME_FORMATS, W, H, W, false, 0}, 0,
		false, 0, 0, 0},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const struct frame_shape *s = &row->shape;
	const int step = s->format == FRAME_YUYV ? 2 : 1;
	const size_t len = row->ok || row->lacks ? (size_t)s->stride * (H - 1) +
							   (size_t)(W * step)
						 : sizeof(bytes);
	struct image image;
	struct err err = {0};

	if (row->ok)
		fill(s);
	assert_int_equal(frame_grey(s, bytes, len - (size_t)row->lacks, &image,
				 &err),
		row->ok);
	if (!row->ok) {
		assert_int_equal(err.code, ERR_INVALID);
		assert_null(image.grey);
		return;
	}
	assert_int_equal(image.width, row->width);
	assert_int_equal(image.width * image.height, W * H);
	assert_int_equal(image.grey[0], level(row->from_x, row->from_y));
	assert_int_equal(image.grey[W * H - 1],
		level(W - 1 - row->from_x, H - 1 - row->from_y));
	image_clear(&image);
}

/* ---- motion JPEG ----------------------------------------------------------- */

static size_t jpeg_of(int width, int height)
{
	char dir[256], path[300];
	struct picture p = picture_new(width, height);
	FILE *in;
	size_t len;

	for (int i = 0; i < width * height; i++)
		p.grey[i] = level(i % width / 2, i / width / 2);
	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "frame.jpg", path, sizeof(path));
	assert_true(picture_save_baseline(&p, path, 90));
	in = fopen(path, "rb");
	assert_non_null(in);
	len = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	tmpdir_remove(dir);
	picture_free(&p);
	return len;
}

static bool decode_jpeg(size_t len)
{
	const struct frame_shape shape = {.format = FRAME_MJPEG,
		.width = W,
		.height = H};
	struct image image;
	struct err err = {0};
	const bool ok = frame_grey(&shape, bytes, len, &image, &err);

	if (ok) {
		assert_int_equal(image.width, W);
		assert_int_equal(image.height, H);
		assert_in_range(image.grey[W + 10], 2, 12);
	} else {
		assert_int_equal(err.code, ERR_INVALID);
		assert_null(image.grey);
	}
	image_clear(&image);
	return ok;
}

static void a_jpeg_frame(void **state)
{
	(void)state;
	assert_true(decode_jpeg(jpeg_of(W, H)));
}

/* Cameras fill the buffer up with whatever was there. */
static void rubbish_after_a_jpeg_is_no_harm(void **state)
{
	const size_t len = jpeg_of(W, H);

	(void)state;
	memset(bytes + len, 0xa5, 500);
	assert_true(decode_jpeg(len + 500));
}

/* Motion JPEG may leave out the tables that are always the same. */
static void a_jpeg_without_huffman_tables(void **state)
{
	size_t len = jpeg_of(W, H);
	int dropped = 0;

	(void)state;
	for (size_t i = 2; i + 4 < len && bytes[i] == 0xff;) {
		const size_t segment =
			2 + (size_t)(bytes[i + 2] << 8 | bytes[i + 3]);

		if (bytes[i + 1] == 0xda)
			break;
		if (bytes[i + 1] != 0xc4) {
			i += segment;
			continue;
		}
		memmove(bytes + i, bytes + i + segment, len - i - segment);
		len -= segment;
		dropped++;
	}
	assert_in_range(dropped, 1, 4);
	assert_true(decode_jpeg(len));
}

static void a_jpeg_cut_anywhere_is_refused(void **state)
{
	const size_t len = jpeg_of(W, H);

	(void)state;
	for (size_t cut = 0; cut + 2 < len; cut += 11)
		assert_false(decode_jpeg(cut));
}

/* A camera that agreed on one size and sends another is not believed. */
static void a_jpeg_of_another_size_is_refused(void **state)
{
	(void)state;
	assert_false(decode_jpeg(jpeg_of(W + 8, H)));
	assert_false(decode_jpeg(jpeg_of(W, H - 8)));
}

/* ---- what is seen ------------------------------------------------------------ */

static struct photo plain_photo(void)
{
	return photo_make(3, PHOTO_PLAIN);
}

static enum frame_hint hint_of(const struct picture *p)
{
	const struct image image = {p->width, p->height, p->grey};

	frame_look(&image, &before, &seen);
	return seen.hint;
}

static void a_good_photograph_has_no_hint(void **state)
{
	struct photo p = plain_photo();

	(void)state;
	before.width = 0;
	assert_int_equal(hint_of(&p.picture), FRAME_NO_HINT);
	assert_int_equal(seen.width, 91);
	assert_int_equal(seen.height, 68);
	/* The small picture is the picture: its middle row in grey. */
	before = seen;
	assert_int_equal(hint_of(&p.picture), FRAME_NO_HINT);
	photo_free(&p);
}

static void dark_bright_blurred_and_moving(void **state)
{
	struct photo p = plain_photo();
	struct picture *g = &p.picture;
	const int count = g->width * g->height;

	(void)state;
	before.width = 0;
	hint_of(g);
	before = seen;
	memmove(g->grey, g->grey + 40, (size_t)(count - 40));
	assert_int_equal(hint_of(g), FRAME_MOVING);
	before.width = 0;
	for (int i = 0; i < count; i++)
		g->grey[i] /= 5;
	assert_int_equal(hint_of(g), FRAME_DARK);
	for (int i = 0; i < count; i++)
		g->grey[i] = g->grey[i] > 20 ? 255 : 200;
	assert_int_equal(hint_of(g), FRAME_GLARE);
	for (int i = 0; i < count; i++)
		g->grey[i] = (uint8_t)(90 + i % g->width / 8);
	assert_int_equal(hint_of(g), FRAME_BLURRED);
	memset(g->grey, 120, (size_t)count);
	assert_int_equal(hint_of(g), FRAME_BLURRED);
	photo_free(&p);
}

static void the_box_is_inside_whatever_the_size(void **state)
{
	static const int sizes[][2] = {{64, 64}, {640, 480}, {480, 640},
		{1280, 720}, {2048, 64}, {64, 2048}, {65, 67}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		const struct frame_box b = frame_box(sizes[i][0], sizes[i][1]);

		assert_in_range(b.x, 0, sizes[i][0]);
		assert_in_range(b.y, 0, sizes[i][1]);
		assert_in_range(b.width, 50, sizes[i][0] - 2 * b.x);
		assert_in_range(b.height, 50, sizes[i][1] - 2 * b.y);
	}
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(a_jpeg_frame),
	cmocka_unit_test(rubbish_after_a_jpeg_is_no_harm),
	cmocka_unit_test(a_jpeg_without_huffman_tables),
	cmocka_unit_test(a_jpeg_cut_anywhere_is_refused),
	cmocka_unit_test(a_jpeg_of_another_size_is_refused),
	cmocka_unit_test(a_good_photograph_has_no_hint),
	cmocka_unit_test(dark_bright_blurred_and_moving),
	cmocka_unit_test(the_box_is_inside_whatever_the_size),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
