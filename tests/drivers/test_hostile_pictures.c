/*
 * T44: pictures of the kinds that have hurt zbar, as image files and as frames
 * of a camera, through the real child in its sandbox. None of them is a
 * published file; they are drawn here from what was wrong:
 *
 * CVE-2023-40889, qr_reader_match_centers(): when more threes of finder
 * patterns have failed than it tries (8192, or a 512th of the pixels), it
 * read behind its marks; a code in a code starts the same search anew inside.
 *
 * CVE-2023-40890, lookup_sequence(): a DataBar Expanded code whose first
 * character promises 22 segments was written behind 22 places. That decoder
 * is off, as all but QR are, and two tests here say so.
 *
 * A child may die of any of it; then there is a sentence, and the next card
 * is read. Nothing may be found that was not drawn.
 */
#include "support/unit.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zbar.h>

#include "drivers/camera/decode.h"
#include "drivers/camera/image_reader.h"
#include "support/clutter.h"
#include "support/tmpdir.h"

enum {
	/* What the screen waits for a file and for a frame. */
	FILE_MS = 5000,
	FRAME_MS = 3000,
	PATIENCE = 20 * 1000 /* under a sanitizer, on a loaded machine */
};

static char dir[PATH_MAX];
static struct decode_result found;
static struct frame_look look;

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

/* ---- the rows ------------------------------------------------------------------ */

struct hostile {
	const char *name;
	struct picture (*draw)(void);
	const char *there[2]; /* what may be found */
	bool must;            /* the first of it is found */
};

static struct hostile rows[] = {
	{"T44 more threes of finder patterns than are tried",
		clutter_forty_nine, {0}, false},
	{"T44 thousands of finder patterns", clutter_thousands, {0}, false},
	{"T44 thousands, a pixel a module", clutter_smallest, {0}, false},
	{"T44 finder patterns in finder patterns", clutter_nested, {0}, false},
	{"T44 rings around finder patterns", clutter_rings, {0}, false},
	{"T44 stripes that cross as finder patterns", clutter_plaid, {0},
		false},
	{"T44 finder patterns of all sizes over each other", clutter_scattered,
		{0}, false},
	{"T44 a page of them as large as a phone's", clutter_phone, {0}, false},
	{"T44 a card in a page of finder patterns", clutter_card_among_finders,
		{CLUTTER_CARD}, false},
	{"T44 a code in a code", clutter_code_in_a_code,
		{CLUTTER_OUTER, CLUTTER_INNER}, false},
	{"T44 a page of finder patterns in a code", clutter_finders_in_a_code,
		{CLUTTER_OUTER}, true},
	{"T44 a DataBar Expanded code is not read", clutter_databar, {0},
		false},
	{"T44 DataBar Expanded codes of too many segments", clutter_databars,
		{0}, false},
};

static void only_what_was_drawn(const struct hostile *row)
{
	bool first = false;

	for (int i = 0; i < found.count; i++) {
		const char *text = (const char *)found.code[i].bytes;
		bool drawn = false;

		for (size_t n = 0; n < COUNT_OF(row->there); n++)
			drawn = drawn ||
				(row->there[n] && !strcmp(text, row->there[n]));
		if (!drawn)
			fail_msg("found, but not there: %s", text);
		first = first || !strcmp(text, row->there[0]);
	}
	if (row->must && !first)
		fail_msg("not found: %s", row->there[0]);
}

/* It is an answer, or a sentence about a child that died or was killed. */
static void answer_or_sentence(const struct hostile *row, bool ok,
	const struct err *err)
{
	if (ok) {
		only_what_was_drawn(row);
		return;
	}
	if (err->code != ERR_IO && err->code != ERR_TIMEOUT &&
		err->code != ERR_NO_MEMORY)
		fail_msg("%s", err->text);
	assert_string_not_equal(err->text, "");
	assert_int_equal(found.count, 0);
	print_message("it cost the child: %s\n", err->text);
}

static void the_next_card_is_read(struct image_reader *r)
{
	char path[PATH_MAX];
	struct err err = {0};

	tmpdir_path(dir, "card.pgm", path, sizeof(path));
	if (!image_reader_scan(r, path, PATIENCE, &found, &err))
		fail_msg("the next card: %s", err.text);
	assert_int_equal(found.count, 1);
	assert_string_equal((char *)found.code[0].bytes, CLUTTER_CARD);
}

static void save(const struct picture *p, const char *name)
{
	char path[PATH_MAX];

	assert_true(picture_save_pgm(p,
		tmpdir_path(dir, name, path, sizeof(path))));
}

static void as_a_file(struct image_reader *r, const struct hostile *row,
	const struct picture *p)
{
	char path[PATH_MAX];
	struct err err = {0};
	bool ok;

	save(p, "hostile.pgm");
	ok = image_reader_scan(r,
		tmpdir_path(dir, "hostile.pgm", path, sizeof(path)), FILE_MS,
		&found, &err);
	answer_or_sentence(row, ok, &err);
}

