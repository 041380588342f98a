/*
 * escpos_decode.c - bytes -> dots on paper, as strict as a bad printer.
 *
 * Each command is a row of a table; what is in no row is refused with its
 * place. Letters are refused as well where the printer's own are not used: a
 * letter in a job of dots is a sign that something got through that should
 * not have. Where they are used, they are drawn with our font.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/codepage.h"
#include "core/codec/escpos_internal.h"
#include "core/utf8.h"

enum {
	LINE_DOTS = ESCPOS_LINE,
	LF = 0x0a,
	MAX_CELLS = PAGE_80 / FONT_WIDTH,
	RASTER_HEAD = 8,
	MAX_RASTER_ROWS = 2303 /* what Epson allows */
};

/* One letter of the line that is being put together. */
struct cell {
	uint32_t ch;
	bool bold;
	bool big;
};

struct reader {
	const uint8_t *bytes;
	size_t len;
	size_t at; /* of the command that is being read */
	bool centred;
	struct escpos_paper *paper;
	/* of letters */
	const struct escpos_how *how;
	int page; /* ESC t number; -1: that of the printer when switched on */
	bool bold;
	bool big;
	struct cell line[MAX_CELLS]; /* not printed yet */
	int cells;
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
	r->page = -1;
	r->bold = false;
	r->big = false;
	r->cells = 0;
	return true;
}

/* ---- letters ------------------------------------------------------------- */

/* Is the command one that only jobs with letters have? */
static bool needs_letters(const struct reader *r, struct err *err)
{
	return r->how->letters != ESCPOS_RASTER ||
	       refuse(r, err, "not a command that we use");
}

static bool do_page(struct reader *r, const uint8_t *c, struct err *err)
{
	if (!needs_letters(r, err))
		return false;
	if (c[2] != r->how->page &&
		(r->how->letters != ESCPOS_TCVN3 || c[2] != r->how->capitals))
		return refuse(r, err, "a code page that is not the printer's");
	r->page = c[2];
	return true;
}

static bool do_bold(struct reader *r, const uint8_t *c, struct err *err)
{
	if (!needs_letters(r, err))
		return false;
	if (c[2] > 1)
		return refuse(r, err, "emphasis other than 0 and 1");
	r->bold = c[2] == 1;
	return true;
}

static bool do_size(struct reader *r, const uint8_t *c, struct err *err)
{
	if (!needs_letters(r, err))
		return false;
	if (c[2] != 0 && c[2] != 0x11)
		return refuse(r, err, "a size other than 1:1 and 2:2");
	r->big = c[2] == 0x11;
	return true;
}

static void draw_cell(struct reader *r, const struct cell *cell, int x, int y)
{
	const int scale = cell->big ? 2 : 1;
	const uint8_t *bits = font_glyph(cell->ch);
	uint8_t wide[FONT_BYTES];

	if (cell->bold) {
		font_embolden(bits, wide);
		bits = wide;
	}
	for (int row = 0; row < FONT_HEIGHT * scale; row++)
		for (int col = 0; col < FONT_WIDTH * scale; col++)
			if (font_dots(bits, row / scale) >> (15 - col / scale) &
				1)
				r->paper->dots[y + row][(x + col) / 8] |=
					(uint8_t)(0x80 >> (x + col) % 8);
}

static int line_dots(const struct reader *r, bool *big)
{
	int dots = 0;

	*big = false;
	for (int i = 0; i < r->cells; i++) {
		dots += FONT_WIDTH * (r->line[i].big ? 2 : 1);
		*big = *big || r->line[i].big;
	}
	return dots;
}

/* Print what the line holds; at least so many dots of paper go. */
static bool end_line(struct reader *r, int dots, struct err *err)
{
	bool big;
	const int width = line_dots(r, &big);
	const int top = r->paper->rows;
	int x = 0;

	if (big && dots < ESCPOS_BIG_LINE)
		dots = ESCPOS_BIG_LINE;
	if (!feed(r, dots, err))
		return false;
	if (r->centred) /* to the byte, as rasters are */
		x = (r->paper->width / 8 - (width + 7) / 8) * 4;
	for (int i = 0; i < r->cells; i++) {
		draw_cell(r, &r->line[i], x, top);
		x += FONT_WIDTH * (r->line[i].big ? 2 : 1);
	}
	r->cells = 0;
	return true;
}

