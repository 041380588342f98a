#include "terminal/ui/visits_view.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/visit.h"
#include "terminal/ui/bar.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	QUERY_COLS = 30,
	NAME_AT = 2,      /* behind the digit and the mark of the row */
	COUNT_COLS = 8,   /* "120/345" */
	CHROME_ROWS = 12, /* header, footer, headlines: for two-line rows */
	WIDE = 70
};

static void bar(struct sheet *s, int row, int col, int cols, int64_t done,
	int64_t all)
{
	const struct bar b = {cols, STYLE_FIGURE, '.'};

	if (!s->spoken)
		bar_draw(&s->lines, row, col, &b, done, all);
}

/* Text of a column, cut at its end. */
static void cell(struct sheet *s, int row, int col, int cols, enum style style,
	const char *text)
{
	const struct canvas_area area = {row, col, 1, cols};

	canvas_clip(&s->lines, &area);
	canvas_text(&s->lines, row, col, style, text);
	canvas_clip(&s->lines, NULL);
}

/* How far the day is. */
static void today(struct sheet *s, const struct visits_page *p)
{
	const struct round_today *t = &p->today;
	const int row = sheet_line(s, RANK_USEFUL);
	int col = canvas_print(&s->lines, row, s->margin, STYLE_NORMAL,
		tr("Today %lld of %lld visits"), (long long)t->visits,
		(long long)t->target);

	if (col + 12 <= s->margin + s->cols)
		bar(s, row, col + 1, 10, t->visits, t->target);
	if (t->planned > 0 || p->drafts > 0)
		sheet_print(s, RANK_NICE, STYLE_NORMAL,
			tr("Still in the plan: %lld, unfinished: %d"),
			(long long)t->planned, p->drafts);
}

/* ---- rows ------------------------------------------------------------------ */

static enum style begin_row(struct sheet *s, int row, int digit, bool chosen)
{
	canvas_print(&s->lines, row, s->margin, STYLE_KEY, "%d", digit);
	if (!chosen)
		return STYLE_NORMAL;
	canvas_text(&s->lines, row, s->margin + 1, STYLE_KEY, "→");
	canvas_cursor(&s->lines, row, s->margin, false);
	return STYLE_FIELD;
}

static void hamlet_row(struct sheet *s, const struct round_hamlet *h, int digit,
	bool chosen)
{
	const int row = sheet_line(s, RANK_MUST);
	const int64_t all = h->count.people - h->count.converted;
	const int count_end = s->cols >= WIDE ? s->cols - 26 : s->cols;
	const int bar_cols = s->cols >= WIDE ? 20 : s->cols >= 50 ? 14 : 9;
	const int bar_at = s->margin + count_end - COUNT_COLS - bar_cols - 1;
	const enum style style = begin_row(s, row, digit, chosen);
	char text[ROUND_HAMLET_SIZE + 8];

	snprintf(text, sizeof(text), "%s%s", h->mine > 0 ? "● " : "",
		h->name[0] ? h->name : tr("(no hamlet)"));
	cell(s, row, s->margin + NAME_AT, bar_at - s->margin - NAME_AT - 1,
		style, text);
	bar(s, row, bar_at, bar_cols, h->count.done, all);
	snprintf(text, sizeof(text), "%lld/%lld", (long long)h->count.done,
		(long long)all);
	canvas_right(&s->lines, row, s->margin + count_end, STYLE_NORMAL, text);
	if (s->cols < WIDE)
		return;
	snprintf(text, sizeof(text), tr("agreed %lld, due %lld"),
		(long long)h->count.group[VISIT_GROUP_AGREED],
		(long long)h->count.due);
	canvas_right(&s->lines, row, s->margin + s->cols, STYLE_DIM, text);
}

