#include "terminal/ui/frame.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/band.h"
#include "terminal/ui/frame_lines.h"
#include "terminal/ui/frame_notice.h"
#include "terminal/ui/frame_text.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/wrap.h"

enum {
	RULE = 0x2500,
	GAP = 2, /* columns between what stands side by side */
	TEXT_SIZE = 256,
	MAX_KEYS = 32,  /* rows of a table */
	SCROLL_ROWS = 8 /* of a list, whatever else is shown */
};

/* Between the parts of a name or a place. */
#define DOT " · "

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

static enum style link_style(const struct status *s)
{
	return s->link == LINK_DOWN ? STYLE_WARNING : STYLE_DIM;
}

/*
 * Make a text as short as that: first its last parts between dots go, then
 * words; no half word and no dot is left at the end.
 */
static void shorten(char *text, int cols)
{
	while (*text && utf8_columns(text) > cols) {
		char *cut = NULL;

		for (char *at = text; (at = strstr(at, DOT)); at++)
			cut = at;
		if (!cut)
			cut = strrchr(text, ' ');
		if (!cut)
			cut = text;
		*cut = '\0';
	}
}

/* Where there is no room for the whole name: the given name, the last one. */
static const char *short_name(const char *name, int cols)
{
	const char *given = strrchr(name, ' ');

	return given && utf8_columns(name) > cols ? given + 1 : name;
}

/* "Bưu cục Cẩm Khê" of "Bưu cục Cẩm Khê · quầy 2". */
static int first_part_columns(const char *point)
{
	char text[TEXT_SIZE];
	char *dot;

	str_copy(text, sizeof(text), point);
	dot = strstr(text, DOT);
	if (dot)
		*dot = '\0';
	return utf8_columns(text);
}

/*
 * Title, where and who, before column end. Who works is always seen: the
 * details of the place give way first, then all but the given name, then
 * the place, then words of the title.
 */
static void draw_title(struct canvas *c, const struct frame_info *info,
	const char *title, bool with_point, int end)
{
	struct canvas_area area = {0, 0, 1, end};
	const char *point = with_point ? info->point : "";
	const int place = *point ? GAP + first_part_columns(point) : 0;
	char mark[TEXT_SIZE] = "";
	char user[TEXT_SIZE] = "";
	char text[TEXT_SIZE];
	int room = end;
	int col;

	if (info->demo)
		snprintf(mark, sizeof(mark), " [%s]", tr("TRAINING"));
	room -= utf8_columns(mark);
	if (*info->user)
		snprintf(user, sizeof(user), DOT "%s",
			short_name(info->user, room - place -
						       utf8_columns(title) -
						       utf8_columns(DOT)));
	room -= utf8_columns(user);
	canvas_clip(c, &area);
	str_copy(text, sizeof(text), title);
	shorten(text, room);
	room -= utf8_columns(text) + GAP;
	col = canvas_text(c, 0, 0, STYLE_TITLE, text);
	if (*mark)
		col = canvas_text(c, 0, col + 1, STYLE_STOP, mark + 1);
	str_copy(text, sizeof(text), point);
	shorten(text, room);
	if (*text)
		col = canvas_text(c, 0, col + GAP, STYLE_NORMAL, text);
	canvas_text(c, 0, col, STYLE_NORMAL, user);
	canvas_clip(c, NULL);
}

static void header_wide(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	frame_say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	frame_say_unsent(info->status, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, STYLE_NORMAL, text);
	frame_say_link(info->status, c->cols >= 100, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, link_style(info->status), text);
	draw_title(c, info, title, true, end - 2);
	draw_rule(c, 1);
}

static void header_middle(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	struct canvas_area area = {1, 0, 1, 0};
	int end;

	frame_say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	frame_say_unsent(info->status, text, sizeof(text));
	end = canvas_right(c, 0, end - 2, STYLE_NORMAL, text);
	draw_title(c, info, title, false, end - 2);
	frame_say_link(info->status, true, text, sizeof(text));
	area.cols =
		canvas_right(c, 1, c->cols, link_style(info->status), text) - 2;
	canvas_clip(c, &area);
	canvas_text(c, 1, 0, STYLE_NORMAL, info->point);
	canvas_clip(c, NULL);
	draw_rule(c, 2);
}

