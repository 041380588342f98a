/* font.c - binary searches in the generated tables. */
#include "core/codec/font.h"

#include <stdlib.h>
#include <string.h>

static int compare_ch(const void *key, const void *row)
{
	const uint32_t ch = *(const uint32_t *)key;
	const uint32_t other = ((const struct font_row *)row)->ch;

	return (ch > other) - (ch < other);
}

static int compare_bits(const void *key, const void *shape)
{
	return memcmp(key, ((const struct font_shape *)shape)->bits,
		FONT_BYTES);
}

static const struct font_row *find_row(uint32_t ch)
{
	return bsearch(&ch, font_rows, font_rows_count, sizeof(font_rows[0]),
		compare_ch);
}

bool font_has(uint32_t ch)
{
	return find_row(ch) != NULL;
}

const uint8_t *font_glyph(uint32_t ch)
{
	const struct font_row *row = find_row(ch);

	if (!row)
		row = find_row('?');
	return row->bits;
}

uint32_t font_find(const uint8_t bits[FONT_BYTES])
{
	const struct font_shape *s = bsearch(bits, font_shapes,
		font_shapes_count, sizeof(font_shapes[0]), compare_bits);

	return s ? s->ch : 0;
}

uint32_t font_find_bold(const uint8_t bits[FONT_BYTES])
{
	const struct font_shape *s =
		bsearch(bits, font_bold_shapes, font_bold_shapes_count,
			sizeof(font_bold_shapes[0]), compare_bits);

	return s ? s->ch : 0;
}
