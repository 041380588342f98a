/*
 * recheck.h - the sample check: receipts drawn by lot, so that somebody calls
 * back and asks whether the money came (db/samples.h).
 *
 *	(menu) --> LISTING --> DRAWS --1-5, ENTER--> LOADING --> SHOWN <--0-- ONE
 *	                       ^  |7                    ^         |1-5   \     |1-4
 *	                       |  v                     |        ONE      |    v
 *	   WHEN -> MANY -> DRAWING -> PRINTING -> SEED -+--5-----/      (AMOUNT)
 *	                                                     NOTED <- SAYING <- WHY
 *
 * The seed is in the book and on paper, or said to be written down, before
 * anybody sees what it draws. What is counted aside comes by EV_STUDY, and
 * belongs to who carries effects out until FX_STUDY_STOP; what was noted since
 * is written into it here.
 */
#ifndef FLOWS_RECHECK_H
#define FLOWS_RECHECK_H

#include "db/samples.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum {
	RECHECK_DRAWS_MAX = 40, /* the newest ones */
	RECHECK_PAGE = 5,
	RECHECK_USUAL = 10 /* receipts, if nobody says how many */
};

/* What was counted aside. */
struct recheck_told {
	int draws; /* the newest first */
	bool more; /* there are older ones, left out */
	struct sample draw[RECHECK_DRAWS_MAX];
	struct sample drawn; /* whose receipts these are; seq 0: none yet */
	int count;
	int64_t population;
	struct sample_item item[SAMPLES_MAX];
	struct daylog_range range; /* of records to be drawn from */
};

/* How far the calls are. */
struct recheck_sums {
	int confirmed;
	int otherwise; /* another amount, or never had it */
	int unreached; /* to be called once more … */
	int left;      /* … and with those that nobody called yet */
};

enum recheck_step {
	RECHECK_LISTING,
	RECHECK_DRAWS,
	RECHECK_WHEN,
	RECHECK_MANY,
	RECHECK_DRAWING,
	RECHECK_PRINTING,
	RECHECK_SEED,
	RECHECK_LOADING,
	RECHECK_SHOWN,
	RECHECK_ONE,
	RECHECK_AMOUNT,
	RECHECK_WHY, /* who spoke, or why nobody did */
	RECHECK_SAYING,
	RECHECK_FAILED,
	RECHECK_STEP_COUNT
};

enum recheck_want {
	RECHECK_WANTS_NOTHING, /* it is over */
	RECHECK_WANTS_FILES    /* of drawn: a paper to call from */
};

struct recheck {
	enum recheck_step step;
	int number;   /* of the study that is awaited, or shown */
	bool working; /* one is on its way */
	int64_t done;
	int64_t all;
	struct recheck_told *told; /* NULL: nothing yet */
	int first;                 /* DRAWS, SHOWN: the first row */
	bool left_only;            /* SHOWN: only those still to be called */
	struct sample drawn;       /* whose seed or receipts are looked at */
	bool again;                /* its slip was printed before */
	struct pay_paper paper;    /* of the slip; SEED */
	struct entry typed;        /* WHEN, MANY, AMOUNT */
	char when[FLOW_WHEN_SIZE]; /* "2026-12-05", "2026-12", "12"; "" */
	int at;                    /* ONE: which of told->item */
	struct sample_word word;   /* that is being noted */
	enum recheck_want want;    /* at FX_LEAVE */
	struct notice notice;
};

/* The number goes on over all of its lives. */
struct effect recheck_start(struct recheck *r);

/* Back from the paper: the same receipts are there still. */
void recheck_again(struct recheck *r);

/* Also EV_STUDY, and EV_PRINT of its slip. */
struct effect recheck_handle(struct recheck *r, const struct event *ev);
const struct binding *recheck_bindings(const struct recheck *r, size_t *count);

/* Is it about the slip of the seed? */
bool recheck_is_slip(const struct recheck *r, const struct event *ev);

/* What became of the slip, and what to do. */
void recheck_paper_text(const struct recheck *r, struct notice *state,
	struct notice *cure);

void recheck_count(const struct recheck_told *t, struct recheck_sums *out);

/* Row number row, from 0, of those that are shown: which of told->item; -1:
 * there is none. */
int recheck_row(const struct recheck *r, int row);
int recheck_rows(const struct recheck *r);

/* The notes that go with a word, and how many: their digits are 1, 2, 3. */
enum {
	RECHECK_NOTES = 3
};
void recheck_notes(enum sample_said said, enum sample_note out[RECHECK_NOTES]);

#endif
