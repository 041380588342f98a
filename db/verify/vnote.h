/*
 * vnote.h - a checkpoint of the centre: text, signed as signed notes are.
 *
 * Format: journal.md 7 and db/FORMATS.md. Pure.
 */
#ifndef DB_VERIFY_VNOTE_H
#define DB_VERIFY_VNOTE_H

#include "db/verify/keyring.h"

enum {
	VNOTE_TEXT = VRECORD_ACK_MAX,
	VNOTE_NONCE = 16
};

struct vnote {
	uint8_t dev[VRECORD_ID];
	uint64_t seq;
	uint8_t h[VRECORD_HASH];
	uint64_t time; /* of the centre, ms since 1970 UTC */
	uint64_t revlist;
	uint64_t lease;
	uint8_t nonce[VNOTE_NONCE];
	char name[KEYRING_NAME];
	uint8_t id[KEYRING_ID];
	uint8_t sig[VRECORD_SIG];
	char text[VNOTE_TEXT]; /* what is signed */
	size_t len;
};

/* Read one checkpoint, with or without its last line feed. */
bool vnote_read(const char *text, size_t len, struct vnote *out);

enum vnote_verdict {
	VNOTE_GOOD,
	VNOTE_NO_KEY, /* of that name, or with that id */
	VNOTE_FORGED,
};
enum vnote_verdict vnote_check(const struct vnote *n,
	const struct keyring *keys);

#endif
