/*
 * mkglyphs.c - build tool: a 12x24 PCF font into the tables of font.h.
 *
 * Usage: mkglyphs b24.pcf.gz > glyphs.c
 *
 * A character that the font lacks, or a glyph that leaves its cell, stops the
 * build: Vietnamese on paper is right or is not made. FreeType is needed
 * here only, never at run time.
 */
#include <ft2build.h>
#include FT_FREETYPE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/font.h"

enum {
	MAX_GLYPHS = 512
};

/* First and last of each block; the earlier, the likelier in our texts. */
static const unsigned short blocks[][2] = {
	{0x20, 0x7e},
	{0x110, 0x111},   /* Đ đ: before Latin-1, where Eth looks the same */
	{0x102, 0x103},   /* Ă ă */
	{0x128, 0x129},   /* Ĩ ĩ */
	{0x168, 0x169},   /* Ũ ũ */
	{0x1a0, 0x1a1},   /* Ơ ơ */
	{0x1af, 0x1b0},   /* Ư ư */
	{0x1ea0, 0x1ef9}, /* Ạ to ỹ */
	{0x20ab, 0x20ab}, /* đồng sign */
	{0xa0, 0xff},
	{0x2013, 0x2014}, /* dashes */
	{0x2018, 0x2019}, /* quotes */
	{0x201c, 0x201d},
	{0x2022, 0x2022}, /* bullet */
	{0x2026, 0x2026}, /* ellipsis */
	{0x2190, 0x2193}, /* arrows */
	{0x2264, 0x2265},
	{0x2500, 0x2500}, /* lines */
	{0x2502, 0x2502},
	{0x250c, 0x250c},
	{0x2510, 0x2510},
	{0x2514, 0x2514},
	{0x2518, 0x2518},
	{0x251c, 0x251c},
	{0x2524, 0x2524},
	{0x252c, 0x252c},
	{0x2534, 0x2534},
	{0x253c, 0x253c},
	{0x2550, 0x2550},
	{0x2588, 0x2588}, /* blocks */
	{0x2591, 0x2592},
};

static void fail(const char *what, unsigned ch)
{
	fprintf(stderr, "mkglyphs: %s (U+%04X)\n", what, ch);
	exit(1);
}

static void take_glyph(FT_Face face, unsigned ch, uint8_t bits[FONT_BYTES])
{
	const int ascender = (int)(face->size->metrics.ascender >> 6);
	const FT_Bitmap *b = &face->glyph->bitmap;

	memset(bits, 0, FONT_BYTES);
	if (FT_Get_Char_Index(face, ch) == 0 ||
		FT_Load_Char(face, ch, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) !=
			0)
		fail("the font lacks a character", ch);
	if (b->pixel_mode != FT_PIXEL_MODE_MONO)
		fail("the font is no bitmap", ch);
	for (unsigned y = 0; y < b->rows; y++)
		for (unsigned x = 0; x < b->width; x++) {
			const int row =
				ascender - face->glyph->bitmap_top + (int)y;
			const int col = face->glyph->bitmap_left + (int)x;

			if (!(b->buffer[y * (unsigned)b->pitch + x / 8] >>
					    (7 - x % 8) &
				    1))
				continue;
			if (row < 0 || row >= FONT_HEIGHT || col < 0 ||
				col >= FONT_WIDTH)
				fail("a glyph leaves its cell", ch);
			bits[row * FONT_ROW_BYTES + col / 8] |=
				(uint8_t)(0x80 >> col % 8);
		}
}

static int by_ch(const void *a, const void *b)
{
	return ((const struct font_row *)a)->ch -
	       ((const struct font_row *)b)->ch;
}

static int by_bits(const void *a, const void *b)
{
	return memcmp(a, b, FONT_BYTES);
}

static void print_bits(const uint8_t bits[FONT_BYTES])
{
	printf("{");
	for (int i = 0; i < FONT_BYTES; i++)
		printf("%d,", bits[i]);
	printf("}");
}

/* Shapes of rows in order of liking; the first of equals is kept. */
static void print_shapes(const char *name, const struct font_row *row,
	int count, bool bold)
{
	static struct font_shape shape[MAX_GLYPHS];
	int n = 0;

	for (int i = 0; i < count; i++) {
		struct font_shape s = {.ch = row[i].ch};
		bool known = false;

		memcpy(s.bits, row[i].bits, FONT_BYTES);
		if (bold)
			font_embolden(row[i].bits, s.bits);
		for (int k = 0; k < n && !known; k++)
			known = by_bits(shape[k].bits, s.bits) == 0;
		if (!known)
			shape[n++] = s;
	}
	qsort(shape, (size_t)n, sizeof(shape[0]), by_bits);
	printf("const struct font_shape %s[] = {\n", name);
	for (int i = 0; i < n; i++) {
		printf("{");
		print_bits(shape[i].bits);
		printf(", %u},\n", shape[i].ch);
	}
	printf("};\nconst size_t %s_count = %d;\n", name, n);
}

int main(int argc, char **argv)
{
	static struct font_row row[MAX_GLYPHS];
	int count = 0;
	FT_Library lib;
	FT_Face face;

	if (argc != 2 || FT_Init_FreeType(&lib) != 0 ||
		FT_New_Face(lib, argv[1], 0, &face) != 0 ||
		FT_Select_Size(face, 0) != 0)
		fail("usage: mkglyphs FONT.pcf.gz", 0);
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		for (unsigned ch = blocks[i][0]; ch <= blocks[i][1]; ch++) {
			row[count].ch = (uint16_t)ch;
			take_glyph(face, ch, row[count++].bits);
		}
	printf("#include \"core/codec/font.h\"\n\n");
	print_shapes("font_shapes", row, count, false);
	print_shapes("font_bold_shapes", row, count, true);
	qsort(row, (size_t)count, sizeof(row[0]), by_ch);
	printf("const struct font_row font_rows[] = {\n");
	for (int i = 0; i < count; i++) {
		printf("{%u, ", row[i].ch);
		print_bits(row[i].bits);
		printf("},\n");
	}
	printf("};\nconst size_t font_rows_count = %d;\n", count);
	FT_Done_Face(face);
	FT_Done_FreeType(lib);
	return 0;
}
