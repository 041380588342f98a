/*
 * desk.h - the top flow: which flow is on the screen, and from which to which.
 *
 *	SIGNIN --> RECOVER --> DRAWER (open) --> IDLE <------------------+
 *	   ^                                      | scan     | typing    |
 *	   |                                      v          v           |
 *	   |                                    CHECK <---- FIND         |
 *	   |                                      | \--> NOTPAID --------+
 *	   +-- signed out, idle too long          +----> PAY ------------+
 *
 *	DUTY (a supervisor's work and what waits) --0--> IDLE
 *
 *	VISITS (whom to go and see; of the campaign staff instead of IDLE)
 *	   \--> VISIT --> what lies over it (consent, account, questions)
 *
 *	over these: MENU (*), HELP (#), PREVIEW (a receipt) --> TAKEBACK,
 *	COMPLAIN, CHECK --> AGREE, DRAWER (others), OFFICE (a supervisor's), TEAM (users and PINs; in a
 *	store without users it comes first)
 *
 * The desk parks a scan while a payment is open and takes it up afterwards;
 * drops keys while an answer is out; keeps what the header shows; locks when
 * nobody touches it, and when a keyboard is plugged in. Leaving a place goes back to the one below it.
 */
#ifndef FLOWS_DESK_H
#define FLOWS_DESK_H

#include "terminal/flows/agree.h"
#include "terminal/flows/approve.h"
#include "terminal/flows/arrivals.h"
#include "terminal/flows/bypad.h"
#include "terminal/flows/carry.h"
#include "terminal/flows/check.h"
#include "terminal/flows/complain.h"
#include "terminal/flows/contact.h"
#include "terminal/flows/dash.h"
#include "terminal/flows/drawer.h"
#include "terminal/flows/duty.h"
#include "terminal/flows/enrol.h"
#include "terminal/flows/find.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/frozen.h"
#include "terminal/flows/help.h"
#include "terminal/flows/idle.h"
#include "terminal/flows/intake.h"
#include "terminal/flows/machine.h"
#include "terminal/flows/menu.h"
#include "terminal/flows/notpaid.h"
#include "terminal/flows/office.h"
#include "terminal/flows/papers.h"
#include "terminal/flows/passing.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/preview.h"
#include "terminal/flows/questions.h"
#include "terminal/flows/recheck.h"
#include "terminal/flows/recover.h"
#include "terminal/flows/restore.h"
#include "terminal/flows/rolls.h"
#include "terminal/flows/scantest.h"
#include "terminal/flows/setup.h"
#include "terminal/flows/signin.h"
#include "terminal/flows/takeback.h"
#include "terminal/flows/team.h"
#include "terminal/flows/tour.h"
#include "terminal/flows/unusual.h"
#include "terminal/flows/viewfinder.h"
#include "terminal/flows/visit.h"
#include "terminal/flows/visits.h"

enum desk_place {
	DESK_SIGNIN,
	DESK_RECOVER,
	DESK_DRAWER,
	DESK_IDLE,
	DESK_DUTY,   /* over IDLE: a supervisor, who begins there */
	DESK_FROZEN, /* instead of IDLE, when records are missing */
	DESK_FIND,
	DESK_CHECK,
	DESK_BYPAD, /* over IDLE; over CHECK: is it what the sheet says? */
	DESK_PAY,
	DESK_NOTPAID,
	DESK_ENROL, /* over CHECK, or a visit: where the money goes */
	DESK_PREVIEW,
	DESK_TAKEBACK,   /* over PREVIEW */
	DESK_COMPLAIN,   /* over PREVIEW */
	DESK_AGREE,      /* over CHECK: what may be done with his data */
	DESK_OFFICE,     /* a supervisor: clock, copy of the book */
	DESK_DASH,       /* a supervisor: how far the list is */
	DESK_PAPERS,     /* a supervisor: the papers of the month */
	DESK_ROLLS,      /* a supervisor: the payment lists */
	DESK_INTAKE,     /* over ROLLS: one from a stick */
	DESK_APPROVE,    /* a supervisor: for another terminal, by QR */
	DESK_CARRY,      /* paid marks, to and from another terminal */
	DESK_PASSING,    /* over CHECK: he goes there; over IDLE: one comes */
	DESK_UNUSUAL,    /* a supervisor: approvals and exceptions */
	DESK_RECHECK,    /* a supervisor: receipts to be called back */
	DESK_SETUP,      /* a supervisor: the settings */
	DESK_RESTORE,    /* over SETUP: copies of the book */
	DESK_TEAM,       /* first of all in a store without users */
	DESK_VIEWFINDER, /* over whatever a card is wanted for */
	DESK_ARRIVALS,   /* a supervisor: a list from the centre */
	DESK_CONTACT,    /* what the centre has of this terminal */
	DESK_MACHINE,    /* printed test, cash drawer */
	DESK_SCANTEST,   /* over IDLE, or SIGNIN: scans are only shown */
	DESK_VISITS,     /* over IDLE: whom to go and see */
	DESK_VISIT,      /* over VISITS: one of them */
	DESK_QUESTIONS,  /* over VISIT */
	DESK_TOUR,       /* over SIGNIN or IDLE: what was learned */
	DESK_MENU,
	DESK_HELP,
	DESK_PLACE_COUNT,
};

