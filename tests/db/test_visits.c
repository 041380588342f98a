/* What came of a visit: into the book, out of it, and what it changes. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/drafts.h"
#include "db/erase.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/visits.h"
#include "support/bookstore.h"
#include "support/vectors.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	BON = 2,
	CU = 3
};

struct door {
	struct bookstore b;
	struct visit v;
	struct refusal why;
	struct err err;
	struct date today;
};

static int setup(void **state)
{
	static struct door d;

	memset(&d, 0, sizeof(d));
	clock_freeze_wall(-1);
	bookstore_make(&d.b);
	bookstore_due(&d.b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&d.b, BON, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&d.b, CU, ENT_MONTH, BOOKSTORE_PERIOD, 500000, true);
	d.today = date_of_ms(clock_wall_ms()).date;
	*state = &d;
	return 0;
}

static int teardown(void **state)
{
	struct door *d = *state;

	clock_freeze_wall(-1);
	bookstore_remove(&d->b);
	return 0;
}

static struct date in_days(const struct door *d, int days)
{
	return date_of_days(date_days(d->today) + days);
}

static enum verdict record(struct door *d, const struct session *s,
	const struct visit_request *r)
{
	d->err = (struct err){0};
	return visits_record(d->b.db, s, r, &d->v, &d->why, &d->err);
}

static enum verdict visit(struct door *d, const struct session *s,
	int64_t person, enum visit_result result, uint64_t seen)
{
	struct visit_request r = {.person = person,
		.result = result,
		.seen = seen};

	if (visit_needs_note(result))
		str_copy(r.note, sizeof(r.note), "nói sau");
	return record(d, s, &r);
}

static struct record record_of(struct door *d, uint64_t seq)
{
	struct journal_row row;
	const char *finding;
	struct record r;

	assert_int_equal(journal_row(d->b.db, seq, &row, &d->err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r;
}

static void the_book_holds(struct door *d)
{
	bookstore_must_hold(&d->b);
	bookstore_restart(&d->b);
	verifier_must_accept_but_lists(d->b.dir);
}

/* ---- into the book ----------------------------------------------------------- */

static void it_is_a_record_and_read_back_whole(void **state)
{
	static const uint8_t answers[] = {0xa1, 0x00, 0x01};
	struct door *d = *state;
	struct visit_request q = {.person = DEP,
		.result = VISIT_FAMILY,
		.next = in_days(d, 7),
		.note = "  hỏi   con trai ",
		.phone = "0987654321",
		.answers = answers,
		.answers_len = sizeof(answers),
		.form_id = "visit",
		.form_version = "1"};
	uint8_t back[VISIT_ANSWERS_MAX];
	struct record r;
	size_t len;

	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_DONE);
	assert_int_equal(d->v.result, VISIT_FAMILY);
	assert_int_equal(d->v.actor, 5);
	assert_string_equal(d->v.actor_name, "Dung");
	assert_string_equal(d->v.note, "hỏi con trai");
	assert_string_equal(d->v.phone, "0987654321");
	assert_string_equal(d->v.form_id, "visit");
	assert_string_equal(d->v.form_version, "1");
	assert_int_equal(date_compare(d->v.next, in_days(d, 7)), 0);
	assert_int_equal(d->v.answers_len, sizeof(answers));
	assert_true(visits_answers(d->b.db, d->v.seq, back, sizeof(back), &len,
		&d->err));
	assert_int_equal(len, sizeof(answers));
	assert_memory_equal(back, answers, len);
	assert_false(visits_answers(d->b.db, d->v.seq, back, 2, &len, &d->err));
	assert_int_equal(d->err.code, ERR_INVALID);
	r = record_of(d, d->v.seq);
	assert_int_equal(r.kind, JOURNAL_VISIT);
	assert_int_equal(r.result, 1);
	assert_int_equal(r.reason, VISIT_FAMILY);
	assert_int_equal(r.next_day, date_number(in_days(d, 7)));
	assert_false(r.has & RECORD_HAS(KEY_REF));
	assert_false(r.has & RECORD_HAS(KEY_MADE));
	the_book_holds(d);
}

/* Every result goes in and comes out, one visit after the other. */
static void every_result_comes_back(void **state)
{
	struct door *d = *state;
	uint64_t seen = 0;

	for (int i = 0; i < visit_results_count; i++) {
		const enum visit_result r = visit_results[i];
		const int64_t person =
			r == VISIT_MOVED || r == VISIT_DIED ? BON : DEP;

		assert_int_equal(visit(d, &d->b.lan, person, r,
					 person == DEP ? seen : d->v.seq),
			VERDICT_DONE);
		assert_int_equal(d->v.result, r);
		if (person == DEP) {
			assert_int_equal(record_of(d, d->v.seq).ref, seen);
			seen = d->v.seq;
		}
	}
	the_book_holds(d);
}

