/*
 * page.h - a printed page, told line by line; whoever prints it knows how.
 *
 * One description for paper (escpos.h), picture and screen. Columns are
 * cells of the 12x24 font: 32 on 58 mm paper (384 dots), 48 on 80 mm (576),
 * 42 on 512 dots.
 * Text is clean UTF-8 (text.h); what the font lacks prints as '?', what has
 * no width (control and combining characters) does not print at all.
 * Lives in the caller's memory. Pure; any thread.
 */
#ifndef CORE_CODEC_PAGE_H
#define CORE_CODEC_PAGE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PAGE_MAX_LINES = 160,
	PAGE_TEXT_SIZE = 256, /* bytes of one line */
	PAGE_QR_SIZE = 512
};

/*
 * Widths in dots: the two usual ones, at 203 dpi, and any multiple of 8
 * between them. Many printers for 80 mm paper have 512 (180 dpi) or 504.
 */
enum {
	PAGE_58 = 384,
	PAGE_80 = 576,
	PAGE_80_LEAST = 504,   /* narrower is 58 mm paper */
	PAGE_WIDE_COLUMNS = 44 /* from here on a template has "wide" */
};

enum page_align {
	PAGE_LEFT,
	PAGE_CENTER,
};

enum page_kind {
	PAGE_TEXT,  /* text, aligned; wrapped by page_add_text() */
	PAGE_PAIR,  /* label left; value at the right edge or from a column */
	PAGE_RULE,  /* a line across */
	PAGE_SPACE, /* so many dots of nothing */
	PAGE_QR,    /* text as a QR, centred */
	PAGE_CUT,
};

struct page_line {
	enum page_kind kind;
	enum page_align align;
	bool bold;    /* PAIR: the value only */
	bool big;     /* double width and height */
	bool inverse; /* white on a black bar: what nobody may overlook */
	int dots;     /* SPACE: how many; QR: dots a module */
	int column;   /* PAIR: where the value begins; 0: it ends at the edge */
	char text[PAGE_TEXT_SIZE];  /* TEXT; PAIR: the label */
	char value[PAGE_TEXT_SIZE]; /* PAIR */
};

struct page {
	int width;
	int lines;
	struct page_line line[PAGE_MAX_LINES];
	char qr[PAGE_QR_SIZE]; /* the text of the one QR line; "" if none */
	bool full;             /* a line was left out: the page is no good */
};

/*
 * The widest of these that is not wider: 511 is 504. Less than PAGE_58 is
 * PAGE_58: what has room for less has room for no receipt.
 */
int page_width_near(int dots);

/* width: one that page_width_near() gives. */
void page_init(struct page *p, int width);

/* Columns of normal text on this width: 32 to 48. */
int page_columns(const struct page *p);

/* Columns that a text takes on paper. */
int page_text_columns(const char *text);

/*
 * Words wrapped to the width; a word longer than a line is cut. "" is an
 * empty line. At most PAGE_MAX_LINES lines in all.
 */
void page_add_text(struct page *p, enum page_align align, bool bold, bool big,
	const char *text);

/*
 * Label left, value at the right edge: amounts. If both do not fit into one
 * line, the value goes below. bold is for the value.
 */
void page_add_pair(struct page *p, bool bold, const char *label,
	const char *value);

/* Label left, value from a column on, wrapped under itself: names. */
void page_add_field(struct page *p, bool bold, int column, const char *label,
	const char *value);

/* Big, centred, white on black: BẢN SAO, TẬP HUẤN, ĐÃ HUỶ. */
void page_add_mark(struct page *p, const char *text);

void page_add_rule(struct page *p);
void page_add_space(struct page *p, int dots); /* 0 to 400 */

/* One QR a page; a second one, or too long a text, makes the page full. */
void page_add_qr(struct page *p, const char *text, int dots_a_module);
void page_add_cut(struct page *p);

#endif
