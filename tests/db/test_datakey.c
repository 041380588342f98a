/* The key of people's data: who has it, when, and what it locks. */
#include "support/unit.h"

#include <string.h>

#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "support/bookstore.h"

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

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

/* As a machine that was just switched on: nobody is signed in. */
static void switch_on(struct bookstore *b)
{
	b->has_key = false;
	bookstore_restart(b);
}

static bool sign_in(struct bookstore *b, int64_t number, const char *pin,
	struct session *s, struct err *err)
{
	struct sign_in_result result;

	return users_sign_in(b->db, number, pin, s, &result, err) ==
	       SIGN_IN_DONE;
}

static void every_user_opens_the_same_key(void **state)
{
	static const struct {
		int64_t number;
		const char *pin;
	} users[] = {{7, "246801"}, {8, "246802"}, {1, "135791"}, {2, "135792"},
		{5, "975315"}, {9, "864209"}};
	struct bookstore *b = *state;
	uint8_t key[CRYPTO_KEY_SIZE];

	for (size_t i = 0; i < COUNT_OF(users); i++) {
		struct session s;
		struct err err = {0};

		switch_on(b);
		assert_false(datakey_copy(b->db, key));
		if (!sign_in(b, users[i].number, users[i].pin, &s, &err))
			fail_msg("user %d: %s", (int)users[i].number, err.text);
		assert_true(datakey_copy(b->db, key));
		assert_memory_equal(key, b->key, sizeof(key));
	}
}

static void the_last_to_sign_out_locks(void **state)
{
	struct bookstore *b = *state;
	uint8_t key[CRYPTO_KEY_SIZE];
	struct session lan;
	struct session hoa;
	struct err err = {0};

	switch_on(b);
	assert_false(datakey_needed(b->db, &err));
	assert_int_equal(err.code, ERR_DENIED);
	assert_true(sign_in(b, 7, "246801", &lan, &err));
	assert_true(sign_in(b, 1, "135791", &hoa, &err));
	assert_true(users_sign_out(b->db, &lan, &err));
	assert_true(datakey_needed(b->db, &err));
	assert_true(users_sign_out(b->db, &hoa, &err));
	assert_false(datakey_copy(b->db, key));
}

static void a_checked_second_person_opens_nothing(void **state)
{
	struct bookstore *b = *state;
	uint8_t key[CRYPTO_KEY_SIZE];
	struct sign_in_result result;
	struct session s;
	struct err err = {0};

	switch_on(b);
	assert_int_equal(users_check(b->db, 1, "135791", &s, &result, &err),
		SIGN_IN_DONE);
	assert_false(datakey_copy(b->db, key));
	assert_int_equal(users_sign_in(b->db, 1, "999999", &s, &result, &err),
		SIGN_IN_WRONG_PIN);
	assert_false(datakey_copy(b->db, key));
}

