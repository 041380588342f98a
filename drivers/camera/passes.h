/*
 * passes.h - a blurred, dark or noisy picture made ready for one more look at
 * its codes, and one more.
 *
 * The first look is at the picture as it is, and most cards need no other.
 * Then: enlarged twice, for codes of few pixels a module; noise smoothed;
 * edges sharpened; each pixel compared with the light around it, which takes
 * away shadows and low contrast. Then the same without enlarging, for much
 * noise, which is cheap. Then what a lens nearly in focus did is taken back,
 * and then what one far from it did (and enlarged). Used by decode.c only.
 *
 * Pure but for its memory, which is kept from picture to picture, because
 * fresh memory costs more than the work; passes_wipe() leaves nothing of a
 * card in it. One thread.
 */
#ifndef DRIVERS_CAMERA_PASSES_H
#define DRIVERS_CAMERA_PASSES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum pass {
	PASS_RAW, /* as it is: nothing to be made */
	PASS_LARGE,
	PASS_SHARP,
	PASS_NEAR,
	PASS_FOCUS,
	PASS_COUNT,
};

enum {
	PASSES_MIN_SIDE = 21, /* pixels: no code has fewer modules */
	/*
	 * Larger pictures are halved first (again and again): a card in one
	 * has more pixels than it needs, and time is short.
	 */
	PASSES_MAX_PIXELS = 3 * 1000 * 1000
};

struct passes;

struct passes *passes_new(struct err *err);
void passes_free(struct passes *p); /* wiped first; NULL is allowed */
void passes_wipe(struct passes *p);

/* A picture made by passes_make(): lives until the next call. */
struct passes_picture {
	const uint8_t *grey;
	int width;
	int height;
};

/*
 * The picture for this pass, of one with sides of PASSES_MIN_SIDE to
 * DECODE_MAX_SIDE. pass is not PASS_RAW. ERR_NO_MEMORY.
 */
bool passes_make(struct passes *p, enum pass pass, const uint8_t *grey,
	int width, int height, struct passes_picture *out, struct err *err);

#endif
