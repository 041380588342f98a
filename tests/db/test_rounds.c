/* Who is to be visited: hamlets, order, pages, the plan of a day. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/drafts.h"
#include "db/rounds.h"
#include "db/visit_lists.h"
#include "support/bookstore.h"
#include "support/liststore.h"

struct walk {
	struct bookstore b;
	struct err err;
	struct refusal why;
	struct date today;
	int64_t now;
	struct round_person page[ROUND_PAGE_MAX];
	int count;
	bool before;
	bool after;
};

/* Two hamlets of one commune, one of another, and people with no hamlet. */
static const struct listrow people[] = {
	{.code = "P1",
		.name = "Hà Văn An",
		.seq = 1,
		.monthly = 500000,
		.address = "Thôn 10, xã Cẩm Khê"},
	{.code = "P2",
		.name = "Lê Thị Bình",
		.seq = 2,
		.monthly = 500000,
		.address = "Số 14/2, Thôn 2, xã Cẩm Khê"},
	{.code = "P3",
		.name = "Trần Văn Cảnh",
		.seq = 3,
		.monthly = 500000,
		.address = "thôn 02 , xã Cẩm Khê"},
	{.code = "P4",
		.name = "Đỗ Thị Dung",
		.seq = 4,
		.monthly = 500000,
		.address = "Số 12A, Thôn 2, xã Cẩm Khê"},
	{.code = "P5",
		.name = "Hà Thị Em",
		.seq = 5,
		.monthly = 500000,
		.address = "Số 12, thôn 2, xã Cẩm Khê"},
	{.code = "P6",
		.name = "Lý Văn Phúc",
		.seq = 6,
		.monthly = 500000,
		.address = "xã Cẩm Khê"},
	{.code = "P7",
		.name = "Vũ Thị Gấm",
		.seq = 7,
		.monthly = 500000,
		.address = "Thôn 2, xã Đông",
		.unit = "U2"},
	{.code = "P8",
		.name = "Hà Văn Hùng",
		.seq = 8,
		.monthly = 500000,
		.address = "Thôn 2, xã Cẩm Khê",
		.account = true},
	{.code = "P9",
		.name = "Ngô Văn Ích",
		.seq = 9,
		.monthly = 500000,
		.address = "Thôn 2, xã Cẩm Khê",
		.period = "2026-11"},
};

static void take(struct walk *w, const struct listrow *row, int rows)
{
	struct liststore l = {.db = w->b.db, .session = w->b.lan};
	const struct list_options options = {.count = -1, .sum = -1};
	struct list_result out;

	assert_true(str_copy(l.dir, sizeof(l.dir), w->b.dir));
	assert_true(lists_import(w->b.db, &w->b.lan,
		liststore_write(&l, "list.csv", row, rows, ','), &options, &out,
		&w->err));
	assert_true(out.taken);
}

static int setup(void **state)
{
	static struct walk w;

	memset(&w, 0, sizeof(w));
	clock_freeze_wall(-1);
	bookstore_make(&w.b);
	take(&w, people, COUNT_OF(people));
	w.now = clock_wall_ms();
	w.today = date_of_ms(w.now).date;
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct walk *w = *state;

	clock_freeze_wall(-1);
	bookstore_remove(&w->b);
	return 0;
}

static void days_go_by(struct walk *w, int days)
{
	w->now += days * INT64_C(86400000);
	clock_freeze_wall(w->now);
	w->today = date_of_ms(w->now).date;
}

static struct date in_days(const struct walk *w, int days)
{
	return date_of_days(date_days(w->today) + days);
}

/* People have the numbers of their codes. */
static uint64_t visit(struct walk *w, int64_t person, enum visit_result result,
	int next_in)
{
	struct visit_request q = {.person = person, .result = result};
	struct visit_look look;
	struct visit v;

	if (next_in)
		q.next = in_days(w, next_in);
	assert_true(visits_look(w->b.db, &w->b.dung, person, &look, &w->err));
	q.seen = look.last.seq;
	if (visits_record(w->b.db, &w->b.dung, &q, &v, &w->why, &w->err) !=
		VERDICT_DONE)
		fail_msg("%s %d", w->err.text, (int)w->why.code);
	return v.seq;
}

