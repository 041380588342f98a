#include "drivers/camera/camera_v4l2.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "drivers/camera/camera_driver.h"

enum {
	BUFFERS = 4,
	LEAST_BUFFERS = 2, /* one is looked at while one is filled */
};

struct buffer {
	void *at;
	size_t len;
};

struct camera_v4l2 {
	struct camera base;
	struct v4l2_calls calls;
	struct frame_shape shape;
	int fd; /* -1: not open */
	bool streaming;
	uint32_t count;
	struct buffer buffer[BUFFERS];
};

/* ---- the real kernel ------------------------------------------------------- */

static int real_open(void *self, const char *path)
{
	(void)self;
	return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

static int real_ioctl(void *self, int fd, unsigned long request, void *arg)
{
	(void)self;
	return ioctl(fd, request, arg);
}

static void *real_map(void *self, int fd, size_t len, int64_t offset)
{
	void *at = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		(off_t)offset);

	(void)self;
	return at == MAP_FAILED ? NULL : at;
}

static void real_unmap(void *self, void *at, size_t len)
{
	(void)self;
	munmap(at, len);
}

static int real_wait(void *self, int fd, int timeout_ms)
{
	struct pollfd in = {.fd = fd, .events = POLLIN};
	const int n = poll(&in, 1, timeout_ms);

	(void)self;
	return n > 0 ? in.revents : n;
}

static void real_close(void *self, int fd)
{
	(void)self;
	close(fd);
}

static const struct v4l2_calls real = {.open = real_open,
	.ioctl = real_ioctl,
	.map = real_map,
	.unmap = real_unmap,
	.wait = real_wait,
	.close = real_close};

/* ---- asking it ---------------------------------------------------------------- */

static bool failed(struct err *err, const char *doing)
{
	static const struct {
		int sys;
		enum err_code code;
	} map[] = {
		{ENODEV, ERR_GONE},
		{ENOENT, ERR_GONE},
		{ENXIO, ERR_GONE},
		{EBUSY, ERR_BUSY},
		{EACCES, ERR_DENIED},
		{EPERM, ERR_DENIED},
		{ENOMEM, ERR_NO_MEMORY},
		{ENOTTY, ERR_INVALID},
		{EINVAL, ERR_INVALID},
	};
	const int sys = errno;
	enum err_code code = ERR_IO;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].sys == sys)
			code = map[i].code;
	return err_set(err, code, sys, "%s: %s", doing, strerror(sys));
}

/* A signal in between is no answer. */
static bool ask(struct camera_v4l2 *c, unsigned long request, void *arg)
{
	int rc;

	do
		rc = c->calls.ioctl(c->calls.self, c->fd, request, arg);
	while (rc < 0 && errno == EINTR);
	return rc >= 0;
}

static bool check_it_is_a_camera(struct camera_v4l2 *c, struct err *err)
{
	struct v4l2_capability cap = {0};
	uint32_t can;

	if (!ask(c, VIDIOC_QUERYCAP, &cap))
		return failed(err, "capabilities");
	can = cap.capabilities & V4L2_CAP_DEVICE_CAPS ? cap.device_caps
						      : cap.capabilities;
	if (!(can & V4L2_CAP_VIDEO_CAPTURE))
		return err_set(err, ERR_INVALID, 0, "it takes no pictures");
	return (can & V4L2_CAP_STREAMING) != 0 ||
	       err_set(err, ERR_INVALID, 0, "it cannot stream");
}

/* ---- format ------------------------------------------------------------------- */

static const struct {
	uint32_t fourcc;
	enum frame_format format;
} formats[] = {
	{V4L2_PIX_FMT_GREY, FRAME_GREY},
	{V4L2_PIX_FMT_YUYV, FRAME_YUYV},
	{V4L2_PIX_FMT_MJPEG, FRAME_MJPEG},
	{V4L2_PIX_FMT_JPEG, FRAME_MJPEG},
};

static int side(uint32_t pixels)
{
	return pixels <= FRAME_MAX_SIDE ? (int)pixels : 0;
}

/* What the camera made of the wish: the size is its choice. */
static bool take_format(struct camera_v4l2 *c, const struct v4l2_format *f,
	enum frame_format format)
{
	c->shape.format = format;
	c->shape.width = side(f->fmt.pix.width);
	c->shape.height = side(f->fmt.pix.height);
	c->shape.stride = f->fmt.pix.bytesperline <= FRAME_MAX_BYTES
				  ? (int)f->fmt.pix.bytesperline
				  : 0;
	if (c->shape.stride == 0 && format == FRAME_GREY)
		c->shape.stride = c->shape.width;
	if (c->shape.stride == 0 && format == FRAME_YUYV)
		c->shape.stride = 2 * c->shape.width;
	/* Half pictures by turns: no code survives that. */
	return f->fmt.pix.field != V4L2_FIELD_ALTERNATE &&
	       frame_shape_is_sane(&c->shape);
}

/* Refusing a format is no failure: there is a next one. */
static bool choose_format(struct camera_v4l2 *c, const struct camera_wish *wish,
	struct err *err)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct v4l2_format f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

		f.fmt.pix.width = (uint32_t)wish->width;
		f.fmt.pix.height = (uint32_t)wish->height;
		f.fmt.pix.pixelformat = formats[i].fourcc;
		f.fmt.pix.field = V4L2_FIELD_NONE;
		if (!ask(c, VIDIOC_S_FMT, &f)) {
			if (errno == EINVAL)
				continue;
			return failed(err, "format");
		}
		if (f.fmt.pix.pixelformat == formats[i].fourcc &&
			take_format(c, &f, formats[i].format))
			return true;
	}
	return err_set(err, ERR_INVALID, 0,
		"it has neither grey, YUYV nor JPEG of a usable size");
}

