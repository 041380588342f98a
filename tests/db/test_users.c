/* Who works here: PINs, counting on disk, roles. */
#include "support/unit.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/users.h"
#include "db/users_internal.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static enum sign_in try(struct bookstore *b, int64_t number, const char *pin,
	struct session *s, struct sign_in_result *result)
{
	struct err err = {0};
	const enum sign_in got =
		users_sign_in(b->db, number, pin, s, result, &err);

	if (got == SIGN_IN_FAILED)
		fail_msg("%s", err.text);
	return got;
}

static void the_right_pin_gives_the_users_own_key(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;

	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_DONE);
	assert_int_equal(s.user.number, 7);
	assert_string_equal(s.user.name, "Lan");
	assert_int_equal(s.user.role, ROLE_AGENT);
	assert_memory_equal(s.secret, b->lan.secret, sizeof(s.secret));
	assert_memory_not_equal(s.secret, b->minh.secret, sizeof(s.secret));
	session_clear(&s);
	assert_int_equal(s.user.number, 0);
}

static void a_wrong_pin_gives_nothing(void **state)
{
	static const uint8_t nothing[CRYPTO_SECRET_SIZE];
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;

	assert_int_equal(try(b, 7, "246802", &s, &result), SIGN_IN_WRONG_PIN);
	assert_int_equal(result.tries_left, USERS_MAX_FAILURES - 1);
	assert_int_equal(s.user.number, 0);
	assert_memory_equal(s.secret, nothing, sizeof(nothing));
	assert_int_equal(try(b, 77, "246802", &s, &result), SIGN_IN_NO_USER);
}

static const struct {
	int failures;
	int seconds;
} waits[] = {{0, 0}, {1, 0}, {2, 0}, {3, 2}, {4, 4}, {5, 8}, {6, 16}, {7, 30},
	{9, 30}, {100, 30}};

static void waiting_doubles_up_to_thirty_seconds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(waits); i++)
		assert_int_equal(users_wait_seconds(waits[i].failures),
			waits[i].seconds);
}

static void T65_the_tenth_failure_locks_through_restarts(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct refusal why;
	struct session s;
	struct err err;

	for (int i = 1; i < USERS_MAX_FAILURES; i++) {
		assert_int_equal(try(b, 7, "999999", &s, &result),
			SIGN_IN_WRONG_PIN);
		assert_int_equal(result.tries_left, USERS_MAX_FAILURES - i);
		assert_int_equal(result.wait_seconds, users_wait_seconds(i));
		bookstore_crash(b);
		bookstore_open(b);
	}
	assert_int_equal(try(b, 7, "999999", &s, &result), SIGN_IN_LOCKED);
	bookstore_restart(b);
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_LOCKED);
	assert_int_equal(users_unlock(b->db, &b->minh, 7, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(users_unlock(b->db, &b->hoa, 7, &why, &err),
		VERDICT_DONE);
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_DONE);
	bookstore_must_hold(b);
}

