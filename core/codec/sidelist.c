#include "core/codec/sidelist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/sidelist_internal.h"

static void fail(struct sidelist *s, enum err_code code, const char *why)
{
	s->failed = true;
	err_set(&s->err, code, 0, "row %" PRId64 ": %s", s->row, why);
}

/* ---- the header ---- */

static uint64_t all_columns(const struct sidelist_form *f)
{
	return f->must | f->any | f->may;
}

static bool is_whole(const struct sidelist_form *f, uint64_t found)
{
	return !(f->must & ~found) && (f->any & found);
}

enum cells_header sidelist_header(const struct sidelist_form *f,
	const struct cells *row)
{
	uint64_t found = 0;
	int known = 0;

	for (int i = 0; i < row->count; i++) {
		const enum paylist_column c =
			paylist_column_find_of(row->cell[i].text,
				row->cell[i].len, all_columns(f));

		if (c == COL_COUNT)
			continue;
		known++;
		found |= SIDELIST_HAS(c);
	}
	if (known < f->known)
		return CELLS_NO_HEADER;
	return is_whole(f, found) ? CELLS_HEADER_WHOLE : CELLS_HEADER_PART;
}

static void list_columns(struct buf *b, uint64_t columns, const char *between)
{
	const char *sep = " ";

	for (int c = 0; c < COL_ALL; c++)
		if (columns >> c & 1) {
			buf_printf(b, "%s%s", sep,
				paylist_column_name((enum paylist_column)c));
			sep = between;
		}
}

static void say_missing(struct sidelist *s, uint64_t found)
{
	const struct sidelist_form *f = s->form;
	char why[224];
	struct buf b;

	if (is_whole(f, found))
		return;
	buf_init(&b, why, sizeof(why));
	buf_printf(&b, "columns missing:");
	list_columns(&b, f->must & ~found, " ");
	if (!(f->any & found))
		list_columns(&b, f->any, " or ");
	fail(s, ERR_INVALID, buf_text(&b));
}

/* Read the row as the header; what is wrong with it ends the list. */
static void take_header(struct sidelist *s, const struct cells *row)
{
	uint64_t found = 0;

	s->columns = row->count;
	if (row->more)
		fail(s, ERR_INVALID, "too many columns");
	for (int i = 0; i < row->count && !s->failed; i++) {
		const enum paylist_column c =
			paylist_column_find_of(row->cell[i].text,
				row->cell[i].len, all_columns(s->form));
		char why[80];

		s->map[i] = c;
		if (c == COL_COUNT)
			continue;
		if (found & SIDELIST_HAS(c)) {
			snprintf(why, sizeof(why), "column %s twice, cell %d",
				paylist_column_name(c), i + 1);
			fail(s, ERR_INVALID, why);
		}
		found |= SIDELIST_HAS(c);
	}
	if (!s->failed)
		say_missing(s, found);
	s->has_header = true;
	s->below_header = true;
}

/* ---- rows ---- */

/* The cells in the order of our columns; what cannot be read is said. */
static void sort_cells(const struct sidelist *s, const struct cells *row,
	struct paylist_cells *in, struct paylist_judge *judge)
{
	bool surplus = row->more;

	*in = (struct paylist_cells){.row = row->row};
	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];

		if (i >= s->columns) {
			surplus = surplus || c->len > 0 || c->too_long;
		} else if (s->map[i] != COL_COUNT && c->too_long) {
			paylist_judge_say(judge, in, s->map[i],
				TROUBLE_TOO_LONG);
		} else if (s->map[i] != COL_COUNT && c->len > 0) {
			in->cell[s->map[i]] = c->text;
			in->len[s->map[i]] = c->len;
		}
	}
	if (surplus)
		paylist_judge_say(judge, in, COL_NOTE, TROUBLE_CELLS);
}

static void take_row(struct sidelist *s, const struct cells *row)
{
	struct paylist_judge judge = {.sink = &s->sink};
	struct paylist_cells in;

	sort_cells(s, row, &in, &judge);
	if (!s->form->row(s, &in, &judge) || judge.stopped)
		fail(s, ERR_BUSY, "stopped");
}

bool sidelist_row(struct sidelist *s, const struct cells *row, struct err *err)
{
	const bool numbering = s->below_header && paylist_is_numbering(row);

	if (!s->failed && !cells_empty(row)) {
		s->row = row->row;
		if (s->has_header) {
			s->below_header = false;
			if (!numbering)
				take_row(s, row);
		} else if (sidelist_header(s->form, row)) {
			take_header(s, row);
		} else if (++s->titles == PAYLIST_MAX_TITLES) {
			fail(s, ERR_INVALID, "no header so far");
		}
	}
	if (s->failed && err)
		*err = s->err;
	return !s->failed;
}

bool sidelist_end(struct sidelist *s, struct err *err)
{
	if (!s->failed && !s->has_header)
		fail(s, ERR_INVALID,
			s->titles > 0 ? "no header" : "the file is empty");
	if (s->failed && err)
		*err = s->err;
	return !s->failed;
}

struct sidelist *sidelist_new(const struct sidelist_form *form, void *ctx,
	bool (*trouble)(void *ctx, const struct paylist_error *e),
	struct err *err)
{
	struct sidelist *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "list reader");
		return NULL;
	}
	s->form = form;
	s->sink = (struct paylist_sink){.ctx = ctx, .trouble = trouble};
	return s;
}

void sidelist_free(struct sidelist *s)
{
	free(s);
}

void sidelist_date(struct paylist_job *j, struct date *out)
{
	char text[PAYLIST_CODE_SIZE];

	if (paylist_take_text(j, COL_DATE, text, sizeof(text)) && text[0] &&
		!date_parse(text, out))
		paylist_say(j, COL_DATE, TROUBLE_BAD_DATE);
}