/* Commands that printers obey at the beginning of a line only. */
static bool line_is_empty(const struct reader *r, struct err *err)
{
	return r->cells == 0 || refuse(r, err, "in the middle of a line");
}

static bool add_cell(struct reader *r, uint32_t ch, struct err *err)
{
	const struct cell cell = {ch, r->bold, r->big};
	bool big;

	if (ch == 0 || !font_has(ch))
		return refuse(r, err, "a byte that is no letter");
	if (line_dots(r, &big) + FONT_WIDTH * (cell.big ? 2 : 1) >
		r->paper->width)
		return refuse(r, err, "a line wider than the paper");
	r->line[r->cells++] = cell;
	return true;
}

/* A tone of CP1258 belongs to the letter before it. */
static bool add_1258(struct reader *r, uint8_t byte, struct err *err)
{
	const uint32_t ch = codepage_decode(CODEPAGE_CP1258, byte);
	uint32_t both;

	if (ch < 0x0300 || ch > 0x036f)
		return add_cell(r, ch, err);
	both = r->cells > 0 ? codepage_join(r->line[r->cells - 1].ch, ch) : 0;
	if (both == 0)
		return refuse(r, err, "a tone without a letter");
	r->line[r->cells - 1].ch = both;
	return true;
}

/* One letter; how many bytes it had. 0: refused. */
static size_t take_letter(struct reader *r, const uint8_t *c, size_t left,
	struct err *err)
{
	const enum codepage page =
		r->how->letters == ESCPOS_TCVN3 && r->page == r->how->capitals
			? CODEPAGE_TCVN3_CAPITALS
			: CODEPAGE_TCVN3;
	size_t used = 1;
	uint32_t ch;

	if (r->how->letters == ESCPOS_UTF8) {
		ch = utf8_decode((const char *)c, left, &used);
		return add_cell(r, ch == UTF8_BAD ? 0 : ch, err) ? used : 0;
	}
	/* Where it stands after ESC @ nobody knows. */
	if (c[0] >= 0x80 && r->page < 0)
		return refuse(r, err, "a letter before its code page");
	if (r->how->letters == ESCPOS_CP1258)
		return add_1258(r, c[0], err) ? 1 : 0;
	return add_cell(r, codepage_decode(page, c[0]), err) ? 1 : 0;
}

static bool is_letter(const struct reader *r, uint8_t byte)
{
	return r->how->letters != ESCPOS_RASTER && byte >= ' ' && byte != 0x7f;
}

/* ---- commands ------------------------------------------------------------ */

static bool do_align(struct reader *r, const uint8_t *c, struct err *err)
{
	if (c[2] > 1)
		return refuse(r, err, "alignment other than left and centre");
	r->centred = c[2] == 1;
	return true;
}

static bool do_feed(struct reader *r, const uint8_t *c, struct err *err)
{
	return r->cells > 0 ? end_line(r, c[2] * LINE_DOTS, err)
			    : feed(r, c[2] * LINE_DOTS, err);
}

static bool do_line(struct reader *r, const uint8_t *c, struct err *err)
{
	(void)c;
	return needs_letters(r, err) && end_line(r, LINE_DOTS, err);
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
	r->paper->cuts++;
	return line_is_empty(r, err);
}

static bool do_feed_and_cut(struct reader *r, const uint8_t *c, struct err *err)
{
	r->paper->cuts++;
	return line_is_empty(r, err) && feed(r, c[3], err);
}

static bool do_status(struct reader *r, const uint8_t *c, struct err *err)
{
	if (c[2] < 1 || c[2] > 4)
		return refuse(r, err, "status request other than 1 to 4");
	return true;
}

