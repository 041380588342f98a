/*
 * image_decode.h - the bytes of an image file -> grey pixels.
 *
 * PNG, JPEG and PGM/PPM. For image_reader.c, whose child process runs this
 * in a sandbox, and for the fuzzer. The size is checked against IMAGE_MAX_*
 * before memory is taken for it. Nothing is ever written to stderr. The
 * formats are in image_png.c, image_jpeg.c, image_pgm.c, one library each.
 * Any thread; no blocking.
 */
#ifndef DRIVERS_CAMERA_IMAGE_DECODE_H
#define DRIVERS_CAMERA_IMAGE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct image {
	int width;
	int height;
	uint8_t *grey; /* width bytes a row, 0 is black; NULL: none */
};

/*
 * Tell the format by the first bytes and decode. ERR_INVALID: none of the
 * formats, damaged, cut off or too big; ERR_NO_MEMORY. On success free the
 * pixels with image_clear(); on failure there are none.
 */
bool image_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err);
void image_clear(struct image *image);

/* The formats, same contract. */
bool image_png_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err);
bool image_jpeg_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err);
bool image_pgm_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err);

/* For the formats: check the size, then take memory for it. */
bool image_alloc(struct image *image, uint64_t width, uint64_t height,
	struct err *err);

#endif
