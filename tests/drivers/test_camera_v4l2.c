/*
 * The V4L2 driver and the class above it, with a kernel made by this test:
 * it answers each ioctl as the row says. A real kernel: tests/lab.
 */
#include "support/unit.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include <linux/videodev2.h>

#include "core/clock.h"
#include "drivers/camera/camera_v4l2.h"

enum {
	WIDTH = 320,
	HEIGHT = 240,
	BUFFERS = 4,
	FD = 77,
	PATIENCE = 200
};

/* The kernel and the camera behind it. */
struct kernel {
	int open_errno;
	uint32_t caps;
	uint32_t fourcc; /* the only format it has */
	int format_errno;
	uint32_t width; /* 0: what is asked for */
	uint32_t stride;
	uint32_t field;
	uint32_t buffers;
	uint32_t buffer_len; /* 0: as much as is needed */
	int map_errno;
	int on_errno;
	int interrupts;  /* calls that end with EINTR first */
	int damaged;     /* frames with the error flag first */
	int eio;         /* DQBUFs that fail so first */
	int gone_after;  /* frames; 0: never */
	int stuck_after; /* frames; 0: never */
	int ready;       /* frames that wait already: fills up to BUFFERS */
	uint32_t used;   /* bytesused; 0: all */
	uint32_t index;  /* + this: a lie */
	bool poll_err;   /* POLLERR and nothing to read */

	/* what it knows */
	bool is_open, streaming;
	uint8_t *memory[BUFFERS];
	uint32_t len;
	uint32_t queue[BUFFERS];
	int queued;
	int frames;
	int unmapped;
};

static int fail_with(int error)
{
	errno = error;
	return -1;
}

static int k_open(void *self, const char *path)
{
	struct kernel *k = self;

	assert_string_equal(path, "/dev/video0");
	if (k->open_errno)
		return fail_with(k->open_errno);
	k->is_open = true;
	return FD;
}

static int set_format(struct kernel *k, struct v4l2_format *f)
{
	const uint32_t pixel = k->fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1;

	if (k->format_errno)
		return fail_with(k->format_errno);
	f->fmt.pix.pixelformat = k->fourcc;
	f->fmt.pix.width = k->width ? k->width : WIDTH;
	f->fmt.pix.height = HEIGHT;
	f->fmt.pix.field = k->field;
	f->fmt.pix.bytesperline =
		k->stride ? k->stride : f->fmt.pix.width * pixel;
	k->len = k->buffer_len ? k->buffer_len
			       : f->fmt.pix.bytesperline * HEIGHT;
	return 0;
}

static int dequeue(struct kernel *k, struct v4l2_buffer *b)
{
	assert_true(k->streaming);
	if (k->gone_after && k->frames >= k->gone_after)
		return fail_with(ENODEV);
	if (k->eio > 0) {
		k->eio--;
		return fail_with(EIO);
	}
	if (k->queued == 0 || k->poll_err || k->ready <= 0)
		return fail_with(EAGAIN);
	b->index = k->queue[0] + k->index;
	memmove(k->queue, k->queue + 1, sizeof(k->queue[0]) * (BUFFERS - 1));
	k->queued--;
	k->ready--;
	if (b->index < BUFFERS && k->memory[b->index])
		memset(k->memory[b->index], ++k->frames, k->len);
	b->bytesused = k->used ? k->used : k->len;
	b->flags = k->damaged > 0 ? V4L2_BUF_FLAG_ERROR : 0;
	k->damaged--;
	return 0;
}

