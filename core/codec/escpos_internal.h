/*
 * escpos_internal.h - the job that escpos.c and escpos_letters.c write.
 *
 * Private to the two: a page's lines as raster, and in a printer's letters.
 */
#ifndef CORE_CODEC_ESCPOS_INTERNAL_H
#define CORE_CODEC_ESCPOS_INTERNAL_H

#include "core/buf.h"
#include "core/codec/escpos.h"
#include "core/codec/font.h"

enum {
	ESCPOS_ESC = 0x1b,
	ESCPOS_GS = 0x1d,
	ESCPOS_LINE = 34,    /* dots of a line of letters: 1/6 inch */
	ESCPOS_BIG_LINE = 52 /* of big ones, about */
};

struct escpos_job {
	struct buf out;
	struct escpos_how how;
	int bytes; /* of a full row */
	int blank; /* rows of white that are still to be sent */
	int rows;  /* sent */
	enum page_align align;
	/* of letters */
	int page; /* ESC t number in force, -1: not set yet */
	bool bold;
	bool big;
};

void escpos_put_align(struct escpos_job *j, enum page_align align);

/* The white that is still to be sent, in lines where letters are sent. */
void escpos_put_feed(struct escpos_job *j);

/*
 * A line of text, a pair or a rule in the printer's letters. False: it has a
 * character that the printer lacks, and nothing was sent.
 */
bool escpos_put_letters(struct escpos_job *j, const struct page_line *line);

#endif
