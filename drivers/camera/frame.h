/*
 * frame.h - one frame as a camera hands it out -> grey pixels, and what to
 * tell the person who holds the card.
 *
 * For image_child.c, which runs this in its sandbox (a camera is a device
 * that anybody may plug in, and what is held before it can be made to hurt a
 * decoder), for the fuzzer and for tests. Any thread; no blocking.
 */
#ifndef DRIVERS_CAMERA_FRAME_H
#define DRIVERS_CAMERA_FRAME_H

#include "drivers/camera/image_decode.h"

enum frame_format {
	FRAME_GREY,  /* 8 bits a pixel */
	FRAME_YUYV,  /* 4:2:2; the even bytes are grey */
	FRAME_MJPEG, /* a JPEG file each; the Huffman tables may be missing */
	FRAME_FORMATS,
};

enum {
	FRAME_MIN_SIDE = 64,
	FRAME_MAX_SIDE = 2048, /* pixels: a card needs no more, and time is
				  short */
	FRAME_MAX_BYTES = 2 * FRAME_MAX_SIDE * FRAME_MAX_SIDE,
	/* The picture for the screen: of one character a few pixels. */
	FRAME_VIEW_SIDE = 96,
	FRAME_VIEW_PIXELS = FRAME_VIEW_SIDE * FRAME_VIEW_SIDE
};

struct frame_shape {
	enum frame_format format;
	int width; /* as agreed with the camera; a JPEG must keep to it */
	int height;
	int stride;  /* bytes a row; not of MJPEG */
	bool mirror; /* the camera swaps left and right: swap them back */
	int turn;    /* clockwise, degrees: 0, 90, 180, 270 */
};

/* Are its numbers ones that frame_grey() takes? */
bool frame_shape_is_sane(const struct frame_shape *shape);

/*
 * Decode len bytes. ERR_INVALID: the shape is not sane, fewer bytes than the
 * shape has, or no whole JPEG of that size; ERR_NO_MEMORY. On success free
 * with image_clear().
 */
bool frame_grey(const struct frame_shape *shape, const uint8_t *bytes,
	size_t len, struct image *out, struct err *err);

/*
 * Where codes are looked for: the middle, seven eighths of the height, in
 * the shape of a page. Smaller is faster, and edges are the least sharp.
 */
struct frame_box {
	int x;
	int y;
	int width;
	int height;
};

struct frame_box frame_box(int width, int height);

/* Why nothing is read, as far as the picture tells. */
enum frame_hint {
	FRAME_NO_HINT,
	FRAME_DARK,
	FRAME_GLARE,
	FRAME_MOVING,
	FRAME_BLURRED, /* nearer, or further away */
	FRAME_HINTS,
};

struct frame_look {
	enum frame_hint hint;
	int width; /* at most FRAME_VIEW_SIDE each */
	int height;
	uint8_t pixel[FRAME_VIEW_PIXELS]; /* width a row */
};

/*
 * What is seen. before is the look at the frame before this one (width 0:
 * there was none); out may not be the same.
 */
void frame_look(const struct image *frame, const struct frame_look *before,
	struct frame_look *out);

#endif
