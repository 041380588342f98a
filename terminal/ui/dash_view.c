#include "terminal/ui/dash_view.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/board_text.h"
#include "terminal/ui/bar.h"
#include "terminal/ui/parts.h"

enum {
	WIDE = 70,
	NAME_COLS = 14, /* of a group, at least */
	COUNT_COLS = 9, /* "1234/5678" */
	SHARE_COLS = 7,
	MONEY_COLS = 14,
	SPARKS = 93,    /* days, at most */
	ENDS_COLS = 16, /* of a sparkline: its ends and the blanks around */
	TEXT_SIZE = 256
};

/* Payments of times that follow each other. */
struct spark {
	const char *label;
	int label_cols; /* so that several stand below each other */
	char from[8];
	char to[8];
	int64_t value[SPARKS];
	int count;
};

/* ---- pieces ---------------------------------------------------------------- */

static void bar(struct sheet *s, int row, int col, int cols, int64_t part,
	int64_t of)
{
	const struct bar b = {cols, STYLE_FIGURE, '.'};

	if (!s->spoken)
		bar_draw(&s->lines, row, col, &b, part, of);
}

/* "By hour  7 ..23588. 17": label and both ends stand in columns of sparks. */
static void spark(struct sheet *s, enum rank rank, const struct spark *p)
{
	int at;
	int row;

	if (s->spoken || p->count == 0)
		return;
	row = sheet_line(s, rank);
	at = canvas_text(&s->lines, row, s->margin, STYLE_NORMAL, p->label);
	if (at < s->margin + p->label_cols)
		at = s->margin + p->label_cols;
	if (p->label[0])
		at += 2;
	at = canvas_text(&s->lines, row, at, STYLE_DIM, p->from);
	at = bar_spark(&s->lines, row, at + 1, STYLE_FIGURE, p->value,
		p->count);
	canvas_text(&s->lines, row, at + 1, STYLE_DIM, p->to);
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

/* "Thôn 3  #####....  12/34  5,5%": paid of those who are paid in cash, and
 * how many of all go by account. */
static void sum_row(struct sheet *s, const char *name, enum style style,
	const struct board_sum *sum)
{
	const int row = sheet_line(s, RANK_MUST);
	const int end = s->margin + s->cols;
	const int bar_cols = s->cols >= WIDE ? 24 : s->cols >= 50 ? 14 : 8;
	const int bar_at = end - SHARE_COLS - COUNT_COLS - bar_cols - 1;
	char text[TEXT_SIZE];

	cell(s, row, s->margin, bar_at - s->margin - 1, style, name);
	bar(s, row, bar_at, bar_cols, sum->done, sum->cash);
	snprintf(text, sizeof(text), "%lld/%lld", (long long)sum->done,
		(long long)sum->cash);
	canvas_right(&s->lines, row, end - SHARE_COLS, STYLE_NORMAL, text);
	canvas_right(&s->lines, row, end, STYLE_DIM,
		board_percent(board_share(sum->account, sum->people), text));
}

static void sum_head(struct sheet *s)
{
	const int row = sheet_line(s, RANK_USEFUL);
	const int end = s->margin + s->cols;

	canvas_right(&s->lines, row, end - SHARE_COLS, STYLE_DIM,
		tr("paid/cash"));
	canvas_right(&s->lines, row, end, STYLE_DIM, tr("acct."));
}

/* ---- pages ----------------------------------------------------------------- */

/* A bar of its own for the account, with a mark where the target is. */
static void account(struct sheet *s, const struct dash *d)
{
	const struct board_sum *all = &d->board->all;
	const int cols = s->cols >= WIDE ? 50 : s->cols - 2;
	char share[BOARD_PERCENT_SIZE];
	int row;

	board_percent(board_share(all->account, all->people), share);
	if (d->target > 0)
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("By account: %s, target %d%%"), share, d->target);
	else
		sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("By account: %s"),
			share);
	if (s->spoken)
		return;
	row = sheet_line(s, RANK_USEFUL);
	bar(s, row, s->margin, cols, all->account, all->people);
	if (d->target > 0)
		canvas_text(&s->lines, row,
			s->margin + d->target * (cols - 1) / 100, STYLE_WARNING,
			"│");
}

static void spark_hours(const struct board *b, struct spark *p)
{
	int first;
	int last;

	board_hours(b, &first, &last);
	p->count = last - first + 1;
	for (int i = 0; i < p->count; i++)
		p->value[i] = b->hour[first + i].payments;
	snprintf(p->from, sizeof(p->from), "%02d:00", first);
	snprintf(p->to, sizeof(p->to), "%02d:00", last);
}

