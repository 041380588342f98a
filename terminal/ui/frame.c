#include "terminal/ui/frame.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"

enum {
	RULE = 0x2500,
	TEXT_SIZE = 256
};

static void draw_rule(struct canvas *c, int row)
{
	canvas_repeat(c, row, 0, STYLE_DIM, RULE, c->cols);
}

/* Text on a rule has a blank at both ends. */
static int on_rule(struct canvas *c, int row, int col, enum style style,
	const char *text)
{
	canvas_text(c, row, col, STYLE_DIM, " ");
	col = canvas_text(c, row, col + 1, style, text);
	return canvas_text(c, row, col, STYLE_DIM, " ");
}

static void say_unsent(const struct status *s, char *out, size_t size)
{
	const unsigned long long unsent =
		s->made > s->acked ? s->made - s->acked : 0;

	if (unsent == 0)
		snprintf(out, size, "%s", tr("all sent"));
	else
		snprintf(out, size, tr("%llu to send"), unsent);
}

static void say_progress(const struct status *s, char *out, size_t size)
{
	snprintf(out, size, "%" PRId64 "/%" PRId64, s->done, s->all);
}

static const char *link_text(enum link_state link)
{
	return link == LINK_UP     ? tr("ONLINE")
	       : link == LINK_DOWN ? tr("NO NETWORK")
				   : tr("OFFLINE WORK");
}

/* "MẤT MẠNG từ 08:12", the time only where asked for and known. */
static void say_link(const struct status *s, bool with_time, char *out,
	size_t size)
{
	const char *text = link_text(s->link);

	if (with_time && s->link == LINK_DOWN && s->link_since > 0) {
		const struct daytime since = date_of_ms(s->link_since);

		snprintf(out, size, tr("%s since %02d:%02d"), text, since.hour,
			since.minute);
		return;
	}
	snprintf(out, size, "%s", text);
}

static enum style link_style(const struct status *s)
{
	return s->link == LINK_DOWN ? STYLE_WARNING : STYLE_DIM;
}

/* Title, and who; cut so that it ends before column end. */
static void draw_title(struct canvas *c, const struct frame_info *info,
	const char *title, bool with_point, int end)
{
	const struct canvas_area area = {0, 0, 1, end};
	int col;

	canvas_clip(c, &area);
	col = canvas_text(c, 0, 0, STYLE_TITLE, title);
	if (info->demo)
		col = canvas_print(c, 0, col + 1, STYLE_STOP, "[%s]",
			tr("TRAINING"));
	if (with_point)
		col = canvas_text(c, 0, col + 2, STYLE_NORMAL, info->point);
	if (*info->user)
		canvas_print(c, 0, col, STYLE_NORMAL, " · %s", info->user);
	canvas_clip(c, NULL);
}

static int header_wide(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	say_unsent(info->status, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, STYLE_NORMAL, text);
	say_link(info->status, c->cols >= 100, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, link_style(info->status), text);
	draw_title(c, info, title, true, end - 2);
	draw_rule(c, 1);
	return 2;
}

static int header_middle(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	struct canvas_area area = {1, 0, 1, 0};
	int end;

	say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	say_unsent(info->status, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, STYLE_NORMAL, text);
	draw_title(c, info, title, false, end - 2);
	say_link(info->status, true, text, sizeof(text));
	area.cols =
		canvas_right(c, 1, c->cols, link_style(info->status), text) - 2;
	canvas_clip(c, &area);
	canvas_text(c, 1, 0, STYLE_NORMAL, info->point);
	canvas_clip(c, NULL);
	draw_rule(c, 2);
	return 3;
}

static int header_narrow(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	draw_title(c, info, title, false, end - 2);
	say_link(info->status, true, text, sizeof(text));
	canvas_text(c, 1, 0, link_style(info->status), text);
	say_unsent(info->status, text, sizeof(text));
	canvas_right(c, 1, c->cols, STYLE_NORMAL, text);
	draw_rule(c, 2);
	return 3;
}

/* Where rows are dear, the rule itself tells of the network. */
static int header_tight(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	draw_title(c, info, title, false, end - 2);
	draw_rule(c, 1);
	say_link(info->status, false, text, sizeof(text));
	on_rule(c, 1, 1, link_style(info->status), text);
	say_unsent(info->status, text, sizeof(text));
	on_rule(c, 1, c->cols - 3 - utf8_columns(text), STYLE_NORMAL, text);
	return 2;
}

/* What is wrong with the terminal itself: one line, only when it is. */
static int draw_troubles(struct canvas *c, const struct status *s, int row)
{
	const struct {
		bool is;
		const char *text;
	} trouble[] = {
		{s->clock_unsure, tr("Clock not sure")},
		{s->disk_low, tr("Disk nearly full")},
		{s->paper_trouble, tr("Printer needs help")},
	};
	int col = layout_margin(c);
	bool any = false;

	for (size_t i = 0; i < sizeof(trouble) / sizeof(trouble[0]); i++) {
		if (!trouble[i].is)
			continue;
		col = canvas_print(c, row, col, STYLE_WARNING, "▲ %s",
			      trouble[i].text) +
		      2;
		any = true;
	}
	return any ? row + 1 : row;
}

