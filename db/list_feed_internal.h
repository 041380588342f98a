/*
 * list_feed_internal.h - a list file read in a thread of its own.
 *
 * Reading, hashing and checking cells take as long as storing rows, so they
 * are done beside it: the thread fills one batch while the caller empties
 * the other. The caller's thread alone has the store. Blocking: the caller
 * waits for the next batch, at most as long as the disk takes.
 */
#ifndef DB_LIST_FEED_INTERNAL_H
#define DB_LIST_FEED_INTERNAL_H

#include "core/codec/paylist.h"
#include "core/crypto.h"
#include "db/list_rows_internal.h"
#include "db/lists.h"

enum {
	LIST_FEED_BATCH = 128
};

/* A row of the list, or a trouble in one, in the order of the file. */
struct list_item {
	bool is_trouble;
	int errors; /* of the row */
	union {
		struct list_row row;
		struct paylist_error trouble;
	};
};

struct list_batch {
	struct list_item item[LIST_FEED_BATCH];
	int count;
	int64_t bytes; /* of the file so far; 0: not known */
};

struct list_feed;

/* Start to read the file behind fd by source, or here if NULL. NULL: *err. db
 * for list_rows_prepare(). */
struct list_feed *list_feed_start(const struct db *db, int fd,
	const struct list_source *source, struct err *err);

/* The next batch, good until the next call; NULL: no more. */
const struct list_batch *list_feed_next(struct list_feed *f);

/*
 * Stop, if it is not at the end, and free all. True if the whole file was
 * read, and stayed as it was meanwhile; then *out is set. Else *err is why,
 * unless the caller stopped it.
 */
struct list_read {
	uint8_t sha256[CRYPTO_HASH_SIZE];
	int64_t bytes;
	char sheet[LISTS_SHEET_SIZE];
};
bool list_feed_end(struct list_feed *f, struct list_read *out, struct err *err);

#endif
