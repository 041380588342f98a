/* The papers of a pay cycle: who is on them, and sums that come to zero. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "db/cycle.h"
#include "db/db_internal.h"
#include "db/payouts.h"
#include "support/bookstore.h"

enum {
	OCT = 202610,
	NOV = 202611,
	DEC = BOOKSTORE_PERIOD, /* 202612 */
	ONE = 1,
	TWO = 2,
	THREE = 3,
	FOUR = 4
};

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

static void left(struct bookstore *b, int64_t whose, int32_t from)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"INSERT INTO change (seq, person, kind, period, reason)"
		" SELECT coalesce(max(seq), 0) + 1, %lld, 2, %d, 3 FROM change",
		(long long)whose, from);
	bookstore_sql(b, sql);
}

static struct heard {
	struct cycle_person p[16];
	int count;
} heard;

static bool hear(void *ctx, const struct cycle_person *p)
{
	(void)ctx;
	assert_true(heard.count < 16);
	heard.p[heard.count++] = *p;
	return true;
}

static void ask(struct bookstore *b, int32_t period, const char *unit)
{
	struct err err = {0};

	heard.count = 0;
	if (!cycle_people(b->db, period, unit, hear, NULL, &err))
		fail_msg("%s", err.text);
}

static struct cycle_settlement settle(struct bookstore *b, int32_t period)
{
	struct cycle_settlement s;
	struct err err = {0};

	if (!cycle_settle(b->db, period, "", &s, &err))
		fail_msg("%s", err.text);
	return s;
}

static void is(const struct cycle_settlement *s, enum cycle_part part,
	int64_t people, int64_t money)
{
	assert_int_equal(s->part[part][GROUP_SOCIAL].people, people);
	assert_int_equal(s->part[part][GROUP_SOCIAL].money, money);
}

/* ---- the list ---------------------------------------------------------------- */

static void a_list_by_its_numbers(void **state)
{
	struct bookstore *b = *state;

	bookstore_due(b, THREE, ENT_MONTH, DEC, 300000, false);
	bookstore_due(b, ONE, ENT_MONTH, DEC, 100000, false);
	bookstore_due(b, ONE, ENT_ARREARS, DEC, 50000, false);
	bookstore_due(b, TWO, ENT_MONTH, NOV, 200000, false);
	ask(b, DEC, "");
	assert_int_equal(heard.count, 2);
	assert_int_equal(heard.p[0].person.id, ONE);
	assert_int_equal(heard.p[0].cash[ENT_MONTH], 100000);
	assert_int_equal(heard.p[0].cash[ENT_ARREARS], 50000);
	assert_int_equal(heard.p[0].total, 150000);
	assert_int_equal(heard.p[0].open, 150000);
	assert_string_equal(heard.p[0].person.name, "Nguyễn Thị Đẹp");
	assert_int_equal(heard.p[1].person.id, THREE);
	ask(b, DEC, "U1");
	assert_int_equal(heard.count, 2);
	ask(b, DEC, "U2");
	assert_int_equal(heard.count, 0);
}

static void months_in_a_row(void **state)
{
	struct bookstore *b = *state;
	struct payout p;

	bookstore_shift(b, 60);
	/* All three; November was collected; October is missing. */
	for (int32_t m = OCT; m <= DEC; m++)
		bookstore_due(b, ONE, ENT_MONTH, m, 500000, false);
	bookstore_due(b, TWO, ENT_MONTH, NOV, 500000, false);
	bookstore_pay(b, TWO, &p);
	bookstore_hand(b, p.seq);
	bookstore_due(b, TWO, ENT_MONTH, DEC, 500000, false);
	bookstore_due(b, THREE, ENT_MONTH, 202609, 500000, false);
	bookstore_due(b, THREE, ENT_MONTH, NOV, 500000, false);
	bookstore_due(b, THREE, ENT_MONTH, DEC, 500000, false);
	bookstore_due(b, FOUR, ENT_MONTH, DEC, 500000, false);
	bookstore_pay(b, FOUR, &p);
	bookstore_hand(b, p.seq);
	ask(b, DEC, "");
	assert_int_equal(heard.count, 4);
	assert_int_equal(heard.p[0].months, 3);
	assert_int_equal(heard.p[1].months, 1);
	assert_int_equal(heard.p[2].months, 2);
	assert_int_equal(heard.p[3].months, 0);
	assert_int_equal(heard.p[3].paid, 500000);
	assert_int_equal(heard.p[3].open, 0);
	/* A year's end is no gap. */
	bookstore_due(b, ONE, ENT_MONTH, 202701, 500000, false);
	ask(b, 202701, "");
	assert_int_equal(heard.p[0].months, 4);
}

static void what_is_lost_is_not_due(void **state)
{
	struct bookstore *b = *state;

	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	bookstore_due(b, ONE, ENT_FUNERAL, DEC, 900000, false);
	left(b, ONE, DEC);
	ask(b, DEC, "");
	assert_int_equal(heard.p[0].stopped, 500000);
	assert_int_equal(heard.p[0].total, 900000);
}

/* ---- settlement ---------------------------------------------------------------- */

