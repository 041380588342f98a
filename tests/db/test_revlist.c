/* Who may not work any more: by the centre's list, or his last day (T67). */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/revlist.h"
#include "support/bookstore.h"
#include "support/faultvfs.h"
#include "support/revlists.h"
#include "support/vectors.h"
#include "support/verifier.h"

enum {
	DEP = 1
};

static const int64_t hour = 3600 * 1000;
static const int64_t day = 24 * 3600 * INT64_C(1000);

struct office {
	struct bookstore b;
	struct crypto_pair centre;
	struct refusal why;
	struct revlist_done done;
	struct session second; /* of user 2 */
	int64_t now;
};

static int setup(void **state)
{
	static struct office o;
	struct err err;

	memset(&o, 0, sizeof(o));
	/* Ten days ago, so that no day of a test is to come yet. */
	o.now = clock_wall_ms() - 10 * day;
	clock_freeze_wall(o.now);
	bookstore_make(&o.b);
	bookstore_due(&o.b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&o.b, 20);
	crypto_pair_new(&o.centre);
	assert_int_equal(revlist_set_key(o.b.db, &o.b.hoa, o.centre.public,
				 &o.why, &err),
		VERDICT_DONE);
	*state = &o;
	return 0;
}

static int teardown(void **state)
{
	struct office *o = *state;

	clock_freeze_wall(-1);
	bookstore_remove(&o->b);
	return 0;
}

static void holds(struct office *o)
{
	bookstore_must_hold(&o->b);
	db_close(o->b.db);
	verifier_must_accept_but_lists(o->b.dir);
	bookstore_open(&o->b);
}

