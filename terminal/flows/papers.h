/*
 * papers.h - the papers of the month on the screen, before they are printed
 * or sent: forms A and B, the lists of the pay cycle, the settlement.
 *
 *	CHOOSE --1-7--> UNIT --1-6--> MONTH --ENTER--> MAKING --made--> SHOWN
 *	SHOWN <--0-- ROW <--ENTER-- SHOWN --0--> CHOOSE
 *	SHOWN --1--> PLACE --> PATH --ENTER--> WRITING --written--> WRITTEN
 *
 * UNIT is left out where the lists are of one commune; COUNTING comes before
 * it while nobody knows. The daily log has a DAY, the accounts have neither.
 *
 * A paper is made aside (EV_STUDY), and 0 gives it up. It is a table: 2, 4, 6
 * and 8 move in it as on a telephone, its first columns stay. It belongs to
 * who carries effects out, until the next one comes or FX_STUDY_STOP.
 */
#ifndef FLOWS_PAPERS_H
#define FLOWS_PAPERS_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum papers_step {
	PAPERS_CHOOSE,
	PAPERS_COUNTING, /* communes, when they are not known yet */
	PAPERS_UNIT,
	PAPERS_MONTH,
	PAPERS_DAY, /* the same, of the daily log */
	PAPERS_MAKING,
	PAPERS_SHOWN,
	PAPERS_ROW,
	PAPERS_PLACE,
	PAPERS_PATH,
	PAPERS_WRITING,
	PAPERS_WRITTEN,
	PAPERS_STEP_COUNT,
};

enum {
	PAPERS_UNITS = 5, /* communes that have a digit */
	PAPERS_PAGE = 8,  /* rows that "." goes on by … */
	PAPERS_PART = 4   /* … and columns of one row */
};

struct papers {
	enum papers_step step;
	enum flow_paper which;
	int32_t period; /* 0: of the newest list */
	uint64_t draw;  /* FLOW_PAPER_SAMPLE only */
	struct {
		bool counting;
		bool known;
		struct units_here all;
		int first;                      /* at the top of the page */
		char chosen[PAYLIST_CODE_SIZE]; /* "": all; stays */
	} unit;
	int number;   /* of the study that is awaited, or shown */
	bool working; /* one is on its way */
	const struct paper_grid *grid; /* NULL: none yet */
	int32_t shown;                 /* the month that it is of */
	int64_t done;                  /* rows so far … */
	int64_t all;                   /* … of about; 0: not known */
	int row;                       /* where the cursor is */
	int column; /* the first of those that move, from 0 */
	int part;   /* ROW: the first of its columns that is shown */
	struct entry month;
	struct entry path;
	int files; /* WRITTEN */
	int sent;  /* accounts that were marked with them */
	bool no_pdf;
	struct notice notice;
};

/* Asks for the communes that are on the lists. */
struct effect papers_start(struct papers *p);

/* The files of one draw of the sample check, and nothing else: its telephone
 * numbers are for paper. */
struct effect papers_start_sample(struct papers *p, uint64_t draw);

/* Also EV_STUDY. FX_LEAVE: given up. */
struct effect papers_handle(struct papers *p, const struct event *ev);

const struct binding *papers_bindings(enum papers_step step, size_t *count);

/* "Form A", through tr(). */
const char *papers_name(enum flow_paper which);

/* The commune that the paper is of; "": all, or it is of none. */
const char *papers_unit(const struct papers *p);

/* How many communes have a digit in UNIT. */
int papers_unit_choices(const struct papers *p);

/* Columns at the left that stay; the others move. */
int papers_stay(const struct papers *p);

#endif
