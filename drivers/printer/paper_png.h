/*
 * paper_png.h - what came out on paper, as a PNG file; and QR codes alone.
 *
 * For the archive, the demo and our own eyes: the dots are those decoded from
 * the bytes really sent. Black and white, one bit a dot, with a white margin
 * so that a QR at the edge can be read. The file appears under its name whole
 * or not at all. paper_png.c and image_png.c are the files that know
 * <png.h>. Blocks on the disk; any thread.
 */
#ifndef DRIVERS_PRINTER_PAPER_PNG_H
#define DRIVERS_PRINTER_PAPER_PNG_H

#include <stdbool.h>

#include "core/codec/escpos.h"
#include "core/codec/qr.h"
#include "core/err.h"

enum {
	PAPER_PNG_MARGIN = 16, /* dots, all around */
	PAPER_PNG_QUIET = 4    /* modules around a QR (ISO 18004 asks 4) */
};

/* ERR_IO with the name if the file cannot be written; nothing stays then. */
bool paper_png_write(const struct escpos_paper *paper, const char *path,
	struct err *err);

/* 1 to 64 dots a module. Same errors. */
bool paper_png_write_qr(const struct qr *qr, int dots_a_module,
	const char *path, struct err *err);

#endif
