/*
 * escpos.c - page -> bytes. What goes out in the printer's own letters is in
 * escpos_letters.c, decoding in escpos_decode.c, reading the dots as text in
 * escpos_text.c.
 */
#include "core/codec/escpos.h"

#include <assert.h>
#include <string.h>

#include "core/codec/escpos_internal.h"
#include "core/codec/qr.h"
#include "core/utf8.h"

enum {
	ESC = ESCPOS_ESC,
	GS = ESCPOS_GS,
	PITCH = FONT_HEIGHT + 2, /* of a line, dots */
	BAR = 2,                 /* black above and below a mark, dots */
	RULE_ROWS = 2,
	RULE_AIR = 5, /* above and below a rule */
	MAX_ROWS = 2 * PITCH,
	ROW_BYTES = PAGE_80 / 8,
	QUIET = 4,       /* modules of white around a QR (ISO 18004) … */
	EDGE = 32,       /* … and dots at each edge that are paper only */
	MAX_BLANK = 255, /* rows of one white raster */
	TEAR = 4,        /* lines to the tear bar of printers with no cutter */
	/*
	 * With letters a QR goes out at half its size, and the printer doubles
	 * it: 4 dots a module are half a millimetre, which phones read.
	 */
	SMALL_MODULE = 2,
};

/* Dots of one line of text before they go out. */
struct band {
	int bytes; /* of a row that are in use */
	uint8_t row[MAX_ROWS][ROW_BYTES];
};

/* scale 2: the printer makes each dot four. */
static void put_scaled_head(struct escpos_job *j, int scale, int bytes,
	int rows)
{
	const uint8_t head[] = {GS, 'v', '0', scale == 2 ? 3 : 0,
		(uint8_t)bytes, 0, (uint8_t)rows, (uint8_t)(rows >> 8)};

	buf_put(&j->out, head, sizeof(head));
	j->rows += scale * rows;
}

static void put_raster_head(struct escpos_job *j, int bytes, int rows)
{
	put_scaled_head(j, 1, bytes, rows);
}

/* One byte a row is the cheapest way to feed by dots that all printers have. */
static void put_blank(struct escpos_job *j)
{
	if (j->how.letters != ESCPOS_RASTER) {
		escpos_put_feed(j);
		return;
	}
	while (j->blank > 0) {
		const int rows = j->blank < MAX_BLANK ? j->blank : MAX_BLANK;

		put_raster_head(j, 1, rows);
		for (int i = 0; i < rows; i++)
			buf_byte(&j->out, 0);
		j->blank -= rows;
	}
}

void escpos_put_align(struct escpos_job *j, enum page_align align)
{
	const uint8_t command[] = {ESC, 'a', align == PAGE_CENTER};

	if (j->align == align)
		return;
	buf_put(&j->out, command, sizeof(command));
	j->align = align;
}

static bool row_is_blank(const uint8_t *row, int bytes)
{
	for (int i = 0; i < bytes; i++)
		if (row[i])
			return false;
	return true;
}

/* Send rows of the band, blank ones above and below as cheap ones. */
static void put_band(struct escpos_job *j, const struct band *band, int rows,
	enum page_align align)
{
	int top = 0;
	int end = rows;

	while (top < rows && row_is_blank(band->row[top], band->bytes))
		top++;
	if (top == rows) {
		j->blank += rows;
		return;
	}
	while (row_is_blank(band->row[end - 1], band->bytes))
		end--;
	j->blank += top;
	put_blank(j);
	escpos_put_align(j, align);
	put_raster_head(j, band->bytes, end - top);
	for (int y = top; y < end; y++)
		buf_put(&j->out, band->row[y], (size_t)band->bytes);
	j->blank = rows - end;
}

/* Each of 12 dots twice: 24 dots. */
static uint32_t twice(uint32_t dots)
{
	uint32_t v = dots;

	v = (v | v << 8) & 0x00ff00ff;
	v = (v | v << 4) & 0x0f0f0f0f;
	v = (v | v << 2) & 0x33333333;
	v = (v | v << 1) & 0x55555555;
	return v | v << 1;
}

static void draw_glyph(struct band *band, const uint8_t *bits, int cell)
{
	const int at = cell * FONT_WIDTH / 8;
	const int shift = cell % 2 ? 4 : 0; /* 12 dots are a byte and a half */

	for (int y = 0; y < FONT_HEIGHT; y++) {
		const unsigned dots = font_dots(bits, y) >> shift;

		band->row[y][at] |= (uint8_t)(dots >> 8);
		band->row[y][at + 1] |= (uint8_t)dots;
	}
}

