/*
 * A clean card image, from the file to the fields, beside zbar alone on the
 * same pixels: A B A B, medians. Target: 1.25 times.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zbar.h>

#include "core/codec/idcard.h"
#include "drivers/camera/image_reader.h"
#include "support/picture.h"
#include "support/tmpdir.h"

#define CARD                                                      \
	"001145000112||Nguyễn Thị Ngọc Ánh|05031945|Nữ|" \
	"Thôn Đoài, Xã Phù Đổng, Huyện Gia Lâm, Hà Nội|25122021"

enum {
	ROUNDS = 201,
	WIDTH = 640,
	HEIGHT = 480,
	PATH_SIZE = 256
};

static const double target = 1.25;

/* clock_ms() is too coarse here. */
static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *ms)
{
	qsort(ms, ROUNDS, sizeof(*ms), by_size);
	return ms[ROUNDS / 2];
}

static void give_up(const char *why)
{
	fprintf(stderr, "bench_card: %s\n", why);
	exit(EXIT_FAILURE);
}

static zbar_image_scanner_t *bare_scanner(void)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();

	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return scanner;
}

static double bare_zbar(zbar_image_scanner_t *scanner, const struct picture *p)
{
	const double start = now_ms();
	zbar_image_t *image = zbar_image_create();

	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, WIDTH, HEIGHT);
	zbar_image_set_data(image, p->grey, WIDTH * HEIGHT, NULL);
	if (zbar_scan_image(scanner, image) != 1)
		give_up("zbar does not read the card");
	zbar_image_destroy(image);
	return now_ms() - start;
}

static double file_to_fields(struct image_reader *reader, const char *path)
{
	static struct decode_result found;
	static struct idcard card;
	const double start = now_ms();
	struct err err = {0};

	if (!image_reader_scan(reader, path, 5000, &found, &err))
		give_up(err.text);
	if (found.count != 1 ||
		idcard_parse(found.code[0].bytes, found.code[0].len, &card) !=
			CARD_OK ||
		strcmp(card.id12, "001145000112") != 0)
		give_up("the card is not read right");
	return now_ms() - start;
}

static void run(const char *format, const char *path, const struct picture *p)
{
	zbar_image_scanner_t *scanner = bare_scanner();
	double ours[ROUNDS], theirs[ROUNDS];
	struct err err = {0};
	struct image_reader *reader = image_reader_open(NULL, &err);
	double a, b;

	if (!reader)
		give_up(err.text);
	file_to_fields(reader, path);
	for (int i = 0; i < ROUNDS; i++) {
		ours[i] = file_to_fields(reader, path);
		theirs[i] = bare_zbar(scanner, p);
	}
	a = median(ours);
	b = median(theirs);
	/* median() has sorted them: the first is the best. */
	printf("card %s -> fields: %.2f ms; bare zbar: %.2f ms; ratio %.2f, "
	       "of the best %.2f (target %.2f)%s\n",
		format, a, b, a / b, ours[0] / theirs[0], target,
		a / b <= target ? "" : " MISSED");
	image_reader_close(reader);
	zbar_image_scanner_destroy(scanner);
}

int main(int argc, char **argv)
{
	char dir[PATH_SIZE], path[PATH_SIZE];
	struct picture p;

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	p = picture_new(WIDTH, HEIGHT);
	if (!picture_qr(&p, 150, 80, 5, CARD, strlen(CARD), QR_MEDIUM))
		give_up("no code");
	tmpdir_make(dir, sizeof(dir));
	picture_save_pgm(&p, tmpdir_path(dir, "card.pgm", path, sizeof(path)));
	run("PGM", path, &p);
	picture_save_png(&p, tmpdir_path(dir, "card.png", path, sizeof(path)));
	run("PNG", path, &p);
	tmpdir_remove(dir);
	picture_free(&p);
	return EXIT_SUCCESS;
}