static void ask(struct walk *w, const struct round_filter *f,
	const struct round_cursor *from, int max)
{
	if (!rounds_page(w->b.db, &w->b.dung, f, from, w->page, max, &w->count,
		    &w->before, &w->after, &w->err))
		fail_msg("%s", w->err.text);
}

/* Codes of the page, as "P1 P2". */
static void must_show(struct walk *w, const char *codes)
{
	char got[ROUND_PAGE_MAX * 8] = "";
	size_t len = 0;

	for (int i = 0; i < w->count; i++)
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%sP%d",
			i ? " " : "", (int)w->page[i].id);
	assert_string_equal(got, codes);
}

static void all(struct walk *w, const struct round_filter *f, const char *codes)
{
	const struct round_cursor first = {.person = 0};

	ask(w, f, &first, ROUND_PAGE_MAX);
	must_show(w, codes);
}

/* ---- the list ---------------------------------------------------------------- */

static void hamlets_are_one_however_written(void **state)
{
	struct walk *w = *state;
	struct round_hamlet h[8];
	bool more;
	int count;

	assert_true(rounds_hamlets(w->b.db, "", 0, h, COUNT_OF(h), &count,
		&more, &w->err));
	assert_int_equal(count, 4);
	assert_false(more);
	assert_string_equal(h[0].name, "Thôn 2");
	assert_string_equal(h[0].unit, "U1");
	assert_int_equal(h[0].count.people, 5);
	assert_int_equal(h[0].count.converted, 1);
	assert_string_equal(h[1].name, "Thôn 10");
	assert_string_equal(h[2].name, "");
	assert_int_equal(h[2].count.people, 1);
	assert_string_equal(h[3].unit, "U2");
	assert_true(rounds_hamlets(w->b.db, "U1", 1, h, 1, &count, &more,
		&w->err));
	assert_int_equal(count, 1);
	assert_true(more);
	assert_string_equal(h[0].name, "Thôn 10");
	assert_true(rounds_hamlets(w->b.db, "U9", 0, h, 1, &count, &more,
		&w->err));
	assert_int_equal(count, 0);
}

static void people_stand_in_street_order(void **state)
{
	struct walk *w = *state;
	struct round_filter f = {.unit = ""};

	all(w, &f, "P5 P4 P2 P3 P1 P6 P7");
	f.converted = true;
	all(w, &f, "P5 P4 P2 P3 P8 P1 P6 P7");
	f = (struct round_filter){.unit = "U1",
		.in_hamlet = true,
		.hamlet = "thon 2"};
	all(w, &f, "P5 P4 P2 P3");
	assert_string_equal(w->page[0].name, "Hà Thị Em");
	assert_string_equal(w->page[0].hamlet, "Thôn 2");
	assert_string_equal(w->page[0].address, "Số 12, thôn 2, xã Cẩm Khê");
	f = (struct round_filter){.unit = "U1", .in_hamlet = true};
	all(w, &f, "P6");
	f = (struct round_filter){.unit = "U2"};
	all(w, &f, "P7");
	f = (struct round_filter){.unit = "U1",
		.in_hamlet = true,
		.hamlet = "Thôn 77"};
	all(w, &f, "");
	assert_false(w->before || w->after);
}

static void a_newer_list_is_the_list(void **state)
{
	static const struct listrow newer[] = {
		{.code = "P1",
			.name = "Hà Văn An",
			.seq = 1,
			.monthly = 500000,
			.period = "2027-01",
			.address = "Thôn 2, xã Cẩm Khê"},
		{.code = "P8",
			.name = "Hà Văn Hùng",
			.seq = 2,
			.monthly = 500000,
			.period = "2027-01",
			.address = "Thôn 2, xã Cẩm Khê"},
	};
	struct walk *w = *state;
	const struct round_filter f = {.unit = ""};

	all(w, &f, "P5 P4 P2 P3 P1 P6 P7");
	take(w, newer, COUNT_OF(newer));
	all(w, &f, "P1 P8 P7");
}

