/*
 * A person goes from one terminal of an office to another and back, with the
 * same list on both and no network (T60b).
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "db/handover.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/liststore.h"
#include "support/tmpdir.h"
#include "support/vectors.h"
#include "support/verifier.h"

enum {
	ROWS = 8,
	DEP = 1, /* people's ids, in the order of the list */
	BINH = 2,
	CUC = 3,
	STRANGER = 7 /* on the list of `a` only */
};

/* Two terminals, and what went between them last. */
struct two {
	struct bookstore a;
	struct bookstore b;
	struct handover_shown shown;
	struct handover_taken taken;
	struct refusal why;
};

/* P2 has two kinds of money. */
static void import(struct bookstore *b, int rows)
{
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct listrow row[ROWS] = {{0}};
	char text[ROWS][2][32];
	struct list_result result;

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	for (int i = 0; i < rows; i++) {
		snprintf(text[i][0], sizeof(text[i][0]), "P%d", i + 1);
		snprintf(text[i][1], sizeof(text[i][1]), "0011450000%02d",
			i + 1);
		row[i] = (struct listrow){.code = text[i][0],
			.id12 = text[i][1],
			.monthly = 500000,
			.funeral = i == 1 ? 10800000 : 0};
	}
	liststore_take(&l, row, rows, &result);
	assert_true(result.taken);
}

static void know(struct bookstore *at, struct bookstore *other)
{
	char text[MARKS_CARD_SIZE];
	struct marks_card card;
	struct refusal why;
	struct err err;

	elsewhere_card(other->db, text);
	assert_true(marks_card_parse(text, &card));
	assert_int_equal(elsewhere_know(at->db, &at->hoa, &card, &why, &err),
		VERDICT_DONE);
}

static int setup(void **state)
{
	static struct two t;

	memset(&t, 0, sizeof(t));
	bookstore_make(&t.a);
	bookstore_make(&t.b);
	import(&t.a, ROWS);
	import(&t.b, STRANGER - 1);
	know(&t.a, &t.b);
	know(&t.b, &t.a);
	bookstore_shift(&t.a, 60);
	bookstore_shift(&t.b, 60);
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	struct two *t = *state;

	clock_freeze_wall(-1);
	bookstore_remove(&t->a);
	bookstore_remove(&t->b);
	return 0;
}

static enum verdict release(struct two *t, struct bookstore *from,
	struct bookstore *to, int64_t person)
{
	struct err err = {0};

	return handover_release(from->db, &from->lan, person,
		db_info(to->db)->dev, &t->shown, &t->why, &err);
}

static enum verdict take(struct two *t, struct bookstore *at)
{
	struct err err = {0};

	return handover_take(at->db, &at->lan, t->shown.bytes, t->shown.len,
		&t->taken, &t->why, &err);
}

static void move(struct two *t, struct bookstore *from, struct bookstore *to,
	int64_t person)
{
	assert_int_equal(release(t, from, to, person), VERDICT_DONE);
	assert_int_equal(take(t, to), VERDICT_DONE);
}

static enum verdict pay(struct two *t, struct bookstore *at, int64_t person,
	const struct session *by)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.approver = by};
	struct payout out;
	struct err err = {0};

	payouts_uid(r.uid);
	return payouts_pay(at->db, &at->lan, &r, &out, &t->why, &err);
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static void read_record(struct bookstore *b, uint64_t seq, struct record *out,
	uint8_t h[CRYPTO_HASH_SIZE])
{
	struct journal_row row;
	const char *finding;
	struct err err;

	assert_int_equal(journal_row(b->db, seq, &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, out, &finding));
	memcpy(h, row.h, sizeof(row.h));
}

static void all_is_right(struct two *t)
{
	struct bookstore *const both[] = {&t->a, &t->b};

	for (int i = 0; i < 2; i++) {
		char dir[256];

		bookstore_must_hold(both[i]);
		bookstore_image(both[i], dir, sizeof(dir));
		verifier_must_accept(dir);
		tmpdir_remove(dir);
	}
}

#define refused(call, which)                               \
	do {                                               \
		assert_int_equal((call), VERDICT_REFUSED); \
		assert_int_equal(t->why.code, (which));    \
	} while (0)

