/*
 * exceptions.h - everything in a day or shift that was not the plain case:
 * what a second person signed, differences that were accepted, what was
 * cancelled, copies, the drawer opened for nothing, sheets of the pad, money
 * too much or missing, limits, clock, outages, complaints, wrong PINs.
 *
 * Read out of the records when asked for; no table keeps it. One record, one
 * exception at most. Names are read, so somebody must be signed in (else
 * ERR_DENIED). Threads: that of the handle; a read-only one in a worker will
 * do. Blocking: some 10 us a record, 0.1 ms an exception.
 */
#ifndef DB_EXCEPTIONS_H
#define DB_EXCEPTIONS_H

#include "core/limit.h"
#include "core/notes.h"
#include "db/daylog.h"
#include "db/samples.h"

/* Numbers are for screens and tests only; no file has them. */
enum exception_kind {
	EXCEPTION_APPROVED,   /* a payment that a second person signed */
	EXCEPTION_ALONE,      /* one that nobody did, where one was wanted */
	EXCEPTION_PAD,        /* by hand before, entered later */
	EXCEPTION_REVIEW,     /* card and list differ, accepted */
	EXCEPTION_VOID,       /* cancelled, or taken back */
	EXCEPTION_COPY,       /* printed once more */
	EXCEPTION_DRAWER,     /* opened without a payment */
	EXCEPTION_OVER_SHORT, /* the count was another than the book's */
	EXCEPTION_STAND_IN,   /* closed for somebody who is out */
	EXCEPTION_NO_SLIP,    /* opened without the last Z slip */
	EXCEPTION_LIMIT,      /* a limit of the point was changed */
	EXCEPTION_LIST,       /* a list took another's place */
	EXCEPTION_CASH_AGAIN, /* an account does not pay any more */
	EXCEPTION_OUTAGE,     /* printer, disk, clock, signer */
	EXCEPTION_CLOCK,      /* it jumped, or somebody vouched for it */
	EXCEPTION_COMPLAINT,  /* somebody says that a receipt is wrong */
	EXCEPTION_WRONG_PIN,
	EXCEPTION_NOT_ALLOWED, /* tried what his role may not do */
	EXCEPTION_GIVEN,       /* approved here, for another terminal */
	EXCEPTION_CALLED,      /* called back: says otherwise than the book */
	EXCEPTION_UNSIGNED,    /* made while the signer was out (flag 1) */
	EXCEPTION_KINDS
};

#define EXCEPTION_BIT(kind) (1U << (kind))
#define EXCEPTION_ALL ((1U << EXCEPTION_KINDS) - 1)

enum exception_by {
	EXCEPTION_BY_NOBODY,
	EXCEPTION_BY_PIN, /* his PIN, or card and PIN, at this terminal */
	EXCEPTION_BY_QR   /* signed on a terminal of his own */
};

struct exception {
	enum exception_kind kind;
	uint64_t seq;
	int64_t t;
	int64_t shift;
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	int64_t approver; /* 0: nobody */
	char approver_name[DB_NAME_SIZE];
	enum exception_by by;
	bool has_amount;
	int64_t amount;
	uint64_t flags;  /* key 20 */
	uint64_t reason; /* key 17 of its kind */
	uint64_t result; /* key 28 of its kind: copy, over or short, bits … */
	uint64_t pay;    /* the payment it is about; 0: none */
	char code[SEAL_CODE_SIZE];
	char pad[PAYOUT_PAD_SIZE];
	char line[96];           /* of a limit: "limit single 20000000" */
	struct sample_word word; /* of EXCEPTION_CALLED */
	int64_t list;   /* of EXCEPTION_LIST: the one that was replaced */
	int64_t person; /* 0: of nobody, or erased */
	char name[VIET_NAME_SIZE];
};

/* "approved", "pad" …; and back. */
const char *exception_name(enum exception_kind k);
bool exception_parse(const char *name, enum exception_kind *out);

/* In the order of the book, those of kinds; each() false: stop, err->code is
 * ERR_NONE then. */
bool exceptions_each(struct db *db, const struct daylog_range *range,
	unsigned kinds, bool (*each)(void *ctx, const struct exception *e),
	void *ctx, struct err *err);

#endif
