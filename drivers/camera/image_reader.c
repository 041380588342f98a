/* The parent's side of image_reader.h. */
#include "drivers/camera/image_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/str.h"
#include "drivers/camera/image_wire.h"
#include "drivers/sandbox/child.h"

enum {
	/*
	 * A child is replaced after so many images: whatever it may have
	 * leaked, or learnt, goes with it.
	 */
	IMAGES_A_CHILD = 500
};

struct image_reader {
	char *program;
	struct child child;
	int images;
	int frame; /* memory that a frame is handed over in; -1: none yet */
	struct image_reply reply;
};

static void stop_child(struct image_reader *r)
{
	child_stop(&r->child);
	r->images = 0;
}

/* One whole reply, checked in every number before it is used. */
static bool receive_reply(struct image_reader *r, long long deadline,
	struct err *err)
{
	const size_t head = offsetof(struct image_reply, bytes);
	struct image_reply *reply = &r->reply;
	size_t size = head;
	ssize_t n;

	if (!child_await(&r->child, deadline))
		return err_set(err, ERR_TIMEOUT, 0,
			"image reader: no answer in time");
	n = recv(r->child.fd, reply, sizeof(*reply), MSG_DONTWAIT);
	if (n <= 0)
		return err_set(err, ERR_IO, 0, "image reader: its child died");
	if ((size_t)n < head || reply->count > DECODE_MAX_CODES ||
		reply->code > ERR_NO_MEMORY)
		return err_set(err, ERR_IO, 0, "image reader: bad answer");
	for (uint32_t i = 0; i < reply->count; i++) {
		if (reply->len[i] > DECODE_MAX_BYTES)
			return err_set(err, ERR_IO, 0,
				"image reader: bad length");
		size += reply->len[i];
	}
	if (reply->hint >= FRAME_HINTS || reply->view_width > FRAME_VIEW_SIDE ||
		reply->view_height > FRAME_VIEW_SIDE)
		return err_set(err, ERR_IO, 0, "image reader: bad picture");
	size += (size_t)reply->view_width * reply->view_height;
	return size == (size_t)n ||
	       err_set(err, ERR_IO, 0, "image reader: bad size");
}

