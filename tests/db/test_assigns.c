/* Whose people are whose: by hamlet, by number, on the next list, by whom. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/assigns.h"
#include "db/list_look.h"
#include "db/rounds.h"
#include "support/bookstore.h"
#include "support/liststore.h"

enum {
	MONTH = 500000,
	ROWS = 5
};

static const struct listrow first[ROWS] = {
	{.code = "P1", .seq = 1, .monthly = MONTH, .address = "Thôn 10, xã A"},
	{.code = "P2", .seq = 2, .monthly = MONTH, .address = "Thôn 2, xã A"},
	{.code = "P3", .seq = 3, .monthly = MONTH, .address = "thôn 02, xã A"},
	{.code = "P4",
		.seq = 4,
		.monthly = MONTH,
		.address = "Thôn 2, xã A",
		.account = true},
	{.code = "P5", .seq = 5, .monthly = MONTH, .address = "xã A"},
};

static void take(struct bookstore *b, const struct listrow *row, int rows,
	int64_t corrects)
{
	const struct list_options options = {.count = -1,
		.sum = -1,
		.corrects = corrects};
	static struct list_result result;
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct err err = {0};

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	if (!lists_import(b->db, &b->hoa,
		    liststore_write(&l, "list.csv", row, rows, ','), &options,
		    &result, &err))
		fail_msg("%s", err.text);
	assert_true(result.taken);
}

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	bookstore_shift(&b, 60);
	take(&b, first, ROWS, 0);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_must_hold(*state);
	bookstore_remove(*state);
	return 0;
}

static enum verdict put(struct bookstore *b, const struct assign_ask *ask,
	int64_t *people, struct refusal *why)
{
	struct err err = {0};
	const enum verdict v =
		assigns_put(b->db, &b->hoa, ask, people, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

static const struct {
	const char *name;
	struct assign_ask ask;
	int64_t people; /* 0: refused … */
	enum refusal_code why;
	int64_t left; /* of user 5, afterwards */
} rows[] = {
	{"a hamlet, whatever way it is written",
		{.list = 1, .user = 5, .unit = "", .hamlet = "THÔN 02"}, 3,
		REFUSED_NOT, 2},
	{"a hamlet of that unit",
		{.list = 1, .user = 5, .unit = "U1", .hamlet = "Thôn 10"}, 1,
		REFUSED_NOT, 1},
	{"a hamlet of another unit",
		{.list = 1, .user = 5, .unit = "U2", .hamlet = "Thôn 10"}, 0,
		REFUSED_NOT_ASSIGNED, 0},
	{"those whose address names none",
		{.list = 1, .user = 5, .unit = "", .hamlet = ""}, 1,
		REFUSED_NOT, 1},
	{"numbers from one to another",
		{.list = 1,
			.user = 5,
			.by_range = true,
			.first = 2,
			.last = 3,
			.unit = "",
			.hamlet = ""},
		2, REFUSED_NOT, 2},
	{"numbers that nobody has",
		{.list = 1,
			.user = 5,
			.by_range = true,
			.first = 6,
			.last = 9,
			.unit = "",
			.hamlet = ""},
		0, REFUSED_NOT_ASSIGNED, 0},
	{"a list that is not here",
		{.list = 2, .user = 5, .unit = "", .hamlet = "Thôn 2"}, 0,
		REFUSED_NOT_ASSIGNED, 0},
	{"a user who is not here",
		{.list = 1, .user = 77, .unit = "", .hamlet = "Thôn 2"}, 0,
		REFUSED_NO_USER, 0},
	{"a technician has no people",
		{.list = 1, .user = 9, .unit = "", .hamlet = "Thôn 2"}, 0,
		REFUSED_NOT_ASSIGNED, 0},
};

static void of(struct bookstore *b, int64_t user, struct assigned *out)
{
	struct err err = {0};

	if (!assigns_of(b->db, user, out, &err))
		fail_msg("%s", err.text);
}