static void what_is_released_is_paid_there_only(void **state)
{
	struct two *t = *state;

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	assert_int_equal(t->shown.amount, 500000);
	refused(pay(t, &t->a, DEP, NULL), REFUSED_RELEASED);
	assert_string_equal(t->why.prior.actor_name, "Lan");
	assert_memory_equal(t->why.prior.point, db_info(t->b.db)->dev_hex, 6);
	/* Nobody's word changes that. */
	refused(pay(t, &t->a, DEP, &t->a.hoa), REFUSED_RELEASED);
	assert_int_equal(take(t, &t->b), VERDICT_DONE);
	assert_int_equal(t->taken.person, DEP);
	assert_int_equal(t->taken.amount, 500000);
	assert_int_equal(pay(t, &t->b, DEP, NULL), VERDICT_DONE);
	all_is_right(t);
}

static void each_kind_of_money_has_its_record(void **state)
{
	struct two *t = *state;
	const uint64_t first = (uint64_t)records(&t->a) + 1;
	uint8_t h[2][CRYPTO_HASH_SIZE];
	struct record r;

	assert_int_equal(release(t, &t->a, &t->b, BINH), VERDICT_DONE);
	assert_int_equal(records(&t->a), first + 1);
	assert_int_equal(t->shown.message.count, 2);
	assert_int_equal(t->shown.amount, 11300000);
	for (int i = 0; i < 2; i++) {
		const struct release_item *it = &t->shown.message.item[i];

		read_record(&t->a, first + (uint64_t)i, &r, h[i]);
		assert_int_equal(r.kind, JOURNAL_RELEASE);
		assert_int_equal(r.hop, 1);
		assert_memory_equal(r.peer, db_info(t->b.db)->dev, 16);
		assert_memory_equal(r.ent, it->ent, ENT_SIZE);
		assert_int_equal(it->seq, r.seq);
		assert_memory_equal(it->h, h[i], sizeof(h[i]));
	}
	assert_int_equal(take(t, &t->b), VERDICT_DONE);
	for (int i = 0; i < 2; i++) {
		uint8_t own[CRYPTO_HASH_SIZE];

		read_record(&t->b, t->taken.seq - 1 + (uint64_t)i, &r, own);
		assert_int_equal(r.kind, JOURNAL_ACQUIRE);
		assert_int_equal(r.ref, first + (uint64_t)i);
		assert_memory_equal(r.rsum, h[i], sizeof(h[i]));
		assert_memory_equal(r.peer, db_info(t->a.db)->dev, 16);
	}
	all_is_right(t);
}

static void T60b_a_hand_over_is_good_once(void **state)
{
	struct two *t = *state;
	struct handover_shown first;

	move(t, &t->a, &t->b, DEP);
	first = t->shown;
	refused(take(t, &t->b), REFUSED_HANDOVER_USED);
	assert_int_equal(t->why.prior.seq, records(&t->b));
	/* There and back again: the first message is still spent. */
	move(t, &t->b, &t->a, DEP);
	t->shown = first;
	refused(take(t, &t->b), REFUSED_HANDOVER_USED);
	refused(pay(t, &t->b, DEP, NULL), REFUSED_RELEASED);
	assert_int_equal(pay(t, &t->a, DEP, NULL), VERDICT_DONE);
	all_is_right(t);
}

/* The other terminal never took it and hands "back" by itself: then the first
 * message would make both of them pay. */
static void T60b_two_that_cross_are_both_refused(void **state)
{
	struct two *t = *state;
	struct handover_shown there;

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	there = t->shown;
	assert_int_equal(release(t, &t->b, &t->a, DEP), VERDICT_DONE);
	refused(take(t, &t->a), REFUSED_HANDOVER_USED);
	t->shown = there;
	refused(take(t, &t->b), REFUSED_HANDOVER_USED);
	refused(pay(t, &t->a, DEP, NULL), REFUSED_RELEASED);
	refused(pay(t, &t->b, DEP, NULL), REFUSED_RELEASED);
	all_is_right(t);
}

static void it_may_go_to_and_fro(void **state)
{
	struct two *t = *state;

	for (int i = 0; i < 3; i++) {
		move(t, &t->a, &t->b, CUC);
		assert_int_equal(t->shown.message.item[0].hop, 2 * i + 1);
		refused(pay(t, &t->a, CUC, NULL), REFUSED_RELEASED);
		move(t, &t->b, &t->a, CUC);
		refused(pay(t, &t->b, CUC, NULL), REFUSED_RELEASED);
	}
	assert_int_equal(pay(t, &t->a, CUC, NULL), VERDICT_DONE);
	all_is_right(t);
}

