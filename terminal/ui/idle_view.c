#include "terminal/ui/idle_view.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	BLOCK = 0x2588,
	BAR_COLS = 36
};

/* People paid of all: a bar, because 142/200 has to be thought about. */
static void progress(struct sheet *s, const struct status *st)
{
	const int cols = s->cols < BAR_COLS ? s->cols : BAR_COLS;
	const int done = st->all > 0 ? (int)(st->done * cols / st->all) : 0;
	/* The first one shows at once; it is full only when all are paid. */
	const int least = st->done > 0 ? 1 : 0;
	const int full = done > cols ? cols : done < least ? least : done;
	int row;

	if (st->all <= 0)
		return;
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Paid %lld of %lld people"), (long long)st->done,
		(long long)st->all);
	row = sheet_line(s, RANK_NICE);
	canvas_repeat(&s->lines, row, s->margin, STYLE_FIGURE, BLOCK, full);
	canvas_repeat(&s->lines, row, s->margin + full, STYLE_DIM, '.',
		cols - full);
	if (st->mine > 0)
		sheet_print(s, RANK_USEFUL, STYLE_MAIN,
			tr("Assigned to me: %lld of %lld still to be paid"),
			(long long)st->mine_left, (long long)st->mine);
}

/* Only a signed answer counts as sent: three numbers, never mixed. */
static void book(struct sheet *s, const struct status *st)
{
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Records: %llu made, %llu sent, %llu acknowledged"),
		(unsigned long long)st->made, (unsigned long long)st->sent,
		(unsigned long long)st->acked);
}

static void shift(struct sheet *s, const struct status *st)
{
	char money[MONEY_TEXT_SIZE];

	if (!st->has_shift)
		return;
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Shift %lld: %lld payments, %s dong"),
		(long long)st->shift.number, (long long)st->shift.payouts,
		money_format(st->shift.paid, money));
}

/*
 * What a person needs of the line of the settings: where papers come out. Not
 * the path of a directory, nor how fast a serial line is.
 */
static void name_printer(const char *spec, char *out, size_t size)
{
	const char *node = strstr(spec, "/dev/");
	const char *path = node ? node : strchr(spec, '/');
	const size_t len = path ? strcspn(path, node ? ":" : "") : 0;
	const char *last = path ? memrchr(path, '/', len) : NULL;

	/* One that was found by itself has its name before all that. */
	if (!last || strchr(spec, ' '))
		str_copy(out, size, spec);
	else if (node)
		snprintf(out, size, "%.*s", (int)(path + len - last - 1),
			last + 1);
	else
		snprintf(out, size, tr("files (%s)"), last + 1);
}

static void printer(struct sheet *s, const struct status *st)
{
	char name[sizeof(st->printer) + 32];

	name_printer(st->printer, name, sizeof(name));
	if (st->has_printer)
		canvas_print(&s->lines, sheet_line(s, RANK_NICE), s->margin,
			STYLE_NORMAL, "%s: %s", tr("Printer"), name);
	else if (st->several_printers)
		sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
			tr("Several printers are plugged in: name one in "
			   "chitra.ini. `chitra devices` shows them."));
	else if (st->any_printer)
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("No printer is plugged in: one that comes is used "
			   "at once"));
	else
		sheet_sign(s, RANK_NICE, SIGN_NOTE, tr("No printer is set up"));
}

/* Who may take it is told the key, others whom to tell. */
static void arrived(struct sheet *s, const struct status *st,
	enum idle_step step)
{
	if (st->arrived == 0)
		return;
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		idle_has_list(step)
			? tr("A new list came from the centre: press ENTER to"
			     " look at it.")
			: tr("A new list came from the centre: a supervisor has"
			     " to take it."));
}

static void body_ready(struct sheet *s, const struct frame_info *info,
	enum idle_step step)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("READY FOR THE NEXT PERSON"));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_MAIN, tr("Scan the QR of the ID card."));
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Or type: last digits of the number, name without marks, "
		   "or list number."));
	if (step == IDLE_DEMO)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Demo: ENTER scans the next card."));
	if (step == IDLE_CAMERA)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Or press ENTER: the camera reads it."));
	arrived(s, info->status, step);
	sheet_space(s);
	progress(s, info->status);
	sheet_space(s);
	shift(s, info->status);
	book(s, info->status);
	printer(s, info->status);
}

static void body_foreign(struct sheet *s, const struct frame_info *info,
	enum idle_step step)
{
	char text[DB_NAME_SIZE + 64];
	const struct shift *sh = &info->status->shift;

	parts_banner(s, tr("ANOTHER PERSON'S SHIFT IS OPEN"));
	snprintf(text, sizeof(text), tr("%s (number %lld)"), sh->actor_name,
		(long long)sh->actor);
	parts_fact(s, RANK_MUST, tr("Whose"), text);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		sh->left == SHIFT_LEFT_NOT
			? tr("The drawer belongs to that person. It has to be "
			     "counted and closed before you can pay.")
			: tr("That person may not work here any more. Keys * "
			     "* 8: count and close the drawer, a supervisor "
			     "stands by."));
	arrived(s, info->status, step);
}

void idle_view(const struct idle *idle, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("PAY OUT"),
		.notice = &idle->notice,
		.drawer_shown = !idle_is_foreign(idle->step)};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = idle_bindings(idle->step, &frame.bindings);
	if (layout_width(c) == LAYOUT_NARROW)
		sheet_text(&s, RANK_NICE, STYLE_DIM, info->point);
	if (idle_is_foreign(idle->step))
		body_foreign(&s, info, idle->step);
	else
		body_ready(&s, info, idle->step);
	frame_show(c, info, &frame, &s);
}
