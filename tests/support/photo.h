/*
 * photo.h - photographs of cards as a hand-held camera takes them: the QR of
 * a made-up person, turned, tilted, out of focus, shaken, noisy, pale, badly
 * lit, under a lamp, scratched, compressed, and several of these together.
 *
 * Photograph i of a seed is the same every time; other seeds are other people
 * and other mishaps. 640 x 480 and 1280 x 720 by turns, 2 to 6 pixels a
 * module, twelve kinds of trouble in order. Ends the program if there is no
 * memory.
 */
#ifndef TESTS_SUPPORT_PHOTO_H
#define TESTS_SUPPORT_PHOTO_H

#include "support/picture.h"

enum photo_kind {
	PHOTO_PLAIN,
	PHOTO_TURNED, /* by up to 45 degrees */
	PHOTO_TILTED, /* perspective */
	PHOTO_BLURRED,
	PHOTO_SHAKEN, /* motion */
	PHOTO_NOISY,
	PHOTO_PALE, /* low contrast */
	PHOTO_UNEVEN,
	PHOTO_GLARE,
	PHOTO_DAMAGED,
	PHOTO_JPEG,
	PHOTO_MIXED, /* two to four of the above, each milder */
	PHOTO_KINDS,
};

enum {
	PHOTO_TEXT_SIZE = 400
};

struct photo {
	enum photo_kind kind;
	struct picture picture;
	float module;               /* pixels a module, before the tilt */
	char text[PHOTO_TEXT_SIZE]; /* what the card says */
	size_t len;
};

/* Free with photo_free(). */
struct photo photo_make(uint64_t seed, int index);
void photo_free(struct photo *p);

const char *photo_kind_name(enum photo_kind kind);

/* The card of made-up person i: old cards, or every other one since 2024. */
size_t photo_card_text(int64_t i, char out[PHOTO_TEXT_SIZE]);

#endif
