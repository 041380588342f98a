/* What people ask about their own data, and by when it is due. */
#include "support/unit.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/erase.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/requests.h"
#include "support/bookstore.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	BINH = 2
};

struct shop {
	struct bookstore b;
	struct request r;
	struct refusal why;
	struct err err;
};

static int setup(void **state)
{
	static struct shop s;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	for (int64_t id = DEP; id <= BINH; id++)
		bookstore_due(&s.b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shop *s = *state;

	bookstore_remove(&s->b);
	return 0;
}

static enum verdict note(struct shop *s, enum request_kind kind,
	const char *words)
{
	return requests_note(s->b.db, &s->b.dung, DEP, kind, words, &s->r,
		&s->why, &s->err);
}

static enum verdict answer(struct shop *s, const struct session *by,
	uint64_t seq, enum request_reason reason, const char *words)
{
	return requests_answer(s->b.db, by, seq, reason, words, &s->r, &s->why,
		&s->err);
}

/* ---- days ---------------------------------------------------------------- */

static const struct row {
	const char *name;
	int32_t from;
	int days;
	bool working;
	int32_t day;
} rows[] = {
	{"Sunday: Monday, Tuesday", 20261122, 2, true, 20261124},
	{"Thursday: Friday, Monday", 20261126, 2, true, 20261130},
	{"Friday: Monday, Tuesday", 20261127, 2, true, 20261201},
	{"ten days of all", 20261122, 10, false, 20261202},
	{"over the end of a year", 20261225, 10, false, 20270104},
	{"over a leap day", 20280220, 10, false, 20280301},
	{"a holiday is no working day", 20261230, 2, true, 20270104},
	{"but a day like others", 20261230, 2, false, 20270101},
	{"none at all", 20261122, 0, true, 20261122},
};

static void days_are_counted_from_the_day_after(void **state)
{
	const struct request_holidays off = {.day = {20270101}, .count = 1};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const int32_t got = request_day_after(rows[i].from,
			rows[i].days, rows[i].working, &off);

		if (got != rows[i].day)
			fail_msg("%s: %d", rows[i].name, got);
	}
	/* Without the list a holiday is a working day like any other. */
	assert_int_equal(request_day_after(20261230, 2, true, NULL), 20270101);
}

/* ND 356/2025 art. 5. */
static void each_kind_has_its_days(void **state)
{
	static const struct {
		enum request_kind kind;
		int32_t answer;
		int32_t most;
	} row[] = {
		{REQUEST_VIEW, 20261202, 20261212},
		{REQUEST_CORRECT, 20261202, 20261212},
		{REQUEST_WITHDRAW, 20261207, 20261222},
		{REQUEST_RESTRICT, 20261207, 20261222},
		{REQUEST_OBJECT, 20261207, 20261222},
		{REQUEST_DELETE, 20261212, 20270101},
	};
	struct request_due due;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		/* 2026-11-22 10:00 at UTC+7, a Sunday */
		struct request r = {.kind = row[i].kind,
			.t = INT64_C(1795316400000)};

		request_dues(&r, NULL, 20261122, &due);
		assert_int_equal(due.acknowledge, 20261124);
		assert_int_equal(due.answer, row[i].answer);
		assert_int_equal(due.answer_most, row[i].most);
		assert_false(due.acknowledge_late || due.answer_late);
		request_dues(&r, NULL, 20261125, &due);
		assert_true(due.acknowledge_late);
		assert_false(due.answer_late);
		r.acknowledged = r.t;
		r.longer = r.t;
		request_dues(&r, NULL, row[i].answer + 1, &due);
		assert_int_equal(due.acknowledge, 0);
		assert_int_equal(due.answer, row[i].most);
		assert_false(due.answer_late);
		request_dues(&r, NULL, 20270102, &due);
		assert_true(due.answer_late);
		r.over = r.t;
		request_dues(&r, NULL, 20270102, &due);
		assert_int_equal(due.answer, 0);
		assert_false(due.answer_late);
	}
}

