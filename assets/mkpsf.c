/*
 * mkpsf.c - build tool: the font of our paper as console fonts for setfont(8).
 *
 * Usage: mkpsf 12x24|16x32|24x48 b24.pcf.gz > FONT.psf
 *
 * 256 glyphs, since with more the console loses half of its colours: all
 * that plain_in_font() says our screens use, and what is left over for
 * others' programs. ASCII keeps its own places; 32 is blank, because the
 * kernel erases with it. A character that the font lacks, or a glyph that
 * leaves its cell, stops the build.
 *
 * 24x48 doubles every dot. 16x32, the biggest that kernels before 6.3 take
 * and 40x15 on 640x480, is drawn four times as big, its edges smoothed, and
 * then a third of that: the small 8x16 font doubled has marks that cannot be
 * told apart.
 */
#include <ft2build.h>
#include FT_FREETYPE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/ui/plain.h"

enum {
	GLYPHS = 256,
	WIDTH = 12, /* of the PCF's cell */
	HEIGHT = 24,
	MOST = 4, /* times as big, in between */
	MAX_BYTES = 2 * HEIGHT * ((2 * WIDTH + 7) / 8),
	FIRST = 0x20,
	LAST = 0x7e,
	DISC = 0x25cf /* it would fill the whole cell: an egg */
};

struct picture {
	int width;
	int height;
	bool dot[MOST * HEIGHT][MOST * WIDTH];
};

struct glyph {
	unsigned ch; /* 0: the place is free */
	uint8_t bits[MAX_BYTES];
};

struct shape {
	const char *name;
	int width;
	int height;
};

static const struct shape shapes[] = {{"12x24", 12, 24}, {"16x32", 16, 32},
	{"24x48", 24, 48}};

/* What our screens do not use and others' do, the likeliest first. */
static const unsigned short spare[] = {0x2026, 0x2592, 0x2591, 0x2593, 0xb0};

/* Characters that look near enough like another. */
static const struct {
	unsigned ch;
	unsigned like;
} alias[] = {{0xa0, ' '}, {0x2010, '-'}, {0x2011, '-'}, {0x2013, '-'},
	{0x2014, '-'}, {0x2212, '-'}, {0x2018, '\''}, {0x2019, '\''},
	{0x201c, '"'}, {0x201d, '"'}, {0xd7, 'x'}, {0xd0, 0x110},
	{0x2022, 0x25cf}, {0xfffd, '?'},
	/* Corners of others' boxes: there is no place left for them. */
	{0x250c, '+'}, {0x2510, '+'}, {0x2514, '+'}, {0x2518, '+'},
	{0x251c, '+'}, {0x2524, '+'}, {0x252c, '+'}, {0x2534, '+'},
	{0x253c, '+'}};

static void fail(const char *what, unsigned ch)
{
	fprintf(stderr, "mkpsf: %s (U+%04X)\n", what, ch);
	exit(1);
}

static void read_glyph(FT_Face face, unsigned ch, struct picture *p)
{
	const int ascender = (int)(face->size->metrics.ascender >> 6);
	const FT_Bitmap *b = &face->glyph->bitmap;

	*p = (struct picture){.width = WIDTH, .height = HEIGHT};
	if (FT_Get_Char_Index(face, ch) == 0 ||
		FT_Load_Char(face, ch, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) !=
			0)
		fail("the font lacks a character", ch);
	if (b->pixel_mode != FT_PIXEL_MODE_MONO)
		fail("the font is no bitmap", ch);
	for (int y = 0; y < (int)b->rows; y++)
		for (int x = 0; x < (int)b->width; x++) {
			const int row = ascender - face->glyph->bitmap_top + y;
			const int col = face->glyph->bitmap_left + x;

			if (!(b->buffer[y * b->pitch + x / 8] >> (7 - x % 8) &
				    1))
				continue;
			if (row < 0 || row >= HEIGHT || col < 0 || col >= WIDTH)
				fail("a glyph leaves its cell", ch);
			p->dot[row][col] = true;
		}
}

/* Ten dots wide, where the small letters stand. */
static void draw_disc(struct picture *p)
{
	*p = (struct picture){.width = WIDTH, .height = HEIGHT};
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			const int dx = 2 * x - 11;
			const int dy = 2 * y - 27;

			p->dot[y][x] = dx * dx + dy * dy <= 10 * 10;
		}
}

static bool is_block(unsigned ch)
{
	return ch > 0x2580 && ch < 0x2590;
}

/* Eighths of the cell: from below up to the whole, then from the left down. */
static void draw_block(struct picture *p, unsigned ch, int width, int height)
{
	const bool below = ch <= 0x2588;
	const int n = below ? (int)ch - 0x2580 : 0x2590 - (int)ch;

	*p = (struct picture){.width = width, .height = height};
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			p->dot[y][x] = below ? 8 * (height - y) <= n * height
					     : 8 * (x + 1) <= n * width;
}

static bool at(const struct picture *p, int y, int x)
{
	return y >= 0 && y < p->height && x >= 0 && x < p->width &&
	       p->dot[y][x];
}

