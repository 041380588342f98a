#include "support/clutter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	FINDER = 7 /* modules a side */
};

static void must(bool drawn)
{
	if (!drawn)
		abort();
}

static void fill(struct picture *p, int x, int y, int width, int height,
	uint8_t grey)
{
	for (int row = y; row < y + height; row++)
		memset(p->grey + (size_t)row * p->width + x, grey,
			(size_t)width);
}

/* A finder pattern of scale pixels a module. */
static void finder(struct picture *p, int x, int y, int scale)
{
	fill(p, x, y, 7 * scale, 7 * scale, 0);
	fill(p, x + scale, y + scale, 5 * scale, 5 * scale, 0xff);
	fill(p, x + 2 * scale, y + 2 * scale, 3 * scale, 3 * scale, 0);
}

/* As many as there is room for, in a part of the picture. */
static void page_of_finders(struct picture *p, int x, int y, int width,
	int height, int scale)
{
	const int pitch = (FINDER + 3) * scale;

	for (int to = y + scale; to + FINDER * scale < y + height; to += pitch)
		for (int at = x + scale; at + FINDER * scale < x + width;
			at += pitch)
			finder(p, at, to, scale);
}

/* 7 x 7: 18,424 threes, of which zbar tries 8,192. */
struct picture clutter_forty_nine(void)
{
	struct picture p = picture_new(640, 480);

	page_of_finders(&p, 60, 20, 430, 430, 6);
	return p;
}

struct picture clutter_thousands(void)
{
	struct picture p = picture_new(1200, 900);

	page_of_finders(&p, 0, 0, p.width, p.height, 2);
	return p;
}

struct picture clutter_smallest(void)
{
	struct picture p = picture_new(600, 450);

	page_of_finders(&p, 0, 0, p.width, p.height, 1);
	return p;
}

/* The heart of each is a page of smaller ones, and so on. */
struct picture clutter_nested(void)
{
	struct picture p = picture_new(1200, 900);

	for (int i = 0; i < 12; i++) {
		int x = 10 + i % 4 * 295, y = 10 + i / 4 * 295;

		for (int scale = 41; scale >= 1; scale /= 3) {
			finder(&p, x, y, scale);
			x += 2 * scale;
			y += 2 * scale;
			fill(&p, x, y, 3 * scale, 3 * scale, 0xff);
			page_of_finders(&p, x, y, 3 * scale, 3 * scale,
				scale / 12 + 1);
		}
	}
	return p;
}

/* Rings around each, in the same step: one centre of several sizes. */
struct picture clutter_rings(void)
{
	struct picture p = picture_new(960, 720);

	for (int i = 0; i < 130; i++)
		for (int ring = 0; ring < 5; ring++)
			fill(&p, 6 + i % 13 * 72 + 6 * ring,
				6 + i / 13 * 71 + 6 * ring, 66 - 12 * ring,
				66 - 12 * ring, ring % 2 ? 0xff : 0);
	return p;
}

/* 1:1:3:1:1 from edge to edge, both ways: every crossing is a centre. */
static bool in_stripe(int at)
{
	static const bool dark[9] = {true, false, true, true, true, false, true,
		false, false};

	return dark[at / 3 % 9];
}

struct picture clutter_plaid(void)
{
	struct picture p = picture_new(800, 600);

	for (int y = 0; y < p.height; y++)
		for (int x = 0; x < p.width; x++)
			p.grey[(size_t)y * p.width + x] =
				in_stripe(x) != in_stripe(y) ? 0 : 0xff;
	return p;
}

/* Of all sizes, over each other; the same ones every time. */
struct picture clutter_scattered(void)
{
	struct picture p = picture_new(1280, 960);
	uint32_t random = 40889;

	for (int i = 0; i < 3000; i++) {
		const int scale = 1 + i % 7;
		int at[2];

		for (int axis = 0; axis < 2; axis++) {
			random = random * 1664525 + 1013904223;
			at[axis] =
				(int)(random >> 16) %
				((axis ? p.height : p.width) - FINDER * scale);
		}
		finder(&p, at[0], at[1], scale);
	}
	return p;
}

/* Of a phone: the most pixels, so the most threes are tried. */
struct picture clutter_phone(void)
{
	struct picture p = picture_new(2400, 1800);

	page_of_finders(&p, 0, 0, p.width, p.height, 4);
	return p;
}

struct picture clutter_card_among_finders(void)
{
	struct picture p = picture_new(1280, 960);

	page_of_finders(&p, 0, 0, p.width, p.height, 4);
	fill(&p, 440, 280, 400, 400, 0xff);
	must(picture_qr(&p, 500, 340, 5, CLUTTER_CARD, strlen(CLUTTER_CARD),
		     QR_MEDIUM) > 0);
	return p;
}

/* A code that is read although a sixth of it, the middle, is something else. */
static struct picture around(int *x, int *y, int *side)
{
	struct picture p = picture_new(960, 960);
	const int scale = 24;
	const int all = picture_qr(&p, 48, 48, scale, CLUTTER_OUTER,
		strlen(CLUTTER_OUTER), QR_HIGH);

	must(all > 0);
	*side = 9 * scale;
	*x = *y = 48 + (all / scale - 9) / 2 * scale;
	fill(&p, *x, *y, *side, *side, 0xff);
	return p;
}

struct picture clutter_code_in_a_code(void)
{
	int x, y, side;
	struct picture p = around(&x, &y, &side);

	must(picture_qr(&p, x + 24, y + 24, 6, CLUTTER_INNER,
		     strlen(CLUTTER_INNER), QR_LOW) > 0);
	return p;
}

struct picture clutter_finders_in_a_code(void)
{
	int x, y, side;
	struct picture p = around(&x, &y, &side);

	page_of_finders(&p, x, y, side, side, 3);
	return p;
}

/* ---- DataBar Expanded --------------------------------------------------------- */

/*
 * Widths of the elements by ISO/IEC 24724, a space first: guard, character,
 * finder A1, two characters, finder B2, two characters, finder B1, character,
 * guard. The first character is 211 times (segments - 4) plus the check.
 */
#define AFTER_FIRST "184111443111221512312114631411223313213322364111424131111"
static const char databar[] = "1111431241" AFTER_FIRST;

/* The same, but 22 segments: the least, another and the greatest such. */
static const char *const too_many[] = {
	"1121241412" AFTER_FIRST, /* 3798 */
	"1131131611" AFTER_FIRST, /* 3898 */
	"1111131811" AFTER_FIRST, /* 4008 */
};

static void bars(struct picture *p, int y, int scale, const char *widths)
{
	int x = 20;

	for (int i = 0; widths[i]; i++) {
		const int width = (widths[i] - '0') * scale;

		if (i % 2)
			fill(p, x, y, width, 40, 0);
		x += width;
	}
}

struct picture clutter_databar(void)
{
	struct picture p = picture_new(640, 480);

	bars(&p, 200, 2, databar);
	return p;
}

/* All at all widths, by turns, and the whole one below them. */
struct picture clutter_databars(void)
{
	struct picture p = picture_new(1280, 960);

	for (int i = 0; i < 15; i++)
		bars(&p, 10 + i * 60, 1 + i % 7,
			too_many[(size_t)i %
				 (sizeof(too_many) / sizeof(too_many[0]))]);
	bars(&p, 910, 2, databar);
	return p;
}
