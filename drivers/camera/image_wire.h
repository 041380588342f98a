/*
 * image_wire.h - what image_reader.c and its child say to each other.
 *
 * One SOCK_SEQPACKET pair, in the child on descriptor CHILD_FD. The
 * child opens with a reply (code 0, or why its sandbox failed); then one
 * reply for each request. A request carries the open file by SCM_RIGHTS.
 * The parent believes nothing in a reply that it has not checked. Private to
 * the two files.
 */
#ifndef DRIVERS_CAMERA_IMAGE_WIRE_H
#define DRIVERS_CAMERA_IMAGE_WIRE_H

#include "drivers/camera/decode.h"
#include "drivers/camera/frame.h"

enum {
	IMAGE_WIRE_TEXT = 160
};

struct image_request {
	uint32_t size; /* of the file, bytes */
	uint32_t is_frame;
	struct frame_shape shape; /* of a frame */
};

struct image_reply {
	uint32_t code; /* enum err_code; count is 0 if it is not ERR_NONE */
	uint32_t count;
	uint32_t len[DECODE_MAX_CODES];
	uint32_t hint; /* of a frame: enum frame_hint, and its small picture */
	uint32_t view_width;
	uint32_t view_height;
	char text[IMAGE_WIRE_TEXT];
	/* The codes one after the other, then the small picture, width bytes
	 * a row; only that much is sent. */
	uint8_t bytes[DECODE_MAX_CODES * DECODE_MAX_BYTES + FRAME_VIEW_PIXELS];
};

#endif
