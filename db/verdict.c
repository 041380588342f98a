#include "db/verdict_internal.h"

#include "core/clock.h"
#include "db/approvals.h"
#include "db/db_internal.h"
#include "db/roles_internal.h"
#include "db/users_internal.h"

enum verdict refuse(struct refusal *why, enum refusal_code code)
{
	why->code = code;
	return VERDICT_REFUSED;
}

enum verdict second_person(struct db *db, const struct session *s,
	const struct session *by, struct refusal *why)
{
	if (!by || !role_may(by->user.role, ACT_APPROVE))
		return refuse(why, REFUSED_SECOND_PERSON);
	if (by->user.number == s->user.number)
		return refuse(why, REFUSED_SAME_PERSON);
	/* He showed his PIN; what came since then counts as well. */
	if (users_is_barred(db, by->user.number))
		return refuse(why, REFUSED_REVOKED);
	if (users_is_over(&by->user,
		    db->hold ? db->hold->now : clock_wall_ms()))
		return refuse(why, REFUSED_EXPIRED);
	return VERDICT_DONE;
}

enum verdict db_end_verdict(struct db *db, enum verdict v, struct err *err)
{
	/* Only asked for (approvals.h): undone, and no reason to refuse. */
	if (v == VERDICT_DONE && db->hold && db->hold->asking) {
		db_end(db, false, err);
		return VERDICT_REFUSED;
	}
	if (v == VERDICT_DONE)
		return db_end(db, true, err) ? VERDICT_DONE : VERDICT_FAILED;
	db_end(db, false, err);
	roles_note(db);
	return v;
}
