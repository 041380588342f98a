/* PNG files of codes and paper: read back with libpng, and by zbar. */
#include "support/unit.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/receipt.h"
#include "drivers/camera/decode.h"
#include "drivers/printer/paper_png.h"
#include "support/receipts.h"

struct image {
	int width;
	int height;
	uint8_t *grey;
};

static struct image read_png(const char *path)
{
	png_image png = {.version = PNG_IMAGE_VERSION};
	struct image out;

	assert_int_equal(png_image_begin_read_from_file(&png, path), 1);
	png.format = PNG_FORMAT_GRAY;
	out.width = (int)png.width;
	out.height = (int)png.height;
	out.grey = malloc(PNG_IMAGE_SIZE(png));
	assert_non_null(out.grey);
	assert_int_equal(png_image_finish_read(&png, NULL, out.grey, 0, NULL),
		1);
	return out;
}

/* The one QR in the picture must say text. */
static void zbar_reads(const struct image *img, const char *text)
{
	static struct decode_result found;
	struct err err = {.code = ERR_NONE};
	struct decoder *d = decoder_new(&err);

	assert_non_null(d);
	assert_true(decoder_scan(d, img->grey, img->width, img->height, &found,
		&err));
	decoder_free(d);
	assert_int_equal(found.count, 1);
	assert_string_equal((const char *)found.code[0].bytes, text);
}

struct fixture {
	char dir[64];
	char path[96];
};

static int make_dir(void **state)
{
	static struct fixture f;

	snprintf(f.dir, sizeof(f.dir), "/tmp/test_paper_png.XXXXXX");
	if (!mkdtemp(f.dir))
		return -1;
	snprintf(f.path, sizeof(f.path), "%s/x.png", f.dir);
	*state = &f;
	return 0;
}

static int remove_dir(void **state)
{
	const struct fixture *f = *state;

	unlink(f->path);
	return rmdir(f->dir);
}

static void a_card_is_read_from_its_picture(void **state)
{
	static const char card[] =
		"012345678901|123456789|Nguyễn Thị Đẹp|02091945|Nữ|"
		"Thôn 2, Xã Thử Nghiệm|01012021";
	const struct fixture *f = *state;
	static struct qr qr;
	struct image img;
	struct err err = {.code = ERR_NONE};

	assert_true(qr_make(card, strlen(card), QR_MEDIUM, &qr, &err));
	assert_true(paper_png_write_qr(&qr, 4, f->path, &err));
	img = read_png(f->path);
	assert_int_equal(img.width, (qr.size + 8) * 4);
	assert_int_equal(img.height, img.width);
	assert_int_equal(img.grey[0], 255);
	assert_int_equal(img.grey[16 * img.width + 16], 0);
	zbar_reads(&img, card);
	free(img.grey);
}

static void print(const struct receipt_doc *doc, int width,
	const struct escpos_how *how, struct escpos_paper *paper)
{
	static uint8_t bytes[ESCPOS_MAX_BYTES];
	static struct page page;
	struct err err = {.code = ERR_NONE};
	size_t len = 0;

	assert_true(receipt_page(doc, width, &page, &err));
	assert_true(escpos_encode_as(&page, how, bytes, sizeof(bytes), &len,
		&err));
	assert_true(escpos_decode_as(bytes, len, width, how, paper, &err));
}