/* What came of it so far, and when again. */
static void say_state(const struct round_person *p, char out[96])
{
	if (p->converted)
		snprintf(out, 96, "[%s]", tr("BY ACCOUNT"));
	else if (p->draft)
		snprintf(out, 96, "[%s]", tr("UNFINISHED"));
	else if (p->result == VISIT_NONE)
		snprintf(out, 96, "%s", tr("not visited"));
	else if (p->next.year != 0)
		snprintf(out, 96, tr("%s, again %d/%d"),
			visit_result_word(p->result), p->next.day,
			p->next.month);
	else
		snprintf(out, 96, "%s", visit_result_word(p->result));
}

/* Who must be seen today stands out. */
static enum style state_style(const struct round_person *p)
{
	return p->draft || p->due ? STYLE_WARNING
	       : p->done          ? STYLE_DIM
				  : STYLE_NORMAL;
}

static void person_row(struct sheet *s, const struct round_person *p, int digit,
	bool chosen, bool two)
{
	const int row = sheet_line(s, RANK_MUST);
	const enum style style = begin_row(s, row, digit, chosen);
	char state[96];
	int below = row;
	int end;

	say_state(p, state);
	if (two) {
		below = sheet_line(s, RANK_MUST);
		cell(s, row, s->margin + NAME_AT, s->cols - NAME_AT, style,
			p->name);
	}
	end = canvas_right(&s->lines, below, s->margin + s->cols,
		state_style(p), state);
	if (p->planned)
		end = canvas_right(&s->lines, below, end - 1, STYLE_NOTE, "●");
	if (two)
		cell(s, below, s->margin + NAME_AT,
			end - 1 - s->margin - NAME_AT, STYLE_DIM, p->address);
	else
		cell(s, row, s->margin + NAME_AT, end - 1 - s->margin - NAME_AT,
			style, p->name);
}

/* ---- bodies ------------------------------------------------------------------ */

static void body_hamlets(struct sheet *s, const struct visits *v)
{
	const struct round_counts *all = &v->page.counts;

	today(s, &v->page);
	sheet_print(s, RANK_NICE, STYLE_NORMAL,
		tr("Done %lld of %lld people, %lld are due"),
		(long long)all->done, (long long)(all->people - all->converted),
		(long long)all->due);
	sheet_space(s);
	if (v->page.rows == 0)
		sheet_text(s, RANK_MUST, STYLE_TITLE,
			tr("Nobody is on the lists of this terminal"));
	for (int i = 0; i < v->page.rows; i++)
		hamlet_row(s, &v->page.hamlet[i], i + 1, i == v->cursor);
	/* His own come first. */
	if (v->page.rows > 0 && v->page.hamlet[0].mine > 0)
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("has people who are assigned to me"));
}

static const char *filter_text(const struct round_filter *f)
{
	switch (f->which) {
	case ROUND_UNDONE:
		return tr("Not visited yet");
	case ROUND_DUE:
		return tr("Their day has come");
	case ROUND_ALL:
	case ROUND_DONE:
		break;
	}
	for (int g = VISIT_GROUP_AGREED; g < VISIT_GROUPS; g++)
		if (f->groups & (1U << g))
			switch (g) {
			case VISIT_GROUP_AGREED:
				return tr("Agreed, or has an account");
			case VISIT_GROUP_THINKS:
				return tr("Want to think about it");
			case VISIT_GROUP_REFUSES:
				return tr("Refused");
			case VISIT_GROUP_CANNOT:
				return tr("Cannot open an account");
			case VISIT_GROUP_ABSENT:
				return tr("Nobody at home");
			case VISIT_GROUP_MOVED:
				return tr("Moved or died");
			default:
				break;
			}
	return tr("Everybody");
}

static void headline(struct sheet *s, const struct visits *v)
{
	const struct visits_ask *ask = &v->ask;

	switch (ask->scope) {
	case VISITS_OF_PLAN:
		sheet_text(s, RANK_USEFUL, STYLE_TITLE, tr("Plan of today"));
		break;
	case VISITS_OF_DRAFTS:
		sheet_text(s, RANK_USEFUL, STYLE_TITLE,
			tr("My unfinished visits"));
		break;
	case VISITS_OF_PEOPLE:
		if (ask->query[0])
			sheet_print(s, RANK_USEFUL, STYLE_TITLE,
				tr("Found: %s"), ask->query);
		else
			sheet_print(s, RANK_USEFUL, STYLE_TITLE, "%s: %s",
				!ask->filter.in_hamlet  ? tr("All hamlets")
				: ask->filter.hamlet[0] ? ask->filter.hamlet
							: tr("(no hamlet)"),
				filter_text(&ask->filter));
		break;
	case VISITS_OF_HAMLETS:
		break;
	}
}

