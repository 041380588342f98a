/* What is counted aside: it comes, it can be given up, and nothing of it is
 * taken for something else. */
#include "support/unit.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/paper_grid.h"
#include "core/crypto.h"
#include "core/str.h"
#include "db/board.h"
#include "db/datakey_internal.h"
#include "support/bookstore.h"
#include "terminal/app/study.h"
#include "terminal/flows/recheck.h"

enum {
	PEOPLE = 30,
	WAIT_MS = 60 * 1000
};

struct stage {
	struct bookstore store;
	struct mailbox *box;
	struct study *aside; /* with a thread */
	struct study *once;  /* without */
};

static int setup(void **state)
{
	static struct stage s;
	struct err err;

	bookstore_make(&s.store);
	for (int id = 1; id <= PEOPLE; id++)
		bookstore_due(&s.store, id, ENT_MONTH, BOOKSTORE_PERIOD, 540000,
			id % 5 == 0);
	s.box = mailbox_new(&err);
	s.aside = study_new(s.box, &err);
	s.once = study_new(NULL, &err);
	assert_non_null(s.box);
	assert_non_null(s.aside);
	assert_non_null(s.once);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct stage *s = *state;

	study_free(s->aside);
	study_free(s->once);
	mailbox_free(s->box);
	bookstore_remove(&s->store);
	return 0;
}

static void begin(struct stage *s, struct study *study,
	const struct study_ask *ask, struct event *ev)
{
	struct err err;
	bool done;

	if (!study_begin(study, s->store.db, ask, ev, &done, &err))
		fail_msg("%s", err.text);
	assert_int_equal(done, study == s->once);
}

/* The next event of the mailbox. */
static void wait_for(struct stage *s, struct event *ev)
{
	struct pollfd in = {.fd = mailbox_fd(s->box), .events = POLLIN};

	while (!mailbox_take(s->box, ev))
		assert_int_equal(poll(&in, 1, WAIT_MS), 1);
	assert_int_equal(ev->kind, EV_STUDY);
}

static void a_board_comes_by_the_mailbox(void **state)
{
	struct stage *s = *state;
	const struct study_ask ask = {.kind = STUDY_OF_BOARD,
		.number = 4,
		.target = 60};
	static struct event ev;

	begin(s, s->aside, &ask, &ev);
	assert_true(study_is_on(s->aside));
	wait_for(s, &ev);
	assert_true(study_take(s->aside, &ev));
	assert_false(study_is_on(s->aside));
	assert_int_equal(ev.study.state, STUDY_DONE);
	assert_int_equal(ev.study.target, 60);
	assert_int_equal(ev.study.board->all.people, PEOPLE);
	assert_int_equal(ev.study.board->all.account, PEOPLE / 5);
}

static void without_a_mailbox_it_is_done_at_once(void **state)
{
	struct stage *s = *state;
	const struct study_ask ask = {.kind = STUDY_OF_BOARD, .number = 2};
	static struct event ev;

	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.board->all.people, PEOPLE);
}

static void every_paper_is_made_and_of_the_newest_list(void **state)
{
	struct stage *s = *state;

	for (int i = 0; i < FLOW_PAPER_DIGITS; i++) {
		const struct study_ask ask = {.kind = STUDY_OF_PAPER,
			.number = 2 * i + 1,
			.paper = (enum flow_paper)i,
			.before_day = 5};
		static struct event ev;

		begin(s, s->once, &ask, &ev);
		assert_true(study_take(s->once, &ev));
		assert_int_equal(ev.study.state, STUDY_DONE);
		if (i < FLOW_PAPER_LOG)
			assert_int_equal(ev.study.period, BOOKSTORE_PERIOD);
		assert_true(paper_grid_rows(ev.study.grid) > 0);
	}
}

