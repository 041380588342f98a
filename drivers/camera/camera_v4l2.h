/*
 * camera_v4l2.h - a camera that the kernel knows, by /dev/videoN.
 *
 * Grey, YUYV or motion JPEG, in this order of preference, in memory that the
 * kernel and we share. The system calls go through a table, so that tests can
 * be the kernel; NULL is the real one.
 */
#ifndef DRIVERS_CAMERA_CAMERA_V4L2_H
#define DRIVERS_CAMERA_CAMERA_V4L2_H

#include "drivers/camera/camera.h"

/* As the calls of the same names; -1 (map: NULL) and errno if they fail. */
struct v4l2_calls {
	int (*open)(void *self, const char *path);
	int (*ioctl)(void *self, int fd, unsigned long request, void *arg);
	void *(*map)(void *self, int fd, size_t len, int64_t offset);
	void (*unmap)(void *self, void *at, size_t len);
	/* poll() for reading: events that are there, 0 after timeout_ms. */
	int (*wait)(void *self, int fd, int timeout_ms);
	void (*close)(void *self, int fd);
	void *self;
};

struct camera_wish {
	int width; /* what is tried for; the camera may give another */
	int height;
	bool mirror; /* see struct frame_shape */
	int turn;
};

/*
 * ERR_GONE: no such device; ERR_BUSY: another program has it; ERR_DENIED;
 * ERR_INVALID: it is no camera, or has no format that we know; ERR_IO.
 */
struct camera *camera_v4l2_open(const char *path,
	const struct camera_wish *wish, const struct v4l2_calls *calls,
	struct err *err);

#endif
