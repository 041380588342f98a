/* The child's side of image_reader.h. Its parent may feed it anything. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>

#include "core/crypto.h"
#include "core/str.h"
#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"
#include "drivers/camera/image_wire.h"
#include "drivers/camera/passes.h"
#include "drivers/sandbox/child.h"
#include "drivers/sandbox/sandbox.h"

enum {
	KEEP_BYTES = 4 * 1024 * 1024,
	/* There is another frame soon, and it may be sharper. */
	FRAME_BUDGET_MS = 120
};

/* All of the child's life: both are large, so they are made once. */
struct images {
	struct decoder *decoder;
	struct image_reply *reply;
	struct decode_result *found;
	struct frame_look look[2]; /* of the last two frames, by turns */
	int turn;
};

static bool send_reply(struct image_reply *reply)
{
	size_t size = offsetof(struct image_reply, bytes);
	bool sent;

	for (uint32_t i = 0; i < reply->count; i++)
		size += reply->len[i];
	size += (size_t)reply->view_width * reply->view_height;
	sent = send(CHILD_FD, reply, size, MSG_NOSIGNAL) == (ssize_t)size;
	crypto_wipe(reply, size);
	return sent;
}

static bool send_error(struct image_reply *reply, const struct err *err)
{
	reply->code = err->code;
	reply->count = 0;
	reply->view_width = 0;
	reply->view_height = 0;
	str_copy(reply->text, sizeof(reply->text), err->text);
	return send_reply(reply);
}

/* look NULL: the codes of a file, whose picture nobody watches. */
static bool send_codes(struct image_reply *reply,
	const struct decode_result *found, const struct frame_look *look)
{
	uint8_t *to = reply->bytes;

	reply->code = ERR_NONE;
	reply->count = (uint32_t)found->count;
	for (int i = 0; i < found->count; i++) {
		reply->len[i] = (uint32_t)found->code[i].len;
		memcpy(to, found->code[i].bytes, found->code[i].len);
		to += found->code[i].len;
	}
	if (look) {
		reply->hint = (uint32_t)look->hint;
		reply->view_width = (uint32_t)look->width;
		reply->view_height = (uint32_t)look->height;
		memcpy(to, look->pixel,
			(size_t)look->width * (size_t)look->height);
	}
	return send_reply(reply);
}

static bool read_file(int file, uint8_t *bytes, size_t size, struct err *err)
{
	size_t have = 0;

	while (have < size) {
		const ssize_t n =
			pread(file, bytes + have, size - have, (off_t)have);

		if (n < 0)
			return err_set(err, ERR_IO, errno, "image: %s",
				strerror(errno));
		if (n == 0)
			return err_set(err, ERR_INVALID, 0,
				"image became shorter");
		have += (size_t)n;
	}
	return true;
}

/* Only the box, moved to the front: rows go to where there were pixels. */
static void crop(struct image *image)
{
	const struct frame_box box = frame_box(image->width, image->height);

	for (int y = 0; y < box.height; y++)
		memmove(image->grey + (size_t)y * box.width,
			image->grey + (size_t)(box.y + y) * image->width +
				box.x,
			(size_t)box.width);
	image->width = box.width;
	image->height = box.height;
}

static bool scan_frame(struct images *s, struct image *image, struct err *err)
{
	static const struct decode_effort effort = {.passes = PASS_COUNT,
		.budget_ms = FRAME_BUDGET_MS};

	frame_look(image, &s->look[s->turn], &s->look[!s->turn]);
	s->turn = !s->turn;
	crop(image);
	return decoder_scan_within(s->decoder, image->grey, image->width,
		image->height, &effort, s->found, err);
}

static bool scan(struct images *s, int file,
	const struct image_request *request, struct err *err)
{
	uint8_t *bytes = malloc(request->size);
	struct image image = {0};
	size_t pixels;
	bool ok;

	if (!bytes)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for an image");
	ok = read_file(file, bytes, request->size, err) &&
	     (request->is_frame
			     ? frame_grey(&request->shape, bytes, request->size,
				       &image, err)
			     : image_decode(bytes, request->size, &image, err));
	crypto_wipe(bytes, request->size);
	free(bytes);
	if (!ok)
		return false;
	pixels = (size_t)image.width * (size_t)image.height;
	ok = request->is_frame
		     ? scan_frame(s, &image, err)
		     : decoder_scan(s->decoder, image.grey, image.width,
			       image.height, s->found, err);
	crypto_wipe(image.grey, pixels);
	image_clear(&image);
	return ok;
}

static void serve(struct images *s)
{
	struct image_request request = {0};
	bool parent_listens = true;
	int file;

	while (parent_listens &&
		child_receive(&request, sizeof(request), &file)) {
		struct err err = {0};
		const bool ok = scan(s, file, &request, &err);

		close(file);
		parent_listens =
			ok ? send_codes(s->reply, s->found,
				     request.is_frame ? &s->look[s->turn]
						      : NULL)
			   : send_error(s->reply, &err);
		crypto_wipe(s->found, sizeof(*s->found));
	}
}

/*
 * Keep the memory of one camera picture from image to image: giving it back
 * and having it zeroed again costs a tenth of the whole time.
 */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, KEEP_BYTES);
	mallopt(M_TRIM_THRESHOLD, 4 * KEEP_BYTES);
}

int image_reader_child(void)
{
	/* 24 megapixels, zbar's copy, a progressive JPEG's numbers; of the
	 * time one image takes a fraction. */
	static const struct sandbox_limits most = {.data_mib = 320,
		.address_mib = 640,
		.cpu_seconds = 120};
	/* Memory for all of it comes before the sandbox and any image. */
	struct images s = {.reply = calloc(1, sizeof(*s.reply)),
		.found = calloc(1, sizeof(*s.found))};
	struct err err = {0};
	int status = EXIT_FAILURE;

	/* Also ended by the end of the socket; this is for a busy child. */
	child_follow();
	keep_memory();
	if (!s.reply || !s.found)
		goto out;
	s.decoder = decoder_new(&err);
	if (!s.decoder || !sandbox_enter(&most, &err)) {
		send_error(s.reply, &err);
		goto out;
	}
	if (send_reply(s.reply))
		serve(&s);
	status = EXIT_SUCCESS;
out:
	decoder_free(s.decoder);
	free(s.found);
	free(s.reply);
	return status;
}
