/*
 * regain.h - the end of the book, back from the centre (journal.md 9, R1).
 *
 * A book that was put back from an older disk is shorter than what the centre
 * holds of it. It is frozen then (proof.h, regain_freeze()), and either gets the
 * missing records again, byte for byte, or this terminal is retired:
 *
 *	regain_look() of each page -> regain_seen -> regain_take(), one transaction
 *
 * Pages (core/codec/tail.h) come by line or by stick, signed by a key of the
 * centre that is believed here, and bear the nonce of just this freezing, so an
 * old page is none. Of each record everything is checked before any is taken:
 * canonical, of this terminal, dense, chained from a record that is here,
 * signed by the key of its epoch, and in the end the head that the centre
 * signed.
 *
 * What was written here since the break (signing in, starting the machine, the
 * freezing itself) bears numbers that the centre holds other records of. It is
 * set aside into a file beside the book, as it is, and what came back stands in
 * its place; if there is anything of value among it, nothing is taken back.
 * Tables follow the records by the same rules as when they were written. What
 * the records do not hold, people's data, comes sealed in the pages as far as
 * the centre has it. Kinds whose tables cannot be made again refuse.
 *
 * Threads and blocking: as db.h; regain_take() checks the whole book twice.
 */
#ifndef DB_REGAIN_H
#define DB_REGAIN_H

#include "core/codec/tail.h"
#include "db/refusal.h"
#include "db/users.h"

enum {
	REGAIN_PATH = 96,     /* of a question */
	REGAIN_WORD = 16 + 1, /* the nonce as people type it */
	REGAIN_NAME = 64,     /* of the file that is set aside */
	REGAIN_MOST = 200000, /* records: more than a shift or three has */
};

/* What a page is, or why not. */
enum regain_came {
	REGAIN_MORE,    /* fine; the next one is to be asked for */
	REGAIN_WHOLE,   /* fine, and nothing is missing any more */
	REGAIN_SAME,    /* the centre holds nothing that is not here */
	REGAIN_NO_PAGE, /* none, cut off, or changed */
	REGAIN_NO_KEY,  /* by no key of the centre that is believed here */
	REGAIN_OTHER,   /* of another terminal */
	REGAIN_STALE,   /* the answer to another question */
	REGAIN_GAP,     /* not what comes next */
	REGAIN_FORK,    /* does not follow from a record that is here */
	REGAIN_RECORD,  /* bad_seq: no record, or not signed by its key */
	REGAIN_TOO_FAR, /* its signing keys are not here any more: retire */
	REGAIN_KIND,    /* bad_seq: its tables cannot be made again: retire */
	REGAIN_VALUE,   /* bad_seq: something of value was written since the
			    break: retire */
	REGAIN_NOT_ALL, /* regain_take() before the last page */
	REGAIN_CHANGED, /* the book went on meanwhile: begin again */
	REGAIN_CAMES
};

/* "no_page": for scripts. */
const char *regain_came_name(enum regain_came c);

/* What has come so far. */
struct regain_seen {
	uint64_t from; /* number of the first record that is missing */
	uint64_t to;   /* of the last that came */
	uint64_t last; /* of the newest that the centre holds */
	uint64_t records;
	uint64_t payments;
	uint64_t voids;
	int64_t paid;     /* VND, voids taken off */
	int64_t first_at; /* ms since 1970 UTC */
	int64_t last_at;
	uint64_t aside; /* records of ours that make room */
	uint64_t bad_seq;
	uint64_t bad_kind;
};

struct regain;

/*
 * Begin. NULL: *err; ERR_DENIED: the book is not frozen, or has ended, or is no
 * book of a terminal at work.
 */
struct regain *regain_new(struct db *db, struct err *err);
void regain_free(struct regain *g); /* NULL is allowed */

/* What to ask the centre next: "/v1/tail?from=…". */
void regain_question(const struct regain *g, char out[REGAIN_PATH]);

/* The same for people: from which number on, and the word. */
void regain_word(const struct regain *g, uint64_t *from, char out[REGAIN_WORD]);

/* Look at a page; *used: its bytes, others may stand behind it. False: the
 * store failed. */
bool regain_look(struct regain *g, const void *bytes, size_t len, size_t *used,
	enum regain_came *out, struct err *err);

void regain_seen(const struct regain *g, struct regain_seen *out);

/*
 * Take it, by a supervisor: all or nothing. Then the book is as the centre has
 * it, with a CONFIG, line "tail FROM TO SHA256", behind it, and is frozen no
 * more unless what came back says so. aside: name of the file in the store's
 * directory, "" if nothing made room. VERDICT_REFUSED: *why if it has a code,
 * else *came says why.
 */
enum verdict regain_take(struct regain *g, const struct session *s,
	enum regain_came *came, char aside[REGAIN_NAME], struct refusal *why,
	struct err *err);

/* ---- is there more at the centre? ------------------------------------------- */

/* The question, which nobody need answer: its newest record. */
void regain_ask_head(struct db *db, uint8_t nonce[TAIL_NONCE],
	char out[REGAIN_PATH], struct err *err);

enum regain_head {
	REGAIN_HEAD_NONE,  /* no answer that counts */
	REGAIN_HEAD_FINE,  /* nothing there that is not here */
	REGAIN_HEAD_AHEAD, /* records are missing here: frozen now */
	REGAIN_HEAD_FORK   /* another record there than here: frozen now */
};

/* Freezes the book if need be. False: the store failed. */
bool regain_take_head(struct db *db, const uint8_t nonce[TAIL_NONCE],
	const void *bytes, size_t len, enum regain_head *out, struct err *err);

#endif
