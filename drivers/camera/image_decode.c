#include "drivers/camera/image_decode.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/camera/image_reader.h"

bool image_alloc(struct image *image, uint64_t width, uint64_t height,
	struct err *err)
{
	if (width < 1 || height < 1)
		return err_set(err, ERR_INVALID, 0, "image without pixels");
	if (width > IMAGE_MAX_SIDE || height > IMAGE_MAX_SIDE ||
		width * height > IMAGE_MAX_PIXELS)
		return err_set(err, ERR_INVALID, 0,
			"image of %llu x %llu pixels is too big",
			(unsigned long long)width, (unsigned long long)height);
	image->grey = malloc(width * height);
	if (!image->grey)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for an image");
	image->width = (int)width;
	image->height = (int)height;
	return true;
}

void image_clear(struct image *image)
{
	free(image->grey);
	memset(image, 0, sizeof(*image));
}

bool image_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (len >= 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
		return image_png_decode(bytes, len, out, err);
	if (len >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0)
		return image_jpeg_decode(bytes, len, out, err);
	if (len >= 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6')
		return image_pgm_decode(bytes, len, out, err);
	return err_set(err, ERR_INVALID, 0, "no PNG, JPEG or PGM image");
}