static void day_name(int32_t day, char out[8])
{
	snprintf(out, 8, "%02d/%02d", (int)(day % 100), (int)(day / 100 % 100));
}

static int64_t days_of(int32_t day)
{
	struct date d;

	return date_of_number(day, &d) ? date_days(d) : 0;
}

/* Every day from the first on which anybody was paid to the last, or the
 * newest of them, as many as fit. */
static void spark_days(const struct board *b, int most, struct spark *p)
{
	int64_t last;
	int64_t first;

	p->count = 0;
	if (b->days == 0 || most < 1)
		return;
	last = days_of(b->day[b->days - 1].day);
	first = days_of(b->day[0].day);
	if (last - first >= most)
		first = last - most + 1;
	p->count = (int)(last - first) + 1;
	for (int i = 0; i < b->days; i++) {
		const int64_t at = days_of(b->day[i].day) - first;

		if (at >= 0 && at < p->count)
			p->value[at] = b->day[i].time.payments;
	}
	day_name(date_number(date_of_days(first)), p->from);
	day_name(b->day[b->days - 1].day, p->to);
}

static int sparks_most(const struct sheet *s, int label_cols)
{
	const int room = s->cols - label_cols - ENDS_COLS;

	return room < SPARKS ? room : SPARKS;
}

/* Both below the sums. */
static void sparks(struct sheet *s, const struct dash *d)
{
	const bool wide = s->cols >= WIDE;
	const char *const hours = wide ? tr("Payments by hour") : tr("By hour");
	const char *const days = wide ? tr("Payments by day") : tr("Every day");
	struct spark p = {.label = hours, .label_cols = utf8_columns(hours)};

	if (utf8_columns(days) > p.label_cols)
		p.label_cols = utf8_columns(days);
	sheet_space(s);
	spark_hours(d->board, &p);
	spark(s, RANK_NICE, &p);
	memset(p.value, 0, sizeof(p.value));
	p.label = days;
	spark_days(d->board, sparks_most(s, p.label_cols), &p);
	spark(s, RANK_NICE, &p);
}

/* All of a page's times in one line, where there is no room for a row each. */
static void spark_all(struct sheet *s, const struct dash *d, int room)
{
	struct spark p = {.label = ""};

	if (dash_rows(d) <= room - s->lines.rows)
		return;
	if (d->page == DASH_HOURS)
		spark_hours(d->board, &p);
	else
		spark_days(d->board, sparks_most(s, 0), &p);
	spark(s, RANK_USEFUL, &p);
}

static void groups(struct sheet *s, const struct dash *d)
{
	const struct board *b = d->board;

	sum_head(s);
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		sum_row(s, board_group_name((enum group)g), STYLE_NORMAL,
			&b->group[g]);
	if (b->group[GROUP_UNKNOWN].people > 0)
		sum_row(s, board_group_name(GROUP_UNKNOWN), STYLE_NORMAL,
			&b->group[GROUP_UNKNOWN]);
	sum_row(s, tr("All groups"), STYLE_TITLE, &b->all);
	sheet_space(s);
	account(s, d);
	sheet_space(s);
	sheet_money(s, RANK_USEFUL, tr("Paid in cash"),
		b->all.paid + b->all.elsewhere);
	sheet_money(s, RANK_USEFUL, tr("Not paid yet"), b->all.open);
	sheet_money(s, RANK_NICE, tr("Goes by account"), b->all.by_account);
	sparks(s, d);
}

/* Row i of the places: a unit, then its hamlets. */
static void place(struct sheet *s, const struct board *b, int i)
{
	char name[TEXT_SIZE];
	char inside[TEXT_SIZE + 2];
	int h = 0;

	for (int u = 0; u < b->units; u++) {
		if (i-- == 0) {
			sum_row(s,
				board_unit_name(b->unit[u].unit,
					b->unit[u].name, name, sizeof(name)),
				STYLE_TITLE, &b->unit[u].sum);
			return;
		}
		for (; h < b->hamlets &&
			strcmp(b->hamlet[h].unit, b->unit[u].unit) == 0;
			h++) {
			if (i-- != 0)
				continue;
			snprintf(inside, sizeof(inside), " %s",
				b->hamlet[h].hamlet[0]
					? b->hamlet[h].hamlet
					: tr("(hamlet not known)"));
			sum_row(s, inside, STYLE_NORMAL, &b->hamlet[h].sum);
			return;
		}
	}
}

