/*
 * upload.h - what to send to the centre next, and when: a pure machine.
 *
 *	            something to send
 *	 RESTING ----------------------> send ----> answer
 *	    ^  ^                          ^           |
 *	    |  |   wait 30 s * 2^n, +-50% |           | no answer, 413, 429, 503
 *	    |  +--------------------------+-----------+
 *	    |                             |           | acknowledged: twice as
 *	    +-----------------------------+-----------+ many the next time
 *	 STOPPED: fork, revoked, refused: a person has to look
 *
 * It reads no clock, asks nobody and draws nothing: times, chance and answers
 * are given to it. Who runs it: terminal/app/uplink.h. Only what the store took
 * as an acknowledgement (db/outbox.h) counts as delivered; whatever else comes
 * is not delivered, and is sent again.
 */
#ifndef TERMINAL_FLOWS_UPLOAD_H
#define TERMINAL_FLOWS_UPLOAD_H

#include <stdbool.h>
#include <stdint.h>

enum {
	UPLOAD_MOST = 256, /* records a batch: BATCH_MAX_RECORDS */
	UPLOAD_FIRST = 32, /* the first time, on a line nobody knows */
	UPLOAD_BACK_MS = 30 * 1000,
	UPLOAD_BACK_MOST_MS = 30 * 60 * 1000,
	/* So many records are not kept waiting, fewer wait for company: each
	 * acknowledgement is a record, too. */
	UPLOAD_ENOUGH = 64,
	UPLOAD_GATHER_MS = 60 * 1000,
};

/* What came of the last attempt, in classes that people are told of. */
enum upload_trouble {
	UPLOAD_FINE,
	UPLOAD_NO_NETWORK,   /* no alarm: it goes on by itself */
	UPLOAD_SLOW,         /* time-outs, a line that breaks */
	UPLOAD_NOT_OURS,     /* alarm: somebody stands in for the centre */
	UPLOAD_CLOCK,        /* alarm: our clock, or their certificate */
	UPLOAD_BUSY,         /* 429, 503: later */
	UPLOAD_NO_SENSE,     /* 200 without acknowledgement, 302, HTML … */
	UPLOAD_ROLLED_BACK,  /* alarm: the centre lost what it had signed */
	UPLOAD_FORKED,       /* alarm, stop: two books of one terminal */
	UPLOAD_TAIL_LOST,    /* alarm, stop: the centre has records that are
				missing here, perhaps an older disk */
	UPLOAD_REFUSED,      /* stop: 422, it says which record and check */
	UPLOAD_REVOKED,      /* stop: 403 */
	UPLOAD_UNKNOWN,      /* stop: 401, 404: join the centre anew */
	UPLOAD_NOT_POSSIBLE, /* libcurl, certificate or address are wrong */
	UPLOAD_STORE,        /* our own store did not read or write */
	UPLOAD_TROUBLES
};

/* Has a person to look? And does only a person make it go on? */
bool upload_is_alarm(enum upload_trouble t);
bool upload_is_stop(enum upload_trouble t);

/* "no_network" … for scripts and the store. -1: no such name. */
const char *upload_trouble_name(enum upload_trouble t);
int upload_trouble_of(const char *name);

/* What came back, as the store and the line understood it. */
enum upload_came {
	CAME_ACK,       /* signed, ours, newer; the store has it */
	CAME_OLD_ACK,   /* signed and ours, but says nothing new */
	CAME_NO_ACK,    /* 200, and no acknowledgement that holds */
	CAME_GAP,       /* 409: .last of ours is what it has */
	CAME_FORK,      /* 409: fork; or a gap with another hash */
	CAME_AHEAD,     /* it holds records that are not here */
	CAME_TOO_LARGE, /* 413 */
	CAME_LATER,     /* 429, 503: .retry_s */
	CAME_WRONG,     /* 422: .seq, .check */
	CAME_REVOKED,   /* 403 */
	CAME_UNKNOWN,   /* 401, 404 */
	CAME_STATUS,    /* any other status */
	CAME_NO_NETWORK,
	CAME_NOT_OURS,
	CAME_CLOCK,
	CAME_TIMEOUT,
	CAME_CUT,
	CAME_NO_ANSWER,
	CAME_NOT_POSSIBLE,
	CAME_STOPPED,
	CAME_STORE, /* our store failed: nothing is known to be taken */
};

struct upload_answer {
	enum upload_came came;
	uint64_t last;    /* GAP: the last record that the centre holds */
	unsigned retry_s; /* LATER */
	uint64_t seq;     /* WRONG */
	unsigned check;   /* WRONG: number of V.. */
	unsigned sent;    /* records of the batch that was sent; 0: none */
	uint64_t acked;   /* last record acknowledged before, in our store */
};

struct upload {
	unsigned size;  /* records of the next batch */
	unsigned tries; /* that failed in a row */
	int64_t next;   /* ms (any clock): not before; 0: at once */
	bool stopped;
	bool resending; /* the centre lost some: from resend_from on */
	uint64_t resend_from;
	enum upload_trouble trouble; /* of the last attempt */
	uint64_t bad_seq;            /* of REFUSED */
	unsigned bad_check;
	uint64_t chance; /* of the jitter */
};

/* seed: of this terminal's id, so that no two have the same rhythm. */
void upload_init(struct upload *u, uint64_t seed);

/*
 * When a terminal starts it does not begin at once: 30,000 of them that get
 * power together would come together. now: ms of a clock that never jumps.
 */
void upload_start(struct upload *u, int64_t now);

/* Somebody wants it now: waiting is over, a stop too, once. */
void upload_hurry(struct upload *u);

struct upload_todo {
	bool send;     /* a batch of at most .most records */
	unsigned most; /* */
	uint64_t from; /* 0: behind the last acknowledged; else from there */
	int64_t wait;  /* ms until this is to be asked again; -1: a person */
};

/*
 * waiting: records that the centre has not acknowledged (and are worth
 * sending). since: ms for which the oldest of them waits.
 */
struct upload_todo upload_next(const struct upload *u, int64_t now,
	uint64_t waiting, int64_t since);

/* What came of the batch that was sent. */
void upload_answered(struct upload *u, int64_t now,
	const struct upload_answer *a);

#endif
