/* audit_people.c - who acted, and who signed for it: V23, V24, V25. */
#include <string.h>

#include "db/verify/audit_internal.h"
#include "db/verify/vchain.h"

enum {
	NOT_PAID_TAKEN_BACK = 0,
	CLOCK_BY_HAND = 2,
	CLOCK_NO_DAY = 3,
	CLOCK_NO_DAY_PIN = 4,
	VIEW_ANSWER_FIRST = 3, /* of a request */
	VIEW_ANSWER_LAST = 6,
	ACCOUNT_CONFIRMED = 6,
	ACCOUNT_SENT = 7,
	ACCOUNT_CASH = 8,
	ACCOUNT_PAYS = 9
};

/* Who may do what (db/README.md), as bits of roles; NOBODY is the system. */
enum {
	SYSTEM = 1 << KEYRING_NOBODY,
	AGENT = 1 << KEYRING_AGENT,
	STAFF = 1 << KEYRING_STAFF,
	SUPERVISOR = 1 << KEYRING_SUPERVISOR,
	TECHNICIAN = 1 << KEYRING_TECHNICIAN,
	PEOPLE = AGENT | STAFF | SUPERVISOR | TECHNICIAN,
	ANYBODY = SYSTEM | PEOPLE
};

/* The bank's words come with a list; the rest is said by people. */
static unsigned roles_for_account(uint64_t res)
{
	switch (res) {
	case ACCOUNT_CONFIRMED:
	case ACCOUNT_CASH:
		return AGENT | STAFF | SUPERVISOR;
	case ACCOUNT_SENT:
		return AGENT | SUPERVISOR;
	case ACCOUNT_PAYS:
		return SUPERVISOR;
	}
	return ANYBODY;
}

static unsigned roles_for(const struct audit *a)
{
	const struct vrecord *r = &a->r;

	switch (r->kind) {
	case VKIND_OPEN:
	case VKIND_CLOSE:
	case VKIND_PAY:
	case VKIND_HANDED:
	case VKIND_VOID:
	case VKIND_VOID_RETURNED:
	case VKIND_FLOAT_IN:
	case VKIND_FLOAT_OUT:
	case VKIND_COUNT:
	case VKIND_OVER_SHORT:
	case VKIND_REVIEW:
		return AGENT;
	case VKIND_RELEASE:
	case VKIND_ACQUIRE:
		return AGENT | SUPERVISOR;
	case VKIND_PRINT:
		/* The printer may answer after the agent signed out. */
		return SYSTEM | AGENT | SUPERVISOR;
	case VKIND_REPRINT:
		return AGENT | SUPERVISOR |
		       (audit_has_slip(a, r->ref) ? STAFF : 0);
	case VKIND_MARKS:
	case VKIND_COMPLAINT:
		return AGENT | SUPERVISOR;
	case VKIND_NOT_PAID:
		return r->res == NOT_PAID_TAKEN_BACK
			       ? SUPERVISOR
			       : AGENT | STAFF | SUPERVISOR;
	case VKIND_CLOCK:
		return r->rsn == CLOCK_BY_HAND ? SUPERVISOR : ANYBODY;
	case VKIND_CONFIG:
		return vrecord_has(r, VKEY_LINE) ? SUPERVISOR : ANYBODY;
	case VKIND_IMPORT:
		return r->res == VIMPORT_QUESTIONS ? SUPERVISOR : ANYBODY;
	case VKIND_REVLIST:
		return SYSTEM | SUPERVISOR;
	case VKIND_APPROVE:
		return SUPERVISOR;
	case VKIND_ACCOUNT:
		return AGENT | STAFF | SUPERVISOR;
	case VKIND_ACCOUNT_STATE:
		return roles_for_account(r->res);
	case VKIND_CONSENT:
	case VKIND_CONSENT_REFUSED:
	case VKIND_CONSENT_WITHDRAWN:
		return AGENT | STAFF | SUPERVISOR;
	case VKIND_VIEW:
		return r->rsn >= VIEW_ANSWER_FIRST && r->rsn <= VIEW_ANSWER_LAST
			       ? SUPERVISOR
			       : AGENT | STAFF | SUPERVISOR;
	case VKIND_VISIT:
		return AGENT | STAFF | SUPERVISOR;
	}
	return ANYBODY;
}

