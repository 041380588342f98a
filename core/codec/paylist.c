#include "core/codec/paylist.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_in.h"
#include "core/codec/paylist_internal.h"
#include "core/money.h"

enum {
	FIRST_OPTIONAL = COL_SUBGROUP,
	HEADER_KNOWN = 4, /* so many known names make a row the header */
	AMOUNTS = 5
};

#define ALL_COLUMNS ((UINT32_C(1) << COL_COUNT) - 1)

static const enum paylist_column amount_columns[AMOUNTS] = {COL_MONTHLY_AMOUNT,
	COL_ARREARS_AMOUNT, COL_FUNERAL_AMOUNT, COL_CARRY_OVER_AMOUNT,
	COL_TOTAL};

struct sums {
	int64_t amount[AMOUNTS];
};

struct paylist_reader {
	struct paylist_sink sink;
	struct csv_in *csv; /* NULL until bytes are fed */
	struct err err;     /* why failed */
	bool failed;
	int64_t row; /* the last one */

	/* The header: which column each cell is; COL_COUNT if unknown. */
	bool has_header;
	bool below_header; /* the row that comes next is */
	int titles;        /* rows above the header so far */
	enum paylist_column map[PAYLIST_MAX_COLUMNS];
	int columns;
	int unknown;
	uint32_t missing;
	struct err no_header; /* what the first row lacks to be one */

	/* The row that is coming in. */
	struct paylist_cells in;
	bool surplus;      /* a cell behind the last of the header */
	uint32_t too_long; /* a bit per column */

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
	err_set(&r->err, ERR_INVALID, 0, "row %" PRId64 ": %s", r->row, why);
}

static void stop(struct paylist_reader *r)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(&r->err, ERR_BUSY, 0, "row %" PRId64 ": stopped", r->row);
}

/* ---- the header ---- */

/* Which columns must be there and are not; "" if the header is whole. */
static const char *lacking(uint32_t missing, struct buf *b)
{
	bool amount = false;

	for (int c = 0; c < FIRST_OPTIONAL; c++)
		if (missing >> c & 1)
			buf_printf(b, " %s",
				paylist_column_name((enum paylist_column)c));
	for (int i = 0; i < AMOUNTS; i++)
		amount = amount || !(missing >> amount_columns[i] & 1);
	if (b->len == 0 && !amount)
		buf_printf(b, " any amount");
	return buf_text(b);
}

enum cells_header paylist_header(const struct cells *row)
{
	uint32_t missing = ALL_COLUMNS;
	char names[192];
	struct buf b;
	int known = 0;

	for (int i = 0; i < row->count; i++) {
		const enum paylist_column c =
			paylist_column_find(row->cell[i].text,
				row->cell[i].len);

		if (c == COL_COUNT)
			continue;
		known++;
		missing &= ~(UINT32_C(1) << c);
	}
	if (known < HEADER_KNOWN)
		return CELLS_NO_HEADER;
	buf_init(&b, names, sizeof(names));
	return lacking(missing, &b)[0] ? CELLS_HEADER_PART : CELLS_HEADER_WHOLE;
}

static void header_cell(struct paylist_reader *r, int at,
	const struct cells_one *cell)
{
	const enum paylist_column column =
		paylist_column_find(cell->text, cell->len);

	if (cell->too_long)
		fail(r, "a header of more than 1024 bytes");
	r->map[at] = column;
	if (column == COL_COUNT) {
		r->unknown += cell->len > 0;
		return;
	}
	for (int i = 0; i < at; i++) {
		char why[80];

		if (r->map[i] != column)
			continue;
		snprintf(why, sizeof(why), "column %s twice, cells %d and %d",
			paylist_column_name(column), i + 1, at + 1);
		fail(r, why);
		return;
	}
	r->missing &= ~(UINT32_C(1) << column);
}

