/*
 * upload_text.h - what is in the way of sending, as people are told.
 */
#ifndef TERMINAL_FLOWS_UPLOAD_TEXT_H
#define TERMINAL_FLOWS_UPLOAD_TEXT_H

#include "terminal/flows/upload.h"

/* An alarm in a few words, for the header of any screen; "" for what is none.
 * Through tr(). */
const char *upload_word(enum upload_trouble t);

/* What it is, and what to do. Through tr(). */
const char *upload_says(enum upload_trouble t);

#endif
