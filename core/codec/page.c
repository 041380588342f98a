/* page.c - lines, and words wrapped into them. */
#include "core/codec/page.h"

#include <assert.h>
#include <string.h>

#include "core/codec/font.h"
#include "core/str.h"
#include "core/utf8.h"

enum {
	MAX_SPACE = 400 /* dots */
};

int page_width_near(int dots)
{
	if (dots < PAGE_58)
		return PAGE_58;
	return dots > PAGE_80 ? PAGE_80 : dots / 8 * 8;
}

void page_init(struct page *p, int width)
{
	assert(width == page_width_near(width));
	p->width = width;
	p->lines = 0;
	p->qr[0] = '\0';
	p->full = false;
}

int page_columns(const struct page *p)
{
	return p->width / FONT_WIDTH;
}

int page_text_columns(const char *text)
{
	int columns = 0;

	for (uint32_t ch = utf8_next(&text); ch; ch = utf8_next(&text))
		if (utf8_width(ch) > 0)
			columns++;
	return columns;
}

static struct page_line *add_line(struct page *p, enum page_kind kind)
{
	struct page_line *line;

	if (p->lines == PAGE_MAX_LINES) {
		p->full = true;
		return NULL;
	}
	line = &p->line[p->lines++];
	*line = (struct page_line){.kind = kind};
	return line;
}

/*
 * Move the next line of at most so many columns from *text to out. The break
 * is at the last blank that fits; a word longer than the line is cut.
 */
static void take_line(const char **text, int columns, char out[PAGE_TEXT_SIZE])
{
	const char *start = *text + strspn(*text, " ");
	const size_t len = strlen(start);
	size_t word = 0; /* the blank before the last word, 0: none yet */
	size_t used = 0;
	size_t end = 0;

	for (int taken = 0; end < len; end += used) {
		const uint32_t ch = utf8_decode(start + end, len - end, &used);

		if (ch == ' ')
			word = end;
		taken += utf8_width(ch) > 0;
		if (taken > columns || end + used >= PAGE_TEXT_SIZE) {
			end = word > 0 ? word : end;
			break;
		}
	}
	*text = start + end + strspn(start + end, " ");
	while (end > 0 && start[end - 1] == ' ')
		end--;
	memcpy(out, start, end);
	out[end] = '\0';
}

void page_add_text(struct page *p, enum page_align align, bool bold, bool big,
	const char *text)
{
	const int columns = page_columns(p) / (big ? 2 : 1);

	do {
		struct page_line *line = add_line(p, PAGE_TEXT);

		if (!line)
			return;
		line->align = align;
		line->bold = bold;
		line->big = big;
		take_line(&text, columns, line->text);
	} while (*text);
}

void page_add_mark(struct page *p, const char *text)
{
	const int columns = page_columns(p) / 2 - 2; /* a cell either side */

	do {
		struct page_line *line = add_line(p, PAGE_TEXT);

		if (!line)
			return;
		line->align = PAGE_CENTER;
		line->bold = true;
		line->big = true;
		line->inverse = true;
		take_line(&text, columns, line->text);
	} while (*text);
}

static bool has_room_for(const struct page *p, const char *label,
	const char *value)
{
	const int label_columns = page_text_columns(label);

	return label_columns + (label_columns > 0) + page_text_columns(value) <=
	       page_columns(p);
}

void page_add_pair(struct page *p, bool bold, const char *label,
	const char *value)
{
	if (!has_room_for(p, label, value)) {
		page_add_text(p, PAGE_LEFT, false, false, label);
		label = "";
	}
	do {
		struct page_line *line = add_line(p, PAGE_PAIR);

		if (!line)
			return;
		line->bold = bold;
		take_line(&label, page_columns(p), line->text);
		take_line(&value, page_columns(p), line->value);
	} while (*value);
}

void page_add_field(struct page *p, bool bold, int column, const char *label,
	const char *value)
{
	const int columns = page_columns(p) - column;

	assert(column > 0 && columns > 0);
	if (page_text_columns(label) >= column) {
		page_add_text(p, PAGE_LEFT, false, false, label);
		label = "";
	}
	do {
		struct page_line *line = add_line(p, PAGE_PAIR);

		if (!line)
			return;
		line->bold = bold;
		line->column = column;
		take_line(&label, column, line->text);
		take_line(&value, columns, line->value);
	} while (*value);
}

void page_add_rule(struct page *p)
{
	add_line(p, PAGE_RULE);
}

void page_add_space(struct page *p, int dots)
{
	struct page_line *line = add_line(p, PAGE_SPACE);

	if (line)
		line->dots = dots < 0 ? 0 : dots > MAX_SPACE ? MAX_SPACE : dots;
}

void page_add_qr(struct page *p, const char *text, int dots_a_module)
{
	struct page_line *line = add_line(p, PAGE_QR);

	if (!line)
		return;
	line->dots = dots_a_module;
	if (p->qr[0] || !str_copy(p->qr, sizeof(p->qr), text))
		p->full = true;
}

void page_add_cut(struct page *p)
{
	add_line(p, PAGE_CUT);
}