static int k_ioctl(void *self, int fd, unsigned long request, void *arg)
{
	struct kernel *k = self;
	struct v4l2_buffer *b = arg;

	assert_int_equal(fd, FD);
	if (k->interrupts > 0) {
		k->interrupts--;
		return fail_with(EINTR);
	}
	switch (request) {
	case VIDIOC_QUERYCAP:
		((struct v4l2_capability *)arg)->capabilities =
			V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE;
		((struct v4l2_capability *)arg)->device_caps = k->caps;
		return k->caps ? 0 : fail_with(ENOTTY);
	case VIDIOC_S_FMT:
		return set_format(k, arg);
	case VIDIOC_REQBUFS:
		((struct v4l2_requestbuffers *)arg)->count = k->buffers;
		return 0;
	case VIDIOC_QUERYBUF:
		b->length = k->len;
		b->m.offset = b->index * 4096;
		return 0;
	case VIDIOC_QBUF:
		if (k->gone_after && k->frames >= k->gone_after)
			return fail_with(ENODEV);
		assert_true(k->queued < BUFFERS);
		k->queue[k->queued++] = b->index;
		return 0;
	case VIDIOC_STREAMON:
		if (k->on_errno)
			return fail_with(k->on_errno);
		k->streaming = true;
		return 0;
	case VIDIOC_STREAMOFF:
		k->streaming = false;
		return 0;
	case VIDIOC_DQBUF:
		return dequeue(k, b);
	default:
		fail_msg("ioctl %lx", request);
		return -1;
	}
}

static void *k_map(void *self, int fd, size_t len, int64_t offset)
{
	struct kernel *k = self;

	assert_int_equal(fd, FD);
	if (k->map_errno) {
		errno = k->map_errno;
		return NULL;
	}
	return k->memory[offset / 4096] = calloc(1, len);
}

/* Not a pixel is left in what goes back to the kernel. */
static void k_unmap(void *self, void *at, size_t len)
{
	struct kernel *k = self;

	for (size_t i = 0; i < len; i++)
		assert_int_equal(((uint8_t *)at)[i], 0);
	free(at);
	k->unmapped++;
}

static int k_wait(void *self, int fd, int timeout_ms)
{
	struct kernel *k = self;

	assert_int_equal(fd, FD);
	if (k->poll_err)
		return POLLERR;
	if (k->gone_after && k->frames >= k->gone_after)
		return POLLERR | POLLHUP;
	/* A camera that works has a frame for who waits. */
	if (timeout_ms > 0 && k->ready <= 0 &&
		!(k->stuck_after && k->frames >= k->stuck_after))
		k->ready = 1;
	if (k->ready > 0 || k->eio > 0)
		return POLLIN;
	if (timeout_ms > 0)
		clock_freeze(clock_ms() + timeout_ms);
	return 0;
}

static void k_close(void *self, int fd)
{
	struct kernel *k = self;

	assert_int_equal(fd, FD);
	assert_false(k->streaming);
	k->is_open = false;
}

struct row {
	const char *name;
	struct kernel kernel;
	enum err_code open;  /* what opening gives */
	enum err_code frame; /* what the last of these frames gives */
	int frames;
};

/* A camera with this format and so many buffers; more may follow. */
#define WITH(format, count)                                        \
	.caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING,       \
	.fourcc = V4L2_PIX_FMT_##format, .field = V4L2_FIELD_NONE, \
	.buffers = (count)
#define CAMERA WITH(YUYV, BUFFERS)
/* What opens and is no usable camera. */
#define CAN(what) \
	.fourcc = V4L2_PIX_FMT_YUYV, .buffers = BUFFERS, .caps = (what)

