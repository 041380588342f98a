#include "drivers/camera/frame.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* A quarter of the box's pixels are brighter than this at least. */
	DARK = 60,
	WHITE = 250,
	WHITE_PERCENT = 10,
	/* Mean difference of two frames in the small picture, grey levels. */
	MOVED = 9,
	/*
	 * How much of the contrast lies between neighbours, in thousandths.
	 * Cards that are read have 7 to 36 of tests/support/photo.h, those
	 * out of focus 1 to 5.
	 */
	SHARP = 5,
	LEAST_CONTRAST = 100, /* variance below which there is nothing */
};

/* ---- bytes to grey --------------------------------------------------------- */

static int bytes_a_pixel(enum frame_format format)
{
	return format == FRAME_YUYV ? 2 : 1;
}

static bool side_is_sane(int side)
{
	return side >= FRAME_MIN_SIDE && side <= FRAME_MAX_SIDE;
}

bool frame_shape_is_sane(const struct frame_shape *shape)
{
	if (!side_is_sane(shape->width) || !side_is_sane(shape->height) ||
		(int)shape->format < 0 || shape->format >= FRAME_FORMATS)
		return false;
	if (shape->turn != 0 && shape->turn != 90 && shape->turn != 180 &&
		shape->turn != 270)
		return false;
	return shape->format == FRAME_MJPEG ||
	       (shape->stride >= shape->width * bytes_a_pixel(shape->format) &&
		       shape->stride <= FRAME_MAX_BYTES / shape->height);
}

static bool plain_grey(const struct frame_shape *shape, const uint8_t *bytes,
	size_t len, struct image *out, struct err *err)
{
	const int step = bytes_a_pixel(shape->format);
	const size_t need =
		(size_t)shape->stride * (size_t)(shape->height - 1) +
		(size_t)(shape->width * step);

	if (len < need)
		return err_set(err, ERR_INVALID, 0,
			"frame of %zu bytes where %zu are due", len, need);
	if (!image_alloc(out, (uint64_t)shape->width, (uint64_t)shape->height,
		    err))
		return false;
	for (int y = 0; y < shape->height; y++) {
		const uint8_t *row = bytes + (size_t)y * shape->stride;
		uint8_t *to = out->grey + (size_t)y * shape->width;

		for (int x = 0; x < shape->width; x++)
			to[x] = row[(size_t)x * (size_t)step];
	}
	return true;
}

static bool jpeg_grey(const struct frame_shape *shape, const uint8_t *bytes,
	size_t len, struct image *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (!image_jpeg_decode(bytes, len, out, err))
		return false;
	if (out->width == shape->width && out->height == shape->height)
		return true;
	err_set(err, ERR_INVALID, 0, "frame of %d x %d where %d x %d is due",
		out->width, out->height, shape->width, shape->height);
	image_clear(out);
	return false;
}

static void swap_sides(struct image *image)
{
	for (int y = 0; y < image->height; y++) {
		uint8_t *row = image->grey + (size_t)y * image->width;

		for (int x = 0; x < image->width / 2; x++) {
			const uint8_t left = row[x];

			row[x] = row[image->width - 1 - x];
			row[image->width - 1 - x] = left;
		}
	}
}

static void half_turn(struct image *image)
{
	uint8_t *first = image->grey;
	uint8_t *last = image->grey + (size_t)image->width * image->height - 1;

	for (; first < last; first++, last--) {
		const uint8_t one = *first;

		*first = *last;
		*last = one;
	}
}

static bool quarter_turn(struct image *image, struct err *err)
{
	struct image turned = {0};

	if (!image_alloc(&turned, (uint64_t)image->height,
		    (uint64_t)image->width, err))
		return false;
	for (int y = 0; y < image->height; y++)
		for (int x = 0; x < image->width; x++)
			turned.grey[(size_t)x * turned.width + turned.width -
				    1 - y] =
				image->grey[(size_t)y * image->width + x];
	image_clear(image);
	*image = turned;
	return true;
}

static bool put_upright(const struct frame_shape *shape, struct image *image,
	struct err *err)
{
	if (shape->mirror)
		swap_sides(image);
	if (shape->turn >= 180)
		half_turn(image);
	if (shape->turn % 180 == 0 || quarter_turn(image, err))
		return true;
	image_clear(image);
	return false;
}

