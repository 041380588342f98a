/*
 * frame_text.h - what header and footer say, as text.
 *
 * The same words on a screen (frame.h) and in the line mode
 * (frame_lines.h). Through tr(); pure.
 */
#ifndef TERMINAL_UI_FRAME_TEXT_H
#define TERMINAL_UI_FRAME_TEXT_H

#include "terminal/flows/flow.h"

enum {
	FRAME_TROUBLES = 12,
	FRAME_TEXT_SIZE = 256
};

/* "37 chờ gửi", or that all is sent. */
void frame_say_unsent(const struct status *s, char *out, size_t size);

/* "142/200"; "" before somebody has signed in: then all is 0. */
void frame_say_progress(const struct status *s, char *out, size_t size);

/* "MẤT MẠNG từ 08:12", the time only where asked for and known. */
void frame_say_link(const struct status *s, bool with_time, char *out,
	size_t size);

/* What is wrong with the terminal itself, the worst first. */
struct frame_trouble {
	int count;
	const char *text[FRAME_TROUBLES];
	char away[FRAME_TEXT_SIZE]; /* the first of them may be this */
};
bool frame_has_trouble(const struct status *s);
void frame_troubles(const struct status *s, struct frame_trouble *out);

#endif
