/* regain_internal.h - what the files of regain share. Private to db/. */
#ifndef DB_REGAIN_INTERNAL_H
#define DB_REGAIN_INTERNAL_H

#include "db/journal.h"
#include "db/nextkey_internal.h"
#include "db/record_internal.h"
#include "db/regain.h"

/* A record that came: where its bytes are, in regain.bytes. */
struct regained {
	size_t body;
	size_t len;
	size_t sig;
	size_t pd; /* sealed to the device */
	size_t pd_len;
};

struct regain {
	struct db *db;
	uint8_t nonce[TAIL_NONCE];
	struct journal_head own;         /* where the book stood */
	uint64_t next;                   /* number of the record to come */
	uint8_t h[CRYPTO_HASH_SIZE];     /* of the one before */
	uint8_t key[CRYPTO_PUBLIC_SIZE]; /* signs it */
	bool has_page;                   /* these two are known: */
	uint64_t last;
	uint8_t head[CRYPTO_HASH_SIZE];
	uint64_t first; /* number of the first that is not here; 0: none yet */
	uint8_t before[CRYPTO_HASH_SIZE]; /* hash of the one before it */
	uint8_t ahead[NEXTKEY_AHEAD][CRYPTO_PUBLIC_SIZE];
	int aheads;
	int rolls;
	struct regained *record;
	size_t records;
	size_t room;
	uint8_t *bytes;
	size_t used;
	size_t size;
	struct regain_seen seen;
	bool whole;
};

/* May a record of this kind be taken back: are its tables made again? */
bool regain_replays(const struct record *r);

/*
 * Insert record r of those bytes at the end of the book, which moves on, and
 * let the tables follow. ERR_CORRUPT: they cannot. pd: plain, without salt;
 * NULL: not known.
 */
struct regain_replay {
	struct db *db;
	struct journal_head head;
	const struct record *r;
	const uint8_t *body;
	size_t len;
	const uint8_t *sig;
	uint8_t h[CRYPTO_HASH_SIZE];
	const uint8_t *pd;
	size_t pd_len;
};
bool regain_replay(struct regain_replay *p, struct err *err);

#endif
