/* What is asked for at a close, in a report, by a script: bookasks.h. */
#include "support/bookasks.h"

#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/board.h"
#include "db/changes.h"
#include "db/complaints.h"
#include "db/consents.h"
#include "db/cycle.h"
#include "db/daylog.h"
#include "db/db_internal.h"
#include "db/drafts.h"
#include "db/duty.h"
#include "db/elsewhere_internal.h"
#include "db/erase.h"
#include "db/faults.h"
#include "db/forms.h"
#include "db/moved.h"
#include "db/payouts_internal.h"
#include "db/people_internal.h"
#include "db/reader.h"
#include "db/requests.h"
#include "db/rounds.h"
#include "db/settings.h"
#include "db/signs.h"
#include "db/surveys.h"
#include "db/units_here.h"
#include "db/users_seen.h"
#include "db/visit_lists.h"
#include "support/tmpdir.h"

static enum said ok(bool done)
{
	return done ? SAID_DONE : SAID_FAILED;
}

static enum said found(enum lookup got)
{
	return got == LOOKUP_FAILED  ? SAID_FAILED
	       : got == LOOKUP_FOUND ? SAID_DONE
				     : SAID_NO;
}

/* ---- people ---------------------------------------------------------------- */

static bool count_one(void *ctx, const struct person *p)
{
	assert_true(p->id > 0 && p->name[0]);
	++*(int *)ctx;
	return true;
}

static enum said everybody(struct realstore *r, struct err *err)
{
	int people = 0;
	const bool all = people_each(r->store.db, count_one, &people, err);

	assert_true(!all || people == 14);
	return ok(all);
}

static bool no_more(void *ctx, const struct person *p)
{
	(void)p;
	++*(int *)ctx;
	return false;
}

/* To stop is no error. */
static enum said the_first(struct realstore *r, struct err *err)
{
	int people = 0;
	const bool all = people_each(r->store.db, no_more, &people, err);

	assert_true(!all || people == 1);
	return ok(all);
}

static enum said by_id12(struct realstore *r, struct err *err)
{
	struct person_due out;

	return found(people_by_id12(r->store.db, "001145000004", &out, err));
}

static enum said by_a_word(struct realstore *r, struct err *err)
{
	struct person_due out;

	return found(people_by_id12(r->store.db, "a word", &out, err));
}

static enum said by_old_card(struct realstore *r, struct err *err)
{
	const struct idcard card = {.id12 = "001145999999",
		.old_id = "123456789"};
	struct person_due out;

	return found(people_by_card(r->store.db, &card, &out, err));
}

static enum said prepare(struct realstore *r, struct err *err)
{
	people_forget(r->store.db);
	return ok(people_prepare(r->store.db, err));
}

static enum said counts(struct realstore *r, struct err *err)
{
	struct erase_counts out;
	const bool counted = erase_counts(r->store.db, &out, err);

	assert_true(!counted || (out.people == 14 && out.erased == 0));
	return ok(counted);
}

/* ---- payouts, shifts, settings ------------------------------------------------ */

static enum said by_qr(struct realstore *r, struct err *err)
{
	struct payout p;
	enum lookup got = payouts_get(r->store.db, r->store.payout, &p, err);

	if (got == LOOKUP_FOUND)
		got = payouts_by_code(r->store.db, p.qr, &p, err);
	return found(got);
}

static enum said by_no_sheet(struct realstore *r, struct err *err)
{
	struct payout p;

	return found(payouts_by_pad(r->store.db, "000777", &p, err));
}

static enum said by_no_number(struct realstore *r, struct err *err)
{
	struct payout p;

	return found(payouts_by_pad(r->store.db, "12a", &p, err));
}

static enum said forms(struct realstore *r, struct err *err)
{
	struct forms out;
	const bool counted = forms_count(r->store.db, 202612, "", &out, err);

	assert_true(!counted ||
		    out.group[GROUP_SOCIAL].n[FORM_PEOPLE].until > 0);
	return ok(counted);
}

static enum said the_board(struct realstore *r, struct err *err)
{
	struct board *board =
		board_make(r->store.db, &(struct board_asked){.unit = ""}, err);

	assert_true(!board || board->all.people == 14);
	board_free(board);
	return ok(board != NULL);
}

/* The same by a handle of its own. */
static enum said the_board_aside(struct realstore *r, struct err *err)
{
	struct db *reader = reader_open(r->store.db, err);
	struct board *board = NULL;

	if (reader)
		board = board_make(reader, &(struct board_asked){.unit = ""},
			err);
	assert_true(!board || board->all.people == 14);
	board_free(board);
	reader_close(reader);
	return ok(board != NULL);
}

