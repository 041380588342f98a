#include "terminal/ui/find_view.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	QUERY_COLS = 30,
	LAST_DIGITS = 4,
	CHROME_ROWS = 10 /* header, footer, headline: for two-line rows */
};

static void body_type(struct sheet *s, const struct find *find)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("Whom do you look for?"));
	sheet_space(s);
	parts_typed(s, "", &find->query, QUERY_COLS, find->step == FIND_TYPE);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Four or more last digits of the ID number"));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Name without marks: nguyen thi dep"));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Number on the list, one to three digits"));
}

static const char *last_digits(const struct person_found *p)
{
	const size_t len = strlen(p->id12);

	return len > LAST_DIGITS ? p->id12 + len - LAST_DIGITS : p->id12;
}

static void say_year(const struct person_found *p, char out[8])
{
	if (p->birth.year > 0)
		snprintf(out, 8, "%d", p->birth.year);
	else
		snprintf(out, 8, "%s", "");
}

/* "500.000", or that it is paid: never a row without either. */
static void say_due(const struct person_found *p, char out[64])
{
	char money[MONEY_TEXT_SIZE];

	if (p->paid)
		snprintf(out, 64, "[%s]", tr("HAS BEEN PAID"));
	else if (p->due > 0)
		snprintf(out, 64, "%s", money_format(p->due, money));
	else
		snprintf(out, 64, "[%s]", tr("NO CASH"));
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

/*
 * A name too long for its column loses middle names from the left, as few as
 * need be: "NGUYỄN ... THẢO NGUYÊN". False if even that does not fit.
 */
static bool shorten_name(const char *name, int cols, char *out, size_t size)
{
	const size_t family = strcspn(name, " ");
	const char *rest = strchr(name, ' ');

	while (rest && (rest = strchr(rest + 1, ' '))) {
		struct buf b;

		buf_init(&b, out, size);
		buf_put(&b, name, family);
		buf_printf(&b, " ...%s", rest);
		if (!b.full && utf8_columns(buf_text(&b)) <= cols)
			return true;
	}
	return false;
}

/*
 * The given name, which is the last, is always seen: by it the list is in
 * order, and people know each other by it.
 */
static void name_cell(struct sheet *s, int row, int col, int cols,
	enum style style, const char *name)
{
	char text[VIET_NAME_SIZE + sizeof(" ...")];

	if (utf8_columns(name) > cols &&
		shorten_name(name, cols, text, sizeof(text)))
		name = text;
	cell(s, row, col, cols, style, name);
}

/* Where the columns of a row begin, from the margin on; 0: not shown. */
struct columns {
	int name;
	int year;
	int last;
	int hamlet;
	int due_end; /* right edge */
};

static void one_line(struct sheet *s, const struct person_found *p, int digit,
	const struct columns *at, enum style style)
{
	const int row = sheet_line(s, RANK_MUST);
	const int m = s->margin;
	char text[64];

	canvas_print(&s->lines, row, m, STYLE_KEY, "%d", digit);
	name_cell(s, row, m + at->name, at->year - at->name - 1, style,
		p->name);
	say_year(p, text);
	canvas_text(&s->lines, row, m + at->year, STYLE_NORMAL, text);
	canvas_text(&s->lines, row, m + at->last, STYLE_NORMAL, last_digits(p));
	say_due(p, text);
	if (at->due_end) {
		const int due = canvas_right(&s->lines, row, m + at->due_end,
			STYLE_NORMAL, text);

		cell(s, row, m + at->hamlet, due - 2 - m - at->hamlet,
			STYLE_NORMAL, p->hamlet);
	} else {
		/* No room for both: that it is paid matters more. */
		cell(s, row, m + at->hamlet, s->cols - at->hamlet, STYLE_NORMAL,
			p->paid || p->due == 0 ? text : p->hamlet);
	}
}

/* Narrow, but rows enough: name on one line, the rest below it. */
static void two_lines(struct sheet *s, const struct person_found *p, int digit,
	enum style style)
{
	const int name = sheet_line(s, RANK_MUST);
	const int rest = sheet_line(s, RANK_MUST);
	const int m = s->margin;
	char due[64];
	char year[8];
	int end;

	canvas_print(&s->lines, name, m, STYLE_KEY, "%d", digit);
	name_cell(s, name, m + 2, s->cols - 2, style, p->name);
	say_due(p, due);
	end = canvas_right(&s->lines, rest, m + s->cols, STYLE_NORMAL, due);
	say_year(p, year);
	canvas_text(&s->lines, rest, m + 2, STYLE_NORMAL, year);
	canvas_text(&s->lines, rest, m + 7, STYLE_NORMAL, last_digits(p));
	cell(s, rest, m + 12, end - 2 - m - 12, STYLE_NORMAL, p->hamlet);
}

static struct columns columns_of(const struct sheet *s)
{
	if (s->cols >= 70)
		return (struct columns){3, 32, 38, 44, s->cols};
	return (struct columns){2, s->cols - 21, s->cols - 16, s->cols - 11, 0};
}

static void list_rows(struct sheet *s, const struct find *find, bool two)
{
	const struct columns at = columns_of(s);
	int first;
	const int rows = find_page_rows(find, &first);

	for (int i = 0; i < rows; i++) {
		const struct person_found *p = &find->row[first + i];
		const bool chosen = i == find->cursor;
		const int line = s->lines.rows;
		const enum style style = chosen ? STYLE_FIELD : STYLE_NORMAL;

		if (two)
			two_lines(s, p, i + 1, style);
		else
			one_line(s, p, i + 1, &at, style);
		if (!chosen)
			continue;
		canvas_text(&s->lines, line, s->margin + 1, STYLE_KEY, "→");
		canvas_cursor(&s->lines, line, s->margin, false);
	}
}

static void body_list(struct sheet *s, const struct find *find,
	const struct canvas *c)
{
	int first;
	const int rows = find_page_rows(find, &first);
	const bool two = layout_width(c) != LAYOUT_WIDE &&
			 2 * rows + CHROME_ROWS <= c->rows;

	sheet_print(s, RANK_USEFUL, STYLE_TITLE,
		find->more ? tr("%d to %d of the first %d found")
			   : tr("%d to %d of %d found"),
		first + 1, first + rows, find->count);
	sheet_space(s);
	list_rows(s, find, two);
}

void find_view(const struct find *find, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("FIND"), .notice = &find->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = find_bindings(find->step, &frame.bindings);
	if (find->step == FIND_LIST)
		body_list(&s, find, c);
	else
		body_type(&s, find);
	if (find->step == FIND_LOOKUP)
		parts_waiting(&s, tr("Searching..."));
	frame_show(c, info, &frame, &s);
}
