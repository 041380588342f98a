/*
 * verdict_internal.h - small things that all who refuse have in common.
 */
#ifndef DB_VERDICT_INTERNAL_H
#define DB_VERDICT_INTERNAL_H

#include "db/refusal.h"
#include "db/users.h"

/* Set the code and return VERDICT_REFUSED. */
enum verdict refuse(struct refusal *why, enum refusal_code code);

/*
 * Is by a second person for what s does: a supervisor, somebody else, and not
 * out by now? REFUSED_SECOND_PERSON (also for NULL), REFUSED_SAME_PERSON,
 * REFUSED_REVOKED or REFUSED_EXPIRED if not.
 */
enum verdict second_person(struct db *db, const struct session *s,
	const struct session *by, struct refusal *why);

/* End the transaction: committed only if v is VERDICT_DONE. */
enum verdict db_end_verdict(struct db *db, enum verdict v, struct err *err);

#endif
