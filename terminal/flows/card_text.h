/*
 * card_text.h - what the user reads about a scanned code.
 *
 * One sentence a note of idcard.h: what is wrong, and what to do now. Pure.
 */
#ifndef FLOWS_CARD_TEXT_H
#define FLOWS_CARD_TEXT_H

#include "core/codec/idcard.h"

/* Through tr(); lives for ever. Never NULL. */
const char *card_note_text(enum card_note note);

/* "Health-insurance card": what kind of code it is. */
const char *card_kind_text(enum card_kind kind);

#endif
