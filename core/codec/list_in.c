#include "core/codec/list_in.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/codec/acmt024.h"
#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/codec/csv_in.h"
#include "core/codec/survey_in.h"

enum {
	PIECE = 64 * 1024,
	HEAD = 64
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

/* ---- several sheets ------------------------------------------------------ */

/* A table that is cut into sheets. */
struct cutter {
	const struct cells_sink *sink;
	int sheet; /* -1: none yet, or one that nobody wants */
	struct cells row;
};

static int sheet_of(const struct cells_one *name)
{
	for (int i = 0; i < SURVEY_SHEETS; i++)
		if (strlen(survey_in_sheets[i]) == name->len &&
			strncasecmp(survey_in_sheets[i], name->text,
				name->len) == 0)
			return i;
	return -1;
}

static bool cut_row(void *ctx, const struct cells *row)
{
	struct cutter *c = ctx;

	if (row->cell[0].len > 0 || row->cell[0].too_long) {
		c->sheet = sheet_of(&row->cell[0]);
		return true;
	}
	if (c->sheet < 0)
		return true;
	cells_begin(&c->row, row->row);
	c->row.sheet = c->sheet;
	c->row.at = row->at;
	for (int i = 1; i < row->count; i++) {
		cells_set(&c->row, i - 1, row->cell[i].text, row->cell[i].len);
		c->row.cell[i - 1].too_long = row->cell[i].too_long;
	}
	c->row.more = row->more;
	cells_end(&c->row);
	return cells_empty(&c->row) || c->sink->row(c->sink->ctx, &c->row);
}

static bool cut_csv(const struct cells_file *file,
	const struct cells_sink *sink, struct err *err)
{
	struct cutter *c = calloc(1, sizeof(*c));
	const struct cells_sink between = {c, cut_row};
	bool ok;

	if (!c)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a table");
	c->sink = sink;
	c->sheet = -1;
	ok = read_csv(file, &between, err);
	free(c);
	return ok;
}

bool list_in_read_sheets(const struct cells_file *file,
	const struct cells_sink *sink, struct err *err)
{
	char head[4];
	const int64_t n = file->read_at(file->ctx, 0, head, sizeof(head));

	if (n > 0 && sheet_in_is(head, (size_t)n))
		return sheet_in_read_named(file, survey_in_sheets,
			SURVEY_SHEETS, sink, err);
	return cut_csv(file, sink, err);
}

/* ---- any kind ------------------------------------------------------------ */

static bool is_report(const struct cells_file *file)
{
	char head[HEAD];
	const int64_t n = file->read_at(file->ctx, 0, head, sizeof(head));

	return n > 0 && acmt024_is(head, (size_t)n);
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

	if (kind == LIST_QUESTIONS) {
		sheet[0] = '\0';
		return list_in_read_sheets(file, sink, err);
	}
	if (kind == LIST_ANSWERS && is_report(file)) {
		sheet[0] = '\0';
		return acmt024_read(file, sink, err);
	}
	return list_in_read_as(file, header[kind], sink, sheet, err);
}