static void a_settlement_comes_to_zero(void **state)
{
	struct bookstore *b = *state;
	struct cycle_settlement s;
	struct payout p;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 60);
	for (int64_t id = ONE; id <= FOUR; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 500000, false);
	bookstore_due(b, 5, ENT_MONTH, DEC, 700000, true);
	bookstore_due(b, 6, ENT_MONTH, DEC, 800000, false);
	bookstore_due(b, ONE, ENT_MONTH, NOV, 500000, false);
	left(b, 6, DEC);
	bookstore_pay(b, ONE, &p); /* both lists at once */
	bookstore_hand(b, p.seq);
	bookstore_pay(b, TWO, &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, &b->hoa, &p,
				 &why, &err),
		VERDICT_DONE);
	bookstore_pay(b, THREE, &p);
	bookstore_hand(b, p.seq);
	s = settle(b, DEC);
	is(&s, CYCLE_LISTED, 6, 3500000);
	is(&s, CYCLE_BY_ACCOUNT, 1, 700000);
	is(&s, CYCLE_PAID, 2, 1000000);
	is(&s, CYCLE_OPEN, 2, 1000000);
	is(&s, CYCLE_STOPPED, 1, 800000);
	assert_int_equal(s.difference[GROUP_SOCIAL], 0);
	assert_int_equal(s.odd_items, 0);
	s = settle(b, NOV);
	is(&s, CYCLE_LISTED, 1, 500000);
	is(&s, CYCLE_PAID, 1, 500000);
}

/* A supervisor said so, whatever the list says. */
static void money_goes_where_it_was_said_last(void **state)
{
	struct bookstore *b = *state;
	struct cycle_settlement s;

	bookstore_due(b, ONE, ENT_MONTH, NOV, 500000, false);
	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	bookstore_sql(b, "INSERT INTO account_step (seq, person, step, account,"
			 " period, reason) VALUES (1, 1, 9, 0, 202612, 0)");
	s = settle(b, DEC);
	is(&s, CYCLE_BY_ACCOUNT, 1, 500000);
	is(&s, CYCLE_OPEN, 0, 0);
	s = settle(b, NOV);
	is(&s, CYCLE_OPEN, 1, 500000);
	ask(b, DEC, "");
	assert_int_equal(heard.p[0].by_account, 500000);
	assert_int_equal(heard.p[0].open, 0);
	assert_int_equal(heard.p[0].months, 0);
}

/* The drawer of this month, by its records. */
static void the_drawer_is_told_beside(void **state)
{
	struct bookstore *b = *state;
	const struct daytime now = date_of_ms(clock_wall_ms());
	struct cycle_settlement s;
	struct payout p;

	bookstore_shift(b, 10);
	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	bookstore_pay(b, ONE, &p);
	bookstore_hand(b, p.seq);
	s = settle(b, now.date.year * 100 + now.date.month);
	assert_int_equal(s.cash_in, 5000000);
	assert_int_equal(s.cash_paid, 500000);
	assert_int_equal(s.cash_out, 0);
	s = settle(b, OCT - 300);
	assert_int_equal(s.cash_in, 0);
}

static void a_list_that_was_altered_shows_a_difference(void **state)
{
	struct bookstore *b = *state;
	struct cycle_settlement s;
	struct payout p;

	bookstore_shift(b, 60);
	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	bookstore_pay(b, ONE, &p);
	bookstore_hand(b, p.seq);
	bookstore_sql(b, "UPDATE entitlement SET amount = 400000");
	s = settle(b, DEC);
	assert_int_equal(s.difference[GROUP_SOCIAL], -100000);
	assert_int_equal(s.odd_items, 1);
	bookstore_sql(b, "UPDATE entitlement SET amount = 500000");
	bookstore_sql(b, "DELETE FROM paid");
	s = settle(b, DEC);
	assert_int_equal(s.difference[GROUP_SOCIAL], -500000);
}

static void who_was_erased_is_settled_too(void **state)
{
	struct bookstore *b = *state;
	struct cycle_settlement s;

	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	bookstore_sql(b, "UPDATE person SET code = NULL, sealed = NULL");
	s = settle(b, DEC);
	assert_int_equal(s.part[CYCLE_OPEN][GROUP_UNKNOWN].money, 500000);
	assert_int_equal(s.difference[GROUP_UNKNOWN], 0);
}

/* ---- changes, cards ------------------------------------------------------------ */

static struct changed {
	struct cycle_change c[8];
	int count;
} changed;

static bool hear_change(void *ctx, const struct cycle_change *c)
{
	(void)ctx;
	assert_true(changed.count < 8);
	changed.c[changed.count++] = *c;
	return true;
}

