#include "core/codec/paylist.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/paylist_internal.h"
#include "core/money.h"

enum {
	HEAD_SIZE = 16 * 1024, /* the header line must fit */
	PIECE = 4096,          /* libcsv's cell never outgrows the limit more */
	FIRST_OPTIONAL = COL_SUBGROUP,
	AMOUNTS = 5
};

static const enum paylist_column amount_columns[AMOUNTS] = {COL_MONTHLY_AMOUNT,
	COL_ARREARS_AMOUNT, COL_FUNERAL_AMOUNT, COL_CARRY_OVER_AMOUNT,
	COL_TOTAL};

struct sums {
	int64_t amount[AMOUNTS];
};

struct paylist_reader {
	struct paylist_sink sink;
	struct csv_parser csv;
	struct err err; /* why failed */
	bool failed;

	/* Before the separator is known: the first bytes of the file. */
	char head[HEAD_SIZE];
	size_t head_len;
	bool sniffed;

	/* The header: which column each cell is; COL_COUNT if unknown. */
	bool has_header;
	enum paylist_column map[PAYLIST_MAX_COLUMNS];
	int columns;
	int unknown;
	uint32_t missing;

	/* The row that is coming in. */
	struct paylist_cells in;
	char pool[COL_COUNT * (PAYLIST_MAX_CELL + 1)];
	size_t pool_len;
	int cells;
	bool any;          /* a cell that is not empty */
	bool surplus;      /* one behind the last of the header */
	uint32_t too_long; /* a bit per column */
	bool after_cr;

	struct sums since; /* the last sum row */
	struct sums all;
	bool sums_known; /* no row was wrong so far */
	bool after_sum;
};

/* ---- failing ---- */

static void fail(struct paylist_reader *r, const char *why)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(&r->err, ERR_INVALID, 0, "row %" PRId64 ": %s", r->in.row, why);
}

static void stop(struct paylist_reader *r)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(&r->err, ERR_BUSY, 0, "row %" PRId64 ": stopped", r->in.row);
}

/* ---- the header ---- */

static void header_cell(struct paylist_reader *r, const char *cell, size_t len)
{
	const enum paylist_column column = paylist_column_find(cell, len);

	if (r->cells >= PAYLIST_MAX_COLUMNS) {
		if (len > 0)
			fail(r, "too many columns");
		return;
	}
	r->map[r->cells] = column;
	if (column == COL_COUNT) {
		r->unknown += len > 0;
		return;
	}
	for (int i = 0; i < r->cells; i++) {
		char why[80];

		if (r->map[i] != column)
			continue;
		snprintf(why, sizeof(why), "column %s twice, cells %d and %d",
			paylist_column_name(column), i + 1, r->cells + 1);
		fail(r, why);
		return;
	}
	r->missing &= ~(UINT32_C(1) << column);
}

static void header_end(struct paylist_reader *r)
{
	char why[192];
	struct buf b;
	bool amount = false;

	buf_init(&b, why, sizeof(why));
	for (int c = 0; c < FIRST_OPTIONAL; c++)
		if (r->missing >> c & 1)
			buf_printf(&b, " %s",
				paylist_column_name((enum paylist_column)c));
	for (int i = 0; i < AMOUNTS; i++)
		amount = amount || !(r->missing >> amount_columns[i] & 1);
	if (b.len == 0 && !amount)
		buf_printf(&b, " any amount");
	r->has_header = true;
	r->columns = r->cells;
	if (b.len > 0) {
		char whole[224];

		snprintf(whole, sizeof(whole), "columns missing:%s",
			buf_text(&b));
		fail(r, whole);
	}
}

/* ---- rows ---- */

static void sum_up(struct paylist_reader *r, const struct paylist_row *row)
{
	const int64_t amount[AMOUNTS] = {row->monthly, row->arrears,
		row->funeral, row->carry_over, row->total};

	for (int i = 0; i < AMOUNTS; i++)
		if (!money_add(r->since.amount[i], amount[i],
			    &r->since.amount[i]) ||
			!money_add(r->all.amount[i], amount[i],
				&r->all.amount[i]))
			fail(r, "the sum is beyond all reason");
}

