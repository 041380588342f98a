/*
 * scanner_frame.h - bytes as they trickle in -> whole codes.
 *
 * Where a code ends is told by its suffix, by the device, or by silence; what
 * a scanner puts in front of it is cut off. With SCANNER_SUFFIX_AUTO a line
 * end counts only if nothing follows it at once, so that a card whose fields
 * are on lines of their own stays whole. Bytes in between are never changed.
 * Pure: time is an argument, ms of clock_ms(). Any thread.
 */
#ifndef DRIVERS_SCANNER_SCANNER_FRAME_H
#define DRIVERS_SCANNER_SCANNER_FRAME_H

#include "drivers/scanner/scanner.h"

struct scanner_frame {
	struct scanner_settings settings;
	uint8_t bytes[SCANNER_MAX_BYTES + 1];
	size_t len;
	char aim[SCANNED_AIM_SIZE]; /* told by the device */
	bool ended;                 /* a code is there, to be taken */
	bool by_device;             /* it said itself that it is whole */
	bool broken;
	bool skipping; /* the rest of a code that is too long */
	bool pending;  /* something of a code is here */
	long long first_ms;
	long long last_ms;
	int pieces;
	int longest;
};

void scanner_frame_init(struct scanner_frame *f,
	const struct scanner_settings *settings);

/*
 * Add bytes that came together. Returns how many were taken: fewer than len
 * if a code ended; take it first, then add the rest.
 */
size_t scanner_frame_add(struct scanner_frame *f, const uint8_t *bytes,
	size_t len, long long now_ms);

/* The device says that the code is whole; or that it is lost. */
void scanner_frame_end(struct scanner_frame *f, bool broken, long long now_ms);

/* The symbology, if the device tells it beside the bytes. */
void scanner_frame_aim(struct scanner_frame *f, const char *aim);

/*
 * It was looked at now_ms, and nothing was waiting: a code that has been quiet
 * for long enough is whole. Only this ends a code by time, so that a reader
 * who comes late does not cut one in two.
 */
void scanner_frame_quiet(struct scanner_frame *f, long long now_ms);

/*
 * A code, if a whole one is there. how.by and how.device are not set here. Of
 * the bytes nothing is left in f.
 */
bool scanner_frame_take(struct scanner_frame *f, struct scanner_code *out);

/* When silence will have ended the code; -1: nothing is there. */
long long scanner_frame_due(const struct scanner_frame *f);

#endif
