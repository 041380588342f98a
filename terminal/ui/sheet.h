/*
 * sheet.h - the body of a screen, line by line, that fits itself in.
 *
 * A view writes its lines from top to bottom and says of each how much it
 * matters. sheet_show() puts them on the canvas; when there are more lines
 * than rows, first the empty ones go, then what is nice to know, then what
 * is useful, a whole text at a time. So one view serves 80x25 and 40x15. If even what must be seen
 * does not fit, the last row says so; no golden screen has that.
 */
#ifndef TERMINAL_UI_SHEET_H
#define TERMINAL_UI_SHEET_H

#include <stdint.h>

#include "terminal/ui/canvas.h"

enum rank {
	RANK_MUST,
	RANK_USEFUL,
	RANK_NICE,
	RANK_SPACE,
	RANK_PAD, /* empty lines above and below a banner */
};

struct sheet {
	struct canvas lines; /* rows are as many as were written */
	uint8_t rank[CANVAS_MAX_ROWS];
	bool goes_on[CANVAS_MAX_ROWS]; /* the text of the row above it */
	int margin;                    /* columns left empty at the left */
	int cols;                      /* between the margins */
	int pair_cols; /* of a label and its value, see sheet_pair() */
	bool tight;    /* no room for big figures */
	bool tall;     /* room for long lists */
	bool spoken;   /* the line mode: see canvas.h */
};

/* An empty sheet for a canvas of this size. */
void sheet_init(struct sheet *s, const struct canvas *c);

/*
 * Begin a new line and return its row in s->lines, to be drawn on with the
 * canvas functions from column s->margin on.
 */
int sheet_line(struct sheet *s, enum rank rank);

/* An empty line. */
void sheet_space(struct sheet *s);

/* Text, wrapped at the margins. */
void sheet_text(struct sheet *s, enum rank rank, enum style style,
	const char *text);
void sheet_print(struct sheet *s, enum rank rank, enum style style,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* A sign, a blank, the text wrapped beside it. */
enum sign {
	SIGN_NOTE,    /* round */
	SIGN_WARNING, /* triangle */
	SIGN_STOP,    /* square, reversed */
};
void sheet_sign(struct sheet *s, enum rank rank, enum sign sign,
	const char *text);

/*
 * "Label .........  500.000": dots between, the value right-aligned. Values
 * stand below each other: sheet_pair_room() before the first of them makes
 * room for the longest label.
 */
void sheet_pair_room(struct sheet *s, const char *label, const char *value);
void sheet_pair(struct sheet *s, enum rank rank, const char *label,
	enum style style, const char *value);
void sheet_money(struct sheet *s, enum rank rank, const char *label,
	int64_t amount);

/*
 * The amount in big figures, or in one bold line where that is too much. Big
 * only for money that is to be counted or handed over now.
 */
void sheet_amount(struct sheet *s, int64_t amount);
void sheet_amount_line(struct sheet *s, int64_t amount);

/*
 * "Label 123___": something is typed here, up to width columns. In the
 * active one stands the cursor.
 */
void sheet_field(struct sheet *s, const char *label, const char *value,
	int width, bool active);

/* The same for a PIN: the line mode lets nobody see it either. */
void sheet_secret(struct sheet *s, const char *label, const char *shown,
	int width, bool active);

/* [STATES], as many on a line as fit. Start with at = sheet_states(s). */
struct states {
	int row;
	int col;
};
struct states sheet_states(struct sheet *s);
void sheet_state(struct sheet *s, struct states *at, enum style style,
	const char *text);

/* Lines that must be seen. */
int sheet_must(const struct sheet *s);

/* Put the sheet into the area. */
void sheet_show(const struct sheet *s, struct canvas *c,
	const struct canvas_area *area);

#endif
