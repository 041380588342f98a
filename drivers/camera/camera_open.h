/*
 * camera_open.h - a camera by the words that the settings keep.
 *
 *	auto                the first that works
 *	/dev/video0         that one
 *	frames:PATH         pictures of a directory, for demos and tests
 */
#ifndef DRIVERS_CAMERA_CAMERA_OPEN_H
#define DRIVERS_CAMERA_CAMERA_OPEN_H

#include "drivers/camera/camera_v4l2.h"

enum {
	/* What is asked for when nobody said a size. */
	CAMERA_WIDTH = 1280,
	CAMERA_HEIGHT = 720
};

/*
 * wish with width or height 0: the usual size. ERR_GONE: there is none; else
 * as the open function of the kind, of the camera that came nearest to it.
 */
struct camera *camera_open(const char *use, const struct camera_wish *wish,
	struct err *err);

#endif