static void only_who_is_signed_in_gives_it_to_a_new_user(void **state)
{
	const struct user_new mai = {33, "Mai", ROLE_AGENT, "583920"};
	struct bookstore *b = *state;
	struct refusal why;
	struct session s;
	struct err err = {0};

	switch_on(b);
	assert_int_equal(users_add(b->db, &b->hoa, &mai, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM user"), 6);
	assert_true(sign_in(b, 1, "135791", &s, &err));
	assert_int_equal(users_add(b->db, &b->hoa, &mai, &why, &err),
		VERDICT_DONE);
	switch_on(b);
	assert_true(sign_in(b, 33, "583920", &s, &err));
}

/* A store from before there was a key: the first to come makes it, for all. */
static void users_of_an_older_store_get_it_from_the_first(void **state)
{
	struct bookstore *b = *state;
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t again[CRYPTO_KEY_SIZE];
	struct session s;
	struct err err = {0};

	bookstore_sql(b, "DELETE FROM data_key");
	switch_on(b);
	assert_true(sign_in(b, 8, "246802", &s, &err));
	assert_true(datakey_copy(b->db, key));
	assert_memory_not_equal(key, b->key, sizeof(key));
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM data_key"),
		6);
	switch_on(b);
	assert_true(sign_in(b, 2, "135792", &s, &err));
	assert_true(datakey_copy(b->db, again));
	assert_memory_equal(key, again, sizeof(key));
}

static const struct {
	const char *what;
	const char *sql;
} forged[] = {
	{"one user's key for another",
		"UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key"
		" WHERE number = 8) WHERE number = 7"},
	{"an altered one",
		"UPDATE data_key SET wrapped = CAST(substr(wrapped, 1, 60)"
		" || x'00' || substr(wrapped, 62) AS BLOB) WHERE number = 7"},
	{"a short one", "UPDATE data_key SET wrapped = x'00' WHERE number = 7"},
	{"none", "DELETE FROM data_key WHERE number = 7"},
};

static void a_forged_key_signs_nobody_in(void **state)
{
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(forged); i++) {
		char dir[sizeof(b->dir)];
		struct bookstore copy = *b;
		struct session s;
		struct err err = {0};

		bookstore_image(b, dir, sizeof(dir));
		memcpy(copy.dir, dir, sizeof(dir));
		copy.has_key = false;
		bookstore_open(&copy);
		bookstore_sql(&copy, forged[i].sql);
		if (sign_in(&copy, 7, "246801", &s, &err) ||
			err.code != ERR_CORRUPT || s.user.number != 0)
			fail_msg("%s: %s", forged[i].what, err.text);
		assert_false(datakey_needed(copy.db, &err));
		assert_true(sign_in(&copy, 8, "246802", &s, &err));
		bookstore_remove(&copy);
	}
}

static void a_row_opens_in_its_own_place_only(void **state)
{
	static const char plain[] = "Nguyễn Thị Đẹp";
	struct bookstore *b = *state;
	uint8_t first[sizeof(plain) + CRYPTO_LOCK_EXTRA];
	uint8_t second[sizeof(first)];
	char out[sizeof(plain)];

	datakey_lock(b->db, DATAKEY_PERSON, 5, plain, sizeof(plain), first);
	datakey_lock(b->db, DATAKEY_PERSON, 5, plain, sizeof(plain), second);
	assert_memory_not_equal(first, second, sizeof(first));
	assert_null(memmem(first, sizeof(first), "Nguy", 4));
	assert_true(datakey_unlock(b->db, DATAKEY_PERSON, 5, first,
		sizeof(first), out));
	assert_string_equal(out, plain);
	assert_false(datakey_unlock(b->db, DATAKEY_PERSON, 6, first,
		sizeof(first), out));
	assert_false(datakey_unlock(b->db, DATAKEY_PAYOUT, 5, first,
		sizeof(first), out));
	assert_false(datakey_unlock(b->db, DATAKEY_PERSON, 5, first,
		sizeof(first) - 1, out));
	assert_false(datakey_unlock(b->db, DATAKEY_PERSON, 5, first, 8, out));
	first[40] ^= 1;
	assert_false(datakey_unlock(b->db, DATAKEY_PERSON, 5, first,
		sizeof(first), out));
}

static void a_blind_is_the_same_again_and_says_what_it_is_of(void **state)
{
	struct bookstore *b = *state;
	const int64_t one = datakey_blind(b->db, DATAKEY_ID12, "001145000001");

	assert_int_equal(one,
		datakey_blind(b->db, DATAKEY_ID12, "001145000001"));
	assert_int_not_equal(one,
		datakey_blind(b->db, DATAKEY_CODE, "001145000001"));
	assert_int_not_equal(one,
		datakey_blind(b->db, DATAKEY_ID12, "001145000002"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		STORE(every_user_opens_the_same_key),
		STORE(the_last_to_sign_out_locks),
		STORE(a_checked_second_person_opens_nothing),
		STORE(only_who_is_signed_in_gives_it_to_a_new_user),
		STORE(users_of_an_older_store_get_it_from_the_first),
		STORE(a_forged_key_signs_nobody_in),
		STORE(a_row_opens_in_its_own_place_only),
		STORE(a_blind_is_the_same_again_and_says_what_it_is_of),
	};

	return cmocka_run_group_tests_name("datakey", tests, NULL, NULL);
}
