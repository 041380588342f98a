/*
 * audit_account.c - accounts that were taken down, and what became of them:
 * keys of ACCOUNT and ACCOUNT_STATE (V03), who may say that money is cash
 * again (V23, V24, V25).
 */
#include "db/verify/audit_internal.h"

enum {
	KIND_PLANNED = 4,
	VIA_TYPED = 2,
	WHOSE_AUTHORISED = 3,
	ANSWER_LAST = 5, /* key 28 up to here: the bank's word */
	STEP_CONFIRMED = 6,
	STEP_SENT = 7,
	STEP_CASH = 8,
	STEP_PAYS = 9,
	CODE_OTHER = 9,
	PURPOSE_PAYOUT = 1 /* key 35 */
};

#define BIT(key) (UINT64_C(1) << (key))

/* A code from 1 to most, or "other". */
static bool is_code(uint64_t code, uint64_t most)
{
	return (code >= 1 && code <= most) || code == CODE_OTHER;
}

static void key_of(uint64_t seq, uint8_t key[VMAP_KEY])
{
	for (int i = 0; i < VMAP_KEY; i++)
		key[i] = i < 8 ? (uint8_t)(seq >> (8 * i)) : 0;
}

/* Key 12: a consent that held then, to its use (purpose a). */
static void check_consent(struct audit *a)
{
	uint8_t key[VMAP_KEY];
	const struct vmap_slot *s;

	key_of(a->r.ref, key);
	s = vmap_get(&a->rest.holds, key);
	if (!s && audit_unknown(a, a->r.ref))
		return;
	if (!s || s->a < 2 || !((s->a - 1) & PURPOSE_PAYOUT))
		audit_find(a, 41,
			"record %llu is no consent that an account is used",
			(unsigned long long)a->r.ref);
}

/* Of a planned one there is no number, and no name on it. */
static void check_account(struct audit *a)
{
	const struct vrecord *r = &a->r;
	const bool planned = r->res == KIND_PLANNED;

	if (!vrecord_has(r, VKEY_REF) || !vrecord_has(r, VKEY_RES) ||
		!vrecord_has(r, VKEY_WHO)) {
		audit_find(a, 3, "says not whose, what and by which consent");
		return;
	}
	check_consent(a);
	if (r->res < 1 || r->res > KIND_PLANNED)
		audit_find(a, 3, "key 28: a kind of account that is not known");
	if (r->who > WHOSE_AUTHORISED)
		audit_find(a, 3, "key 29: nobody who could own an account");
	if (planned ? vrecord_has(r, VKEY_VIA)
		    : r->via < 1 || r->via > VIA_TYPED)
		audit_find(a, 3, "key 37: not how such a number is taken down");
	if (planned ? vrecord_has(r, VKEY_NAMES) : !is_code(r->names, 5))
		audit_find(a, 3, "key 38: not how such names fit");
	if (vrecord_has(r, VKEY_RSN) && (planned || !is_code(r->rsn, 2)))
		audit_find(a, 3, "key 17: no reason to share an account");
}

static void put_account(struct audit *a)
{
	uint8_t key[VMAP_KEY];
	struct vmap_slot *s;

	key_of(a->r.seq, key);
	s = audit_put(a, &a->accounts, key);
	if (s)
		s->a = a->r.res == KIND_PLANNED ? 2 : 1;
}

/* Key 12: an account of this book, and one that has a number. */
static void check_ref(struct audit *a)
{
	uint8_t key[VMAP_KEY];
	const struct vmap_slot *s;

	key_of(a->r.ref, key);
	s = vmap_get(&a->accounts, key);
	if (!s && audit_unknown(a, a->r.ref))
		return;
	if (!s)
		audit_find(a, 3, "key 12: record %llu is no ACCOUNT",
			(unsigned long long)a->r.ref);
	else if (s->a == 2 && a->r.res < STEP_CASH)
		audit_find(a, 3, "key 12: record %llu is only planned",
			(unsigned long long)a->r.ref);
}

/* The keys beside those that all have, for each result. */
static uint64_t must_have(uint64_t res)
{
	switch (res) {
	case STEP_CONFIRMED:
	case STEP_SENT:
		return BIT(VKEY_REF);
	case STEP_CASH:
		return BIT(VKEY_PER) | BIT(VKEY_RSN) | BIT(VKEY_ASIG);
	case STEP_PAYS:
		return BIT(VKEY_PER) | BIT(VKEY_ASIG);
	}
	return 0;
}

static uint64_t may_have(uint64_t res)
{
	switch (res) {
	case STEP_CASH:
		return BIT(VKEY_REF) | BIT(VKEY_COSIG) | BIT(VKEY_FL);
	case STEP_PAYS:
		return BIT(VKEY_REF);
	}
	return 0;
}

static bool is_supervisor(const struct audit *a)
{
	const struct keyring_user *u = keyring_user(a->keys, a->r.actor);

	return !u || u->role == KEYRING_SUPERVISOR;
}

static void check_state(struct audit *a)
{
	static const uint64_t own = BIT(VKEY_REF) | BIT(VKEY_PER) |
				    BIT(VKEY_RSN) | BIT(VKEY_ASIG) |
				    BIT(VKEY_COSIG) | BIT(VKEY_FL);
	const struct vrecord *r = &a->r;
	const uint64_t must = must_have(r->res);
	uint64_t may = must | may_have(r->res);

	if (r->fl & VFLAG_SIGFAIL)
		may |= BIT(VKEY_FL);
	if (r->res < 1 || r->res > STEP_PAYS)
		audit_find(a, 3, "key 28: a state that is not known");
	else if ((r->has & must) != must || (r->has & own & ~may))
		audit_find(a, 3, "keys that do not go with its key 28");
	if (r->res == STEP_CASH && !is_code(r->rsn, 3))
		audit_find(a, 3, "key 17: no reason for cash");
	if (vrecord_has(r, VKEY_REF))
		check_ref(a);
	if ((r->fl & VFLAG_OVERRIDE) && !vrecord_has(r, VKEY_COSIG) &&
		!is_supervisor(a))
		audit_find(a, 25,
			"makes cash of what an account was to pay, without a "
			"supervisor");
}

void audit_check_account(struct audit *a)
{
	if (a->r.kind == VKIND_ACCOUNT) {
		a->accounts_told++;
		check_account(a);
		put_account(a);
	} else if (a->r.kind == VKIND_ACCOUNT_STATE) {
		a->steps_told += a->r.res > ANSWER_LAST;
		check_state(a);
	}
}