static int64_t most_payments(const struct board *b)
{
	int64_t most = 0;

	for (int h = 0; h < BOARD_HOURS; h++)
		if (b->hour[h].payments > most)
			most = b->hour[h].payments;
	return most;
}

static int64_t most_a_day(const struct board *b)
{
	int64_t most = 0;

	for (int i = 0; i < b->days; i++)
		if (b->day[i].time.payments > most)
			most = b->day[i].time.payments;
	return most;
}

/* "08:00 ######  12   9.000.000": the longest bar is the busiest time. */
static void time_row(struct sheet *s, const char *name,
	const struct board_time *t, int64_t most)
{
	const int row = sheet_line(s, RANK_MUST);
	const int end = s->margin + s->cols;
	const int at = s->margin + 7;
	const struct bar b = {end - MONEY_COLS - 7 - at, STYLE_FIGURE, 0};
	char text[MONEY_TEXT_SIZE];

	canvas_text(&s->lines, row, s->margin, STYLE_NORMAL, name);
	if (!s->spoken)
		bar_draw(&s->lines, row, at, &b, t->payments, most);
	snprintf(text, sizeof(text), "%lld", (long long)t->payments);
	canvas_right(&s->lines, row, end - MONEY_COLS, STYLE_NORMAL, text);
	canvas_right(&s->lines, row, end, STYLE_DIM,
		money_format(t->money, text));
}

static void hour(struct sheet *s, const struct board *b, int i)
{
	char name[16];
	int first;
	int last;

	board_hours(b, &first, &last);
	snprintf(name, sizeof(name), "%02d:00", first + i);
	time_row(s, name, &b->hour[first + i], most_payments(b));
}

/* The newest at the top. */
static void day(struct sheet *s, const struct board *b, int i)
{
	const struct board_day *d = &b->day[b->days - 1 - i];
	char name[8];

	day_name(d->day, name);
	time_row(s, name, &d->time, most_a_day(b));
}

static void drawer(struct sheet *s, const struct board *b, int i)
{
	const struct board_close *c = &b->close[b->closes - 1 - i];
	const int row = sheet_line(s, RANK_MUST);
	const int end = s->margin + s->cols;
	char when[DATE_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	char text[TEXT_SIZE];
	int at;

	snprintf(text, sizeof(text), "%s%s", c->difference > 0 ? "+" : "",
		money_format(c->difference, money));
	canvas_right(&s->lines, row, end,
		c->difference ? STYLE_WARNING : STYLE_DIM, text);
	date_time_vi(c->t, when);
	/* Where there is no room the day alone, without its year. */
	if (s->cols < WIDE)
		when[5] = '\0';
	at = canvas_right(&s->lines, row, end - MONEY_COLS + 2, STYLE_DIM,
		when);
	snprintf(text, sizeof(text), tr("Shift %lld %s"), (long long)c->shift,
		c->actor_name);
	cell(s, row, s->margin, at - 1 - s->margin, STYLE_NORMAL, text);
}

static void terminal(struct sheet *s, const struct board *b, int i)
{
	const struct board_terminal *t = &b->terminal[i];
	const int row = sheet_line(s, RANK_MUST);
	const int end = s->margin + s->cols;
	char dev[7];
	char text[TEXT_SIZE];
	int at;

	snprintf(text, sizeof(text), tr("%lld paid"), (long long)t->paid);
	at = canvas_right(&s->lines, row, end, STYLE_NORMAL, text);
	at = canvas_right(&s->lines, row, at - 2, STYLE_DIM,
		t->t ? board_age(b->at - t->t, text, sizeof(text))
		     : tr("never heard"));
	str_to_hex(t->dev, 3, dev);
	snprintf(text, sizeof(text), "%s%s", dev, t->self ? tr(" (here)") : "");
	cell(s, row, s->margin, at - 1 - s->margin,
		t->self ? STYLE_TITLE : STYLE_NORMAL, text);
}

/* What stands above the rows of a page. */
static void above(struct sheet *s, const struct dash *d, int room)
{
	const struct board *b = d->board;
	char over[MONEY_TEXT_SIZE];
	char missing[MONEY_TEXT_SIZE];

	switch (d->page) {
	case DASH_PLACES:
		sum_head(s);
		break;
	case DASH_DRAWERS:
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("Drawers: %lld closed, over %s, missing %s"),
			(long long)b->closed, money_format(b->over, over),
			money_format(b->missing, missing));
		break;
	case DASH_TERMINALS:
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("Records: %llu made, %llu acknowledged"),
			(unsigned long long)b->made,
			(unsigned long long)b->acked);
		if (b->waiting > 0 && b->oldest > 0)
			sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
				tr("Not sent: %llu, the oldest %s"),
				(unsigned long long)b->waiting,
				board_age(b->at - b->oldest, over,
					sizeof(over)));
		break;
	case DASH_HOURS:
	case DASH_DAYS:
		spark_all(s, d, room);
		break;
	case DASH_GROUPS:
	case DASH_PAGE_COUNT:
		break;
	}
}

