#include "db/verdict_internal.h"

#include "db/approvals.h"
#include "db/db_internal.h"
#include "db/roles_internal.h"

enum verdict refuse(struct refusal *why, enum refusal_code code)
{
	why->code = code;
	return VERDICT_REFUSED;
}

enum verdict second_person(const struct session *s, const struct session *by,
	struct refusal *why)
{
	if (!by || !roles_allow(by->user.role, ACT_APPROVE))
		return refuse(why, REFUSED_SECOND_PERSON);
	if (by->user.number == s->user.number)
		return refuse(why, REFUSED_SAME_PERSON);
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