/* ---- what is done ------------------------------------------------------------- */

static const struct standing {
	const char *name;
	enum visit_result result;
	int next_in;
	bool done;     /* at once */
	bool done_day; /* on the day to come again */
} standings[] = {
	{"agreed", VISIT_AGREED, 0, true, true},
	{"has one", VISIT_HAS_ACCOUNT, 0, true, true},
	{"thinks", VISIT_THINKS, 0, true, true},
	{"thinks, and we come again", VISIT_THINKS, 5, true, false},
	{"wants cash", VISIT_WANTS_CASH, 0, true, true},
	{"no card", VISIT_NO_CARD, 0, true, true},
	{"no card, and we come again", VISIT_NO_CARD, 5, true, false},
	{"nobody at home", VISIT_ABSENT, 0, false, false},
	{"nobody at home, again", VISIT_ABSENT, 5, false, false},
	{"moved", VISIT_MOVED, 0, true, true},
	{"died", VISIT_DIED, 0, true, true},
	/* Nobody comes again to who is dead. */
	{"died, with a day by mistake", VISIT_DIED, 5, true, true},
};

static void what_is_done_and_until_when(void **state)
{
	struct round_person p;

	teardown(state);
	for (size_t i = 0; i < COUNT_OF(standings); i++) {
		const struct standing *s = &standings[i];
		struct walk *w;

		setup(state);
		w = *state;
		visit(w, 3, s->result, s->next_in);
		assert_int_equal(rounds_person(w->b.db, &w->b.dung, 3, &p,
					 &w->err),
			LOOKUP_FOUND);
		if (p.done != s->done || p.due || p.result != s->result)
			fail_msg("%s", s->name);
		days_go_by(w, 5);
		assert_int_equal(rounds_person(w->b.db, &w->b.dung, 3, &p,
					 &w->err),
			LOOKUP_FOUND);
		if (p.done != s->done_day ||
			p.due != (s->next_in && !(s->done && s->done_day)))
			fail_msg("%s, five days later", s->name);
		teardown(state);
	}
	setup(state);
}

static void undone_come_first_and_filters_hold(void **state)
{
	struct walk *w = *state;
	struct round_filter f = {.undone_first = true};

	visit(w, 5, VISIT_AGREED, 0);
	visit(w, 2, VISIT_ABSENT, 2);
	visit(w, 1, VISIT_WANTS_CASH, 3);
	all(w, &f, "P4 P2 P3 P6 P7 P5 P1");
	f = (struct round_filter){.which = ROUND_UNDONE};
	all(w, &f, "P4 P2 P3 P6 P7");
	f.which = ROUND_DONE;
	all(w, &f, "P5 P1");
	f.which = ROUND_DUE;
	all(w, &f, "");
	f = (struct round_filter){
		.groups = 1U << VISIT_GROUP_REFUSES | 1U << VISIT_GROUP_ABSENT};
	all(w, &f, "P2 P1");
	f.groups = 1U << VISIT_GROUP_NONE;
	all(w, &f, "P4 P3 P6 P7");
	days_go_by(w, 2);
	f = (struct round_filter){.which = ROUND_DUE};
	all(w, &f, "P2");
	days_go_by(w, 1);
	all(w, &f, "P2 P1");
}

static void search_is_by_name_and_number_within(void **state)
{
	struct walk *w = *state;
	struct round_filter f = {.query = "ha"};

	all(w, &f, "P5 P1");
	f.converted = true;
	all(w, &f, "P5 P8 P1");
	f.in_hamlet = true;
	str_copy(f.unit, sizeof(f.unit), "U1");
	str_copy(f.hamlet, sizeof(f.hamlet), "Thôn 2");
	all(w, &f, "P5 P8");
	f = (struct round_filter){.query = "3"};
	all(w, &f, "P3");
	f.query = "zzz";
	all(w, &f, "");
	f.query = "";
	all(w, &f, "P5 P4 P2 P3 P1 P6 P7");
}

