#include "terminal/ui/arrivals_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/list_text.h"
#include "terminal/flows/roster_text.h"
#include "terminal/ui/parts.h"

enum {
	LINE_SIZE = 400
};

static void number(struct sheet *s, enum rank rank, const char *label,
	int64_t n)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	sheet_pair(s, rank, label, STYLE_NORMAL, text);
}

/* "PAYMENT LIST, number 3", and how many come behind it. */
static void heading(struct sheet *s, const struct arrivals_told *t)
{
	char line[LINE_SIZE];
	char when[DATE_TEXT_SIZE];

	snprintf(line, sizeof(line), tr("Number %lld: %s"),
		(long long)t->row.version, arrivals_kind(t->row.kind));
	sheet_text(s, RANK_MUST, STYLE_TITLE, line);
	parts_fact(s, RANK_NICE, tr("Made at the centre"),
		date_time_vi((int64_t)t->row.made, when));
}

static void others(struct sheet *s, const struct arrivals_told *t, int but)
{
	char line[LINE_SIZE];

	snprintf(line, sizeof(line), tr("Lists that wait behind this one: %d"),
		t->waiting - but);
	if (t->waiting > but)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, line);
}

/* What is on it, as far as it can be counted without showing people. */
static void figures(struct sheet *s, enum rank rank,
	const struct arrivals_told *t)
{
	char when[DATE_TEXT_SIZE];

	sheet_pair_room(s, tr("New on this terminal"), "000.000.000.000");
	if (t->period > 0)
		sheet_pair(s, rank, tr("Month"), STYLE_NORMAL,
			period_vi(t->period, when));
	number(s, rank, tr("Rows"), t->row.rows);
	number(s, rank, tr("New on this terminal"), t->fresh);
	number(s, RANK_USEFUL, tr("Here already"), t->same);
	if (t->row.kind == PARCEL_USERS)
		number(s, RANK_USEFUL, tr("Last day becomes later"),
			t->users.later);
	if (t->row.kind == PARCEL_LIST)
		sheet_money(s, RANK_MUST, tr("In all"), t->sum);
}

static void shown(struct sheet *s, const struct arrivals_told *t)
{
	sheet_space(s);
	heading(s, t);
	sheet_space(s);
	figures(s, RANK_MUST, t);
	sheet_space(s);
	if (t->again)
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("This very list is here already: taking it changes"
			   " nothing."));
	if (t->row.kind == PARCEL_USERS && t->fresh > 0)
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("Have pen and paper ready: each new user gets a"
			   " first PIN, shown this once."));
	others(s, t, 1);
}

/* Whoever stands by must not see the next page by a slip: it is ENTER alone
 * that goes on. */
static void pins(struct sheet *s, const struct arrivals_told *t)
{
	const struct arrivals_users *u = &t->users;
	char line[LINE_SIZE];

	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("Write these PINs down now: they are shown this once."));
	sheet_space(s);
	for (int i = 0; i < u->pins; i++) {
		snprintf(line, sizeof(line), tr("PIN %s: %lld %s"),
			u->pin[i].pin, (long long)u->pin[i].number,
			u->pin[i].name);
		/* A name too long is cut: no PIN may be pushed off. */
		canvas_text(&s->lines, sheet_line(s, RANK_MUST), s->margin,
			STYLE_TITLE, line);
	}
	sheet_space(s);
	snprintf(line, sizeof(line), tr("New users still to come: %d"),
		u->left);
	if (u->left > 0)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, line);
}

static void trouble_of_user(struct sheet *s, const struct arrivals_users *u,
	int i)
{
	const char *text =
		roster_trouble_text(u->trouble[i].trouble, u->trouble[i].fate);
	char line[LINE_SIZE];

	snprintf(line, sizeof(line), tr("Row %lld of the table: %s"),
		(long long)u->trouble[i].row, text ? text : "");
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, line);
}

static void trouble(struct sheet *s, const struct paylist_error *e)
{
	char line[LINE_SIZE];

	snprintf(line, sizeof(line), tr("Row %lld, column %s: %s"),
		(long long)e->row, paylist_column_name(e->column),
		list_trouble_text(e->trouble));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, line);
}

static void bad(struct sheet *s, const struct arrivals_told *t)
{
	char line[LINE_SIZE];

	sheet_space(s);
	heading(s, t);
	sheet_space(s);
	snprintf(line, sizeof(line),
		tr("It has %lld errors and cannot be taken. Tell the centre:"
		   " it has to send another one."),
		(long long)t->row.errors);
	sheet_sign(s, RANK_MUST, SIGN_WARNING, line);
	sheet_space(s);
	for (int i = 0; i < t->troubles; i++)
		trouble(s, &t->trouble[i]);
	for (int i = 0; i < t->users.wrong; i++)
		trouble_of_user(s, &t->users, i);
	others(s, t, 1);
}

static void taken(struct sheet *s, const struct arrivals_told *t)
{
	sheet_space(s);
	heading(s, t);
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_NOTE, tr("The list is taken."));
	sheet_space(s);
	figures(s, RANK_USEFUL, t);
	sheet_space(s);
	others(s, t, 0);
}

static void put_aside(struct sheet *s, const struct arrivals_told *t)
{
	sheet_space(s);
	heading(s, t);
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("It was put aside: nothing of it is here. Tell the centre"
		   " which number it was."));
	sheet_space(s);
	others(s, t, 0);
}

static void body(struct sheet *s, const struct arrivals *a)
{
	switch (a->step) {
	case ARRIVALS_LOOKING:
		parts_waiting(s, tr("The list is being looked at"));
		return;
	case ARRIVALS_TAKING:
		parts_waiting(s, tr("The list is being taken"));
		return;
	case ARRIVALS_SHOWN:
		shown(s, &a->told);
		return;
	case ARRIVALS_BAD:
		bad(s, &a->told);
		return;
	case ARRIVALS_PINS:
		pins(s, &a->told);
		return;
	case ARRIVALS_TAKEN:
		taken(s, &a->told);
		return;
	case ARRIVALS_REFUSED:
		put_aside(s, &a->told);
		return;
	case ARRIVALS_NONE:
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Nothing waits: every list that the centre sent has"
			   " been taken."));
		return;
	case ARRIVALS_FAILED:
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("The list still waits, as it came."));
		return;
	case ARRIVALS_STEP_COUNT:
		return;
	}
}

void arrivals_view(const struct arrivals *a, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("LIST FROM THE CENTRE"),
		.notice = &a->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = arrivals_bindings(a, &frame.bindings);
	body(&s, a);
	frame_show(c, info, &frame, &s);
}