static void it_is_shown_again_byte_for_byte(void **state)
{
	struct two *t = *state;
	struct handover_ways ways;
	struct err err;

	assert_int_equal(handover_look(t->a.db, &t->a.lan, BINH, &ways, &t->why,
				 &err),
		VERDICT_DONE);
	assert_false(ways.away);
	assert_int_equal(ways.peers, 1);
	assert_memory_equal(ways.peer[0], db_info(t->b.db)->dev, 16);
	assert_int_equal(release(t, &t->a, &t->b, BINH), VERDICT_DONE);
	assert_int_equal(handover_look(t->a.db, &t->a.lan, BINH, &ways, &t->why,
				 &err),
		VERDICT_DONE);
	assert_true(ways.away);
	assert_int_equal(ways.shown.len, t->shown.len);
	assert_memory_equal(ways.shown.bytes, t->shown.bytes, t->shown.len);
	assert_int_equal(ways.shown.amount, t->shown.amount);
	refused(release(t, &t->a, &t->b, BINH), REFUSED_RELEASED);
}

static void what_is_paid_goes_nowhere(void **state)
{
	struct two *t = *state;

	assert_int_equal(pay(t, &t->a, DEP, NULL), VERDICT_DONE);
	refused(release(t, &t->a, &t->b, BINH), REFUSED_OPEN_PAYOUT);
	bookstore_hand(&t->a, (uint64_t)records(&t->a));
	refused(release(t, &t->a, &t->b, DEP), REFUSED_ALREADY_PAID);
	assert_int_equal(release(t, &t->a, &t->b, BINH), VERDICT_DONE);
}

static void what_is_paid_here_is_not_taken(void **state)
{
	struct two *t = *state;

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	assert_int_equal(pay(t, &t->b, DEP, NULL), VERDICT_DONE);
	refused(take(t, &t->b), REFUSED_ALREADY_PAID);
	all_is_right(t);
}

static void a_person_who_is_not_on_the_list_is_not_taken(void **state)
{
	struct two *t = *state;

	assert_int_equal(release(t, &t->a, &t->b, STRANGER), VERDICT_DONE);
	refused(take(t, &t->b), REFUSED_HANDOVER_LIST);
	assert_int_equal(bookstore_number(&t->b,
				 "SELECT count(*) FROM handover"),
		0);
}

static void only_the_one_that_is_meant_takes_it(void **state)
{
	struct two *t = *state;
	static const uint8_t nobody[MARKS_DEV_SIZE] = {1};
	struct err err = {0};

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	refused(take(t, &t->a), REFUSED_HANDOVER_OTHER);
	assert_memory_equal(t->why.prior.point, db_info(t->b.db)->dev_hex, 6);
	refused(handover_release(t->a.db, &t->a.lan, CUC, nobody, &t->shown,
			&t->why, &err),
		REFUSED_MARKS_PEER);
	refused(release(t, &t->a, &t->a, CUC), REFUSED_MARKS_PEER);
}

static void every_changed_bit_is_refused(void **state)
{
	struct two *t = *state;
	const int64_t before = records(&t->b);

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	for (size_t i = 0; i < t->shown.len; i++) {
		t->shown.bytes[i] ^= (uint8_t)(1U << i % 8);
		assert_int_equal(take(t, &t->b), VERDICT_REFUSED);
		t->shown.bytes[i] ^= (uint8_t)(1U << i % 8);
	}
	assert_int_equal(records(&t->b), before);
	assert_int_equal(take(t, &t->b), VERDICT_DONE);
}

static void a_terminal_that_nobody_knows_hands_nothing_over(void **state)
{
	struct two *t = *state;

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	bookstore_sql(&t->b, "DELETE FROM peer");
	refused(take(t, &t->b), REFUSED_MARKS_PEER);
	assert_memory_equal(t->why.prior.point, db_info(t->a.db)->dev_hex, 6);
}

/* What another terminal says it paid is not handed on. */
static void paid_marks_stand_in_the_way(void **state)
{
	struct two *t = *state;

	bookstore_sql(&t->a,
		"INSERT INTO mark_set VALUES (2, x'00');"
		"INSERT INTO paid_elsewhere SELECT ent, 2 FROM entitlement"
		" WHERE person = 1");
	refused(release(t, &t->a, &t->b, DEP), REFUSED_ELSEWHERE);
	assert_int_equal(t->why.amount, 500000);
}