static void say_empty(struct sheet *s, const struct visits *v)
{
	sheet_space(s);
	if (v->ask.scope != VISITS_OF_PLAN) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL, tr("Nobody"));
		return;
	}
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Nobody is in it yet. ENTER fills it: first those whose day "
		   "has come, then the next undone ones. Or choose somebody in "
		   "the list and press 4."));
}

static void body_people(struct sheet *s, const struct visits *v,
	const struct canvas *c)
{
	const bool two = layout_width(c) != LAYOUT_WIDE &&
			 2 * v->page.rows + CHROME_ROWS <= c->rows;

	headline(s, v);
	if (!s->tight)
		today(s, &v->page);
	sheet_space(s);
	if (v->page.rows == 0)
		say_empty(s, v);
	for (int i = 0; i < v->page.rows; i++)
		person_row(s, &v->page.person[i], i + 1, i == v->cursor, two);
}

/* Whose visit was broken off, and when. */
static void unfinished(struct sheet *s, const struct visits *v)
{
	const struct round_person *p = &v->page.person[v->cursor];
	char at[DATE_TEXT_SIZE];

	parts_name(s, p->name);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, p->address);
	parts_fact(s, RANK_USEFUL, tr("Typed last"),
		date_time_vi(v->page.changed[v->cursor], at));
	sheet_space(s);
}

static void body_offer(struct sheet *s, const struct visits *v,
	const struct frame *f)
{
	sheet_print(s, RANK_MUST, STYLE_WARNING,
		tr("Unfinished visits: %d. The newest ones first:"),
		v->page.drafts);
	sheet_space(s);
	unfinished(s, v);
	parts_choices(s, f->binding, f->bindings);
}

static void body_drop(struct sheet *s, const struct visits *v)
{
	parts_banner(s, tr("THROW AWAY WHAT WAS TYPED?"));
	unfinished(s, v);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("What was recorded stays in the book: a consent, an "
		   "account."));
}

static void body_type(struct sheet *s, const struct visits *v)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("Whom do you look for?"));
	sheet_space(s);
	parts_typed(s, "", &v->query, QUERY_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Four or more last digits of the ID number"));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Name without marks: nguyen thi dep"));
}

static void body(struct sheet *s, const struct visits *v, const struct frame *f,
	const struct canvas *c)
{
	switch (v->step) {
	case VISITS_OFFER:
		body_offer(s, v, f);
		break;
	case VISITS_DROP:
		body_drop(s, v);
		break;
	case VISITS_HAMLETS:
		body_hamlets(s, v);
		break;
	case VISITS_PEOPLE:
	case VISITS_PLAN:
	case VISITS_NO_PLAN:
		body_people(s, v, c);
		break;
	case VISITS_TYPE:
		body_type(s, v);
		break;
	case VISITS_FILTER:
		sheet_text(s, RANK_USEFUL, STYLE_TITLE,
			tr("Whom do you want to see?"));
		sheet_space(s);
		parts_choices(s, f->binding, f->bindings);
		break;
	case VISITS_LOADING:
	case VISITS_STEP_COUNT:
		parts_waiting(s, tr("Looking into the list..."));
		break;
	}
}

void visits_view(const struct visits *visits, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("VISITS"),
		.notice = &visits->notice,
		.choices_in_body = visits->step == VISITS_OFFER ||
				   visits->step == VISITS_FILTER};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = visits_bindings(visits->step, &frame.bindings);
	body(&s, visits, &frame, c);
	frame_show(c, info, &frame, &s);
}
