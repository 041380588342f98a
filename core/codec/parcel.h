/*
 * parcel.h - what the centre sends down to terminals, signed.
 *
 * One canonical CBOR map (db/FORMATS.md): a head of known size, which says
 * what it is, for whom, which version, and the hash of what is in it, and then
 * the content, last and in one piece, so that neither side need have it whole
 * in memory. The same bytes go by network and by stick. Golden vectors:
 * tests/data/parcel_vectors.txt. Pure; any thread.
 */
#ifndef CORE_CODEC_PARCEL_H
#define CORE_CODEC_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/codec/checkpoint.h"
#include "core/crypto.h"

enum {
	PARCEL_DEV = 16,
	PARCEL_KEY_ID = 4,
	PARCEL_HEAD_MAX = 256,
	PARCEL_CONTENT_MAX = 64 * 1024 * 1024,
	/* Bytes of a whole parcel that are fetched at a time. */
	PARCEL_PART = 256 * 1024,
	PARCEL_ROLL_MAX = 256 /* bytes of the content of a roll */
};

/* What is in it. The numbers are on the wire. */
enum parcel_kind {
	PARCEL_ROLL = 1,    /* the centre's next signing key */
	PARCEL_REVLIST = 2, /* users who are out (revlist.h) */
	PARCEL_TEXT = 3,    /* a text that is read out before a consent */
	PARCEL_LIST = 4,    /* a payment list: the terminal is to pay it */
	PARCEL_CHANGES = 5,
	PARCEL_ANSWERS = 6, /* of the account check */
	PARCEL_USERS = 7,   /* a table of who works there (user_list.h) */
	PARCEL_KINDS = 8
};

/* How a kind is handed round. */
struct parcel_rule {
	const char *name; /* "list": of files, verbs and addresses */
	bool for_all;     /* one row of versions for all terminals, else each
			     terminal has its own */
	bool sealed;      /* to the terminal's device key */
	/* Versions 1, 2, 3 … each of which counts; else only the newest. */
	bool each_counts;
};

/* NULL: no kind that is known. */
const struct parcel_rule *parcel_rule(uint64_t kind);
/* 0: none is called so. */
uint64_t parcel_kind_of(const char *name);

struct parcel {
	uint64_t kind; /* enum parcel_kind, or one that is not known here */
	uint64_t version;
	bool for_all;
	uint8_t dev[PARCEL_DEV];          /* zero if for_all */
	uint64_t made;                    /* ms since 1970 UTC */
	uint64_t until;                   /* ms: good before that; 0: no end */
	uint8_t sha256[CRYPTO_HASH_SIZE]; /* of the content */
	uint64_t len;                     /* of the content */
	uint8_t key_id[PARCEL_KEY_ID];
	uint8_t sig[CRYPTO_SIG_SIZE];
};

/* The first bytes of the SHA-256 of a public key. */
void parcel_key_id(const uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[PARCEL_KEY_ID]);

/*
 * Sign it and put all but the content at the end of out, at most
 * PARCEL_HEAD_MAX bytes; key_id and sig are filled in.
 */
void parcel_sign(struct parcel *p, const struct crypto_pair *key,
	struct buf *out);

/* The same of one that was signed before. */
void parcel_write_head(const struct parcel *p, struct buf *out);

/*
 * Read a head; there may be more behind it. Strict. The number of its bytes,
 * behind which the content begins; 0: this is no parcel.
 */
size_t parcel_read_head(const void *bytes, size_t len, struct parcel *out);

/* A whole one: nothing is missing or behind it, and its content is the one
 * that the head names. *content points into bytes. */
bool parcel_read(const void *bytes, size_t len, struct parcel *out,
	const uint8_t **content);

/* False for another key's id, too. */
bool parcel_is_signed(const struct parcel *p,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

/* The content of a PARCEL_ROLL: the key that signs from now on. The parcel is
 * signed by the key before, and its version is number. */
struct parcel_roll {
	uint64_t number; /* 1 follows the key that the centre began with */
	char name[CHECKPOINT_NAME];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
};

/* Signed by the new key itself: who rolls to it has it. */
void parcel_roll_write(const struct parcel_roll *r,
	const struct crypto_pair *key, struct buf *out);
bool parcel_roll_read(const void *bytes, size_t len, struct parcel_roll *out);

#endif
