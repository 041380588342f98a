/*
 * proof_text.h - what a paper proves about the book, in words. Pure.
 */
#ifndef FLOWS_PROOF_TEXT_H
#define FLOWS_PROOF_TEXT_H

#include <stddef.h>

#include "db/proof.h"

enum {
	PROOF_MESSAGE_SIZE = 384
};

/* One or two sentences through tr(). */
void proof_text(const struct proof_found *f, char *out, size_t size);

#endif
