#include "terminal/ui/unusual_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/exception_text.h"
#include "terminal/ui/parts.h"

enum {
	LINE_SIZE = 400,
	WIDE = 60 /* columns for a name and why beside it */
};

/* "10:42": all of a list are of one shift. */
static const char *hour_of(int64_t t, char out[8])
{
	const struct daytime at = date_of_ms(t);

	snprintf(out, 8, "%02d:%02d", at.hour % 100, at.minute % 100);
	return out;
}

static void row(struct sheet *s, int number, const struct exception *e)
{
	char why[EXCEPTION_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	char hour[8];

	sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d  %s  %s%s%s", number,
		hour_of(e->t, hour), exception_title(e->kind),
		e->has_amount ? "  " : "",
		e->has_amount ? money_format(e->amount, money) : "");
	exception_why(e, why);
	if (s->cols < WIDE && e->name[0])
		why[0] = '\0';
	if (e->name[0] || why[0])
		sheet_print(s, RANK_NICE, STYLE_NORMAL, "   %s%s%s", e->name,
			e->name[0] && why[0] ? ": " : "", why);
}

/* "Shift 12: 1 to 6 of 23". */
static void say_which(const struct unusual_page *p, char *out, size_t size)
{
	if (p->shift == 0 && p->rows == 0)
		str_copy(out, size,
			tr("Before the first shift: nothing but plain cases"));
	else if (p->shift == 0)
		snprintf(out, size,
			tr("Before the first shift: %lld to %lld of %lld"),
			(long long)p->first + 1, (long long)p->first + p->rows,
			(long long)p->total);
	else if (p->rows > 0)
		snprintf(out, size,
			tr("Shift %lld: %lld to %lld of "
			   "%lld"),
			(long long)p->shift, (long long)p->first + 1,
			(long long)p->first + p->rows, (long long)p->total);
	else
		snprintf(out, size, tr("Shift %lld: nothing but plain cases"),
			(long long)p->shift);
}

static void list(struct sheet *s, const struct unusual *u)
{
	const struct unusual_page *p = &u->page;
	char line[LINE_SIZE];

	say_which(p, line, sizeof(line));
	sheet_text(s, RANK_MUST, STYLE_TITLE, line);
	if (u->kind != EXCEPTION_KINDS)
		parts_fact(s, RANK_MUST, tr("Only"),
			exception_title((enum exception_kind)u->kind));
	sheet_space(s);
	for (int i = 0; i < p->rows; i++)
		row(s, i + 1, &p->row[i]);
}

static void say_people(struct sheet *s, const struct exception *e)
{
	char who[2 * DB_NAME_SIZE + 32];

	snprintf(who, sizeof(who), "%s (%lld)", e->actor_name,
		(long long)e->actor);
	parts_fact(s, RANK_MUST, tr("Done by"),
		e->actor ? who : tr("the terminal itself"));
	if (!e->approver)
		return;
	snprintf(who, sizeof(who), "%s (%lld), %s", e->approver_name,
		(long long)e->approver, exception_by_text(e->by));
	parts_fact(s, RANK_MUST, tr("Approved by"), who);
}

static void one(struct sheet *s, const struct exception *e)
{
	char why[EXCEPTION_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	char line[MONEY_TEXT_SIZE + 16];

	sheet_text(s, RANK_MUST, STYLE_TITLE, exception_title(e->kind));
	sheet_space(s);
	if (e->name[0])
		parts_name(s, e->name);
	parts_fact(s, RANK_MUST, tr("When"), date_time_vi(e->t, when));
	parts_fact(s, RANK_MUST, tr("Reason"), exception_why(e, why));
	snprintf(line, sizeof(line), tr("%s đồng"),
		money_format(e->amount, money));
	if (e->has_amount)
		parts_fact(s, RANK_MUST, tr("Amount"), line);
	parts_fact(s, RANK_MUST, tr("Receipt"), e->code);
	say_people(s, e);
	snprintf(line, sizeof(line), "%llu", (unsigned long long)e->seq);
	parts_fact(s, RANK_USEFUL, tr("Record number"), line);
}

void unusual_view(const struct unusual *u, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("EXCEPTIONS"), .notice = &u->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = unusual_bindings(u, &frame.bindings);
	switch (u->step) {
	case UNUSUAL_LIST:
		list(&s, u);
		break;
	case UNUSUAL_ONE:
		one(&s, &u->page.row[u->at]);
		break;
	case UNUSUAL_LOADING:
	case UNUSUAL_STEP_COUNT:
		parts_waiting(&s, tr("The book is being asked"));
	}
	frame_show(c, info, &frame, &s);
}
