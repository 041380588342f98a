/*
 * T72: every act of the book by every role. What a role may not do is refused
 * with who may, changes nothing, and stands in the book as LOGIN_FAIL.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/backup.h"
#include "db/changes.h"
#include "db/erase.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/lists.h"
#include "db/payouts.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "db/roles.h"
#include "db/shifts.h"
#include "db/slips.h"
#include "db/users.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

/* Of the point's list. */
enum {
	DEP = 1
};

static const struct notes some = {.pieces = {2}};

/* ---- the acts; what they do when allowed is told elsewhere --------------- */

typedef enum verdict act_fn(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err);

static enum verdict open_shift(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_open(b->db, s, &some, &shift, why, err);
}

static enum verdict top_up(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_top_up(b->db, s, &some, &shift, why, err);
}

static enum verdict drop(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_drop(b->db, s, &some, &shift, why, err);
}

static enum verdict close_shift(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift_slip slip;

	return shifts_close(b->db, s, &some, SHIFT_REASON_UNKNOWN, &b->tuan,
		&slip, why, err);
}

static enum verdict pay(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP, .payee = PAYEE_SELF};
	struct payout out;

	payouts_uid(r.uid);
	return payouts_pay(b->db, s, &r, &out, why, err);
}

static enum verdict handed(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_handed(b->db, s, b->payout, &out, why, err);
}

static enum verdict not_handed(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_not_handed(b->db, s, b->payout, &b->tuan, &out, why,
		err);
}

static enum verdict take_back(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	const struct void_request r = {.seq = b->payout,
		.reason = VOID_RECEIPT_LOST,
		.by = &b->tuan};
	struct payout out;

	return payouts_void(b->db, s, &r, &out, why, err);
}

static enum verdict recovered(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_recover(b->db, s, true, NULL, &out, why, err);
}

static enum verdict reprint(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	int copy;

	return payouts_reprint(b->db, s, b->payout, 1, &copy, why, err);
}

static enum verdict slip(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	int copy;

	return slips_print_begin(b->db, s, 1, &copy, why, err);
}

static enum verdict absent(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return payouts_not_paid(b->db, s, DEP, NOT_PAID_ABSENT,
		(struct date){0}, why, err);
}

static enum verdict not_absent(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return payouts_not_paid(b->db, s, DEP, NOT_PAID_NONE, (struct date){0},
		why, err);
}

static enum verdict take_out(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct export_done done;
	char path[512];
	char name[32];

	snprintf(name, sizeof(name), "out-%d", (int)s->user.number);
	return export_keys(b->db, s,
		tmpdir_path(b->dir, name, path, sizeof(path)), &done, why, err);
}

static enum verdict back_up(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct export_done done;
	char path[512];

	return backup_write(b->db, s,
		tmpdir_path(b->dir, "backup", path, sizeof(path)), &done, why,
		err);
}

static enum verdict retire(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return proof_retire(b->db, s, RETIRE_OTHER, why, err);
}

static enum verdict add(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	const struct user_new mai = {33, "Mai", ROLE_AGENT, "583920"};

	return users_add(b->db, s, &mai, why, err);
}

static enum verdict unlock(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return users_unlock(b->db, s, 8, why, err);
}

static enum verdict revoke(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return users_revoke(b->db, s, 5, why, err);
}

enum {
	A = 1 << ROLE_AGENT,
	C = 1 << ROLE_STAFF,
	S = 1 << ROLE_SUPERVISOR
};

static const struct act_row {
	const char *name;
	act_fn *act;
	unsigned roles; /* by the norm, not by the table of the program */
} acts[] = {
	{"open a shift", open_shift, A},
	{"top up", top_up, A},
	{"drop to the safe", drop, A},
	{"close the shift of another", close_shift, A},
	{"pay", pay, A},
	{"say that it was handed over", handed, A},
	{"say that it was not", not_handed, A},
	{"take money back", take_back, A},
	{"answer after a crash", recovered, A},
	{"print a copy", reprint, A | S},
	{"print a Z slip again", slip, A | S},
	{"note a reason not to pay", absent, A | C | S},
	{"take the reason back", not_absent, S},
	{"take the keys out", take_out, A | S},
	{"back up", back_up, S},
	{"end the book", retire, S},
	{"add a user", add, S},
	{"unlock a user", unlock, S},
	{"revoke a user", revoke, S},
};

static void store(struct bookstore *b)
{
	bookstore_make(b);
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
}