static struct no {
	const char *name;
	struct visit_request q;
	int next_in; /* days; 0: none */
	int died_in;
	enum refusal_code code;
} nos[] = {
	{"no result", {.person = DEP}, 0, 0, REFUSED_VISIT},
	{"a result that there is not", {.person = DEP, .result = 13}, 0, 0,
		REFUSED_VISIT},
	{"another reason, and none said", {.person = DEP, .result = 29}, 0, 0,
		REFUSED_VISIT},
	{"another reason of blanks", {.person = DEP, .result = 39, .note = " "},
		0, 0, REFUSED_VISIT},
	{"no phone number", {.person = DEP, .result = 10, .phone = "0123"}, 0,
		0, REFUSED_VISIT},
	{"a note with an escape in it",
		{.person = DEP, .result = 10, .note = "a\033[2J"}, 0, 0,
		REFUSED_VISIT},
	{"nobody", {.person = 99, .result = 10}, 0, 0, REFUSED_NOT_FOUND},
	{"today is no day to come again", {.person = DEP, .result = 12}, -1000,
		0, REFUSED_VISIT_DAY},
	{"a day gone by", {.person = DEP, .result = 12}, -1, 0,
		REFUSED_VISIT_DAY},
	{"beyond half a year", {.person = DEP, .result = 12},
		VISIT_NEXT_DAYS + 1, 0, REFUSED_VISIT_DAY},
	{"died tomorrow", {.person = DEP, .result = VISIT_DIED}, 0, 1,
		REFUSED_VISIT_DAY},
	{"a record that is not there",
		{.person = DEP, .result = 10, .made = {4000}, .mades = 1}, 0, 0,
		REFUSED_VISIT},
	{"a record of another kind",
		{.person = DEP, .result = 10, .made = {1}, .mades = 1}, 0, 0,
		REFUSED_VISIT},
};

static void run_no(void **state)
{
	const struct no *n = *state;
	struct visit_request q = n->q;
	struct door *d;
	int64_t before;

	setup(state);
	d = *state;
	before = bookstore_number(&d->b, "SELECT max(seq) FROM journal");
	if (n->next_in == -1000)
		q.next = d->today;
	else if (n->next_in)
		q.next = in_days(d, n->next_in);
	if (n->died_in)
		q.died = in_days(d, n->died_in);
	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_REFUSED);
	assert_int_equal(d->why.code, n->code);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT max(seq) FROM journal"),
		before);
	assert_int_equal(bookstore_number(&d->b, "SELECT count(*) FROM visit"),
		0);
	teardown(state);
}

static void the_last_possible_day_is_possible(void **state)
{
	struct door *d = *state;
	struct visit_request q = {.person = DEP,
		.result = VISIT_THINKS,
		.next = in_days(d, VISIT_NEXT_DAYS)};

	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_DONE);
	q = (struct visit_request){.person = DEP,
		.result = VISIT_THINKS,
		.next = in_days(d, 1),
		.seen = d->v.seq};
	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_DONE);
	the_book_holds(d);
}

static void a_technician_visits_nobody(void **state)
{
	struct door *d = *state;

	assert_int_equal(visit(d, &d->b.ky, DEP, VISIT_AGREED, 0),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_ROLE);
}

/* ---- two people, one door ------------------------------------------------------ */

static void a_second_visit_is_shown_the_first(void **state)
{
	struct door *d = *state;
	struct visit_look look;
	uint64_t first;

	assert_int_equal(visit(d, &d->b.dung, DEP, VISIT_THINKS, 0),
		VERDICT_DONE);
	first = d->v.seq;
	assert_int_equal(visit(d, &d->b.lan, DEP, VISIT_AGREED, 0),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_VISITED);
	assert_int_equal(d->why.prior.seq, first);
	assert_string_equal(d->why.prior.actor_name, "Dung");
	assert_true(visits_look(d->b.db, &d->b.lan, DEP, &look, &d->err));
	assert_true(look.has_last && look.by_other && look.today);
	assert_int_equal(look.last.seq, first);
	assert_int_equal(visit(d, &d->b.lan, DEP, VISIT_AGREED, first),
		VERDICT_DONE);
	assert_int_equal(record_of(d, d->v.seq).ref, first);
	/* Twice the same, as after a commit that nobody heard of. */
	assert_int_equal(visit(d, &d->b.lan, DEP, VISIT_AGREED, first),
		VERDICT_REFUSED);
	assert_int_equal(d->why.prior.actor, 7);
	the_book_holds(d);
}