static struct row rows[] = {
	{"a good YUYV camera", {CAMERA}, ERR_NONE, ERR_NONE, 20},
	{"a grey one", {WITH(GREY, BUFFERS)}, ERR_NONE, ERR_NONE, 20},
	{"a JPEG one", {WITH(MJPEG, BUFFERS)}, ERR_NONE, ERR_NONE, 20},
	{"rows that are longer than the picture is wide",
		{CAMERA, .stride = 1024}, ERR_NONE, ERR_NONE, 3},
	{"signals all the time", {CAMERA, .interrupts = 50}, ERR_NONE, ERR_NONE,
		3},
	{"two buffers are enough", {WITH(YUYV, 2)}, ERR_NONE, ERR_NONE, 9},
	{"no such device", {CAMERA, .open_errno = ENOENT}, ERR_GONE, ERR_NONE,
		0},
	{"another program has it", {CAMERA, .open_errno = EBUSY}, ERR_BUSY,
		ERR_NONE, 0},
	{"it may not be opened", {CAMERA, .open_errno = EACCES}, ERR_DENIED,
		ERR_NONE, 0},
	{"not V4L2 at all", {CAN(0)}, ERR_INVALID, ERR_NONE, 0},
	{"an output, not a camera",
		{CAN(V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING)}, ERR_INVALID,
		ERR_NONE, 0},
	{"metadata of a camera",
		{CAN(V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING)}, ERR_INVALID,
		ERR_NONE, 0},
	{"it cannot stream", {CAN(V4L2_CAP_VIDEO_CAPTURE)}, ERR_INVALID,
		ERR_NONE, 0},
	{"none of our formats", {WITH(NV12, BUFFERS)}, ERR_INVALID, ERR_NONE,
		0},
	{"each format is refused", {CAMERA, .format_errno = EINVAL},
		ERR_INVALID, ERR_NONE, 0},
	{"it is streaming for somebody else", {CAMERA, .format_errno = EBUSY},
		ERR_BUSY, ERR_NONE, 0},
	{"pictures beyond reason", {CAMERA, .width = 100000}, ERR_INVALID,
		ERR_NONE, 0},
	{"rows shorter than the picture is wide", {CAMERA, .stride = 100},
		ERR_INVALID, ERR_NONE, 0},
	{"half pictures by turns",
		{CAN(V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING),
			.field = V4L2_FIELD_ALTERNATE},
		ERR_INVALID, ERR_NONE, 0},
	{"one buffer", {WITH(YUYV, 1)}, ERR_NO_MEMORY, ERR_NONE, 0},
	{"buffers of 1 GB", {CAMERA, .buffer_len = 1U << 30}, ERR_IO, ERR_NONE,
		0},
	{"mapping fails", {CAMERA, .map_errno = ENOMEM}, ERR_NO_MEMORY,
		ERR_NONE, 0},
	{"it does not start", {CAMERA, .on_errno = EIO}, ERR_IO, ERR_NONE, 0},
	{"it does not start: no room on the bus", {CAMERA, .on_errno = ENOSPC},
		ERR_IO, ERR_NONE, 0},
	{"some damaged frames are left out", {CAMERA, .damaged = 5}, ERR_NONE,
		ERR_NONE, 3},
	{"nothing but damaged frames", {CAMERA, .damaged = 1000}, ERR_NONE,
		ERR_IO, 1},
	{"a frame fails, the next is good", {CAMERA, .eio = 3}, ERR_NONE,
		ERR_NONE, 3},
	{"every frame fails", {CAMERA, .eio = 1000}, ERR_NONE, ERR_IO, 1},
	{"unplugged at once", {CAMERA, .gone_after = 1}, ERR_NONE, ERR_GONE, 2},
	{"unplugged half-way", {CAMERA, .gone_after = 7}, ERR_NONE, ERR_GONE,
		8},
	{"stuck half-way", {CAMERA, .stuck_after = 4}, ERR_NONE, ERR_TIMEOUT,
		5},
	{"it stopped and says only that", {CAMERA, .poll_err = true}, ERR_NONE,
		ERR_IO, 1},
	{"more bytes than the buffer has",
		{CAMERA, .used = 2 * WIDTH * HEIGHT + 1}, ERR_NONE, ERR_IO, 1},
	{"fewer bytes than the picture has",
		{CAMERA, .used = 2 * WIDTH * HEIGHT - 1}, ERR_NONE, ERR_IO, 1},
	{"a buffer that there is not", {CAMERA, .index = 9}, ERR_NONE, ERR_IO,
		1},
};

static const struct camera_wish wish = {.width = 1280, .height = 720};

