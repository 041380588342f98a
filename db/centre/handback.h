/*
 * handback.h - a terminal gets its own records back (journal.md 9, R1).
 *
 *	GET /v1/tail?from=N&nonce=HEX[&most=N]
 *
 * One signed page (core/codec/tail.h) of at most 256 records and 256 KiB, from
 * record N on, with the number and hash of the newest one here; who wants more
 * asks again behind them. most=0 asks for the newest one's number alone. A
 * terminal sees its own book only, by its certificate. Personal data that are
 * still here are opened and sealed anew, to its device key.
 *
 * One that is out gets nothing (403), nor one that is frozen (409): two books
 * of it exist, so its records are no longer the ones to go on from. What went
 * out is noted: `chitra-centre report` says so.
 */
#ifndef DB_CENTRE_HANDBACK_H
#define DB_CENTRE_HANDBACK_H

#include "core/codec/tail.h"
#include "db/centre/centre_home.h"
#include "db/centre/store.h"
#include "db/centre/web.h"

/* Answers of 200, 400, 403, 404, 409, 503; false: the store failed, *err. */
bool handback_answer(struct store *s, const struct centre_home *h,
	const struct web_request *in, uint64_t now, struct web_answer *out,
	struct err *err);

struct handback {
	const struct store_device *of;
	uint64_t from;
	uint64_t most; /* records of a page */
	uint8_t nonce[TAIL_NONCE];
	uint64_t now;
	bool by_file;
};

/*
 * One page behind out, noted if there are records in it. *to: number of its
 * last record, from - 1 if it has none. ERR_CORRUPT: records are missing here.
 */
bool handback_page(struct store *s, const struct centre_home *h,
	const struct handback *what, uint64_t *to, struct buf *out,
	struct err *err);

#endif
