/*
 * camera_fake.h - a camera that plays pictures from files, for tests, for
 * --demo and for who has no camera. It can fail on demand.
 *
 * The files are ours: they are decoded here and not in the sandbox.
 */
#ifndef DRIVERS_CAMERA_CAMERA_FAKE_H
#define DRIVERS_CAMERA_CAMERA_FAKE_H

#include "drivers/camera/camera.h"

/* What happens to the n-th frame, 1 being the first. */
struct camera_fault {
	int at;             /* 0: nothing */
	bool damaged;       /* else, or from then on: code */
	bool stays;         /* all later frames, too */
	enum err_code code; /* ERR_TIMEOUT: it is stuck */
};

struct camera_fake_options {
	int every_ms; /* a frame; 0: 100 */
	bool once;    /* after the last file it is stuck; else from the start */
	struct camera_fault fault;
};

/*
 * All PNG, JPEG and PGM files of a directory, by name; or one file. Each is
 * decoded when it is its turn; one that is no picture is a damaged frame.
 * options NULL: none. ERR_GONE: no such directory, or nothing in it.
 */
struct camera *camera_fake_open(const char *path,
	const struct camera_fake_options *options, struct err *err);

#endif