static enum verdict take_text(struct office *o, const char *text)
{
	const struct session nobody = {0};
	struct err err = {0};
	const enum verdict v = revlist_take(o->b.db, &nobody, text,
		strlen(text), &o->done, &o->why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

static enum verdict take(struct office *o, int version, const char *users)
{
	char text[REVLISTS_SIZE];

	revlists_make(&o->centre, version, o->now, users, text);
	return take_text(o, text);
}

static enum sign_in try(struct office *o, int64_t number, const char *pin)
{
	struct sign_in_result result;
	struct session s;
	struct err err = {0};
	const enum sign_in got =
		users_sign_in(o->b.db, number, pin, &s, &result, &err);

	if (got == SIGN_IN_FAILED)
		fail_msg("%s", err.text);
	session_clear(&s);
	return got;
}

/* ---- the list ------------------------------------------------------------ */

static void T67_who_is_listed_is_out_at_once(void **state)
{
	struct office *o = *state;
	struct pay_request r = {.uid = "one request, 16",
		.person = DEP,
		.payee = PAYEE_SELF};
	struct payout out;
	struct record last;
	struct journal_row row;
	const char *finding;
	struct err err;

	assert_int_equal(try(o, 7, "246801"), SIGN_IN_DONE);
	assert_int_equal(take(o, 1, "user 7 - 1\nuser 77 - 1\nuser 2 - 1\n"),
		VERDICT_DONE);
	assert_int_equal(o->done.listed, 3);
	assert_int_equal(o->done.barred, 2);
	assert_int_equal(journal_row(o->b.db,
				 (uint64_t)bookstore_number(&o->b,
					 "SELECT max(seq) FROM journal"),
				 &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &last, &finding));
	assert_int_equal(last.kind, JOURNAL_REVLIST);
	assert_int_equal(last.result, 1);
	assert_int_equal(last.barreds, 2);
	assert_int_equal(last.barred[0], 2);
	assert_int_equal(last.barred[1], 7);
	assert_int_equal(try(o, 7, "246801"), SIGN_IN_REVOKED);
	/* The session that was open before. */
	assert_int_equal(payouts_pay(o->b.db, &o->b.lan, &r, &out, &o->why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_REVOKED);
	assert_int_equal(users_revoke(o->b.db, &o->b.tuan, 5, &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_REVOKED);
	assert_int_equal(try(o, 8, "246802"), SIGN_IN_DONE);
	holds(o);
	assert_int_equal(try(o, 2, "135792"), SIGN_IN_REVOKED);
}

static void T67_who_was_revoked_approves_nothing(void **state)
{
	struct office *o = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	assert_int_equal(take(o, 1, "user 1 - 1\n"), VERDICT_DONE);
	assert_int_equal(users_check(o->b.db, 1, "135791", &s, &result, &err),
		SIGN_IN_REVOKED);
}

static void T67_an_older_list_is_refused(void **state)
{
	struct office *o = *state;
	uint64_t version;
	struct err err;

	assert_int_equal(take(o, 5, ""), VERDICT_DONE);
	assert_int_equal(take(o, 4, "user 7 - 1\n"), VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_REVLIST_OLD);
	assert_int_equal(o->why.amount, 5);
	/* Another text of the same number. */
	assert_int_equal(take(o, 5, "user 7 - 1\n"), VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_REVLIST_OLD);
	assert_int_equal(try(o, 7, "246801"), SIGN_IN_DONE);
	assert_int_equal(take(o, 6, "user 7 - 1\n"), VERDICT_DONE);
	assert_true(revlist_version(o->b.db, &version, &err));
	assert_int_equal(version, 6);
	holds(o);
}

static void the_same_list_again_is_nothing_new(void **state)
{
	struct office *o = *state;
	int64_t before;

	assert_int_equal(take(o, 5, "user 7 - 1\n"), VERDICT_DONE);
	assert_false(o->done.same);
	before = bookstore_number(&o->b, "SELECT max(seq) FROM journal");
	assert_int_equal(take(o, 5, "user 7 - 1\n"), VERDICT_DONE);
	assert_true(o->done.same);
	assert_int_equal(o->done.barred, 0);
	assert_int_equal(bookstore_number(&o->b,
				 "SELECT max(seq) FROM journal"),
		before);
}

/* By his key, of this device or of his card; another's key is another. */
static void a_list_names_keys_too(void **state)
{
	struct office *o = *state;
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char users[256];
	struct crypto_pair pair;

	snprintf(users, sizeof(users), "user 8 %064x 1\n", 1);
	assert_int_equal(take(o, 1, users), VERDICT_DONE);
	assert_int_equal(o->done.barred, 0);
	crypto_pair_from_seed(o->b.minh.secret, &pair);
	str_to_hex(pair.public, sizeof(pair.public), hex);
	snprintf(users, sizeof(users), "user 8 %s 1\n", hex);
	assert_int_equal(take(o, 2, users), VERDICT_DONE);
	assert_int_equal(o->done.barred, 1);
	assert_int_equal(try(o, 8, "246802"), SIGN_IN_REVOKED);
	holds(o);
}

static const struct {
	const char *users;
} odd[] = {{"user 7 - 1"}, {"user 7 -\n"}, {"user 7 - 1 1\n"}, {"user 0 - 1\n"},
	{"user 10000000 - 1\n"}, {"user 7 x 1\n"}, {"user 7 - 9999999999999\n"},
	{"device 7 - 1\n"}, {"\n"}, {"user 7 00 1\n"}, {"sig 00\n"}};

static void what_is_no_list_changes_nothing(void **state)
{
	struct office *o = *state;
	char text[REVLISTS_SIZE];
	char *at;

	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		assert_int_equal(take(o, 1, odd[i].users), VERDICT_REFUSED);
		assert_int_equal(o->why.code, REFUSED_REVLIST);
	}
	revlists_make(&o->centre, 1, o->now, "user 7 - 1\n", text);
	for (at = text; *at; at++) {
		*at ^= 1;
		assert_int_equal(take_text(o, text), VERDICT_REFUSED);
		assert_int_equal(o->why.code, REFUSED_REVLIST);
		*at ^= 1;
	}
	at[0] = 'x';
	at[1] = '\0';
	assert_int_equal(take_text(o, text), VERDICT_REFUSED);
	at[-1] = '\0';
	assert_int_equal(take_text(o, text), VERDICT_REFUSED);
	assert_int_equal(try(o, 7, "246801"), SIGN_IN_DONE);
}

static void another_centre_is_not_heard(void **state)
{
	struct office *o = *state;
	struct err err;

	crypto_pair_new(&o->centre);
	assert_int_equal(take(o, 1, "user 7 - 1\n"), VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_REVLIST);
	assert_int_equal(revlist_set_key(o->b.db, &o->b.lan, o->centre.public,
				 &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_ROLE);
	bookstore_sql(&o->b, "DELETE FROM setting WHERE name = 'centre_sign'");
	assert_int_equal(take(o, 1, ""), VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_CENTRE);
}

static void the_golden_list_is_read(void **state)
{
	struct office *o = *state;
	char own[VECTOR_SIZE];
	char sig[VECTOR_SIZE];
	char text[REVLISTS_SIZE];
	struct crypto_pair pair;
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	uint8_t seed[CRYPTO_SEED_SIZE];
	struct err err;

	vector_bytes("approval_vectors.txt", "seed_own", seed, sizeof(seed));
	crypto_pair_from_seed(seed, &pair);
	str_to_hex(pair.public, sizeof(pair.public), hex);
	vector_bytes("approval_vectors.txt", "pk", own, sizeof(own));
	assert_int_equal(revlist_set_key(o->b.db, &o->b.hoa,
				 (const uint8_t *)own, &o->why, &err),
		VERDICT_DONE);
	vector_text("approval_vectors.txt", "revlist_sig", sig);
	snprintf(text, sizeof(text),
		"CHITRA-REVLIST v1\nversion 3\nissued 1764547200000\n"
		"user 7 - 1764547200000\nuser 23 %s 1764547199000\n"
		"sig %s\n",
		hex, sig);
	assert_int_equal(take_text(o, text), VERDICT_DONE);
	assert_int_equal(o->done.version, 3);
	assert_int_equal(o->done.barred, 1);
}

/* ---- the last day -------------------------------------------------------- */

static int32_t day_after(const struct office *o, int days)
{
	char iso[32];
	int32_t out = 0;

	date_time_iso(o->now + days * day, iso);
	iso[10] = '\0';
	assert_true(users_day_parse(iso, &out));
	return out;
}

static void with_an_end(struct office *o, int days)
{
	const struct user_new n = {23, "Mai", ROLE_AGENT, "864213"};
	struct err err;

	assert_int_equal(users_add_until(o->b.db, &o->b.hoa, &n,
				 day_after(o, days), &o->why, &err),
		VERDICT_DONE);
}

static void T67_works_offline_to_the_last_day_and_no_longer(void **state)
{
	struct office *o = *state;

	with_an_end(o, 1);
	assert_int_equal(try(o, 23, "864213"), SIGN_IN_DONE);
	clock_freeze_wall(o->now + day);
	assert_int_equal(try(o, 23, "864213"), SIGN_IN_DONE);
	clock_freeze_wall(o->now + 2 * day);
	assert_int_equal(try(o, 23, "864213"), SIGN_IN_EXPIRED);
	/* Somebody else writes at that time; then the clock is set back. */
	assert_int_equal(try(o, 8, "246802"), SIGN_IN_DONE);
	clock_freeze_wall(o->now);
	assert_int_equal(try(o, 23, "864213"), SIGN_IN_EXPIRED);
	holds(o);
}

static void a_supervisor_renews_it(void **state)
{
	struct office *o = *state;
	struct err err;

	with_an_end(o, 1);
	clock_freeze_wall(o->now + 2 * day);
	assert_int_equal(users_renew(o->b.db, &o->b.lan, 23, day_after(o, 9),
				 &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_ROLE);
	assert_int_equal(users_renew(o->b.db, &o->b.hoa, 23, day_after(o, 9),
				 &o->why, &err),
		VERDICT_DONE);
	assert_int_equal(try(o, 23, "864213"), SIGN_IN_DONE);
	assert_int_equal(users_renew(o->b.db, &o->b.hoa, 23, day_after(o, 8),
				 &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_RENEW);
	assert_int_equal(users_renew(o->b.db, &o->b.hoa, 7, day_after(o, 9),
				 &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_RENEW);
	holds(o);
	bookstore_sql(&o->b, "UPDATE user SET until = 0 WHERE number = 23");
	assert_false(db_check(o->b.db, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

static void a_session_ends_with_its_last_day(void **state)
{
	struct office *o = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	with_an_end(o, 0);
	assert_int_equal(users_sign_in(o->b.db, 23, "864213", &s, &result,
				 &err),
		SIGN_IN_DONE);
	clock_freeze_wall(o->now + day + hour);
	assert_int_equal(payouts_not_paid(o->b.db, &s, DEP, NOT_PAID_ABSENT,
				 (struct date){0}, &o->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o->why.code, REFUSED_EXPIRED);
	assert_true(users_sign_out(o->b.db, &s, &err));
	holds(o);
}

/* ---- a COMMIT that failed, and was on the disk all the same -------------- */

typedef enum verdict out_fn(struct office *o, struct err *err);

static enum verdict out_by_list(struct office *o, struct err *err)
{
	const struct session nobody = {0};
	char text[REVLISTS_SIZE];

	revlists_make(&o->centre, 1, o->now, "user 2 - 1\n", text);
	return revlist_take(o->b.db, &nobody, text, strlen(text), &o->done,
		&o->why, err);
}

static enum verdict out_by_supervisor(struct office *o, struct err *err)
{
	return users_revoke(o->b.db, &o->b.hoa, 2, &o->why, err);
}

static bool is_out(struct office *o)
{
	return bookstore_number(&o->b,
		       "SELECT revoked FROM user WHERE number = 2") != 0;
}

/* The session of the one who was taken out is the first to act afterwards. */
static enum verdict try_something(struct office *o, struct refusal *why)
{
	struct err err = {0};

	return payouts_not_paid(o->b.db, &o->second, DEP, NOT_PAID_ABSENT,
		(struct date){0}, why, &err);
}

/*
 * From the n-th sync on each fails, also those by which a handle is closed, so
 * that the log stays; then the disk is whole again. Was he out at the end, and
 * nobody had been told?
 */
static bool falls(struct office *o, out_fn *take_out, int n, bool *tripped)
{
	const struct fault fault = {.kinds = FAULT_SYNC, .n = n};
	struct sign_in_result result;
	struct refusal why;
	struct err err = {0};
	enum verdict v;
	enum verdict act;

	assert_int_equal(users_sign_in(o->b.db, 2, "135792", &o->second,
				 &result, &err),
		SIGN_IN_DONE);
	faultvfs_set(&fault);
	v = take_out(o, &err);
	*tripped = faultvfs_tripped();
	faultvfs_arm(0);
	act = try_something(o, &why);
	assert_int_equal(act, is_out(o) ? VERDICT_REFUSED : VERDICT_DONE);
	if (act == VERDICT_REFUSED)
		assert_int_equal(why.code, REFUSED_REVOKED);
	holds(o);
	session_clear(&o->second);
	return v == VERDICT_FAILED && act == VERDICT_REFUSED;
}

static void out_in_spite_of_it(out_fn *take_out)
{
	bool tripped = true;
	int times = 0;

	for (int n = 1; tripped; n++) {
		void *state;

		setup(&state);
		times += falls(state, take_out, n, &tripped);
		teardown(&state);
	}
	/* Else this was a test of nothing. */
	assert_true(times > 0);
}

static void T09_a_list_that_was_durable_bars_though_its_commit_failed(void *
		*state)
{
	(void)state;
	out_in_spite_of_it(out_by_list);
}

static void T09_so_does_a_revoked_user(void **state)
{
	(void)state;
	out_in_spite_of_it(out_by_supervisor);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(T67_who_is_listed_is_out_at_once),
		T(T67_who_was_revoked_approves_nothing),
		T(T67_an_older_list_is_refused),
		T(the_same_list_again_is_nothing_new),
		T(a_list_names_keys_too),
		T(what_is_no_list_changes_nothing),
		T(another_centre_is_not_heard),
		T(the_golden_list_is_read),
		T(T67_works_offline_to_the_last_day_and_no_longer),
		T(a_supervisor_renews_it),
		T(a_session_ends_with_its_last_day),
		cmocka_unit_test(
			T09_a_list_that_was_durable_bars_though_its_commit_failed),
		cmocka_unit_test(T09_so_does_a_revoked_user),
	};

	faultvfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
