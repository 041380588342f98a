#include "terminal/ui/preview_view.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/paper_says.h"
#include "terminal/flows/pay_text.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/wrap.h"

enum {
	LINE_BYTES = 512,
	RULE = 0x2500,
	KEPT = 2 /* of a run that is squeezed */
};

static bool is_filler(char ch)
{
	return ch == ' ' || ch == '.';
}

/* A line of nothing but rule, as wide as the paper. */
static bool is_rule(const char *line)
{
	if (!*line)
		return false;
	while (*line) {
		const uint32_t ch = utf8_next(&line);

		if (ch != RULE && ch != '-')
			return false;
	}
	return true;
}

/*
 * Paper may be wider than the screen. What stands between label and amount
 * is only blanks and dots: take as many as are over from the longest run.
 */
static void squeeze(char *line, int cols)
{
	const int over = utf8_columns(line) - cols;
	char *best = line;
	size_t longest = 0;
	size_t take;

	for (char *at = line; *at;) {
		size_t run = 0;

		while (at[run] && is_filler(at[run]) && at[run] == at[0])
			run++;
		if (run > longest) {
			longest = run;
			best = at;
		}
		at += run ? run : 1;
	}
	if (over <= 0 || longest <= KEPT)
		return;
	take = (size_t)over < longest - KEPT ? (size_t)over : longest - KEPT;
	memmove(best, best + take, strlen(best + take) + 1);
}

static void paper_line(struct sheet *s, const char *text, size_t len)
{
	char line[LINE_BYTES];

	if (len >= sizeof(line))
		len = sizeof(line) - 1;
	memcpy(line, text, len);
	line[len] = '\0';
	if (is_rule(line)) {
		canvas_text(&s->lines, sheet_line(s, RANK_MUST), s->margin,
			STYLE_DIM, line); /* cut at the edge */
		return;
	}
	squeeze(line, s->cols);
	if (!*line)
		sheet_line(s, RANK_SPACE);
	else
		sheet_text(s, RANK_MUST, STYLE_NORMAL, line);
}

void preview_paper(struct sheet *s, const char *text, int top, int rows)
{
	const char *at = text;

	for (int i = 0; i < top && *at; i++) {
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	while (*at && s->lines.rows < rows) {
		const size_t len = strcspn(at, "\n");

		paper_line(s, at, len);
		at += len;
		at += *at == '\n';
	}
	/* The last one shown may have been wrapped over the edge. */
	if (s->lines.rows > rows)
		s->lines.rows = rows;
}

/* A paper that may be ours is not just one that nobody knows. */
static void none(struct sheet *s, const struct proof_found *f)
{
	const enum paper_says says = paper_says_none(f);
	char text[PAPER_SAYS_SIZE];

	parts_banner(s, paper_says_title(says));
	sheet_sign(s, RANK_MUST,
		says == PAPER_SAYS_ALTERED ? SIGN_STOP : SIGN_WARNING,
		paper_says_text(says, 0, f, text));
	if (says == PAPER_SAYS_UNPROVEN || says == PAPER_SAYS_FOREIGN)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Keep the paper. Give and take no money on it."));
}

/* What a paper is worth that somebody brought. */
static void worth(struct sheet *s, const struct preview *p)
{
	const enum paper_says says =
		paper_says_of(p->brief.state, p->scanned[0] != '\0');
	char text[PAPER_SAYS_SIZE];

	sheet_print(s, RANK_MUST,
		says == PAPER_SAYS_VOIDED ? STYLE_STOP : STYLE_TITLE, "[%s]",
		paper_says_title(says));
	if (p->top == 0)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			paper_says_text(says, p->brief.copies, NULL, text));
}

void preview_view(const struct preview *preview, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("RECEIPT"),
		.notice = &preview->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = preview_bindings(preview->step, &frame.bindings);
	switch (preview->step) {
	case PREVIEW_LOADING:
		parts_waiting(&s, tr("Looking in the book..."));
		break;
	case PREVIEW_SHOW:
	case PREVIEW_GIVEN:
		if (preview->scanned[0] || preview->typed)
			worth(&s, preview);
		else if (preview->brief.state == PAYOUT_VOIDED)
			sheet_print(&s, RANK_MUST, STYLE_STOP, "[%s]",
				tr("CANCELLED"));
		preview_paper(&s, preview->text, preview->top,
			frame_body_rows(c, info, &frame));
		break;
	case PREVIEW_NONE:
		none(&s, &preview->proof);
		break;
	case PREVIEW_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
