/* revlists.h - what a centre would do: sign lists of revoked users. */
#ifndef TESTS_SUPPORT_REVLISTS_H
#define TESTS_SUPPORT_REVLISTS_H

#include <stdint.h>

#include "core/crypto.h"

enum {
	REVLISTS_SIZE = 4096
};

/* A list of that version; users: its lines, each with its end. */
void revlists_make(const struct crypto_pair *centre, int version,
	int64_t issued, const char *users, char out[REVLISTS_SIZE]);

#endif
