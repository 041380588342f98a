/*
 * screen.h - `chitra` without a verb: the full-screen program.
 *
 * Opens store, printer and camera threads and the terminal, runs the loop,
 * closes all of it in reverse. While the screen is up, standard error goes
 * to the log, so that no library tears it.
 */
#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include "terminal/app/verb.h"

enum exit_status screen_main(int argc, char **argv);

#endif