static void changes_of_a_month_by_kind(void **state)
{
	struct bookstore *b = *state;
	const struct daytime now = date_of_ms(clock_wall_ms());
	const int32_t month = now.date.year * 100 + now.date.month;
	struct refusal why;
	struct err err = {0};

	for (int64_t id = ONE; id <= FOUR; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 500000, false);
	bookstore_shift(b, 10);
	left(b, ONE, month);
	left(b, FOUR, month - 100);
	bookstore_sql(b, "INSERT INTO change (seq, person, kind, period,"
			 " reason, monthly) VALUES (90, 3, 1, 190001, 0, 5)");
	assert_int_equal(payouts_not_paid(b->db, &b->lan, TWO, NOT_PAID_MOVED,
				 (struct date){0}, &why, &err),
		VERDICT_DONE);
	/* He has left by a list already: not said twice. */
	assert_int_equal(payouts_not_paid(b->db, &b->lan, FOUR, NOT_PAID_MOVED,
				 (struct date){0}, &why, &err),
		VERDICT_DONE);
	changed.count = 0;
	assert_true(cycle_changes(b->db, month, "", hear_change, NULL, &err));
	assert_int_equal(changed.count, 2);
	assert_int_equal(changed.c[0].person.id, ONE);
	assert_int_equal(changed.c[0].kind, CHANGE_LEFT);
	assert_int_equal(changed.c[0].reason, CHANGE_DIED);
	assert_false(changed.c[0].found);
	assert_int_equal(changed.c[1].person.id, TWO);
	assert_true(changed.c[1].found);
	assert_int_equal(changed.c[1].reason, CHANGE_MOVED);
	changed.count = 0;
	assert_true(cycle_changes(b->db, 190001, "", hear_change, NULL, &err));
	assert_int_equal(changed.count, 1);
	assert_int_equal(changed.c[0].kind, CHANGE_CAME);
	assert_int_equal(changed.c[0].monthly, 5);
	changed.count = 0;
	assert_true(cycle_changes(b->db, month, "U9", hear_change, NULL, &err));
	assert_int_equal(changed.count, 0);
}

static unsigned why_of[8];

static bool hear_card(void *ctx, const struct person *p, unsigned why)
{
	(void)ctx;
	assert_true(p->id < 8);
	why_of[p->id] = why;
	return true;
}

/* A VISIT that met him, as far as it is read here. */
static void met(struct bookstore *b, int64_t whose, int reason)
{
	uint8_t body[64];
	sqlite3_stmt *st = NULL;
	struct buf buf;

	buf_init(&buf, body, sizeof(body));
	cbor_put_map(&buf, 4);
	cbor_put_uint(&buf, 4);
	cbor_put_uint(&buf, 35);
	cbor_put_uint(&buf, 5);
	cbor_put_uint(&buf, 1);
	cbor_put_uint(&buf, 17);
	cbor_put_int(&buf, reason);
	cbor_put_uint(&buf, 28);
	cbor_put_uint(&buf, 1);
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO journal (seq, body, h, sig) SELECT max(seq) + 1,"
		" ?1, zeroblob(32), zeroblob(64) FROM journal",
		-1, &st, NULL);
	sqlite3_bind_blob(st, 1, body, (int)buf.len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO pd (seq, sealed, person) SELECT max(seq),"
		" zeroblob(8), ?1 FROM journal",
		-1, &st, NULL);
	sqlite3_bind_int64(st, 1, whose);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void who_has_no_card(void **state)
{
	struct bookstore *b = *state;
	struct err err = {0};

	memset(why_of, 0, sizeof(why_of));
	for (int64_t id = ONE; id <= FOUR; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 500000, false);
	met(b, ONE, 30);
	met(b, TWO, 30);
	met(b, TWO, 10); /* has one by now */
	met(b, THREE, 34);
	assert_true(cycle_cards(b->db, DEC, "", hear_card, NULL, &err));
	assert_int_equal(why_of[ONE], CYCLE_MET_NO_CARD);
	assert_int_equal(why_of[TWO], 0);
	assert_int_equal(why_of[THREE], CYCLE_NO_PAPERS);
	assert_int_equal(why_of[FOUR], 0);
}

static void nobody_signed_in_reads_nothing(void **state)
{
	struct bookstore *b = *state;
	struct cycle_settlement s;
	struct err err = {0};

	bookstore_due(b, ONE, ENT_MONTH, DEC, 500000, false);
	b->has_key = false;
	bookstore_restart(b);
	assert_false(cycle_people(b->db, DEC, "", hear, NULL, &err));
	assert_int_equal(err.code, ERR_DENIED);
	assert_false(cycle_settle(b->db, DEC, "", &s, &err));
	assert_int_equal(err.code, ERR_DENIED);
	assert_false(cycle_cards(b->db, DEC, "", hear_card, NULL, &err));
	assert_int_equal(err.code, ERR_DENIED);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(a_list_by_its_numbers),
		ON_STORE(months_in_a_row),
		ON_STORE(what_is_lost_is_not_due),
		ON_STORE(a_settlement_comes_to_zero),
		ON_STORE(money_goes_where_it_was_said_last),
		ON_STORE(the_drawer_is_told_beside),
		ON_STORE(a_list_that_was_altered_shows_a_difference),
		ON_STORE(who_was_erased_is_settled_too),
		ON_STORE(changes_of_a_month_by_kind),
		ON_STORE(who_has_no_card),
		ON_STORE(nobody_signed_in_reads_nothing),
	};

	return cmocka_run_group_tests_name("cycle", tests, NULL, NULL);
}
