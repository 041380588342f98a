/*
 * iso20022.h - messages to banks as ISO 20022 has them: acmt.023.001.03, is
 * this account that person's, and pain.001.001.09, pay these accounts. What
 * comes back is acmt024.h.
 *
 * Versions: acmt.023.001.03 and its answer acmt.024.001.03 are what name
 * checks are run with in 2026, pain.001.001.09 what banks take in files. A
 * message is a head, one piece for each person, and an end, each appended to
 * a buffer that the caller writes out, so memory does not grow with it.
 *
 * Every text goes through iso20022_text(), which leaves nothing that XML
 * would have to escape. Banks are named by their NAPAS BIN, as a member of
 * the proprietary clearing system "NAPAS"; accounts are no IBAN, hence Othr.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_ISO20022_H
#define CORE_CODEC_ISO20022_H

#include "core/buf.h"
#include "core/codec/account.h"
#include "core/date.h"

enum {
	ISO20022_ID_SIZE = 36, /* Max35Text */
	ISO20022_NAME_SIZE =
		71, /* 70: what accounts and national schemes take */
	ISO20022_NOTE_SIZE = 141,
	ISO20022_PIECE =
		4096 /* bytes that a head, a piece, an end never need */
};

/*
 * The characters that every bank takes: A-Z, 0-9, blanks and / - ? : ( ) . ,
 * ' +. Letters become capitals without marks, Đ is D; what else there is, is
 * a blank; blanks are single, a / neither first nor last nor twice. Cut to
 * size.
 */
void iso20022_text(const char *text, char *out, size_t size);

/*
 * Of the message: "0123456789abcdef-1234-1": terminal (its first 16 digits),
 * number of a record, part from 1. part 0: of an account, by its record, and
 * without a part.
 */
void iso20022_id(const char *dev_hex, uint64_t seq, int part,
	char out[ISO20022_ID_SIZE]);

/* The record of an id without a part; false: it is none of that terminal. */
bool iso20022_id_read(const char *id, const char *dev_hex, uint64_t *seq);

struct iso20022_head {
	char id[ISO20022_ID_SIZE];
	int64_t t;             /* made at, ms since 1970 */
	const char *office;    /* who sends it; any text */
	const char *office_id; /* its code */
};

/* ---- acmt.023: is that account his? --------------------------------------- */

struct iso20022_check {
	char id[ISO20022_ID_SIZE];
	const char *owner;    /* whose it is to be; any text */
	const char *owner_id; /* his number; "": not known */
	const char *holder;   /* the name that it is said to have */
	const struct account *account;
};

void iso20022_acmt023_head(struct buf *out, const struct iso20022_head *h,
	const char *bin);
void iso20022_acmt023_one(struct buf *out, const struct iso20022_check *c);
void iso20022_acmt023_end(struct buf *out);

/* ---- pain.001: pay these accounts ------------------------------------------ */

struct iso20022_debtor {
	const char *name;
	struct account account;
	struct date day;  /* on which it is to be done */
	const char *note; /* what the payments are for; any text */
	int64_t count;    /* of the payments that follow */
	int64_t sum;      /* and what they come to, đồng */
};

struct iso20022_payment {
	char id[ISO20022_ID_SIZE]; /* end to end: the same when sent again */
	const char *name;
	const struct account *account;
	int64_t amount;
};

void iso20022_pain001_head(struct buf *out, const struct iso20022_head *h,
	const struct iso20022_debtor *d);
void iso20022_pain001_one(struct buf *out, const struct iso20022_debtor *d,
	const struct iso20022_payment *p);
void iso20022_pain001_end(struct buf *out);

#endif
