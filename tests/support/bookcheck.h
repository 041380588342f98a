/*
 * bookcheck.h - the verifier, called in this process on bytes in memory.
 *
 * What main() of chitra-verify does with files, without its 10,000 starts.
 * Signatures that held once are remembered with all that was asked
 * (crypto_verify_tagged is wrapped by the linker for programs that use
 * this), so that one changed byte costs one verification. ASK_ALL=1 asks
 * libsodium each time.
 */
#ifndef TESTS_SUPPORT_BOOKCHECK_H
#define TESTS_SUPPORT_BOOKCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/bookbytes.h"

/* What the verifier is given beside the journal; NULL: not. */
struct bookcheck_with {
	struct bytes *keys;
	const char *checkpoints; /* paths */
	const char *receipts;
	const char *roster;
	const char *revlist;
	bool future;
	uint64_t from; /* 0: all */
	uint64_t to;
};

enum bookcheck_exit {
	BOOKCHECK_ACCEPT = 0,
	BOOKCHECK_FINDINGS = 1,
	BOOKCHECK_UNREADABLE = 2
};

struct bookcheck {
	enum bookcheck_exit exit;
	uint64_t checks; /* bit by V number: there is a finding */
	uint64_t infos;  /* bit by V number: there is information */
	char text[4096]; /* the first findings */
};

#define BOOKCHECK_HAS(bits, check) (((bits) >> (check)) & 1)

void bookcheck_file(const struct bytes *journal,
	const struct bookcheck_with *with, struct bookcheck *out);

/* A store, by the path of its database. */
void bookcheck_store(const char *path, const struct bookcheck_with *with,
	struct bookcheck *out);

/* Is check V.. found at record seq (0: anywhere) of what was checked last? */
bool bookcheck_found(int check, uint64_t seq);

#endif
