/* The second and third look: what they read that the first does not. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/camera/decode.h"
#include "drivers/camera/passes.h"
#include "support/photo.h"

enum {
	SEED = 5,
	PHOTOS = 36 /* three of each kind, all of 640 x 480 */
};

static struct decode_result found;

struct looks {
	int exact[PASS_COUNT]; /* by one look, two, and so on */
	int wrong;
};

static void look(struct decoder *d, const struct photo *p, struct looks *out)
{
	for (int passes = 1; passes <= PASS_COUNT; passes++) {
		const struct decode_effort effort = {.passes = passes,
			.budget_ms = 1000 * 1000};
		struct err err = {0};

		if (!decoder_scan_within(d, p->picture.grey, p->picture.width,
			    p->picture.height, &effort, &found, &err))
			fail_msg("%s", err.text);
		if (found.count == 0)
			continue;
		if (found.count == 1 && found.code[0].len == p->len &&
			memcmp(found.code[0].bytes, p->text, p->len) == 0)
			out->exact[passes - 1]++;
		else
			out->wrong++;
	}
}

/* The whole corpus and its rates: make bench. */
static void photographs_in_trouble_are_read_and_never_wrong(void **state)
{
	struct looks got = {{0}, 0};
	struct err err = {0};
	struct decoder *d = decoder_new(&err);

	(void)state;
	assert_non_null(d);
	for (int i = 0; i < PHOTOS; i++) {
		struct photo p = photo_make(SEED,
			i / PHOTO_KINDS * 2 * PHOTO_KINDS + i % PHOTO_KINDS);

		assert_int_equal(p.picture.width, 640);
		look(d, &p, &got);
		photo_free(&p);
	}
	decoder_free(d);
	print_message("of %d: %d, %d, %d\n", PHOTOS, got.exact[0], got.exact[1],
		got.exact[2]);
	assert_int_equal(got.wrong, 0);
	assert_in_range(got.exact[0], 30, PHOTOS);
	assert_in_range(got.exact[1], 34, PHOTOS);
	assert_in_range(got.exact[2], 35, PHOTOS);
}

/* A card held up a second time is the same bytes by whatever look. */
static void the_same_photograph_every_time(void **state)
{
	struct photo a = photo_make(SEED, 11), b = photo_make(SEED, 11);
	struct photo other = photo_make(SEED + 1, 11);

	(void)state;
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.picture.grey, b.picture.grey, 640 * 480);
	assert_memory_not_equal(a.picture.grey, other.picture.grey, 640 * 480);
	photo_free(&a);
	photo_free(&b);
	photo_free(&other);
}

struct size {
	const char *name;
	int width, height;
	int sharp_width, sharp_height;
	int large_width, large_height;
};

static struct size sizes[] = {
	{"the smallest", 21, 21, 21, 21, 42, 42},
	{"odd both ways", 101, 57, 101, 57, 202, 114},
	{"a strip across", 8192, 21, 8192, 21, 16384, 42},
	{"a strip downwards", 21, 8192, 21, 8192, 42, 16384},
	{"a photograph of 12 megapixels is halved, and that is large", 4000,
		3001, 2000, 1500, 2000, 1500},
	{"one of 24 twice", 6000, 4000, 1500, 1000, 1500, 1000},
};

/* The sanitizers see to it that nothing outside is touched. */
static void run_size(void **state)
{
	const struct size *s = *state;
	const size_t pixels = (size_t)s->width * (size_t)s->height;
	uint8_t *grey = malloc(pixels);
	struct passes_picture made;
	struct err err = {0};
	struct passes *p = passes_new(&err);

	assert_non_null(grey);
	assert_non_null(p);
	memset(grey, 77, pixels);
	assert_true(passes_make(p, PASS_SHARP, grey, s->width, s->height, &made,
		&err));
	assert_int_equal(made.width, s->sharp_width);
	assert_int_equal(made.height, s->sharp_height);
	/* Nothing is darker than what is around it. */
	for (int i = 0; i < made.width * made.height; i++)
		assert_int_equal(made.grey[i], 255);
	assert_true(passes_make(p, PASS_LARGE, grey, s->width, s->height, &made,
		&err));
	assert_int_equal(made.width, s->large_width);
	assert_int_equal(made.height, s->large_height);
	for (int i = 0; i < made.width * made.height; i++)
		assert_int_equal(made.grey[i], 255);
	for (enum pass pass = PASS_NEAR; pass <= PASS_FOCUS; pass++) {
		assert_true(passes_make(p, pass, grey, s->width, s->height,
			&made, &err));
		assert_int_equal(made.width, s->large_width);
		assert_int_equal(made.height, s->large_height);
		for (int i = 0; i < made.width * made.height; i++)
			assert_int_equal(made.grey[i], 255);
	}
	passes_wipe(p);
	assert_int_equal(made.grey[0], 0);
	passes_free(p);
	passes_free(NULL);
	free(grey);
}