static void the_header_counts_whom_this_terminal_is_to_pay(void **state)
{
	struct two *t = *state;
	int64_t done;
	int64_t all;
	struct err err;

	assert_true(people_progress(t->a.db, &done, &all, &err));
	assert_int_equal(all, ROWS);
	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	assert_true(people_progress(t->a.db, &done, &all, &err));
	assert_int_equal(all, ROWS - 1);
	assert_int_equal(done, 0);
	assert_int_equal(take(t, &t->b), VERDICT_DONE);
	move(t, &t->b, &t->a, DEP);
	assert_true(people_progress(t->a.db, &done, &all, &err));
	assert_int_equal(all, ROWS);
}

/* ---- the book ---------------------------------------------------------------- */

static const struct {
	const char *name;
	const char *sql;
} tampered[] = {
	{"the row is gone", "DELETE FROM handover"},
	{"it is said to be here", "UPDATE handover SET away = 0"},
	{"it moved once more", "UPDATE handover SET hop = hop + 1"},
	{"another record", "UPDATE handover SET seq = seq - 1"},
	{"somebody else, too",
		"INSERT INTO handover SELECT ent, 2, 1, 0 FROM entitlement"
		" WHERE person = 3"},
};

static void a_table_that_was_altered_is_found(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(release(t, &t->a, &t->b, DEP), VERDICT_DONE);
	for (size_t i = 0; i < COUNT_OF(tampered); i++) {
		char dir[256];

		print_message("%s\n", tampered[i].name);
		bookstore_sql(&t->a, tampered[i].sql);
		err = (struct err){0};
		assert_false(db_check(t->a.db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		bookstore_image(&t->a, dir, sizeof(dir));
		verifier_must_find(dir, "handover");
		tmpdir_remove(dir);
		bookstore_sql(&t->a, "DELETE FROM handover");
		bookstore_sql(&t->a,
			"INSERT INTO handover SELECT e.ent, max(j.seq), 1, 1"
			" FROM entitlement e, journal j WHERE e.person = 1");
		assert_true(db_check(t->a.db, &err));
	}
}

static void records_are_as_the_format_says(void **state)
{
	static const char *const name[] = {"release", "acquire"};
	static const char file[] = "move_vectors.txt";
	uint8_t body[512];
	uint8_t again[512];
	const char *finding;
	struct record r;
	struct buf b;

	(void)state;
	for (int i = 0; i < 2; i++) {
		const size_t len =
			vector_bytes(file, name[i], body, sizeof(body));

		assert_true(record_decode(body, len, &r, &finding));
		assert_int_equal(r.kind,
			i == 0 ? JOURNAL_RELEASE : JOURNAL_ACQUIRE);
		assert_int_equal(r.hop, 3);
		assert_int_equal(r.period, 202512);
		buf_init(&b, again, sizeof(again));
		record_encode(&r, &b);
		assert_int_equal(b.len, len);
		assert_memory_equal(again, body, len);
	}
}

static void staff_hand_nobody_over(void **state)
{
	struct two *t = *state;
	struct err err = {0};

	refused(handover_release(t->a.db, &t->a.dung, DEP,
			db_info(t->b.db)->dev, &t->shown, &t->why, &err),
		REFUSED_ROLE);
	assert_int_equal(handover_release(t->a.db, &t->a.hoa, DEP,
				 db_info(t->b.db)->dev, &t->shown, &t->why,
				 &err),
		VERDICT_DONE);
}

#define on_two(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		on_two(what_is_released_is_paid_there_only),
		on_two(each_kind_of_money_has_its_record),
		on_two(T60b_a_hand_over_is_good_once),
		on_two(T60b_two_that_cross_are_both_refused),
		on_two(it_may_go_to_and_fro),
		on_two(it_is_shown_again_byte_for_byte),
		on_two(what_is_paid_goes_nowhere),
		on_two(what_is_paid_here_is_not_taken),
		on_two(a_person_who_is_not_on_the_list_is_not_taken),
		on_two(only_the_one_that_is_meant_takes_it),
		on_two(every_changed_bit_is_refused),
		on_two(a_terminal_that_nobody_knows_hands_nothing_over),
		on_two(paid_marks_stand_in_the_way),
		on_two(the_header_counts_whom_this_terminal_is_to_pay),
		on_two(a_table_that_was_altered_is_found),
		on_two(staff_hand_nobody_over),
		cmocka_unit_test(records_are_as_the_format_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
