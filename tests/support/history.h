/*
 * history.h - random days of a terminal, and an independent model of its book.
 *
 * A history is a list of steps, drawn from a seed before anything is done, so
 * that a failing one can be played again and shortened. The model is plain
 * arrays and no SQL: it says for every step what the book must answer and
 * which records must follow. tests/db/test_histories.c does the steps with
 * the real store and compares.
 */
#ifndef TESTS_SUPPORT_HISTORY_H
#define TESTS_SUPPORT_HISTORY_H

#include "db/journal_internal.h"
#include "db/refusal.h"
#include "db/shifts.h"

enum {
	HISTORY_STEPS = 40,
	HISTORY_PEOPLE = 7, /* in a set; a set serves one history */
	HISTORY_ITEMS = 3,
	HISTORY_PAYOUTS = HISTORY_STEPS,
	HISTORY_SHEETS = 6, /* of the pad; a set has its own */
	HISTORY_RECORDS = 8 * HISTORY_STEPS,
	HISTORY_TEXT = 96
};

enum step_kind {
	STEP_OPEN,
	STEP_CLOSE,
	STEP_TOP_UP,
	STEP_DROP,
	STEP_PAY,
	STEP_HANDED,
	STEP_NOT_HANDED,
	STEP_RECOVER,
	STEP_SHEET, /* paid by hand before, with a sheet of the pad */
	STEP_VOID,  /* of what was handed over */
	STEP_PRINT,
	STEP_COPY,
	STEP_NOT_PAID,
	STEP_LEFT,
	STEP_WRONG_PIN,
	STEP_SIGN_IN,
	STEP_CRASH,
	STEP_RESTART,
	STEP_CLOCK,
	STEP_VOUCH,
	STEP_CHECKPOINT,
	STEP_COUNT
};

/* Who acts, and who stands by. */
enum actor {
	LAN,
	MINH,
	HOA,
	NOBODY,
};

struct step {
	enum step_kind kind;
	enum actor who;
	enum actor by;
	int person;
	unsigned arg; /* amount, reason, result: what the kind makes of it */
};

/* One line for people. */
void step_text(const struct step *s, char out[HISTORY_TEXT]);

/* As many steps as the seed wants: 10 to HISTORY_STEPS. */
int history_draw(uint64_t seed, struct step out[HISTORY_STEPS]);

/* What a step that moves the clock adds to it, in ms. */
int64_t step_clock_ms(const struct step *s);

struct model_item {
	int32_t period;
	enum ent_what what;
	int64_t amount;
	bool by_account;
	bool may_stop; /* not paid any more to who left */
	bool was_out;  /* and came back: again with a second person */
	int payout;    /* index, or -1: not paid, or voided */
};

struct model_person {
	struct model_item item[HISTORY_ITEMS];
	int items;
	int reason; /* enum not_paid */
	bool left;
};

struct model_payout {
	uint64_t seq;
	int64_t amount;
	int state; /* enum payout_state */
	enum print_state print;
	bool unsure; /* printing when the process died: not yet in the book */
	int copies;
	bool by_hand; /* the sheet is the original */
	enum actor who;
};

struct model_record {
	enum journal_kind kind;
	int64_t actor;
	uint64_t ref;
	int64_t amount;
	uint64_t res;
	int64_t t;
};

struct model {
	struct model_person person[HISTORY_PEOPLE];
	struct model_payout payout[HISTORY_PAYOUTS];
	int payouts;
	int open; /* index of the payout that is open, or -1 */
	bool shift;
	enum actor owner;
	int64_t expected; /* in the drawer */
	int64_t in_hand;  /* of all shifts: float in - out - paid + void */
	int64_t now;
	int64_t last_t;
	int64_t max_t;
	int64_t set_at;
	bool sheet[HISTORY_SHEETS]; /* entered */
	uint64_t fault;             /* of the clock: its FAULT_BEGIN; 0 */
	int failures;               /* of the clerk whose PIN is tried */
	uint64_t seq;               /* of the last record */
	uint64_t base;              /* of the last record before this history */
	struct model_record record[HISTORY_RECORDS]; /* base + 1 … */
};

/* Everybody as in the lists, nothing done; the book ends with seq. */
void model_begin(struct model *m, uint64_t seq, int64_t now);

/*
 * The step as it must go: the refusal, or REFUSED_NOT when it is done. False
 * in *counts for steps that have no verdict.
 */
enum refusal_code model_step(struct model *m, const struct step *s);

/* What is paid to person by a request for that list, 0 for all. */
int64_t model_due(const struct model *m, int person, int32_t list_period);

/* Of a PAY: which list, who comes, what notes are said. */
int32_t step_list_period(const struct step *s);
bool step_by_guardian(const struct step *s);
bool step_lacks_number(const struct step *s);
bool step_says_notes(const struct step *s);
bool step_says_wrong_notes(const struct step *s);
bool step_reviews(const struct step *s);
/* Of SHEET: its number from 0, and how long ago it was, in ms. */
int step_sheet(const struct step *s);
int64_t step_ago_ms(const struct step *s);
/* Of VOID: which of that many payouts, what is said, and shown. */
int step_payout(const struct step *s, int payouts);
enum void_reason step_void_reason(const struct step *s);
bool step_shows_paper(const struct step *s);
/* Of OPEN, TOP_UP, DROP: pieces of 500,000. */
int32_t step_pieces(const struct step *s);
/* Of CLOSE: counted minus expected, and the reason given. */
int64_t step_difference(const struct step *s, int64_t expected);
enum shift_reason step_shift_reason(const struct step *s);
/* Of PRINT: what the printer says; PRINTING: nothing yet. */
enum print_state step_print(const struct step *s);
enum not_paid step_reason(const struct step *s);

#endif
