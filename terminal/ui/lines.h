/*
 * lines.h - a canvas of the line mode as text that is read out, once.
 *
 * A new screen is said whole; on the same one only what changed. The header
 * is said where it changed, with the next answer: counts that change by
 * themselves interrupt nobody. What only the eye sees is put into
 * characters: differing letters in [brackets], leaders as a colon, masks and
 * empty fields as one sign. The line with the field in which something is
 * typed comes last, as the question.
 *
 * No escape sequences, no control characters but the line feed. Pure; about
 * 480 KiB in the caller's memory.
 */
#ifndef TERMINAL_UI_LINES_H
#define TERMINAL_UI_LINES_H

#include "terminal/ui/canvas.h"

enum {
	LINES_TEXT = CANVAS_MAX_COLS * 5 + 1, /* of one line, with brackets */
	LINES_SIZE = CANVAS_MAX_ROWS * LINES_TEXT
};

/* The lines of one screen. */
struct lines_screen {
	int rows;
	int body; /* where these parts begin */
	int notice;
	int keys;
	int question; /* the line with the field; -1: none */
	char line[CANVAS_MAX_ROWS][LINES_TEXT];
};

struct lines {
	bool any; /* something was said */
	struct lines_screen said;
	struct lines_screen header; /* the one whose header was said */
	struct lines_screen now;
};

enum lines_why {
	LINES_ANSWER,  /* a line was typed: its notice is said in any case */
	LINES_BEGUN,   /* the same, and what it began may come later */
	LINES_UNASKED, /* something changed by itself */
	LINES_ALL,     /* everything again */
};

void lines_init(struct lines *l);

/*
 * What has to be said of c, ended by a line feed; "" if nothing has. The
 * question is not in it: see lines_question().
 */
const char *lines_say(struct lines *l, const struct canvas *c,
	enum lines_why why, char *out, size_t size);

/* The line with the field of the screen that was said last; "" if none. */
const char *lines_question(const struct lines *l);

/* Whom it was about is not kept: somebody signed out (T66). */
void lines_forget(struct lines *l);

#endif
