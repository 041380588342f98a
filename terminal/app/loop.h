/*
 * loop.h - the one poll(): keys, mailbox and a second's tick become events,
 * events go through the desk, effects are carried out, the screen is drawn.
 *
 * Nothing else in the program waits for input. Returns when the user quits
 * or the process is told to end (SIGTERM, SIGHUP, SIGINT).
 */
#ifndef APP_LOOP_H
#define APP_LOOP_H

#include "terminal/app/mailbox.h"
#include "terminal/app/run.h"
#include "terminal/flows/desk.h"

/* The terminal is started, box is the workers'. ERR_NO_MEMORY. */
bool loop_run(struct desk *desk, struct ports *ports, struct mailbox *box,
	struct err *err);

#endif
