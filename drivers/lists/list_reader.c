/* The parent's side of list_reader.h. */
#include "drivers/lists/list_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sys/socket.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/codec/sheet_book.h"
#include "core/str.h"
#include "core/text.h"
#include "drivers/lists/list_wire.h"
#include "drivers/sandbox/child.h"

struct incoming {
	struct child child;
	const struct cells_sink *sink;
	struct cells row;
	int64_t last_row;
	size_t len; /* of the packet */
	union {
		uint32_t kind;
		struct list_packet rows;
		struct list_end end;
	} packet;
};

static bool receive(struct incoming *in, long long deadline, struct err *err)
{
	ssize_t n;

	if (!child_await(&in->child, deadline))
		return err_set(err, ERR_TIMEOUT, 0, "no answer in time");
	n = recv(in->child.fd, &in->packet, sizeof(in->packet), MSG_DONTWAIT);
	if (n <= 0)
		return err_set(err, ERR_IO, 0, "its child died");
	in->len = (size_t)n;
	if (in->len < sizeof(in->packet.kind))
		return err_set(err, ERR_IO, 0, "bad answer");
	return true;
}

/* The last packet: *err as the child has it. True: no error. */
static bool read_end(struct incoming *in, char *sheet, struct err *err)
{
	struct list_end *end = &in->packet.end;

	if (in->len != sizeof(*end) || end->kind != LIST_WIRE_END ||
		end->code > ERR_NO_MEMORY || end->why >= SHEET_WHY_COUNT)
		return err_set(err, ERR_IO, 0, "bad end");
	end->text[sizeof(end->text) - 1] = '\0';
	end->sheet[sizeof(end->sheet) - 1] = '\0';
	str_copy(sheet, LIST_SHEET_SIZE, text_plain(end->sheet));
	for (char *c = end->text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return end->code == ERR_NONE || err_set(err, (enum err_code)end->code,
						(int)end->why, "%s", end->text);
}

/* Move len bytes out of what is left; false: there are not so many. */
static bool take(const uint8_t **at, size_t *left, void *out, size_t len)
{
	if (len > *left)
		return false;
	memcpy(out, *at, len);
	*at += len;
	*left -= len;
	return true;
}

/* The cell stays where it is, in the packet. */
static bool take_cell(struct cells_one *cell, const uint8_t **at, size_t *left)
{
	uint16_t len;

	if (!take(at, left, &len, sizeof(len)))
		return false;
	*cell = (struct cells_one){.text = (const char *)*at,
		.len = len == LIST_WIRE_LONG ? 0 : len,
		.too_long = len == LIST_WIRE_LONG};
	if (cell->len > CELLS_MAX_TEXT || cell->len > *left)
		return false;
	*at += cell->len;
	*left -= cell->len;
	return true;
}

static bool take_row(struct incoming *in, const uint8_t **at, size_t *left)
{
	struct list_wire_row head;

	if (!take(at, left, &head, sizeof(head)) ||
		head.sheet >= SHEET_MAX_SHEETS)
		return false;
	/* Another sheet, and its rows begin anew. */
	if ((int)head.sheet != in->row.sheet)
		in->last_row = 0;
	if (head.row <= in->last_row || head.row > CELLS_MAX_ROWS + 1 ||
		head.count > CELLS_MAX || head.at < in->row.at)
		return false;
	in->last_row = head.row;
	cells_begin(&in->row, head.row);
	in->row.sheet = (int)head.sheet;
	in->row.at = head.at;
	for (int i = 0; i < head.count; i++)
		if (!take_cell(&in->row.cell[i], at, left))
			return false;
	in->row.count = head.count;
	in->row.more = head.more != 0;
	return true;
}

static bool read_rows(struct incoming *in, struct err *err)
{
	const size_t head = offsetof(struct list_packet, bytes);
	const uint8_t *at = in->packet.rows.bytes;
	size_t left;

	if (in->len < head)
		return err_set(err, ERR_IO, 0, "bad rows");
	left = in->len - head;
	for (uint32_t i = 0; i < in->packet.rows.rows; i++) {
		if (!take_row(in, &at, &left))
			return err_set(err, ERR_IO, 0, "bad rows");
		if (!in->sink->row(in->sink->ctx, &in->row))
			return err_set(err, ERR_BUSY, 0, "stopped");
	}
	return left == 0 || err_set(err, ERR_IO, 0, "bad rows");
}

/* Start it, and hear that its sandbox holds. */
static bool start(struct incoming *in, const char *program, struct err *err)
{
	char nothing[LIST_SHEET_SIZE];

	return child_start(&in->child, program, LIST_READER_ARG, err) &&
	       receive(in, clock_ms() + CHILD_START_MS, err) &&
	       read_end(in, nothing, err);
}

static bool ask(struct incoming *in, int fd, enum list_kind kind,
	struct err *err)
{
	struct list_request request = {.kind = kind};
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, errno, "%s", strerror(errno));
	request.size = st.st_size;
	return child_send(&in->child, &request, sizeof(request), fd) ||
	       err_set(err, ERR_IO, errno, "send: %s", strerror(errno));
}

static bool read_all(struct incoming *in, int idle_ms, char *sheet,
	struct err *err)
{
	for (;;) {
		if (!receive(in, clock_ms() + idle_ms, err))
			return false;
		if (in->packet.kind != LIST_WIRE_ROWS)
			return read_end(in, sheet, err);
		if (!read_rows(in, err))
			return false;
	}
}

bool list_reader_read(const char *program, int fd, enum list_kind kind,
	int idle_ms, const struct cells_sink *sink, char *sheet,
	struct err *err)
{
	struct incoming *in = calloc(1, sizeof(*in));
	bool ok;

	sheet[0] = '\0';
	if (!in)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
	in->sink = sink;
	child_init(&in->child);
	ok = start(in, program, err) && ask(in, fd, kind, err) &&
	     read_all(in, idle_ms, sheet, err);
	child_stop(&in->child);
	free(in);
	/* What is wrong with the list needs no word of how it was read. */
	if (!ok && err->code != ERR_INVALID)
		err_wrap(err, "list reader");
	return ok;
}