/* Half of it in the shade: the line of the shade is all that is dark. */
static void light_is_taken_away(void **state)
{
	static uint8_t grey[200 * 200];
	struct passes_picture made;
	struct err err = {0};
	struct passes *p = passes_new(&err);

	(void)state;
	for (int i = 0; i < 200 * 200; i++) {
		const int x = i % 200, y = i / 200;
		const int print = (x / 4 + y / 4) % 2 ? 0 : 3;

		grey[i] = (uint8_t)((x < 100 ? 30 : 200) + 4 * print);
	}
	assert_true(passes_make(p, PASS_SHARP, grey, 200, 200, &made, &err));
	for (int y = 30; y < 170; y++)
		for (int x = 30; x < 170; x++) {
			const bool light = (x / 4 + y / 4) % 2 == 0;
			const bool middle = x % 4 > 0 && x % 4 < 3 &&
					    y % 4 > 0 && y % 4 < 3;

			if (middle && (x < 75 || x > 125))
				assert_int_equal(made.grey[y * 200 + x],
					light ? 255 : 0);
		}
	passes_free(p);
}

/* The first photograph that one look does not read, and more do. */
static struct photo hard_photo(struct decoder *d)
{
	const struct decode_effort one = {.passes = 1};
	struct err err = {0};

	for (int i = 0; i < 1000; i += i % PHOTO_KINDS == 11 ? 13 : 1) {
		struct photo p = photo_make(SEED, i);

		assert_true(decoder_scan_within(d, p.picture.grey,
			p.picture.width, p.picture.height, &one, &found, &err));
		if (found.count == 0 &&
			decoder_scan(d, p.picture.grey, p.picture.width,
				p.picture.height, &found, &err) &&
			found.count == 1)
			return p;
		photo_free(&p);
	}
	fail_msg("no photograph is hard");
	return (struct photo){0};
}

/* Time is up before the second look begins. */
static void no_look_begins_after_the_budget(void **state)
{
	const struct decode_effort hurry = {.passes = PASS_COUNT};
	const struct decode_effort rest = {.passes = PASS_COUNT,
		.budget_ms = 1000 * 1000};
	struct err err = {0};
	struct decoder *d = decoder_new(&err);
	struct photo p = hard_photo(d);

	(void)state;
	assert_true(decoder_scan_within(d, p.picture.grey, p.picture.width,
		p.picture.height, &hurry, &found, &err));
	assert_int_equal(found.count, 0);
	assert_true(decoder_scan_within(d, p.picture.grey, p.picture.width,
		p.picture.height, &rest, &found, &err));
	assert_int_equal(found.count, 1);
	decoder_free(d);
	photo_free(&p);
}

static void two_that_differ_and_two_alike(void **state)
{
	struct picture p = picture_new(640, 480);
	struct err err = {0};
	struct decoder *d = decoder_new(&err);

	(void)state;
	picture_qr(&p, 30, 30, 4, "same", 4, QR_MEDIUM);
	picture_qr(&p, 330, 230, 4, "same", 4, QR_MEDIUM);
	assert_true(decoder_scan(d, p.grey, 640, 480, &found, &err));
	assert_false(decode_differ(&found));
	picture_qr(&p, 30, 230, 4, "sama", 4, QR_MEDIUM);
	assert_true(decoder_scan(d, p.grey, 640, 480, &found, &err));
	assert_int_equal(found.count, 3);
	assert_true(decode_differ(&found));
	decoder_free(d);
	picture_free(&p);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(photographs_in_trouble_are_read_and_never_wrong),
	cmocka_unit_test(the_same_photograph_every_time),
	cmocka_unit_test(light_is_taken_away),
	cmocka_unit_test(no_look_begins_after_the_budget),
	cmocka_unit_test(two_that_differ_and_two_alike),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(sizes) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, sizes, run_size);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("passes", tests, NULL, NULL);
}
