/*
 * The board of a list: rows by hand, and random months against a second, slow
 * count: from the records as they are stored and what the test put in.
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/board.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/payouts.h"
#include "db/reader.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"

enum {
	NOV = 202611,
	DEC = BOOKSTORE_PERIOD,
	HOUR_MS = 3600 * 1000,
	/* Kinds of records, and keys. */
	CLOSE = 4,
	PAY = 10,
	VOID_KIND = 13,
	OVER_SHORT = 23,
	KEY_OF_KIND = 4,
	KEY_OF_T = 5,
	KEY_OF_REF = 12,
	KEY_OF_AMOUNT = 13,
	KEY_OF_PERIOD = 14,
	KEY_OF_RESULT = 28
};

static int64_t at(int day, int hour, int minute)
{
	char text[32];
	int64_t ms;

	snprintf(text, sizeof(text), "2026-12-%02dT%02d:%02d", day, hour,
		minute);
	assert_true(date_time_parse(text, &ms));
	return ms;
}

static int setup(void **state)
{
	static struct bookstore b;

	clock_freeze_wall(at(1, 7, 0));
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

/* Somebody of a group, who lives there; money keeps him as he is. */
static void person(struct bookstore *b, int64_t id, const char *unit,
	const char *group, const char *address)
{
	const struct sealed s = {.seq = id,
		.birth = 19440902,
		.text = {[SEALED_CODE] = "B",
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_ADDRESS] = address,
			[SEALED_GROUP] = group}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO person (id, unit_code, list, period, code, sealed)"
		" VALUES (?1, ?2, 1, 202601, ?1, :sealed)",
		-1, &st, NULL);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, unit, -1, SQLITE_STATIC);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void pay(struct bookstore *b, int64_t id, int64_t when)
{
	struct payout p;

	clock_freeze_wall(when);
	bookstore_pay(b, id, &p);
	bookstore_hand(b, p.seq);
	b->payout = p.seq;
}

static void close_with(struct bookstore *b, int64_t difference)
{
	struct notes counted = {0};
	struct shift_slip slip;
	struct refusal why;
	struct shift s;
	struct err err = {0};
	int64_t left;

	assert_int_equal(shifts_current(b->db, &s, &err), LOOKUP_FOUND);
	left = s.expected + difference;
	for (int i = 0; i < NOTES_KINDS; i++) {
		counted.pieces[i] = (int32_t)(left / notes_denomination[i]);
		left -= counted.pieces[i] * notes_denomination[i];
	}
	if (shifts_close(b->db, &b->lan, &counted,
		    difference ? SHIFT_REASON_MISCOUNT : SHIFT_REASON_NONE,
		    difference ? &b->hoa : NULL, &slip, &why,
		    &err) != VERDICT_DONE)
		fail_msg("close: %s %s", refusal_code_name(why.code), err.text);
}

static struct board *ask(struct bookstore *b, int32_t period, const char *unit)
{
	const struct board_asked asked = {.period = period, .unit = unit};
	struct err err = {0};
	struct board *board = board_make(b->db, &asked, &err);

	if (!board)
		fail_msg("%s", err.text);
	return board;
}

static void is(const struct board_sum *s, int64_t people, int64_t account,
	int64_t done, int64_t waiting)
{
	assert_int_equal(s->people, people);
	assert_int_equal(s->account, account);
	assert_int_equal(s->done, done);
	assert_int_equal(s->waiting, waiting);
}

/* ---- rows ------------------------------------------------------------------ */

static void nothing_at_all_is_a_board_too(void **state)
{
	struct board *board = ask(*state, 0, "");

	assert_int_equal(board->period, 0);
	is(&board->all, 0, 0, 0, 0);
	assert_int_equal(board->units, 0);
	assert_int_equal(board->hamlets, 0);
	assert_int_equal(board->days, 0);
	assert_int_equal(board->terminals, 1);
	assert_true(board->terminal[0].self);
	board_free(board);
}

