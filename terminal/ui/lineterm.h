/*
 * lineterm.h - the line mode's terminal: text out, whole lines in.
 *
 * For a serial console, a braille display, a pipe. No curses: the kernel's own
 * line editing, nothing but text and line feeds is sent, so that any terminal
 * will do ("dumb", hard copy). Beside term.h, of which only one is started;
 * the same rules: one thread, left through lineterm_stop() only, a deadly
 * signal gives the terminal its settings back first.
 */
#ifndef TERMINAL_UI_LINETERM_H
#define TERMINAL_UI_LINETERM_H

#include "core/err.h"
#include "terminal/flows/lineread.h"
#include "terminal/ui/lines.h"

struct lineterm_options {
	bool plain; /* ASCII only: see plain.h */
	int cols;   /* 0: as the terminal has, 80 if that is not known */
};

struct lineterm; /* one at a time */

/* ERR_NO_MEMORY, ERR_IO. A pipe is fine. */
struct lineterm *lineterm_start(const struct lineterm_options *options,
	struct err *err);

/* Settings back, memory wiped. NULL is allowed. */
void lineterm_stop(struct lineterm *t);

/* Blank c at the terminal's present width, ready to be drawn on. */
void lineterm_blank(const struct lineterm *t, struct canvas *c);

/*
 * Say what has to be said of c, and ask for the next line; what is typed for
 * a PIN is not echoed. After an answer that changed nothing this is said.
 */
void lineterm_say(struct lineterm *t, const struct canvas *c,
	enum lines_why why);

/* Say one sentence, through tr() already. */
void lineterm_tell(struct lineterm *t, const char *sentence);

/*
 * Take what poll() says is there. False: nobody is at the other end any more,
 * and no whole line is left of what came.
 */
bool lineterm_read(struct lineterm *t, struct lineread *in);

/* Forget what was typed and not yet asked for. */
void lineterm_drop(struct lineterm *t);

/* Somebody signed out: what was said is not remembered. */
void lineterm_forget(struct lineterm *t);

#endif
