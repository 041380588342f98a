#include "terminal/ui/rolls_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "db/list_look.h"
#include "terminal/flows/list_text.h"
#include "terminal/flows/team.h"
#include "terminal/ui/parts.h"

enum {
	TEXT_SIZE = 256,
	COUNT_COLS = 10, /* "1234/5678" */
	MONEY_COLS = 15,
	WIDE = 50
};

/* Text of a column, cut at its end. */
static void cell(struct sheet *s, int row, int col, int cols, enum style style,
	const char *text)
{
	const struct canvas_area area = {row, col, 1, cols};

	canvas_clip(&s->lines, &area);
	canvas_text(&s->lines, row, col, style, text);
	canvas_clip(&s->lines, NULL);
}

static int end_of(const struct sheet *s)
{
	return s->margin + s->cols;
}

/* ---- all of them ------------------------------------------------------------ */

/* "[CORRECTED] by list 3", "corrects list 1"; "". */
static const char *standing(const struct list_here *l, char out[TEXT_SIZE])
{
	out[0] = '\0';
	if (l->replaced_by)
		snprintf(out, TEXT_SIZE, tr("[CORRECTED by list %lld]"),
			(long long)l->replaced_by);
	else if (l->replaces)
		snprintf(out, TEXT_SIZE, tr("[CORRECTS list %lld]"),
			(long long)l->replaces);
	return out;
}

/* "1  List 3, period 12/2026            142/200", and its money below. */
static void list_row(struct sheet *s, int digit, const struct list_here *l)
{
	char period[DATE_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char cash[MONEY_TEXT_SIZE];
	char state[TEXT_SIZE];
	char text[TEXT_SIZE];
	int row = sheet_line(s, RANK_MUST);
	int at;

	snprintf(text, sizeof(text), "%lld/%lld", (long long)l->people_paid,
		(long long)l->people);
	at = l->replaced_by ? end_of(s)
			    : canvas_right(&s->lines, row, end_of(s),
				      STYLE_TITLE, text);
	snprintf(text, sizeof(text), tr("%d  List %lld, period %s"), digit,
		(long long)l->id, period_vi(l->period, period));
	cell(s, row, s->margin, at - 1 - s->margin, STYLE_NORMAL, text);
	snprintf(text, sizeof(text), tr("   %s of %s đồng"),
		money_format(l->paid + l->elsewhere, paid),
		money_format(l->cash, cash));
	if (!l->replaced_by)
		sheet_text(s, RANK_USEFUL, STYLE_DIM, text);
	if (standing(l, state)[0])
		sheet_print(s, RANK_USEFUL, STYLE_DIM, "   %s", state);
}

static void shelf(struct sheet *s, const struct rolls *r)
{
	const struct list_shelf *all = r->shelf;
	int row;

	if (!all || all->count == 0) {
		sheet_space(s);
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("There is no payment list here yet."));
		return;
	}
	row = sheet_line(s, RANK_USEFUL);
	canvas_text(&s->lines, row, s->margin, STYLE_DIM,
		tr("Newest period first"));
	canvas_right(&s->lines, row, end_of(s), STYLE_DIM, tr("paid/people"));
	for (int i = 0; i < ROLLS_PAGE && r->first + i < all->count; i++)
		list_row(s, i + 1, &all->list[r->first + i].is);
	if (r->first + ROLLS_PAGE < all->count)
		sheet_print(s, RANK_NICE, STYLE_DIM, tr("%d more: key ."),
			all->count - r->first - ROLLS_PAGE);
}

/* ---- one -------------------------------------------------------------------- */

static void taken(struct sheet *s, const struct list_taken *t)
{
	char when[DATE_TEXT_SIZE];
	char text[TEXT_SIZE];

	snprintf(text, sizeof(text),
		t->actor_name[0] ? tr("%s, %s (%lld)") : tr("%s, set-up"),
		date_time_vi(t->is.imported_at, when), t->actor_name,
		(long long)t->actor);
	parts_fact(s, RANK_USEFUL, tr("Taken"), text);
}