/* Somebody is called late in every book, if one only waits. */
static enum said what_waits(struct realstore *r, struct err *err)
{
	struct duty_counts counts;

	return ok(duty_count(r->store.db, clock_wall_ms(), &counts, err));
}

static enum said who_was_here(struct realstore *r, struct err *err)
{
	static struct users_seen seen;

	return ok(users_seen(r->store.db, &seen, err));
}

static enum said which_units(struct realstore *r, struct err *err)
{
	static struct units_here units;

	return ok(units_here(r->store.db, &units, err));
}

static bool hear_person(void *ctx, const struct cycle_person *p)
{
	assert_true(p->person.id > 0);
	++*(int *)ctx;
	return true;
}

static enum said cycle(struct realstore *r, struct err *err)
{
	int people = 0;
	const bool all = cycle_people(r->store.db, 202612, "", hear_person,
		&people, err);

	assert_true(!all || people > 0);
	return ok(all);
}

static bool hear_change(void *ctx, const struct cycle_change *c)
{
	(void)ctx;
	assert_true(c->person.id > 0);
	return true;
}

static enum said changed(struct realstore *r, struct err *err)
{
	return ok(cycle_changes(r->store.db, 202612, "", hear_change, NULL,
		err));
}

static bool hear_card(void *ctx, const struct person *p, unsigned why)
{
	(void)ctx;
	assert_true(p->id > 0 && why);
	return true;
}

static enum said cards(struct realstore *r, struct err *err)
{
	return ok(cycle_cards(r->store.db, 202612, "", hear_card, NULL, err));
}

static enum said settled(struct realstore *r, struct err *err)
{
	struct cycle_settlement s;

	return ok(cycle_settle(r->store.db, 202612, "", &s, err));
}

static bool hear_payment(void *ctx, const struct daylog_payment *p)
{
	assert_true(p->pay > 0);
	++*(int *)ctx;
	return true;
}

static enum said logged(struct realstore *r, struct err *err)
{
	struct journal_totals tot;
	struct daylog_range range;
	int payments = 0;
	bool all;

	if (daylog_days(r->store.db, 0, INT64_MAX, &range, err) != LOOKUP_FOUND)
		return SAID_FAILED;
	all = daylog_payments(r->store.db, &range, hear_payment, &payments,
		      err) &&
	      daylog_totals(r->store.db, &range, &tot, err);
	assert_true(!all || payments == tot.payments + tot.voids);
	return ok(all);
}

static enum said logged_shift(struct realstore *r, struct err *err)
{
	struct daylog_range range;

	return found(daylog_shift(r->store.db, 1, &range, err));
}

static enum said signs(struct realstore *r, struct err *err)
{
	struct signs out;
	const enum lookup got = signs_of(r->store.db, 1, &out, err);

	assert_true(got != LOOKUP_FOUND || out.payouts == 6);
	return found(got);
}

static enum said printer_fault(struct realstore *r, struct err *err)
{
	uint64_t seq;

	return ok(faults_open(r->store.db, FAULT_PRINTER, &seq, err));
}

static enum said needs_paper(struct realstore *r, struct err *err)
{
	bool needed;

	return ok(moved_needs_paper(r->store.db, &needed, err));
}

static enum said room(struct realstore *r, struct err *err)
{
	struct db_room out;

	return ok(db_room(r->store.db, &out, err));
}

static enum said copies(struct realstore *r, struct err *err)
{
	char out[SETTINGS_FOLDER_SIZE];

	return ok(settings_copies(r->store.db, out, err));
}

static enum said set_copies(struct realstore *r, struct err *err)
{
	return ok(settings_set_copies(r->store.db, "/media/copies", err));
}

/* One more than there are: the whole book is read. */
static enum said the_list_of_visits(struct realstore *r, struct err *err)
{
	const struct round_cursor first = {.person = 0};
	const struct round_filter f = {.undone_first = true, .query = "t"};
	struct round_hamlet h[2];
	struct round_person p[4];
	struct round_counts c;
	struct round_today t;
	struct bookstore *b = &r->store;
	bool before;
	bool more;
	int count;

	return ok(rounds_hamlets(b->db, "", 0, h, COUNT_OF(h), &count, &more,
			  err) &&
		  rounds_counts(b->db, "", &c, err) &&
		  rounds_today(b->db, 7, &t, err) &&
		  rounds_page(b->db, &b->lan, &f, &first, p, COUNT_OF(p),
			  &count, &before, &more, err));
}

static enum said a_plan(struct realstore *r, struct err *err)
{
	const struct date today = date_of_ms(clock_wall_ms()).date;
	struct round_person p[4];
	struct visit_look look;
	struct bookstore *b = &r->store;
	int count;