/* The CSV of it for nobody, and for each of two communes. */
static void differ(struct stage *s, enum flow_paper paper)
{
	static const char *const units[] = {"", "08212", "08213"};
	uint8_t sum[3][CRYPTO_HASH_SIZE];
	static struct event ev;

	for (int u = 0; u < 3; u++) {
		struct study_ask ask = {.kind = STUDY_OF_FILES,
			.number = 3,
			.paper = paper};
		const struct study_file *csv;

		str_copy(ask.unit, sizeof(ask.unit), units[u]);
		begin(s, s->once, &ask, &ev);
		assert_true(study_take(s->once, &ev));
		assert_int_equal(ev.study.state, STUDY_DONE);
		csv = &study_files(s->once)[PAPER_CSV];
		crypto_sha256(csv->bytes, csv->len, sum[u]);
		study_written(s->once);
	}
	for (int u = 0; u < 3; u++)
		assert_memory_not_equal(sum[u], sum[(u + 1) % 3],
			sizeof(sum[u]));
}

static void every_paper_with_people_is_of_a_commune(void **state)
{
	static const enum flow_paper papers[] = {FLOW_PAPER_A, FLOW_PAPER_LIST,
		FLOW_PAPER_UNPAID, FLOW_PAPER_SETTLEMENT};
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_UNITS, .number = 1};
	static struct event ev;

	bookstore_sql(&s->store, "UPDATE person SET unit_code ="
				 " CASE WHEN id > 10 THEN '08213'"
				 " ELSE '08212' END");
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.units->count, 2);
	assert_int_equal(ev.study.units->unit[0].people, 10);
	assert_int_equal(ev.study.units->unit[1].people, PEOPLE - 10);
	for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
		differ(s, papers[i]);
}

static int rows_of(struct stage *s, const char *unit)
{
	struct study_ask ask = {.kind = STUDY_OF_PAPER,
		.number = 5,
		.paper = FLOW_PAPER_UNPAID};
	static struct event ev;
	int rows = 0;

	str_copy(ask.unit, sizeof(ask.unit), unit);
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_DONE);
	for (int i = 0; i < paper_grid_rows(ev.study.grid); i++) {
		struct paper_grid_row row;

		paper_grid_row(ev.study.grid, i, &row);
		rows += str_is_digits(row.text[0]);
	}
	return rows;
}

static void its_rows_and_those_of_the_others_are_all(void **state)
{
	struct stage *s = *state;
	int all;

	bookstore_sql(&s->store, "UPDATE person SET unit_code ="
				 " CASE WHEN id > 10 THEN '08213'"
				 " ELSE '08212' END");
	all = rows_of(s, "");
	assert_int_equal(all, PEOPLE - PEOPLE / 5);
	assert_int_equal(rows_of(s, "08212"), 8);
	assert_int_equal(rows_of(s, "08213"), all - 8);
	assert_int_equal(rows_of(s, "99999"), 0);
}

/* The people of this store are on a list that nobody imported: there are
 * none to be shown. */
static void lists_come_and_one_that_is_none_does_not(void **state)
{
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_LISTS, .number = -2};
	static struct event ev;

	begin(s, s->aside, &ask, &ev);
	wait_for(s, &ev);
	assert_true(study_take(s->aside, &ev));
	assert_int_equal(ev.study.state, STUDY_DONE);
	assert_non_null(ev.study.shelf);
	assert_null(ev.study.look);
	ask.number = -4;
	ask.list = 77;
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_FAILED);
	assert_int_equal(ev.study.code, ERR_GONE);
}

static void draws_come_and_one_that_is_none_does_not(void **state)
{
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_DRAW, .number = -1000001};
	static struct event ev;

	begin(s, s->aside, &ask, &ev);
	wait_for(s, &ev);
	assert_true(study_take(s->aside, &ev));
	assert_int_equal(ev.study.state, STUDY_DONE);
	assert_int_equal(ev.study.recheck->draws, 0);
	ask.number -= 2;
	ask.draw = 77;
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_FAILED);
	assert_int_equal(ev.study.code, ERR_GONE);
}

static void a_log_of_a_day_without_records_is_none(void **state)
{
	struct stage *s = *state;
	const struct study_ask ask = {.kind = STUDY_OF_PAPER,
		.number = 1,
		.paper = FLOW_PAPER_LOG,
		.period = 20200229};
	static struct event ev;

	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_FAILED);
	assert_int_equal(ev.study.code, ERR_INVALID);
}

