/*
 * What a step does not ask for changes nothing in it: the clock and the
 * status, answers where nothing was asked, and keys while an answer is out.
 * The desk keeps most of this away; a flow does not rely on it.
 */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

/* Every flow that is alone on the screen, one at a time. */
union flow {
	struct signin signin;
	struct recover recover;
	struct drawer drawer;
	struct frozen frozen;
	struct find find;
	struct check check;
	struct pay pay;
	struct bypad bypad;
	struct notpaid notpaid;
	struct preview preview;
	struct takeback takeback;
	struct complain complain;
	struct agree agree;
	struct enrol enrol;
	struct team team;
	struct visits visits;
	struct visiting visit;
};

/* A flow's function for an event, whichever flow it is. */
#define HANDLE(x)                                                              \
	static struct effect handle_##x(union flow *f, const struct event *ev) \
	{                                                                      \
		return x##_handle(&f->x, ev);                                  \
	}
HANDLE(signin)
HANDLE(recover)
HANDLE(drawer)
HANDLE(frozen)
HANDLE(find)
HANDLE(check)
HANDLE(pay)
HANDLE(bypad)
HANDLE(notpaid)
HANDLE(preview)
HANDLE(takeback)
HANDLE(complain)
HANDLE(agree)
HANDLE(enrol)
HANDLE(team)
HANDLE(visits)
HANDLE(visit)

static struct effect begin_signin(union flow *f)
{
	signin_init(&f->signin, NULL);
	return effect_of(FX_NONE);
}

static struct effect begin_recover(union flow *f)
{
	return recover_start(&f->recover);
}

static struct effect begin_close(union flow *f)
{
	const struct shift now = {.number = 4, .float_in = 5000000};

	drawer_init(&f->drawer, DRAWER_CLOSE, &now);
	return effect_of(FX_NONE);
}

static struct effect begin_open(union flow *f)
{
	drawer_init(&f->drawer, DRAWER_OPEN, NULL);
	drawer_ask_slip(&f->drawer, 3);
	return effect_of(FX_NONE);
}

static struct effect begin_moved(union flow *f)
{
	frozen_init(&f->frozen, FROZEN_MOVED);
	return effect_of(FX_NONE);
}

static struct effect begin_paper(union flow *f)
{
	frozen_init(&f->frozen, FROZEN_PAPER);
	return effect_of(FX_NONE);
}

static struct effect begin_find(union flow *f)
{
	find_init(&f->find, 'n', TELEX_TELEX);
	return effect_of(FX_NONE);
}

static struct effect begin_check(union flow *f)
{
	return check_start(&f->check, STORY_PERSON);
}

static struct effect begin_pay(union flow *f)
{
	static const struct person_due due = {.due = STORY_DUE};
	const struct pay_request request = {.person = STORY_PERSON};

	return pay_start(&f->pay, &request, &due);
}

static struct effect begin_bypad(union flow *f)
{
	bypad_init(&f->bypad, INT64_C(1796000000000));
	return effect_of(FX_NONE);
}

static struct effect begin_notpaid(union flow *f)
{
	const struct person person = {.id = STORY_PERSON, .name = "An"};

	notpaid_init(&f->notpaid, &person, (struct date){2026, 11, 22});
	return effect_of(FX_NONE);
}

static struct effect begin_preview(union flow *f)
{
	return preview_start(&f->preview, STORY_SEQ);
}

static struct effect begin_takeback(union flow *f)
{
	const struct payout_brief b = {.amount = STORY_DUE,
		.state = PAYOUT_HANDED};

	takeback_init(&f->takeback, STORY_SEQ, &b, "");
	return effect_of(FX_NONE);
}

static struct effect begin_complain(union flow *f)
{
	const struct payout_brief b = {.amount = STORY_DUE,
		.state = PAYOUT_HANDED};

	complain_init(&f->complain, STORY_SEQ, &b);
	return effect_of(FX_NONE);
}

static struct effect begin_enrol(union flow *f)
{
	const struct person person = {.id = STORY_PERSON, .name = "An"};

	return enrol_start(&f->enrol, &person);
}

static struct effect begin_agree(union flow *f)
{
	const struct person person = {.id = STORY_PERSON, .name = "An"};

	return agree_start(&f->agree, &person);
}

static struct effect begin_sheet(union flow *f)
{
	const struct payout_brief b = {.amount = STORY_DUE,
		.state = PAYOUT_HANDED,
		.pad = "000123"};

	takeback_init(&f->takeback, STORY_SEQ, &b, "");
	return effect_of(FX_NONE);
}

static struct effect begin_people(union flow *f)
{
	return team_start(&f->team, TEAM_PEOPLE);
}

static struct effect begin_own_pin(union flow *f)
{
	return team_start(&f->team, TEAM_OWN_PIN);
}

static struct effect begin_visits(union flow *f)
{
	return visits_start(&f->visits, true, TELEX_TELEX);
}

static struct effect begin_visit(union flow *f)
{
	const struct effect fx = visit_start(&f->visit, STORY_PERSON, false,
		STORY_AGENT, TELEX_TELEX);

	f->visit.today = (struct date){2026, 12, 5};
	return fx;
}

#define COUNTED "9.1"
#define BOSS "9\n135790\n"

