/*
 * recorder.h - writes what goes into the desk into a file (recording.h).
 *
 * The loop tells it of everything from outside, and of the answers. No PIN,
 * no card, nothing typed about a person reaches the file: see recording.h.
 * Lines are kept in memory and written when the loop has nothing to do, or
 * half of that memory is full; nothing waits for the disk. Whoever is killed
 * in between loses the last second of the recording.
 *
 * A NULL recorder is allowed everywhere and does nothing. One thread.
 */
#ifndef APP_RECORDER_H
#define APP_RECORDER_H

#include "terminal/flows/desk.h"

struct recorder;

/* Makes the file, which must not be there, with mode 0600. */
struct recorder *recorder_open(const char *path, struct err *err);

/* The screen was drawn in this size; the first call writes the first line. */
void recorder_screen(struct recorder *r, int rows, int cols);

/* On its way to the desk, which has not seen it yet. */
void recorder_input(struct recorder *r, const struct desk *desk,
	const struct event *ev);

/* A tick that did something. */
void recorder_tick(struct recorder *r, long long at_ms);

/* What the desk asked for, and the answer. */
void recorder_effect(struct recorder *r, const struct effect *fx);
void recorder_answer(struct recorder *r, const struct event *answer);

/* There is nothing to do just now. */
void recorder_flush(struct recorder *r);

/* Write the rest. False: not all of it is in the file. */
bool recorder_close(struct recorder *r, struct err *err);

#endif
