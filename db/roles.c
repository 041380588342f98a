#include "db/roles_internal.h"

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/users_internal.h"
#include "db/verdict_internal.h"

enum verdict roles_refuse(enum role_act act, struct refusal *why)
{
	why->roles = role_who(act);
	return refuse(why, REFUSED_ROLE);
}

enum verdict roles_may(struct db *db, const struct session *s,
	enum role_act act, struct refusal *why)
{
	if (users_is_barred(db, s->user.number))
		return refuse(why, REFUSED_REVOKED);
	if (users_is_over(&s->user, clock_wall_ms()) && act != ACT_CLOCK)
		return refuse(why, REFUSED_EXPIRED);
	if (role_may(s->user.role, act))
		return VERDICT_DONE;
	db->denied = s->user.number;
	return roles_refuse(act, why);
}

bool roles_must(struct db *db, const struct session *s, enum role_act act,
	struct err *err)
{
	struct refusal why;

	/* Who was revoked by a COMMIT that failed is known only then. */
	if (db->depth == 0 && !db_ready(db, err))
		return false;
	if (roles_may(db, s, act, &why) == VERDICT_DONE)
		return true;
	roles_note(db);
	if (why.code != REFUSED_ROLE)
		return err_set(err, ERR_DENIED, 0,
			"user %lld may not work here any more",
			(long long)s->user.number);
	return err_set(err, ERR_DENIED, 0,
		"user %lld is %s, who may not do"
		" that",
		(long long)s->user.number, users_role_name(s->user.role));
}

void roles_note(struct db *db)
{
	const struct journal_entry entry = {.kind = JOURNAL_LOGIN_FAIL,
		.actor = db->denied,
		.has_reason = true,
		.reason = LOGIN_FAIL_ROLE};
	struct err unheard;

	if (db->denied == 0 || db->depth > 0)
		return;
	db->denied = 0;
	journal_append(db, &entry, NULL, &unheard);
}