/* By the counter, with no visit at all; and taken back by a supervisor. */
static void the_counter_s_word_counts(void **state)
{
	struct walk *w = *state;
	struct round_person p;

	assert_int_equal(payouts_not_paid(w->b.db, &w->b.lan, 4, NOT_PAID_MOVED,
				 (struct date){0}, &w->why, &w->err),
		VERDICT_DONE);
	assert_int_equal(rounds_person(w->b.db, &w->b.dung, 4, &p, &w->err),
		LOOKUP_FOUND);
	assert_true(p.done);
	assert_int_equal(p.result, VISIT_MOVED);
	assert_int_equal(p.last, 0);
	visit(w, 2, VISIT_DIED, 0);
	for (int64_t id = 2; id <= 4; id += 2)
		assert_int_equal(payouts_not_paid(w->b.db, &w->b.hoa, id,
					 NOT_PAID_NONE, (struct date){0},
					 &w->why, &w->err),
			VERDICT_DONE);
	assert_int_equal(rounds_person(w->b.db, &w->b.dung, 4, &p, &w->err),
		LOOKUP_FOUND);
	assert_false(p.done);
	assert_int_equal(rounds_person(w->b.db, &w->b.dung, 2, &p, &w->err),
		LOOKUP_FOUND);
	assert_false(p.done);
	assert_int_equal(rounds_person(w->b.db, &w->b.dung, 9, &p, &w->err),
		LOOKUP_ABSENT);
}

static void counts_add_up(void **state)
{
	struct walk *w = *state;
	struct round_counts c;
	struct round_today t;
	int64_t sum = 0;

	assert_true(rounds_counts(w->b.db, "", &c, &w->err));
	assert_int_equal(c.people, 8);
	assert_int_equal(c.visited, 0);
	visit(w, 5, VISIT_AGREED, 0);
	visit(w, 2, VISIT_ABSENT, 1);
	visit(w, 2, VISIT_FAR, 1);
	visit(w, 7, VISIT_NO_CARD, 0);
	assert_true(rounds_counts(w->b.db, "", &c, &w->err));
	assert_int_equal(c.visited, 3);
	assert_int_equal(c.done, 3);
	assert_int_equal(c.due, 0);
	assert_int_equal(c.group[VISIT_GROUP_REFUSES], 1);
	for (int g = 0; g < VISIT_GROUPS; g++)
		sum += c.group[g];
	assert_int_equal(sum + c.converted, c.people);
	assert_true(rounds_counts(w->b.db, "U2", &c, &w->err));
	assert_int_equal(c.people, 1);
	assert_int_equal(c.group[VISIT_GROUP_CANNOT], 1);
	assert_true(rounds_today(w->b.db, 5, &t, &w->err));
	assert_int_equal(t.visits, 4);
	assert_int_equal(t.people, 3);
	assert_int_equal(t.group[VISIT_GROUP_ABSENT], 1);
	assert_int_equal(t.target, ROUND_TARGET);
	assert_true(rounds_today(w->b.db, 7, &t, &w->err));
	assert_int_equal(t.visits, 0);
	days_go_by(w, 1);
	assert_true(rounds_today(w->b.db, 5, &t, &w->err));
	assert_int_equal(t.visits, 0);
	assert_true(rounds_counts(w->b.db, "", &c, &w->err));
	assert_int_equal(c.due, 1);
	assert_int_equal(c.done, 2);
}

