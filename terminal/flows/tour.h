/*
 * tour.h - the guided tour of the training: ten minutes on the real screens.
 *
 * It stands beside the flows and watches. After every event the desk says
 * what is the case now (tour_see()); a lesson is over when the fact it waits
 * for is the case, and what the band says depends on where the user is, not
 * on what he did before: who leaves the path is told the way back from there.
 * No key is taken from any flow.
 *
 *	START --ENTER--> (the lessons, in a band) --the last--> OVER
 *	                   |          ^
 *	                   +---***----+--> PAUSE
 *
 * Those three are a place of their own: what was learned, and how long it
 * took. Only time in which somebody works counts. The lessons are data:
 * tour_script.h.
 */
#ifndef FLOWS_TOUR_H
#define FLOWS_TOUR_H

#include "db/settings.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/signin.h"
#include "terminal/flows/tour_script.h"

enum tour_step {
	TOUR_START,
	TOUR_PAUSE,
	TOUR_OVER,
	TOUR_STEP_COUNT,
};

enum {
	TOUR_TITLE_SIZE = 96,
	TOUR_TEXT_SIZE = 384,
	TOUR_DIGITS_SIZE = 5, /* the last four of a number */
	TOUR_AWAY_MS = 60000  /* after that nobody sits there */
};

struct tour {
	enum tour_step step;
	bool on;      /* lessons are running */
	bool over;    /* the last one is behind */
	bool anew;    /* from the first: what was kept is not taken up */
	bool fresh;   /* this lesson was not looked at yet */
	bool unsaved; /* kept differs from what the store has */
	bool cut;     /* now it is as if the power went */
	int lesson;
	int ended;    /* the one that ended here; -1: none, or he went on */
	int64_t user; /* whose this is; 0: not known yet */
	struct settings_tour kept; /* learned, and in how many seconds */
	uint64_t facts;            /* on the screen: a bit each */
	long long seen_ms;
	long long touched_ms;
	long long spent_ms;  /* in this lesson, not yet in kept */
	long long cut_at_ms; /* 0: not due */
	char paid[TOUR_DIGITS_SIZE];
	struct signin_demo users;
	struct tour_script vi;
	struct tour_script en;
};

/* What the band says; texts of the language that is set. */
struct tour_band {
	int lesson; /* 1, 2 … */
	int lessons;
	int minutes; /* spent so far */
	char title[TOUR_TITLE_SIZE];
	char text[TOUR_TEXT_SIZE];
	char brief[TOUR_TEXT_SIZE]; /* for where rows are few */
};

/* Off, with the lessons read. users: whom to sign in as. */
void tour_init(struct tour *t, const struct signin_demo *users);

/* Show its place: START, or PAUSE while the lessons run. */
void tour_open(struct tour *t);

/* What this user learned before, as he signs in. */
void tour_resume(struct tour *t, int64_t user,
	const struct settings_tour *kept);

/* What the desk sees after an event. */
struct tour_sight {
	uint64_t facts; /* TOUR_BIT() of what is the case */
	bool waiting;   /* an answer is out: the band stays as it is */
	bool touched;   /* it was a key or a scan */
	long long at_ms;
};

#define TOUR_BIT(fact) (UINT64_C(1) << (fact))

void tour_see(struct tour *t, const struct tour_sight *now);

/* The last digits of who was paid; "" forgets them. */
void tour_paid(struct tour *t, const char *id12);

/* False if it has nothing to say now. */
bool tour_band(const struct tour *t, struct tour_band *out);

/* Does ENTER "scan" a card whose name differs in its marks? */
bool tour_wants_marks(const struct tour *t);

/* For its own place. The name of a lesson; how many there are and were
   learned; seconds for all of them. */
const char *tour_title(const struct tour *t, int lesson,
	char out[TOUR_TITLE_SIZE]);
int tour_lessons(const struct tour *t);
int tour_learned(const struct tour *t);
int tour_seconds(const struct tour *t);

/* FX_LEAVE: go on, or the tour is over or off. */
struct effect tour_handle(struct tour *t, const struct event *ev);
const struct binding *tour_bindings(enum tour_step step, size_t *count);

#endif