/* ---- each of them by each role ------------------------------------------- */

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

/* The last record says who tried what he may not. */
static void must_be_noted(struct bookstore *b, const struct session *s,
	const char *name)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;

	if (journal_row(b->db, (uint64_t)records(b), &row, &err) !=
			LOOKUP_FOUND ||
		!record_decode(row.body, row.len, &r, &finding) ||
		r.kind != JOURNAL_LOGIN_FAIL ||
		r.actor != (uint64_t)s->user.number ||
		r.reason != LOGIN_FAIL_ROLE)
		fail_msg("%s by %s: not in the book", name, s->user.name);
}

static void try(struct bookstore *b, const struct session *s,
	const struct act_row *a)
{
	const int64_t before = records(b);
	const bool may = (a->roles & 1U << s->user.role) != 0;
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict v = a->act(b, s, &why, &err);

	if (may) {
		/* For other reasons perhaps, but not for his role. */
		if (v == VERDICT_REFUSED && why.code == REFUSED_ROLE)
			fail_msg("%s by %s: refused", a->name, s->user.name);
		return;
	}
	if (v != VERDICT_REFUSED || why.code != REFUSED_ROLE)
		fail_msg("%s by %s: not refused (%s)", a->name, s->user.name,
			err.text);
	if (why.roles != a->roles)
		fail_msg("%s: does not say who may", a->name);
	assert_int_equal(records(b), before + 1);
	must_be_noted(b, s, a->name);
}

static void T72_every_act_by_every_role(void **state)
{
	struct bookstore b;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		/* Who may comes last: he changes something. */
		const struct session *who[] = {&b.ky, &b.dung, &b.lan, &b.hoa};

		store(&b);
		bookstore_shift(&b, 40);
		for (size_t k = 0; k < COUNT_OF(who); k++)
			if (!(acts[i].roles & 1U << who[k]->user.role))
				try(&b, who[k], &acts[i]);
		bookstore_must_hold(&b);
		for (size_t k = 0; k < COUNT_OF(who); k++)
			if (acts[i].roles & 1U << who[k]->user.role)
				try(&b, who[k], &acts[i]);
		bookstore_remove(&b);
	}
}

/* The open shift is Lan's: neither another agent nor a supervisor touches it. */
static void T72_nobody_touches_the_shift_of_another(void **state)
{
	act_fn *const touch[] = {top_up, drop, close_shift, pay};
	struct bookstore b;
	struct refusal why;
	struct err err;

	(void)state;
	store(&b);
	bookstore_shift(&b, 40);
	for (size_t i = 0; i < COUNT_OF(touch); i++) {
		const int64_t before = records(&b);

		assert_int_equal(touch[i](&b, &b.minh, &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
		assert_int_equal(why.actor, 7);
		assert_int_equal(records(&b), before);
		assert_int_equal(touch[i](&b, &b.hoa, &why, &err),
			VERDICT_REFUSED);
	}
	assert_int_equal(open_shift(&b, &b.minh, &why, &err), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SHIFT_OPEN);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

/* What says no as an error is noted, too. */
static void T72_clock_lists_and_erasing(void **state)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result got;
	struct erase_done done;
	struct bookstore b;
	struct err err;

	(void)state;
	bookstore_make(&b);
	assert_false(journal_clock_set(b.db, &b.ky, &err));
	assert_int_equal(err.code, ERR_DENIED);
	must_be_noted(&b, &b.ky, "vouch for the clock");
	assert_false(lists_import(b.db, &b.dung, "none.csv", &o, &got, &err));
	assert_int_equal(err.code, ERR_DENIED);
	must_be_noted(&b, &b.dung, "import a list");
	assert_false(changes_import(b.db, &b.ky, "none.csv", &o, &got, &err));
	assert_int_equal(err.code, ERR_DENIED);
	must_be_noted(&b, &b.ky, "import changes");
	assert_int_equal(erase_person(b.db, &b.lan, "001045000112", ERASE_ORDER,
				 &done, &err),
		ERASE_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	must_be_noted(&b, &b.lan, "erase somebody");
	assert_true(journal_clock_set(b.db, &b.hoa, &err));
	bookstore_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T72_every_act_by_every_role),
		cmocka_unit_test(T72_nobody_touches_the_shift_of_another),
		cmocka_unit_test(T72_clock_lists_and_erasing),
	};

	return cmocka_run_group_tests_name("roles", tests, NULL, NULL);
}
