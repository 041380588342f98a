#include "core/codec/csv_in.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEAD_SIZE = 16 * 1024, /* the first line must fit */
	PIECE = 4096           /* libcsv's cell never outgrows the limit more */
};

struct csv_in {
	struct cells_sink sink;
	struct csv_parser csv;
	struct err err; /* why failed */
	bool failed;

	/* Before the separator is known: the first bytes of the file. */
	char head[HEAD_SIZE];
	size_t head_len;
	bool sniffed;

	int64_t row;
	int column; /* of the next cell */
	struct cells in;
	bool any; /* a cell that is not empty */
	bool after_cr;
};

/* ---- failing ---- */

static void fail(struct csv_in *r, const char *why)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(&r->err, ERR_INVALID, 0, "row %" PRId64 ": %s", r->row, why);
}

static void stop(struct csv_in *r)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(&r->err, ERR_BUSY, 0, "row %" PRId64 ": stopped", r->row);
}

/* ---- what libcsv calls ---- */

static void on_cell(void *bytes, size_t len, void *data)
{
	struct csv_in *r = data;

	if (r->failed)
		return;
	if (r->column == 0)
		cells_begin(&r->in, ++r->row);
	r->any = r->any || len > 0;
	if (r->column <= CELLS_MAX)
		cells_set(&r->in, r->column, bytes, len);
	else
		r->in.more = r->in.more || len > 0;
	r->column++;
}

static void on_row(int end, void *data)
{
	struct csv_in *r = data;
	const bool second_half = end == '\n' && r->after_cr && r->column == 0;

	r->after_cr = end == '\r';
	if (r->failed || second_half)
		return;
	if (r->column == 0)
		r->row++; /* an empty line is a row of a spreadsheet */
	cells_end(&r->in);
	if (r->row > CELLS_MAX_ROWS + 1)
		fail(r, "too many rows");
	else if (r->any && !r->sink.row(r->sink.ctx, &r->in))
		stop(r);
	r->column = 0;
	r->any = false;
}

static bool parse(struct csv_in *r, const char *bytes, size_t len)
{
	while (len > 0 && !r->failed) {
		const size_t n = len < PIECE ? len : PIECE;

		r->in.at += (int64_t)n;
		if (csv_parse(&r->csv, bytes, n, on_cell, on_row, r) != n) {
			r->row += r->column == 0;
			fail(r, csv_error(&r->csv) == CSV_EPARSE
					? "a quote inside a cell"
					: "out of memory");
		}
		/* A quote that nobody closes would eat all that follows. */
		if (r->csv.entry_pos > PIECE) {
			r->row += r->column == 0;
			fail(r, "a cell without end: is a quote not closed?");
		}
		bytes += n;
		len -= n;
	}
	return !r->failed;
}

/* ---- the first line: which separator? ---- */

static bool starts(const struct csv_in *r, const char *with, size_t len)
{
	return r->head_len >= len && memcmp(r->head, with, len) == 0;
}

/*
 * Excel's own hint in front of the header: "sep=;". Its length without the
 * LF of a CR LF, which may not be here yet.
 */
static size_t skip_hint(const struct csv_in *r, size_t at, char *mark)
{
	const char *s = r->head + at;
	const size_t n = strlen("sep=;");

	if (r->head_len - at < n + 1 || memcmp(s, "sep=", n - 1) != 0 ||
		(s[n] != '\r' && s[n] != '\n'))
		return 0;
	*mark = s[n - 1];
	return n + 1;
}

/* The most frequent mark outside quotes; '\0' if the line is not whole. */
static char find_mark(const char *text, size_t len, bool at_end)
{
	static const char marks[] = ",;\t";
	size_t count[3] = {0, 0, 0};
	bool quoted = false;
	bool any = false;
	int best = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		const char *mark = text[i] ? strchr(marks, text[i]) : NULL;
		const bool ends = text[i] == '\n' || text[i] == '\r';

		if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && mark)
			count[mark - marks]++;
		else if (!quoted && ends && any)
			break;
		any = any || (!ends && text[i] != ' ');
	}
	if (i == len && !at_end)
		return '\0';
	for (int k = 1; k < 3; k++)
		if (count[k] > count[best])
			best = k;
	return marks[best];
}

/* Once the first line is whole: set the separator and read what there is. */
static void sniff(struct csv_in *r, bool at_end)
{
	size_t at = starts(r, "\xef\xbb\xbf", 3) ? 3 : 0;
	char mark = '\0';
	size_t hint;

	if (starts(r, "PK\3\4", 4) || starts(r, "\xd0\xcf\x11\xe0", 4))
		fail(r, "an Excel file: save it as CSV UTF-8 first");
	else if (starts(r, "\xff\xfe", 2) || starts(r, "\xfe\xff", 2))
		fail(r, "UTF-16 text: save it as CSV UTF-8 first");
	if (r->failed)
		return;
	hint = skip_hint(r, at, &mark);
	if (hint) {
		r->row++;
		at += hint;
		r->after_cr = r->head[at - 1] == '\r';
	}
	if (!hint)
		mark = find_mark(r->head + at, r->head_len - at, at_end);
	if (!mark && r->head_len == sizeof(r->head))
		fail(r, "no header line");
	if (!mark || r->failed)
		return;
	r->sniffed = true;
	csv_set_delim(&r->csv, (unsigned char)mark);
	parse(r, r->head + at, r->head_len - at);
}

/* ---- the reader ---- */

struct csv_in *csv_in_new(const struct cells_sink *sink, struct err *err)
{
	struct csv_in *r = calloc(1, sizeof(*r));

	/* CSV_REPALL_NL: empty lines are reported, as they are rows too. */
	if (r && csv_init(&r->csv,
			 CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) == 0) {
		r->sink = *sink;
		return r;
	}
	free(r);
	err_set(err, ERR_NO_MEMORY, 0, "no memory to read a table");
	return NULL;
}

static bool outcome(const struct csv_in *r, struct err *err)
{
	if (r->failed && err)
		*err = r->err;
	return !r->failed;
}

bool csv_in_feed(struct csv_in *r, const void *bytes, size_t len,
	struct err *err)
{
	const char *at = bytes;

	while (!r->sniffed && !r->failed && len > 0) {
		const size_t room = sizeof(r->head) - r->head_len;
		const size_t n = len < room ? len : room;

		memcpy(r->head + r->head_len, at, n);
		r->head_len += n;
		at += n;
		len -= n;
		sniff(r, false);
	}
	parse(r, at, len);
	return outcome(r, err);
}

bool csv_in_end(struct csv_in *r, struct err *err)
{
	if (!r->sniffed && !r->failed)
		sniff(r, true);
	if (!r->failed && csv_fini(&r->csv, on_cell, on_row, r) != 0) {
		r->row += r->column == 0;
		fail(r, "the last cell has an open quote");
	}
	return outcome(r, err);
}

int64_t csv_in_row(const struct csv_in *r)
{
	return r->row;
}

void csv_in_free(struct csv_in *r)
{
	if (!r)
		return;
	csv_free(&r->csv);
	free(r);
}
