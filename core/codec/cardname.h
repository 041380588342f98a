/*
 * cardname.h - did a name or an address come through the scanner whole?
 *
 * A scanner that plays keyboard loses or swaps marked letters: "Nguy?n",
 * "Nguy7877n", "Ph░íng", "DĐaăặng". What was there cannot be told for sure,
 * so nobody guesses: the name is then asked for by hand. Input is clean NFC
 * text (text.h). Pure; any thread.
 */
#ifndef CORE_CODEC_CARDNAME_H
#define CORE_CODEC_CARDNAME_H

#include <stdbool.h>

/* Only letters, blanks, apostrophes, dashes and dots, none typed double. */
bool cardname_is_whole(const char *name);

/* The same for an address, where digits and any ASCII sign are at home. */
bool cardname_is_whole_address(const char *address);

#endif
