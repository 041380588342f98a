/*
 * roles_internal.h - refusing what a role may not do, and noting it (T72).
 *
 * The record (LOGIN_FAIL, reason 1) is written when the transaction in which
 * it was refused has ended, since that is rolled back: by db_end_verdict(),
 * or by roles_note() where there is none.
 */
#ifndef DB_ROLES_INTERNAL_H
#define DB_ROLES_INTERNAL_H

#include "db/refusal.h"
#include "db/users.h"

/* REFUSED_ROLE, with the roles that may. */
enum verdict roles_refuse(enum role_act act, struct refusal *why);

/* DONE, or REFUSED_ROLE and to be noted. */
enum verdict roles_may(struct db *db, const struct session *s,
	enum role_act act, struct refusal *why);

/* For what has no refusals: ERR_DENIED, and noted at once. */
bool roles_must(struct db *db, const struct session *s, enum role_act act,
	struct err *err);

/* Write what is to be noted, if anything is. A record that cannot be written
 * changes nothing about the refusal. */
void roles_note(struct db *db);

#endif
