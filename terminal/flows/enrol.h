/*
 * enrol.h - where somebody wants his money from now on: his account is taken
 * down, looked at by him, and recorded; or cash again.
 *
 *	LOOKUP --+--> NO_CONSENT            (no account without his consent)
 *	         v
 *	       START --scan of a VietQR------------------------+
 *	         |---1--> BANK <--9--> SEARCH                  v
 *	         |          \--> NUMBER --> AGAIN (blind) --> WHOSE --1--+
 *	         |                 ^          | differ           |2, 3   |
 *	         |                 +----------+   OWNER > RELATION > PAPER
 *	         |---2--> BANK --> WHEN (will open)                      v
 *	         |                  |              HOLDER --> DIFFERS > WHY
 *	         |                  +----------> FORM <-----------+------+
 *	         |                  FORM --1--> WRITING --> PRINTING --> DONE
 *	         |                     SHARED <---/  (somebody has it: why?)
 *	         \---4--> CASH > CASH_FROM > CASH_SURE > SECOND > (leaves)
 *
 * The form is in words, the number in large figures, for the person himself
 * to look at. Nothing here says that an account is good: only the bank does.
 * Nothing touches what he is paid now, but for cash again. A half-done one
 * can be handed out as bytes and taken up again.
 */
#ifndef FLOWS_ENROL_H
#define FLOWS_ENROL_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/second.h"

enum enrol_step {
	ENROL_LOOKUP,
	ENROL_NO_CONSENT,
	ENROL_START,
	ENROL_BANK,
	ENROL_SEARCH,
	ENROL_NUMBER,
	ENROL_AGAIN,
	ENROL_WHOSE,
	ENROL_OWNER,
	ENROL_RELATION,
	ENROL_PAPER,
	ENROL_HOLDER,
	ENROL_DIFFERS,
	ENROL_SHARED,
	ENROL_WHY, /* in words, for either */
	ENROL_WHEN,
	ENROL_FORM,
	ENROL_WRITING,
	ENROL_PRINTING,
	ENROL_DONE,
	ENROL_CASH,
	ENROL_CASH_FROM,
	ENROL_CASH_SURE,
	ENROL_SECOND,
	ENROL_CASH_WRITING,
	ENROL_STEP_COUNT,
};

enum {
	ENROL_PAGE = 6,   /* providers on a page */
	ENROL_RECENT = 3, /* chosen last come first */
	ENROL_MAX_BANKS = 80,
	ENROL_DRAFT_SIZE = 1024
};

struct enrol {
	enum enrol_step step;
	int64_t person;
	char name[VIET_NAME_SIZE];
	char guardian[VIET_NAME_SIZE]; /* whom the list names; "" */
	char guardian_id[PERSONID_SIZE];
	struct account_told told; /* what the book says; from LOOKUP on */
	struct account_take take; /* so far */
	struct account account;   /* of take, checked; NUMBER on */
	struct entry typed;       /* of the step */
	enum enrol_step why_of;   /* WHY: DIFFERS or SHARED */
	const struct bank *bank[ENROL_MAX_BANKS];
	int banks;
	int page;
	char recent[ENROL_RECENT][BANK_BIN_SIZE]; /* kept for the next one */
	enum account_back back;                   /* CASH on */
	int32_t cash_from;
	struct second second;
	struct pay_paper paper; /* of the slip; DONE */
	bool done;              /* something is in the book … */
	uint64_t seq;           /* … as this ACCOUNT; 0: cash again */
	struct notice notice;
};

/* Of a person whose check is on the screen; what was chosen last stays. */
struct effect enrol_start(struct enrol *e, const struct person *person);

/* A scan (an account's QR; at OWNER a card), keys, answers. */
struct effect enrol_handle(struct enrol *e, const struct event *ev);

const struct binding *enrol_bindings(const struct enrol *e, size_t *count);

/* Is something typed here that has marks? */
bool enrol_types_text(const struct enrol *e);

/* Does a scan belong to it now? */
bool enrol_takes_scan(const struct enrol *e);

/* Is it a report about this account's slip? */
bool enrol_is_slip(const struct enrol *e, const struct event *ev);

/* How the slip is doing, as a state ("NOT PRINTED"), and what helps. */
void enrol_paper_text(const struct enrol *e, struct notice *state,
	struct notice *cure);

/* The providers on the page that is shown; *first: of e->bank. */
int enrol_page_rows(const struct enrol *e, int *first);

/* "1500 2051 2345 6": groups of four, for eyes. */
const char *enrol_grouped(const char *number,
	char out[ACCOUNT_NUMBER_SIZE * 2]);

/* Half done, as bytes; 0: there is nothing to keep. */
size_t enrol_save(const struct enrol *e, uint8_t *out, size_t size);

/* Go on where it was. False: no such bytes; *e is as after a start. */
bool enrol_load(struct enrol *e, const uint8_t *bytes, size_t len);

/* Through tr(): "Captured: not yet checked by the bank". */
const char *enrol_standing_text(enum account_standing standing);
const char *enrol_names_text(enum account_names names);
const char *enrol_shared_text(enum account_shared shared);
const char *enrol_back_text(enum account_back back);
const char *enrol_whose_text(enum payee whose);

#endif
