/*
 * screen_play.h - the screen's --record, --replay and --speed: opened before
 * the screen comes up, closed behind it, and what is said about them.
 */
#ifndef APP_SCREEN_PLAY_H
#define APP_SCREEN_PLAY_H

#include "terminal/app/player.h"
#include "terminal/app/recorder.h"
#include "terminal/app/verb.h"

struct screen_play {
	const char *record; /* file to be written; NULL: none */
	const char *replay; /* file to be played; NULL: none */
	const char *text;   /* --speed: so many times its pace, or "max" */
	struct recorder *recorder;
	struct player *player;
	int speed; /* 0: as fast as it goes */
};

/* EXIT_DONE, or what was said is wrong. */
enum exit_status screen_play_open(struct screen_play *p,
	const struct options *o);

/* How it went, beside how it went then: EXIT_DONE if it was the same. */
enum exit_status screen_play_says(const struct screen_play *p, bool stopped);

/* Why there is nothing to be played in the store that was opened. */
void screen_play_refuses(void);

/* Closes both; status unless something goes wrong here. */
enum exit_status screen_play_close(struct screen_play *p,
	enum exit_status status);

#endif
