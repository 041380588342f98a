/* A small disk that is really full, or really read-only (T07, T10). */
#include "support/unit.h"

#include <string.h>
#include <sys/stat.h>

#include "db/db_internal.h"
#include "db/reserve_internal.h"
#include "support/bookacts.h"
#include "support/smalldisk.h"
#include "support/tmpdir.h"

enum {
	DISK_MIB = 64
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, 2, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&b, 40);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	smalldisk_empty();
	bookstore_remove(*state);
	return 0;
}

static enum verdict try_to_pay(struct bookstore *b, struct refusal *why)
{
	struct pay_request r = {.person = 1, .payee = PAYEE_SELF};
	struct payout out;
	struct err err;

	payouts_uid(r.uid);
	return payouts_pay(b->db, &b->lan, &r, &out, why, &err);
}

static struct db_room room_of(const struct bookstore *b)
{
	struct db_room room;
	struct err err;

	assert_true(db_room(b->db, &room, &err));
	return room;
}

static void must_sign_in(struct bookstore *b)
{
	struct sign_in_result result;
	struct session s;
	struct err err = {0};

	if (users_sign_in(b->db, 7, "246801", &s, &result, &err) !=
		SIGN_IN_DONE)
		fail_msg("%s", err.text);
}

static void T07_a_reserve_is_allocated_at_init(void **state)
{
	struct bookstore *b = *state;
	char path[512];
	struct stat st;

	assert_true(room_of(b).reserve);
	assert_int_equal(stat(tmpdir_path(b->dir, "reserve", path,
				      sizeof(path)),
				 &st),
		0);
	assert_int_equal(st.st_size, RESERVE_BYTES);
	assert_true(st.st_blocks * 512 >= RESERVE_BYTES);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void T07_paying_stops_while_there_is_room_for_all_else(void **state)
{
	struct bookstore *b = *state;
	struct bookfacts before;
	struct bookfacts after;
	struct refusal why;
	int64_t seq;

	bookfacts_read(b, &before);
	seq = before.fact[BOOKFACT_LAST_SEQ];
	smalldisk_fill(31 * 1024);
	assert_int_equal(try_to_pay(b, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_DISK);
	assert_in_range(why.amount, 30, 31);
	/* That nobody is paid is in the book, once; nothing else changed. */
	bookfacts_read(b, &before);
	assert_int_equal(before.fact[BOOKFACT_LAST_SEQ], seq + 1);
	assert_int_equal(try_to_pay(b, &why), VERDICT_REFUSED);
	bookfacts_read(b, &after);
	assert_true(bookfacts_equal(&before, &after));
	assert_false(room_of(b).enough);
	assert_true(room_of(b).reserve);
}

static void T07_not_a_byte_is_left_and_the_reserve_helps(void **state)
{
	const struct notes all = {.pieces = {40}};
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct refusal why;
	struct err err = {0};

	smalldisk_fill(0);
	assert_int_equal(try_to_pay(b, &why), VERDICT_REFUSED);
	assert_false(room_of(b).reserve);
	must_sign_in(b);
	bookstore_restart(b);
	must_sign_in(b);
	assert_int_equal(shifts_close(b->db, &b->lan, &all, SHIFT_REASON_NONE,
				 NULL, &slip, &why, &err),
		VERDICT_DONE);
	bookstore_must_hold(b);
}

static void T07_a_start_on_a_full_disk(void **state)
{
	struct bookstore *b = *state;

	db_close(b->db);
	b->db = NULL;
	smalldisk_fill(0);
	bookstore_open(b);
	must_sign_in(b);
	bookstore_must_hold(b);
}

static void T07_full_without_a_reserve_says_so(void **state)
{
	struct bookstore *b = *state;
	struct err err = {0};

	db_close(b->db);
	b->db = NULL;
	smalldisk_fill(0);
	reserve_help(b->dir);
	smalldisk_fill(0);
	assert_null(db_open(b->dir, &err));
	assert_int_equal(err.code, ERR_FULL);
	smalldisk_empty();
	bookstore_open(b);
	bookstore_must_hold(b);
}

static void T07_the_reserve_is_taken_again(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err = {0};

	smalldisk_fill(0);
	must_sign_in(b);
	assert_false(room_of(b).reserve);
	smalldisk_empty();
	assert_true(db_checkpoint(b->db, &err));
	assert_true(room_of(b).reserve);
	assert_int_equal(try_to_pay(b, &why), VERDICT_DONE);
}

/* It fills up between the look at the room and the commit. */
static void T08_full_in_the_middle_goes_on_when_there_is_room(void **state)
{
	struct bookstore *b = *state;
	struct bookfacts before;
	struct bookfacts after;
	struct err err = {0};
	struct session s = b->minh;

	reserve_help(b->dir);
	bookstore_sql(b, "PRAGMA cache_size = 0");
	bookfacts_read(b, &before);
	smalldisk_fill(0);
	reserve_help(b->dir);
	smalldisk_fill(0);
	assert_false(users_sign_out(b->db, &s, &err));
	assert_int_equal(err.code, ERR_FULL);
	smalldisk_empty();
	bookstore_must_hold(b);
	bookfacts_read(b, &after);
	assert_true(bookfacts_equal(&before, &after));
	must_sign_in(b);
}

static void T10_a_start_on_a_read_only_disk_says_so(void **state)
{
	struct bookstore *b = *state;
	struct err err = {0};

	db_close(b->db);
	b->db = NULL;
	smalldisk_read_only(true);
	assert_null(db_open(b->dir, &err));
	assert_int_equal(err.code, ERR_DENIED);
	smalldisk_read_only(false);
	bookstore_open(b);
	bookstore_must_hold(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			T07_a_reserve_is_allocated_at_init, setup, teardown),
		cmocka_unit_test_setup_teardown(
			T07_paying_stops_while_there_is_room_for_all_else,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			T07_not_a_byte_is_left_and_the_reserve_helps, setup,
			teardown),
		cmocka_unit_test_setup_teardown(T07_a_start_on_a_full_disk,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			T07_full_without_a_reserve_says_so, setup, teardown),
		cmocka_unit_test_setup_teardown(T07_the_reserve_is_taken_again,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			T08_full_in_the_middle_goes_on_when_there_is_room,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			T10_a_start_on_a_read_only_disk_says_so, setup,
			teardown),
	};
	int failed;

	if (!smalldisk_mount(DISK_MIB))
		return 0;
	failed = cmocka_run_group_tests_name("full disk", tests, NULL, NULL);
	smalldisk_remove();
	return failed;
}
