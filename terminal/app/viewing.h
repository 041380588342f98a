/*
 * viewing.h - the camera's thread: looks while it is wanted, and tells.
 *
 * What it sees arrives in the mailbox as EV_CAMERA, at most one at a time and
 * FRAMES_MS apart, so that a slow terminal is not flooded; a code as EV_SCAN,
 * after which it stops by itself. The frame that is read is always the
 * newest. Each run opens the camera anew and closes it: its light says when
 * it looks. Frames are decoded in a child (image_reader.h).
 */
#ifndef TERMINAL_APP_VIEWING_H
#define TERMINAL_APP_VIEWING_H

#include "drivers/camera/camera_open.h"
#include "terminal/app/mailbox.h"

enum {
	VIEWING_USE_SIZE = 640,
	VIEWING_MS = 120,       /* from picture to picture */
	VIEWING_SLOW_MS = 2000, /* on a serial line: about 1 KB a picture */
	VIEWING_STUCK_MS = 4000
};

struct viewing_options {
	char use[VIEWING_USE_SIZE]; /* camera_open.h */
	struct camera_wish wish;
	int every_ms; /* from picture to picture; 0: VIEWING_MS */
	int stuck_ms; /* without a frame; 0: VIEWING_STUCK_MS */
};

struct viewing;

struct viewing *viewing_start(struct mailbox *box,
	const struct viewing_options *options, struct err *err);

/*
 * Shall it look? Call it after whatever happened and was drawn: true also
 * says that the last picture was shown. Never waits. NULL is allowed.
 */
void viewing_want(struct viewing *v, bool wanted);

/* Waits for the frame in hand, at most its time-outs. NULL is allowed. */
void viewing_stop(struct viewing *v);

/* What the log says of it is more: for the screen. */
enum camera_state viewing_state_of(const struct err *err);

#endif
