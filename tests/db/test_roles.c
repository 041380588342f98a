/*
 * T72: every act of the book by every role. What a role may not do is refused
 * with who may, changes nothing, and stands in the book as LOGIN_FAIL.
 */
#include "support/unit.h"

#include <string.h>

#include "db/changes.h"
#include "db/erase.h"
#include "db/journal_internal.h"
#include "db/lists.h"
#include "db/record_internal.h"
#include "support/roleacts.h"

/* ---- each of them by each role ------------------------------------------- */

/* The last record says who tried what he may not. */
static void must_be_noted(struct bookstore *b, const struct session *s,
	const char *name)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;

	if (journal_row(b->db, (uint64_t)roleacts_records(b), &row, &err) !=
			LOOKUP_FOUND ||
		!record_decode(row.body, row.len, &r, &finding) ||
		r.kind != JOURNAL_LOGIN_FAIL ||
		r.actor != (uint64_t)s->user.number ||
		r.reason != LOGIN_FAIL_ROLE)
		fail_msg("%s by %s: not in the book", name, s->user.name);
}

static void try(struct bookstore *b, const struct session *s,
	const struct roleact *a)
{
	const int64_t before = roleacts_records(b);
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
	assert_int_equal(roleacts_records(b), before + 1);
	must_be_noted(b, s, a->name);
}

static void T72_every_act_by_every_role(void **state)
{
	struct bookstore b;

	(void)state;
	for (int i = 0; i < roleacts_count; i++) {
		/* Who may comes last: he changes something. */
		const struct session *who[] = {&b.ky, &b.dung, &b.lan, &b.hoa};

		roleacts_store(&b);
		bookstore_shift(&b, 40);
		for (size_t k = 0; k < COUNT_OF(who); k++)
			if (!(roleacts[i].roles & 1U << who[k]->user.role))
				try(&b, who[k], &roleacts[i]);
		bookstore_must_hold(&b);
		for (size_t k = 0; k < COUNT_OF(who); k++)
			if (roleacts[i].roles & 1U << who[k]->user.role)
				try(&b, who[k], &roleacts[i]);
		bookstore_remove(&b);
	}
}

static const struct roleact *act_of(const char *name)
{
	for (int i = 0; i < roleacts_count; i++)
		if (strcmp(roleacts[i].name, name) == 0)
			return &roleacts[i];
	fail_msg("no act is called %s", name);
	return NULL;
}

/* The open shift is Lan's: neither another agent nor a supervisor touches it. */
static void T72_nobody_touches_the_shift_of_another(void **state)
{
	static const char *const touch[] = {"top up", "drop to the safe",
		"close the shift of another", "pay"};
	struct bookstore b;
	struct refusal why;
	struct err err;

	(void)state;
	roleacts_store(&b);
	bookstore_shift(&b, 40);
	for (size_t i = 0; i < COUNT_OF(touch); i++) {
		const int64_t before = roleacts_records(&b);

		assert_int_equal(act_of(touch[i])->act(&b, &b.minh, &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
		assert_int_equal(why.actor, 7);
		assert_int_equal(roleacts_records(&b), before);
		assert_int_equal(act_of(touch[i])->act(&b, &b.hoa, &why, &err),
			VERDICT_REFUSED);
	}
	assert_int_equal(act_of("open a shift")->act(&b, &b.minh, &why, &err),
		VERDICT_REFUSED);
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