static void holidays_are_a_day_a_line(void **state)
{
	static const struct {
		const char *text;
		int count;
		int line; /* wrong; 0: none */
	} row[] = {
		{"", 0, 0},
		{"# Tết\n2027-02-05\n\n06/02/2027 # mồng một\r\n", 2, 0},
		{"2027-02-05", 1, 0},
		{"2027-02-05\n2027-02-31\n", 1, 2},
		{"2027\n", 0, 1},
		{"tomorrow\n", 0, 1},
		{"2027-02-05 2027-02-06\n", 0, 1},
	};
	struct request_holidays off;
	int line;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const bool good = request_holidays_parse(row[i].text,
			strlen(row[i].text), &off, &line);

		assert_int_equal(good, row[i].line == 0);
		assert_int_equal(off.count, row[i].count);
		assert_true(good || line == row[i].line);
	}
}

/* ---- in the book --------------------------------------------------------- */

static void a_request_is_a_record_and_so_is_its_answer(void **state)
{
	struct shop *s = *state;
	struct journal_row row;
	const char *finding;
	struct record r;
	uint64_t seq;

	assert_int_equal(note(s, REQUEST_CORRECT, "Ngày sinh là 02/09/1945"),
		VERDICT_DONE);
	seq = s->r.seq;
	assert_string_equal(s->r.words, "Ngày sinh là 02/09/1945");
	assert_string_equal(s->r.name, "Nguyễn Thị Đẹp");
	assert_string_equal(s->r.actor_name, "Dung");
	assert_int_equal(s->r.over, 0);
	assert_int_equal(journal_row(s->b.db, seq, &row, &s->err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, 34);
	assert_int_equal(r.reason, 1);
	assert_int_equal(r.result, 2);
	assert_true(r.has & RECORD_HAS(KEY_PDC));
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_ACKNOWLEDGED, ""),
		VERDICT_DONE);
	assert_true(s->r.acknowledged > 0);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_LONGER,
				 "Chờ xã xác nhận"),
		VERDICT_DONE);
	assert_true(s->r.longer > 0);
	assert_int_equal(answer(s, &s->b.tuan, seq, REQUEST_DONE, ""),
		VERDICT_DONE);
	assert_int_equal(s->r.outcome, REQUEST_DONE);
	assert_true(s->r.over > 0);
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	assert_int_equal(requests_get(s->b.db, seq, &s->r, &s->err),
		LOOKUP_FOUND);
	assert_string_equal(s->r.answer, "Chờ xã xác nhận");
	verifier_must_accept_but_lists(s->b.dir);
}