static void a_supervisor_sets_the_target(void **state)
{
	struct walk *w = *state;
	struct round_today t;

	assert_int_equal(rounds_set_target(w->b.db, &w->b.dung, 30, &w->why,
				 &w->err),
		VERDICT_REFUSED);
	assert_int_equal(w->why.code, REFUSED_ROLE);
	assert_int_equal(rounds_set_target(w->b.db, &w->b.hoa, 30, &w->why,
				 &w->err),
		VERDICT_DONE);
	assert_true(rounds_today(w->b.db, 5, &t, &w->err));
	assert_int_equal(t.target, 30);
	assert_int_equal(rounds_set_target(w->b.db, &w->b.hoa, 0, &w->why,
				 &w->err),
		VERDICT_FAILED);
	assert_int_equal(rounds_set_target(w->b.db, &w->b.hoa,
				 ROUND_TARGET_MAX + 1, &w->why, &w->err),
		VERDICT_FAILED);
	bookstore_sql(&w->b, "UPDATE setting SET value = 'many' WHERE"
			     " name = 'visit_target'");
	assert_true(rounds_today(w->b.db, 5, &t, &w->err));
	assert_int_equal(t.target, ROUND_TARGET);
}

/* ---- pages ---------------------------------------------------------------------- */

static struct round_cursor at(const struct round_person *p,
	enum round_side side)
{
	return (struct round_cursor){.person = p->id,
		.done = p->done,
		.side = side};
}

/* Any page size, any filter: what pages show is the whole, once each. */
static void pages_make_up_the_whole(void **state)
{
	static const struct round_filter filters[] = {{.unit = ""},
		{.undone_first = true}, {.unit = "U1", .undone_first = true},
		{.which = ROUND_UNDONE, .undone_first = true},
		{.query = "v", .undone_first = true}, {.converted = true}};
	struct round_cursor from;
	struct walk *w = *state;

	visit(w, 5, VISIT_AGREED, 0);
	visit(w, 3, VISIT_THINKS, 0);
	visit(w, 2, VISIT_ABSENT, 1);
	for (size_t i = 0; i < COUNT_OF(filters); i++)
		for (int max = 1; max <= 9; max++) {
			const struct round_filter *f = &filters[i];
			int64_t whole[16];
			int n = 0;
			int seen = 0;

			from = (struct round_cursor){.person = 0};
			ask(w, f, &from, ROUND_PAGE_MAX);
			n = w->count;
			for (int k = 0; k < n; k++)
				whole[k] = w->page[k].id;
			do {
				ask(w, f, &from, max);
				assert_int_equal(w->before, seen > 0);
				for (int k = 0; k < w->count; k++)
					assert_int_equal(w->page[k].id,
						whole[seen++]);
				assert_int_equal(w->after, seen < n);
				from = at(&w->page[w->count - 1], ROUND_AFTER);
			} while (w->after);
			assert_int_equal(seen, n);
			/* And back, from behind its end. */
			from = (struct round_cursor){.side = ROUND_BEFORE};
			do {
				ask(w, f, &from, max);
				assert_int_equal(w->after, seen < n);
				seen -= w->count;
				for (int k = 0; k < w->count; k++)
					assert_int_equal(w->page[k].id,
						whole[seen + k]);
				assert_int_equal(w->before, seen > 0);
				from = at(&w->page[0], ROUND_BEFORE);
			} while (w->before);
			assert_int_equal(seen, 0);
		}
}

static void a_page_stays_where_it_is_when_somebody_is_done(void **state)
{
	const struct round_filter f = {.undone_first = true};
	struct round_cursor from = {.person = 0};
	struct walk *w = *state;

	ask(w, &f, &from, 2);
	must_show(w, "P5 P4");
	from = at(&w->page[1], ROUND_AFTER);
	/* P4 goes to the end of the list; the next undone come all the same. */
	visit(w, 4, VISIT_AGREED, 0);
	ask(w, &f, &from, 2);
	must_show(w, "P2 P3");
	from = at(&w->page[0], ROUND_AT);
	ask(w, &f, &from, 2);
	must_show(w, "P2 P3");
	visit(w, 2, VISIT_AGREED, 0);
	ask(w, &f, &from, 2);
	must_show(w, "P3 P1");
	from = (struct round_cursor){.person = 4000};
	ask(w, &f, &from, 2);
	must_show(w, "P5 P3");
}