static void header_narrow(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	frame_say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	draw_title(c, info, title, false, end - 2);
	frame_say_link(info->status, true, text, sizeof(text));
	canvas_text(c, 1, 0, link_style(info->status), text);
	frame_say_unsent(info->status, text, sizeof(text));
	canvas_right(c, 1, c->cols, STYLE_NORMAL, text);
	draw_rule(c, 2);
}

/* Where rows are dear, the rule itself tells of the network. */
static void header_tight(struct canvas *c, const struct frame_info *info,
	const char *title)
{
	char text[TEXT_SIZE];
	int end;

	frame_say_progress(info->status, text, sizeof(text));
	end = canvas_right(c, 0, c->cols, STYLE_TITLE, text);
	draw_title(c, info, title, false, end - 2);
	draw_rule(c, 1);
	frame_say_link(info->status, false, text, sizeof(text));
	on_rule(c, 1, 1, link_style(info->status), text);
	frame_say_unsent(info->status, text, sizeof(text));
	on_rule(c, 1, c->cols - 3 - utf8_columns(text), STYLE_NORMAL, text);
}

/* What is wrong with the terminal itself: one line, only when it is. */
static void draw_troubles(struct canvas *c, const struct status *s, int row,
	int col, int end_col)
{
	struct frame_trouble t;
	const int gap = layout_width(c) == LAYOUT_NARROW ? 1 : 2;

	frame_troubles(s, &t);
	for (int i = 0; i < t.count; i++) {
		const int end = col + 2 + utf8_columns(t.text[i]);

		/* Half a word says less than that there is more. */
		col = canvas_print(c, row, col, STYLE_WARNING, "▲ %s",
			end > end_col ? "" : t.text[i]);
		for (int k = 0; k < gap; k++)
			col = canvas_text(c, row, col, STYLE_DIM, " ");
	}
}

/* The same where there is no row for it; what waits to be sent stays. */
static void troubles_on_rule(struct canvas *c, const struct status *s, int row)
{
	char text[TEXT_SIZE];
	int end = c->cols;

	draw_rule(c, row);
	if (layout_height(c) == LAYOUT_TIGHT) {
		frame_say_unsent(s, text, sizeof(text));
		end -= 3 + utf8_columns(text);
		on_rule(c, row, end, STYLE_NORMAL, text);
	}
	draw_troubles(c, s, row, 0, end);
}

static int header_rows(const struct canvas *c)
{
	const bool short_header = layout_width(c) == LAYOUT_WIDE ||
				  layout_height(c) == LAYOUT_TIGHT;

	return short_header ? 2 : 3;
}

static void draw_header(struct canvas *c, const struct frame_info *info,
	const char *title, int troubles)
{
	if (layout_width(c) == LAYOUT_WIDE)
		header_wide(c, info, title);
	else if (layout_height(c) == LAYOUT_TIGHT)
		header_tight(c, info, title);
	else if (layout_width(c) == LAYOUT_MIDDLE)
		header_middle(c, info, title);
	else
		header_narrow(c, info, title);
	if (!frame_has_trouble(info->status))
		return;
	if (troubles < header_rows(c))
		troubles_on_rule(c, info->status, troubles);
	else
		draw_troubles(c, info->status, troubles, layout_margin(c),
			c->cols);
}

/* ---- footer ---------------------------------------------------------------- */

static const char *says(const struct canvas *c, const struct binding *b,
	bool brief)
{
	if (layout_width(c) != LAYOUT_NARROW)
		return tr(brief && b->brief ? b->brief : b->does);
	/* On all screens the same, and said in words on the help screen. */
	switch (b->key) {
	case '#':
		return "?";
	case K_UP:
	case K_DOWN:
	case K_PAGE_UP:
	case K_PAGE_DOWN:
		return "";
	default:
		break;
	}
	return tr(brief && b->brief ? b->brief : b->does);
}

static bool is_main(const struct binding *b)
{
	return b->key == K_ACCEPT;
}

static bool is_in_footer(const struct frame *f, const struct binding *b)
{
	return !f->choices_in_body || b->key < '1' || b->key > '9';
}

/* A pen that goes along the footer; only counts where dry. */
struct pen {
	struct canvas *c;
	int row;
	int col;
	int rows; /* begun so far */
	bool brief;
	bool dry;
};

const char *frame_key_name(const struct binding *b)
{
	switch (b->key) {
	case K_UP:
		return "↑";
	case K_DOWN:
		return "↓";
	case K_ERASE:
		return "←";
	default:
		return b->key_name;
	}
}

static bool same_meaning(const struct binding *a, const struct binding *b)
{
	return strcmp(a->does, b->does) == 0;
}

