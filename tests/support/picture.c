#include "support/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

struct picture picture_new(int width, int height)
{
	struct picture p = {.width = width, .height = height};
	const size_t size = (size_t)width * (size_t)height;

	p.grey = malloc(size);
	if (!p.grey)
		abort();
	memset(p.grey, 0xff, size);
	return p;
}

void picture_free(struct picture *p)
{
	free(p->grey);
	memset(p, 0, sizeof(*p));
}

static void draw(struct picture *p, int x, int y, int scale,
	const struct qr *qr)
{
	for (int row = 0; row < qr->size * scale; row++) {
		uint8_t *to = p->grey + (size_t)(y + row) * p->width + x;

		for (int col = 0; col < qr->size * scale; col++)
			if (qr->dark[row / scale][col / scale])
				to[col] = 0;
	}
}

int picture_qr(struct picture *p, int x, int y, int scale, const void *bytes,
	size_t len, enum qr_level level)
{
	static struct qr qr;
	struct err err;

	if (!qr_make(bytes, len, level, &qr, &err))
		return 0;
	if (x + qr.size * scale > p->width || y + qr.size * scale > p->height)
		return 0;
	draw(p, x, y, scale, &qr);
	return qr.size * scale;
}

struct picture picture_of(const void *bytes, size_t len, int scale)
{
	static struct qr qr;
	struct picture p;
	struct err err;

	if (!qr_make(bytes, len, QR_MEDIUM, &qr, &err) &&
		!qr_make(bytes, len, QR_LOW, &qr, &err))
		abort();
	p = picture_new((qr.size + 8) * scale, (qr.size + 8) * scale);
	draw(&p, 4 * scale, 4 * scale, scale, &qr);
	return p;
}

bool picture_save_pgm(const struct picture *p, const char *path)
{
	const size_t size = (size_t)p->width * (size_t)p->height;
	FILE *out = fopen(path, "wb");
	bool ok;

	if (!out)
		return false;
	fprintf(out, "P5\n# drawn by picture.c\n%d %d\n255\n", p->width,
		p->height);
	ok = fwrite(p->grey, 1, size, out) == size;
	return fclose(out) == 0 && ok;
}

bool picture_save_png(const struct picture *p, const char *path)
{
	png_image image = {.version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)p->width,
		.height = (png_uint_32)p->height,
		.format = PNG_FORMAT_GRAY};

	return png_image_write_to_file(&image, path, 0, p->grey, 0, NULL) != 0;
}

static bool save_jpeg(const struct picture *p, const char *path, int quality,
	bool progressive)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	FILE *out = fopen(path, "wb");

	if (!out)
		return false;
	jpeg.err = jpeg_std_error(&errors); /* ends the program: a test */
	jpeg_create_compress(&jpeg);
	jpeg_stdio_dest(&jpeg, out);
	jpeg.image_width = (JDIMENSION)p->width;
	jpeg.image_height = (JDIMENSION)p->height;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	if (progressive)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW row = p->grey + (size_t)jpeg.next_scanline * p->width;

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	return fclose(out) == 0;
}

bool picture_save_jpeg(const struct picture *p, const char *path, int quality)
{
	return save_jpeg(p, path, quality, true);
}

bool picture_save_baseline(const struct picture *p, const char *path,
	int quality)
{
	return save_jpeg(p, path, quality, false);
}