static void groups_and_units_and_hamlets_are_told_apart(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	person(b, 1, "08341", "BTXH", "Thôn 10, xã Cẩm Khê");
	person(b, 2, "08341", "NCC", "Thôn 2, xã Cẩm Khê");
	person(b, 3, "08341", "BTXH", "thôn 02 , xã Cẩm Khê");
	person(b, 4, "08342", "KHAC", "Thôn 2");
	for (int id = 1; id <= 4; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 100000 * id, id == 4);
	bookstore_shift(b, 40);
	pay(b, 2, at(3, 8, 5));
	board = ask(b, 0, "");
	assert_int_equal(board->period, DEC);
	is(&board->all, 4, 1, 1, 2);
	assert_int_equal(board->all.due, 1000000);
	assert_int_equal(board->all.paid, 200000);
	assert_int_equal(board->all.by_account, 400000);
	assert_int_equal(board->all.open, 400000);
	is(&board->group[GROUP_SOCIAL], 2, 0, 0, 2);
	is(&board->group[GROUP_MERIT], 1, 0, 1, 0);
	is(&board->group[GROUP_OTHER], 1, 1, 0, 0);
	assert_int_equal(board->units, 2);
	is(&board->unit[0].sum, 3, 0, 1, 2);
	is(&board->unit[1].sum, 1, 1, 0, 0);
	assert_int_equal(board->hamlets, 3);
	assert_string_equal(board->hamlet[0].hamlet, "Thôn 2");
	is(&board->hamlet[0].sum, 2, 0, 1, 1);
	assert_string_equal(board->hamlet[1].hamlet, "Thôn 10");
	assert_string_equal(board->hamlet[2].unit, "08342");
	board_free(board);
}

static void one_unit_alone_can_be_asked_for(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	person(b, 1, "08341", "BTXH", "Thôn 1");
	person(b, 2, "08342", "BTXH", "Thôn 1");
	for (int id = 1; id <= 2; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 100000, false);
	bookstore_shift(b, 40);
	pay(b, 1, at(3, 8, 5));
	pay(b, 2, at(3, 9, 5));
	board = ask(b, DEC, "08342");
	is(&board->all, 1, 0, 1, 0);
	assert_int_equal(board->units, 1);
	assert_int_equal(board->hour[8].payments, 0);
	assert_int_equal(board->hour[9].payments, 1);
	board_free(board);
}

static void another_month_is_not_in_it(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	bookstore_due(b, 1, ENT_MONTH, NOV, 500000, false);
	bookstore_due(b, 2, ENT_MONTH, DEC, 540000, false);
	bookstore_shift(b, 40);
	pay(b, 1, at(3, 8, 5));
	board = ask(b, DEC, "");
	is(&board->all, 1, 0, 0, 1);
	assert_int_equal(board->hour[8].payments, 0);
	board_free(board);
	board = ask(b, NOV, "");
	is(&board->all, 1, 0, 1, 0);
	assert_int_equal(board->hour[8].payments, 1);
	assert_int_equal(board->hour[8].money, 500000);
	board_free(board);
}

static void who_left_and_what_is_carried_is_none_of_it(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, false);
	bookstore_due(b, 2, ENT_MONTH, DEC, 540000, false);
	bookstore_due(b, 3, ENT_MONTH, DEC, 540000, false);
	bookstore_sql(b,
		"INSERT INTO change (seq, person, kind, period, reason)"
		" VALUES (1, 2, 2, 202612, 3);"
		"UPDATE entitlement SET carried_by = 1 WHERE person = 3");
	board = ask(b, DEC, "");
	is(&board->all, 1, 0, 0, 1);
	assert_int_equal(board->all.due, 540000);
	board_free(board);
}

static void cash_beside_an_account_is_among_both(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, true);
	bookstore_due(b, 1, ENT_FUNERAL, DEC, 100000, false);
	board = ask(b, DEC, "");
	is(&board->all, 1, 1, 0, 1);
	assert_int_equal(board->all.cash, 1);
	board_free(board);
}

static void what_was_taken_back_is_no_payment(void **state)
{
	struct bookstore *b = *state;
	struct board *board;
	struct payout p;
	struct refusal why;
	struct err err;

	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, false);
	bookstore_shift(b, 40);
	clock_freeze_wall(at(4, 10, 59));
	bookstore_pay(b, 1, &p);
	clock_freeze_wall(at(4, 11, 1));
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, &b->hoa, &p,
				 &why, &err),
		VERDICT_DONE);
	board = ask(b, DEC, "");
	is(&board->all, 1, 0, 0, 1);
	for (int h = 0; h < BOARD_HOURS; h++)
		assert_int_equal(board->hour[h].payments, 0);
	assert_int_equal(board->days, 0);
	board_free(board);
}