static void draw_big_glyph(struct band *band, const uint8_t *bits, int cell,
	int top)
{
	const int at = cell * 2 * FONT_WIDTH / 8;

	for (int y = 0; y < FONT_HEIGHT; y++) {
		const uint32_t dots = twice(font_dots(bits, y) >> 4);
		uint8_t *row = band->row[top + 2 * y] + at;

		row[0] = (uint8_t)(dots >> 16);
		row[1] = (uint8_t)(dots >> 8);
		row[2] = (uint8_t)dots;
		memcpy(row + ROW_BYTES, row, 3);
	}
}

/* Draw from a cell on, as far as there are cells. Returns the cell behind. */
static int draw_text(struct band *band, const struct page_line *line,
	const char *text, bool bold, int cell, int cells)
{
	for (uint32_t ch = utf8_next(&text); ch; ch = utf8_next(&text)) {
		const uint8_t *bits = font_glyph(ch);
		uint8_t wide[FONT_BYTES];

		if (utf8_width(ch) == 0)
			continue;
		if (cell == cells)
			break;
		if (bold) {
			font_embolden(bits, wide);
			bits = wide;
		}
		if (line->big)
			draw_big_glyph(band, bits, cell,
				line->inverse ? BAR : 0);
		else
			draw_glyph(band, bits, cell);
		cell++;
	}
	return cell;
}

static int bytes_of_cells(int cells, bool big)
{
	return (cells * FONT_WIDTH * (big ? 2 : 1) + 7) / 8;
}

/* The last byte that has ink, and one; at least 1. */
static int ink_bytes(const struct band *band, int rows, int bytes)
{
	for (; bytes > 1; bytes--)
		for (int y = 0; y < rows; y++)
			if (band->row[y][bytes - 1])
				return bytes;
	return 1;
}

static void put_text(struct escpos_job *j, const struct page_line *line)
{
	const int scale = line->big ? 2 : 1;
	const int cells = j->bytes * 8 / (FONT_WIDTH * scale);
	const int rows = PITCH * scale;
	struct band band = {0};
	int used = draw_text(&band, line, line->text, line->bold, 0, cells);

	band.bytes = bytes_of_cells(used, line->big);
	if (line->align == PAGE_LEFT)
		band.bytes = ink_bytes(&band, rows, band.bytes);
	put_band(j, &band, rows, line->align);
}

static void put_mark(struct escpos_job *j, const struct page_line *line)
{
	const int cells = j->bytes * 8 / (FONT_WIDTH * 2);
	const int rows = 2 * FONT_HEIGHT + 2 * BAR;
	struct band band = {0};
	int used = draw_text(&band, line, line->text, line->bold, 1, cells - 1);

	band.bytes = bytes_of_cells(used + 1, true);
	for (int y = 0; y < rows; y++)
		for (int i = 0; i < band.bytes; i++)
			band.row[y][i] ^= 0xff;
	put_band(j, &band, rows, line->align);
}

static void put_pair(struct escpos_job *j, const struct page_line *line)
{
	const int cells = j->bytes * 8 / FONT_WIDTH;
	struct band band = {0};
	int cell = line->column;

	if (cell == 0)
		cell = cells - page_text_columns(line->value);
	draw_text(&band, line, line->text, false, 0, cells);
	draw_text(&band, line, line->value, line->bold, cell < 0 ? 0 : cell,
		cells);
	band.bytes = ink_bytes(&band, PITCH, j->bytes);
	put_band(j, &band, PITCH, PAGE_LEFT);
}

static void put_rule(struct escpos_job *j)
{
	j->blank += RULE_AIR;
	put_blank(j);
	escpos_put_align(j, PAGE_LEFT);
	put_raster_head(j, j->bytes, RULE_ROWS);
	for (int i = 0; i < RULE_ROWS * j->bytes; i++)
		buf_byte(&j->out, 0xff);
	j->blank = RULE_AIR;
}