/* The counter is on the disk before the slow part begins. */
static void T65_a_try_is_counted_before_it_is_made(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	/* A cost that no machine has: the try itself cannot be made. */
	bookstore_sql(b, "UPDATE user SET kib = 2147483647 WHERE number = 7");
	assert_int_equal(users_sign_in(b->db, 7, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(bookstore_number(b,
				 "SELECT failures FROM user WHERE number = 7"),
		1);
}

/* The row that store schema 8 had: locked as any row's. */
static void lock_as_before(struct bookstore *b, int64_t number,
	const uint8_t secret[CRYPTO_SECRET_SIZE], const char *pin)
{
	uint8_t salt[CRYPTO_SALT_SIZE] = {0};
	const struct crypto_pin_cost cost = {.passes = 1, .kibibytes = 8};
	uint8_t inner[USERS_INNER_SIZE];
	uint8_t outer[USERS_LOCKED_SIZE];
	uint8_t key[CRYPTO_KEY_SIZE];
	sqlite3_stmt *st = NULL;
	struct err err;

	assert_true(crypto_pin_key(pin, salt, cost, key, &err));
	crypto_lock(secret, CRYPTO_SECRET_SIZE, "user", key, inner);
	crypto_lock(inner, sizeof(inner), "user", b->db->secret, outer);
	sqlite3_prepare_v2(b->db->handle,
		"UPDATE user SET salt = ?1, passes = 1, kib = 8, secret = ?2"
		" WHERE number = ?3",
		-1, &st, NULL);
	sqlite3_bind_blob(st, 1, salt, sizeof(salt), SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, outer, sizeof(outer), SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, number);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static const char swap[] =
	"UPDATE user SET salt = o.salt, passes = o.passes, kib = o.kib,"
	" public = o.public, secret = o.secret FROM user AS o"
	" WHERE user.number = 1 AND o.number = 7";

static void a_key_opens_in_its_own_row_only(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	/* Lan's own PIN in the row of a supervisor. */
	bookstore_sql(b, swap);
	assert_int_equal(users_sign_in(b->db, 1, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	/* And with another role in her own. */
	bookstore_sql(b, "UPDATE user SET role = 3 WHERE number = 7");
	assert_int_equal(users_sign_in(b->db, 7, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
}

static void a_key_of_an_older_store_gets_its_row_at_sign_in(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	lock_as_before(b, 7, b->lan.secret, "246801");
	assert_int_equal(try(b, 7, "246802", &s, &result), SIGN_IN_WRONG_PIN);
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_DONE);
	assert_memory_equal(s.secret, b->lan.secret, sizeof(s.secret));
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_DONE);
	bookstore_must_hold(b);
	bookstore_sql(b, swap);
	assert_int_equal(users_sign_in(b->db, 1, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
}

static void a_good_pin_forgets_the_failures(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct user u;
	struct err err;

	try(b, 7, "999999", &s, &result);
	assert_int_equal(users_get(b->db, 7, &u, &err), LOOKUP_FOUND);
	assert_int_equal(u.failures, 1);
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_DONE);
	assert_int_equal(users_get(b->db, 7, &u, &err), LOOKUP_FOUND);
	assert_int_equal(u.failures, 0);
}

static void a_second_person_is_checked_and_counted_not_signed_in(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;
	const int64_t before =
		bookstore_number(b, "SELECT max(seq) FROM journal");

	assert_int_equal(users_check(b->db, 1, "135791", &s, &result, &err),
		SIGN_IN_DONE);
	assert_int_equal(s.user.role, ROLE_SUPERVISOR);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		before);
	assert_int_equal(users_check(b->db, 1, "135790", &s, &result, &err),
		SIGN_IN_WRONG_PIN);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		before + 1);
}

static const struct bad_user {
	const char *what;
	struct user_new n;
	enum refusal_code code;
} bad_users[] = {
	{"number zero", {0, "An", ROLE_AGENT, "918273"}, REFUSED_USER},
	{"number too big", {10000000, "An", ROLE_AGENT, "918273"},
		REFUSED_USER},
	{"number taken", {7, "An", ROLE_AGENT, "918273"}, REFUSED_USER_TAKEN},
	{"no name", {30, "", ROLE_AGENT, "918273"}, REFUSED_USER},
	{"no role", {30, "An", ROLE_NONE, "918273"}, REFUSED_USER},
	{"short PIN", {30, "An", ROLE_AGENT, "91827"}, REFUSED_PIN},
	{"PIN with a letter", {30, "An", ROLE_AGENT, "91827a"}, REFUSED_PIN},
	{"easy PIN", {30, "An", ROLE_AGENT, "123456"}, REFUSED_PIN},
};

static void what_is_wrong_with_a_user_is_said(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(bad_users); i++)
		if (users_add(b->db, &b->hoa, &bad_users[i].n, &why, &err) !=
				VERDICT_REFUSED ||
			why.code != bad_users[i].code)
			fail_msg("%s", bad_users[i].what);
}

/* A store without anybody, and then one with an agent only. */
static void who_may_add_whom(void **state)
{
	static const struct user_new mai = {33, "Mai", ROLE_AGENT, "583920"};
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;
	const struct session *no[] = {&b->lan, &b->dung, &b->ky, NULL};

	for (size_t i = 0; i < COUNT_OF(no); i++) {
		assert_int_equal(users_add(b->db, no[i], &mai, &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_ROLE);
		assert_int_equal(why.roles, 1 << ROLE_SUPERVISOR);
	}
	bookstore_sql(b, "UPDATE user SET role = 1 WHERE role = 3");
	assert_int_equal(users_add(b->db, NULL, &mai, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOBODY);
	assert_int_equal(users_add(b->db, &b->lan, &mai, &why, &err),
		VERDICT_DONE);
}

static enum verdict new_pin(struct bookstore *b, const char *old,
	const char *pin, struct pin_change *c, struct refusal *why)
{
	struct err err;

	*c = (struct pin_change){.old = old, .pin = pin};
	return users_set_pin(b->db, 7, c, why, &err);
}

static void a_new_pin_opens_the_same_key_and_the_old_one_nothing(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct pin_change c;
	struct refusal why;
	struct session s;

	assert_int_equal(new_pin(b, "246801", "905314", &c, &why),
		VERDICT_DONE);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(try(b, 7, "246801", &s, &result), SIGN_IN_WRONG_PIN);
	assert_int_equal(try(b, 7, "905314", &s, &result), SIGN_IN_DONE);
	assert_memory_equal(s.secret, b->lan.secret, sizeof(s.secret));
	bookstore_must_hold(b);
}

static void a_new_pin_needs_the_old_one_and_is_not_easy(void **state)
{
	struct bookstore *b = *state;
	struct pin_change c;
	struct refusal why;
	struct user u;
	struct err err;

	new_pin(b, "246801", "123456", &c, &why);
	assert_int_equal(why.code, REFUSED_PIN);
	new_pin(b, "246801", "246801", &c, &why);
	assert_int_equal(why.code, REFUSED_PIN_SAME);
	new_pin(b, "246809", "905314", &c, &why);
	assert_int_equal(why.code, REFUSED_WRONG_PIN);
	assert_int_equal(c.tried, SIGN_IN_WRONG_PIN);
	assert_int_equal(c.result.tries_left, USERS_MAX_FAILURES - 1);
	assert_int_equal(users_get(b->db, 7, &u, &err), LOOKUP_FOUND);
	assert_int_equal(u.failures, 1);
}

static void a_revoked_user_is_nobody_for_good(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct refusal why;
	struct session s;
	struct err err;

	users_revoke(b->db, &b->ky, 2, &why, &err);
	assert_int_equal(why.code, REFUSED_ROLE);
	users_revoke(b->db, &b->hoa, 1, &why, &err);
	assert_int_equal(why.code, REFUSED_SELF);
	users_revoke(b->db, &b->hoa, 77, &why, &err);
	assert_int_equal(why.code, REFUSED_NO_USER);
	assert_int_equal(users_revoke(b->db, &b->hoa, 2, &why, &err),
		VERDICT_DONE);
	users_revoke(b->db, &b->hoa, 2, &why, &err);
	assert_int_equal(why.code, REFUSED_REVOKED);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(try(b, 2, "135792", &s, &result), SIGN_IN_REVOKED);
	assert_int_equal(users_check(b->db, 2, "135792", &s, &result, &err),
		SIGN_IN_REVOKED);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM data_key"
					     " WHERE number = 2"),
		0);
	bookstore_must_hold(b);
	/* A hand on the table does not bring him back. */
	bookstore_sql(b, "UPDATE user SET revoked = 0 WHERE number = 2");
	assert_false(db_check(b->db, &err));
}

static void users_are_listed_by_number(void **state)
{
	struct bookstore *b = *state;
	struct user u[4];
	int count;
	struct err err;

	assert_true(users_list(b->db, u, 4, &count, &err));
	assert_int_equal(count, 4);
	assert_int_equal(u[0].number, 1);
	assert_int_equal(u[3].number, 7);
}

static void roles_have_names(void **state)
{
	enum role r;

	(void)state;
	for (int i = ROLE_AGENT; i < ROLE_COUNT; i++) {
		assert_true(users_role_parse(users_role_name((enum role)i),
			&r));
		assert_int_equal(r, i);
	}
	assert_false(users_role_parse("none", &r));
	assert_false(users_role_parse("chief", &r));
}

/* T64 in small: neither PIN, name of the key, nor the key itself is there. */
static void a_key_needs_device_and_pin(void **state)
{
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct session s;
	struct err err;

	b->db->secret[0] ^= 1;
	assert_int_equal(users_sign_in(b->db, 7, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	b->db->secret[0] ^= 1;
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE(the_right_pin_gives_the_users_own_key),
		STORE(a_wrong_pin_gives_nothing),
		cmocka_unit_test(waiting_doubles_up_to_thirty_seconds),
		STORE(T65_the_tenth_failure_locks_through_restarts),
		STORE(T65_a_try_is_counted_before_it_is_made),
		STORE(a_good_pin_forgets_the_failures),
		STORE(a_key_opens_in_its_own_row_only),
		STORE(a_key_of_an_older_store_gets_its_row_at_sign_in),
		STORE(a_second_person_is_checked_and_counted_not_signed_in),
		STORE(what_is_wrong_with_a_user_is_said),
		STORE(who_may_add_whom),
		STORE(a_new_pin_opens_the_same_key_and_the_old_one_nothing),
		STORE(a_new_pin_needs_the_old_one_and_is_not_easy),
		STORE(a_revoked_user_is_nobody_for_good),
		STORE(users_are_listed_by_number),
		cmocka_unit_test(roles_have_names),
		STORE(a_key_needs_device_and_pin),
	};

	return cmocka_run_group_tests_name("users", tests, NULL, NULL);
}