	return ok(rounds_suggest(b->db, &b->lan, today, p, COUNT_OF(p), &count,
			  err) &&
		  rounds_plan(b->db, &b->lan, today, p, COUNT_OF(p), &count,
			  err) &&
		  visits_look(b->db, &b->lan, 1, &look, err));
}

static bool count_visit(void *ctx, const struct visit *v)
{
	(void)v;
	++*(int *)ctx;
	return true;
}

static bool count_listed(void *ctx, const struct visit *v,
	const struct person *p)
{
	(void)p;
	return count_visit(ctx, v);
}

static enum said visits_made(struct realstore *r, struct err *err)
{
	struct db *db = r->store.db;
	struct draft d[2];
	struct visit_sums s;
	struct visit v[2];
	bool more;
	int count = 0;

	return ok(visits_of(db, 1, v, COUNT_OF(v), &count, &more, err) &&
		  visits_each(db, 0, 0, count_visit, &count, err) &&
		  visit_lists_each(db, VISIT_LIST_POLICE, 202611, count_listed,
			  &count, err) &&
		  visit_lists_sums(db, 202611, &s, err) &&
		  drafts_list(db, &r->store.lan, d, COUNT_OF(d), &count, err));
}

static enum said complaints(struct realstore *r, struct err *err)
{
	struct complaint out[2];
	bool more = true;
	int n = -1;
	const bool listed = complaints_list(r->store.db, 0, out, COUNT_OF(out),
		&n, &more, err);

	assert_true(!listed || (n == 0 && !more));
	return ok(listed);
}

static bool no_consent(void *ctx, const struct consent *c)
{
	(void)ctx;
	(void)c;
	return false;
}

static enum said consents(struct realstore *r, struct err *err)
{
	return ok(consents_each(r->store.db, 0, 0, no_consent, NULL, err));
}

static enum said what_holds(struct realstore *r, struct err *err)
{
	struct consent_state now;

	return ok(consents_of(r->store.db, 1, &now, err));
}

static bool no_request(void *ctx, const struct request *q)
{
	(void)ctx;
	(void)q;
	return false;
}

static enum said requests(struct realstore *r, struct err *err)
{
	return ok(requests_each(r->store.db, 0, true, no_request, NULL, err));
}

static enum said no_terminal(struct realstore *r, struct err *err)
{
	static const uint8_t dev[MARKS_DEV_SIZE] = "nobody's";
	uint8_t key[CRYPTO_PUBLIC_SIZE];

	return found(elsewhere_peer(r->store.db, dev, key, err));
}

static enum said whose_marks(struct realstore *r, struct err *err)
{
	struct refusal_prior by;

	return found(elsewhere_prior(r->store.db, r->store.payout, &by, err));
}

static enum said a_user(struct realstore *r, struct err *err)
{
	struct user out;

	return found(users_get(r->store.db, 7, &out, err));
}

/* ---- files -------------------------------------------------------------------- */

static char dir[sizeof(((struct bookstore *)NULL)->dir)];

static void no_file(struct realstore *r)
{
	(void)r;
	tmpdir_remove(dir);
	tmpdir_make(dir, sizeof(dir));
}

static void write_changes(struct realstore *r)
{
	static const char text[] =
		"kind,period,unit_code,beneficiary_id,id12,name,address,reason,"
		"note\n"
		"left,2027-01,U1,P2,,,,died,said so\n"
		"altered,2027-01,U1,P3,,,Thôn 5,,\n"
		"came,2027-01,U1,N7,025145000112,Lê An,Thôn 9,,\n";

	no_file(r);
	tmpdir_write(dir, "changes.csv", text, strlen(text));
}

static void write_answers(struct realstore *r)
{
	static const char text[] =
		"unit_code,beneficiary_id,account_bin,account_no,answer,date\n"
		"U1,P1,970405,27001,closed,\n"
		"U1,P2,970405,27002,verified,2026-11-30\n"
		"U1,P99,970405,27002,verified,2026-11-30\n";

	no_file(r);
	tmpdir_write(dir, "answers.csv", text, strlen(text));
}

static void count_trouble(void *ctx, const struct paylist_error *e)
{
	int *troubles = ctx;

	*troubles = e ? *troubles + 1 : 0;
}

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

/* A preview that hears of each trouble. */
static enum said look(struct realstore *r, import_fn *how, const char *name,
	struct err *err)
{
	int troubles = 0;
	const struct list_options o = {.check_only = true,
		.count = 3,
		.sum = -1,
		.trouble = count_trouble,
		.ctx = &troubles};
	struct list_result result;
	char path[300];

	if (!how(r->store.db, &r->store.hoa,
		    tmpdir_path(dir, name, path, sizeof(path)), &o, &result,
		    err))
		return SAID_FAILED;
	assert_int_equal(result.rows, 3);
	assert_false(result.taken || result.count_differs);
	assert_true(troubles >= result.errors);
	return SAID_DONE;
}

