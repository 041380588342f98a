#include "drivers/camera/decode.h"

#include <stdlib.h>
#include <string.h>

#include <zbar.h>

#include "core/str.h"

enum {
	/* Below this both ways a second attempt is made. */
	SMALL_SIDE = 480,
	ENLARGE = 3,
	/* Of white around it, in enlarged pixels: a quiet zone where the */
	/* picture was cut at the code's edge. */
	MARGIN = 24
};

struct decoder {
	zbar_image_scanner_t *scanner;
	zbar_image_t *image;
};

/* "Y800", which is what zbar scans without converting anything. */
static const unsigned long grey_fourcc =
	'Y' | '8' << 8 | '0' << 16 | (unsigned long)'0' << 24;

struct decoder *decoder_new(struct err *err)
{
	struct decoder *d = calloc(1, sizeof(*d));

	if (d) {
		d->scanner = zbar_image_scanner_create();
		d->image = zbar_image_create();
	}
	if (!d || !d->scanner || !d->image) {
		decoder_free(d);
		err_set(err, ERR_NO_MEMORY, 0, "decoder: out of memory");
		return NULL;
	}
	/* QR only: the other decoders also write warnings to stderr. */
	zbar_image_scanner_set_config(d->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE,
		0);
	zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE,
		1);
	if (zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE,
		    ZBAR_CFG_BINARY, 1) != 0) {
		decoder_free(d);
		err_set(err, ERR_INVALID, 0,
			"decoder: this zbar has no binary mode");
		return NULL;
	}
	zbar_image_set_format(d->image, grey_fourcc);
	return d;
}

void decoder_free(struct decoder *d)
{
	if (!d)
		return;
	if (d->image)
		zbar_image_destroy(d->image);
	if (d->scanner)
		zbar_image_scanner_destroy(d->scanner);
	free(d);
}

static void keep_symbol(const zbar_symbol_t *symbol, struct decode_result *out)
{
	const unsigned len = zbar_symbol_get_data_length(symbol);
	struct decoded *code = &out->code[out->count];

	if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE)
		return;
	/* Several codes joined by structured append: no card is that. */
	if (len > DECODE_MAX_BYTES)
		return;
	str_copy(code->symbology, sizeof(code->symbology), "QR-Code");
	code->len = len;
	memcpy(code->bytes, zbar_symbol_get_data(symbol), len);
	code->bytes[len] = '\0';
	out->count++;
}

static bool scan_once(struct decoder *d, const uint8_t *grey, int width,
	int height, struct decode_result *out, struct err *err)
{
	const zbar_symbol_t *symbol;
	int rc;

	out->count = 0;
	zbar_image_set_size(d->image, (unsigned)width, (unsigned)height);
	/* zbar only reads the pixels; its parameter merely lacks const. */
	zbar_image_set_data(d->image, grey,
		(unsigned long)width * (unsigned long)height, NULL);
	rc = zbar_scan_image(d->scanner, d->image);
	if (rc < 0) {
		zbar_image_set_data(d->image, NULL, 0, NULL);
		return err_set(err, ERR_INVALID, rc, "decoder: zbar failed");
	}
	for (symbol = zbar_image_first_symbol(d->image);
		symbol && out->count < DECODE_MAX_CODES;
		symbol = zbar_symbol_next(symbol))
		keep_symbol(symbol, out);
	/* The pixels are the caller's, and gone when we return. */
	zbar_image_set_data(d->image, NULL, 0, NULL);
	return true;
}

/* A column of the small picture between x and x + 1, in ENLARGE-ths. */
static unsigned blend(const uint8_t *row, int width, int at)
{
	const int x = at / ENLARGE;
	const unsigned part = (unsigned)(at % ENLARGE);
	const int next = x + 1 < width ? x + 1 : x;

	return row[x] * (ENLARGE - part) + row[next] * part;
}

static void enlarge(const uint8_t *grey, int width, int height, uint8_t *big,
	int big_width)
{
	for (int y = 0; y < height * ENLARGE; y++) {
		const unsigned part = (unsigned)(y % ENLARGE);
		const uint8_t *row = grey + (size_t)(y / ENLARGE) * width;
		const uint8_t *below =
			y / ENLARGE + 1 < height ? row + width : row;
		uint8_t *to = big + (size_t)(y + MARGIN) * big_width + MARGIN;

		for (int x = 0; x < width * ENLARGE; x++) {
			const unsigned a = blend(row, width, x);
			const unsigned b = blend(below, width, x);

			to[x] = (uint8_t)((a * (ENLARGE - part) + b * part) /
					  (ENLARGE * ENLARGE));
		}
	}
}

static bool scan_enlarged(struct decoder *d, const uint8_t *grey, int width,
	int height, struct decode_result *out, struct err *err)
{
	const int big_width = width * ENLARGE + 2 * MARGIN;
	const int big_height = height * ENLARGE + 2 * MARGIN;
	const size_t size = (size_t)big_width * (size_t)big_height;
	uint8_t *big = malloc(size);
	bool ok;

	if (!big)
		return err_set(err, ERR_NO_MEMORY, 0, "decoder: no memory");
	memset(big, 0xff, size);
	enlarge(grey, width, height, big, big_width);
	ok = scan_once(d, big, big_width, big_height, out, err);
	free(big);
	return ok;
}

bool decoder_scan(struct decoder *d, const uint8_t *grey, int width, int height,
	struct decode_result *out, struct err *err)
{
	out->count = 0;
	if (width < 1 || height < 1 || width > DECODE_MAX_SIDE ||
		height > DECODE_MAX_SIDE)
		return err_set(err, ERR_INVALID, 0,
			"decoder: %d x %d is no size of an image", width,
			height);
	if (!scan_once(d, grey, width, height, out, err))
		return false;
	if (out->count > 0 || width > SMALL_SIDE || height > SMALL_SIDE)
		return true;
	return scan_enlarged(d, grey, width, height, out, err);
}
