/*
 * vpaper.h - what paper says of a record: receipts, Z slips, printed codes.
 *
 * journal.md 6 and db/FORMATS.md, with a base45 of its own. Pure.
 */
#ifndef DB_VERIFY_VPAPER_H
#define DB_VERIFY_VPAPER_H

#include "db/verify/vrecord.h"

enum {
	VPAPER_RECEIPT_HEAD = 52,
	VPAPER_SLIP_HEAD = 82,
	VPAPER_CODE_SIZE = 17, /* "129S-RZCJ-BYD8-9" */
	VPAPER_H = 16          /* bytes of the hash on paper */
};

enum vpaper_kind {
	VPAPER_RECEIPT, /* CV1: */
	VPAPER_SLIP,    /* CZ1: */
	VPAPER_CODE,    /* only sixty bits of the hash */
};

/* Which fields count depends on the kind. */
struct vpaper {
	enum vpaper_kind kind;
	uint8_t dev[VRECORD_ID];
	uint64_t seq;
	uint64_t t;
	uint8_t h[VPAPER_H];
	uint8_t sig[VRECORD_SIG];
	uint8_t head[VPAPER_SLIP_HEAD]; /* what sig is over, head_len of it */
	size_t head_len;
	/* CV1 */
	uint64_t amount;
	uint64_t period;
	/* CZ1 */
	uint64_t shift;
	uint64_t expected;
	uint64_t counted;
	uint64_t paid_gross;
	uint64_t void_gross;
	uint64_t payments;
	uint64_t voids;
	/* Code: the first sixty bits of h, in the low bits. */
	uint64_t bits;
};

/* Read one line as a scanner or a person gives it. False: it is none. */
bool vpaper_read(const char *text, struct vpaper *out);

/* The signature on the paper, by the key of the epoch of its record. */
bool vpaper_signed(const struct vpaper *p, const uint8_t key[VRECORD_HASH]);

/* What the paper of this record must say; sig is left empty. */
void vpaper_receipt(const struct vrecord *r, const uint8_t h[VRECORD_HASH],
	struct vpaper *out);
void vpaper_slip(const struct vrecord *r, const uint8_t h[VRECORD_HASH],
	struct vpaper *out);

/* The code of a hash as printed, and its sixty bits. */
void vpaper_code(const uint8_t h[VRECORD_HASH], char out[VPAPER_CODE_SIZE]);
uint64_t vpaper_bits(const uint8_t h[VRECORD_HASH]);

#endif