static void put_qr_rows(struct escpos_job *j, const struct qr *qr, int module,
	int scale)
{
	const int bytes = (qr->size * module + 7) / 8;

	put_scaled_head(j, scale, bytes, qr->size * module);
	for (int line = 0; line < qr->size; line++) {
		uint8_t row[ROW_BYTES] = {0};

		for (int x = 0; x < qr->size * module; x++)
			if (qr->dark[line][x / module])
				row[x / 8] |= (uint8_t)(0x80 >> x % 8);
		for (int i = 0; i < module; i++)
			buf_put(&j->out, row, (size_t)bytes);
	}
}

static bool put_qr(struct escpos_job *j, const char *text, int module,
	struct err *err)
{
	const int scale = j->how.letters != ESCPOS_RASTER ? 2 : 1;
	struct qr qr;

	if (!qr_make(text, strlen(text), QR_MEDIUM, &qr, err))
		return err_wrap(err, "receipt QR");
	if (module < 1 || qr.size * module > j->bytes * 8 ||
		(qr.size + 2 * QUIET) * module > j->bytes * 8 + 2 * EDGE)
		return err_set(err, ERR_INVALID, 0,
			"QR of %d modules at %d dots does not fit the paper",
			qr.size, module);
	if (scale == 2)
		module = SMALL_MODULE;
	j->blank += QUIET * module * scale;
	put_blank(j);
	escpos_put_align(j, PAGE_CENTER);
	put_qr_rows(j, &qr, module, scale);
	j->blank = QUIET * module * scale;
	return true;
}

/*
 * GS V 66 feeds to the cutter by itself. Most 58 mm printers have none and
 * ignore it: there the paper must go up to the tear bar.
 */
static void put_cut(struct escpos_job *j)
{
	static const uint8_t feed[] = {ESC, 'd', TEAR};
	static const uint8_t cut[] = {GS, 'V', 66, 0};

	put_blank(j);
	if (j->bytes < PAGE_80_LEAST / 8)
		buf_put(&j->out, feed, sizeof(feed));
	buf_put(&j->out, cut, sizeof(cut));
}

static bool put_line(struct escpos_job *j, const struct page *page,
	const struct page_line *line, struct err *err)
{
	if (j->how.letters != ESCPOS_RASTER && escpos_put_letters(j, line))
		return true;
	switch (line->kind) {
	case PAGE_TEXT:
		if (line->inverse)
			put_mark(j, line);
		else
			put_text(j, line);
		return true;
	case PAGE_PAIR:
		put_pair(j, line);
		return true;
	case PAGE_RULE:
		put_rule(j);
		return true;
	case PAGE_SPACE:
		j->blank += line->dots;
		return true;
	case PAGE_QR:
		return put_qr(j, page->qr, line->dots, err);
	case PAGE_CUT:
		put_cut(j);
		return true;
	}
	assert(false); /* every kind is above */
	return false;
}

bool escpos_encode_as(const struct page *page, const struct escpos_how *how,
	uint8_t *out, size_t size, size_t *len, struct err *err)
{
	static const uint8_t reset[] = {ESC, '@'};
	struct escpos_job j = {.how = *how,
		.bytes = page->width / 8,
		.align = PAGE_LEFT,
		.page = -1};

	if (page->full)
		return err_set(err, ERR_INVALID, 0,
			"page of more than %d lines", PAGE_MAX_LINES);
	buf_init(&j.out, out, size);
	buf_put(&j.out, reset, sizeof(reset));
	for (int i = 0; i < page->lines; i++)
		if (!put_line(&j, page, &page->line[i], err))
			return false;
	put_blank(&j);
	if (j.out.full || j.rows > ESCPOS_MAX_ROWS)
		return err_set(err, ERR_INVALID, 0,
			"page of %d rows does not fit into %zu bytes", j.rows,
			size);
	*len = j.out.len;
	return true;
}

bool escpos_encode(const struct page *page, uint8_t *out, size_t size,
	size_t *len, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};

	return escpos_encode_as(page, &raster, out, size, len, err);
}

/* In steps of 2 ms. */
static uint8_t pulse_of(int ms)
{
	const int steps = ms / 2;

	return (uint8_t)(steps < 1 ? 1 : steps > 255 ? 255 : steps);
}

void escpos_drawer_kick(const struct escpos_kick *kick,
	uint8_t out[ESCPOS_KICK_BYTES])
{
	const uint8_t command[ESCPOS_KICK_BYTES] = {ESC, 'p',
		(uint8_t)(kick->connector ? 1 : 0), pulse_of(kick->on_ms),
		pulse_of(kick->off_ms)};

	memcpy(out, command, sizeof(command));
}
