#include "core/codec/list_in.h"

#include <stdlib.h>

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/codec/csv_in.h"

enum {
	PIECE = 64 * 1024
};

static bool feed_all(const struct cells_file *file, struct csv_in *r,
	char *piece, struct err *err)
{
	int64_t at = 0;
	int64_t n;

	while ((n = file->read_at(file->ctx, at, piece, PIECE)) > 0) {
		if (!csv_in_feed(r, piece, (size_t)n, err))
			return false;
		at += n;
	}
	return n == 0 ? csv_in_end(r, err)
		      : err_set(err, ERR_IO, 0, "the file cannot be read");
}

static bool read_csv(const struct cells_file *file,
	const struct cells_sink *sink, struct err *err)
{
	struct csv_in *r = csv_in_new(sink, err);
	char *piece = malloc(PIECE);
	bool ok = false;

	if (r && !piece)
		err_set(err, ERR_NO_MEMORY, 0, "no memory to read a table");
	else if (r)
		ok = feed_all(file, r, piece, err);
	free(piece);
	csv_in_free(r);
	return ok;
}

bool list_in_read_as(const struct cells_file *file,
	enum cells_header (*header)(const struct cells *row),
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	char head[4];
	const int64_t n = file->read_at(file->ctx, 0, head, sizeof(head));

	sheet[0] = '\0';
	if (n > 0 && sheet_in_is(head, (size_t)n))
		return sheet_in_read(file, header, sink, sheet, err);
	return read_csv(file, sink, err);
}

bool list_in_read(const struct cells_file *file, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	static enum cells_header (*const header[LIST_KINDS])(const struct cells
			*row) = {
		[LIST_PAYMENTS] = paylist_header,
		[LIST_CHANGES] = changelist_header,
		[LIST_ANSWERS] = answerlist_header,
	};

	return list_in_read_as(file, header[kind], sink, sheet, err);
}