/* ---- buffers ------------------------------------------------------------------- */

static bool map_buffer(struct camera_v4l2 *c, uint32_t index, struct err *err)
{
	struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.index = index};
	struct buffer *to = &c->buffer[index];

	if (!ask(c, VIDIOC_QUERYBUF, &b))
		return failed(err, "buffer");
	if (b.length < 1 || b.length > 2 * FRAME_MAX_BYTES)
		return err_set(err, ERR_IO, 0, "a buffer of %u bytes",
			b.length);
	to->at = c->calls.map(c->calls.self, c->fd, b.length, b.m.offset);
	if (!to->at)
		return failed(err, "map");
	to->len = b.length;
	return true;
}

static bool queue(struct camera_v4l2 *c, uint32_t index, struct err *err)
{
	struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.index = index};

	return ask(c, VIDIOC_QBUF, &b) || failed(err, "queue");
}

static bool prepare_buffers(struct camera_v4l2 *c, struct err *err)
{
	struct v4l2_requestbuffers r = {.count = BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP};

	if (!ask(c, VIDIOC_REQBUFS, &r))
		return failed(err, "buffers");
	if (r.count < LEAST_BUFFERS)
		return err_set(err, ERR_NO_MEMORY, 0, "%u buffers only",
			r.count);
	c->count = r.count < BUFFERS ? r.count : BUFFERS;
	for (uint32_t i = 0; i < c->count; i++)
		if (!map_buffer(c, i, err) || !queue(c, i, err))
			return false;
	return true;
}

static bool start(struct camera_v4l2 *c, struct err *err)
{
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	c->streaming = ask(c, VIDIOC_STREAMON, &type);
	return c->streaming || failed(err, "start");
}

/* ---- operations ------------------------------------------------------------------ */

/* Wait until there may be a frame. Events of poll(), 0: none in time. */
static int wait_for_frame(struct camera_v4l2 *c, long long deadline)
{
	int events;

	do {
		const long long left = deadline - clock_ms();

		events = c->calls.wait(c->calls.self, c->fd,
			left > 0 ? (int)left : 0);
	} while (events < 0 && errno == EINTR);
	return events;
}

static void hand_out(const struct camera_v4l2 *c, const struct v4l2_buffer *b,
	struct camera_taken *out)
{
	out->slot = (int)b->index;
	out->frame = (struct camera_frame){.shape = c->shape,
		.bytes = c->buffer[b->index].at,
		.len = b->bytesused};
	/* Some say more than there is room for. */
	out->damaged = (b->flags & V4L2_BUF_FLAG_ERROR) != 0 ||
		       b->bytesused > c->buffer[b->index].len;
}

static bool v4l2_take(struct camera *camera, int timeout_ms,
	struct camera_taken *out, struct err *err)
{
	struct camera_v4l2 *c = (struct camera_v4l2 *)camera;
	struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP};
	const int events = wait_for_frame(c, clock_ms() + timeout_ms);

	if (events < 0)
		return failed(err, "wait");
	if (events == 0)
		return err_set(err, ERR_TIMEOUT, 0, "no frame in %d ms",
			timeout_ms);
	if (!ask(c, VIDIOC_DQBUF, &b)) {
		/* One frame went wrong; the next may be good. */
		if (errno == EIO) {
			*out = (struct camera_taken){.slot = -1,
				.damaged = true};
			return true;
		}
		/* Ready, but not for this: it would be so for ever. */
		if (errno == EAGAIN && (events & (POLLERR | POLLHUP)))
			return err_set(err, ERR_IO, 0, "it stopped");
		if (errno == EAGAIN)
			return err_set(err, ERR_TIMEOUT, 0, "no frame yet");
		return failed(err, "frame");
	}
	if (b.index >= c->count)
		return err_set(err, ERR_IO, 0, "a frame in buffer %u of %u",
			b.index, c->count);
	hand_out(c, &b, out);
	return true;
}

static void v4l2_give_back(struct camera *camera, int slot)
{
	struct err lost;

	queue((struct camera_v4l2 *)camera, (uint32_t)slot, &lost);
}

static void v4l2_close(struct camera *camera)
{
	struct camera_v4l2 *c = (struct camera_v4l2 *)camera;
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	if (c->streaming)
		ask(c, VIDIOC_STREAMOFF, &type);
	for (int i = 0; i < BUFFERS; i++) {
		if (!c->buffer[i].at)
			continue;
		crypto_wipe(c->buffer[i].at, c->buffer[i].len);
		c->calls.unmap(c->calls.self, c->buffer[i].at,
			c->buffer[i].len);
	}
	if (c->fd >= 0)
		c->calls.close(c->calls.self, c->fd);
	free(c);
}

static const struct camera_ops ops = {.name = "v4l2",
	.take = v4l2_take,
	.give_back = v4l2_give_back,
	.close = v4l2_close};

struct camera *camera_v4l2_open(const char *path,
	const struct camera_wish *wish, const struct v4l2_calls *calls,
	struct err *err)
{
	struct camera_v4l2 *c = calloc(1, sizeof(*c));

	if (!c) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a camera");
		return NULL;
	}
	c->base = (struct camera){.ops = &ops, .lent = -1};
	c->calls = calls ? *calls : real;
	c->shape.mirror = wish->mirror;
	c->shape.turn = wish->turn;
	c->fd = c->calls.open(c->calls.self, path);
	if (c->fd < 0)
		failed(err, "open");
	else if (check_it_is_a_camera(c, err) && choose_format(c, wish, err) &&
		 prepare_buffers(c, err) && start(c, err))
		return &c->base;
	err_wrap(err, "camera %s", path);
	v4l2_close(&c->base);
	return NULL;
}