/* A frame's edge is not looked at and its time is short: nothing must be. */
static void as_a_frame(struct image_reader *r, const struct hostile *row,
	const struct picture *p)
{
	const struct frame_shape shape = {.format = FRAME_GREY,
		.width = p->width,
		.height = p->height,
		.stride = p->width};
	struct hostile cropped = *row;
	struct err err = {0};
	bool ok;

	if (p->width > FRAME_MAX_SIDE || p->height > FRAME_MAX_SIDE)
		return;
	cropped.must = false;
	ok = image_reader_frame(r, &shape, p->grey,
		(size_t)p->width * (size_t)p->height, FRAME_MS, &found, &look,
		&err);
	answer_or_sentence(&cropped, ok, &err);
}

static void run_row(void **state)
{
	const struct hostile *row = *state;
	struct picture card = picture_of(CLUTTER_CARD, strlen(CLUTTER_CARD), 3);
	struct picture p = row->draw();
	struct err err = {0};
	struct image_reader *r = image_reader_open(NULL, &err);

	if (!r)
		fail_msg("%s", err.text);
	save(&card, "card.pgm");
	as_a_file(r, row, &p);
	the_next_card_is_read(r);
	as_a_frame(r, row, &p);
	the_next_card_is_read(r);
	image_reader_close(r);
	picture_free(&p);
	picture_free(&card);
}

/* ---- what the rows stand on ---------------------------------------------------- */

/* zbar by itself, with whatever it reads by default. */
static int bare_zbar(const struct picture *p, char *out, size_t size)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol;
	int count;

	assert_true(scanner && image);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)p->width, (unsigned)p->height);
	zbar_image_set_data(image, p->grey,
		(unsigned long)p->width * (unsigned long)p->height, NULL);
	count = zbar_scan_image(scanner, image);
	symbol = zbar_image_first_symbol(image);
	snprintf(out, size, "%s", symbol ? zbar_symbol_get_data(symbol) : "");
	zbar_image_set_data(image, NULL, 0, NULL);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	return count;
}

/* Else their not being found would prove nothing. */
static void zbar_would_read_these_bars(void **state)
{
	struct picture p = clutter_databar();
	char text[64];

	(void)state;
	assert_int_equal(bare_zbar(&p, text, sizeof(text)), 1);
	assert_string_equal(text, CLUTTER_DATABAR);
	picture_free(&p);
}

/*
 * Between decode.c and the library: the scanner that decoder_new() keeps to
 * itself, to be asked what it looks for.
 */
static zbar_image_scanner_t *newest;

zbar_image_scanner_t *zbar_image_scanner_create(void)
{
	zbar_image_scanner_t *(*real)(void) = NULL;

	*(void **)&real = dlsym(RTLD_NEXT, "zbar_image_scanner_create");
	newest = real ? real() : NULL;
	return newest;
}

static const struct {
	zbar_symbol_type_t type;
	bool by_default;
} kinds[] = {{ZBAR_EAN8, true}, {ZBAR_EAN13, true}, {ZBAR_I25, true},
	{ZBAR_DATABAR, true}, {ZBAR_DATABAR_EXP, true}, {ZBAR_CODABAR, true},
	{ZBAR_CODE39, true}, {ZBAR_CODE93, true}, {ZBAR_CODE128, true},
	{ZBAR_SQCODE, true}, {ZBAR_EAN2, false}, {ZBAR_EAN5, false},
	{ZBAR_UPCA, false}, {ZBAR_UPCE, false}, {ZBAR_ISBN10, false},
	{ZBAR_ISBN13, false}};

static bool looks_for(zbar_image_scanner_t *scanner, zbar_symbol_type_t type)
{
	int value = -1;

	assert_int_equal(zbar_image_scanner_get_config(scanner, type,
				 ZBAR_CFG_ENABLE, &value),
		0);
	return value != 0;
}

static void T44_the_decoder_looks_for_qr_and_nothing_else(void **state)
{
	zbar_image_scanner_t *bare = zbar_image_scanner_create();
	struct err err = {0};
	struct decoder *d = decoder_new(&err);

	(void)state;
	assert_true(d && newest != bare);
	assert_true(looks_for(newest, ZBAR_QRCODE));
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (kinds[i].by_default && !looks_for(bare, kinds[i].type))
			fail_msg("%s is off by default",
				zbar_get_symbol_name(kinds[i].type));
		if (looks_for(newest, kinds[i].type))
			fail_msg("%s is on",
				zbar_get_symbol_name(kinds[i].type));
	}
	decoder_free(d);
	zbar_image_scanner_destroy(bare);
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2] =
		{cmocka_unit_test(zbar_would_read_these_bars),
			cmocka_unit_test(
				T44_the_decoder_looks_for_qr_and_nothing_else)};
	size_t n = 2;

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.setup_func = setup,
			.teardown_func = teardown,
			.initial_state = &rows[i]};
	return _cmocka_run_group_tests("hostile_pictures", tests, n, NULL,
		NULL);
}