static void history_is_read_newest_first(void **state)
{
	struct door *d = *state;
	struct visit v[2];
	uint64_t seen = 0;
	bool more;
	int count;

	for (int i = 0; i < 3; i++) {
		assert_int_equal(visit(d, &d->b.dung, DEP, VISIT_THINKS, seen),
			VERDICT_DONE);
		seen = d->v.seq;
	}
	assert_int_equal(visit(d, &d->b.dung, BON, VISIT_ABSENT, 0),
		VERDICT_DONE);
	assert_true(visits_of(d->b.db, DEP, v, 2, &count, &more, &d->err));
	assert_int_equal(count, 2);
	assert_true(more);
	assert_int_equal(v[0].seq, seen);
	assert_true(v[1].seq < seen);
	assert_true(visits_of(d->b.db, CU, v, 2, &count, &more, &d->err));
	assert_int_equal(count, 0);
	assert_false(more);
}

/* ---- who is gone ---------------------------------------------------------------- */

static int reason_of(struct door *d, int64_t person)
{
	struct person_due due;

	assert_int_equal(people_get(d->b.db, person, &due, &d->err),
		LOOKUP_FOUND);
	return due.person.not_paid_reason;
}

static int64_t not_paid_records(struct door *d)
{
	struct journal_row row;
	const char *finding;
	struct record r;
	int64_t n = 0;

	for (uint64_t seq = 1;
		journal_row(d->b.db, seq, &row, &d->err) == LOOKUP_FOUND; seq++)
		n += record_decode(row.body, row.len, &r, &finding) &&
		     r.kind == JOURNAL_NOT_PAID;
	return n;
}

static void died_is_one_fact_that_stops_the_counter(void **state)
{
	struct door *d = *state;
	struct visit_request q = {.person = DEP,
		.result = VISIT_DIED,
		.died = in_days(d, -3)};
	struct pay_request pay = {.person = DEP, .payee = PAYEE_SELF};
	struct payout out;

	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_DONE);
	assert_int_equal(reason_of(d, DEP), NOT_PAID_DIED);
	assert_int_equal(d->v.mades, 1);
	assert_int_equal(record_of(d, d->v.made[0]).kind, JOURNAL_NOT_PAID);
	assert_int_equal(record_of(d, d->v.made[0]).result, NOT_PAID_DIED);
	assert_int_equal(date_compare(d->v.died, in_days(d, -3)), 0);
	bookstore_shift(&d->b, 60);
	payouts_uid(pay.uid);
	assert_int_equal(payouts_pay(d->b.db, &d->b.lan, &pay, &out, &d->why,
				 &d->err),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_MARKED_NOT_PAID);
	/* Said again, it is no second fact. */
	assert_int_equal(visit(d, &d->b.lan, DEP, VISIT_DIED, d->v.seq),
		VERDICT_DONE);
	assert_int_equal(d->v.mades, 0);
	assert_int_equal(not_paid_records(d), 1);
	/* Nor does a neighbour bring him back to life. */
	assert_int_equal(visit(d, &d->b.lan, DEP, VISIT_MOVED, d->v.seq),
		VERDICT_DONE);
	assert_int_equal(reason_of(d, DEP), NOT_PAID_DIED);
	assert_int_equal(not_paid_records(d), 1);
	the_book_holds(d);
}

static void moved_after_the_counter_said_so_is_no_second_fact(void **state)
{
	struct door *d = *state;

	assert_int_equal(payouts_not_paid(d->b.db, &d->b.lan, DEP,
				 NOT_PAID_MOVED, (struct date){0}, &d->why,
				 &d->err),
		VERDICT_DONE);
	assert_int_equal(visit(d, &d->b.dung, DEP, VISIT_MOVED, 0),
		VERDICT_DONE);
	assert_int_equal(d->v.mades, 0);
	assert_int_equal(visit(d, &d->b.dung, BON, VISIT_MOVED, 0),
		VERDICT_DONE);
	assert_int_equal(d->v.mades, 1);
	assert_int_equal(reason_of(d, BON), NOT_PAID_MOVED);
	assert_int_equal(not_paid_records(d), 2);
	the_book_holds(d);
}

