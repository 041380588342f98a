/* payouts_internal.h - shared by the files of payouts. Private to db/. */
#ifndef DB_PAYOUTS_INTERNAL_H
#define DB_PAYOUTS_INTERNAL_H

#include "db/payouts.h"

/* Fill a refusal from a PAY record. */
enum lookup payouts_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err);

/* The same for the payout that is open; ABSENT: none is. */
enum lookup payouts_prior_open(struct db *db, struct refusal_prior *out,
	struct err *err);

/* The number of the payout that is open. */
enum lookup payouts_open_seq(struct db *db, uint64_t *seq, struct err *err);

/* Does that PAY come less than 15 s after the one before? */
bool payouts_is_quick(struct db *db, uint64_t seq, bool *quick,
	struct err *err);

/* Has this very process begun to print it, and not heard the result? */
bool payouts_printing(const struct db *db, uint64_t seq);

enum {
	PAYOUT_PD_SIZE = 1024
};

/*
 * The personal data of a record, canonical CBOR (db/README.md): the person,
 * and those of request (NULL: none) and date (NULL: none). Its length.
 */
size_t payouts_pd(const struct person *p, const struct pay_request *request,
	const char *date, uint8_t out[PAYOUT_PD_SIZE]);

#endif