static void check(size_t i, struct bookstore *b)
{
	struct refusal why;
	struct assigned a;
	int64_t people;
	const enum verdict v = put(b, &rows[i].ask, &people, &why);

	assert_int_equal(v, rows[i].people ? VERDICT_DONE : VERDICT_REFUSED);
	assert_int_equal(people, rows[i].people);
	if (!rows[i].people)
		assert_int_equal(why.code, rows[i].why);
	of(b, 5, &a);
	assert_int_equal(a.people, rows[i].people);
	assert_int_equal(a.left, rows[i].left);
}

static void check_row(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct bookstore *b = *state;
		const struct assign_ask none = {.list = 1,
			.by_range = true,
			.first = 1,
			.last = ROWS,
			.unit = "",
			.hamlet = ""};
		struct refusal why;
		int64_t people;

		print_message("%s\n", rows[i].name);
		check(i, b);
		assert_int_equal(put(b, &none, &people, &why), VERDICT_DONE);
		assert_int_equal(people, ROWS);
		assert_int_equal(bookstore_number(b, "SELECT count(*) FROM"
						     " assigned"),
			0);
	}
}

static const struct assign_ask hamlet2 = {.list = 1,
	.user = 5,
	.unit = "",
	.hamlet = "Thôn 2"};

static void who_is_paid_is_left_no_more(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct assigned a;
	struct payout p;
	int64_t people;

	put(b, &hamlet2, &people, &why);
	bookstore_pay(b, 2, &p); /* by another than his own: he is served */
	bookstore_hand(b, p.seq);
	of(b, 5, &a);
	assert_int_equal(a.people, 3);
	assert_int_equal(a.left, 1);
}

static void he_goes_from_one_to_another(void **state)
{
	struct bookstore *b = *state;
	const struct assign_ask lan = {.list = 1,
		.user = 7,
		.by_range = true,
		.first = 2,
		.last = 2,
		.unit = "",
		.hamlet = ""};
	struct refusal why;
	struct assigned a;
	struct err err;
	int64_t people;

	put(b, &hamlet2, &people, &why);
	put(b, &lan, &people, &why);
	of(b, 5, &a);
	assert_int_equal(a.people, 2);
	of(b, 7, &a);
	assert_int_equal(a.people, 1);
	assert_int_equal(assigns_person(b->db, 2, &a, &err), LOOKUP_FOUND);
	assert_int_equal(a.user, 7);
	assert_string_equal(a.name, b->lan.user.name);
	assert_int_equal(assigns_person(b->db, 1, &a, &err), LOOKUP_ABSENT);
}

