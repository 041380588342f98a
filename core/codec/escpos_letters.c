/*
 * escpos_letters.c - lines of a page in a printer's own letters.
 *
 * A line is put together in memory first: if it has a character that the
 * printer lacks, it goes out as raster. Style and page are told only when
 * they change. What is no text (white on black, QR) stays raster.
 */
#include <stdio.h>
#include <string.h>

#include "core/codec/codepage.h"
#include "core/codec/escpos_internal.h"
#include "core/str.h"
#include "core/utf8.h"

enum {
	LF = 0x0a,
	LINE_BYTES = 512, /* of one line, its changes of page with it */
	MAX_LINES = 255   /* of one ESC d */
};

/* A line on its way, and what holds behind it. */
struct line {
	struct buf out;
	uint8_t bytes[LINE_BYTES];
	int cells;
	int page;
	bool bold;
	bool big;
};

static void set_page(struct line *l, int page)
{
	const uint8_t command[] = {ESCPOS_ESC, 't', (uint8_t)page};

	if (l->page != page)
		buf_put(&l->out, command, sizeof(command));
	l->page = page;
}

static void set_style(struct line *l, bool bold, bool big)
{
	const uint8_t embolden[] = {ESCPOS_ESC, 'E', bold};
	const uint8_t enlarge[] = {ESCPOS_GS, '!', big ? 0x11 : 0};

	if (l->bold != bold)
		buf_put(&l->out, embolden, sizeof(embolden));
	if (l->big != big)
		buf_put(&l->out, enlarge, sizeof(enlarge));
	l->bold = bold;
	l->big = big;
}

static bool put_1258(struct line *l, const struct escpos_how *how, uint32_t ch)
{
	uint8_t bytes[CODEPAGE_MAX_BYTES];
	const size_t n = codepage_encode(CODEPAGE_CP1258, ch, bytes);

	if (n == 0)
		return false;
	set_page(l, how->page);
	buf_put(&l->out, bytes, n);
	return true;
}

/* Of two pages: that in force, if it has the character. */
static bool put_tcvn3(struct line *l, const struct escpos_how *how, uint32_t ch)
{
	const enum codepage pages[] = {CODEPAGE_TCVN3, CODEPAGE_TCVN3_CAPITALS};
	const int numbers[] = {how->page, how->capitals};
	const int first = l->page == how->capitals ? 1 : 0;

	for (int i = 0; i < 2; i++) {
		const int which = i == 0 ? first : !first;
		uint8_t bytes[CODEPAGE_MAX_BYTES];

		if (codepage_encode(pages[which], ch, bytes) == 0)
			continue;
		set_page(l, numbers[which]);
		buf_byte(&l->out, bytes[0]);
		return true;
	}
	return false;
}

static bool put_utf8(struct line *l, uint32_t ch)
{
	char utf8[UTF8_MAX_BYTES];

	if (!font_has(ch))
		return false;
	buf_put(&l->out, utf8, utf8_encode(ch, utf8));
	return true;
}

static bool put_char(struct line *l, const struct escpos_how *how, uint32_t ch)
{
	switch (how->letters) {
	case ESCPOS_RASTER:
		return false;
	case ESCPOS_TCVN3:
		return put_tcvn3(l, how, ch);
	case ESCPOS_CP1258:
		return put_1258(l, how, ch);
	case ESCPOS_UTF8:
		return put_utf8(l, ch);
	}
	return false;
}

/* As far as there are cells; what has no width is left out. */
static bool put_text(struct line *l, const struct escpos_how *how,
	const char *text, int cells)
{
	for (uint32_t ch = utf8_next(&text); ch; ch = utf8_next(&text)) {
		if (utf8_width(ch) == 0)
			continue;
		if (l->cells == cells)
			break;
		if (!put_char(l, how, ch))
			return false;
		l->cells++;
	}
	return true;
}

static bool put_pair(struct line *l, const struct escpos_how *how,
	const struct page_line *line, int cells)
{
	int column = line->column;

	if (column == 0)
		column = cells - page_text_columns(line->value);
	set_style(l, false, false);
	if (!put_text(l, how, line->text, cells))
		return false;
	while (l->cells < column) {
		buf_byte(&l->out, ' ');
		l->cells++;
	}
	set_style(l, line->bold, false);
	return put_text(l, how, line->value, cells);
}

