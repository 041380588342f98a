/*
 * down_internal.h - what the files of down share: down.c keeps and shows,
 * down_take.c hands over to who owns what is in a parcel. Private to db/.
 */
#ifndef DB_DOWN_INTERNAL_H
#define DB_DOWN_INTERNAL_H

#include "db/down.h"

/* The content of one that waits; *out is the caller's to free. */
enum lookup down_content(struct db *db, uint64_t kind, uint64_t version,
	uint8_t **out, size_t *len, struct err *err);

/* It is over: state, rows and errors of *r. In a transaction. */
bool down_end(struct db *db, const struct down_row *r, struct err *err);

/* A text to be read out: REFUSED_PARCEL_TEXT if it is none, or not newer than
 * the one of its language that came before. */
enum verdict down_take_text(struct db *db, const uint8_t *bytes, size_t len,
	struct refusal *why, struct err *err);

#endif
