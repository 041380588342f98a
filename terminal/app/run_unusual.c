#include "terminal/app/run_unusual.h"

/*
 * A page is read in two looks at the records of one shift, some thousand at
 * most: 10 us each, and 0.1 ms for what is found among them.
 */
struct looking {
	struct unusual_page *page;
	unsigned kinds;
	int64_t met; /* of those kinds, in the order of the book */
};

static bool count(void *ctx, const struct exception *e)
{
	struct looking *l = ctx;

	l->page->present |= EXCEPTION_BIT(e->kind);
	l->page->total += (l->kinds & EXCEPTION_BIT(e->kind)) != 0;
	return true;
}

/* The newest is the first row. */
static bool keep(void *ctx, const struct exception *e)
{
	struct looking *l = ctx;
	const int64_t newer = l->page->total - ++l->met;
	const int64_t row = newer - l->page->first;

	if (row >= 0 && row < FLOW_UNUSUAL_ROWS) {
		l->page->row[row] = *e;
		if (row >= l->page->rows)
			l->page->rows = (int)row + 1;
	}
	return true;
}

/* *shift as it was asked for; 0 afterwards: before the first. */
static bool which_shift(struct db *db, int64_t *shift, struct err *err)
{
	struct shift open;

	if (*shift == FLOW_BEFORE_SHIFTS)
		*shift = 0;
	else if (*shift == 0)
		switch (shifts_current(db, &open, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			return shifts_last_closed(db, shift, err);
		case LOOKUP_FOUND:
			*shift = open.number;
			break;
		}
	return true;
}

/* From its first record to the last before the next one. */
static bool records_of(struct db *db, int64_t shift, struct daylog_range *out,
	struct err *err)
{
	struct daylog_range next;
	struct journal_head head;
	enum lookup got = LOOKUP_FOUND;

	*out = (struct daylog_range){.first = 1};
	if (shift > 0)
		got = daylog_shift(db, shift, out, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	got = daylog_shift(db, shift + 1, &next, err);
	if (got == LOOKUP_FAILED || !journal_head(db, &head, err))
		return false;
	out->last = got == LOOKUP_FOUND ? next.first - 1 : head.last_seq;
	return true;
}

static bool read_page(struct db *db, const struct effect *fx,
	struct unusual_page *page, struct err *err)
{
	struct looking l = {.page = page, .kinds = fx->unusual.kinds};
	struct daylog_range range;

	*page = (struct unusual_page){.shift = fx->unusual.shift,
		.first = fx->unusual.first};
	return which_shift(db, &page->shift, err) &&
	       records_of(db, page->shift, &range, err) &&
	       exceptions_each(db, &range, EXCEPTION_ALL, count, &l, err) &&
	       exceptions_each(db, &range, l.kinds, keep, &l, err);
}

bool run_unusual(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct err err = {0};

	if (fx->kind != FX_EXCEPTIONS)
		return false;
	answer->kind = EV_EXCEPTIONS;
	/* Page and error lie in one place of the event. */
	if (!read_page(p->db, fx, &answer->unusual, &err)) {
		answer->kind = EV_FAILED;
		answer->err = err;
	}
	return true;
}
