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

/* 0: there is none yet. */
static bool which_shift(struct db *db, int64_t *shift, struct err *err)
{
	struct shift open;

	if (*shift > 0)
		return true;
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

static bool read_page(struct db *db, const struct effect *fx,
	struct unusual_page *page, struct err *err)
{
	struct looking l = {.page = page, .kinds = fx->unusual.kinds};
	struct daylog_range range;
	enum lookup got;

	*page = (struct unusual_page){.shift = fx->unusual.shift,
		.first = fx->unusual.first};
	if (!which_shift(db, &page->shift, err))
		return false;
	if (page->shift == 0)
		return true;
	got = daylog_shift(db, page->shift, &range, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	return exceptions_each(db, &range, EXCEPTION_ALL, count, &l, err) &&
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