/* A CONFIG record tells of a user by the hash of a line. */
static void hear_of_users(struct audit *a)
{
	for (size_t i = 0; i < a->keys->users; i++) {
		struct keyring_user *u = &a->keys->user[i];

		if (memcmp(u->rsum, a->r.rsum, VRECORD_HASH) == 0)
			u->told = a->r.seq;
		if (memcmp(u->revoke, a->r.rsum, VRECORD_HASH) == 0 && !u->out)
			u->out = a->r.seq;
	}
}

static bool all_zero(const uint8_t key[VRECORD_HASH])
{
	uint8_t any = 0;

	for (int i = 0; i < VRECORD_HASH; i++)
		any |= key[i];
	return any == 0;
}

/* Key 23: the actor approves by QR with that key from now on. */
static void hear_of_card(struct audit *a)
{
	struct keyring_user *u = keyring_user(a->keys, a->r.actor);

	if (!vrecord_has(&a->r, VKEY_KPUB))
		return;
	if (!vrecord_has(&a->r, VKEY_ASIG))
		audit_find(a, 24,
			"tells of a key for approvals without "
			"signing");
	if (!u)
		return;
	if (u->role != KEYRING_SUPERVISOR)
		audit_find(a, 23, "a key for approvals of a user who is %s",
			keyring_role_name(u->role));
	memcpy(u->approval, a->r.kpub, sizeof(u->approval));
	u->has_approval = !all_zero(a->r.kpub);
}

/* Key 32, key 33: how long somebody may work here, and who may no more. */
static void hear_of_ends(struct audit *a)
{
	struct keyring_user *u;

	if (vrecord_has(&a->r, VKEY_UNTIL)) {
		u = keyring_user(a->keys, a->r.until_user);
		if (u && u->until != 0 && a->r.until <= u->until)
			audit_find(a, 23,
				"renews user %llu to no later day than "
				"before",
				(unsigned long long)u->number);
		if (u)
			u->until = a->r.until;
	}
	if (a->r.kind == VKIND_REVLIST)
		audit_check_revlist(a);
	for (size_t i = 0; i < a->r.barreds; i++) {
		u = keyring_user(a->keys, a->r.barred[i]);
		if (u && !u->out)
			u->out = a->r.seq;
	}
}

/* YYYYMMDD at UTC+7. */
static uint64_t day_of(uint64_t ms)
{
	const uint64_t days = (ms + 7 * UINT64_C(3600000)) / 86400000 + 719468;
	const uint64_t era = days / 146097;
	const uint64_t doe = days % 146097;
	const uint64_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const uint64_t mp = (5 * doy + 2) / 153;
	const uint64_t month = mp < 10 ? mp + 3 : mp - 9;
	const uint64_t year = yoe + era * 400 + (month <= 2);

	return year * 10000 + month * 100 + doy - (153 * mp + 2) / 5 + 1;
}

bool audit_is_over(const struct keyring_user *u, uint64_t ms)
{
	return u->until != 0 && day_of(ms) > u->until;
}

/* He was signed in when it ended; or the clock showed no day at all. */
static bool outlives(const struct vrecord *r)
{
	return r->kind == VKIND_LOGOUT || r->kind == VKIND_PRINT ||
	       (r->kind == VKIND_CLOCK &&
		       (r->rsn == CLOCK_NO_DAY || r->rsn == CLOCK_NO_DAY_PIN));
}

static void check_ends(struct audit *a, const struct keyring_user *u, int check,
	const char *who)
{
	if (u->out && u->out < a->r.seq)
		audit_find(a, check, "%s was taken out by record %llu", who,
			(unsigned long long)u->out);
	if (audit_is_over(u, a->r.t))
		audit_find(a, check, "%s after the last day of user %llu", who,
			(unsigned long long)u->number);
}

/* His key and role are worth what the book itself says of them. */
static void check_told(struct audit *a, struct keyring_user *u)
{
	if (u->told || u->blamed)
		return;
	u->blamed = true;
	if (a->begin.first > 1 || a->gaps > 0)
		vreport_skip(a->report, 23,
			"whether the book tells of its users: its beginning "
			"is not there");
	else
		audit_find(a, 23,
			"no CONFIG record before tells of the key "
			"and role of user %llu",
			(unsigned long long)u->number);
}

static struct keyring_user *find_user(struct audit *a, uint64_t number,
	int check)
{
	struct keyring_user *u = keyring_user(a->keys, number);

	if (u) {
		check_told(a, u);
		return u;
	}
	if (a->keys->users == 0)
		vreport_skip(a->report, check,
			"users: their keys are neither given nor brought by "
			"the journal");
	else
		audit_find(a, check, "user %llu is not known",
			(unsigned long long)number);
	return NULL;
}