static void sum_row(struct paylist_reader *r, struct paylist_judge *judge)
{
	for (int i = 0; i < AMOUNTS; i++) {
		const enum paylist_column column = amount_columns[i];
		int64_t said;

		if (r->in.len[column] == 0)
			continue;
		if (!paylist_amount(&r->in, column, &said))
			paylist_judge_say(judge, &r->in, column,
				TROUBLE_BAD_AMOUNT);
		else if (r->sums_known && said != r->since.amount[i] &&
			 said != r->all.amount[i])
			paylist_judge_say(judge, &r->in, column, TROUBLE_TOTAL);
	}
	memset(&r->since, 0, sizeof(r->since));
	r->after_sum = true;
}

static void person_row(struct paylist_reader *r, struct paylist_judge *judge)
{
	struct paylist_row row = {.row = r->in.row};

	if (r->surplus)
		paylist_judge_say(judge, &r->in,
			r->map[r->columns - 1] < COL_COUNT
				? r->map[r->columns - 1]
				: COL_NOTE,
			TROUBLE_CELLS);
	for (int c = 0; c < COL_COUNT; c++)
		if (r->too_long >> c & 1)
			paylist_judge_say(judge, &r->in, (enum paylist_column)c,
				TROUBLE_TOO_LONG);
	paylist_row_read(&r->in, &row, judge);
	if (judge->errors == 0)
		sum_up(r, &row);
	else
		r->sums_known = false;
	if (!judge->stopped && r->sink.row &&
		!r->sink.row(r->sink.ctx, &row, judge->errors))
		judge->stopped = true;
}

static void row_end(struct paylist_reader *r)
{
	struct paylist_judge judge = {.sink = &r->sink};

	if (!r->any)
		return;
	if (!r->has_header) {
		header_end(r);
		return;
	}
	if (paylist_row_is_sum(&r->in))
		sum_row(r, &judge);
	else if (!r->after_sum || !paylist_row_is_remark(&r->in))
		person_row(r, &judge);
	if (judge.stopped)
		stop(r);
}

static void row_clear(struct paylist_reader *r)
{
	memset(r->in.cell, 0, sizeof(r->in.cell));
	memset(r->in.len, 0, sizeof(r->in.len));
	r->pool_len = 0;
	r->cells = 0;
	r->any = false;
	r->surplus = false;
	r->too_long = 0;
}

/* ---- what libcsv calls ---- */

/* A line end inside a cell is a blank. */
static void join_lines(char *cell, size_t len)
{
	static const char ends[] = {'\n', '\r'};

	for (size_t i = 0; i < sizeof(ends); i++)
		for (char *c = cell;
			(c = memchr(c, ends[i], len - (size_t)(c - cell)));)
			*c = ' ';
}

/* Keep the cell until the row ends. */
static void keep_cell(struct paylist_reader *r, enum paylist_column column,
	const void *cell, size_t len)
{
	char *copy = r->pool + r->pool_len;

	r->in.cell[column] = copy;
	if (len > PAYLIST_MAX_CELL) {
		r->too_long |= UINT32_C(1) << column;
		return;
	}
	memcpy(copy, cell, len);
	join_lines(copy, len);
	r->in.len[column] = len;
	r->pool_len += len;
}