static uint8_t byte_twice(uint8_t half)
{
	uint8_t out = 0;

	for (int bit = 0; bit < 4; bit++)
		if (half >> bit & 1)
			out |= (uint8_t)(3 << 2 * bit);
	return out;
}

/* Byte i of a row, each dot scale times. */
static uint8_t scaled_byte(const uint8_t *dots, int i, int scale)
{
	if (scale == 1)
		return dots[i];
	return byte_twice(i % 2 ? dots[i / 2] & 0x0f : dots[i / 2] >> 4);
}

/* A raster narrower than the paper stands left, or in the middle. */
static void draw_row(const struct reader *r, const uint8_t *dots, int bytes,
	int scale, uint8_t *row)
{
	const int left = r->centred ? (r->paper->width / 8 - scale * bytes) * 4
				    : 0; /* dots */
	const int shift = left % 8;

	row += left / 8;
	for (int i = 0; i < scale * bytes; i++) {
		const uint8_t byte = scaled_byte(dots, i, scale);

		row[i] |= (uint8_t)(byte >> shift);
		if (shift)
			row[i + 1] |= (uint8_t)(byte << (8 - shift));
	}
}

/* Sets the length of the whole command, which the data follow. */
static bool draw_raster(struct reader *r, const uint8_t *c, size_t *used,
	struct err *err)
{
	const int bytes = c[4] | c[5] << 8;
	const int rows = c[6] | c[7] << 8;
	const int top = r->paper->rows;

	const int scale = c[3] == 3 ? 2 : 1;

	if (c[3] != 0 && (c[3] != 3 || r->how->letters == ESCPOS_RASTER))
		return refuse(r, err, "raster of a size other than 1:1");
	if (bytes == 0 || rows == 0 || rows > MAX_RASTER_ROWS)
		return refuse(r, err, "raster of no size");
	if (bytes * scale > r->paper->width / 8)
		return refuse(r, err, "raster wider than the paper");
	*used = RASTER_HEAD + (size_t)bytes * (size_t)rows;
	if (*used > r->len - r->at)
		return refuse(r, err, "raster cut off");
	if (!line_is_empty(r, err) || !feed(r, scale * rows, err))
		return false;
	for (int y = 0; y < scale * rows; y++)
		draw_row(r,
			c + RASTER_HEAD + (size_t)(y / scale) * (size_t)bytes,
			bytes, scale, r->paper->dots[top + y]);
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
	{{0x1b, 't'}, 2, 3, do_page},
	{{0x1b, 'E'}, 2, 3, do_bold},
	{{0x1d, '!'}, 2, 3, do_size},
	{{LF}, 1, 1, do_line},
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

	if (is_letter(r, c[0])) {
		const size_t used = take_letter(r, c, left, err);

		r->at += used;
		return used > 0;
	}
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
	return err_set(err, ERR_INVALID, 0,
		"byte %zu: not a command that we use (%02x %02x)", r->at, c[0],
		left > 1 ? c[1] : 0);
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
		/* Letters: nothing waits behind them. */
		const size_t used =
			bytes[at] >= ' ' ? 1 : length_of(bytes + at, len - at);

		if (used == 0)
			return 0;
		at += used;
	}
	return at > sent ? at - sent : 0;
}

bool escpos_decode_as(const void *bytes, size_t len, int width,
	const struct escpos_how *how, struct escpos_paper *out, struct err *err)
{
	struct reader r = {.bytes = bytes,
		.len = len,
		.paper = out,
		.how = how,
		.page = -1};

	assert(width == page_width_near(width));
	memset(out, 0, sizeof(*out));
	out->width = width;
	while (r.at < r.len)
		if (!run_next(&r, err))
			return err_wrap(err, "print job");
	if (r.cells > 0)
		refuse(&r, err, "the last line does not end");
	return r.cells == 0 || err_wrap(err, "print job");
}

bool escpos_decode(const void *bytes, size_t len, int width,
	struct escpos_paper *out, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};

	return escpos_decode_as(bytes, len, width, &raster, out, err);
}