static void absent_and_refusing_stop_no_money(void **state)
{
	struct door *d = *state;
	struct payout out;

	assert_int_equal(visit(d, &d->b.dung, DEP, VISIT_WANTS_CASH, 0),
		VERDICT_DONE);
	assert_int_equal(visit(d, &d->b.dung, BON, VISIT_ABSENT, 0),
		VERDICT_DONE);
	assert_int_equal(reason_of(d, DEP), NOT_PAID_NONE);
	assert_int_equal(reason_of(d, BON), NOT_PAID_NONE);
	bookstore_shift(&d->b, 60);
	bookstore_pay(&d->b, DEP, &out);
	bookstore_hand(&d->b, out.seq);
	bookstore_pay(&d->b, BON, &out);
	bookstore_hand(&d->b, out.seq);
	the_book_holds(d);
}

/* NOT_PAID stands for any record that is made at a door. */
static void what_was_made_is_of_this_person_by_this_user(void **state)
{
	struct door *d = *state;
	struct visit_request q = {.person = DEP,
		.result = VISIT_THINKS,
		.mades = 1};

	assert_int_equal(payouts_not_paid(d->b.db, &d->b.lan, DEP,
				 NOT_PAID_REFUSES, (struct date){0}, &d->why,
				 &d->err),
		VERDICT_DONE);
	q.made[0] = (uint64_t)bookstore_number(&d->b,
		"SELECT max(seq) FROM journal");
	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_REFUSED);
	assert_int_equal(d->why.amount, q.made[0]);
	q.person = BON;
	assert_int_equal(record(d, &d->b.lan, &q), VERDICT_REFUSED);
	q.person = DEP;
	q.mades = 2;
	q.made[1] = q.made[0];
	assert_int_equal(record(d, &d->b.lan, &q), VERDICT_REFUSED);
	q.mades = 1;
	assert_int_equal(record(d, &d->b.lan, &q), VERDICT_DONE);
	assert_int_equal(record_of(d, d->v.seq).made[0], q.made[0]);
	/* A later visit cannot claim it as well. */
	q.seen = d->v.seq;
	assert_int_equal(record(d, &d->b.lan, &q), VERDICT_REFUSED);
	the_book_holds(d);
}

/* ---- what is left of it ------------------------------------------------------------ */

static int64_t notes_kept(struct door *d)
{
	return bookstore_number(&d->b, "SELECT count(*) FROM visit WHERE"
				       " length(sealed) > 0 OR"
				       " length(answers) > 0");
}

static void erasing_leaves_the_fact_and_nothing_of_him(void **state)
{
	static const uint8_t bytes[] = "half a visit";
	struct door *d = *state;
	struct visit_request q = {.person = CU,
		.result = VISIT_THINKS,
		.note = "ở sau chợ",
		.answers = bytes,
		.answers_len = sizeof(bytes)};
	struct erase_done done;
	char id12[PERSONID_SIZE];
	struct person_due due;
	struct visit v;

	assert_int_equal(record(d, &d->b.dung, &q), VERDICT_DONE);
	assert_true(drafts_save(d->b.db, &d->b.dung, CU, bytes, sizeof(bytes),
		&d->err));
	assert_int_equal(people_get(d->b.db, CU, &due, &d->err), LOOKUP_FOUND);
	str_copy(id12, sizeof(id12), due.person.id12);
	assert_int_equal(notes_kept(d), 1);
	assert_int_equal(erase_person(d->b.db, &d->b.hoa, id12, ERASE_REQUEST,
				 &done, &d->err),
		ERASE_DONE);
	assert_int_equal(notes_kept(d), 0);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT count(*) FROM visit_draft"),
		0);
	assert_int_equal(visits_get(d->b.db, d->v.seq, &v, &d->err),
		LOOKUP_FOUND);
	assert_int_equal(v.result, VISIT_THINKS);
	assert_string_equal(v.note, "");
	/* And nobody visits him again. */
	assert_int_equal(visit(d, &d->b.dung, CU, VISIT_THINKS, v.seq),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_NOT_FOUND);
	the_book_holds(d);
}

static const char *const altered[] = {
	"UPDATE visit SET result = 2",
	"UPDATE visit SET reason = 11",
	"UPDATE visit SET actor = 7",
	"UPDATE visit SET t = t + 1",
	"UPDATE visit SET next_day = 20271231",
	"DELETE FROM visit",
};