static int draw_header(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	int row;

	if (layout_width(c) == LAYOUT_WIDE)
		row = header_wide(c, info, title);
	else if (layout_height(c) == LAYOUT_TIGHT)
		row = header_tight(c, info, title);
	else if (layout_width(c) == LAYOUT_MIDDLE)
		row = header_middle(c, info, title);
	else
		row = header_narrow(c, info, title);
	return draw_troubles(c, info->status, row);
}

/* ---- footer ---------------------------------------------------------------- */

static const char *says(const struct binding *b, bool brief)
{
	return tr(brief && b->brief ? b->brief : b->does);
}

static bool is_main(const struct binding *b)
{
	return b->key == K_ACCEPT;
}

/*
 * Draw the keys from row on, or only count the rows when dry. The main
 * action has the first line for itself.
 */
static int place_keys(struct canvas *c, const struct frame *f, int row,
	bool brief, bool dry)
{
	const int margin = layout_margin(c);
	const int gap = layout_width(c) == LAYOUT_NARROW ? 2 : 3;
	int col = margin;
	int rows = 0;

	for (size_t i = 0; i < f->bindings; i++) {
		const struct binding *b = &f->binding[i];

		if (!is_main(b))
			continue;
		if (!dry) {
			const int at = canvas_text(c, row, margin, STYLE_KEY,
				b->key_name);
			canvas_text(c, row, at + 2, STYLE_MAIN, says(b, brief));
		}
		rows = 1;
	}
	for (size_t i = 0; i < f->bindings; i++) {
		const struct binding *b = &f->binding[i];
		const int columns = utf8_columns(b->key_name) + 1 +
				    utf8_columns(says(b, brief));

		if (is_main(b))
			continue;
		if (col == margin || col + columns > c->cols - margin) {
			rows++;
			col = margin;
		}
		if (!dry)
			canvas_text(c, row + rows - 1,
				canvas_text(c, row + rows - 1, col, STYLE_KEY,
					b->key_name) +
					1,
				STYLE_NORMAL, says(b, brief));
		col += columns + gap;
	}
	return rows;
}

/* The rule above the keys tells of the drawer and of who is next. */
static void draw_footer_rule(struct canvas *c, const struct frame_info *info,
	const struct frame *f, int row)
{
	char text[TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	int col = 1;

	draw_rule(c, row);
	if (f->drawer_shown && info->status->has_shift) {
		snprintf(text, sizeof(text), tr("In the drawer %s dong"),
			money_format(info->status->shift.expected, money));
		col = on_rule(c, row, col, STYLE_NORMAL, text) + 1;
	}
	if (info->next) {
		const int room = c->cols - col;

		snprintf(text, sizeof(text), tr("Next: %s"), info->next);
		if (utf8_columns(text) + 3 < room)
			col += room - utf8_columns(text) - 3;
		on_rule(c, row, col, STYLE_WARNING, text);
	}
}

static int draw_footer(struct canvas *c, const struct frame_info *info,
	const struct frame *f)
{
	const int most = layout_height(c) == LAYOUT_TIGHT ? 3 : 4;
	bool brief = layout_width(c) != LAYOUT_WIDE;
	int rows = place_keys(c, f, 0, brief, true);
	int row;

	if (rows > most) {
		brief = true;
		rows = place_keys(c, f, 0, brief, true);
	}
	row = c->rows - rows;
	place_keys(c, f, row, brief, false);
	draw_footer_rule(c, info, f, row - 1);
	return row - 1;
}

/* ---- notice, body ---------------------------------------------------------- */

static const struct notice *notice_of(const struct frame_info *info,
	const struct frame *f)
{
	if (info->notice && *info->notice->text)
		return info->notice;
	return f->notice && *f->notice->text ? f->notice : NULL;
}

/* The last lines of the body. Returns the row where they begin. */
static int draw_notice(struct canvas *c, const struct notice *n, int end)
{
	static const enum sign signs[] = {
		[NOTICE_NOTE] = SIGN_NOTE,
		[NOTICE_WARN] = SIGN_WARNING,
		[NOTICE_STOP] = SIGN_STOP,
	};
	struct sheet sheet;
	struct canvas_area area;

	if (!n)
		return end;
	sheet_init(&sheet, c);
	sheet_sign(&sheet, RANK_MUST, signs[n->level], n->text);
	area = (struct canvas_area){end - sheet.lines.rows, 0, sheet.lines.rows,
		c->cols};
	sheet_show(&sheet, c, &area);
	canvas_cursor(c, area.row, sheet.margin, false);
	return area.row;
}

void frame_show(struct canvas *c, const struct frame_info *info,
	const struct frame *frame, const struct sheet *body)
{
	struct canvas_area area = {0, 0, 0, c->cols};
	int end;

	if (layout_too_small(c))
		return;
	area.row = draw_header(c, info, frame->title);
	end = draw_footer(c, info, frame);
	canvas_cursor(c, area.row, body->margin, false);
	end = draw_notice(c, notice_of(info, frame), end);
	area.rows = end - area.row;
	sheet_show(body, c, &area);
}

int frame_age(const struct frame_info *info, struct date birth)
{
	if (info->now == 0 || birth.year == 0)
		return -1;
	return date_age(birth, date_of_ms(info->now).date);
}