static void sums(struct sheet *s, const struct list_here *l)
{
	char money[MONEY_TEXT_SIZE];
	char text[TEXT_SIZE];

	snprintf(text, sizeof(text), tr("%lld rows, %s đồng"),
		(long long)l->rows, money_format(l->sum, money));
	parts_fact(s, RANK_USEFUL, tr("In the file"), text);
	if (l->replaced_by) {
		sheet_space(s);
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("What was paid and what is due is counted in list "
			   "%lld."),
			(long long)l->replaced_by);
		return;
	}
	snprintf(text, sizeof(text), tr("%lld of %lld people"),
		(long long)l->people_paid, (long long)l->people);
	parts_fact(s, RANK_MUST, tr("Paid in cash"), text);
	snprintf(text, sizeof(text), tr("%s đồng"),
		money_format(l->paid + l->elsewhere, money));
	parts_fact(s, RANK_NICE, tr("Money paid"), text);
	snprintf(text, sizeof(text), tr("%lld people, %s đồng"),
		(long long)(l->people - l->people_paid),
		money_format(l->cash - l->paid - l->elsewhere, money));
	parts_fact(s, RANK_MUST, tr("Still to be paid"), text);
	if (l->by_account) {
		snprintf(text, sizeof(text), tr("%s đồng"),
			money_format(l->by_account, money));
		parts_fact(s, RANK_NICE, tr("Goes by account"), text);
	}
}

static const char *hamlet_name(const struct list_hamlet *h)
{
	return h->hamlet[0] ? h->hamlet : tr("(hamlet not known)");
}

/* Where there is room, whose its people are. */
static const char *hamlet_text(const struct sheet *s,
	const struct list_hamlet *h, char out[TEXT_SIZE])
{
	snprintf(out, TEXT_SIZE,
		s->cols < WIDE || h->assigned == 0 ? "%s" : "%s  (%s)",
		hamlet_name(h), h->user ? h->user_name : tr("several"));
	return out;
}

/* "Thon 3 ................ 12/34   45.000.000": paid, and what is left. */
static void hamlet_row(struct sheet *s, const struct list_hamlet *h)
{
	const int row = sheet_line(s, RANK_MUST);
	const int end = end_of(s);
	char money[MONEY_TEXT_SIZE];
	char text[TEXT_SIZE];

	cell(s, row, s->margin, end - MONEY_COLS - COUNT_COLS - 1 - s->margin,
		STYLE_NORMAL, hamlet_text(s, h, text));
	snprintf(text, sizeof(text), "%lld/%lld", (long long)h->done,
		(long long)h->cash_people);
	canvas_right(&s->lines, row, end - MONEY_COLS, STYLE_NORMAL, text);
	canvas_right(&s->lines, row, end, STYLE_NORMAL,
		money_format(h->cash - h->paid, money));
}

static void hamlets(struct sheet *s, const struct rolls *r, int room)
{
	const struct list_look *l = r->look;
	const int end = end_of(s);
	const int row = sheet_line(s, RANK_MUST);
	char text[TEXT_SIZE];
	int left = room - s->lines.rows;

	if (left < ROLLS_ROWS)
		left = ROLLS_ROWS;
	snprintf(text, sizeof(text), tr("Hamlet (%d)"), l->hamlets);
	cell(s, row, s->margin, end - MONEY_COLS - COUNT_COLS - 1 - s->margin,
		STYLE_DIM, text);
	canvas_right(&s->lines, row, end - MONEY_COLS, STYLE_DIM, tr("paid"));
	canvas_right(&s->lines, row, end, STYLE_DIM, tr("left, đồng"));
	for (int i = r->row; i < l->hamlets && left-- > 0; i++)
		hamlet_row(s, &l->hamlet[i]);
}

static void title(struct sheet *s, const struct list_here *l)
{
	char period[DATE_TEXT_SIZE];
	char state[TEXT_SIZE];

	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("List %lld, period %s"),
		(long long)l->id, period_vi(l->period, period));
	if (standing(l, state)[0])
		sheet_text(s, RANK_USEFUL,
			l->replaced_by ? STYLE_WARNING : STYLE_NORMAL, state);
}

static void one(struct sheet *s, const struct rolls *r, int room)
{
	title(s, &r->look->list.is);
	taken(s, &r->look->list);
	sums(s, &r->look->list.is);
	if (!r->look->list.is.replaced_by)
		hamlets(s, r, room);
}

/* ---- whose they are ---------------------------------------------------------- */

/* "1  Thon 3: 28 people", and below it whose. */
static void which(struct sheet *s, const struct rolls *r)
{
	char text[TEXT_SIZE];

	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Whose people are they to be? Choose a hamlet."));
	for (int i = 0; i < rolls_choices(r); i++) {
		const struct list_hamlet *h = &r->look->hamlet[r->row + i];

		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("%d  %s: %lld people"), i + 1, hamlet_name(h),
			(long long)h->people);
		if (h->assigned == 0)
			continue;
		snprintf(text, sizeof(text), tr("   %lld are assigned: %s"),
			(long long)h->assigned,
			h->user ? h->user_name : tr("several"));
		sheet_text(s, RANK_USEFUL, STYLE_DIM, text);
	}
}