/* Every dot of the paper is in the picture, and zbar reads the receipt's QR. */
static void receipt_is_whole(const struct fixture *f, int width,
	const struct escpos_how *how)
{
	static struct escpos_paper paper;
	struct err err = {.code = ERR_NONE};
	struct image img;
	const uint8_t *at;

	print(&receipts_full, width, how, &paper);
	assert_true(paper_png_write(&paper, f->path, &err));
	img = read_png(f->path);
	assert_int_equal(img.width, width + 2 * PAPER_PNG_MARGIN);
	assert_int_equal(img.height, paper.rows + 2 * PAPER_PNG_MARGIN);
	at = img.grey;
	for (int y = -PAPER_PNG_MARGIN; y < paper.rows + PAPER_PNG_MARGIN; y++)
		for (int x = -PAPER_PNG_MARGIN;
			x < paper.width + PAPER_PNG_MARGIN; x++) {
			const bool on_paper = x >= 0 && x < paper.width &&
					      y >= 0 && y < paper.rows;
			const bool black =
				on_paper &&
				(paper.dots[y][x / 8] >> (7 - x % 8) & 1);

			if (*at++ != (black ? 0 : 255))
				fail_msg("dot %d, %d differs", x, y);
		}
	zbar_reads(&img, receipts_full.qr);
	free(img.grey);
}

static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
static const struct escpos_how tcvn3 = {ESCPOS_TCVN3, 30, 31};

static void a_receipt_of_58_mm_is_kept_and_its_qr_read(void **state)
{
	receipt_is_whole(*state, PAGE_58, &raster);
}

static void a_receipt_of_80_mm_is_kept_and_its_qr_read(void **state)
{
	receipt_is_whole(*state, PAGE_80, &raster);
}

/* The printer makes its QR as big as it is. */
static void a_receipt_in_letters_is_kept_and_its_qr_read(void **state)
{
	receipt_is_whole(*state, PAGE_58, &tcvn3);
	receipt_is_whole(*state, PAGE_80, &tcvn3);
}

static void empty_paper_is_a_margin(void **state)
{
	static struct escpos_paper paper = {.width = PAGE_58};
	const struct fixture *f = *state;
	struct err err = {.code = ERR_NONE};
	struct image img;

	assert_true(paper_png_write(&paper, f->path, &err));
	img = read_png(f->path);
	assert_int_equal(img.height, 2 * PAPER_PNG_MARGIN);
	free(img.grey);
}

static void a_size_beyond_reason_is_refused(void **state)
{
	const struct fixture *f = *state;
	static struct qr qr;
	struct err err = {.code = ERR_NONE};

	assert_true(qr_make("A", 1, QR_LOW, &qr, &err));
	assert_false(paper_png_write_qr(&qr, 0, f->path, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(paper_png_write_qr(&qr, 65, f->path, &err));
	assert_int_equal(access(f->path, F_OK), -1);
}

static void no_directory_is_an_io_error_with_the_name(void **state)
{
	static struct qr qr;
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_true(qr_make("A", 1, QR_LOW, &qr, &err));
	assert_false(paper_png_write_qr(&qr, 4, "/nowhere/at/all.png", &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "/nowhere/at/all.png"));
}

static void what_cannot_be_renamed_leaves_nothing(void **state)
{
	const struct fixture *f = *state;
	static struct qr qr;
	struct err err = {.code = ERR_NONE};
	char part[80];

	assert_true(qr_make("A", 1, QR_LOW, &qr, &err));
	assert_false(paper_png_write_qr(&qr, 4, f->dir, &err));
	assert_int_equal(err.code, ERR_IO);
	snprintf(part, sizeof(part), "%s.part", f->dir);
	assert_int_equal(access(part, F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_card_is_read_from_its_picture,
			make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(
			a_receipt_of_58_mm_is_kept_and_its_qr_read, make_dir,
			remove_dir),
		cmocka_unit_test_setup_teardown(
			a_receipt_of_80_mm_is_kept_and_its_qr_read, make_dir,
			remove_dir),
		cmocka_unit_test_setup_teardown(
			a_receipt_in_letters_is_kept_and_its_qr_read, make_dir,
			remove_dir),
		cmocka_unit_test_setup_teardown(empty_paper_is_a_margin,
			make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_size_beyond_reason_is_refused,
			make_dir, remove_dir),
		cmocka_unit_test(no_directory_is_an_io_error_with_the_name),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_renamed_leaves_nothing, make_dir,
			remove_dir),
	};

	return cmocka_run_group_tests_name("paper_png", tests, NULL, NULL);
}