/* Read the row as the header; what is wrong with it ends the list. */
static void take_header(struct paylist_reader *r, const struct cells *row)
{
	char names[192];
	char why[224];
	struct buf b;

	r->missing = ALL_COLUMNS;
	r->unknown = 0;
	r->columns = row->count;
	if (row->more)
		fail(r, "too many columns");
	for (int i = 0; i < row->count && !r->failed; i++)
		header_cell(r, i, &row->cell[i]);
	buf_init(&b, names, sizeof(names));
	if (lacking(r->missing, &b)[0]) {
		snprintf(why, sizeof(why), "columns missing:%s", buf_text(&b));
		fail(r, why);
	}
	r->has_header = true;
	r->below_header = true;
}

/* Titles stand above the header; that there is none is said of the first. */
static void header_row(struct paylist_reader *r, const struct cells *row)
{
	if (paylist_header(row)) {
		take_header(r, row);
		return;
	}
	if (r->titles == 0) {
		take_header(r, row);
		r->no_header = r->err;
		r->has_header = false;
		r->failed = false;
	}
	if (++r->titles < PAYLIST_MAX_TITLES)
		return;
	r->failed = true;
	r->err = r->no_header;
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
	struct paylist_row row = {.row = r->row};

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

static void take_row(struct paylist_reader *r)
{
	struct paylist_judge judge = {.sink = &r->sink};

	if (paylist_row_is_sum(&r->in))
		sum_row(r, &judge);
	else if (!r->after_sum || !paylist_row_is_remark(&r->in))
		person_row(r, &judge);
	if (judge.stopped)
		stop(r);
}

/* The cells in the order of our columns. */
static void sort_cells(struct paylist_reader *r, const struct cells *row)
{
	memset(&r->in, 0, sizeof(r->in));
	r->in.row = row->row;
	r->surplus = row->more;
	r->too_long = 0;
	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];

		if (c->len == 0 && !c->too_long)
			continue;
		if (i >= r->columns) {
			r->surplus = true;
		} else if (r->map[i] != COL_COUNT) {
			r->in.cell[r->map[i]] = c->text;
			r->in.len[r->map[i]] = c->len;
			if (c->too_long)
				r->too_long |= UINT32_C(1) << r->map[i];
		}
	}
}

static bool on_row(void *ctx, const struct cells *row)
{
	struct paylist_reader *r = ctx;

	r->row = row->row;
	if (cells_empty(row))
		return true;
	if (!r->has_header) {
		header_row(r, row);
		return !r->failed;
	}
	if (!r->below_header || !paylist_is_numbering(row)) {
		sort_cells(r, row);
		take_row(r);
	}
	r->below_header = false;
	return !r->failed;
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
	r->missing = ALL_COLUMNS;
	r->sums_known = true;
	return r;
}

static bool outcome(const struct paylist_reader *r, struct err *err)
{
	if (r->failed && err)
		*err = r->err;
	return !r->failed;
}

/* What the CSV reader says, unless we had stopped it. */
static bool csv_outcome(struct paylist_reader *r, bool ok,
	const struct err *why, struct err *err)
{
	if (!ok && !r->failed) {
		r->failed = true;
		r->err = *why;
	}
	return outcome(r, err);
}

bool paylist_reader_feed(struct paylist_reader *r, const void *bytes,
	size_t len, struct err *err)
{
	const struct cells_sink sink = {r, on_row};
	struct err why = {0};

	if (r->failed)
		return outcome(r, err);
	if (!r->csv)
		r->csv = csv_in_new(&sink, &why);
	return csv_outcome(r, r->csv && csv_in_feed(r->csv, bytes, len, &why),
		&why, err);
}

bool paylist_reader_row(struct paylist_reader *r, const struct cells *row,
	struct err *err)
{
	if (!r->failed)
		on_row(r, row);
	return outcome(r, err);
}

bool paylist_reader_end(struct paylist_reader *r, struct err *err)
{
	struct err why = {0};

	if (r->csv && !r->failed) {
		csv_outcome(r, csv_in_end(r->csv, &why), &why, err);
		r->row = csv_in_row(r->csv);
	}
	if (!r->failed && !r->has_header && r->titles > 0) {
		r->failed = true;
		r->err = r->no_header;
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
	csv_in_free(r->csv);
	free(r);
}
