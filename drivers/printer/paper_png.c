/*
 * paper_png.c - rows of dots through libpng into a file.
 *
 * libpng reports by longjmp: the one function with the setjmp holds nothing
 * that changes after it. A row is made by a callback, so that paper and QR
 * share everything else.
 */
#include "drivers/printer/paper_png.h"

#include <errno.h>
#include <limits.h>
#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"

enum {
	MAX_ROW_BYTES = 2048,
	DOTS_A_METRE = 7992 /* 203 dpi */
};

struct picture {
	int width; /* dots */
	int height;
	/* Set the black dots (1) of row y in a row of zeros. */
	void (*draw)(const struct picture *p, int y, uint8_t *row);
	const struct escpos_paper *paper;
	const struct qr *qr;
	int module;
};

static void set_dot(uint8_t *row, int x)
{
	row[x / 8] |= (uint8_t)(0x80 >> x % 8);
}

static void draw_paper(const struct picture *p, int y, uint8_t *row)
{
	y -= PAPER_PNG_MARGIN;
	if (y < 0 || y >= p->paper->rows)
		return;
	memcpy(row + PAPER_PNG_MARGIN / 8, p->paper->dots[y],
		(size_t)p->paper->width / 8);
}

static void draw_qr(const struct picture *p, int y, uint8_t *row)
{
	const int line = y / p->module - PAPER_PNG_QUIET;

	if (line < 0 || line >= p->qr->size)
		return;
	for (int x = 0; x < p->qr->size * p->module; x++)
		if (p->qr->dark[line][x / p->module])
			set_dot(row, x + PAPER_PNG_QUIET * p->module);
}

static void on_png_error(png_structp png, png_const_charp text)
{
	str_copy(png_get_error_ptr(png), 80, text);
	png_longjmp(png, 1);
}

static void on_png_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static bool emit(png_structp png, png_infop info, const struct picture *p,
	FILE *file)
{
	if (setjmp(png_jmpbuf(png)) != 0)
		return false;
	png_init_io(png, file);
	png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height,
		1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
		PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, DOTS_A_METRE, DOTS_A_METRE,
		PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_set_invert_mono(png); /* ours: 1 is black */
	for (int y = 0; y < p->height; y++) {
		uint8_t row[MAX_ROW_BYTES] = {0};

		p->draw(p, y, row);
		png_write_row(png, row);
	}
	png_write_end(png, info);
	return true;
}

static bool write_stream(const struct picture *p, FILE *file, struct err *err)
{
	char reason[80] = "no memory";
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, reason,
		on_png_error, on_png_warning);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	const bool ok = info && emit(png, info, p, file);

	png_destroy_write_struct(&png, &info);
	if (!ok)
		return err_set(err, ERR_IO, errno, "%s", reason);
	return true;
}

/* A temporary name beside it, then rename: a reader never sees half. */
static bool write_file(const struct picture *p, const char *path,
	struct err *err)
{
	char part[PATH_MAX];
	FILE *file;
	bool ok;

	if (snprintf(part, sizeof(part), "%s.part", path) >= (int)sizeof(part))
		return err_set(err, ERR_INVALID, ENAMETOOLONG,
			"name too long: %s", path);
	file = fopen(part, "wbe");
	if (!file)
		return err_set(err, ERR_IO, errno, "open %s: %s", part,
			strerror(errno));
	ok = write_stream(p, file, err);
	if (fclose(file) != 0 && ok)
		ok = err_set(err, ERR_IO, errno, "close: %s", strerror(errno));
	if (ok && rename(part, path) != 0)
		ok = err_set(err, ERR_IO, errno, "rename: %s", strerror(errno));
	if (!ok) {
		unlink(part);
		return err_wrap(err, "write %s", path);
	}
	return true;
}

bool paper_png_write(const struct escpos_paper *paper, const char *path,
	struct err *err)
{
	const struct picture p = {
		.width = paper->width + 2 * PAPER_PNG_MARGIN,
		.height = paper->rows + 2 * PAPER_PNG_MARGIN,
		.draw = draw_paper,
		.paper = paper,
	};

	return write_file(&p, path, err);
}

bool paper_png_write_qr(const struct qr *qr, int dots_a_module,
	const char *path, struct err *err)
{
	const int side = (qr->size + 2 * PAPER_PNG_QUIET) * dots_a_module;
	const struct picture p = {
		.width = side,
		.height = side,
		.draw = draw_qr,
		.qr = qr,
		.module = dots_a_module,
	};

	if (dots_a_module < 1 || dots_a_module > 64 || qr->size < 1 ||
		qr->size > QR_MAX_MODULES)
		return err_set(err, ERR_INVALID, 0,
			"a QR of %d modules at %d dots", qr->size,
			dots_a_module);
	return write_file(&p, path, err);
}
