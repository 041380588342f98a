/*
 * upload_text.h - what is in the way of sending, as people are told.
 */
#ifndef TERMINAL_FLOWS_UPLOAD_TEXT_H
#define TERMINAL_FLOWS_UPLOAD_TEXT_H

#include "terminal/flows/upload.h"

/* A few words for a line of the screen; FINE: "". Through tr(). */
const char *upload_word(enum upload_trouble t);

/* What it is, and what to do. Through tr(). */
const char *upload_says(enum upload_trouble t);

#endif