/* Did an earlier row say the same? Then its key stands there, too. */
static bool is_said(const struct frame *f, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_in_footer(f, &f->binding[k]) &&
			same_meaning(&f->binding[k], &f->binding[i]))
			return true;
	return false;
}

/* "ENTER", or "./↓" where several keys mean the same. */
static const char *names_of(const struct frame *f, size_t i, char out[48])
{
	struct buf b;

	buf_init(&b, out, 48);
	for (size_t k = i; k < f->bindings; k++)
		if (same_meaning(&f->binding[k], &f->binding[i]))
			buf_printf(&b, "%s%s", k > i ? "/" : "",
				frame_key_name(&f->binding[k]));
	return buf_text(&b);
}

static void write_key(struct pen *pen, const struct frame *f, size_t i)
{
	const struct binding *b = &f->binding[i];
	const char *text = says(pen->c, b, pen->brief);
	const int margin = layout_margin(pen->c);
	char names[48];
	const int name = utf8_columns(names_of(f, i, names));
	const int gap = name == 0 || !*text ? 0 : is_main(b) ? 2 : 1;
	const int columns = name + gap + utf8_columns(text);
	int at;

	if (is_said(f, i))
		return;
	if (pen->rows == 0 || pen->col + columns > pen->c->cols - margin) {
		pen->rows++;
		pen->col = margin;
	}
	at = pen->col;
	pen->col += columns + (layout_width(pen->c) == LAYOUT_NARROW ? 2 : 3);
	if (pen->dry)
		return;
	at = canvas_text(pen->c, pen->row + pen->rows - 1, at, STYLE_KEY,
		names);
	canvas_text(pen->c, pen->row + pen->rows - 1, at + gap,
		is_main(b) ? STYLE_MAIN : STYLE_NORMAL, text);
}

/* The main action has the first line for itself. Returns the rows. */
static int write_keys(struct canvas *c, const struct frame *f, int row,
	bool brief, bool dry)
{
	struct pen pen = {.c = c, .row = row, .brief = brief, .dry = dry};

	for (size_t i = 0; i < f->bindings; i++)
		if (is_main(&f->binding[i]))
			write_key(&pen, f, i);
	if (pen.rows > 0)
		pen.col = c->cols;
	for (size_t i = 0; i < f->bindings; i++)
		if (!is_main(&f->binding[i]) && is_in_footer(f, &f->binding[i]))
			write_key(&pen, f, i);
	return pen.rows;
}

static bool footer_is_brief(const struct canvas *c, const struct frame *f)
{
	struct canvas *none = (struct canvas *)c; /* dry: not written to */
	const int most = layout_height(c) == LAYOUT_TIGHT ? 3 : 4;

	return layout_width(c) != LAYOUT_WIDE ||
	       write_keys(none, f, 0, false, true) > most;
}

/* ---- the whole ------------------------------------------------------------- */

static const struct notice *notice_of(const struct frame_info *info,
	const struct frame *f)
{
	if (info->notice && *info->notice->text)
		return info->notice;
	return f->notice && *f->notice->text ? f->notice : NULL;
}

/* Where the parts begin, from the size and the texts alone. */
struct plan {
	int rule;     /* below the header */
	int troubles; /* … and what is wrong: below it, or on it */
	int body;
	int notice;
	int footer;          /* the rule above the keys */
	bool brief;          /* short texts for the keys */
	bool notice_on_rule; /* of the keys */
};

static struct plan plan_of(const struct canvas *c,
	const struct frame_info *info, const struct frame *f)
{
	struct canvas *none = (struct canvas *)c; /* dry: not written to */
	const struct notice *n = notice_of(info, f);
	struct plan p = {.rule = header_rows(c) - 1};

	p.troubles = p.rule + frame_has_trouble(info->status);
	p.body = p.troubles + 1;
	p.brief = footer_is_brief(c, f);
	p.footer = c->rows - 1 - write_keys(none, f, 0, p.brief, true);
	p.notice = p.footer;
	if (n)
		p.notice -= frame_notice_rows(c, n);
	return p;
}