/* Half a line of dashes parts as well as a whole one, and costs half. */
static void put_rule(struct line *l, int cells)
{
	set_style(l, false, false);
	for (; l->cells < cells / 2; l->cells++)
		buf_byte(&l->out, '-');
}

static bool make_line(struct line *l, const struct escpos_how *how,
	const struct page_line *line, int cells)
{
	switch (line->kind) {
	case PAGE_TEXT:
		if (line->inverse)
			return false;
		set_style(l, line->bold, line->big);
		return put_text(l, how, line->text,
			line->big ? cells / 2 : cells);
	case PAGE_PAIR:
		return put_pair(l, how, line, cells);
	case PAGE_RULE:
		put_rule(l, cells);
		return true;
	case PAGE_SPACE:
	case PAGE_QR:
	case PAGE_CUT:
		break;
	}
	return false;
}

void escpos_put_feed(struct escpos_job *j)
{
	/* Lines of letters have white of their own between them. */
	int lines = (j->blank + ESCPOS_LINE / 2) / ESCPOS_LINE;

	j->rows += lines * ESCPOS_LINE;
	j->blank = 0;
	while (lines > 0) {
		const int n = lines < MAX_LINES ? lines : MAX_LINES;
		const uint8_t feed[] = {ESCPOS_ESC, 'd', (uint8_t)n};

		buf_put(&j->out, feed, sizeof(feed));
		lines -= n;
	}
}

bool escpos_put_letters(struct escpos_job *j, const struct page_line *line)
{
	struct line l = {.page = j->page, .bold = j->bold, .big = j->big};

	buf_init(&l.out, l.bytes, sizeof(l.bytes));
	if (!make_line(&l, &j->how, line, j->bytes * 8 / FONT_WIDTH) ||
		l.out.full)
		return false;
	escpos_put_feed(j);
	escpos_put_align(j, line->kind == PAGE_TEXT ? line->align : PAGE_LEFT);
	buf_put(&j->out, l.bytes, l.out.len);
	buf_byte(&j->out, LF);
	j->page = l.page;
	j->bold = l.bold;
	j->big = l.big;
	j->rows += l.big ? ESCPOS_BIG_LINE : ESCPOS_LINE;
	return true;
}

const char *escpos_how_text(const struct escpos_how *how, char *out)
{
	switch (how->letters) {
	case ESCPOS_RASTER:
		snprintf(out, ESCPOS_HOW_SIZE, "raster");
		break;
	case ESCPOS_TCVN3:
		snprintf(out, ESCPOS_HOW_SIZE, "tcvn3:%d:%d", how->page,
			how->capitals);
		break;
	case ESCPOS_CP1258:
		snprintf(out, ESCPOS_HOW_SIZE, "cp1258:%d", how->page);
		break;
	case ESCPOS_UTF8:
		snprintf(out, ESCPOS_HOW_SIZE, "utf8");
		break;
	}
	return out;
}

/* ":30", moving *text past it. */
static bool read_number(const char **text, uint8_t *out)
{
	char digits[4];
	size_t n;
	int64_t number;

	if (**text != ':')
		return false;
	n = strspn(*text + 1, "0123456789");
	if (n == 0 || n >= sizeof(digits))
		return false;
	memcpy(digits, *text + 1, n);
	digits[n] = '\0';
	if (!str_to_int(digits, 0, 255, &number))
		return false;
	*text += 1 + n;
	*out = (uint8_t)number;
	return true;
}

bool escpos_how_read(const char *text, struct escpos_how *out)
{
	static const struct {
		const char *name;
		enum escpos_letters letters;
		int numbers;
	} words[] = {
		{"raster", ESCPOS_RASTER, 0},
		{"tcvn3", ESCPOS_TCVN3, 2},
		{"cp1258", ESCPOS_CP1258, 1},
		{"utf8", ESCPOS_UTF8, 0},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *at = text + strlen(words[i].name);

		if (!str_starts(text, words[i].name))
			continue;
		*out = (struct escpos_how){.letters = words[i].letters};
		return (words[i].numbers < 1 || read_number(&at, &out->page)) &&
		       (words[i].numbers < 2 ||
			       read_number(&at, &out->capitals)) &&
		       *at == '\0';
	}
	return false;
}
