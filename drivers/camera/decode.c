#include "drivers/camera/decode.h"

#include <stdlib.h>
#include <string.h>

#include <zbar.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/camera/passes.h"

enum {
	/* One more look begins at a file only if it has taken less so far. */
	FILE_BUDGET_MS = 2000,
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
	struct passes *passes;
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
		d->passes = passes_new(err);
	}
	if (!d || !d->scanner || !d->image || !d->passes) {
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
	passes_free(d->passes);
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

/* Looks after the first: at what passes.h makes of the picture. */
static bool scan_passes(struct decoder *d, const uint8_t *grey, int width,
	int height, int passes, long long deadline, struct decode_result *out,
	struct err *err)
{
	bool ok = true;

	if (width < PASSES_MIN_SIDE || height < PASSES_MIN_SIDE)
		return true;
	for (int pass = PASS_RAW + 1;
		ok && out->count == 0 && pass < passes && clock_ms() < deadline;
		pass++) {
		struct passes_picture made;

		ok = passes_make(d->passes, (enum pass)pass, grey, width,
			     height, &made, err) &&
		     scan_once(d, made.grey, made.width, made.height, out, err);
	}
	passes_wipe(d->passes);
	return ok;
}

static bool size_is_sane(int width, int height, struct err *err)
{
	return (width >= 1 && height >= 1 && width <= DECODE_MAX_SIDE &&
		       height <= DECODE_MAX_SIDE) ||
	       err_set(err, ERR_INVALID, 0,
		       "decoder: %d x %d is no size of an image", width,
		       height);
}

bool decoder_scan_within(struct decoder *d, const uint8_t *grey, int width,
	int height, const struct decode_effort *effort,
	struct decode_result *out, struct err *err)
{
	const long long deadline = clock_ms() + effort->budget_ms;

	out->count = 0;
	if (!size_is_sane(width, height, err) ||
		!scan_once(d, grey, width, height, out, err))
		return false;
	return out->count > 0 || effort->passes <= 1 ||
	       scan_passes(d, grey, width, height, effort->passes, deadline,
		       out, err);
}

bool decoder_scan(struct decoder *d, const uint8_t *grey, int width, int height,
	struct decode_result *out, struct err *err)
{
	static const struct decode_effort all = {.passes = PASS_COUNT,
		.budget_ms = FILE_BUDGET_MS};

	if (!decoder_scan_within(d, grey, width, height, &all, out, err))
		return false;
	if (out->count > 0 || width > SMALL_SIDE || height > SMALL_SIDE)
		return true;
	return scan_enlarged(d, grey, width, height, out, err);
}

bool decode_differ(const struct decode_result *found)
{
	const struct decoded *first = &found->code[0];

	for (int i = 1; i < found->count; i++)
		if (found->code[i].len != first->len ||
			memcmp(found->code[i].bytes, first->bytes,
				first->len) != 0)
			return true;
	return false;
}