static void a_form_says_before_which_day_it_is_sent(void **state)
{
	struct stage *s = *state;
	const struct study_ask ask = {.kind = STUDY_OF_PAPER,
		.number = 1,
		.paper = FLOW_PAPER_A,
		.before_day = 7};
	static struct event ev;
	bool said = false;

	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	for (int i = 0; i < paper_grid_rows(ev.study.grid); i++) {
		struct paper_grid_row row;

		paper_grid_row(ev.study.grid, i, &row);
		said |= row.line &&
			strstr(row.text[0], "trước ngày 07/01/2027") != NULL;
	}
	assert_true(said);
}

static void what_is_given_up_does_not_come(void **state)
{
	struct stage *s = *state;
	const struct study_ask ask = {.kind = STUDY_OF_BOARD, .number = 2};
	static struct event ev;

	begin(s, s->aside, &ask, &ev);
	study_end(s->aside);
	assert_false(study_is_on(s->aside));
	/* It may have been on its way already. */
	while (mailbox_take(s->box, &ev))
		assert_false(study_take(s->aside, &ev));
}

static void asking_anew_gives_up_the_one_before(void **state)
{
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_BOARD, .number = 2};
	static struct event ev;
	int taken = 0;

	begin(s, s->aside, &ask, &ev);
	ask.number = 4;
	begin(s, s->aside, &ask, &ev);
	while (taken == 0) {
		wait_for(s, &ev);
		if (!study_take(s->aside, &ev))
			continue;
		assert_int_equal(ev.study.number, 4);
		taken += ev.study.state == STUDY_DONE;
	}
}

static void what_is_shown_stays_while_files_are_made(void **state)
{
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_PAPER,
		.number = 1,
		.paper = FLOW_PAPER_LIST};
	const struct study_file *f;
	const struct paper_grid *grid;
	static struct event ev;

	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	grid = ev.study.grid;
	ask.kind = STUDY_OF_FILES;
	ask.number = 3;
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_DONE);
	f = study_files(s->once);
	assert_true(f[PAPER_CSV].len > 100);
	assert_memory_equal(f[PAPER_XLSX].bytes, "PK", 2);
	if (f[PAPER_PDF].bytes)
		assert_memory_equal(f[PAPER_PDF].bytes, "%PDF", 4);
	else
		assert_int_equal(f[PAPER_PDF].code, ERR_GONE);
	study_written(s->once);
	assert_true(paper_grid_rows(grid) > PEOPLE / 2);
}

static void what_fails_is_told_and_leaves_what_was_there(void **state)
{
	struct stage *s = *state;
	struct study_ask ask = {.kind = STUDY_OF_BOARD, .number = 2};
	const struct board *board;
	static struct event ev;

	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	board = ev.study.board;
	datakey_drop(s->store.db);
	ask.number = 4;
	begin(s, s->once, &ask, &ev);
	assert_true(study_take(s->once, &ev));
	assert_int_equal(ev.study.state, STUDY_FAILED);
	assert_int_equal(ev.study.code, ERR_DENIED);
	assert_null(ev.study.board);
	assert_int_equal(board->all.people, PEOPLE);
}

static void none_can_be_ended_and_freed(void **state)
{
	(void)state;
	study_end(NULL);
	study_clear(NULL);
	study_free(NULL);
	assert_false(study_is_on(NULL));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_board_comes_by_the_mailbox),
		TEST(without_a_mailbox_it_is_done_at_once),
		TEST(every_paper_is_made_and_of_the_newest_list),
		TEST(every_paper_with_people_is_of_a_commune),
		TEST(its_rows_and_those_of_the_others_are_all),
		TEST(lists_come_and_one_that_is_none_does_not),
		TEST(draws_come_and_one_that_is_none_does_not),
		TEST(a_log_of_a_day_without_records_is_none),
		TEST(a_form_says_before_which_day_it_is_sent),
		TEST(what_is_given_up_does_not_come),
		TEST(asking_anew_gives_up_the_one_before),
		TEST(what_is_shown_stays_while_files_are_made),
		TEST(what_fails_is_told_and_leaves_what_was_there),
		TEST(none_can_be_ended_and_freed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