static void check_actor(struct audit *a, const struct keyring_user *u)
{
	const unsigned roles =
		roles_for(a) | (audit_stands_in(a) ? SUPERVISOR : 0);

	if (a->r.actor == 0) {
		if (!(roles & SYSTEM))
			audit_find(a, 23, "%s by nobody",
				vrecord_kind_name(a->r.kind));
		return;
	}
	if (!u)
		return;
	if (!(roles & 1U << u->role))
		audit_find(a, 23, "%s by a user who is %s",
			vrecord_kind_name(a->r.kind),
			keyring_role_name(u->role));
	if (keyring_is_revoked(a->keys, u->number, a->r.t))
		audit_find(a, 23, "by user %llu after he was revoked",
			(unsigned long long)u->number);
	audit_check_listed(a, u);
	if (!outlives(&a->r))
		check_ends(a, u, 23, "the actor");
}

static void check_signed(struct audit *a, const struct keyring_user *u,
	const uint8_t digest[VRECORD_HASH])
{
	if (!vrecord_has(&a->r, VKEY_ASIG)) {
		if (a->r.kind == VKIND_CLOCK && a->r.rsn == CLOCK_BY_HAND)
			audit_find(a, 24,
				"vouches for the clock without "
				"signing");
		if (a->r.kind == VKIND_CONFIG && vrecord_has(&a->r, VKEY_LINE))
			audit_find(a, 24, "changes a limit without signing");
		return;
	}
	if (a->r.actor == 0)
		audit_find(a, 24, "signed by nobody");
	else if (u && !a->quiet && !vchain_acted(digest, u->key, a->r.asig))
		audit_find(a, 24, "the actor's signature is wrong");
}

/* By the key of this device, or that of his own terminal. */
static bool cosigned(const struct audit *a, const struct keyring_user *u,
	const uint8_t digest[VRECORD_HASH])
{
	return vchain_acted(digest, u->key, a->r.cosig) ||
	       (u->has_approval &&
		       vchain_acted(digest, u->approval, a->r.cosig));
}

static void check_cosig(struct audit *a, const struct keyring_user *u,
	const uint8_t digest[VRECORD_HASH])
{
	if (a->quiet || cosigned(a, u, digest))
		return;
	if (!u->has_approval && (a->begin.first > 1 || a->gaps > 0))
		vreport_skip(a->report, 25,
			"a second person's signature by a key that the book "
			"may have told of before its beginning");
	else
		audit_find(a, 25, "the second person's signature is wrong");
}

static void check_second(struct audit *a, const uint8_t digest[VRECORD_HASH])
{
	const struct keyring_user *u;

	if (!vrecord_has(&a->r, VKEY_COSIG))
		return;
	if (a->r.approver == a->r.actor)
		audit_find(a, 25, "the second person is the actor himself");
	u = find_user(a, a->r.approver, 25);
	if (!u)
		return;
	if (u->role != KEYRING_SUPERVISOR)
		audit_find(a, 25, "the second person is no supervisor");
	if (keyring_is_revoked(a->keys, u->number, a->r.t))
		audit_find(a, 25, "the second person was revoked before");
	check_ends(a, u, 25, "the second person");
	check_cosig(a, u, digest);
}

void audit_check_people(struct audit *a, const struct audit_row *row)
{
	const struct keyring_user *u = NULL;
	uint8_t digest[VRECORD_HASH] = {0};

	if (a->r.kind == VKIND_CONFIG && vrecord_has(&a->r, VKEY_RSUM)) {
		hear_of_users(a);
		hear_of_card(a);
	}
	hear_of_ends(a);
	if (!vrecord_has(&a->r, VKEY_ACTOR) || a->r.kind == VKIND_LOGIN_FAIL)
		return;
	if (a->r.actor > 0)
		u = find_user(a, a->r.actor, 23);
	check_actor(a, u);
	if (a->r.sign_keys > 0)
		vrecord_act_digest(&a->r, row->body, row->len, digest);
	check_signed(a, u, digest);
	check_second(a, digest);
}

/* A user who never acted may wait for his day. */
void audit_end_people(struct audit *a, bool whole)
{
	audit_end_revlist(a, whole);
	if (!whole || a->begin.first > 1 || a->gaps > 0)
		return;
	for (size_t i = 0; i < a->keys->users; i++) {
		const struct keyring_user *u = &a->keys->user[i];

		if (!u->told && !u->blamed && !u->trusted)
			vreport_find(a->report, 0, 23,
				"no CONFIG record tells of the key and role "
				"of user %llu",
				(unsigned long long)u->number);
	}
}
