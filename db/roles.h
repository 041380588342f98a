/*
 * roles.h - which role may do what: one table for the whole program.
 *
 * Everything that writes into the book asks it (roles_internal.h); verbs and
 * the screen may ask before, to offer only what is allowed.
 */
#ifndef DB_ROLES_H
#define DB_ROLES_H

#include "db/users.h"

enum act {
	ACT_DRAWER,    /* open, top up, drop, close; his own shift only */
	ACT_PAY,       /* and answer whether it was handed over */
	ACT_REPRINT,   /* a copy of a receipt or Z slip */
	ACT_NOT_PAID,  /* a reason why somebody is not paid */
	ACT_TAKE_BACK, /* that reason is none */
	ACT_EXPORT,
	ACT_BACKUP,
	ACT_CLOCK,   /* vouch for it */
	ACT_SWEAR,   /* that an unproven paper is true; end the book */
	ACT_IMPORT,  /* lists, changes, answers */
	ACT_APPROVE, /* as second person */
	ACT_ERASE,   /* one person's data */
	ACT_ADD_USER,
	ACT_UNLOCK,
	ACT_REVOKE,
	ACT_LIMIT, /* change one of the point */
	ACT_OFFICE_KEY,
	ACT_COUNT,
};

bool roles_allow(enum role role, enum act act);

#endif