/* What the child says is for the log, and may be anything. */
static bool child_error(struct image_reply *reply, struct err *err)
{
	reply->text[sizeof(reply->text) - 1] = '\0';
	for (char *c = reply->text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return err_set(err, (enum err_code)reply->code, 0, "%s", reply->text);
}

static bool start_child(struct image_reader *r, long long deadline,
	struct err *err)
{
	if (!child_start(&r->child, r->program, IMAGE_READER_ARG, err))
		return err_wrap(err, "image reader");
	if (receive_reply(r, deadline, err) &&
		(r->reply.code == ERR_NONE || child_error(&r->reply, err)))
		return true;
	stop_child(r);
	return err_wrap(err, "start");
}

struct image_reader *image_reader_open(const char *program, struct err *err)
{
	struct image_reader *r = calloc(1, sizeof(*r));

	if (r) {
		child_init(&r->child);
		r->frame = -1;
		r->program = strdup(program ? program : "/proc/self/exe");
	}
	if (!r || !r->program)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for image reader");
	else if (start_child(r, clock_ms() + CHILD_START_MS, err))
		return r;
	image_reader_close(r);
	return NULL;
}

void image_reader_close(struct image_reader *r)
{
	if (!r)
		return;
	stop_child(r);
	if (r->frame >= 0)
		close(r->frame);
	free(r->program);
	crypto_wipe(r, sizeof(*r));
	free(r);
}

static bool open_failed(struct err *err)
{
	const int sys = errno;
	enum err_code code = ERR_IO;

	if (sys == ENOENT || sys == ENOTDIR)
		code = ERR_GONE;
	else if (sys == EACCES || sys == EPERM)
		code = ERR_DENIED;
	return err_set(err, code, sys, "image: %s", strerror(sys));
}

/* Only a plain file of a sane size; never wait for a FIFO or a device. */
static bool open_image(const char *path, int *file, struct image_request *out,
	struct err *err)
{
	struct stat info;

	*file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (*file < 0)
		return open_failed(err);
	if (fstat(*file, &info) != 0)
		err_set(err, ERR_IO, errno, "image: %s", strerror(errno));
	else if (!S_ISREG(info.st_mode))
		err_set(err, ERR_INVALID, 0, "image: not a file");
	else if (info.st_size < 1 || info.st_size > IMAGE_MAX_FILE)
		err_set(err, ERR_INVALID, 0, "image: %lld bytes is no size",
			(long long)info.st_size);
	else {
		out->size = (uint32_t)info.st_size;
		return true;
	}
	close(*file);
	return false;
}

/* Hand the file to a child; one that died while idle is replaced once. */
static bool ask_child(struct image_reader *r, struct image_request *request,
	int file, long long deadline, struct err *err)
{
	if (r->images >= IMAGES_A_CHILD)
		stop_child(r);
	if (r->child.pid > 0 &&
		child_send(&r->child, request, sizeof(*request), file))
		return true;
	stop_child(r);
	if (!start_child(r, deadline, err))
		return false;
	return child_send(&r->child, request, sizeof(*request), file) ||
	       err_set(err, ERR_IO, errno, "image reader: send: %s",
		       strerror(errno));
}

/* Returns where the small picture begins. */
static const uint8_t *take_codes(const struct image_reply *reply,
	struct decode_result *out)
{
	const uint8_t *from = reply->bytes;

	for (uint32_t i = 0; i < reply->count; i++) {
		struct decoded *code = &out->code[i];

		str_copy(code->symbology, sizeof(code->symbology), "QR-Code");
		code->len = reply->len[i];
		memcpy(code->bytes, from, code->len);
		code->bytes[code->len] = '\0';
		from += code->len;
	}
	out->count = (int)reply->count;
	return from;
}

static void take_look(const struct image_reply *reply, const uint8_t *view,
	struct frame_look *out)
{
	out->hint = (enum frame_hint)reply->hint;
	out->width = (int)reply->view_width;
	out->height = (int)reply->view_height;
	memcpy(out->pixel, view, (size_t)out->width * (size_t)out->height);
}

/* Ask and take the answer; look NULL: of a file. */
static bool scan(struct image_reader *r, struct image_request *request,
	int file, long long deadline, struct decode_result *out,
	struct frame_look *look, struct err *err)
{
	const uint8_t *view;
	bool ok;

	if (!ask_child(r, request, file, deadline, err) ||
		!receive_reply(r, deadline, err)) {
		stop_child(r);
		return false;
	}
	r->images++;
	ok = r->reply.code == ERR_NONE || child_error(&r->reply, err);
	if (ok) {
		view = take_codes(&r->reply, out);
		if (look)
			take_look(&r->reply, view, look);
	}
	crypto_wipe(&r->reply, sizeof(r->reply));
	return ok;
}

bool image_reader_scan(struct image_reader *r, const char *path, int timeout_ms,
	struct decode_result *out, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	struct image_request request = {0};
	int file;
	bool ok;

	out->count = 0;
	if (!open_image(path, &file, &request, err))
		return false;
	ok = scan(r, &request, file, deadline, out, NULL, err);
	close(file);
	return ok;
}

/* Memory that is a file only to these two processes. */
static bool put_frame(struct image_reader *r, const uint8_t *bytes, size_t len,
	struct err *err)
{
	size_t done = 0;

	if (r->frame < 0)
		r->frame = memfd_create("frame", MFD_CLOEXEC);
	while (r->frame >= 0 && done < len) {
		const ssize_t n =
			pwrite(r->frame, bytes + done, len - done, (off_t)done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done == len ||
	       err_set(err, ERR_NO_MEMORY, errno, "frame: %s", strerror(errno));
}

bool image_reader_frame(struct image_reader *r, const struct frame_shape *shape,
	const void *bytes, size_t len, int timeout_ms,
	struct decode_result *out, struct frame_look *look, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	struct image_request request = {.is_frame = 1, .shape = *shape};
	bool ok;

	out->count = 0;
	look->width = 0;
	look->height = 0;
	if (len < 1 || len > FRAME_MAX_BYTES)
		return err_set(err, ERR_INVALID, 0,
			"frame of %zu bytes is none", len);
	request.size = (uint32_t)len;
	ok = put_frame(r, bytes, len, err) &&
	     scan(r, &request, r->frame, deadline, out, look, err);
	/* Its pages are given back, and zeroed before anybody has them. */
	if (r->frame >= 0 && ftruncate(r->frame, 0) != 0 && ok)
		ok = err_set(err, ERR_IO, errno, "frame: %s", strerror(errno));
	return ok;
}