/* More people than a search keeps in order: all of them are found. */
static void a_search_finds_all_of_very_many(void **state)
{
	enum {
		MANY = 300
	};
	static struct listrow row[MANY];
	static char code[MANY][16];
	const struct round_filter f = {.query = "be", .unit = "U3"};
	struct round_cursor from = {.person = 0};
	struct walk *w = *state;
	int seen = 0;

	for (int i = 0; i < MANY; i++) {
		snprintf(code[i], sizeof(code[i]), "Q%d", i);
		row[i] = (struct listrow){.code = code[i],
			.name = i % 3 ? "Lê Thị Bé" : "Lê Văn Ba",
			.seq = i + 1,
			.monthly = 500000,
			.unit = "U3"};
	}
	take(w, row, MANY);
	do {
		ask(w, &f, &from, 37);
		for (int i = 0; i < w->count; i++)
			assert_string_equal(w->page[i].name, "Lê Thị Bé");
		seen += w->count;
		from = at(&w->page[w->count - 1], ROUND_AFTER);
	} while (w->after);
	assert_int_equal(seen, MANY - MANY / 3);
}

/* ---- the plan of a day ------------------------------------------------------------ */

static void plan_is(struct walk *w, struct date day, const char *codes)
{
	if (!rounds_plan(w->b.db, &w->b.dung, day, w->page, ROUND_PAGE_MAX,
		    &w->count, &w->err))
		fail_msg("%s", w->err.text);
	must_show(w, codes);
}

static bool plan(struct walk *w, int64_t person)
{
	return rounds_plan_add(w->b.db, &w->b.dung, w->today, person, &w->err);
}

static void a_plan_is_kept_in_its_order(void **state)
{
	struct walk *w = *state;
	struct round_today t;
	struct visit_look look;

	assert_true(plan(w, 1) && plan(w, 5) && plan(w, 2) && plan(w, 5));
	plan_is(w, w->today, "P1 P5 P2");
	assert_true(w->page[0].planned);
	assert_true(rounds_plan_move(w->b.db, &w->b.dung, w->today, 2, 0,
		&w->err));
	plan_is(w, w->today, "P2 P1 P5");
	assert_true(rounds_plan_move(w->b.db, &w->b.dung, w->today, 2, 99,
		&w->err));
	plan_is(w, w->today, "P1 P5 P2");
	assert_true(rounds_plan_move(w->b.db, &w->b.dung, w->today, 3, 0,
		&w->err));
	plan_is(w, w->today, "P1 P5 P2");
	assert_true(rounds_plan_remove(w->b.db, &w->b.dung, w->today, 5,
		&w->err));
	plan_is(w, w->today, "P1 P2");
	bookstore_restart(&w->b);
	plan_is(w, w->today, "P1 P2");
	plan_is(w, in_days(w, 1), "");
	assert_true(rounds_today(w->b.db, 5, &t, &w->err));
	assert_int_equal(t.planned, 2);
	assert_true(visits_look(w->b.db, &w->b.lan, 1, &look, &w->err));
	assert_int_equal(look.planned, 5);
	assert_string_equal(look.planned_name, "Dung");
	/* Who was visited is off it. */
	visit(w, 1, VISIT_ABSENT, 0);
	plan_is(w, w->today, "P2");
	assert_true(rounds_plan_clear(w->b.db, &w->b.dung, w->today, &w->err));
	plan_is(w, w->today, "");
}

