/*
 * camera_driver.h - what a camera driver must provide.
 *
 * A driver embeds struct camera as its first member, sets ops, and hands out
 * the address of that member. Included by drivers and camera.c only. None of
 * the operations retries, drops frames or logs: that is in camera.c, once.
 */
#ifndef DRIVERS_CAMERA_CAMERA_DRIVER_H
#define DRIVERS_CAMERA_CAMERA_DRIVER_H

#include "drivers/camera/camera.h"

/* A frame and where it lies. */
struct camera_taken {
	struct camera_frame frame;
	int slot;     /* for give_back(); -1: nothing was lent */
	bool damaged; /* the camera itself says so: frame is not read */
};

struct camera_ops {
	const char *name;

	/*
	 * Lend the next frame, oldest first. Waits for at most timeout_ms; 0
	 * takes one only if it is there. Frames lent before stay lent.
	 * Errors: ERR_TIMEOUT, ERR_GONE, ERR_IO.
	 */
	bool (*take)(struct camera *c, int timeout_ms, struct camera_taken *out,
		struct err *err);

	/*
	 * The camera may fill that slot again. If that fails, take() will.
	 */
	void (*give_back)(struct camera *c, int slot);

	/* Wipe the frames, release everything, also after ERR_GONE. */
	void (*close)(struct camera *c);
};

struct camera {
	const struct camera_ops *ops;
	int lent; /* slot, -1: none; kept by camera.c, set it to -1 */
};

#endif
