/*
 * parcels.h - what the centre hands down to terminals: put in, offered, given
 * out.
 *
 * A content lies in the store once, in pieces, so that giving it out takes no
 * more memory than a piece, however large it is. What is for one terminal is
 * sealed to its device key before it gets here: neither the store nor a stick
 * shows who is on a list. A parcel is signed by the key of the day on which
 * it goes out; only rolls keep the signature of the key before them.
 *
 * Threads: as the store's. Errors: its own.
 */
#ifndef DB_CENTRE_PARCELS_H
#define DB_CENTRE_PARCELS_H

#include "core/codec/manifest.h"
#include "db/centre/centre_home.h"
#include "db/centre/store.h"

/* What is to be put in; the content as a terminal is to find it, unsealed. */
struct parcels_new {
	uint64_t kind;                 /* enum parcel_kind, but PARCEL_ROLL */
	const struct store_device *to; /* NULL: a kind that is for all */
	const void *content;
	size_t len;
	/* Of a kind for all of which the newest counts; else 0: the next. */
	uint64_t version;
	uint64_t until; /* ms; 0: no end */
	uint64_t now;
};

/*
 * In a transaction of the caller's. ERR_INVALID: too long, or not a version
 * that comes next.
 */
bool parcels_put(struct store *s, const struct crypto_pair *key,
	const struct parcels_new *n, struct parcel *out, struct err *err);

/*
 * The same of a parcel that is signed already: a roll, as it was kept in a
 * file. ERR_INVALID: it is none, or another one has its number.
 */
bool parcels_put_roll(struct store *s, const void *bytes, size_t len,
	struct err *err);

/*
 * What that terminal should fetch, in no transaction: m's nonce, items and rolls are filled in,
 * the latter from rolls, which has to stay. If it has versions of its own that
 * the store lost, the next ones are numbered behind them (T58). Kinds that it does not name it
 * would not understand.
 */
struct parcels_rolls {
	uint8_t bytes[MANIFEST_ROLLS_MAX][MANIFEST_ROLL_BYTES];
};
bool parcels_offer(struct store *s, const uint8_t dev[PARCEL_DEV],
	const struct manifest_request *r, struct manifest *m,
	struct parcels_rolls *rolls, struct err *err);

/* The head of one, signed for today. */
enum lookup parcels_head(struct store *s, const struct crypto_pair *key,
	const uint8_t dev[PARCEL_DEV], uint64_t kind, uint64_t version,
	struct parcel *out, struct err *err);

/* All of a content, which fits; ERR_CORRUPT if it is not all there. */
bool parcels_content(struct store *s, const struct parcel *p, void *out,
	struct err *err);

/*
 * Into a directory of a stick: under another name first, synced, so that a
 * stick which is pulled out has it whole or not at all. path: CENTRE_PATH
 * bytes for where it is.
 */
bool parcels_write(struct store *s, const struct parcel *p, const char *dir,
	char path[CENTRE_PATH], struct err *err);

#endif