static void a_plan_has_its_bounds(void **state)
{
	struct walk *w = *state;

	assert_false(plan(w, 9));
	assert_int_equal(w->err.code, ERR_INVALID);
	assert_false(plan(w, 4000));
	assert_false(rounds_plan_add(w->b.db, &w->b.dung, in_days(w, -1), 1,
		&w->err));
	assert_false(rounds_plan_add(w->b.db, &w->b.dung,
		in_days(w, ROUND_PLAN_DAYS + 1), 1, &w->err));
	assert_false(rounds_plan_add(w->b.db, &w->b.dung, (struct date){0}, 1,
		&w->err));
	assert_true(rounds_plan_add(w->b.db, &w->b.dung,
		in_days(w, ROUND_PLAN_DAYS), 1, &w->err));
	/* Of days gone by nothing stays. */
	assert_true(plan(w, 2));
	days_go_by(w, 3);
	assert_true(plan(w, 3));
	assert_int_equal(bookstore_number(&w->b,
				 "SELECT count(*) FROM visit_plan"),
		2);
}

static void suggestions_begin_with_who_waits(void **state)
{
	struct walk *w = *state;

	assert_true(rounds_suggest(w->b.db, &w->b.dung, w->today, w->page, 3,
		&w->count, &w->err));
	must_show(w, "P5 P4 P2");
	visit(w, 6, VISIT_ABSENT, 2);
	visit(w, 4, VISIT_THINKS, 1);
	visit(w, 7, VISIT_AGREED, 0);
	days_go_by(w, 2);
	/* P4 waits longest; then the hamlet of the last visit, U2, and on
	 * around the end. */
	assert_true(rounds_suggest(w->b.db, &w->b.dung, w->today, w->page, 99,
		&w->count, &w->err));
	must_show(w, "P4 P6 P5 P2 P3 P1");
	assert_true(plan(w, 4) && plan(w, 1));
	assert_true(rounds_suggest(w->b.db, &w->b.dung, w->today, w->page, 99,
		&w->count, &w->err));
	must_show(w, "P6 P5 P2 P3");
	/* Who is to be visited tomorrow is not pressed today. */
	visit(w, 5, VISIT_ABSENT, 1);
	assert_true(rounds_suggest(w->b.db, &w->b.dung, w->today, w->page, 99,
		&w->count, &w->err));
	must_show(w, "P6 P2 P3");
}

/* ---- lists for others --------------------------------------------------------------- */

struct gathered {
	char codes[64];
};

static bool gather(void *ctx, const struct visit *v, const struct person *p)
{
	struct gathered *g = ctx;
	const size_t len = strlen(g->codes);

	assert_int_equal(v->person, p->id);
	snprintf(g->codes + len, sizeof(g->codes) - len, "%s%s", len ? " " : "",
		p->beneficiary_id);
	return true;
}

static void list_is(struct walk *w, enum visit_list l, const char *codes)
{
	const int32_t month = w->today.year * 100 + w->today.month;
	struct gathered g = {""};

	if (!visit_lists_each(w->b.db, l, month, gather, &g, &w->err))
		fail_msg("%s", w->err.text);
	assert_string_equal(g.codes, codes);
}

static void others_get_their_lists(void **state)
{
	struct walk *w = *state;

	/* In one month, whatever day it is. */
	days_go_by(w, 35 - w->today.day);
	visit(w, 1, VISIT_NO_CARD, 0);
	visit(w, 5, VISIT_CARD_EXPIRED, 3);
	visit(w, 2, VISIT_NO_CARD, 0);
	visit(w, 3, VISIT_NO_BIRTH_PAPERS, 0);
	visit(w, 4, VISIT_NO_FINGERPRINTS, 0);
	visit(w, 6, VISIT_CANNOT_MOVE, 2);
	visit(w, 7, VISIT_NEEDS_GUARDIAN, 0);
	list_is(w, VISIT_LIST_POLICE, "P5 P2 P1");
	list_is(w, VISIT_LIST_JUSTICE, "P3");
	list_is(w, VISIT_LIST_HOMEVISIT, "P4 P6");
	list_is(w, VISIT_LIST_GUARDIAN, "P7");
	list_is(w, VISIT_LIST_FOLLOWUP, "P5 P6");
	/* What was found later in the month stands. */
	visit(w, 2, VISIT_AGREED, 0);
	visit(w, 5, VISIT_AGREED, 0);
	list_is(w, VISIT_LIST_POLICE, "P1");
	list_is(w, VISIT_LIST_FOLLOWUP, "P6");
	days_go_by(w, 40);
	list_is(w, VISIT_LIST_POLICE, "");
}

