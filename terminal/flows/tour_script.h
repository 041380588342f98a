/*
 * tour_script.h - the lessons of the guided tour, as files say them.
 *
 * assets/tour/vi.tsv and en.tsv: a trainer reads a lesson there from top to
 * bottom and changes its words without a compiler. Lines that begin with #
 * are for him. Columns are parted by tabs:
 *
 *	common                        hints for wherever a lesson has none
 *	lesson  GOAL   title          over when that fact is the case
 *	skip    FACT                  not held where that is the case already
 *	card    marks                 ENTER "scans" a card whose name differs
 *	cut     FACT   seconds        so long after it: as if the power went
 *	at      FACT   text   brief   what to do there; brief for few rows
 *	then    FACT   text   brief   the same, when the lesson just ended there
 *
 * A text may have {number} {pin} {supervisor} {supervisor-pin} of the demo
 * and {paid}, the last digits of who was paid last. Pure.
 */
#ifndef FLOWS_TOUR_SCRIPT_H
#define FLOWS_TOUR_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What can be the case; the words of the files are in tour_script.c. */
enum tour_fact {
	TOUR_ANYWHERE, /* always */
	TOUR_NUMBER,   /* signing in */
	TOUR_PIN,
	TOUR_WAIT,  /* too many wrong PINs */
	TOUR_AGENT, /* an agent is signed in … */
	TOUR_OTHER, /* … or somebody else, who has no drawer */
	TOUR_ASK,   /* a payout is open after a cut */
	TOUR_ANSWERED,
	TOUR_DRAWER, /* his own drawer is open */
	TOUR_SLIP,   /* the last Z slip is asked for */
	TOUR_COUNT,  /* opening: notes are counted */
	TOUR_COUNT_SURE,
	TOUR_CASH, /* cash goes in or out otherwise */
	TOUR_CLOSING,
	TOUR_CLOSING_SURE,
	TOUR_REASON, /* the count is not what the book says */
	TOUR_SECOND, /* a second person is asked for */
	TOUR_CLOSED,
	TOUR_IDLE,  /* ready for the next person */
	TOUR_KNOWN, /* the same, and somebody was paid in this tour */
	TOUR_SHUT,  /* idle, but no drawer is open */
	TOUR_FOREIGN,
	TOUR_TYPING, /* a search is typed */
	TOUR_LIST,
	TOUR_BY_CARD, /* a person was found by his card … */
	TOUR_TYPED,   /* … or by typing */
	TOUR_READY,   /* he may be paid */
	TOUR_DIFFERS,
	TOUR_ACCEPTED, /* the difference was looked at */
	TOUR_STOP,     /* paid already */
	TOUR_NO_CASH,  /* nothing to pay, or on no list */
	TOUR_PAYEE,    /* another receiver is typed */
	TOUR_HANDING,  /* recorded; the money is on the table */
	TOUR_UNDO,
	TOUR_HANDED,
	TOUR_KEPT,    /* not handed over: the money stays */
	TOUR_REFUSED, /* by the book */
	TOUR_WHY,     /* not paid: the reason is asked for */
	TOUR_DIED,    /* and the day of death */
	TOUR_WHY_SURE,
	TOUR_NOT_PAID, /* just recorded */
	TOUR_RECEIPT,  /* one is on the screen */
	TOUR_HELP,
	TOUR_MENU,
	TOUR_FACT_COUNT
};

enum {
	TOUR_LESSONS = 16,
	TOUR_HINTS = 128
};

/* A cell of the file; it is not ended by a NUL. */
struct tour_cell {
	const char *at;
	int len;
};

struct tour_hint {
	enum tour_fact fact;
	bool then; /* only when the lesson has just ended */
	struct tour_cell text;
	struct tour_cell brief;
};

struct tour_lesson {
	struct tour_cell title;
	enum tour_fact goal;
	enum tour_fact skip; /* TOUR_ANYWHERE: never */
	enum tour_fact cut;  /* TOUR_ANYWHERE: no cut */
	int cut_seconds;
	bool marks;
	int hint; /* the first of its hints */
	int hints;
};

struct tour_script {
	int lessons;
	struct tour_lesson lesson[TOUR_LESSONS];
	struct tour_lesson common; /* only its hints */
	int hints;
	struct tour_hint hint[TOUR_HINTS];
};

/*
 * Read a file; what it says is borrowed from text. Returns 0, or the number of
 * the first line that is wrong; what stands before it is good.
 */
int tour_script_read(const char *text, size_t len, struct tour_script *out);

/* The file of that language, built in; without lessons if there is none. */
void tour_script_find(const char *lang, struct tour_script *out);

#endif
