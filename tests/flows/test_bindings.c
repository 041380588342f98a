/* Every step of every flow: its keys, their help texts, in both languages. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/samplechecks.h"
#include "support/samplelists.h"
#include "support/surveytext.h"
#include "terminal/flows/desk.h"
#include "terminal/flows/questions.h"

struct rows {
	const char *flow;
	int step;
	const struct binding *row;
	size_t count;
};

enum {
	MAX_STEPS = 400
};

static struct rows all[MAX_STEPS];
static int alls;

static void add(const char *flow, int step, const struct binding *row,
	size_t count)
{
	assert_true(alls < MAX_STEPS);
	all[alls++] = (struct rows){flow, step, row, count};
}

/* Steps in which an answer is out have no keys; all others must. */
static int collect(void **state)
{
	static struct pay pay;
	static struct drawer drawer;
	static struct takeback takeback;
	static struct recover recover;
	static struct carry carry;
	static struct passing passing;
	static struct unusual unusual;
	static struct rolls rolls;
	static struct intake intake;
	static struct arrivals arrivals;
	static struct recheck recheck;
	static struct setup setup;
	static struct agree agree;
	static struct visiting visit;
	static struct enrol enrol;
	static struct questions questions;
	const struct binding *b;
	size_t n;

	(void)state;
#define FLOW(name, COUNT, type)                               \
	for (int i = 0; i < COUNT; i++) {                     \
		b = name##_bindings((enum type##_step)i, &n); \
		add(#name, i, b, n);                          \
	}
	FLOW(signin, SIGNIN_STEP_COUNT, signin)
	FLOW(idle, IDLE_STEP_COUNT, idle)
	FLOW(find, FIND_STEP_COUNT, find)
	FLOW(check, CHECK_STEP_COUNT, check)
	FLOW(notpaid, NOTPAID_STEP_COUNT, notpaid)
	FLOW(preview, PREVIEW_STEP_COUNT, preview)
	FLOW(complain, COMPLAIN_STEP_COUNT, complain)
	FLOW(frozen, FROZEN_STEP_COUNT, frozen)
	FLOW(office, OFFICE_STEP_COUNT, office)
	FLOW(dash, DASH_STEP_COUNT, dash)
	FLOW(contact, CONTACT_STEP_COUNT, contact)
	FLOW(papers, PAPERS_STEP_COUNT, papers)
	FLOW(menu, MENU_STEP_COUNT, menu)
	FLOW(second, 3, second)
	FLOW(approve, APPROVE_STEP_COUNT, approve)
	FLOW(bypad, BYPAD_STEP_COUNT, bypad)
	FLOW(team, TEAM_STEP_COUNT, team)
	FLOW(viewfinder, VIEWFINDER_STEP_COUNT, viewfinder)
	FLOW(tour, TOUR_STEP_COUNT, tour)
	FLOW(visits, VISITS_STEP_COUNT, visits)
	FLOW(restore, RESTORE_STEP_COUNT, restore)
#undef FLOW
	for (int i = 0; i < PAY_STEP_COUNT; i++) {
		pay.step = (enum pay_step)i;
		b = pay_bindings(&pay, &n);
		add("pay", i, b, n);
	}
	for (int i = 0; i < DRAWER_STEP_COUNT; i++) {
		drawer.step = (enum drawer_step)i;
		b = drawer_bindings(&drawer, &n);
		add("drawer", i, b, n);
	}
	for (int i = 0; i < 2 * TAKEBACK_STEP_COUNT; i++) {
		takeback.step = (enum takeback_step)(i % TAKEBACK_STEP_COUNT);
		takeback.brief.pad[0] = i < TAKEBACK_STEP_COUNT ? '\0' : '1';
		b = takeback_bindings(&takeback, &n);
		add("takeback", i % TAKEBACK_STEP_COUNT, b, n);
	}
	for (int i = 0; i < RECOVER_STEP_COUNT; i++) {
		recover.step = (enum recover_step)i;
		b = recover_bindings(&recover, &n);
		add("recover", i, b, n);
	}
	for (int i = 0; i < AGREE_STEP_COUNT; i++) {
		agree.step = (enum agree_step)i;
		b = agree_bindings(&agree, &n);
		add("agree", i, b, n);
	}
	for (int i = 0; i < ENROL_STEP_COUNT; i++) {
		enrol.step = (enum enrol_step)i;
		b = enrol_bindings(&enrol, &n);
		add("enrol", i, b, n);
	}
	for (int i = 0; i < INTAKE_STEP_COUNT; i++) {
		intake.step = (enum intake_step)i;
		intake.found.files = 1;
		b = intake_bindings(&intake, &n);
		add("intake", i, b, n);
	}
	for (int i = 0; i < ROLLS_STEP_COUNT; i++) {
		rolls.step = (enum rolls_step)i;
		rolls.shelf = samplelists(7);
		rolls.look = samplelists_one(9, 9);
		b = rolls_bindings(&rolls, &n);
		add("rolls", i, b, n);
	}
	for (int i = 0; i < RECHECK_STEP_COUNT; i++) {
		recheck.step = (enum recheck_step)i;
		recheck.told = samplechecks(7, 7);
		b = recheck_bindings(&recheck, &n);
		add("recheck", i, b, n);
	}
	for (int i = 0; i < CARRY_STEP_COUNT; i++) {
		carry.step = (enum carry_step)i;
		carry.shown.lists = 2;
		b = carry_bindings(&carry, &n);
		add("carry", i, b, n);
	}
	setup.told.peers = 1;
	for (int i = 0; i < SETUP_STEP_COUNT; i++) {
		setup.step = (enum setup_step)i;
		b = setup_bindings(&setup, &n);
		add("setup", i, b, n);
	}
	passing.ways.peers = HANDOVER_PEERS;
	for (int i = 0; i < PASSING_STEP_COUNT; i++) {
		passing.step = (enum passing_step)i;
		b = passing_bindings(&passing, &n);
		add("passing", i, b, n);
	}
	unusual.page.rows = FLOW_UNUSUAL_ROWS;
	for (int i = 0; i < UNUSUAL_STEP_COUNT; i++) {
		unusual.step = (enum unusual_step)i;
		b = unusual_bindings(&unusual, &n);
		add("unusual", i, b, n);
	}
	for (int i = 0; i < 2 * ARRIVALS_STEP_COUNT; i++) {
		arrivals.step = (enum arrivals_step)(i % ARRIVALS_STEP_COUNT);
		arrivals.told.waiting = i < ARRIVALS_STEP_COUNT ? 0 : 1;
		b = arrivals_bindings(&arrivals, &n);
		add("arrivals", i % ARRIVALS_STEP_COUNT, b, n);
	}
	questions_start(&questions,
		surveytext(",note,a,A\n,text,b,A\n,integer,c,A\n,date,d,A\n"
			   ",select_one who,e,A\n,select_one who,f,A,yes\n"
			   ",select_multiple many,g,A\n,barcode,h,A\n"
			   ",select_multiple many,i,A,yes\n"),
		(struct date){2026, 12, 5}, TELEX_OFF);
	for (int i = 0; i < questions.survey->questions; i++) {
		questions.at = i;
		b = questions_bindings(&questions, &n);
		add("questions", QUESTIONS_ASK, b, n);
	}
	questions.step = QUESTIONS_END;
	b = questions_bindings(&questions, &n);
	add("questions", QUESTIONS_END, b, n);
	for (int i = 0; i < VISIT_STEP_COUNT; i++) {
		visit.step = (enum visit_step)i;
		b = visit_bindings(&visit, &n);
		add("visit", i, b, n);
	}
	/* Each kind of result has its own, and who is known, planned, begun. */
	for (int i = 0; i < visit_results_count; i++) {
		visit.step = VISIT_SUMMARY;
		visit.result = visit_results[i];
		b = visit_bindings(&visit, &n);
		add("visit", VISIT_SUMMARY, b, n);
	}
	for (int i = 0; i < 8; i++) {
		visit.step = i < 4 ? VISIT_PERSON : VISIT_DONE;
		visit.seen.planned = i & 1;
		visit.seen.look.begun = i & 2;
		visit.seen.look.draft = i == 3;
		visit.noted.next.year = i == 7 ? 2026 : 0;
		b = visit_bindings(&visit, &n);
		add("visit", (int)visit.step, b, n);
	}
	b = help_bindings(&n);
	add("help", 0, b, n);
	return 0;
}

static bool is_waiting(const struct rows *r)
{
	static const struct {
		const char *flow;
		int step;
	} waiting[] = {
		{"signin", SIGNIN_CHECKING},
		{"find", FIND_LOOKUP},
		{"check", CHECK_LOOKUP},
		{"notpaid", NOTPAID_SAVING},
		{"recover", RECOVER_LOOKING},
		{"recover", RECOVER_ANSWERING},
		{"preview", PREVIEW_LOADING},
		{"frozen", FROZEN_ASKING},
		{"office", OFFICE_VOUCHING},
		{"office", OFFICE_PLACE},
		{"office", OFFICE_COPYING},
		{"office", OFFICE_FILING},
		{"office", OFFICE_LIMITS_ASKED},
		{"office", OFFICE_LIMIT_SAVING},
		{"papers", PAPERS_PLACE},
		{"rolls", ROLLS_ASKING},
		{"intake", INTAKE_LISTING},
		{"intake", INTAKE_READING},
		{"intake", INTAKE_TAKING},
		{"rolls", ROLLS_GIVING},
		{"setup", SETUP_ASKED},
		{"setup", SETUP_SAVING},
		{"setup", SETUP_OUT},
		{"setup", SETUP_SAMPLE_ASKED},
		{"restore", RESTORE_ASKED},
		{"restore", RESTORE_CHECKING},
		{"restore", RESTORE_RESTORING},
		{"approve", APPROVE_GIVING},
		{"approve", APPROVE_SHOWING},
		{"approve", APPROVE_TAKING},
		{"carry", CARRY_ASKING},
		{"carry", CARRY_TAKING},
		{"carry", CARRY_KNOWING},
		{"unusual", UNUSUAL_LOADING},
		{"arrivals", ARRIVALS_LOOKING},
		{"arrivals", ARRIVALS_TAKING},
		{"recheck", RECHECK_SAYING},
		{"passing", PASSING_ASKING},
		{"passing", PASSING_RELEASING},
		{"passing", PASSING_TAKING},
		{"team", TEAM_LOADING},
		{"team", TEAM_WORKING},
		{"pay", PAY_RECORDING},
		{"pay", PAY_LOOKING},
		{"pay", PAY_CLOSING},
		{"pay", PAY_UNDOING},
		{"complain", COMPLAIN_WRITING},
		{"agree", AGREE_LOADING},
		{"agree", AGREE_FETCHING},
		{"agree", AGREE_WRITING},
		{"enrol", ENROL_LOOKUP},
		{"enrol", ENROL_WRITING},
		{"enrol", ENROL_CASH_WRITING},
		{"takeback", TAKEBACK_WRITING},
		{"takeback", TAKEBACK_LOOKING},
		{"visits", VISITS_LOADING},
		{"visit", VISIT_LOOKING},
		{"visit", VISIT_TAKING},
		{"visit", VISIT_DROPPING},
		{"visit", VISIT_PLANNING},
		{"visit", VISIT_SAVING},
		{"drawer", DRAWER_COMPARING},
		{"drawer", DRAWER_WORKING},
		{"drawer", DRAWER_LOOKING},
	};

	for (size_t i = 0; i < COUNT_OF(waiting); i++)
		if (strcmp(r->flow, waiting[i].flow) == 0 &&
			r->step == waiting[i].step)
			return true;
	return false;
}

static void every_step_has_keys(void **state)
{
	(void)state;
	for (int i = 0; i < alls; i++) {
		if ((all[i].count == 0) != is_waiting(&all[i]))
			print_error("%s step %d has %zu keys\n", all[i].flow,
				all[i].step, all[i].count);
		assert_int_equal(all[i].count == 0, is_waiting(&all[i]));
	}
}

static void no_key_twice(void **state)
{
	(void)state;
	for (int i = 0; i < alls; i++)
		for (size_t a = 0; a < all[i].count; a++)
			for (size_t b = a + 1; b < all[i].count; b++)
				assert_int_not_equal(all[i].row[a].key,
					all[i].row[b].key);
}

static void every_key_is_explained(void **state)
{
	(void)state;
	for (int i = 0; i < alls; i++)
		for (size_t k = 0; k < all[i].count; k++) {
			const struct binding *b = &all[i].row[k];

			assert_non_null(b->does);
			assert_true(b->does[0] != '\0');
			assert_non_null(b->key_name);
			assert_true(b->key == K_SCAN || b->key_name[0] != '\0');
			/* The key cap is what is pressed. */
			if (b->key < 0x80)
				assert_int_equal(b->key_name[0], b->key);
		}
}

static void every_text_is_vietnamese(void **state)
{
	(void)state;
	assert_true(tr_set_lang("vi"));
	for (int i = 0; i < alls; i++)
		for (size_t k = 0; k < all[i].count; k++) {
			const struct binding *b = &all[i].row[k];

			if (strcmp(b->does, "Tiếng Việt / English") != 0)
				assert_string_not_equal(tr(b->does), b->does);
			if (b->brief)
				assert_string_not_equal(tr(b->brief), b->brief);
		}
}

/* Without letters and F-keys: digits, ENTER, . * # and erase do everything. */
static void a_handheld_has_every_key(void **state)
{
	(void)state;
	for (int i = 0; i < alls; i++)
		for (size_t k = 0; k < all[i].count; k++) {
			const int key = all[i].row[k].key;

			assert_false(key >= 'a' && key <= 'z');
			assert_false(key >= 'A' && key <= 'Z');
		}
}

/* What moves money must not go off twice under a shaking hand. */
static void money_keys_are_marked(void **state)
{
	static const struct {
		const char *flow;
		int step;
		int key;
	} row[] = {
		{"check", CHECK_READY, K_ACCEPT},
		{"check", CHECK_DIFFERS, '1'},
		{"pay", PAY_HANDING, K_ACCEPT},
		{"pay", PAY_HANDING, '1'},
		{"pay", PAY_HANDING, '9'},
		{"pay", PAY_UNDO, '1'},
		{"pay", PAY_ABSENT, K_ACCEPT},
		{"recover", RECOVER_ASK, '1'},
		{"recover", RECOVER_ASK, '2'},
		{"recover", RECOVER_LEFT, '1'},
		{"recover", RECOVER_LEFT, '2'},
		{"drawer", DRAWER_SURE, '1'},
		{"notpaid", NOTPAID_SURE, '1'},
		{"complain", COMPLAIN_SURE, '1'},
		{"agree", AGREE_SURE, '1'},
		{"enrol", ENROL_FORM, '1'},
		{"enrol", ENROL_CASH_SURE, '1'},
	};
	size_t seen = 0;

	(void)state;
	for (size_t r = 0; r < COUNT_OF(row); r++)
		for (int i = 0; i < alls; i++) {
			const struct binding *b;

			if (strcmp(all[i].flow, row[r].flow) != 0 ||
				all[i].step != row[r].step)
				continue;
			b = binding_find(all[i].row, all[i].count, row[r].key);
			assert_non_null(b);
			assert_true(b->rules & BINDING_ONCE);
			seen++;
		}
	assert_int_equal(seen, COUNT_OF(row));
}

/* ENTER never answers "was it handed over?" nor voids anything. */
static void enter_destroys_nothing(void **state)
{
	static const struct {
		const char *flow;
		int step;
	} row[] = {
		{"recover", RECOVER_ASK},
		{"recover", RECOVER_LEFT},
		{"pay", PAY_UNDO},
		{"notpaid", NOTPAID_SURE},
		{"complain", COMPLAIN_SURE},
		{"complain", COMPLAIN_REASON},
		{"agree", AGREE_END},
		{"agree", AGREE_PURPOSE},
		{"agree", AGREE_REASON},
		{"agree", AGREE_LEFT},
		{"agree", AGREE_SURE},
		{"enrol", ENROL_FORM},
		{"enrol", ENROL_CASH_SURE},
		{"drawer", DRAWER_SURE},
		{"visits", VISITS_OFFER},
		{"visits", VISITS_DROP},
		{"visit", VISIT_DROP},
		{"visit", VISIT_SUMMARY},
	};

	(void)state;
	for (size_t r = 0; r < COUNT_OF(row); r++)
		for (int i = 0; i < alls; i++)
			if (strcmp(all[i].flow, row[r].flow) == 0 &&
				all[i].step == row[r].step)
				assert_null(binding_find(all[i].row,
					all[i].count, K_ACCEPT));
}

static void every_step_has_help(void **state)
{
	(void)state;
	for (int i = 0; i < alls; i++)
		if (all[i].count > 0 && strcmp(all[i].flow, "help") != 0 &&
			!binding_find(all[i].row, all[i].count, '#'))
			fail_msg("no help at %s step %d", all[i].flow,
				all[i].step);
}

/* On the desk # shows the very rows by which that step works. */
static void help_is_of_this_step(struct desk *d, enum desk_place place,
	int step)
{
	const struct event key = {.kind = EV_KEY, .key = '#', .at_ms = 100000};
	const struct binding *b;
	size_t count;

	d->stack[0] = place;
	d->depth = 1;
	d->last_key = 0;
	b = desk_bindings(d, &count);
	if (count == 0)
		return; /* an answer is out */
	assert_int_equal(desk_handle(d, &key).kind, FX_NONE);
	if (desk_place(d) != DESK_HELP)
		fail_msg("no help at place %d, step %d", place, step);
	assert_ptr_equal(d->help.row, b);
	assert_int_equal(d->help.count, count);
}

static void help_is_there_at_every_place(void **state)
{
	static struct desk d;
	const struct desk_info info = {.point = "A", .unit = "B"};
	int places = 0;

	(void)state;
	desk_init(&d, &info);
#define PLACE(PLACE, flow, COUNT)                                  \
	do {                                                       \
		for (int i = 0; i < COUNT; i++) {                  \
			d.flow.step = i;                           \
			help_is_of_this_step(&d, DESK_##PLACE, i); \
		}                                                  \
		places++;                                          \
	} while (0)
	PLACE(SIGNIN, signin, SIGNIN_STEP_COUNT);
	PLACE(RECOVER, recover, RECOVER_STEP_COUNT);
	PLACE(DRAWER, drawer, DRAWER_STEP_COUNT);
	PLACE(IDLE, idle, IDLE_STEP_COUNT);
	PLACE(DUTY, duty, DUTY_STEP_COUNT);
	PLACE(FROZEN, frozen, FROZEN_STEP_COUNT);
	PLACE(FIND, find, FIND_STEP_COUNT);
	PLACE(CHECK, check, CHECK_STEP_COUNT);
	PLACE(BYPAD, bypad, BYPAD_STEP_COUNT);
	PLACE(PAY, pay, PAY_STEP_COUNT);
	PLACE(NOTPAID, notpaid, NOTPAID_STEP_COUNT);
	PLACE(PREVIEW, preview, PREVIEW_STEP_COUNT);
	PLACE(TAKEBACK, takeback, TAKEBACK_STEP_COUNT);
	PLACE(COMPLAIN, complain, COMPLAIN_STEP_COUNT);
	PLACE(AGREE, agree, AGREE_STEP_COUNT);
	PLACE(ENROL, enrol, ENROL_STEP_COUNT);
	PLACE(OFFICE, office, OFFICE_STEP_COUNT);
	PLACE(DASH, dash, DASH_STEP_COUNT);
	PLACE(CONTACT, contact, CONTACT_STEP_COUNT);
	PLACE(PAPERS, papers, PAPERS_STEP_COUNT);
	PLACE(ROLLS, rolls, ROLLS_STEP_COUNT);
	PLACE(RECHECK, recheck, RECHECK_STEP_COUNT);
	PLACE(INTAKE, intake, INTAKE_STEP_COUNT);
	PLACE(SETUP, setup, SETUP_STEP_COUNT);
	PLACE(RESTORE, restore, RESTORE_STEP_COUNT);
	PLACE(APPROVE, approve, APPROVE_STEP_COUNT);
	PLACE(CARRY, carry, CARRY_STEP_COUNT);
	PLACE(PASSING, passing, PASSING_STEP_COUNT);
	PLACE(UNUSUAL, unusual, UNUSUAL_STEP_COUNT);
	PLACE(ARRIVALS, arrivals, ARRIVALS_STEP_COUNT);
	PLACE(TEAM, team, TEAM_STEP_COUNT);
	PLACE(VIEWFINDER, viewfinder, VIEWFINDER_STEP_COUNT);
	PLACE(MACHINE, machine, MACHINE_STEP_COUNT);
	PLACE(VISITS, visits, VISITS_STEP_COUNT);
	PLACE(VISIT, visit, VISIT_STEP_COUNT);
	questions_start(&d.questions, surveytext(",text,b,A\n"),
		(struct date){2026, 12, 5}, TELEX_OFF);
	PLACE(QUESTIONS, questions, QUESTIONS_STEP_COUNT);
	PLACE(TOUR, tour, TOUR_STEP_COUNT);
	PLACE(SCANTEST, scantest, SCANTEST_STEP_COUNT);
	PLACE(MENU, menu, MENU_STEP_COUNT);
#undef PLACE
	/* Help itself has its keys on its screen. */
	assert_int_equal(places + 1, DESK_PLACE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_step_has_help),
		cmocka_unit_test(help_is_there_at_every_place),
		cmocka_unit_test(every_step_has_keys),
		cmocka_unit_test(no_key_twice),
		cmocka_unit_test(every_key_is_explained),
		cmocka_unit_test(every_text_is_vietnamese),
		cmocka_unit_test(a_handheld_has_every_key),
		cmocka_unit_test(money_keys_are_marked),
		cmocka_unit_test(enter_destroys_nothing),
	};

	return cmocka_run_group_tests_name("bindings", tests, collect, NULL);
}