static void who_is_reviewed_is_counted_once(void **state)
{
	struct walk *w = *state;
	struct visit_sums s;
	int32_t month;

	days_go_by(w, 35 - w->today.day);
	month = w->today.year * 100 + w->today.month;
	visit(w, 1, VISIT_ABSENT, 0);
	visit(w, 2, VISIT_ABSENT, 0);
	visit(w, 2, VISIT_THINKS, 0);
	visit(w, 2, VISIT_AGREED, 0);
	visit(w, 3, VISIT_DIED, 0);
	visit(w, 4, VISIT_MOVED, 0);
	assert_true(visit_lists_sums(w->b.db, month, &s, &w->err));
	assert_int_equal(s.visits, 6);
	assert_int_equal(s.people, 4);
	assert_int_equal(s.reviewed, 3);
	assert_int_equal(s.reviewed_until, 3);
	assert_int_equal(s.result_people[VISIT_GROUP_AGREED], 1);
	assert_int_equal(s.result_people[VISIT_GROUP_THINKS], 0);
	days_go_by(w, 40);
	month = w->today.year * 100 + w->today.month;
	visit(w, 2, VISIT_WANTS_CASH, 0);
	visit(w, 5, VISIT_WANTS_CASH, 0);
	assert_true(visit_lists_sums(w->b.db, month, &s, &w->err));
	assert_int_equal(s.reviewed, 2);
	assert_int_equal(s.reviewed_until, 4);
	assert_false(visit_lists_sums(w->b.db, 202613, &s, &w->err));
}

/* ---- who may see it ------------------------------------------------------------------ */

static void nobody_signed_in_sees_nothing(void **state)
{
	const struct round_cursor first = {.person = 0};
	const struct round_filter f = {.unit = ""};
	struct walk *w = *state;

	all(w, &f, "P5 P4 P2 P3 P1 P6 P7");
	datakey_drop(w->b.db);
	assert_false(rounds_page(w->b.db, &w->b.dung, &f, &first, w->page, 3,
		&w->count, &w->before, &w->after, &w->err));
	assert_int_equal(w->err.code, ERR_DENIED);
}

static void what_is_half_done_and_rolled_back_is_not_remembered(void **state)
{
	struct walk *w = *state;
	const struct round_filter f = {.which = ROUND_DONE};
	const struct visit_request q = {.person = 1, .result = VISIT_AGREED};
	struct visit v;

	all(w, &f, "");
	assert_true(db_begin(w->b.db, &w->err));
	assert_int_equal(visits_record(w->b.db, &w->b.dung, &q, &v, &w->why,
				 &w->err),
		VERDICT_DONE);
	db_end(w->b.db, false, &w->err);
	all(w, &f, "");
	visit(w, 1, VISIT_AGREED, 0);
	all(w, &f, "P1");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(hamlets_are_one_however_written),
		T(people_stand_in_street_order),
		T(a_newer_list_is_the_list),
		T(what_is_done_and_until_when),
		T(undone_come_first_and_filters_hold),
		T(search_is_by_name_and_number_within),
		T(the_counter_s_word_counts),
		T(counts_add_up),
		T(a_supervisor_sets_the_target),
		T(pages_make_up_the_whole),
		T(a_page_stays_where_it_is_when_somebody_is_done),
		T(a_search_finds_all_of_very_many),
		T(a_plan_is_kept_in_its_order),
		T(a_plan_has_its_bounds),
		T(suggestions_begin_with_who_waits),
		T(others_get_their_lists),
		T(who_is_reviewed_is_counted_once),
		T(nobody_signed_in_sees_nothing),
		T(what_is_half_done_and_rolled_back_is_not_remembered),
	};

	return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