static void a_sheet_counts_when_it_was_written(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = {.person = 1,
		.payee = PAYEE_SELF,
		.pad = "000123",
		.given_at = at(2, 6, 30)};
	struct payout p;
	struct refusal why;
	struct board *board;
	struct err err;

	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, false);
	bookstore_shift(b, 40);
	clock_freeze_wall(at(5, 14, 0));
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_DONE);
	board = ask(b, DEC, "");
	assert_int_equal(board->hour[6].payments, 1);
	assert_int_equal(board->days, 1);
	assert_int_equal(board->day[0].day, 20261202);
	board_free(board);
}

static void differences_are_of_the_shift_that_had_them(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	bookstore_shift(b, 10);
	close_with(b, 0);
	bookstore_shift(b, 10);
	close_with(b, -200000);
	bookstore_shift(b, 10);
	close_with(b, 50000);
	board = ask(b, DEC, "");
	assert_int_equal(board->closes, 3);
	assert_int_equal(board->closed, 3);
	assert_int_equal(board->close[0].difference, 0);
	assert_int_equal(board->close[1].difference, -200000);
	assert_int_equal(board->close[1].reason, SHIFT_REASON_MISCOUNT);
	assert_string_equal(board->close[1].actor_name, "Lan");
	assert_int_equal(board->close[2].difference, 50000);
	assert_int_equal(board->close[2].reason, SHIFT_REASON_MISCOUNT);
	assert_int_equal(board->close[2].expected, 5000000);
	assert_int_equal(board->over, 50000);
	assert_int_equal(board->missing, 200000);
	board_free(board);
}

static void of_many_shifts_the_newest_are_kept(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	for (int i = 0; i < BOARD_CLOSES + 3; i++) {
		bookstore_shift(b, 1);
		close_with(b, i == 1 ? -20000 : 0);
	}
	board = ask(b, DEC, "");
	assert_int_equal(board->closes, BOARD_CLOSES);
	assert_int_equal(board->closed, BOARD_CLOSES + 3);
	assert_int_equal(board->close[0].shift, 4);
	assert_int_equal(board->missing, 20000);
	board_free(board);
}

static void of_many_days_the_newest_are_kept(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	for (int id = 1; id <= BOARD_DAYS + 2; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 20000, false);
	bookstore_shift(b, 40);
	for (int i = 0; i < BOARD_DAYS + 2; i++)
		pay(b, i + 1, at(1, 8, 0) + i * INT64_C(24) * HOUR_MS);
	board = ask(b, DEC, "");
	assert_int_equal(board->days, BOARD_DAYS);
	assert_int_equal(board->day[0].day, 20261203);
	assert_int_equal(board->hour[8].payments, BOARD_DAYS + 2);
	board_free(board);
}

static void other_terminals_are_those_of_the_office(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	bookstore_due(b, 1, ENT_MONTH, DEC, 20000, false);
	bookstore_due(b, 2, ENT_MONTH, DEC, 20000, false);
	bookstore_shift(b, 40);
	pay(b, 1, at(2, 8, 0));
	bookstore_sql(b, "INSERT INTO peer VALUES (zeroblob(16),"
			 " zeroblob(32))");
	board = ask(b, DEC, "");
	assert_int_equal(board->terminals, 2);
	assert_true(board->terminal[0].self);
	assert_int_equal(board->terminal[0].paid, 1);
	assert_int_equal(board->terminal[0].t, at(2, 8, 0));
	assert_false(board->terminal[1].self);
	assert_int_equal(board->terminal[1].t, 0);
	assert_int_equal(board->made,
		bookstore_number(b, "SELECT max(seq) FROM journal"));
	assert_int_equal(board->acked, 0);
	assert_int_equal(board->waiting, board->made);
	assert_int_equal(board->oldest, at(1, 7, 0));
	assert_int_equal(board->contact, 0);
	board_free(board);
}

