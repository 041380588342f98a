/*
 * image_reader.h - an image file, or a frame of a camera -> the codes in it,
 * by a child that can do nothing else.
 *
 * Image files are hostile (devices.md 2), and so may be what is held before a
 * camera, and the camera. PNG, JPEG, PGM and frames are decoded, and
 * scanned by zbar, in a child process of our own program under seccomp,
 * Landlock and limits on memory and time. The child may die; the caller gets
 * an error. It stays alive between images, so the second costs no start.
 *
 * The child is started by exec, never by a bare fork, so it has no part of
 * the store. The program's main() must hand over at once when it is called
 * with IMAGE_READER_ARG:
 *
 *	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
 *		return image_reader_child();
 *
 * One reader belongs to one thread, which must outlive it: the child dies
 * with the thread that started it. Blocking: at most timeout_ms; opening waits
 * for the child, some milliseconds.
 */
#ifndef DRIVERS_CAMERA_IMAGE_READER_H
#define DRIVERS_CAMERA_IMAGE_READER_H

#include "drivers/camera/decode.h"
#include "drivers/camera/frame.h"

#define IMAGE_READER_ARG "--image-reader-child"

enum {
	IMAGE_MAX_SIDE = 8192,               /* pixels */
	IMAGE_MAX_PIXELS = 24 * 1000 * 1000, /* 24 megapixels */
	IMAGE_MAX_FILE = 16 * 1024 * 1024    /* bytes */
};

struct image_reader;

/*
 * program: path to exec, NULL for /proc/self/exe. Starts the child. ERR_DENIED:
 * the kernel gives no sandbox, so no image is read. ERR_IO: it did not start.
 */
struct image_reader *image_reader_open(const char *program, struct err *err);

/*
 * Codes of one file. ERR_GONE no such file; ERR_DENIED it may not be read;
 * ERR_INVALID no image, damaged, or over the limits; ERR_TIMEOUT; ERR_IO the
 * child died. After the last two the next call starts a new child by itself.
 */
bool image_reader_scan(struct image_reader *r, const char *path, int timeout_ms,
	struct decode_result *out, struct err *err);

/*
 * Codes of one frame, by the looks that there is time for until the next, and
 * what is seen. Nothing of it is kept anywhere, on no disk. ERR_INVALID: a
 * damaged frame; others as above.
 */
bool image_reader_frame(struct image_reader *r, const struct frame_shape *shape,
	const void *bytes, size_t len, int timeout_ms,
	struct decode_result *out, struct frame_look *look, struct err *err);

void image_reader_close(struct image_reader *r); /* NULL is allowed */

/* The child's whole life; returns its exit status. */
int image_reader_child(void);

#endif