/* A dot becomes four; a corner takes what both sides of it have. */
static void twice(struct picture *p, bool smooth)
{
	const struct picture o = *p;

	p->width *= 2;
	p->height *= 2;
	for (int y = 0; y < p->height; y++)
		for (int x = 0; x < p->width; x++) {
			const int row = y / 2;
			const int col = x / 2;
			const int v = y % 2 ? 1 : -1;
			const int h = x % 2 ? 1 : -1;
			const bool near = at(&o, row + v, col);
			const bool corner = near == at(&o, row, col + h) &&
					    near != at(&o, row - v, col) &&
					    near != at(&o, row, col - h);

			p->dot[y][x] =
				smooth && corner ? near : at(&o, row, col);
		}
}

/* Nine dots become what most of them are. */
static void third(struct picture *p)
{
	const struct picture o = *p;

	p->width /= 3;
	p->height /= 3;
	for (int y = 0; y < p->height; y++)
		for (int x = 0; x < p->width; x++) {
			int dots = 0;

			for (int i = 0; i < 9; i++)
				dots += at(&o, 3 * y + i / 3, 3 * x + i % 3);
			p->dot[y][x] = dots >= 5;
		}
}

/* Lines and blocks have to meet those of the next cell. */
static bool has_edges(unsigned ch)
{
	return ch >= 0x2500 && ch < 0x25a0;
}

static void draw_letter(FT_Face face, const struct shape *s, unsigned ch,
	struct picture *p)
{
	read_glyph(face, ch, p);
	if (ch == DISC)
		draw_disc(p);
	if (s->width > WIDTH)
		twice(p, s->width == 16 && !has_edges(ch));
	if (s->width == 16) {
		twice(p, !has_edges(ch));
		third(p);
	}
}

static void take_glyph(FT_Face face, const struct shape *s, struct glyph *g)
{
	const int row_bytes = (s->width + 7) / 8;
	struct picture p;

	if (is_block(g->ch))
		draw_block(&p, g->ch, s->width, s->height);
	else
		draw_letter(face, s, g->ch, &p);
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++)
			if (p.dot[y][x])
				g->bits[y * row_bytes + x / 8] |=
					(uint8_t)(0x80 >> x % 8);
}

/* Places: ASCII its own, the others what is free from 0 on. */
static void choose(struct glyph glyph[GLYPHS])
{
	int next = 0;

	for (unsigned ch = FIRST; ch <= LAST; ch++)
		glyph[ch].ch = ch;
	for (unsigned ch = LAST + 1; ch < 0xffff; ch++) {
		if (!plain_in_font(ch))
			continue;
		while (next < GLYPHS && glyph[next].ch != 0)
			next++;
		if (next == GLYPHS)
			fail("more characters than places", ch);
		glyph[next].ch = ch;
	}
	for (size_t i = 0; i < sizeof(spare) / sizeof(spare[0]); i++) {
		while (next < GLYPHS && glyph[next].ch != 0)
			next++;
		if (next < GLYPHS)
			glyph[next].ch = spare[i];
	}
}

static void put_number(uint32_t n)
{
	for (int i = 0; i < 4; i++)
		putchar((int)(n >> (8 * i) & 0xff));
}

static void put_utf8(unsigned ch)
{
	if (ch < 0x80) {
		putchar((int)ch);
	} else if (ch < 0x800) {
		putchar((int)(0xc0 | ch >> 6));
		putchar((int)(0x80 | (ch & 0x3f)));
	} else {
		putchar((int)(0xe0 | ch >> 12));
		putchar((int)(0x80 | (ch >> 6 & 0x3f)));
		putchar((int)(0x80 | (ch & 0x3f)));
	}
}

static void put_names(unsigned ch)
{
	if (ch != 0)
		put_utf8(ch);
	for (size_t i = 0; ch != 0 && i < sizeof(alias) / sizeof(alias[0]); i++)
		if (alias[i].like == ch)
			put_utf8(alias[i].ch);
	putchar(0xff);
}

/* PSF, version 2: header, dots, then the characters of each place. */
static void print_font(const struct shape *s, const struct glyph *glyph)
{
	const size_t bytes = (size_t)(s->height * ((s->width + 7) / 8));

	put_number(0x864ab572);
	put_number(0);
	put_number(32); /* of the header */
	put_number(1);  /* there is a table of characters */
	put_number(GLYPHS);
	put_number((uint32_t)bytes);
	put_number((uint32_t)s->height);
	put_number((uint32_t)s->width);
	for (int i = 0; i < GLYPHS; i++)
		fwrite(glyph[i].bits, 1, bytes, stdout);
	for (int i = 0; i < GLYPHS; i++)
		put_names(glyph[i].ch);
}

static const struct shape *shape_of(const char *name)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	fail("no such size", 0);
	return NULL;
}

int main(int argc, char **argv)
{
	static struct glyph glyph[GLYPHS];
	const struct shape *s;
	FT_Library lib;
	FT_Face face;

	if (argc != 3)
		fail("usage: mkpsf SIZE b24.pcf.gz", 0);
	s = shape_of(argv[1]);
	if (FT_Init_FreeType(&lib) != 0 ||
		FT_New_Face(lib, argv[2], 0, &face) != 0 ||
		FT_Select_Size(face, 0) != 0)
		fail("the font cannot be read", 0);
	choose(glyph);
	for (int i = 0; i < GLYPHS; i++)
		if (glyph[i].ch != 0)
			take_glyph(face, s, &glyph[i]);
	print_font(s, glyph);
	FT_Done_Face(face);
	FT_Done_FreeType(lib);
	return ferror(stdout) || fflush(stdout) != 0;
}
