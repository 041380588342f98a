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

enum {
	IMAGE_WIRE_TEXT = 160
};

struct image_request {
	uint32_t size; /* of the file, bytes */
};

struct image_reply {
	uint32_t code; /* enum err_code; count is 0 if it is not ERR_NONE */
	uint32_t count;
	uint32_t len[DECODE_MAX_CODES];
	char text[IMAGE_WIRE_TEXT];
	/* The codes one after the other; only that much is sent. */
	uint8_t bytes[DECODE_MAX_CODES * DECODE_MAX_BYTES];
};

#endif
