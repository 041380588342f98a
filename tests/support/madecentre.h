/*
 * madecentre.h - as much of a centre as a terminal can see: it believes every
 * batch and signs that it has it.
 */
#ifndef TESTS_SUPPORT_MADECENTRE_H
#define TESTS_SUPPORT_MADECENTRE_H

#include "core/codec/batch.h"
#include "core/codec/enrol.h"

struct madecentre {
	struct crypto_pair sign;
	uint8_t seal_public[CRYPTO_PUBLIC_SIZE];
	uint8_t seal_secret[CRYPTO_KEY_SIZE];
	/* What it said last. */
	struct checkpoint point;
	char note[CHECKPOINT_TEXT];
	size_t len;
	struct batch batch; /* of the bytes it took last */
};

/* Centre number n: another one has other keys. */
void madecentre_make(struct madecentre *c, int n);

/* Its answer to who joins; the certificates are none. */
void madecentre_enrols(const struct madecentre *c, struct enrol_answer *out);

/* It takes a batch: c->note says so. Fails the test if it is none. */
void madecentre_takes(struct madecentre *c, const void *bytes, size_t len);

/* c->point signed, after a test has changed it. */
void madecentre_signs(struct madecentre *c);

#endif