static void one_row(struct sheet *s, const struct dash *d, int i)
{
	switch (d->page) {
	case DASH_PLACES:
		place(s, d->board, i);
		break;
	case DASH_HOURS:
		hour(s, d->board, i);
		break;
	case DASH_DAYS:
		day(s, d->board, i);
		break;
	case DASH_DRAWERS:
		drawer(s, d->board, i);
		break;
	case DASH_TERMINALS:
		terminal(s, d->board, i);
		break;
	case DASH_GROUPS:
	case DASH_PAGE_COUNT:
		break;
	}
}

static const char *page_name(enum dash_page page)
{
	static const char *const names[DASH_PAGE_COUNT] = {
		[DASH_GROUPS] = TR("By group"),
		[DASH_PLACES] = TR("By commune and hamlet"),
		[DASH_HOURS] = TR("By hour of the day"),
		[DASH_DAYS] = TR("By day"),
		[DASH_DRAWERS] = TR("Drawers that were counted"),
		[DASH_TERMINALS] = TR("Terminals, and what is not sent"),
	};

	return tr(names[page]);
}

static void head(struct sheet *s, const struct dash *d)
{
	const int row = sheet_line(s, RANK_MUST);
	char period[DATE_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];
	int at;

	date_time_vi(d->board->at, when);
	at = canvas_right(&s->lines, row, s->margin + s->cols, STYLE_DIM,
		d->counting ? "..." : when + 11);
	cell(s, row, s->margin, at - 1 - s->margin, STYLE_TITLE,
		page_name(d->page));
	if (d->page == DASH_GROUPS && d->board->period)
		sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
			tr("List of %s: %lld people"),
			period_vi(d->board->period, period),
			(long long)d->board->all.people);
}

/* As many rows as there is room for, from the first that is asked for. */
static void rows(struct sheet *s, const struct dash *d, int room)
{
	const int all = dash_rows(d);
	const int used = s->lines.rows + 1;
	int shown = room > used ? room - used : 1;

	if (s->spoken)
		shown = 2 * DASH_ROWS;
	if (shown > all - d->first)
		shown = all - d->first;
	for (int i = 0; i < shown; i++)
		one_row(s, d, d->first + i);
	if (all == 0)
		sheet_text(s, RANK_MUST, STYLE_DIM, tr("Nothing yet"));
	else if (shown < all)
		sheet_print(s, RANK_USEFUL, STYLE_DIM,
			tr("Rows %d to %d of %d"), d->first + 1,
			d->first + shown, all);
}

static void shown(struct sheet *s, const struct dash *d, int room)
{
	head(s, d);
	if (d->board->period == 0 &&
		(d->page == DASH_GROUPS || d->page == DASH_PLACES)) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("There is no payment list here yet."));
		return;
	}
	if (d->page == DASH_GROUPS) {
		groups(s, d);
		return;
	}
	above(s, d, room);
	rows(s, d, room);
}

static void counting(struct sheet *s, const struct dash *d)
{
	parts_waiting(s, tr("The list is being counted..."));
	parts_far(s, d->done, d->all);
}

void dash_view(const struct dash *d, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("BOARD"), .notice = &d->notice};
	struct sheet s;

	frame.binding = dash_bindings(d->step, &frame.bindings);
	sheet_init(&s, c);
	switch (d->step) {
	case DASH_COUNTING:
		counting(&s, d);
		break;
	case DASH_SHOWN:
		shown(&s, d, frame_body_rows(c, info, &frame));
		break;
	case DASH_MONTH:
		sheet_space(&s);
		sheet_text(&s, RANK_MUST, STYLE_TITLE,
			tr("Of which month? Type month and year."));
		sheet_field(&s, tr("Month"), d->month.text, 7, true);
		break;
	case DASH_FAILED:
	case DASH_STEP_COUNT:
		sheet_space(&s);
		sheet_text(&s, RANK_MUST, STYLE_TITLE,
			tr("The list could not be counted."));
		parts_choices(&s, frame.binding, frame.bindings);
		frame.choices_in_body = true;
		break;
	}
	frame_show(c, info, &frame, &s);
}
