/* The child's side of image_reader.h. Its parent may feed it anything. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>

#include "core/str.h"
#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"
#include "drivers/camera/image_wire.h"
#include "drivers/sandbox/child.h"
#include "drivers/sandbox/sandbox.h"

enum {
	KEEP_BYTES = 4 * 1024 * 1024
};

static bool send_reply(struct image_reply *reply)
{
	size_t size = offsetof(struct image_reply, bytes);

	for (uint32_t i = 0; i < reply->count; i++)
		size += reply->len[i];
	return send(CHILD_FD, reply, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static bool send_error(struct image_reply *reply, const struct err *err)
{
	reply->code = err->code;
	reply->count = 0;
	str_copy(reply->text, sizeof(reply->text), err->text);
	return send_reply(reply);
}

static bool send_codes(struct image_reply *reply,
	const struct decode_result *found)
{
	uint8_t *to = reply->bytes;

	reply->code = ERR_NONE;
	reply->count = (uint32_t)found->count;
	for (int i = 0; i < found->count; i++) {
		reply->len[i] = (uint32_t)found->code[i].len;
		memcpy(to, found->code[i].bytes, found->code[i].len);
		to += found->code[i].len;
	}
	return send_reply(reply);
}

static bool read_file(int file, uint8_t *bytes, size_t size, struct err *err)
{
	size_t have = 0;

	while (have < size) {
		const ssize_t n = read(file, bytes + have, size - have);

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

static bool scan_file(struct decoder *decoder, int file, size_t size,
	struct decode_result *found, struct err *err)
{
	uint8_t *bytes = malloc(size);
	struct image image = {0};
	bool ok;

	if (!bytes)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for an image");
	ok = read_file(file, bytes, size, err) &&
	     image_decode(bytes, size, &image, err);
	free(bytes);
	ok = ok && decoder_scan(decoder, image.grey, image.width, image.height,
			   found, err);
	image_clear(&image);
	return ok;
}

static void serve(struct decoder *decoder, struct image_reply *reply,
	struct decode_result *found)
{
	struct image_request request = {0};
	bool parent_listens = true;
	int file;

	while (parent_listens &&
		child_receive(&request, sizeof(request), &file)) {
		struct err err = {0};
		const bool ok =
			scan_file(decoder, file, request.size, found, &err);

		close(file);
		parent_listens =
			ok ? send_codes(reply, found) : send_error(reply, &err);
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
	/* Both are large, and the sandbox comes before any image. */
	struct image_reply *reply = calloc(1, sizeof(*reply));
	struct decode_result *found = calloc(1, sizeof(*found));
	struct decoder *decoder = NULL;
	struct err err = {0};
	int status = EXIT_FAILURE;

	/* Also ended by the end of the socket; this is for a busy child. */
	child_follow();
	keep_memory();
	if (!reply || !found)
		goto out;
	decoder = decoder_new(&err);
	if (!decoder || !sandbox_enter(&most, &err)) {
		send_error(reply, &err);
		goto out;
	}
	if (send_reply(reply))
		serve(decoder, reply, found);
	status = EXIT_SUCCESS;
out:
	decoder_free(decoder);
	free(found);
	free(reply);
	return status;
}