static void a_table_that_says_something_else_is_found(void **state)
{
	struct door *d = *state;

	assert_int_equal(visit(d, &d->b.dung, DEP, VISIT_AGREED, 0),
		VERDICT_DONE);
	bookstore_must_hold(&d->b);
	for (size_t i = 0; i < COUNT_OF(altered); i++) {
		struct err err = {0};

		assert_true(db_begin(d->b.db, &err));
		bookstore_sql(&d->b, altered[i]);
		assert_false(db_check(d->b.db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		db_end(d->b.db, false, &err);
	}
	bookstore_must_hold(&d->b);
}

/* ---- bytes ------------------------------------------------------------------------- */

static void the_golden_records_are_read_and_written(void **state)
{
	static const struct {
		const char *name;
		enum visit_result result;
		uint64_t ref;
		uint64_t next;
		size_t mades;
	} row[] = {
		{"rec_VISIT_ABSENT", VISIT_ABSENT, 0, 20250111, 0},
		{"rec_VISIT_DIED", VISIT_DIED, 2, 0, 1},
		{"rec_VISIT_AGREED", VISIT_AGREED, 0, 0, 0},
		{"rec_VISIT_NO_CARD", VISIT_NO_CARD, 5, 20250702, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		uint8_t body[CBOR_MAX_BYTES];
		uint8_t again[CBOR_MAX_BYTES];
		const size_t len = vector_bytes("visit_vectors.txt",
			row[i].name, body, sizeof(body));
		const char *finding = "";
		struct record r;
		struct buf b;

		if (!record_decode(body, len, &r, &finding))
			fail_msg("%s: %s", row[i].name, finding);
		assert_int_equal(r.kind, JOURNAL_VISIT);
		assert_int_equal(visit_result_of(r.result, r.reason),
			row[i].result);
		assert_int_equal(r.ref, row[i].ref);
		assert_int_equal(r.next_day, row[i].next);
		assert_int_equal(r.mades, row[i].mades);
		buf_init(&b, again, sizeof(again));
		record_encode(&r, &b);
		assert_int_equal(b.len, len);
		assert_memory_equal(again, body, len);
	}
}

static void says_res_5(struct record *r)
{
	r->result = 5;
}

static void says_no_reason(struct record *r)
{
	r->has &= ~RECORD_HAS(KEY_RSN);
}

static void says_reason_25(struct record *r)
{
	r->reason = 25;
}

static void says_reason_of_nobody_met(struct record *r)
{
	r->reason = VISIT_ABSENT;
}

static void comes_again_the_same_day(struct record *r)
{
	r->next_day = 20250104;
}

static void comes_again_too_late(struct record *r)
{
	r->next_day = 20250704;
}

static void comes_again_on_no_day(struct record *r)
{
	r->next_day = 20250230;
}

static void follows_itself(struct record *r)
{
	r->ref = r->seq;
}

static void made_itself(struct record *r)
{
	r->has |= RECORD_HAS(KEY_MADE);
	r->mades = 1;
	r->made[0] = r->seq;
}

static void made_twice(struct record *r)
{
	made_itself(r);
	r->mades = 2;
	r->made[0] = r->made[1] = 2;
}

static void what_no_visit_says_is_not_read(void **state)
{
	static void (*const wrong[])(struct record *) = {says_res_5,
		says_no_reason, says_reason_25, says_reason_of_nobody_met,
		comes_again_the_same_day, comes_again_too_late,
		comes_again_on_no_day, follows_itself, made_itself, made_twice};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		uint8_t body[CBOR_MAX_BYTES];
		const size_t len = vector_bytes("visit_vectors.txt",
			"rec_VISIT_NO_CARD", body, sizeof(body));
		const char *finding = "";
		struct record r;
		struct buf b;

		assert_true(record_decode(body, len, &r, &finding));
		wrong[i](&r);
		buf_init(&b, body, sizeof(body));
		record_encode(&r, &b);
		if (record_decode(body, b.len, &r, &finding))
			fail_msg("row %zu is read", i);
	}
}

int main(void)
{
	static const struct CMUnitTest fixed[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(it_is_a_record_and_read_back_whole),
		T(every_result_comes_back),
		T(the_last_possible_day_is_possible),
		T(a_technician_visits_nobody),
		T(a_second_visit_is_shown_the_first),
		T(history_is_read_newest_first),
		T(died_is_one_fact_that_stops_the_counter),
		T(moved_after_the_counter_said_so_is_no_second_fact),
		T(absent_and_refusing_stop_no_money),
		T(what_was_made_is_of_this_person_by_this_user),
		T(erasing_leaves_the_fact_and_nothing_of_him),
		T(a_table_that_says_something_else_is_found),
		T(the_golden_records_are_read_and_written),
		T(what_no_visit_says_is_not_read),
	};
	struct CMUnitTest tests[COUNT_OF(fixed) + COUNT_OF(nos)];
	size_t n = COUNT_OF(fixed);

	memcpy(tests, fixed, sizeof(fixed));
	UNIT_ADD_ROWS(tests, &n, nos, run_no);
	return _cmocka_run_group_tests("visits", tests, n, NULL, NULL);
}
