/*
 * camera.h - a thing that hands out pictures, newest first.
 *
 * Callers see this header only. Which camera it is was decided where it was
 * opened: camera_open.h. To write a new kind, read camera_driver.h.
 *
 * Nothing of a picture is kept: a frame is the camera's own memory, lent
 * until the next call, and wiped when the camera is closed.
 *
 * Threads: one camera belongs to one thread at a time.
 * Blocking: every call returns within its timeout.
 */
#ifndef DRIVERS_CAMERA_CAMERA_H
#define DRIVERS_CAMERA_CAMERA_H

#include "drivers/camera/frame.h"

struct camera;

struct camera_frame {
	struct frame_shape shape;
	const uint8_t *bytes;
	size_t len;
};

/*
 * The newest frame; those that came before it and were not asked for are
 * dropped, and so are damaged ones. It is lent until the next call.
 * ERR_TIMEOUT: none in timeout_ms, which is above 0: the camera is stuck.
 * ERR_GONE: it is not there any more; close it and open it anew.
 * ERR_IO: it hands out nothing but damaged frames, or fails.
 */
bool camera_frame(struct camera *c, int timeout_ms, struct camera_frame *out,
	struct err *err);

/* "v4l2", "frames": for the log. */
const char *camera_kind(const struct camera *c);

/* NULL is allowed and does nothing. */
void camera_close(struct camera *c);

#endif