/* The rule above the keys tells of the drawer and of who is next. */
static void draw_footer_rule(struct canvas *c, const struct frame_info *info,
	const struct frame *f, const struct plan *p)
{
	const int row = p->footer;
	char text[TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	int next = c->cols;

	draw_rule(c, row);
	if (p->notice_on_rule) {
		frame_notice_on_rule(c, notice_of(info, f), row);
		return;
	}
	if (info->next) {
		snprintf(text, sizeof(text), tr("Next is %s"), info->next);
		next = c->cols - 3 - utf8_columns(text);
		if (next < 1)
			next = 1;
		on_rule(c, row, next, STYLE_WARNING, text);
	}
	if (!f->drawer_shown || !info->status->has_shift)
		return;
	snprintf(text, sizeof(text), tr("In the drawer %s dong"),
		money_format(info->status->shift.expected, money));
	if (1 + utf8_columns(text) + 3 < next)
		on_rule(c, row, 1, STYLE_NORMAL, text);
}

/*
 * Where more must be seen than there are rows, what stands around it gives
 * way: first a mere note, then the line of what is wrong with the terminal,
 * which goes onto the rule below the header, then the rows of the notice, the
 * last of which goes onto the rule above the keys.
 */
static void give_way(const struct frame_info *info, const struct frame *f,
	int must, struct plan *p)
{
	const struct notice *n = notice_of(info, f);
	int lack = must - (p->notice - p->body);

	if (lack > 0 && n && n->level == NOTICE_NOTE) {
		lack -= p->footer - p->notice;
		p->notice = p->footer;
		n = NULL;
	}
	if (lack > 0 && p->troubles > p->rule) {
		p->troubles--;
		p->body--;
		lack--;
	}
	if (lack <= 0 || !n)
		return;
	p->notice += lack;
	if (p->notice < p->footer)
		return;
	p->notice = p->footer;
	p->notice_on_rule = true;
}

/* The keys that are for him. */
struct offered {
	struct frame frame;
	struct binding row[MAX_KEYS];
};

static const struct frame *offer(const struct frame *frame,
	const struct frame_info *info, struct offered *o)
{
	o->frame = *frame;
	o->frame.binding = o->row;
	o->frame.bindings = 0;
	assert(frame->bindings <= MAX_KEYS);
	for (size_t i = 0; i < frame->bindings; i++)
		if (binding_is_for(&frame->binding[i], info->role))
			o->row[o->frame.bindings++] = frame->binding[i];
	return &o->frame;
}

/* What is taught stands above the body, which begins below it. */
static void draw_tour(struct canvas *c, const struct frame_info *info,
	struct plan *p, int must)
{
	const struct band_room room =
		band_room(info->tour, c, p->notice - p->body, must);

	band_draw(info->tour, c, p->body, room, p->rule);
	p->body += room.rows;
}

void frame_show(struct canvas *c, const struct frame_info *info,
	const struct frame *frame, const struct sheet *body)
{
	struct canvas_area area;
	struct offered o;
	struct plan p;

	if (c->lines) {
		frame_lines_show(c, info, frame, body);
		return;
	}
	if (layout_too_small(c))
		return;
	frame = offer(frame, info, &o);
	p = plan_of(c, info, frame);
	give_way(info, frame, sheet_must(body), &p);
	c->part.body = p.body;
	c->part.notice = p.notice;
	c->part.keys = p.footer + p.notice_on_rule;
	c->part.end = c->rows;
	draw_header(c, info, frame->title, p.troubles);
	draw_tour(c, info, &p, sheet_must(body));
	draw_footer_rule(c, info, frame, &p);
	write_keys(c, frame, p.footer + 1, p.brief, false);
	if (p.notice < p.footer)
		frame_notice_draw(c, notice_of(info, frame), p.notice,
			p.footer - p.notice);
	area = (struct canvas_area){p.body, 0, p.notice - p.body, c->cols};
	sheet_show(body, c, &area);
	/* Nothing is typed or chosen, and there is no notice. */
	if (c->cursor_row < 0)
		canvas_cursor_at_text(c, &area);
}

/* Views that scroll fill what they are given: the tour has its share. */
int frame_body_rows(const struct canvas *c, const struct frame_info *info,
	const struct frame *frame)
{
	struct offered o;
	struct plan p;
	int rows;

	if (c->lines)
		return FRAME_LINES_BODY;
	p = plan_of(c, info, offer(frame, info, &o));
	rows = p.notice - p.body;
	return rows > 0
		       ? rows - band_room(info->tour, c, rows, SCROLL_ROWS).rows
		       : 0;
}

int frame_age(const struct frame_info *info, struct date birth)
{
	if (info->now == 0 || birth.year == 0)
		return -1;
	return date_age(birth, date_of_ms(info->now).date);
}