static void numbers(struct sheet *s, const struct rolls *r)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Assign people by their numbers on the list"));
	if (r->step == ROLLS_UNTIL)
		sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("From number %lld"),
			(long long)r->give.first);
	sheet_field(s,
		r->step == ROLLS_UNTIL ? tr("To number") : tr("From which"),
		r->typed.text, 7, true);
}

static void users(struct sheet *s, const struct rolls *r)
{
	if (r->give.by_range)
		sheet_print(s, RANK_MUST, STYLE_TITLE,
			tr("To whom: numbers %lld to %lld?"),
			(long long)r->give.first, (long long)r->give.last);
	else
		sheet_print(s, RANK_MUST, STYLE_TITLE, tr("To whom: %s?"),
			hamlet_name(&r->look->hamlet[r->give.hamlet]));
	for (int i = 0; i < r->give.users; i++) {
		const struct user *u = &r->give.user[i];

		sheet_print(s, RANK_MUST, u->revoked ? STYLE_DIM : STYLE_NORMAL,
			"%d  %s, %s%s", i + 1, u->name, team_role_text(u->role),
			u->revoked ? tr(" [REVOKED]") : "");
	}
}

/* ---- what it corrected ------------------------------------------------------- */

static void fix_row(struct sheet *s, const struct list_fixed *f)
{
	char was[MONEY_TEXT_SIZE];
	char now[MONEY_TEXT_SIZE];

	sheet_print(s, RANK_MUST, STYLE_NORMAL, "%s: %s",
		list_fix_text(f->kind), f->name);
	sheet_print(s, RANK_MUST, STYLE_DIM, "   %s %s -> %s%s",
		list_what_text(f->what), money_format(f->was, was),
		money_format(f->now, now),
		f->by_account ? tr(" to the account") : "");
	if (f->kept)
		sheet_print(s, RANK_NICE, STYLE_DIM, "   (%s)",
			list_kept_text(f->kept));
}

static void fixes(struct sheet *s, const struct rolls *r, int room)
{
	const struct list_look *l = r->look;
	char more[MONEY_TEXT_SIZE];
	char less[MONEY_TEXT_SIZE];

	title(s, &l->list.is);
	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("New %lld, gone %lld, changed %lld, kept %lld people"),
		(long long)l->fixed[LIST_ADDED], (long long)l->fixed[LIST_GONE],
		(long long)l->fixed[LIST_CHANGED],
		(long long)l->fixed[LIST_KEPT]);
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Due: %s đồng more, %s đồng less"),
		money_format(l->more, more), money_format(l->less, less));
	for (int i = r->row; i < l->kept && sheet_must(s) + 2 <= room; i++)
		fix_row(s, &l->fix[i]);
}

/* ---- the screen -------------------------------------------------------------- */

static void waiting(struct sheet *s, const struct rolls *r, const char *text)
{
	parts_waiting(s, text);
	parts_far(s, r->done, r->all);
}

void rolls_view(const struct rolls *r, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("PAYMENT LISTS"),
		.notice = &r->notice};
	struct sheet s;

	frame.binding = rolls_bindings(r, &frame.bindings);
	sheet_init(&s, c);
	switch (r->step) {
	case ROLLS_COUNTING:
		waiting(&s, r, tr("The lists are being counted..."));
		break;
	case ROLLS_ALL:
		shelf(&s, r);
		break;
	case ROLLS_LOOKING:
		waiting(&s, r, tr("The list is being looked through..."));
		break;
	case ROLLS_ONE:
		one(&s, r, frame_body_rows(c, info, &frame));
		break;
	case ROLLS_FIXES:
		fixes(&s, r, frame_body_rows(c, info, &frame));
		break;
	case ROLLS_WHICH:
		which(&s, r);
		break;
	case ROLLS_FROM:
	case ROLLS_UNTIL:
		numbers(&s, r);
		break;
	case ROLLS_USERS:
		users(&s, r);
		break;
	case ROLLS_ASKING:
	case ROLLS_GIVING:
		parts_waiting(&s, tr("The book is being asked"));
		break;
	case ROLLS_FAILED:
		parts_waiting(&s, tr("The lists could not be counted."));
		break;
	case ROLLS_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