static void what_is_refused(void **state)
{
	struct shop *s = *state;
	char longest[REQUEST_WORDS_SIZE + 10];
	uint64_t seq;

	memset(longest, 'a', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(note(s, REQUEST_NONE, ""), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_REQUEST);
	assert_int_equal(note(s, REQUEST_VIEW, longest), VERDICT_REFUSED);
	assert_int_equal(note(s, REQUEST_VIEW, "a\x1b"), VERDICT_REFUSED);
	assert_int_equal(note(s, REQUEST_VIEW, ""), VERDICT_DONE);
	seq = s->r.seq;
	assert_int_equal(answer(s, &s->b.dung, seq, REQUEST_DONE, ""),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
	assert_int_equal(answer(s, &s->b.hoa, 1, REQUEST_DONE, ""),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_REQUEST);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_REFUSED, ""),
		VERDICT_REFUSED);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_CHECK, ""),
		VERDICT_REFUSED);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_ACKNOWLEDGED, ""),
		VERDICT_DONE);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_ACKNOWLEDGED, ""),
		VERDICT_REFUSED);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_REFUSED,
				 "Không phải dữ liệu của ông"),
		VERDICT_DONE);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_DONE, ""),
		VERDICT_REFUSED);
	assert_int_equal(s->r.outcome, REQUEST_REFUSED);
	assert_int_equal(requests_note(s->b.db, &s->b.ky, DEP, REQUEST_VIEW, "",
				 &s->r, &s->why, &s->err),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
	assert_int_equal(requests_note(s->b.db, &s->b.lan, 77, REQUEST_VIEW, "",
				 &s->r, &s->why, &s->err),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NOT_FOUND);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static bool count_one(void *ctx, const struct request *r)
{
	int *count = ctx;

	(void)r;
	++*count;
	return true;
}

static int count(struct shop *s, int64_t person, bool open)
{
	int n = 0;

	assert_true(requests_each(s->b.db, person, open, count_one, &n,
		&s->err));
	return n;
}

static void open_ones_or_all_of_one_or_of_everybody(void **state)
{
	struct shop *s = *state;

	assert_int_equal(note(s, REQUEST_VIEW, ""), VERDICT_DONE);
	assert_int_equal(answer(s, &s->b.hoa, s->r.seq, REQUEST_DONE, ""),
		VERDICT_DONE);
	assert_int_equal(note(s, REQUEST_DELETE, ""), VERDICT_DONE);
	assert_int_equal(requests_note(s->b.db, &s->b.lan, BINH, REQUEST_OBJECT,
				 "", &s->r, &s->why, &s->err),
		VERDICT_DONE);
	assert_int_equal(count(s, 0, false), 3);
	assert_int_equal(count(s, 0, true), 2);
	assert_int_equal(count(s, DEP, false), 2);
	assert_int_equal(count(s, DEP, true), 1);
}

/* He asked for it, and it is done: the answer can still be written. */
static void T69_who_asked_to_be_erased_is(void **state)
{
	struct shop *s = *state;
	struct erase_done done;
	struct payout paid;
	uint64_t seq;

	assert_int_equal(note(s, REQUEST_DELETE, "Xoá giúp tôi"), VERDICT_DONE);
	seq = s->r.seq;
	bookstore_shift(&s->b, 60);
	bookstore_pay(&s->b, DEP, &paid);
	bookstore_hand(&s->b, paid.seq);
	assert_int_equal(erase_person(s->b.db, &s->b.hoa, "001145000001",
				 ERASE_REQUEST, &done, &s->err),
		ERASE_DONE);
	assert_int_equal(answer(s, &s->b.hoa, seq, REQUEST_DONE, ""),
		VERDICT_DONE);
	assert_string_equal(s->r.words, "");
	assert_string_equal(s->r.name, "");
	assert_int_equal(s->r.outcome, REQUEST_DONE);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void the_second_reader_finds_what_was_changed(void **state)
{
	static const struct {
		const char *sql;
		const char *words;
	} acts[] = {
		{"DELETE FROM request WHERE ref > 0", "table request has"},
		{"UPDATE request SET ref = 0", "table request does not"},
		{"UPDATE request SET person = 2 WHERE ref > 0",
			"somebody else"},
	};

	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		struct shop *s;

		setup(state);
		s = *state;
		assert_int_equal(note(s, REQUEST_VIEW, ""), VERDICT_DONE);
		assert_int_equal(answer(s, &s->b.hoa, s->r.seq, REQUEST_DONE,
					 ""),
			VERDICT_DONE);
		bookstore_sql(&s->b, acts[i].sql);
		db_close(s->b.db);
		s->b.db = NULL;
		verifier_must_find(s->b.dir, acts[i].words);
		bookstore_open(&s->b);
		teardown(state);
	}
}

static void each_has_a_word(void **state)
{
	enum request_reason reason;
	enum request_kind kind;

	(void)state;
	assert_true(request_kind_parse("delete", &kind));
	assert_int_equal(kind, REQUEST_DELETE);
	assert_false(request_kind_parse("none", &kind));
	assert_string_equal(request_kind_name(REQUEST_VIEW), "view");
	assert_string_equal(request_kind_name(REQUEST_NONE), "unknown");
	assert_true(request_reason_parse("refused", &reason));
	assert_int_equal(reason, REQUEST_REFUSED);
	assert_false(request_reason_parse("asked", &reason));
	assert_string_equal(request_reason_name(REQUEST_ASKED), "open");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_from_the_day_after),
		cmocka_unit_test(each_kind_has_its_days),
		cmocka_unit_test(holidays_are_a_day_a_line),
		TEST(a_request_is_a_record_and_so_is_its_answer),
		TEST(what_is_refused),
		TEST(open_ones_or_all_of_one_or_of_everybody),
		TEST(T69_who_asked_to_be_erased_is),
		cmocka_unit_test(the_second_reader_finds_what_was_changed),
		cmocka_unit_test(each_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
