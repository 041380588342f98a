/* Any bytes after "P2": an image within its limits, or an error; no more. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Exactly as long, so that ASan sees one byte too far. */
	uint8_t *exact = malloc(size ? size : 1);
	struct image image;
	struct err err = {0};

	if (!exact)
		return 0;
	memcpy(exact, data, size);
	if (image_pgm_decode(exact, size, &image, &err)) {
		const size_t pixels =
			(size_t)image.width * (size_t)image.height;

		assert(pixels > 0 && pixels <= IMAGE_MAX_PIXELS);
		/* A file holds at least a byte a pixel. */
		assert(pixels <= size);
	} else {
		assert(err.code == ERR_INVALID || err.code == ERR_NO_MEMORY);
		assert(!image.grey);
	}
	image_clear(&image);
	free(exact);
	return 0;
}
