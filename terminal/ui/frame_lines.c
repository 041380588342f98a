#include "terminal/ui/frame_lines.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/lineread.h"
#include "terminal/ui/band.h"
#include "terminal/ui/frame_text.h"
#include "terminal/ui/wrap.h"

enum {
	LINE_BYTES = 1024
};

/* A pen that writes one line below the other. */
struct pen {
	struct canvas *c;
	int row;
};

static void say(struct pen *pen, enum style style, const char *text)
{
	char line[LINE_BYTES];

	while (*text && pen->row < pen->c->rows) {
		text = wrap_next(text, pen->c->cols, line, sizeof(line));
		canvas_text(pen->c, pen->row++, 0, style, line);
	}
}

static void say_two(struct pen *pen, enum style style, const char *first,
	const char *second)
{
	char text[LINE_BYTES];

	snprintf(text, sizeof(text), "%s%s%s", first,
		*first && *second ? " " : "", second);
	say(pen, style, text);
}

static void title(struct pen *pen, const struct frame_info *info,
	const char *text)
{
	char mark[FRAME_TEXT_SIZE] = "";

	if (info && info->demo)
		snprintf(mark, sizeof(mark), "[%s]", tr("TRAINING"));
	say_two(pen, STYLE_TITLE, text, mark);
}

static void header(struct pen *pen, const struct frame_info *info,
	const struct frame *frame)
{
	char text[FRAME_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	struct frame_trouble t;

	say(pen, STYLE_NORMAL, info->point);
	say(pen, STYLE_NORMAL, info->user);
	frame_say_link(info->status, true, text, sizeof(text));
	say(pen, STYLE_NORMAL, text);
	frame_say_unsent(info->status, text, sizeof(text));
	say(pen, STYLE_NORMAL, text);
	frame_say_progress(info->status, text, sizeof(text));
	say(pen, STYLE_NORMAL, text);
	frame_troubles(info->status, &t);
	for (int i = 0; i < t.count; i++)
		say_two(pen, STYLE_WARNING, "▲", t.text[i]);
	if (frame->drawer_shown && info->status->has_shift) {
		snprintf(text, sizeof(text), tr("In the drawer %s dong"),
			money_format(info->status->shift.expected, money));
		say(pen, STYLE_NORMAL, text);
	}
	if (info->next) {
		snprintf(text, sizeof(text), tr("Next is %s"), info->next);
		say(pen, STYLE_WARNING, text);
	}
}

/* What is typed here for that key; "" if there is no such row. */
static const char *typed_for(const struct frame *f, int key)
{
	const struct binding *row = binding_find(f->binding, f->bindings, key);
	const char *name =
		row ? lineread_key_name(f->binding, f->bindings, row) : "";

	/* Another row does the same. */
	for (size_t i = 0; row && !*name && i < f->bindings; i++)
		if (&f->binding[i] != row &&
			strcasecmp(f->binding[i].does, row->does) == 0)
			name = lineread_key_name(f->binding, f->bindings,
				&f->binding[i]);
	return name;
}

/* The lessons name keys as a keyboard has them; a line is not that. */
static void say_lesson(struct pen *pen, const char *text, const struct frame *f)
{
	static const struct {
		const char *word;
		int key;
	} keys[] = {{"ENTER", K_ACCEPT}, {"Esc", K_BACK}};
	char said[LINE_BYTES];
	struct buf b;

	buf_init(&b, said, sizeof(said));
	while (*text) {
		size_t cut = 0;

		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			const char *name = typed_for(f, keys[i].key);

			if (!str_starts(text, keys[i].word) || !*name)
				continue;
			buf_printf(&b, "%s", name);
			cut = strlen(keys[i].word);
		}
		if (cut == 0)
			buf_byte(&b, (unsigned char)*text);
		text += cut ? cut : 1;
	}
	say(pen, STYLE_MAIN, buf_text(&b));
}

static void taught(struct pen *pen, const struct tour_band *tour,
	const struct frame *frame)
{
	char text[FRAME_TEXT_SIZE];

	if (!tour)
		return;
	band_count(tour, text, sizeof(text));
	say_two(pen, STYLE_STATE, text, tour->title);
	say_lesson(pen, tour->text, frame);
}

static void copy_body(struct pen *pen, const struct sheet *body)
{
	const struct canvas *lines = &body->lines;

	for (int i = 0; i < lines->rows && pen->row < pen->c->rows; i++) {
		if (lines->cursor_row == i)
			canvas_cursor(pen->c, pen->row, lines->cursor_col,
				lines->cursor_shown);
		canvas_copy(pen->c, pen->row++, 0, lines, i, lines->cols);
	}
	pen->c->typed = lines->typed;
	pen->c->secret = lines->secret;
}

static void notice(struct pen *pen, const struct frame_info *info,
	const struct frame *frame)
{
	static const struct {
		const char *mark;
		enum style style;
	} signs[] = {
		[NOTICE_NOTE] = {"●", STYLE_NOTE},
		[NOTICE_WARN] = {"▲", STYLE_WARNING},
		[NOTICE_STOP] = {"■", STYLE_STOP},
	};
	const struct notice *n = frame->notice;

	if (info && info->notice && info->notice->text[0])
		n = info->notice;
	if (n && n->text[0])
		say_two(pen, signs[n->level].style, signs[n->level].mark,
			n->text);
}

static void keys(struct pen *pen, const struct frame *f, enum role role)
{
	for (size_t i = 0; i < f->bindings; i++) {
		const struct binding *b = &f->binding[i];
		const char *name =
			lineread_key_name(f->binding, f->bindings, b);

		if (!binding_is_for(b, role))
			continue;
		if (*name)
			say_two(pen,
				b->key == K_ACCEPT ? STYLE_MAIN : STYLE_KEY,
				name, tr(b->does));
		else if (b->key == K_SCAN)
			say(pen, STYLE_KEY, tr(b->does));
	}
}

void frame_lines_show(struct canvas *c, const struct frame_info *info,
	const struct frame *frame, const struct sheet *body)
{
	struct pen pen = {.c = c};

	title(&pen, info, frame->title);
	if (info)
		header(&pen, info, frame);
	c->part.body = pen.row;
	if (info)
		taught(&pen, info->tour, frame);
	copy_body(&pen, body);
	c->part.notice = pen.row;
	notice(&pen, info, frame);
	c->part.keys = pen.row;
	keys(&pen, frame, info ? info->role : ROLE_NONE);
	c->part.end = pen.row;
}