/* An acknowledgement as far as it is read here; it need not chain. */
static void acknowledge(struct bookstore *b, int64_t t)
{
	uint8_t body[64];
	sqlite3_stmt *st = NULL;
	struct buf buf;

	buf_init(&buf, body, sizeof(body));
	cbor_put_map(&buf, 4);
	cbor_put_uint(&buf, 1);
	cbor_put_uint(&buf, 1);
	cbor_put_uint(&buf, 2);
	cbor_put_bytes(&buf, "0123456789abcdef", 16);
	cbor_put_uint(&buf, KEY_OF_KIND);
	cbor_put_uint(&buf, 42);
	cbor_put_uint(&buf, KEY_OF_T);
	cbor_put_int(&buf, t);
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO journal (seq, body, h, sig) SELECT max(seq) + 1,"
		" ?1, zeroblob(32), zeroblob(64) FROM journal",
		-1, &st, NULL);
	sqlite3_bind_blob(st, 1, body, (int)buf.len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void the_last_word_of_the_centre_is_its_contact(void **state)
{
	struct bookstore *b = *state;
	struct board *board;

	acknowledge(b, at(2, 8, 0));
	acknowledge(b, at(3, 9, 30));
	board = ask(b, DEC, "");
	assert_int_equal(board->contact, at(3, 9, 30));
	board_free(board);
}

/* ---- progress and giving up ------------------------------------------------- */

struct told {
	int64_t done;
	int64_t all;
	int times;
	int stop_at; /* 0: never */
};

static bool hear(void *ctx, int64_t done, int64_t all)
{
	struct told *t = ctx;

	assert_true(done > t->done && done <= all);
	t->done = done;
	t->all = all;
	return ++t->times != t->stop_at;
}

static void fill(struct bookstore *b, int people)
{
	bookstore_sql(b, "BEGIN");
	for (int id = 1; id <= people; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 20000, false);
	bookstore_sql(b, "COMMIT");
}

static void it_tells_how_far_it_is(void **state)
{
	struct bookstore *b = *state;
	struct told told = {.times = 0};
	const struct board_asked asked = {.period = DEC,
		.unit = "",
		.tell = hear,
		.ctx = &told};
	struct board *board;
	struct err err;

	fill(b, 1100);
	board = board_make(b->db, &asked, &err);
	assert_non_null(board);
	assert_int_equal(told.times, 2);
	assert_int_equal(told.all, 1100 + (int64_t)board->made);
	board_free(board);
}

static void it_can_be_given_up_while_it_counts(void **state)
{
	struct bookstore *b = *state;
	struct told told = {.stop_at = 1};
	const struct board_asked asked = {.period = DEC,
		.unit = "",
		.tell = hear,
		.ctx = &told};
	struct err err;

	fill(b, 1100);
	assert_null(board_make(b->db, &asked, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(told.times, 1);
	/* Nothing of it is left: the same again is whole. */
	board_free(ask(b, DEC, ""));
}

static void without_anybody_signed_in_it_is_denied(void **state)
{
	struct bookstore *b = *state;
	const struct board_asked asked = {.period = DEC, .unit = ""};
	struct err err;

	datakey_drop(b->db);
	assert_null(board_make(b->db, &asked, &err));
	assert_int_equal(err.code, ERR_DENIED);
}

static void shares_are_in_hundredths_of_a_percent(void **state)
{
	(void)state;
	assert_int_equal(board_share(0, 0), 0);
	assert_int_equal(board_share(5, 0), 0);
	assert_int_equal(board_share(-1, 7), 0);
	assert_int_equal(board_share(1, 3), 3333);
	assert_int_equal(board_share(2, 3), 6667);
	assert_int_equal(board_share(3, 3), 10000);
	assert_int_equal(board_share(INT64_MAX / 2, INT64_MAX), 5000);
}

/* ---- a second count --------------------------------------------------------- */

enum {
	PEOPLE = 60,
	MOST_PAYS = 200
};

struct lives {
	int group;
	int unit;
	int hamlet; /* of 4; 3: none */
	int items;
	int64_t amount[2];
	bool account[2];
	bool paid; /* as the records say */
};

struct model {
	struct lives who[PEOPLE + 1];
	struct {
		uint64_t seq;
		int64_t t;
		int64_t amount;
		bool gone;
	} pay[MOST_PAYS];
	int pays;
	int64_t over;
	int64_t missing;
	int closes;
};

static const char *const groups[] = {"BTXH", "NCC", "KHAC"};
static const char *const units[] = {"U1", "U2", "U3"};
static const char *const hamlets[] = {"Thôn 1, xã A", "12 Trần Phú, tổ 3, xã A",
	"Bản Đoàn Kết", "xã A"};

static void make_people(struct bookstore *b, struct model *m)
{
	for (int id = 1; id <= PEOPLE; id++) {
		struct lives *w = &m->who[id];

		w->group = rand() % 3;
		w->unit = rand() % 3;
		w->hamlet = rand() % 4;
		w->items = rand() % 3;
		person(b, id, units[w->unit], groups[w->group],
			hamlets[w->hamlet]);
		for (int i = 0; i < w->items; i++) {
			w->amount[i] = 10000 * (1 + rand() % 90);
			w->account[i] = rand() % 4 == 0;
			bookstore_due(b, id, i ? ENT_OTHER : ENT_MONTH, DEC,
				w->amount[i], w->account[i]);
		}
	}
}

static bool has_cash(const struct lives *w)
{
	for (int i = 0; i < w->items; i++)
		if (!w->account[i])
			return true;
	return false;
}

/* Days of work: some are paid, some of these not handed over. */
static void work(struct bookstore *b, const struct model *m)
{
	int64_t now = at(1, 7, 0);
	int open = 0;

	for (int id = 1; id <= PEOPLE; id++) {
		struct payout p;
		struct refusal why;
		struct err err;

		if (!has_cash(&m->who[id]) || rand() % 3 == 0)
			continue;
		now += (int64_t)(1 + rand() % 900) * 60 * 1000;
		clock_freeze_wall(now);
		if (!open)
			bookstore_shift(b, 200);
		open = 1;
		bookstore_pay(b, id, &p);
		if (rand() % 6 == 0)
			assert_int_equal(payouts_not_handed(b->db, &b->lan,
						 p.seq, &b->hoa, &p, &why,
						 &err),
				VERDICT_DONE);
		else
			bookstore_hand(b, p.seq);
		if (rand() % 5 == 0) {
			close_with(b,
				rand() % 2 ? 0 : 10000 * (rand() % 9 - 4));
			open = 0;
		}
	}
}

/* A number of a record, by its key; 0: it has none. Key 27 has its own. */
static uint64_t key_of(const void *body, size_t len, uint64_t key)
{
	struct cbor_reader r;
	struct cbor_item item;
	size_t pairs;

	cbor_reader_init(&r, body, len);
	assert_true(cbor_next(&r, &item));
	pairs = item.count;
	for (size_t i = 0; i < pairs; i++) {
		assert_true(cbor_next(&r, &item));
		if (item.number == key) {
			assert_true(cbor_next(&r, &item));
			return item.number;
		}
		assert_true(cbor_skip(&r));
	}
	return 0;
}

static void take(struct model *m, uint64_t seq, const void *body, size_t len)
{
	const int64_t amount = (int64_t)key_of(body, len, KEY_OF_AMOUNT);

	switch (key_of(body, len, KEY_OF_KIND)) {
	case PAY:
		m->pay[m->pays].seq = seq;
		m->pay[m->pays].t = (int64_t)key_of(body, len, KEY_OF_T);
		m->pay[m->pays++].amount = amount;
		break;
	case VOID_KIND:
		for (int i = 0; i < m->pays; i++)
			m->pay[i].gone |=
				m->pay[i].seq == key_of(body, len, KEY_OF_REF);
		break;
	case OVER_SHORT:
		if (key_of(body, len, KEY_OF_RESULT) == 1)
			m->over += amount;
		else
			m->missing += amount;
		break;
	case CLOSE:
		m->closes++;
		break;
	default:
		break;
	}
}

static void read_book(struct bookstore *b, struct model *m)
{
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"SELECT j.seq, j.body, o.person FROM journal j"
		" LEFT JOIN payout o ON o.seq = j.seq ORDER BY j.seq",
		-1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW)
		take(m, (uint64_t)sqlite3_column_int64(st, 0),
			sqlite3_column_blob(st, 1),
			(size_t)sqlite3_column_bytes(st, 1));
	sqlite3_finalize(st);
	for (int i = 0; i < m->pays; i++) {
		char sql[96];

		snprintf(sql, sizeof(sql),
			"SELECT person FROM payout WHERE seq = %llu",
			(unsigned long long)m->pay[i].seq);
		if (!m->pay[i].gone)
			m->who[bookstore_number(b, sql)].paid = true;
	}
}

/* Of everybody that fits; -1 fits all. */
static struct board_sum sum_of(const struct model *m, int group, int unit,
	int hamlet)
{
	struct board_sum s = {.people = 0};

	for (int id = 1; id <= PEOPLE; id++) {
		const struct lives *w = &m->who[id];
		bool account = false;

		if (w->items == 0 || (group >= 0 && w->group != group) ||
			(unit >= 0 && w->unit != unit) ||
			(hamlet >= 0 && w->hamlet != hamlet))
			continue;
		s.people++;
		for (int i = 0; i < w->items; i++) {
			account |= w->account[i];
			s.due += w->amount[i];
			if (w->account[i])
				s.by_account += w->amount[i];
			else if (w->paid)
				s.paid += w->amount[i];
			else
				s.open += w->amount[i];
		}
		s.account += account;
		s.cash += has_cash(w);
		s.done += has_cash(w) && w->paid;
		s.waiting += has_cash(w) && !w->paid;
	}
	return s;
}

static void same(const struct board_sum *a, const struct board_sum *b)
{
	assert_memory_equal(a, b, sizeof(*a));
}

static void compare_places(const struct model *m, const struct board *board)
{
	int hamlets_met = 0;

	for (int i = 0; i < board->units; i++) {
		const int unit = board->unit[i].unit[1] - '1';
		const struct board_sum s = sum_of(m, -1, unit, -1);

		same(&board->unit[i].sum, &s);
	}
	for (int i = 0; i < board->hamlets; i++)
		for (int h = 0; h < 4; h++) {
			static const char *const names[] = {"Thôn 1", "tổ 3",
				"Bản Đoàn Kết", ""};
			const int unit = board->hamlet[i].unit[1] - '1';
			const struct board_sum s = sum_of(m, -1, unit, h);

			if (strcmp(board->hamlet[i].hamlet, names[h]) != 0)
				continue;
			same(&board->hamlet[i].sum, &s);
			hamlets_met++;
		}
	assert_int_equal(hamlets_met, board->hamlets);
}

static void compare_times(const struct model *m, const struct board *board)
{
	struct board_time hour[BOARD_HOURS] = {{0}};
	int64_t days = 0;

	for (int i = 0; i < m->pays; i++) {
		const int h = (int)((m->pay[i].t / HOUR_MS + 7) % 24);

		if (m->pay[i].gone)
			continue;
		hour[h].payments++;
		hour[h].money += m->pay[i].amount;
	}
	assert_memory_equal(hour, board->hour, sizeof(hour));
	for (int i = 0; i < board->days; i++)
		days += board->day[i].time.payments;
	for (int h = 0; h < BOARD_HOURS; h++)
		days -= hour[h].payments;
	assert_int_equal(days, 0);
}

static void random_months_are_what_the_records_say(void **state)
{
	struct bookstore *b = *state;
	const char *seed = getenv("SEED");

	srand(seed ? (unsigned)atoll(seed) : 9);
	{
		struct model m = {.pays = 0};
		struct board *board;
		struct db *reader;
		struct err err;
		struct board_sum s;

		make_people(b, &m);
		work(b, &m);
		read_book(b, &m);
		reader = reader_open(b->db, &err);
		assert_non_null(reader);
		board = board_make(reader, &(struct board_asked){.unit = ""},
			&err);
		assert_non_null(board);
		s = sum_of(&m, -1, -1, -1);
		same(&board->all, &s);
		for (int g = 0; g < 3; g++) {
			s = sum_of(&m, g, -1, -1);
			same(&board->group[GROUP_SOCIAL + g], &s);
		}
		compare_places(&m, board);
		compare_times(&m, board);
		assert_int_equal(board->over, m.over);
		assert_int_equal(board->missing, m.missing);
		assert_int_equal(board->closed, m.closes);
		board_free(board);
		reader_close(reader);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_at_all_is_a_board_too),
		TEST(groups_and_units_and_hamlets_are_told_apart),
		TEST(one_unit_alone_can_be_asked_for),
		TEST(another_month_is_not_in_it),
		TEST(who_left_and_what_is_carried_is_none_of_it),
		TEST(cash_beside_an_account_is_among_both),
		TEST(what_was_taken_back_is_no_payment),
		TEST(a_sheet_counts_when_it_was_written),
		TEST(differences_are_of_the_shift_that_had_them),
		TEST(of_many_shifts_the_newest_are_kept),
		TEST(of_many_days_the_newest_are_kept),
		TEST(other_terminals_are_those_of_the_office),
		TEST(the_last_word_of_the_centre_is_its_contact),
		TEST(it_tells_how_far_it_is),
		TEST(it_can_be_given_up_while_it_counts),
		TEST(without_anybody_signed_in_it_is_denied),
		TEST(shares_are_in_hundredths_of_a_percent),
		TEST(random_months_are_what_the_records_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
