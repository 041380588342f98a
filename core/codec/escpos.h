/*
 * escpos.h - page -> ESC/POS bytes, and bytes -> what came out on paper.
 *
 * The one module that knows the printers' language, both ways. Text goes out
 * as raster from the built-in 12x24 font, so that Vietnamese is right on any
 * printer. Preview, archive and tests decode the bytes really sent. Commands
 * used, and no others: ESC @, ESC t, ESC a, ESC E, GS !, GS v 0, GS V, ESC p,
 * DLE EOT 1-4, ESC d. The decoder refuses anything else, and anything cut
 * off or wider than the paper. Pure; any thread.
 */
#ifndef CORE_CODEC_ESCPOS_H
#define CORE_CODEC_ESCPOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/page.h"
#include "core/err.h"

enum {
	ESCPOS_MAX_BYTES = 160 * 1024, /* of one job */
	ESCPOS_MAX_ROWS = 4096         /* dots down, about 51 cm */
};

/* ERR_INVALID if the page is full, has a bad QR or does not fit out. */
bool escpos_encode(const struct page *page, uint8_t *out, size_t size,
	size_t *len, struct err *err);

/* The paper: one bit a dot, 1 is black, most significant bit left. */
struct escpos_paper {
	int width; /* dots */
	int rows;  /* used */
	int cuts;
	bool drawer_opened;
	uint8_t dots[ESCPOS_MAX_ROWS][PAGE_80 / 8];
};

/* Decode a whole job. ERR_INVALID with place and reason. */
bool escpos_decode(const void *bytes, size_t len, enum page_width width,
	struct escpos_paper *out, struct err *err);

/*
 * Read the paper back as text for the screen: the letters are recognised
 * from the dots with the same font; a QR shows as "[QR]", a rule as a line of
 * U+2500. One '\n' a line; false if out is too small.
 */
bool escpos_paper_text(const struct escpos_paper *paper, char *out,
	size_t size);

#endif
