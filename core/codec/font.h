/*
 * font.h - the built-in 12x24 bitmap font, for paper and for reading paper.
 *
 * efont b24 (assets/README.md): ASCII, Latin-1, all 134 Vietnamese letters,
 * the đồng sign, dashes, quotes, arrows, lines and blocks. The table is made
 * at build time by assets/mkglyphs.c. Characters are single code points of
 * NFC text; nothing combines. Pure; any thread.
 */
#ifndef CORE_CODEC_FONT_H
#define CORE_CODEC_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FONT_WIDTH = 12, /* dots */
	FONT_HEIGHT = 24,
	FONT_ROW_BYTES = 2, /* most significant bit left, the last 4 are 0 */
	FONT_BYTES = FONT_HEIGHT * FONT_ROW_BYTES
};

/* The dots of a character, FONT_BYTES of them; those of '?' if we lack it. */
const uint8_t *font_glyph(uint32_t ch);

bool font_has(uint32_t ch);

/* Row y of a glyph: 16 bits, the first dot is the highest, the last 4 are 0. */
static inline unsigned font_dots(const uint8_t *bits, int y)
{
	const uint8_t *row = bits + (size_t)y * FONT_ROW_BYTES;

	return (unsigned)row[0] << 8 | row[1];
}

/* Strokes one dot wider, inside the cell: how bold looks on our paper. */
static inline void font_embolden(const uint8_t bits[FONT_BYTES],
	uint8_t out[FONT_BYTES])
{
	for (int i = 0; i < FONT_BYTES; i += FONT_ROW_BYTES) {
		const unsigned row = (unsigned)bits[i] << 8 | bits[i + 1];
		const unsigned wide = (row | row >> 1) & 0xfff0;

		out[i] = (uint8_t)(wide >> 8);
		out[i + 1] = (uint8_t)wide;
	}
}

/*
 * The character that looks so, 0 if none does. Where two look the same
 * (blank and no-break space, Đ and Eth) it is the one of our texts: ASCII
 * first, then Vietnamese.
 */
uint32_t font_find(const uint8_t bits[FONT_BYTES]);
uint32_t font_find_bold(const uint8_t bits[FONT_BYTES]);

/* Generated: sorted by ch, and the same rows sorted by their dots. */
struct font_row {
	uint16_t ch;
	uint8_t bits[FONT_BYTES];
};

struct font_shape {
	uint8_t bits[FONT_BYTES];
	uint16_t ch;
};

extern const struct font_row font_rows[];
extern const size_t font_rows_count;
extern const struct font_shape font_shapes[];
extern const size_t font_shapes_count;
extern const struct font_shape font_bold_shapes[];
extern const size_t font_bold_shapes_count;

#endif