static void on_cell(void *bytes, size_t len, void *data)
{
	struct paylist_reader *r = data;

	if (r->failed)
		return;
	if (r->cells == 0)
		r->in.row++;
	r->any = r->any || len > 0;
	if (!r->has_header) {
		char cell[PAYLIST_MAX_CELL] = "";

		if (len > sizeof(cell))
			fail(r, "a header of more than 1024 bytes");
		else if (len > 0)
			memcpy(cell, bytes, len);
		if (!r->failed) {
			join_lines(cell, len);
			header_cell(r, cell, len);
		}
	} else if (r->cells >= r->columns) {
		r->surplus = r->surplus || len > 0;
	} else if (r->map[r->cells] != COL_COUNT && len > 0) {
		keep_cell(r, r->map[r->cells], bytes, len);
	}
	r->cells++;
}

static void on_row(int end, void *data)
{
	struct paylist_reader *r = data;
	const bool second_half = end == '\n' && r->after_cr && r->cells == 0;

	r->after_cr = end == '\r';
	if (r->failed || second_half)
		return;
	if (r->cells == 0)
		r->in.row++; /* an empty line is a row of a spreadsheet */
	if (r->in.row > PAYLIST_MAX_ROWS + 1)
		fail(r, "too many rows");
	else
		row_end(r);
	row_clear(r);
}

static bool parse(struct paylist_reader *r, const char *bytes, size_t len)
{
	while (len > 0 && !r->failed) {
		const size_t n = len < PIECE ? len : PIECE;

		if (csv_parse(&r->csv, bytes, n, on_cell, on_row, r) != n) {
			r->in.row += r->cells == 0;
			fail(r, csv_error(&r->csv) == CSV_EPARSE
					? "a quote inside a cell"
					: "out of memory");
		}
		/* A quote that nobody closes would eat all that follows. */
		if (r->csv.entry_pos > PIECE) {
			r->in.row += r->cells == 0;
			fail(r, "a cell without end: is a quote not closed?");
		}
		bytes += n;
		len -= n;
	}
	return !r->failed;
}

/* ---- the first line: which separator? ---- */

static bool starts(const struct paylist_reader *r, const char *with, size_t len)
{
	return r->head_len >= len && memcmp(r->head, with, len) == 0;
}

/*
 * Excel's own hint in front of the header: "sep=;". Its length without the
 * LF of a CR LF, which may not be here yet.
 */
static size_t skip_hint(const struct paylist_reader *r, size_t at, char *mark)
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
static void sniff(struct paylist_reader *r, bool at_end)
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
		r->in.row++;
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

struct paylist_reader *paylist_reader_new(const struct paylist_sink *sink,
	struct err *err)
{
	struct paylist_reader *r = calloc(1, sizeof(*r));

	if (!r) {
		err_set(err, ERR_NO_MEMORY, 0, "payment list reader");
		return NULL;
	}
	r->sink = *sink;
	r->missing = (UINT32_C(1) << COL_COUNT) - 1;
	r->sums_known = true;
	/* CSV_REPALL_NL: empty lines are reported, as they are rows too. */
	if (csv_init(&r->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL)) {
		free(r);
		err_set(err, ERR_NO_MEMORY, 0, "payment list reader");
		return NULL;
	}
	return r;
}

static bool outcome(const struct paylist_reader *r, struct err *err)
{
	if (r->failed && err)
		*err = r->err;
	return !r->failed;
}

bool paylist_reader_feed(struct paylist_reader *r, const void *bytes,
	size_t len, struct err *err)
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

bool paylist_reader_end(struct paylist_reader *r, struct err *err)
{
	if (!r->sniffed && !r->failed)
		sniff(r, true);
	if (!r->failed && csv_fini(&r->csv, on_cell, on_row, r) != 0) {
		r->in.row += r->cells == 0;
		fail(r, "the last cell has an open quote");
	}
	if (!r->failed && !r->has_header)
		fail(r, "the file is empty");
	return outcome(r, err);
}

uint32_t paylist_reader_missing(const struct paylist_reader *r)
{
	return r->missing;
}

int paylist_reader_unknown(const struct paylist_reader *r)
{
	return r->unknown;
}

void paylist_reader_free(struct paylist_reader *r)
{
	if (!r)
		return;
	csv_free(&r->csv);
	free(r);
}
