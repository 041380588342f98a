/*
 * A frame: its shape in the first bytes as a lying camera may give it, then
 * its bytes. A picture of that shape, or an error; and what is seen in it.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/camera/frame.h"

enum {
	HEAD = 8
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Mostly small and sane ones, so that something is decoded. */
static struct frame_shape shape_of(const uint8_t *head)
{
	struct frame_shape s =
		{.format = (enum frame_format)(head[0] % (FRAME_FORMATS + 1)),
			.width = head[1] + 8 * (head[2] & 3),
			.height = head[3],
			.stride = head[1] * (1 + (head[0] >> 4 & 1)) + head[4],
			.mirror = head[5] & 1,
			.turn = 90 * (head[5] >> 1 & 7)};

	if (head[6] == 0xff)
		s.width = head[7] - 128;
	if (head[6] == 0xfe)
		s.stride = (int)(head[7] * 0x01010101U);
	return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct frame_look look[2];
	struct frame_shape shape;
	struct image image;
	struct err err = {0};
	uint8_t *exact;

	if (size < HEAD)
		return 0;
	shape = shape_of(data);
	size -= HEAD;
	/* Exactly as long, so that ASan sees one byte too far. */
	exact = malloc(size ? size : 1);
	if (!exact)
		return 0;
	memcpy(exact, data + HEAD, size);
	if (frame_grey(&shape, exact, size, &image, &err)) {
		assert(image.width * image.height ==
			shape.width * shape.height);
		frame_look(&image, &look[0], &look[1]);
		assert(look[1].hint < FRAME_HINTS);
		assert(look[1].width <= FRAME_VIEW_SIDE &&
			look[1].height <= FRAME_VIEW_SIDE);
		look[0] = look[1];
	} else {
		assert(err.code == ERR_INVALID || err.code == ERR_NO_MEMORY);
		assert(!image.grey);
	}
	image_clear(&image);
	free(exact);
	return 0;
}
