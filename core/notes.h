/*
 * notes.h - banknotes in pieces, and which of them to give for an amount.
 *
 * The rule of notes_suggest(), in this order:
 *
 *	1. only notes that are there, and exactly the amount. One is always
 *	   found if there is one;
 *	2. of those one after which everybody who waits, as far as the cash
 *	   goes, can be paid from what remains; if there is none, one after
 *	   which the next NOTES_SOON can. If there is none either, it makes no
 *	   difference: small notes that will not do for all are not spent on
 *	   one to the good of another;
 *	3. of those the fewest pieces, which spares the small notes;
 *	4. of those the fewest of the smallest note, then of the next one up.
 *
 * Who comes next is not known, so people are served in thought by turns: one
 * of each amount, the amount that most people wait for first, and again until
 * the cash is short, each with the largest notes first. If all of them get
 * theirs that is a proof, since it was done; if not, another way of serving
 * them might do better: to know would be a search without end, and this
 * stands between a key and the screen. So the search is bounded by NOTES_WORK
 * steps: most ways to pay have at most one or two notes less of each kind
 * than would fit, and no other is tried.
 *
 * What lies in a drawer is known from what was said to go in and out. People
 * change notes for others without a record, so that is never a reason to
 * refuse: struct notes_stock says whether it is an estimate.
 *
 * Pure; any thread.
 */
#ifndef CORE_NOTES_H
#define CORE_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NOTES_KINDS = 9,
	NOTES_QUEUE_MAX = 64,  /* different amounts that are thought of */
	NOTES_AHEAD = 300,     /* people; no shift has more (limits.h) */
	NOTES_SOON = 20,       /* people: so far ahead is warned, too */
	NOTES_WORK = 100000,   /* steps of a search: 2 ms */
	NOTES_TEXT_SIZE = 160, /* "500000x10,200000x5" of nine kinds */
};

/* 500,000 200,000 100,000 50,000 20,000 10,000 5,000 2,000 1,000. */
extern const int64_t notes_denomination[NOTES_KINDS];

/* Pieces of each denomination, in that order. */
struct notes {
	int32_t pieces[NOTES_KINDS];
};

int64_t notes_sum(const struct notes *n);
bool notes_none(const struct notes *n);
bool notes_equal(const struct notes *a, const struct notes *b);

/* "500000x10,200000x5"; false if it is not that or a note does not exist. */
bool notes_parse(const char *text, struct notes *out);

/* And back; "" if there are none. */
const char *notes_format(const struct notes *n, char out[NOTES_TEXT_SIZE]);

/* So many people wait, and that is due to each of them. */
struct notes_queue {
	struct {
		int64_t amount;
		int32_t people;
	} row[NOTES_QUEUE_MAX]; /* the amount of most people first */
	int rows;
};

struct notes_advice {
	bool exact;         /* notes is valid */
	bool estimate;      /* of a drawer that is only estimated */
	struct notes notes; /* to be given */
	int32_t stuck;      /* people who then lack notes, but not cash */
	/* The note to be fetched, since one of the next NOTES_SOON people
	 * could not be paid without it, or this one cannot; 0: none. */
	int64_t fetch;
};

/* queue: those who wait besides him; NULL: nobody. */
void notes_suggest(const struct notes *have, int64_t amount,
	const struct notes_queue *queue, struct notes_advice *out);

/* The largest notes first, if that can be exact; false: nothing can. */
bool notes_exact(const struct notes *have, int64_t amount, struct notes *out);

/*
 * A drawer. What goes in or out without being told by notes is taken to be
 * notes_exact(), else as near as it comes to the amount, and makes it an
 * estimate; so does a note that goes out and was not there.
 */
struct notes_stock {
	struct notes there;
	bool estimate;
};

void notes_put(struct notes_stock *s, const struct notes *n);
void notes_take(struct notes_stock *s, const struct notes *n);
void notes_put_unsaid(struct notes_stock *s, int64_t amount);
void notes_take_unsaid(struct notes_stock *s, int64_t amount);

#endif
