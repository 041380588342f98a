/*
 * Any file: PNG, JPEG or PGM within the limits, or an error. Small images
 * are looked at for codes as well.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	/* Looking for codes takes time; more pixels find nothing new. */
	SCAN_PIXELS = 200 * 200
};

static void look_for_codes(const struct image *image)
{
	static struct decode_result found;
	static struct decoder *decoder;
	struct err err;

	if (!decoder)
		decoder = decoder_new(&err);
	assert(decoder);
	assert(decoder_scan(decoder, image->grey, image->width, image->height,
		&found, &err));
	assert(found.count >= 0 && found.count <= DECODE_MAX_CODES);
	for (int i = 0; i < found.count; i++) {
		assert(found.code[i].len <= DECODE_MAX_BYTES);
		assert(found.code[i].bytes[found.code[i].len] == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image image;
	struct err err = {0};

	if (!image_decode(data, size, &image, &err)) {
		assert(err.code == ERR_INVALID || err.code == ERR_NO_MEMORY);
		assert(!image.grey);
		return 0;
	}
	assert(image.width >= 1 && image.width <= IMAGE_MAX_SIDE);
	assert(image.height >= 1 && image.height <= IMAGE_MAX_SIDE);
	if (image.width * image.height <= SCAN_PIXELS)
		look_for_codes(&image);
	image_clear(&image);
	return 0;
}
