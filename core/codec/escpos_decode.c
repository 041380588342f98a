/*
 * escpos_decode.c - bytes -> dots on paper, as strict as a bad printer.
 *
 * Each command is a row of a table; what is in no row is refused with its
 * place. Text is refused as well: we never send any, so a letter in a job is
 * a sign that something got through that should not have.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/escpos.h"

enum {
	LINE_DOTS = 34, /* one line of ESC d: 1/6 inch at 203 dpi */
	RASTER_HEAD = 8,
	MAX_RASTER_ROWS = 2303 /* what Epson allows */
};

struct reader {
	const uint8_t *bytes;
	size_t len;
	size_t at; /* of the command that is being read */
	bool centred;
	struct escpos_paper *paper;
};

static bool refuse(const struct reader *r, struct err *err, const char *why)
{
	return err_set(err, ERR_INVALID, 0, "byte %zu: %s", r->at, why);
}

static bool feed(struct reader *r, int rows, struct err *err)
{
	if (rows > ESCPOS_MAX_ROWS - r->paper->rows)
		return refuse(r, err, "more paper than a page may have");
	r->paper->rows += rows;
	return true;
}

static bool do_reset(struct reader *r, const uint8_t *c, struct err *err)
{
	(void)c;
	(void)err;
	r->centred = false;
	return true;
}

static bool do_align(struct reader *r, const uint8_t *c, struct err *err)
{
	if (c[2] > 1)
		return refuse(r, err, "alignment other than left and centre");
	r->centred = c[2] == 1;
	return true;
}

static bool do_feed(struct reader *r, const uint8_t *c, struct err *err)
{
	return feed(r, c[2] * LINE_DOTS, err);
}

static bool do_kick(struct reader *r, const uint8_t *c, struct err *err)
{
	if (c[2] > 1)
		return refuse(r, err, "drawer connector other than 0 and 1");
	r->paper->drawer_opened = true;
	return true;
}

static bool do_cut(struct reader *r, const uint8_t *c, struct err *err)
{
	(void)c;
	(void)err;
	r->paper->cuts++;
	return true;
}

static bool do_feed_and_cut(struct reader *r, const uint8_t *c, struct err *err)
{
	r->paper->cuts++;
	return feed(r, c[3], err);
}

static bool do_status(struct reader *r, const uint8_t *c, struct err *err)
{
	if (c[2] < 1 || c[2] > 4)
		return refuse(r, err, "status request other than 1 to 4");
	return true;
}

/* A raster narrower than the paper stands left, or in the middle. */
static void draw_row(const struct reader *r, const uint8_t *dots, int bytes,
	uint8_t *row)
{
	const int left =
		r->centred ? (r->paper->width / 8 - bytes) * 4 : 0; /* dots */
	const int shift = left % 8;

	row += left / 8;
	for (int i = 0; i < bytes; i++) {
		row[i] |= (uint8_t)(dots[i] >> shift);
		if (shift)
			row[i + 1] |= (uint8_t)(dots[i] << (8 - shift));
	}
}

/* Sets the length of the whole command, which the data follow. */
static bool draw_raster(struct reader *r, const uint8_t *c, size_t *used,
	struct err *err)
{
	const int bytes = c[4] | c[5] << 8;
	const int rows = c[6] | c[7] << 8;
	const int top = r->paper->rows;

	if (c[3] != 0)
		return refuse(r, err, "raster of a size other than 1:1");
	if (bytes == 0 || rows == 0 || rows > MAX_RASTER_ROWS)
		return refuse(r, err, "raster of no size");
	if (bytes > r->paper->width / 8)
		return refuse(r, err, "raster wider than the paper");
	*used = RASTER_HEAD + (size_t)bytes * (size_t)rows;
	if (*used > r->len - r->at)
		return refuse(r, err, "raster cut off");
	if (!feed(r, rows, err))
		return false;
	for (int y = 0; y < rows; y++)
		draw_row(r, c + RASTER_HEAD + (size_t)y * (size_t)bytes, bytes,
			r->paper->dots[top + y]);
	return true;
}

struct command {
	uint8_t start[3];
	uint8_t start_len;
	uint8_t len;
	/* NULL: a raster */
	bool (*run)(struct reader *r, const uint8_t *c, struct err *err);
};

static const struct command commands[] = {
	{{0x1b, '@'}, 2, 2, do_reset},
	{{0x1b, 'a'}, 2, 3, do_align},
	{{0x1b, 'd'}, 2, 3, do_feed},
	{{0x1b, 'p'}, 2, 5, do_kick},
	{{0x1d, 'V', 0}, 3, 3, do_cut},
	{{0x1d, 'V', 1}, 3, 3, do_cut},
	{{0x1d, 'V', 65}, 3, 4, do_feed_and_cut},
	{{0x1d, 'V', 66}, 3, 4, do_feed_and_cut},
	{{0x10, 0x04}, 2, 3, do_status},
	{{0x1d, 'v', '0'}, 3, RASTER_HEAD, NULL},
};

static bool run_next(struct reader *r, struct err *err)
{
	const uint8_t *c = r->bytes + r->at;
	const size_t left = r->len - r->at;

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *k = &commands[i];
		const size_t seen = left < k->start_len ? left : k->start_len;
		size_t used = k->len;

		if (memcmp(c, k->start, seen) != 0)
			continue;
		if (left < k->len)
			return refuse(r, err, "command cut off");
		if (k->run ? !k->run(r, c, err)
			   : !draw_raster(r, c, &used, err))
			return false;
		r->at += used;
		return true;
	}
	return refuse(r, err, "not a command that we use");
}

/* The length of the command at c, of which left bytes are there; 0: none. */
static size_t length_of(const uint8_t *c, size_t left)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *k = &commands[i];

		if (left < k->len || memcmp(c, k->start, k->start_len) != 0)
			continue;
		return k->run ? k->len
			      : RASTER_HEAD +
					(size_t)(c[4] | c[5] << 8) *
						(size_t)(c[6] | c[7] << 8);
	}
	return 0;
}

size_t escpos_rest(const void *job, size_t len, size_t sent)
{
	const uint8_t *bytes = job;
	size_t at = 0;

	while (at < sent && at < len) {
		const size_t used = length_of(bytes + at, len - at);

		if (used == 0)
			return 0;
		at += used;
	}
	return at > sent ? at - sent : 0;
}

bool escpos_decode(const void *bytes, size_t len, enum page_width width,
	struct escpos_paper *out, struct err *err)
{
	struct reader r = {.bytes = bytes, .len = len, .paper = out};

	assert(width == PAGE_58 || width == PAGE_80);
	memset(out, 0, sizeof(*out));
	out->width = width;
	while (r.at < r.len)
		if (!run_next(&r, err))
			return err_wrap(err, "print job");
	return true;
}
