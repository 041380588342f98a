/* The child's side of list_reader.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>

#include "core/codec/list_in.h"
#include "core/str.h"
#include "drivers/lists/list_wire.h"
#include "drivers/sandbox/child.h"
#include "drivers/sandbox/sandbox.h"

_Static_assert((int)SHEET_NAME_SIZE == (int)LIST_SHEET_SIZE,
	"the name of a sheet fits");

struct outgoing {
	struct list_packet packet;
	size_t used;
};

static bool send_all(const void *bytes, size_t len)
{
	return send(CHILD_FD, bytes, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool send_end(const struct err *err, const char *sheet)
{
	struct list_end end = {.kind = LIST_WIRE_END, .code = err->code};

	if (err->code == ERR_INVALID)
		end.why = (uint32_t)err->sys;
	str_copy(end.text, sizeof(end.text), err->text);
	str_copy(end.sheet, sizeof(end.sheet), sheet);
	return send_all(&end, sizeof(end));
}

static bool flush(struct outgoing *o)
{
	const size_t head = offsetof(struct list_packet, bytes);

	if (o->packet.rows == 0)
		return true;
	o->packet.kind = LIST_WIRE_ROWS;
	if (!send_all(&o->packet, head + o->used))
		return false;
	o->packet.rows = 0;
	o->used = 0;
	return true;
}

static void put(struct outgoing *o, const void *bytes, size_t len)
{
	memcpy(o->packet.bytes + o->used, bytes, len);
	o->used += len;
}

static size_t room_for(const struct cells *row)
{
	return sizeof(struct list_wire_row) +
	       (size_t)row->count * sizeof(uint16_t) + row->used;
}

static bool send_row(void *ctx, const struct cells *row)
{
	struct outgoing *o = ctx;
	const struct list_wire_row head = {.row = row->row,
		.at = row->at,
		.count = (uint16_t)row->count,
		.more = row->more,
		.sheet = (uint32_t)row->sheet};

	if (o->used + room_for(row) > sizeof(o->packet.bytes) && !flush(o))
		return false;
	put(o, &head, sizeof(head));
	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];
		const uint16_t len =
			c->too_long ? LIST_WIRE_LONG : (uint16_t)c->len;

		put(o, &len, sizeof(len));
		put(o, c->text, c->len);
	}
	o->packet.rows++;
	return true;
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

static void serve(struct outgoing *o)
{
	const struct cells_sink sink = {o, send_row};
	struct cells_file file = {.read_at = read_at};
	struct list_request request = {0};
	struct err err = {.code = ERR_NONE};
	char sheet[LIST_SHEET_SIZE];
	int fd;

	if (!child_receive(&request, sizeof(request), &fd))
		return;
	assert(request.kind < LIST_KINDS);
	file.ctx = &fd;
	file.size = request.size;
	if (list_in_read(&file, (enum list_kind)request.kind, &sink, sheet,
		    &err))
		err = (struct err){.code = ERR_NONE};
	if (flush(o))
		send_end(&err, sheet);
	close(fd);
}

int list_reader_child(void)
{
	/* The shared texts of a workbook, and their index, as they grow. */
	static const struct sandbox_limits most = {.data_mib = 512,
		.address_mib = 768,
		.cpu_seconds = 180};
	struct outgoing *o = calloc(1, sizeof(*o));
	struct err err = {.code = ERR_NONE};

	child_follow();
	if (!o || !sandbox_enter(&most, &err)) {
		send_end(&err, "");
		free(o);
		return EXIT_FAILURE;
	}
	if (send_end(&err, ""))
		serve(o);
	free(o);
	return EXIT_SUCCESS;
}
