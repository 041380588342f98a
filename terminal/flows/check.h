/*
 * check.h - is this the right person, and is there something to pay?
 *
 *	LOOKUP --found--> READY ----ENTER----------------> (leaves: PAY)
 *	   |       |        ^  \--2, 3--> NAME > ID > PAPER > UNTIL > RELATION --+
 *	   |       |        |   \-6--> WHO --1, 2--^
 *	   |       |        |1  \-4-----------------------> (leaves: NOT_PAID)
 *	   |       |     DIFFERS   card and list differ: look, then 1
 *	   |       +--> STOP       paid already
 *	   |       +--> NO_CASH    by account, or nothing is due
 *	   +-- nobody --> NOBODY
 *
 * The four checks are words in brackets. A difference between card and list
 * is shown letter by letter and has to be accepted with the digit shown, which
 * says why, too; it is recorded with the payment (REVIEW_ bits) and goes to
 * the list of corrections (db/corrections.h). Without a card the paper has
 * to be looked at, which the screen says.
 *
 * Who may receive: the person, a guardian, an authorised person (his paper,
 * until when it is good, how he is related), a carer, whoever receives the
 * funeral money (of a dead person nothing else is paid). Under 18, and the
 * list names a guardian: he receives, or a supervisor signs (db/payouts.h).
 */
#ifndef FLOWS_CHECK_H
#define FLOWS_CHECK_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum check_step {
	CHECK_LOOKUP,
	CHECK_DIFFERS, /* the person, and what differs from the card */
	CHECK_READY,   /* the person; may be paid */
	CHECK_WHO,     /* carer, or receiver of funeral money */
	CHECK_NAME,    /* the receiver's name is typed or scanned */
	CHECK_ID,      /* the receiver's number */
	CHECK_PAPER,   /* the paper that allows him to receive */
	CHECK_UNTIL,   /* until when that is good */
	CHECK_RELATION,
	CHECK_STOP,    /* paid already: the facts, a copy of the receipt */
	CHECK_NO_CASH, /* nothing to pay in cash: a sentence */
	CHECK_NOBODY,  /* the card's person is on no list here */
	CHECK_STEP_COUNT,
};

enum check_outcome {
	CHECK_BACK, /* given up */
	CHECK_PAY,  /* request is complete */
	CHECK_NOT_PAID,
	CHECK_ACCOUNT, /* take down where the money goes */
	CHECK_RECEIPT, /* show the receipt of stop.prior.seq */
	CHECK_NEXT,    /* the parked one, or back to idle */
};

enum check_state {
	CHECK_GOOD,
	CHECK_LOOK, /* look yourself, or a difference was found */
	CHECK_BAD,  /* it stops the payment: draw reversed */
};

/* One of the words in brackets. */
struct check_word {
	enum check_state state;
	const char *text;  /* "RIGHT PERSON", through tr() already */
	const char *brief; /* for 40 columns */
};

enum {
	CHECK_WORDS = 4,
	CHECK_MAX_DIFFERENCES = 5,
	CHECK_FLAGS = 64 /* characters of a name that can be marked */
};

struct check_difference {
	unsigned review;  /* the REVIEW_ bit */
	const char *what; /* "Name", through tr() already */
	char on_card[VIET_NAME_SIZE];
	char on_list[VIET_NAME_SIZE];
	bool differs[CHECK_FLAGS]; /* characters of on_list; all false: the
				      whole is meant */
};

struct check {
	enum check_step step;
	enum check_outcome outcome; /* at FX_LEAVE */
	bool has_card;
	struct idcard card;
	struct person_due due;
	char whose[DB_NAME_SIZE];   /* assigned to somebody else; "" */
	struct pay_request request; /* uid, person, payee, review … */
	struct check_difference difference[CHECK_MAX_DIFFERENCES];
	int differences;
	bool accepted; /* the differences were looked at */
	struct entry name;
	struct entry id;
	struct entry paper;
	struct entry until;
	struct date today; /* year 0: not known; set by the desk */
	bool only_funeral; /* due.due is that alone, due_all was all */
	int64_t due_all;
	enum payee asked;    /* NAME to RELATION: for whom */
	struct refusal stop; /* STOP */
	struct notice notice;
};

/* Start with a person found by typing, or with a card. */
struct effect check_start(struct check *c, int64_t person);
struct effect check_start_card(struct check *c, const struct idcard *card);

/* The same person once more: something about him was recorded meanwhile. */
struct effect check_again(struct check *c);

/* EV_SCAN here (NAME, ID, PAPER only) is the receiver's card. */
struct effect check_handle(struct check *c, const struct event *ev);

const struct binding *check_bindings(enum check_step step, size_t *count);

/* The four words; valid from the answer on. Always CHECK_WORDS of them. */
void check_words(const struct check *c, struct check_word out[CHECK_WORDS]);

#endif
