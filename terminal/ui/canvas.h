/*
 * canvas.h - a screen made of memory. Views draw here; nothing else does.
 *
 * Drawing off the edge, or outside the clip region, is allowed and cut, so no
 * view counts columns. Text is UTF-8; a wide character takes two cells. What
 * has no width of its own never becomes a cell: control characters, marks
 * that combine, bidirectional and zero-width ones (T41). The canvas also
 * says where the cursor of the real terminal stands, because screen readers
 * and braille displays follow it.
 *
 * A canvas may stand for the line mode (canvas_for_lines()): it is as long as
 * can be, figures and pictures are left out of it, frame.h writes one thing a
 * line, and lines.h reads it out.
 *
 * No allocation; about 128 KiB in the caller's memory.
 */
#ifndef TERMINAL_UI_CANVAS_H
#define TERMINAL_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a piece of text is. How that looks: theme.h. */
enum style {
	STYLE_NORMAL,
	STYLE_DIM,     /* labels, dot leaders, rules */
	STYLE_TITLE,   /* headings, names */
	STYLE_FIGURE,  /* big figures and the amount that is paid */
	STYLE_KEY,     /* a key in the footer */
	STYLE_MAIN,    /* the one main action */
	STYLE_FIELD,   /* where something is typed, or the chosen line */
	STYLE_STATE,   /* [A STATE] that lets the flow go on */
	STYLE_NOTE,    /* the round mark and its line */
	STYLE_WARNING, /* the triangle and its line */
	STYLE_STOP,    /* the square, and [A STATE] that stops the flow */
	STYLE_DIFFERS, /* letters in which card and list disagree */
	STYLE_COUNT,
};

struct cell {
	uint32_t ch : 24; /* Unicode; 0: right half of a wide character */
	uint32_t style : 8;
};

enum {
	CANVAS_MAX_ROWS = 128,
	CANVAS_MAX_COLS = 256,
	CANVAS_DUMP_SIZE = CANVAS_MAX_ROWS * (CANVAS_MAX_COLS * 4 + 1) + 1
};

struct canvas_area {
	int row;
	int col;
	int rows;
	int cols;
};

struct canvas {
	int rows;
	int cols;
	struct canvas_area clip;
	int cursor_row; /* -1: nowhere in particular */
	int cursor_col;
	bool cursor_shown; /* something is typed there */
	int typed;         /* columns that stand in that field already */
	bool secret;       /* what is typed there must not be seen */
	bool lines;        /* read out line by line, not looked at */
	struct {           /* the rows where these begin (frame.h) */
		int body;
		int notice;
		int keys;
		int end;
	} part;
	struct cell cell[CANVAS_MAX_ROWS][CANVAS_MAX_COLS];
};

/* Blank the canvas and set its size, cut to 0 and to the maximum. */
void canvas_clear(struct canvas *c, int rows, int cols);

/* The same for the line mode: as many rows as there may be. */
void canvas_for_lines(struct canvas *c, int cols);

/* Draw only inside this area from now on; NULL: everywhere. */
void canvas_clip(struct canvas *c, const struct canvas_area *area);

/* Draw text from (row, col) on. Returns the column after it. */
int canvas_text(struct canvas *c, int row, int col, enum style style,
	const char *text);

/* The same, formatted; at most 1,000 bytes. */
int canvas_print(struct canvas *c, int row, int col, enum style style,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Text that ends before column end. Returns the column where it begins. */
int canvas_right(struct canvas *c, int row, int end, enum style style,
	const char *text);

/* So many cells of one character of width one. Returns the column after. */
int canvas_repeat(struct canvas *c, int row, int col, enum style style,
	uint32_t ch, int count);

/* Change how cells look that are drawn already. */
void canvas_restyle(struct canvas *c, int row, int col, int cols,
	enum style style);

/* Copy cols cells of a row of src to (row, col) of c. */
void canvas_copy(struct canvas *c, int row, int col, const struct canvas *src,
	int src_row, int cols);

/*
 * Where the cursor of the terminal shall stand, cut to the canvas; shown
 * where something is typed, else hidden and only for screen readers.
 */
void canvas_cursor(struct canvas *c, int row, int col, bool shown);

/*
 * Hidden, where the first text of that area begins; at the top left of the
 * canvas if there is none.
 */
void canvas_cursor_at_text(struct canvas *c, const struct canvas_area *area);

/* Write the canvas as lines of text, trailing blanks cut, styles left out. */
void canvas_dump(const struct canvas *c, char *out, size_t size);

/*
 * The same with the looks, for tests: below a line that has any, a line of
 * "~" and one letter of canvas_style_letter for each cell.
 */
void canvas_dump_styles(const struct canvas *c, char *out, size_t size);

/* A letter for a style, blank for STYLE_NORMAL. */
char canvas_style_letter(enum style style);

#endif
