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

/* The text of a scanned code, cleaned, without the line end of scanners. */
bool proof_scanned(const void *bytes, size_t len, char out[PROOF_TEXT_SIZE]);

/* One or two sentences through tr(). */
void proof_text(const struct proof_found *f, char *out, size_t size);

#endif
