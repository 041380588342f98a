/* sample_text.h - what was said about a receipt that was drawn. Pure. */
#ifndef FLOWS_SAMPLE_TEXT_H
#define FLOWS_SAMPLE_TEXT_H

#include "db/samples.h"

enum {
	SAMPLE_TEXT_SIZE = 256,
	SAMPLE_PHONE_SIZE = 32,
	/* "3f2a 91c0 …", eight groups of four */
	SAMPLE_SEED_TEXT = 2 * SAMPLES_SEED + 8
};

/* "amount confirmed", "says 500.000 đồng; by a relative" … */
const char *sample_said_text(const struct sample_item *it,
	char out[SAMPLE_TEXT_SIZE]);
const char *sample_word_text(const struct sample_word *word,
	char out[SAMPLE_TEXT_SIZE]);

/* "by a relative"; "" for none. */
const char *sample_note_text(enum sample_note note);

/* "09*****678": enough to know it again; "" if there is none. */
const char *sample_phone(const char *phone, char out[SAMPLE_PHONE_SIZE]);

/* In groups of four, as it is printed and written down. */
const char *sample_seed_text(const uint8_t seed[SAMPLES_SEED],
	char out[SAMPLE_SEED_TEXT]);

#endif
