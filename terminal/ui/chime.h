/*
 * chime.h - what the terminal beeps: fine, look here, stop.
 *
 * Who looks at notes and a face hears what the screen says. Stop is what is
 * reversed on the screen, look is what has the triangle; fine is an answer
 * that the work goes on. A sound is made when such a text appears, not as
 * long as it stands there, and never for the header. One beep is fine, two
 * are look, three are stop; where the terminal can, they differ in pitch and
 * length, too. Pure: time is an argument, ms of clock_ms().
 */
#ifndef TERMINAL_UI_CHIME_H
#define TERMINAL_UI_CHIME_H

#include <stdint.h>

#include "terminal/flows/flow.h"
#include "terminal/ui/canvas.h"

enum chime {
	CHIME_NONE,
	CHIME_FINE,
	CHIME_LOOK,
	CHIME_STOP,
	CHIME_COUNT,
};

/* How one beep of it sounds on a terminal that can choose. */
struct chime_tone {
	int beeps;
	int every_ms; /* from one to the next */
	int hertz;
	int ms;
};

struct chimes {
	bool off;
	bool fine;      /* since the last screen */
	uint32_t looks; /* what stands on the screen; 0: nothing */
	uint32_t stops;
	enum chime now;
	int left; /* beeps of it */
	long long due_ms;
};

void chimes_init(struct chimes *c, bool off);

/* An event was handled: is it one to be glad of? */
void chimes_event(struct chimes *c, enum event_kind kind);

/* The screen was drawn (frame.h): begin what it asks for. */
enum chime chimes_screen(struct chimes *c, const struct canvas *screen,
	long long now_ms);

/* Is a beep due now? Then it is counted as made. */
bool chimes_ring(struct chimes *c, long long now_ms);

/* When the next beep is due; -1: none. */
long long chimes_due(const struct chimes *c);

struct chime_tone chime_tone(enum chime chime);

#endif
