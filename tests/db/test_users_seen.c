/* Since when each user is here, how old his PIN is, when he was here last. */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/reader.h"
#include "db/users_seen.h"
#include "support/bookstore.h"

enum {
	DAY_MS = 24 * 3600 * 1000
};

static const int64_t morning = INT64_C(1796434200000); /* 5 Dec 2026, 8:30 */

static int setup(void **state)
{
	static struct bookstore b;

	clock_freeze_wall(morning);
	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	clock_freeze_wall(-1);
	return 0;
}

static struct user_seen seen(struct bookstore *b, int64_t number)
{
	static struct users_seen all;
	struct err err = {0};

	if (!users_seen(b->db, &all, &err))
		fail_msg("%s", err.text);
	assert_int_equal(all.count,
		bookstore_number(b, "SELECT count(*) FROM user"));
	for (int i = 0; i < all.count; i++)
		if (all.row[i].number == number)
			return all.row[i];
	fail_msg("no user %lld", (long long)number);
	return all.row[0];
}

static void add(struct bookstore *b, int64_t number)
{
	const struct user_new n = {.number = number,
		.name = "Minh",
		.role = ROLE_AGENT,
		.pin = "753198"};
	struct refusal why;
	struct err err = {0};

	if (users_add(b->db, &b->hoa, &n, &why, &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
}

static void sign_in(struct bookstore *b, int64_t number, const char *pin,
	enum sign_in wanted)
{
	struct sign_in_result result;
	struct session s = {.user = {.number = 0}};
	struct err err = {0};

	assert_int_equal(users_sign_in(b->db, number, pin, &s, &result, &err),
		wanted);
	if (wanted == SIGN_IN_DONE)
		assert_true(users_sign_out(b->db, &s, &err));
}

static void change_pin(struct bookstore *b, int64_t number, const char *old,
	const char *pin, enum verdict wanted)
{
	struct pin_change change = {.old = old, .pin = pin};
	struct refusal why;
	struct err err = {0};

	assert_int_equal(users_set_pin(b->db, number, &change, &why, &err),
		wanted);
}

static void who_was_never_here_has_no_day(void **state)
{
	struct bookstore *b = *state;

	add(b, 81);
	assert_int_equal(seen(b, 81).added, morning);
	assert_int_equal(seen(b, 81).pin, morning);
	assert_int_equal(seen(b, 81).login, 0);
}

static void the_newest_sign_in_counts_and_no_wrong_pin(void **state)
{
	struct bookstore *b = *state;

	add(b, 81);
	clock_freeze_wall(morning + DAY_MS);
	sign_in(b, 81, "753198", SIGN_IN_DONE);
	assert_int_equal(seen(b, 81).login, morning + DAY_MS);
	clock_freeze_wall(morning + 2 * (int64_t)DAY_MS);
	sign_in(b, 81, "753199", SIGN_IN_WRONG_PIN);
	assert_int_equal(seen(b, 81).login, morning + DAY_MS);
	clock_freeze_wall(morning + 3 * (int64_t)DAY_MS);
	sign_in(b, 81, "753198", SIGN_IN_DONE);
	assert_int_equal(seen(b, 81).login, morning + 3 * (int64_t)DAY_MS);
}

static void a_new_pin_is_as_old_as_that(void **state)
{
	struct bookstore *b = *state;

	add(b, 81);
	add(b, 811);
	clock_freeze_wall(morning + DAY_MS);
	change_pin(b, 81, "753199", "864297", VERDICT_REFUSED);
	assert_int_equal(seen(b, 81).pin, morning);
	change_pin(b, 81, "753198", "864297", VERDICT_DONE);
	assert_int_equal(seen(b, 81).pin, morning + DAY_MS);
	assert_int_equal(seen(b, 81).added, morning);
	/* And of nobody else, whose number begins alike. */
	assert_int_equal(seen(b, 811).pin, morning);
}

static void a_reader_sees_the_same(void **state)
{
	struct bookstore *b = *state;
	static struct users_seen here;
	static struct users_seen there;
	struct db *reader;
	struct err err = {0};

	add(b, 81);
	sign_in(b, 81, "753198", SIGN_IN_DONE);
	assert_true(users_seen(b->db, &here, &err));
	reader = reader_open(b->db, &err);
	assert_non_null(reader);
	assert_true(users_seen(reader, &there, &err));
	assert_memory_equal(&here, &there, sizeof(here));
	reader_stop(reader);
	assert_false(users_seen(reader, &there, &err));
	reader_close(reader);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROW(who_was_never_here_has_no_day),
		ROW(the_newest_sign_in_counts_and_no_wrong_pin),
		ROW(a_new_pin_is_as_old_as_that),
		ROW(a_reader_sees_the_same),
	};

	return cmocka_run_group_tests_name("users_seen", tests, NULL, NULL);
}