enum {
	DESK_DEPTH = 10,
	DESK_LOCK_MS = 180000 /* without a key or scan */
};

/* What the terminal is; does not change while the program runs. */
struct desk_info {
	char point[DB_NAME_SIZE]; /* "Bưu cục Cẩm Khê" */
	char unit[DB_NAME_SIZE];
	char dev6[7];
	bool demo;
	bool may_train;           /* there is a store for training beside */
	bool training;            /* this is it */
	bool tour;                /* it begins with the guided tour */
	bool empty;               /* nobody works here yet */
	bool evidence;            /* a restored copy */
	struct signin_demo users; /* demo: whom to sign in as */
	long long lock_ms;        /* 0: DESK_LOCK_MS */
	bool keyboards_welcome;   /* a new one does not lock the screen */
};

struct desk {
	struct desk_info info;
	enum desk_place stack[DESK_DEPTH];
	int depth; /* the place on the screen is stack[depth - 1] */
	struct signin signin;
	struct recover recover;
	struct drawer drawer;
	struct idle idle;
	struct duty duty;
	struct frozen frozen;
	struct find find;
	struct check check;
	struct pay pay;
	struct notpaid notpaid;
	struct enrol enrol;
	struct bypad bypad;
	struct preview preview;
	struct takeback takeback;
	struct complain complain;
	struct agree agree;
	struct office office;
	struct dash dash;
	struct papers papers;
	struct rolls rolls;
	struct recheck recheck;
	struct intake intake;
	struct setup setup;
	struct restore restore;
	struct team team;
	struct viewfinder viewfinder;
	struct arrivals arrivals;
	struct contact contact;
	struct machine machine;
	struct scantest scantest;
	struct approve approve;
	struct carry carry;
	struct passing passing;
	struct unusual unusual;
	struct visits visits;
	struct visiting visit;
	struct questions questions;
	struct menu menu;
	struct help help;
	struct tour tour; /* beside them all */

	enum telex_method typing; /* how the user types names */
	struct user user;         /* number 0: nobody is signed in */
	struct status status;
	int64_t now; /* wall ms of the last tick; 0: not yet */
	long long touched_ms;
	int last_key; /* the last key and when, against held keys */
	long long last_key_ms;
	long long enter_ms;       /* the last ENTER */
	enum effect_kind waiting; /* FX_NONE: no answer is out */
	bool intruder; /* a new keyboard: keys are dropped until it is locked */
	bool offer;    /* signing in: an unfinished visit is to be offered */
	bool by_hand;  /* bypad is typed: who is found next is on that sheet */
	bool parked;   /* next is valid: "kế tiếp: …" */
	struct idcard next;
	struct notice notice; /* about a scan, over what the flow says */
	struct {              /* the visit that is not finished, as bytes */
		int64_t person;
		size_t len; /* 0: nothing is kept */
		uint8_t bytes[DRAFT_MAX];
	} draft;
	struct { /* the newest receipt's paper, for the header */
		uint64_t seq;
		char name[VIET_NAME_SIZE];
		struct pay_paper paper;
	} last;
};

void desk_init(struct desk *d, const struct desk_info *info);

/* Take one event; return the one thing to be done about it. */
struct effect desk_handle(struct desk *d, const struct event *ev);

enum desk_place desk_place(const struct desk *d);

/* The keys of the place on the screen. */
const struct binding *desk_bindings(const struct desk *d, size_t *count);

/* Shall the camera run now? */
bool desk_looks(const struct desk *d);

/* What the user should read first: the desk's notice or the flow's. */
const struct notice *desk_notice(const struct desk *d);

#endif
