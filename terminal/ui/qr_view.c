#include "terminal/ui/qr_view.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/qr.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/frame_lines.h"
#include "terminal/ui/frame_notice.h"
#include "terminal/ui/sheet.h"

enum {
	QUIET = 1,       /* light modules around it */
	WORDS_COLS = 30, /* least room for words beside it */
	STRIP_ROWS = 4,  /* too low below it for a title */
	LIST_ROWS = 8    /* title, words and a line for each key */
};

static bool is_light(const struct qr *qr, int row, int col)
{
	return row < 0 || col < 0 || row >= qr->size || col >= qr->size ||
	       !qr->dark[row][col];
}

static uint32_t two_modules(bool upper, bool lower)
{
	if (upper)
		return lower ? 0x2588 : 0x2580;
	return lower ? 0x2584 : ' ';
}

static void draw(const struct qr *qr, struct canvas *c, int top)
{
	for (int row = -QUIET; row < qr->size + QUIET; row += 2)
		for (int col = -QUIET; col < qr->size + QUIET; col++)
			canvas_repeat(c, top + (row + QUIET) / 2, col + QUIET,
				STYLE_NORMAL,
				two_modules(is_light(qr, row, col),
					is_light(qr, row + 1, col)),
				1);
}

/* One below the other; in a strip below the code as many on a line as fit. */
static void keys(struct sheet *s, const struct qr_words *w, bool strip)
{
	char line[256] = "";
	char one[128];

	for (size_t i = 0; i < w->bindings; i++) {
		const struct binding *b = &w->binding[i];
		const size_t len = strlen(line);

		snprintf(one, sizeof(one), "%s%s%s",
			b->key_name[0] ? frame_key_name(b) : "",
			b->key_name[0] ? " " : "",
			strip && b->key == '#'
				? "?"
				: tr(b->brief ? b->brief : b->does));
		if (len > 0 &&
			(!strip || utf8_columns(line) + 2 + utf8_columns(one) >
					   s->cols)) {
			sheet_text(s, RANK_MUST, STYLE_KEY, line);
			line[0] = '\0';
		}
		snprintf(line + strlen(line), sizeof(line) - strlen(line),
			"%s%s", line[0] ? "  " : "", one);
	}
	sheet_text(s, RANK_MUST, STYLE_KEY, line);
}

/* As much of it as the keys leave room for. */
static void notice(struct sheet *s, const struct qr_words *w,
	const struct canvas_area *area, const struct canvas *c)
{
	static const enum sign sign[] = {
		[NOTICE_NOTE] = SIGN_NOTE,
		[NOTICE_WARN] = SIGN_WARNING,
		[NOTICE_STOP] = SIGN_STOP,
	};

	struct notice n;
	struct sheet only;

	if (!w->notice || !w->notice->text[0])
		return;
	sheet_init(&only, c);
	only.cols = area->cols;
	keys(&only, w, area->rows < LIST_ROWS);
	frame_notice_cut(w->notice, area->cols,
		area->rows - sheet_must(&only) - (area->rows > STRIP_ROWS), &n);
	sheet_sign(s, RANK_MUST, sign[n.level], n.text);
}

/* Words and keys in what the code leaves free. */
static void words(const struct qr_words *w, const char *says,
	const struct canvas_area *area, struct canvas *c)
{
	struct sheet s;

	sheet_init(&s, c);
	s.margin = area->col;
	s.cols = area->cols;
	notice(&s, w, area, c);
	if (area->rows > STRIP_ROWS)
		sheet_text(&s, RANK_MUST, STYLE_TITLE, w->title);
	sheet_text(&s, RANK_USEFUL, STYLE_NORMAL, says);
	if (w->more && says == w->says)
		sheet_text(&s, RANK_NICE, STYLE_NORMAL, w->more);
	sheet_space(&s);
	keys(&s, w, area->rows < LIST_ROWS);
	sheet_show(&s, c, area);
	canvas_cursor_at_text(c, area);
}

/* Nobody scans what is read out. */
static void instead(const struct qr_words *w, struct canvas *c)
{
	const struct frame frame = {.title = w->title,
		.binding = w->binding,
		.bindings = w->bindings,
		.notice = w->notice};
	struct sheet s;

	sheet_init(&s, c);
	sheet_text(&s, RANK_MUST, STYLE_NORMAL, w->instead);
	frame_lines_show(c, NULL, &frame, &s);
}

void qr_view(const char *text, const struct qr_words *w, struct canvas *c)
{
	struct canvas_area area = {.rows = c->rows, .cols = c->cols};
	struct qr qr = {0};
	struct err err;
	int rows;
	int cols;

	if (c->lines) {
		instead(w, c);
		return;
	}
	canvas_clear(c, c->rows, c->cols);
	if (!qr_make(text, strlen(text), QR_LOW, &qr, &err))
		qr.size = CANVAS_MAX_ROWS * 2;
	cols = qr.size + 2 * QUIET;
	rows = (cols + 1) / 2;
	if (cols > c->cols || rows + 2 > c->rows) {
		words(w, w->instead, &area, c);
		return;
	}
	if (c->cols - cols > WORDS_COLS) {
		area.col = cols + 1;
		area.cols = c->cols - area.col;
	} else {
		area.row = rows;
		area.rows = c->rows - rows;
	}
	draw(&qr, c, 0);
	words(w, w->says, &area, c);
}

void qr_view_second(const struct second *second, const struct frame_info *info,
	struct canvas *c)
{
	struct qr_words w = {.title = tr("APPROVAL BY QR"),
		.says = tr("The supervisor scans this on his own terminal, "
			   "then scan his answer here."),
		.more = tr("It is good for five minutes."),
		.instead = tr("This screen is too small for the code: go back "
			      "and let the supervisor type number and PIN."),
		.notice = info->notice};

	w.binding = second_bindings(SECOND_QR, &w.bindings);
	qr_view(second->request, &w, c);
}
