/*
 * role.h - which role may do what: one table for the whole program.
 *
 * Everything that writes into the book asks it (db/roles_internal.h), and the
 * screen offers a key only to who may do what it leads to (flows/flow.h). Pure;
 * any thread.
 */
#ifndef CORE_ROLE_H
#define CORE_ROLE_H

#include <stdbool.h>

enum role {
	ROLE_NONE,
	ROLE_AGENT,
	ROLE_STAFF,
	ROLE_SUPERVISOR,
	ROLE_TECHNICIAN,
	ROLE_COUNT,
};

enum role_act {
	ACT_DRAWER,    /* open, top up, drop, close; his own shift only */
	ACT_STAND_IN,  /* close that of an agent who is out, with a second */
	ACT_PAY,       /* and answer whether it was handed over */
	ACT_REPRINT,   /* a copy of a receipt or Z slip */
	ACT_NOT_PAID,  /* a reason why somebody is not paid */
	ACT_TAKE_BACK, /* that reason is none */
	ACT_EXPORT,
	ACT_BACKUP,
	ACT_CLOCK,     /* vouch for it */
	ACT_SWEAR,     /* that an unproven paper is true; end the book */
	ACT_IMPORT,    /* lists, changes, answers */
	ACT_DOWN,      /* the same, as they came from the centre */
	ACT_SAMPLE,    /* draw receipts to call back, say what came of it */
	ACT_CORRECT,   /* a list in the place of one that is here */
	ACT_ASSIGN,    /* people to agents and campaign workers */
	ACT_UNITS,     /* names of the office's own units */
	ACT_QUESTIONS, /* another questionnaire for visits */
	ACT_APPROVE,   /* as second person */
	ACT_ERASE,     /* one person's data */
	ACT_ADD_USER,
	ACT_UNLOCK,
	ACT_REVOKE,
	ACT_LIMIT, /* change one of the point */
	ACT_OFFICE_KEY,
	ACT_VISIT,        /* go from house to house, and plan it */
	ACT_VISIT_TARGET, /* how many visits a day */
	ACT_CONSENT,      /* taken, refused, withdrawn; a request noted */
	ACT_ANSWER,       /* what came of such a request */
	ACT_ACCOUNT,      /* take one down; cash again */
	ACT_HAND_OVER,    /* a person to another terminal, or take one */
	ACT_METHOD,       /* say that the account pays; make it cash alone */
	ACT_REPORT,       /* the board, and the papers of the month */
	ACT_COUNT,
};

bool role_may(enum role role, enum role_act act);

/* The roles that may, as bits 1 << role. */
unsigned role_who(enum role_act act);

#endif
