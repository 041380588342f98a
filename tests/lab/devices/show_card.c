/*
 * show_card.c - holds a picture before vivid's camera: what is written into
 * its output (HDMI) comes out of its input.
 *
 *	show_card OUTPUT CAPTURE FORMAT
 *
 * Until it is killed. FORMAT is four letters, as GREY or YUYV, and must be
 * what the reader of CAPTURE agrees on. Each line on stdin is a picture, such
 * as chitra decode takes, to stand in the middle of a light grey frame; an
 * empty line takes it away. "shown" on stdout when nothing else is seen.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <linux/videodev2.h>

#include "tests/lab/devices/light_frame.h"

enum {
	BUFFERS = 3,
	WIDTH = 1280,
	HEIGHT = 720,
	NO_COLOUR = 128
};

static void die(const char *doing)
{
	perror(doing);
	exit(1);
}

static void ask(int fd, unsigned long request, void *arg, const char *doing)
{
	if (ioctl(fd, request, arg) != 0)
		die(doing);
}

static int open_node(const char *path)
{
	const int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die(path);
	return fd;
}

/* ---- vivid ------------------------------------------------------------------ */

/* The controls of vivid have names, and no numbers in any header. */
static void set_control(int fd, const char *name, int value)
{
	struct v4l2_queryctrl q = {.id = V4L2_CTRL_FLAG_NEXT_CTRL};
	struct v4l2_control c = {.value = value};

	while (ioctl(fd, VIDIOC_QUERYCTRL, &q) == 0) {
		if (strcmp((const char *)q.name, name) == 0) {
			c.id = q.id;
			ask(fd, VIDIOC_S_CTRL, &c, name);
			return;
		}
		q.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
	}
	die(name);
}

/* The lowest clock: 24 frames a second. Nobody looks 60 times here. */
static void set_timings(int fd)
{
	struct v4l2_enum_dv_timings t = {.index = 0};
	struct v4l2_dv_timings best = {0};

	for (; ioctl(fd, VIDIOC_ENUM_DV_TIMINGS, &t) == 0; t.index++) {
		const struct v4l2_bt_timings *bt = &t.timings.bt;

		if (bt->width == WIDTH && bt->height == HEIGHT &&
			!bt->interlaced &&
			(best.bt.pixelclock == 0 ||
				bt->pixelclock < best.bt.pixelclock))
			best = t.timings;
	}
	ask(fd, VIDIOC_S_DV_TIMINGS, &best, "timings");
}

static void loop(const char *path)
{
	const int fd = open_node(path);

	set_timings(fd);
	set_control(fd, "Loop Video", 1);
	set_control(fd, "OSD Text Mode", 2);
	close(fd);
}

static struct v4l2_pix_format set_format(int fd, const char *name)
{
	struct v4l2_format f = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT};

	ask(fd, VIDIOC_G_FMT, &f, "format");
	f.fmt.pix.width = WIDTH;
	f.fmt.pix.height = HEIGHT;
	f.fmt.pix.field = V4L2_FIELD_NONE;
	f.fmt.pix.bytesperline = 0;
	f.fmt.pix.pixelformat = v4l2_fourcc(name[0], name[1], name[2], name[3]);
	ask(fd, VIDIOC_S_FMT, &f, "set the format");
	if (f.fmt.pix.width != WIDTH || f.fmt.pix.height != HEIGHT)
		die("another size");
	return f.fmt.pix;
}

/* ---- the picture --------------------------------------------------------------- */

struct show {
	int fd;
	struct v4l2_pix_format pix;
	uint8_t grey[WIDTH * HEIGHT];
	void *buffer[BUFFERS];
	uint32_t count;
	int old; /* so many frames to come still have the last picture */
};

/* Of YUYV the even bytes are grey, the others colour. */
static void draw(const struct show *s, uint8_t *frame)
{
	const size_t step = s->pix.pixelformat == V4L2_PIX_FMT_GREY ? 1 : 2;

	memset(frame, NO_COLOUR, s->pix.sizeimage);
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			frame[(size_t)y * s->pix.bytesperline +
				(size_t)x * step] = s->grey[y * WIDTH + x];
}

static void queue(const struct show *s, struct v4l2_buffer *b)
{
	b->bytesused = s->pix.sizeimage;
	b->field = V4L2_FIELD_NONE;
	ask(s->fd, VIDIOC_QBUF, b, "queue");
}

static void start(struct show *s)
{
	struct v4l2_requestbuffers r = {.count = BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_OUTPUT,
		.memory = V4L2_MEMORY_MMAP};
	int type = V4L2_BUF_TYPE_VIDEO_OUTPUT;

	ask(s->fd, VIDIOC_REQBUFS, &r, "buffers");
	s->count = r.count < BUFFERS ? r.count : BUFFERS;
	for (uint32_t i = 0; i < s->count; i++) {
		struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT,
			.memory = V4L2_MEMORY_MMAP,
			.index = i};

		ask(s->fd, VIDIOC_QUERYBUF, &b, "buffer");
		s->buffer[i] = mmap(NULL, b.length, PROT_READ | PROT_WRITE,
			MAP_SHARED, s->fd, b.m.offset);
		if (s->buffer[i] == MAP_FAILED)
			die("map");
		draw(s, s->buffer[i]);
		queue(s, &b);
	}
	ask(s->fd, VIDIOC_STREAMON, &type, "start");
}

/* The next picture, if one is told. False: nobody tells any more. */
static bool look_for_news(struct show *s)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	char line[512];

	if (poll(&in, 1, 0) <= 0)
		return true;
	if (!fgets(line, sizeof(line), stdin))
		return false;
	line[strcspn(line, "\n")] = '\0';
	light_frame(line, WIDTH, HEIGHT, s->grey);
	/* One more than there are: it may be on its way out now. */
	s->old = (int)s->count + 1;
	return true;
}

static void next_frame(struct show *s)
{
	struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT,
		.memory = V4L2_MEMORY_MMAP};

	ask(s->fd, VIDIOC_DQBUF, &b, "take back");
	if (s->old > 0) {
		draw(s, s->buffer[b.index]);
		if (--s->old == 0) {
			puts("shown");
			fflush(stdout);
		}
	}
	queue(s, &b);
}

int main(int argc, char **argv)
{
	static struct show s;

	if (argc != 4 || strlen(argv[3]) != 4)
		return 2;
	/* poll() sees no line that stdio has read ahead. */
	setvbuf(stdin, NULL, _IONBF, 0);
	s.fd = open_node(argv[1]);
	set_timings(s.fd);
	loop(argv[2]);
	s.pix = set_format(s.fd, argv[3]);
	light_frame("", WIDTH, HEIGHT, s.grey);
	start(&s);
	while (look_for_news(&s))
		next_frame(&s);
	return 0;
}
