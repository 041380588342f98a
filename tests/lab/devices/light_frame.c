#include "tests/lab/devices/light_frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/camera/image_decode.h"

enum {
	LIGHT = 220,
	MOST = 1 << 20
};

static struct image read_picture(const char *path)
{
	static uint8_t bytes[MOST];
	struct image image = {0};
	struct err err = {0};
	FILE *in = fopen(path, "rb");
	const size_t len = in ? fread(bytes, 1, sizeof(bytes), in) : 0;

	if (in)
		fclose(in);
	if (!image_decode(bytes, len, &image, &err)) {
		fprintf(stderr, "%s: %s\n", path, err.text);
		exit(1);
	}
	return image;
}

void light_frame(const char *path, int width, int height, uint8_t *grey)
{
	struct image image;
	int left;
	int top;

	memset(grey, LIGHT, (size_t)width * (size_t)height);
	if (!path[0])
		return;
	image = read_picture(path);
	left = (width - image.width) / 2;
	top = (height - image.height) / 2;
	for (int y = 0; y < image.height; y++)
		for (int x = 0; x < image.width; x++)
			if (left + x >= 0 && left + x < width && top + y >= 0 &&
				top + y < height)
				grey[(top + y) * width + left + x] =
					image.grey[y * image.width + x];
	image_clear(&image);
}