static const struct row {
	const char *name;
	struct effect (*begin)(union flow *f);
	struct effect (*handle)(union flow *f, const struct event *ev);
	/* Each of them ends in a step of its own. */
	const char *scripts[16];
} rows[] = {
	{"signing in", begin_signin, handle_signin,
		{"", "7\n24", "7\n246810\n"}},
	{"what a power cut left", begin_recover, handle_recover,
		{"", "!", "Y", "Y1", "Y1R"}},
	{"closing the drawer", begin_close, handle_drawer,
		{"", "9.", COUNTED, COUNTED "!", COUNTED "!!", COUNTED "%",
			COUNTED "%2", COUNTED "%29\n1", COUNTED "Z"}},
	{"opening it after a shift", begin_open, handle_drawer, {"", "`"}},
	{"another machine", begin_moved, handle_frozen, {"", "1", "11"}},
	{"the last paper is asked for", begin_paper, handle_frozen, {"", "`"}},
	{"looking for a person", begin_find, handle_find,
		{"", "am\n", "am\nE", "am\nG"}},
	{"the check", begin_check, handle_check,
		{"", "P", "P3", "P3binh\n", "P2binh\n001150000217\n", "A", "B",
			"Q"}},
	{"paying", begin_pay, handle_pay,
		{"", "M", "M9", "M91", "M1", "M1D", "!", "!!", "!K", "-", "+",
			"+9\n1"}},
	{"a sheet of the pad", begin_bypad, handle_bypad,
		{"", "123\n", "123\n\n"}},
	{"not paid, and why", begin_notpaid, handle_notpaid,
		{"", "3", "1", "11"}},
	{"a receipt", begin_preview, handle_preview, {"", "T", "?"}},
	{"money that comes back", begin_takeback, handle_takeback,
		{"", "`", "`1", "`19\n", "`1" BOSS, "`1" BOSS "!",
			"`1" BOSS "!!", "`1" BOSS "$", "`1" BOSS "/"}},
	{"its sheet", begin_sheet, handle_takeback, {"1"}},
	{"a complaint", begin_complain, handle_complain,
		{"", "1", "11", "11!", "11$", "11\006", "11\006\016",
			"11\006\017"}},
	{"an account", begin_enrol, handle_enrol,
		{"", "\021", "\023", "\021:", "\021:1", "\021:1\n", "\021:1\n1",
			"\021:1\n1!", "\021:1\n1\024", "\021:1\n1\022",
			"\021:1\n1\022\026", "\02241012027\n",
			"\02241012027\n1+"}},
	{"consent", begin_agree, handle_agree,
		{"", "\031", "\0311", "\03111\034", "\03111\034\n\n1",
			"\03111\034\n\n1111", "\03111\034\n\n111111",
			"\03111\034\n\n11111112", "\03111\034911",
			"\03111\0349111\035", "\03222222", "\0322222211"}},
	{"users", begin_people, handle_team,
		{"", ">", ">2", ">22", ">9", ">912\n", ">912\nan\n",
			">912\nan\n1", ">912\nan\n1246810\n",
			">912\nan\n1246810\n246810\n"}},
	{"whom to visit", begin_visits, handle_visits,
		{"", "\216", "\2163", "\2162\217", "\2162\2171\216",
			"\2162\217n"}},
	{"a visit", begin_visit, handle_visit,
		{"", "Q", "\214", "\214\n", "\214\n4", "\214\n8", "\214\n5",
			"\214\n5.", "\214\n49", "\214\n51", "\214\n511",
			"\214\n511\211"}},
	{"what was typed of it", begin_visit, handle_visit,
		{"\212", "\2121", "\2123", "\214\n7", "\214\n511!!"}},
	{"one's own PIN", begin_own_pin, handle_team, {"", "246810\n"}},
};

static struct effect play(const struct row *row, const char *script,
	union flow *f)
{
	static struct event ev;
	struct effect fx;
	struct story s;

	memset(f, 0, sizeof(*f));
	fx = row->begin(f);
	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = row->handle(f, &ev);
	return fx;
}

/* While an answer is out the desk lets no other one through (flow.h). */
static bool is_for_it(enum effect_kind asked, enum event_kind kind)
{
	switch (kind) {
	case EV_KEY:
	case EV_SCAN:
	case EV_PRINT:
		return true;
	case EV_TICK:
	case EV_STATUS:
		return false;
	default:
		return flow_is_answered(asked);
	}
}

static void must_stay(const struct row *row, const char *script,
	const struct event *ev)
{
	static union flow before;
	static union flow after;
	struct effect fx;

	play(row, script, &before);
	memcpy(&after, &before, sizeof(after));
	fx = row->handle(&after, ev);
	if (fx.kind != FX_NONE || memcmp(&before, &after, sizeof(after)) != 0)
		fail_msg("\"%s\", then event %d, key %d: effect %d", script,
			ev->kind, ev->kind == EV_KEY ? ev->key : 0, fx.kind);
}

static void run_row(void **state)
{
	static const int keys[] = {'0', '1', '5', '9', 'a', '.', '*', '#',
		K_ACCEPT, K_BACK, K_ERASE, K_ERASE_WORD, K_UP, K_PAGE_UP};
	static union flow f;
	static struct event ev;
	const struct row *row = *state;

	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row->scripts) && row->scripts[i]; i++) {
		const struct effect out = play(row, row->scripts[i], &f);

		for (int kind = 0; kind < EV_KIND_COUNT; kind++) {
			memset(&ev, 0, sizeof(ev));
			ev.at_ms = 500000;
			ev.kind = (enum event_kind)kind;
			if (!is_for_it(out.kind, ev.kind))
				must_stay(row, row->scripts[i], &ev);
		}
		for (size_t k = 0; k < COUNT_OF(keys); k++) {
			memset(&ev, 0, sizeof(ev));
			ev.at_ms = 500000;
			ev.key = keys[k];
			if (flow_is_answered(out.kind))
				must_stay(row, row->scripts[i], &ev);
		}
	}
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = (void *)&rows[i]};
	return cmocka_run_group_tests_name("unasked", tests, NULL, NULL);
}
