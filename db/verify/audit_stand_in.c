/*
 * audit_stand_in.c - a drawer whose agent is out: counted, closed and answered
 * for by somebody else, never without a second person (V18, V25).
 */
#include "db/verify/audit_internal.h"

enum {
	LEFT_REVOKED = 1, /* key 17 of such a CLOSE */
	LEFT_OVER = 2,
	VOID_NOT_HANDED = 1
};

static const struct keyring_user *agent_of(const struct audit *a)
{
	return a->money.agent ? keyring_user(a->keys, a->money.agent) : NULL;
}

static bool is_left(const struct audit *a, uint64_t why)
{
	const struct keyring_user *u = agent_of(a);

	if (!u)
		return false;
	if (why == LEFT_REVOKED)
		return u->out && u->out < a->r.seq;
	return why == LEFT_OVER && audit_is_over(u, a->r.t);
}

bool audit_stands_in(const struct audit *a)
{
	const struct audit_money *m = &a->money;

	switch (a->r.kind) {
	case VKIND_COUNT:
	case VKIND_OVER_SHORT:
	case VKIND_CLOSE:
	case VKIND_HANDED:
		break;
	case VKIND_VOID:
		if (a->r.rsn != VOID_NOT_HANDED)
			return false;
		break;
	default:
		return false;
	}
	/* Whose shift it is stands before the beginning of the file. */
	if (m->bracket == AUDIT_SHIFT_UNKNOWN && !m->agent)
		return true;
	return a->r.actor != m->agent &&
	       (is_left(a, LEFT_REVOKED) || is_left(a, LEFT_OVER));
}

static void must_be_two(struct audit *a, bool signed_by_two)
{
	if (!signed_by_two)
		audit_find(a, 25,
			"%s in the shift of user %llu, who is out, "
			"without a second person",
			vrecord_kind_name(a->r.kind),
			(unsigned long long)a->money.agent);
}

static void closed_for_him(struct audit *a)
{
	const struct audit_money *m = &a->money;

	if (!vrecord_has(&a->r, VKEY_RSN) || !(a->r.fl & VFLAG_OVERRIDE) ||
		!is_left(a, a->r.rsn))
		audit_find(a, 18,
			"closes the shift of user %llu and does not say "
			"rightly why",
			(unsigned long long)m->agent);
	/* By QR he signs the OVER_SHORT alone. */
	must_be_two(a, vrecord_has(&a->r, VKEY_COSIG) ||
			       (m->has_difference && m->second_differs));
}

void audit_check_stand_in(struct audit *a)
{
	struct audit_money *m = &a->money;

	switch (a->r.kind) {
	case VKIND_HANDED:
	case VKIND_VOID:
		must_be_two(a, vrecord_has(&a->r, VKEY_COSIG));
		return;
	case VKIND_COUNT:
		m->counter = a->r.actor;
		return;
	}
	if (m->counter != a->r.actor)
		audit_find(a, 18, "%s by user %llu, who did not count",
			vrecord_kind_name(a->r.kind),
			(unsigned long long)a->r.actor);
	if (a->r.kind == VKIND_CLOSE)
		closed_for_him(a);
}

void audit_check_own_close(struct audit *a)
{
	if (vrecord_has(&a->r, VKEY_RSN) || (a->r.fl & VFLAG_OVERRIDE))
		audit_find(a, 18,
			"closes a shift of his own as if somebody stood "
			"in");
}