static void he_stays_on_the_next_list_and_on_a_corrected_one(void **state)
{
	struct bookstore *b = *state;
	struct listrow next[ROWS];
	struct refusal why;
	struct assigned a;
	int64_t people;

	put(b, &hamlet2, &people, &why);
	memcpy(next, first, sizeof(next));
	next[1].monthly = 2 * MONTH;
	take(b, next, ROWS, 1);
	of(b, 5, &a);
	assert_int_equal(a.people, 3);
	assert_int_equal(a.left, 2);
	for (int i = 0; i < ROWS; i++)
		next[i].period = "2027-01";
	take(b, next, ROWS, 0);
	of(b, 5, &a);
	assert_int_equal(a.people, 3);
	/* The list that is not the newest of anybody gives nobody away. */
	assert_int_equal(put(b, &hamlet2, &people, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_ASSIGNED);
}

static void a_corrected_list_can_be_assigned_whole(void **state)
{
	struct bookstore *b = *state;
	struct assign_ask ask = hamlet2;
	struct listrow next[ROWS];
	struct refusal why;
	int64_t people;

	memcpy(next, first, sizeof(next));
	next[1].monthly = 2 * MONTH;
	take(b, next, ROWS, 1);
	ask.list = 2;
	assert_int_equal(put(b, &ask, &people, &why), VERDICT_DONE);
	assert_int_equal(people, 3);
}

static bool count_them(void *ctx, const struct assigned *a)
{
	int64_t *sum = ctx;

	*sum += a->people * 100 + a->user;
	return true;
}

static void each_who_has_anybody_is_named(void **state)
{
	struct bookstore *b = *state;
	const struct assign_ask lan = {.list = 1,
		.user = 7,
		.unit = "",
		.hamlet = "Thôn 10"};
	struct refusal why;
	struct err err = {0};
	int64_t people;
	int64_t sum = 0;

	put(b, &hamlet2, &people, &why);
	put(b, &lan, &people, &why);
	assert_true(assigns_each(b->db, count_them, &sum, &err));
	assert_int_equal(sum, 300 + 5 + 100 + 7);
}

static void it_is_seen_on_the_list(void **state)
{
	struct bookstore *b = *state;
	const struct assign_ask lan = {.list = 1,
		.user = 7,
		.by_range = true,
		.first = 3,
		.last = 3,
		.unit = "",
		.hamlet = ""};
	struct list_look *l;
	struct refusal why;
	struct err err = {0};
	int64_t people;

	put(b, &hamlet2, &people, &why);
	assert_int_equal(list_look_one(b->db, 1, &l, &err), LOOKUP_FOUND);
	assert_int_equal(l->hamlet[0].assigned, 3);
	assert_int_equal(l->hamlet[0].user, 5);
	assert_string_equal(l->hamlet[0].user_name, b->dung.user.name);
	assert_int_equal(l->hamlet[1].assigned, 0);
	list_look_free(l);
	put(b, &lan, &people, &why);
	assert_int_equal(list_look_one(b->db, 1, &l, &err), LOOKUP_FOUND);
	assert_int_equal(l->hamlet[0].assigned, 3);
	assert_int_equal(l->hamlet[0].user, 0);
	list_look_free(l);
}

/* Order, and how many are his, for whoever goes from door to door. */
static void his_hamlets_come_first(void **state)
{
	struct bookstore *b = *state;
	const struct assign_ask dung = {.list = 1,
		.user = 5,
		.unit = "",
		.hamlet = "Thôn 10"};
	struct round_hamlet h[4];
	struct refusal why;
	struct err err = {0};
	int64_t people;
	int count;
	bool more;

	assert_int_equal(put(b, &dung, &people, &why), VERDICT_DONE);
	assert_true(rounds_hamlets_for(b->db, 5, 0, h, 4, &count, &more, &err));
	assert_int_equal(count, 3);
	assert_false(more);
	assert_string_equal(h[0].name, "Thôn 10");
	assert_int_equal(h[0].mine, 1);
	assert_string_equal(h[1].name, "Thôn 2");
	assert_int_equal(h[1].mine, 0);
	assert_true(rounds_hamlets_for(b->db, 7, 0, h, 2, &count, &more, &err));
	assert_int_equal(count, 2);
	assert_true(more);
	assert_string_equal(h[0].name, "Thôn 2");
	assert_true(rounds_hamlets_for(b->db, 5, 1, h, 1, &count, &more, &err));
	assert_string_equal(h[0].name, "Thôn 2");
	assert_true(more);
}

static void only_a_supervisor_assigns(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err = {0};
	int64_t people;

	assert_int_equal(assigns_put(b->db, &b->lan, &hamlet2, &people, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM assigned"),
		0);
}

static void who_is_revoked_gets_nobody(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err = {0};
	int64_t people;

	assert_int_equal(users_revoke(b->db, &b->hoa, 5, &why, &err),
		VERDICT_DONE);
	assert_int_equal(put(b, &hamlet2, &people, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_REVOKED);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(check_row),
		ROW(who_is_paid_is_left_no_more),
		ROW(he_goes_from_one_to_another),
		ROW(he_stays_on_the_next_list_and_on_a_corrected_one),
		ROW(a_corrected_list_can_be_assigned_whole),
		ROW(each_who_has_anybody_is_named),
		ROW(it_is_seen_on_the_list),
		ROW(his_hamlets_come_first),
		ROW(only_a_supervisor_assigns),
		ROW(who_is_revoked_gets_nobody),
	};

	return cmocka_run_group_tests_name("assigns", tests, NULL, NULL);
}
