/*
 * picture.h - grey pictures with QR codes drawn in, for tests: what a camera
 * or an image file would show. Ends the program if there is no memory.
 */
#ifndef TESTS_SUPPORT_PICTURE_H
#define TESTS_SUPPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/qr.h"

struct picture {
	int width;
	int height;
	uint8_t *grey;
};

/* All white; free with picture_free(). */
struct picture picture_new(int width, int height);
void picture_free(struct picture *p);

/*
 * Draw the code of these bytes with its corner at (x, y), scale pixels a
 * module, no margin. Returns its side in pixels; 0 if it cannot be made or
 * does not fit.
 */
int picture_qr(struct picture *p, int x, int y, int scale, const void *bytes,
	size_t len, enum qr_level level);

/* A picture of just this code with a margin of four modules. */
struct picture picture_of(const void *bytes, size_t len, int scale);

/* False if the file cannot be written. */
bool picture_save_pgm(const struct picture *p, const char *path);
bool picture_save_png(const struct picture *p, const char *path);
/* Progressive, as phones make them; baseline, as cameras send them. */
bool picture_save_jpeg(const struct picture *p, const char *path, int quality);
bool picture_save_baseline(const struct picture *p, const char *path,
	int quality);

#endif