bool frame_grey(const struct frame_shape *shape, const uint8_t *bytes,
	size_t len, struct image *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (!frame_shape_is_sane(shape))
		return err_set(err, ERR_INVALID, 0, "no shape of a frame");
	return (shape->format == FRAME_MJPEG
			       ? jpeg_grey(shape, bytes, len, out, err)
			       : plain_grey(shape, bytes, len, out, err)) &&
	       put_upright(shape, out, err);
}

/* ---- what is seen ------------------------------------------------------------ */

struct frame_box frame_box(int width, int height)
{
	struct frame_box box = {.height = height * 7 / 8};

	box.width = box.height * 4 / 3;
	if (box.width > width * 7 / 8)
		box.width = width * 7 / 8;
	box.x = (width - box.width) / 2;
	box.y = (height - box.height) / 2;
	return box;
}

/* Each small pixel is the mean of those that it stands for. */
static void make_small(const struct image *frame, struct frame_look *out)
{
	const int longer =
		frame->width > frame->height ? frame->width : frame->height;
	const int step = (longer + FRAME_VIEW_SIDE - 1) / FRAME_VIEW_SIDE;

	out->width = frame->width / step;
	out->height = frame->height / step;
	for (int i = 0; i < out->width * out->height; i++) {
		const int x = i % out->width * step;
		const int y = i / out->width * step;
		uint32_t sum = 0;

		for (int dy = 0; dy < step; dy++)
			for (int dx = 0; dx < step; dx++)
				sum += frame->grey[(size_t)(y + dy) *
							   frame->width +
						   x + dx];
		out->pixel[i] = (uint8_t)(sum / (uint32_t)(step * step));
	}
}

static bool has_moved(const struct frame_look *before,
	const struct frame_look *now)
{
	const int count = now->width * now->height;
	int64_t sum = 0;

	if (before->width != now->width || before->height != now->height)
		return false;
	for (int i = 0; i < count; i++)
		sum += abs(now->pixel[i] - before->pixel[i]);
	return sum > (int64_t)MOVED * count;
}

/* Grey levels of the box, every second pixel both ways. */
struct measures {
	int64_t count;
	int64_t bright; /* brighter than DARK */
	int64_t white;
	int64_t sum;
	int64_t squares;
	int64_t edges; /* squares of the Laplacian */
};

static struct measures measure(const struct image *frame)
{
	const struct frame_box box = frame_box(frame->width, frame->height);
	struct measures m = {0};

	for (int y = box.y + 1; y < box.y + box.height - 1; y += 2) {
		const uint8_t *row = frame->grey + (size_t)y * frame->width;

		for (int x = box.x + 1; x < box.x + box.width - 1; x += 2) {
			const int g = row[x];
			const int edge = 4 * g - row[x - 1] - row[x + 1] -
					 row[x - frame->width] -
					 row[x + frame->width];

			m.count++;
			m.bright += g > DARK;
			m.white += g >= WHITE;
			m.sum += g;
			m.squares += (int64_t)g * g;
			m.edges += (int64_t)edge * edge;
		}
	}
	return m;
}

void frame_look(const struct image *frame, const struct frame_look *before,
	struct frame_look *out)
{
	const struct measures m = measure(frame);
	/* The smallest frame has some, too. */
	const int64_t count = m.count > 0 ? m.count : 1;
	const int64_t mean = m.sum / count;
	const int64_t variance = m.squares / count - mean * mean;
	/* Of white noise the Laplacian has twenty times the variance. */
	const int64_t sharp =
		m.edges / count * 1000 / 20 / (variance > 0 ? variance : 1);

	make_small(frame, out);
	if (m.bright * 4 < m.count)
		out->hint = FRAME_DARK;
	else if (m.white * 100 > m.count * WHITE_PERCENT)
		out->hint = FRAME_GLARE;
	else if (has_moved(before, out))
		out->hint = FRAME_MOVING;
	else if (variance < LEAST_CONTRAST || sharp < SHARP)
		out->hint = FRAME_BLURRED;
	else
		out->hint = FRAME_NO_HINT;
}