static enum said look_at_changes(struct realstore *r, struct err *err)
{
	return look(r, changes_import, "changes.csv", err);
}

static enum said look_at_answers(struct realstore *r, struct err *err)
{
	return look(r, answers_import, "answers.csv", err);
}

/* The disk for the key is there, the store is not. */
static void key_disk(struct realstore *r)
{
	char path[300];

	no_file(r);
	assert_int_equal(mkdir(tmpdir_path(dir, "disk", path, sizeof(path)),
				 0700),
		0);
}

static enum said init_away(struct realstore *r, struct err *err)
{
	char key[300];
	char path[300];
	const struct db_setup setup = {.point = "BD-02",
		.name = "Bưu cục Hai",
		.device_key = tmpdir_path(dir, "disk/key", key, sizeof(key)),
		.pin_kibibytes = 8};

	(void)r;
	return ok(db_create(tmpdir_path(dir, "store", path, sizeof(path)),
		&setup, err));
}

static enum said questions(struct realstore *r, struct err *err)
{
	static struct survey s;

	return ok(surveys_in_force(r->store.db, &s, NULL, err));
}

static enum said questions_unknown(struct realstore *r, struct err *err)
{
	static struct survey s;
	const uint8_t hash[SURVEY_HASH_SHORT] = {1};

	return found(surveys_by_hash(r->store.db, hash, &s, err));
}

const struct bookask bookasks_seldom[] = {
	{"everybody", NULL, everybody, SAID_DONE, false},
	{"the first of them", NULL, the_first, SAID_DONE, false},
	{"find by id12", NULL, by_id12, SAID_DONE, false},
	{"find by no id12", NULL, by_a_word, SAID_NO, false},
	{"find by an old card", NULL, by_old_card, SAID_NO, false},
	{"read the names", NULL, prepare, SAID_DONE, false},
	{"count people", NULL, counts, SAID_DONE, false},
	{"a payout by its QR", NULL, by_qr, SAID_DONE, false},
	{"a sheet never entered", NULL, by_no_sheet, SAID_NO, false},
	{"a sheet without a number", NULL, by_no_number, SAID_NO, false},
	{"signs of a shift", NULL, signs, SAID_DONE, false},
	{"forms of a month", NULL, forms, SAID_DONE, false},
	{"the board", NULL, the_board, SAID_DONE, false},
	{"the board, aside", NULL, the_board_aside, SAID_DONE, false},
	{"who was here when", NULL, who_was_here, SAID_DONE, false},
	{"which communes are on the lists", NULL, which_units, SAID_DONE,
		false},
	{"what waits for a supervisor", NULL, what_waits, SAID_DONE, false},
	{"payments of all days", NULL, logged, SAID_DONE, false},
	{"records of a shift", NULL, logged_shift, SAID_DONE, false},
	{"people of a month", NULL, cycle, SAID_DONE, false},
	{"changes of a month", NULL, changed, SAID_DONE, false},
	{"who has no card", NULL, cards, SAID_DONE, false},
	{"settlement of a month", NULL, settled, SAID_DONE, false},
	{"is the printer out", NULL, printer_fault, SAID_DONE, false},
	{"is a paper needed", NULL, needs_paper, SAID_DONE, false},
	{"room on the disk", NULL, room, SAID_DONE, false},
	{"the folder of copies", NULL, copies, SAID_DONE, false},
	{"set the folder of copies", NULL, set_copies, SAID_DONE, false},
	{"complaints", NULL, complaints, SAID_DONE, false},
	{"consents", NULL, consents, SAID_DONE, false},
	{"what holds of consent", NULL, what_holds, SAID_DONE, false},
	{"requests about data", NULL, requests, SAID_DONE, false},
	{"the list of visits", NULL, the_list_of_visits, SAID_DONE, false},
	{"the plan of a day", NULL, a_plan, SAID_DONE, false},
	{"visits", NULL, visits_made, SAID_DONE, false},
	{"a terminal not known", NULL, no_terminal, SAID_NO, false},
	{"marks of what is none", NULL, whose_marks, SAID_NO, false},
	{"a user", NULL, a_user, SAID_DONE, false},
	{"look at changes", write_changes, look_at_changes, SAID_DONE, false},
	{"look at answers", write_answers, look_at_answers, SAID_DONE, false},
	{"questions in force", NULL, questions, SAID_DONE, false},
	{"questions that never were", NULL, questions_unknown, SAID_NO, false},
	{"init with a key elsewhere", key_disk, init_away, SAID_DONE, false},
};
const int bookasks_seldom_count = COUNT_OF(bookasks_seldom);
