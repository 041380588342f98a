/*
 * run.h - carries out what flows ask for, with the store and the devices.
 *
 * One effect in, at most one answer out; what nobody asked for (the header's
 * figures, the printer's report, a scan) is fetched with run_unasked(). The
 * screen and the verb `pay` use the same run_effect(), so a script's payment
 * takes the same path. Here are no rules: the book refuses, flows decide.
 *
 * All of it belongs to the one thread that owns the store.
 */
#ifndef APP_RUN_H
#define APP_RUN_H

#include "db/approvals.h"
#include "db/db.h"
#include "db/users.h"
#include "terminal/app/config.h"
#include "terminal/app/player.h"
#include "terminal/app/plugged.h"
#include "terminal/app/printers.h"
#include "terminal/app/printing.h"
#include "terminal/app/recorder.h"
#include "terminal/app/scanners.h"
#include "terminal/app/viewing.h"
#include "terminal/app/workers.h"
#include "terminal/flows/flow.h"
#include "terminal/ui/lineterm.h"

enum {
	RUN_QUEUE = 8
};

struct ports {
	struct sender *sender;   /* NULL: no centre, or scripts */
	struct fetcher *fetcher; /* the same */
	struct db *db;
	struct session session; /* user.number 0: nobody */
	struct printing *printing;
	struct mailbox *box;       /* NULL: scripts */
	struct study *study;       /* what is counted aside; NULL: not yet */
	struct workers *workers;   /* NULL: print and scan at once (scripts) */
	struct viewing *viewing;   /* NULL: no camera is to be used */
	struct config *config;     /* NULL: scripts, which need none */
	const char *settings;      /* the directory of chitra.ini; NULL */
	struct plugged *plugged;   /* NULL: scripts */
	struct scanners *scanners; /* NULL: scripts */
	/* Where nobody named a printer: the last one that was there. */
	struct printers_pick picked;
	struct lineterm *lines;    /* the line mode; NULL: a whole screen */
	struct recorder *recorder; /* NULL: nothing is recorded */
	struct player *player;     /* NULL: people work, no recording */
	int play_speed;    /* so many times its pace; 0: as fast as it goes */
	bool play_stopped; /* by a key, before its end */
	int width;         /* dots across, as said; 0: ask run_width() */
	const char *cards; /* demo: directory of card images; NULL: none */
	int next_card;
	int next_marks; /* of those whose name differs in its marks */
	uint64_t last_receipt;
	struct approval approval; /* by QR: the request that waits */
	struct {                  /* which notes, for that request: the same
				     when it is asked again */
		uint8_t uid[PAYOUT_UID_SIZE];
		struct notes_advice advice;
	} advised;
	struct survey *survey;  /* of visits; NULL: not read yet */
	struct {                /* a visit, see run_visits.h */
		int64_t person; /* 0: none waits to be written */
		bool lost;      /* the last one could not be */
		size_t len;
		uint8_t bytes[DRAFT_MAX];
	} draft;
	bool paper_trouble;
	bool paper_low;
	long long drawer_since_ms; /* open since then; 0: shut, or unknown */
	bool drawer_warned;
	bool printer_gone;   /* it did not answer when it was last asked */
	struct status known; /* what the book said when it last answered */
	struct db_room room; /* on the disk, when it was last looked at */
	bool status_due;
	bool written; /* something was stored since the last checkpoint */
	bool quiet;   /* no beeps */
	bool quit;
	bool other_store; /* after that: from real to training, or back */
	struct event queue[RUN_QUEUE]; /* unasked, oldest first */
	int queued;
};

/* True if *answer is the answer to the effect. Secrets in *fx are wiped. */
bool run_effect(struct ports *p, struct effect *fx, struct event *answer);

/* The next event that nobody asked for. */
bool run_unasked(struct ports *p, struct event *ev);

/* A worker's event, on its way to the desk: the book hears of it first. False:
 * nobody wants to hear it any more. */
bool run_report(struct ports *p, struct event *ev);

/* Once a second: things that change by themselves. */
void run_tick(struct ports *p);

/* Put an event behind those that nobody asked for. */
void run_queue(struct ports *p, const struct event *ev);

/* What the header shows. */
void run_status(struct ports *p, struct status *out);

#endif
