/* sample_text.h - what was said about a receipt that was drawn. Pure. */
#ifndef FLOWS_SAMPLE_TEXT_H
#define FLOWS_SAMPLE_TEXT_H

#include "db/samples.h"

enum {
	SAMPLE_TEXT_SIZE = 128,
	SAMPLE_PHONE_SIZE = 32
};

/* "amount confirmed", "says 500.000 đồng" … */
const char *sample_said_text(const struct sample_item *it,
	char out[SAMPLE_TEXT_SIZE]);

/* "09*****678": enough to know it again; "" if there is none. */
const char *sample_phone(const char *phone, char out[SAMPLE_PHONE_SIZE]);

#endif
