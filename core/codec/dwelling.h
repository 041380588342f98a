/*
 * dwelling.h - where somebody lives, out of an address as lists have it:
 * hamlet, street, number of the house.
 *
 * Parts stand between commas. A part that begins with a number ("12A/3 Trần
 * Phú"), or with số nhà, số, sn, nhà and then one, is a house, and what
 * follows in it a street. A part that begins with đường, phố, ngõ, ngách, hẻm
 * or kiệt is a street. The hamlet is the first part that is neither; if that
 * is a commune or more (xã, phường, thị trấn, đặc khu, huyện, quận, tỉnh,
 * thành phố …), or there is none, the street stands for it. Nothing is looked
 * up, and an address is never rewritten. Pure; any thread.
 */
#ifndef CORE_CODEC_DWELLING_H
#define CORE_CODEC_DWELLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DWELLING_TEXT_SIZE = 96,
	DWELLING_HOUSE_SIZE = 16
};

struct dwelling {
	char hamlet[DWELLING_TEXT_SIZE]; /* as written, blanks single */
	/* What is equal if it is one hamlet: folded, tdp is tổ dân phố, kp khu
	 * phố, no zeros in front of numbers. "" if there is none. */
	char key[DWELLING_TEXT_SIZE];
	char street[DWELLING_TEXT_SIZE]; /* folded likewise; "": none */
	/* By memcmp as people count: 12, 12/3, 12A, 14/2. All 0: none. */
	uint8_t house[DWELLING_HOUSE_SIZE];
	bool has_house;
};

/* Of a clean text. What is longer than its field is cut. */
void dwelling_read(const char *address, struct dwelling *out);

/* Two keys, in the order of their words, numbers by their value. */
int dwelling_compare(const char *a, const char *b);

#endif