static struct camera *open_on(struct kernel *k, struct err *err)
{
	const struct v4l2_calls calls = {.open = k_open,
		.ioctl = k_ioctl,
		.map = k_map,
		.unmap = k_unmap,
		.wait = k_wait,
		.close = k_close,
		.self = k};

	return camera_v4l2_open("/dev/video0", &wish, &calls, err);
}

static void take_frames(struct camera *c, const struct row *row)
{
	struct camera_frame frame;
	struct err err = {0};

	for (int i = 1; i < row->frames; i++)
		if (!camera_frame(c, PATIENCE, &frame, &err))
			fail_msg("frame %d: %s", i, err.text);
	if (camera_frame(c, PATIENCE, &frame, &err) != (row->frame == ERR_NONE))
		fail_msg("%s", err.text);
	assert_int_equal(err.code, row->frame);
	if (row->frame != ERR_NONE)
		return;
	assert_int_equal(frame.shape.width, WIDTH);
	assert_int_equal(frame.shape.height, HEIGHT);
	for (size_t i = 0; i < frame.len; i++)
		assert_int_equal(frame.bytes[i], row->kernel.frames & 0xff);
}

static void run_row(void **state)
{
	struct row *row = *state;
	struct kernel *k = &row->kernel;
	struct err err = {0};
	struct camera *c;
	int mapped = 0;

	clock_freeze(1000);
	c = open_on(k, &err);
	assert_int_equal(err.code, row->open);
	assert_int_equal(c != NULL, row->open == ERR_NONE);
	if (c)
		take_frames(c, row);
	camera_close(c);
	assert_false(k->is_open);
	for (int i = 0; i < BUFFERS; i++)
		mapped += k->memory[i] != NULL;
	assert_int_equal(k->unmapped, mapped);
	clock_freeze(-1);
}

/* Four frames wait: the oldest three are nobody's. */
static void the_newest_frame_wins(void **state)
{
	struct kernel k = {CAMERA, .ready = BUFFERS};
	struct err err = {0};
	struct camera *c = open_on(&k, &err);
	struct camera_frame frame;

	(void)state;
	assert_non_null(c);
	assert_true(camera_frame(c, PATIENCE, &frame, &err));
	assert_int_equal(frame.bytes[0], BUFFERS);
	/* All others may be filled again; the one lent may not. */
	assert_int_equal(k.queued, BUFFERS - 1);
	assert_true(camera_frame(c, PATIENCE, &frame, &err));
	assert_int_equal(frame.bytes[0], BUFFERS + 1);
	assert_int_equal(k.queued, BUFFERS - 1);
	camera_close(c);
}

/* The wish goes to the camera; what it makes of it is what counts. */
static void mirror_and_turn_go_with_the_frames(void **state)
{
	struct kernel k = {CAMERA};
	const struct camera_wish turned = {.width = 640,
		.height = 480,
		.mirror = true,
		.turn = 90};
	const struct v4l2_calls calls = {k_open, k_ioctl, k_map, k_unmap,
		k_wait, k_close, &k};
	struct err err = {0};
	struct camera *c =
		camera_v4l2_open("/dev/video0", &turned, &calls, &err);
	struct camera_frame frame;

	(void)state;
	assert_non_null(c);
	assert_true(camera_frame(c, PATIENCE, &frame, &err));
	assert_true(frame.shape.mirror);
	assert_int_equal(frame.shape.turn, 90);
	assert_string_equal(camera_kind(c), "v4l2");
	camera_close(c);
	camera_close(NULL);
}

/* Through the real calls: files that are no cameras. */
static void what_is_no_camera_is_refused(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(camera_v4l2_open("/dev/null", &wish, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_null(camera_v4l2_open("/nowhere/video0", &wish, NULL, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(the_newest_frame_wins),
	cmocka_unit_test(mirror_and_turn_go_with_the_frames),
	cmocka_unit_test(what_is_no_camera_is_refused),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("camera by V4L2", tests, NULL, NULL);
}
