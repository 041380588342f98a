/*
 * escpos.h - page -> ESC/POS bytes, and bytes -> what came out on paper.
 *
 * The one module that knows the printers' language, both ways. Text goes out
 * as raster from the built-in 12x24 font, so that Vietnamese is right on any
 * printer; or in the printer's own letters, a fortieth of the bytes, where
 * print-test proved them and the line is slow. Nothing in a name can reach
 * the printer as a command. Preview, archive and tests decode the bytes
 * really sent. Commands used, and no others: ESC @, ESC a 0-1, GS v 0, GS V,
 * ESC p, DLE EOT 1-4, ESC d; with letters also ESC t, ESC E, GS !, and LF.
 * The decoder refuses anything else, letters too unless it was told of them,
 * and anything cut off or wider than the paper. Pure; any thread.
 *
 * A line of raster text is a raster of its own: 24 rows and 2 blank ones,
 * doubled when big. Blank rows go out one byte wide, rasters end where the ink
 * does. With letters, what the printer lacks is a raster all the same: a line
 * with a strange character, white on black, a QR.
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
	ESCPOS_MAX_ROWS = 4096,        /* dots down, about 51 cm */
	ESCPOS_KICK_BYTES = 5,
	ESCPOS_HOW_SIZE = 24
};

/* Whose letters. */
enum escpos_letters {
	ESCPOS_RASTER, /* ours, as dots */
	ESCPOS_TCVN3,  /* the printer's: ESC t page, capitals */
	ESCPOS_CP1258, /* ESC t page */
	ESCPOS_UTF8,   /* as it is when switched on */
};

struct escpos_how {
	enum escpos_letters letters;
	uint8_t page;     /* ESC t number */
	uint8_t capitals; /* TCVN3: that of the capitals */
};

/*
 * "raster", "tcvn3:30:31", "cp1258:52", "utf8": as the settings keep it.
 * ESCPOS_HOW_SIZE. False: none of these.
 */
const char *escpos_how_text(const struct escpos_how *how, char *out);
bool escpos_how_read(const char *text, struct escpos_how *out);

/* ERR_INVALID if the page is full, has a bad QR or does not fit out. */
bool escpos_encode_as(const struct page *page, const struct escpos_how *how,
	uint8_t *out, size_t size, size_t *len, struct err *err);

/* The same as raster. */
bool escpos_encode(const struct page *page, uint8_t *out, size_t size,
	size_t *len, struct err *err);

/* The pulse that opens a cash drawer. */
struct escpos_kick {
	int connector; /* 0: pin 2 of the printer's drawer socket; 1: pin 5 */
	int on_ms;     /* 2 to 510; what drawers' coils bear: about 50 */
	int off_ms;    /* until the next one may come: 2 to 510 */
};

void escpos_drawer_kick(const struct escpos_kick *kick,
	uint8_t out[ESCPOS_KICK_BYTES]);

/* The paper: one bit a dot, 1 is black, most significant bit left. */
struct escpos_paper {
	int width; /* dots */
	int rows;  /* used */
	int cuts;
	bool drawer_opened;
	uint8_t dots[ESCPOS_MAX_ROWS][PAGE_80 / 8];
};

/*
 * Decode a whole job. ERR_INVALID with place and reason; out then holds what
 * came before. Rows from out->rows on are white.
 */
bool escpos_decode(const void *bytes, size_t len, int width,
	struct escpos_paper *out, struct err *err);

/* The same of a printer that has these letters; page numbers must be those. */
bool escpos_decode_as(const void *bytes, size_t len, int width,
	const struct escpos_how *how, struct escpos_paper *out,
	struct err *err);

/*
 * A job that was broken off after sent bytes: how many more does the command
 * have that was being sent? That many a printer swallows of whatever comes
 * next. 0: it was between two commands, or the job is none of ours.
 */
size_t escpos_rest(const void *job, size_t len, size_t sent);

/*
 * Read the paper back as text for the screen: the letters are recognised
 * from the dots with the same font; a QR shows as "[QR]", a rule as a line of
 * U+2500, any other picture as "[?]". One '\n' a line, blank ones for room
 * left blank; centred lines are moved in. Big letters show as others. False
 * if out is too small.
 */
bool escpos_paper_text(const struct escpos_paper *paper, char *out,
	size_t size);

#endif
