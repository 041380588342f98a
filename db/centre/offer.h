/*
 * offer.h - what a terminal that asks is given of what comes down.
 *
 *	POST /v1/open                   what there is (core/codec/manifest.h)
 *	GET  /v1/parcel/KIND/VERSION    one of them, whole; KIND: "list" ...
 *	GET  /v1/parcel/KIND/VERSION/N  PARCEL_PART bytes of it, from 0 on, so that
 *	                                a slow line need not hold out for it all
 *
 * Each terminal sees its own and what is for all. Contents go out while they
 * are read from the store, a piece at a time.
 */
#ifndef DB_CENTRE_OFFER_H
#define DB_CENTRE_OFFER_H

#include "db/centre/parcels.h"
#include "db/centre/web.h"

/* Where the store of a thread comes from, also later, while bytes go out. */
struct offer_stores {
	struct store *(*take)(void *arg);
	void (*give_back)(void *arg, struct store *s);
	void *arg;
};

#define OFFER_PARCEL "/v1/parcel/"

/* Answers of 200, 400, 403, 404; false: the store failed, *err. */
bool offer_open(struct store *s, const struct centre_home *h,
	const struct web_request *in, uint64_t now, struct web_answer *out,
	struct err *err);
bool offer_parcel(struct store *s, const struct centre_home *h,
	const struct offer_stores *later, const struct web_request *in,
	struct web_answer *out, struct err *err);

#endif
