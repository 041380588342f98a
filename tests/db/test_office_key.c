/* Names of entitlements that only the office can work out. */
#include "support/unit.h"

#include <stdio.h>

#include "core/str.h"
#include "db/office_key.h"
#include "support/bookstore.h"
#include "support/liststore.h"

enum {
	NAMES = 2
};

/* U1, P1, list and month 2026-12; by Python, from db/LISTS.md. */
static const char bare[] = "90308aba2203c95c774fb2f7440dad80";
static const char keyed[] = "2cc4568008364fdd7decf2bb6634cc3b";

static const struct listrow list[NAMES] = {
	{.code = "P1", .id12 = "001145000001", .monthly = 500000},
	{.code = "P2", .id12 = "001145000002", .monthly = 500000},
};

static void key_of(uint8_t first, uint8_t out[CRYPTO_KEY_SIZE])
{
	for (int i = 0; i < CRYPTO_KEY_SIZE; i++)
		out[i] = (uint8_t)(first + i);
}

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

static enum verdict take(struct bookstore *b, const struct session *s,
	uint8_t first, enum refusal_code *code)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	struct refusal why;
	struct err err;
	enum verdict got;

	key_of(first, key);
	got = office_key_take(b->db, s, key, &why, &err);
	*code = why.code;
	return got;
}

static void import(struct bookstore *b)
{
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct list_result result;

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	liststore_take(&l, list, NAMES, &result);
	assert_true(result.taken);
}

static void must_have(struct bookstore *b, const char *name, int64_t times)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM entitlement WHERE hex(ent) ="
		" upper('%s')",
		name);
	assert_int_equal(bookstore_number(b, sql), times);
}

static void without_a_key_names_are_as_they_were(void **state)
{
	import(*state);
	must_have(*state, bare, 1);
}

static void with_a_key_nobody_else_works_them_out(void **state)
{
	enum refusal_code no;
	struct bookstore *b = *state;

	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	import(b);
	must_have(b, keyed, 1);
	must_have(b, bare, 0);
	bookstore_must_hold(b);
}

/* UNIQUE at the centre: what was paid on both is found. */
static void two_terminals_of_an_office_have_the_same_names(void **state)
{
	struct bookstore *b = *state;
	enum refusal_code no;
	struct bookstore other;

	bookstore_make(&other);
	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	assert_int_equal(take(&other, &other.hoa, 0x40, &no), VERDICT_DONE);
	import(b);
	import(&other);
	must_have(b, keyed, 1);
	must_have(&other, keyed, 1);
	bookstore_remove(&other);
}

static void it_outlives_a_restart(void **state)
{
	struct bookstore *b = *state;
	char mark[OFFICE_KEY_MARK];
	enum refusal_code no;
	struct err err;

	assert_true(office_key_here(b->db, mark, &err));
	assert_string_equal(mark, "");
	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	bookstore_restart(b);
	assert_true(office_key_here(b->db, mark, &err));
	assert_string_equal(mark, "ce58a689");
	import(b);
	must_have(b, keyed, 1);
}

static void it_is_taken_once_and_before_the_first_list(void **state)
{
	struct bookstore *b = *state;
	enum refusal_code no;
	int64_t last;

	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	last = bookstore_number(b, "SELECT max(seq) FROM journal");
	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		last);
	assert_int_equal(take(b, &b->hoa, 0x41, &no), VERDICT_REFUSED);
	assert_int_equal(no, REFUSED_OFFICE_KEY);
}

static void after_a_list_it_is_too_late(void **state)
{
	struct bookstore *b = *state;
	enum refusal_code no;

	import(b);
	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_REFUSED);
	assert_int_equal(no, REFUSED_OFFICE_KEY);
}

static void only_a_supervisor_takes_it_T72(void **state)
{
	struct bookstore *b = *state;
	enum refusal_code no;

	assert_int_equal(take(b, &b->lan, 0x40, &no), VERDICT_REFUSED);
	assert_int_equal(no, REFUSED_ROLE);
}

/* T64: in no row is it bare; and altered it opens no list. */
static void it_lies_there_locked(void **state)
{
	struct bookstore *b = *state;
	struct liststore l = {.db = b->db, .session = b->hoa};
	uint8_t key[CRYPTO_KEY_SIZE];
	char hex[2 * CRYPTO_KEY_SIZE + 1];
	struct list_result result;
	enum refusal_code no;
	const char *path;
	struct err err;
	char sql[256];

	assert_int_equal(take(b, &b->hoa, 0x40, &no), VERDICT_DONE);
	key_of(0x40, key);
	str_to_hex(key, sizeof(key), hex);
	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM setting WHERE instr(value, '%s') > 0",
		hex);
	assert_int_equal(bookstore_number(b, sql), 0);
	bookstore_sql(b, "UPDATE setting SET value = substr(value, 3) ||"
			 " substr(value, 1, 2) WHERE name = 'office_key'");
	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	path = liststore_write(&l, "list.csv", list, NAMES, ',');
	assert_false(lists_import(b->db, &b->hoa, path,
		&(struct list_options){.count = -1, .sum = -1}, &result, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(without_a_key_names_are_as_they_were),
		ROW(with_a_key_nobody_else_works_them_out),
		ROW(two_terminals_of_an_office_have_the_same_names),
		ROW(it_outlives_a_restart),
		ROW(it_is_taken_once_and_before_the_first_list),
		ROW(after_a_list_it_is_too_late),
		ROW(only_a_supervisor_takes_it_T72),
		ROW(it_lies_there_locked),
	};

	return cmocka_run_group_tests_name("office key", tests, NULL, NULL);
}
