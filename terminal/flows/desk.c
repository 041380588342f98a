#include "terminal/flows/desk.h"

#include <assert.h>
#include <string.h>

#include "core/crypto.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/proof_text.h"

/* ---- places ------------------------------------------------------------ */

enum desk_place desk_place(const struct desk *d)
{
	return d->stack[d->depth - 1];
}

void desk_push(struct desk *d, enum desk_place place)
{
	assert(d->depth < DESK_DEPTH);
	d->stack[d->depth++] = place;
}

void desk_pop(struct desk *d)
{
	assert(d->depth > 1);
	d->depth--;
}

void desk_only(struct desk *d, enum desk_place place)
{
	d->stack[0] = place;
	d->depth = 1;
}

void desk_home(struct desk *d)
{
	desk_only(d, DESK_IDLE);
}

bool desk_has(const struct desk *d, enum desk_place place)
{
	for (int i = 0; i < d->depth; i++)
		if (d->stack[i] == place)
			return true;
	return false;
}

void desk_init(struct desk *d, const struct desk_info *info)
{
	memset(d, 0, sizeof(*d));
	d->info = *info;
	if (d->info.lock_ms <= 0)
		d->info.lock_ms = DESK_LOCK_MS;
	d->enter_ms = -FLOW_HELD_MS;
	d->typing = TELEX_TELEX;
	signin_init(&d->signin, &d->info.users);
	if (d->info.evidence)
		signin_evidence(&d->signin);
	idle_init(&d->idle, d->info.demo);
	desk_only(d, DESK_SIGNIN);
	tour_init(&d->tour, &d->info.users);
	if (d->info.tour)
		desk_start_tour(d);
	if (!info->empty || info->evidence)
		return;
	team_start(&d->team, TEAM_FIRST);
	desk_only(d, DESK_TEAM);
}

bool desk_looks(const struct desk *d)
{
	return desk_place(d) == DESK_VIEWFINDER &&
	       viewfinder_looks(&d->viewfinder);
}

const struct binding *desk_bindings(const struct desk *d, size_t *count)
{
	switch (desk_place(d)) {
	case DESK_SIGNIN:
		return signin_bindings(d->signin.step, count);
	case DESK_RECOVER:
		return recover_bindings(&d->recover, count);
	case DESK_DRAWER:
		return drawer_bindings(&d->drawer, count);
	case DESK_IDLE:
		return idle_bindings(d->idle.step, count);
	case DESK_DUTY:
		return duty_bindings(d->duty.step, count);
	case DESK_FROZEN:
		return frozen_bindings(d->frozen.step, count);
	case DESK_FIND:
		return find_bindings(d->find.step, count);
	case DESK_CHECK:
		return check_bindings(d->check.step, count);
	case DESK_BYPAD:
		return bypad_bindings(d->bypad.step, count);
	case DESK_PAY:
		return pay_bindings(&d->pay, count);
	case DESK_NOTPAID:
		return notpaid_bindings(d->notpaid.step, count);
	case DESK_ENROL:
		return enrol_bindings(&d->enrol, count);
	case DESK_PREVIEW:
		return preview_bindings(d->preview.step, count);
	case DESK_TAKEBACK:
		return takeback_bindings(&d->takeback, count);
	case DESK_COMPLAIN:
		return complain_bindings(d->complain.step, count);
	case DESK_AGREE:
		return agree_bindings(&d->agree, count);
	case DESK_OFFICE:
		return office_bindings(d->office.step, count);
	case DESK_DASH:
		return dash_bindings(d->dash.step, count);
	case DESK_PAPERS:
		return papers_bindings(d->papers.step, count);
	case DESK_ROLLS:
		return rolls_bindings(&d->rolls, count);
	case DESK_INTAKE:
		return intake_bindings(&d->intake, count);
	case DESK_APPROVE:
		return approve_bindings(d->approve.step, count);
	case DESK_CARRY:
		return carry_bindings(&d->carry, count);
	case DESK_PASSING:
		return passing_bindings(&d->passing, count);
	case DESK_RECHECK:
		return recheck_bindings(&d->recheck, count);
	case DESK_UNUSUAL:
		return unusual_bindings(&d->unusual, count);
	case DESK_SETUP:
		return setup_bindings(&d->setup, count);
	case DESK_RESTORE:
		return restore_bindings(d->restore.step, count);
	case DESK_TEAM:
		return team_bindings(d->team.step, count);
	case DESK_VIEWFINDER:
		return viewfinder_bindings(d->viewfinder.step, count);
	case DESK_ARRIVALS:
		return arrivals_bindings(&d->arrivals, count);
	case DESK_CONTACT:
		return contact_bindings(d->contact.step, count);
	case DESK_MACHINE:
		return machine_bindings(d->machine.step, count);
	case DESK_SCANTEST:
		return scantest_bindings(d->scantest.step, count);
	case DESK_VISITS:
		return visits_bindings(d->visits.step, count);
	case DESK_VISIT:
		return visit_bindings(&d->visit, count);
	case DESK_QUESTIONS:
		return questions_bindings(&d->questions, count);
	case DESK_TOUR:
		return tour_bindings(d->tour.step, count);
	case DESK_MENU:
		return menu_bindings(d->menu.step, count);
	case DESK_HELP:
		return help_bindings(count);
	case DESK_PLACE_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static const struct notice *flow_notice(const struct desk *d)
{
	static const struct notice none;

	switch (desk_place(d)) {
	case DESK_SIGNIN:
		return &d->signin.notice;
	case DESK_RECOVER:
		return d->recover.step == RECOVER_SECOND
			       ? &d->recover.second.notice
			       : &d->recover.notice;
	case DESK_DRAWER:
		return d->drawer.step == DRAWER_SECOND
			       ? &d->drawer.second.notice
			       : &d->drawer.notice;
	case DESK_FROZEN:
		return &d->frozen.notice;
	case DESK_FIND:
		return &d->find.notice;
	case DESK_CHECK:
		return &d->check.notice;
	case DESK_PAY:
		return d->pay.step == PAY_SECOND ? &d->pay.second.notice
						 : &d->pay.notice;
	case DESK_BYPAD:
		return &d->bypad.notice;
	case DESK_NOTPAID:
		return &d->notpaid.notice;
	case DESK_ENROL:
		return d->enrol.step == ENROL_SECOND ? &d->enrol.second.notice
						     : &d->enrol.notice;
	case DESK_PREVIEW:
		return &d->preview.notice;
	case DESK_TAKEBACK:
		return d->takeback.step == TAKEBACK_SECOND
			       ? &d->takeback.second.notice
			       : &d->takeback.notice;
	case DESK_COMPLAIN:
		return &d->complain.notice;
	case DESK_AGREE:
		return &d->agree.notice;
	case DESK_OFFICE:
		return &d->office.notice;
	case DESK_DASH:
		return &d->dash.notice;
	case DESK_PAPERS:
		return &d->papers.notice;
	case DESK_ROLLS:
		return &d->rolls.notice;
	case DESK_INTAKE:
		return &d->intake.notice;
	case DESK_IDLE:
		return &d->idle.notice;
	case DESK_DUTY:
		return &d->duty.notice;
	case DESK_APPROVE:
		return &d->approve.notice;
	case DESK_CARRY:
		return &d->carry.notice;
	case DESK_PASSING:
		return &d->passing.notice;
	case DESK_RECHECK:
		return &d->recheck.notice;
	case DESK_UNUSUAL:
		return &d->unusual.notice;
	case DESK_SETUP:
		return &d->setup.notice;
	case DESK_RESTORE:
		return &d->restore.notice;
	case DESK_TEAM:
		return &d->team.notice;
	case DESK_VIEWFINDER:
		return &d->viewfinder.notice;
	case DESK_ARRIVALS:
		return &d->arrivals.notice;
	case DESK_CONTACT:
		return &d->contact.notice;
	case DESK_MACHINE:
		return &d->machine.notice;
	case DESK_VISITS:
		return &d->visits.notice;
	case DESK_VISIT:
		return &d->visit.notice;
	case DESK_QUESTIONS:
		return &d->questions.notice;
	case DESK_SCANTEST:
	case DESK_TOUR:
	case DESK_MENU:
	case DESK_HELP:
	case DESK_PLACE_COUNT:
		break;
	}
	return &none;
}

const struct notice *desk_notice(const struct desk *d)
{
	return d->notice.text[0] ? &d->notice : flow_notice(d);
}

/* ---- who works --------------------------------------------------------- */

bool desk_is_foreign(const struct desk *d)
{
	return d->status.has_shift && d->status.shift.actor != d->user.number;
}

void desk_settle_idle(struct desk *d)
{
	if (idle_is_foreign(d->idle.step))
		notice_clear(&d->idle.notice);
	d->idle.step = d->info.demo           ? IDLE_DEMO
		       : d->status.has_camera ? IDLE_CAMERA
					      : IDLE_READY;
	if (d->idle.step != IDLE_DEMO && d->status.arrived > 0 &&
		role_may(d->user.role, ACT_DOWN))
		d->idle.step = IDLE_ARRIVED;
	if (d->user.number != 0 && role_may(d->user.role, ACT_DRAWER) &&
		!d->status.has_shift)
		notice_say(&d->idle.notice, NOTICE_NOTE, "%s",
			tr("No shift is open: keys * and 2 open your drawer"));
	if (d->by_hand)
		notice_say(&d->idle.notice, NOTICE_WARN,
			tr("Sheet %s: find the person who was paid by hand; "
			   "key . gives it up"),
			d->bypad.number.text);
	if (d->user.number == 0 || !desk_is_foreign(d))
		return;
	d->idle.step = d->idle.step == IDLE_ARRIVED ? IDLE_FOREIGN_ARRIVED
						    : IDLE_FOREIGN;
	notice_say(&d->idle.notice, NOTICE_WARN,
		tr("The open shift is %s's: nothing can be paid before it is "
		   "closed"),
		d->status.shift.actor_name);
}

/* Nothing about a person stays in memory after signing out. */
static void forget(struct desk *d)
{
	crypto_wipe(&d->find, sizeof(d->find));
	crypto_wipe(&d->check, sizeof(d->check));
	crypto_wipe(&d->pay, sizeof(d->pay));
	crypto_wipe(&d->notpaid, sizeof(d->notpaid));
	crypto_wipe(&d->bypad, sizeof(d->bypad));
	crypto_wipe(&d->enrol, sizeof(d->enrol));
	crypto_wipe(&d->preview, sizeof(d->preview));
	crypto_wipe(&d->takeback, sizeof(d->takeback));
	crypto_wipe(&d->complain, sizeof(d->complain));
	crypto_wipe(&d->agree, sizeof(d->agree));
	crypto_wipe(&d->office, sizeof(d->office));
	notice_clear(&d->duty.notice);
	desk_forget_studies(d);
	crypto_wipe(&d->drawer, sizeof(d->drawer));
	crypto_wipe(&d->recover, sizeof(d->recover));
	crypto_wipe(&d->setup, sizeof(d->setup));
	crypto_wipe(&d->restore, sizeof(d->restore));
	crypto_wipe(&d->team, sizeof(d->team));
	crypto_wipe(&d->viewfinder, sizeof(d->viewfinder));
	crypto_wipe(&d->machine, sizeof(d->machine));
	crypto_wipe(&d->scantest, sizeof(d->scantest));
	crypto_wipe(&d->approve, sizeof(d->approve));
	crypto_wipe(&d->visits, sizeof(d->visits));
	crypto_wipe(&d->visit, sizeof(d->visit));
	crypto_wipe(&d->questions, sizeof(d->questions));
	crypto_wipe(&d->draft, sizeof(d->draft));
	crypto_wipe(&d->next, sizeof(d->next));
	crypto_wipe(&d->last, sizeof(d->last));
	crypto_wipe(&d->notice, sizeof(d->notice));
	crypto_wipe(&d->idle.notice, sizeof(d->idle.notice));
	crypto_wipe(d->tour.paid, sizeof(d->tour.paid));
	memset(&d->user, 0, sizeof(d->user));
	d->parked = false;
	d->by_hand = false;
}

struct effect desk_sign_out(struct desk *d)
{
	forget(d);
	signin_lock(&d->signin, 0);
	desk_only(d, DESK_SIGNIN);
	return effect_of(FX_SIGN_OUT);
}

struct effect desk_lock(struct desk *d, enum notice_level level,
	const char *why)
{
	const int64_t number = d->user.number;
	const struct effect fx = desk_sign_out(d);

	signin_lock(&d->signin, number);
	notice_say(&d->signin.notice, level, "%s", why);
	return fx;
}

/* ---- handing on ---------------------------------------------------- */

static struct effect handle(struct desk *d, const struct event *ev)
{
	switch (desk_place(d)) {
	case DESK_SIGNIN:
		return signin_handle(&d->signin, ev);
	case DESK_RECOVER:
		return recover_handle(&d->recover, ev);
	case DESK_DRAWER:
		return drawer_handle(&d->drawer, ev);
	case DESK_IDLE:
		return idle_handle(&d->idle, ev);
	case DESK_DUTY:
		return duty_handle(&d->duty, ev);
	case DESK_FROZEN:
		return frozen_handle(&d->frozen, ev);
	case DESK_FIND:
		return find_handle(&d->find, ev);
	case DESK_CHECK:
		return check_handle(&d->check, ev);
	case DESK_PAY:
		return pay_handle(&d->pay, ev);
	case DESK_BYPAD:
		return bypad_handle(&d->bypad, ev);
	case DESK_NOTPAID:
		return notpaid_handle(&d->notpaid, ev);
	case DESK_ENROL:
		return enrol_handle(&d->enrol, ev);
	case DESK_PREVIEW:
		return preview_handle(&d->preview, ev);
	case DESK_TAKEBACK:
		return takeback_handle(&d->takeback, ev);
	case DESK_COMPLAIN:
		return complain_handle(&d->complain, ev);
	case DESK_AGREE:
		return agree_handle(&d->agree, ev);
	case DESK_OFFICE:
		return office_handle(&d->office, ev);
	case DESK_DASH:
		return dash_handle(&d->dash, ev);
	case DESK_PAPERS:
		return papers_handle(&d->papers, ev);
	case DESK_ROLLS:
		return rolls_handle(&d->rolls, ev);
	case DESK_INTAKE:
		return intake_handle(&d->intake, ev);
	case DESK_APPROVE:
		return approve_handle(&d->approve, ev);
	case DESK_CARRY:
		return carry_handle(&d->carry, ev);
	case DESK_PASSING:
		return passing_handle(&d->passing, ev);
	case DESK_RECHECK:
		return recheck_handle(&d->recheck, ev);
	case DESK_UNUSUAL:
		return unusual_handle(&d->unusual, ev);
	case DESK_SETUP:
		return setup_handle(&d->setup, ev);
	case DESK_RESTORE:
		return restore_handle(&d->restore, ev);
	case DESK_TEAM:
		return team_handle(&d->team, ev);
	case DESK_VIEWFINDER:
		return viewfinder_handle(&d->viewfinder, ev);
	case DESK_ARRIVALS:
		return arrivals_handle(&d->arrivals, ev);
	case DESK_CONTACT:
		return contact_handle(&d->contact, ev);
	case DESK_MACHINE:
		return machine_handle(&d->machine, ev);
	case DESK_SCANTEST:
		return scantest_handle(&d->scantest, ev);
	case DESK_VISITS:
		return visits_handle(&d->visits, ev);
	case DESK_VISIT:
		return visit_handle(&d->visit, ev);
	case DESK_QUESTIONS:
		return questions_handle(&d->questions, ev);
	case DESK_TOUR:
		return tour_handle(&d->tour, ev);
	case DESK_MENU:
		return menu_handle(&d->menu, ev);
	case DESK_HELP:
		return help_handle(&d->help, ev);
	case DESK_PLACE_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect desk_forward(struct desk *d, const struct event *ev)
{
	struct effect fx = handle(d, ev);

	/* What it left for may be over already: a visit goes on by itself. */
	while (fx.kind == FX_LEAVE)
		fx = desk_left(d);
	if (fx.kind == FX_SIGN_OUT)
		return desk_sign_out(d);
	return fx;
}

/* ---- keys -------------------------------------------------------------- */

static bool has_row(const struct desk *d, int key)
{
	size_t count;
	const struct binding *b = desk_bindings(d, &count);

	for (size_t i = 0; i < count; i++)
		if (b[i].key == key)
			return true;
	return false;
}

/* Was this key pressed just before, so that it may be held down? */
static bool is_soon(const struct desk *d, const struct event *ev)
{
	const long long rest = ev->at_ms - d->last_key_ms;

	if (ev->key != K_ACCEPT)
		return ev->key == d->last_key && rest < FLOW_REPEAT_MS;
	/* Here ENTER pays or hands over: no key in between makes up for rest. */
	if (desk_place(d) == DESK_CHECK || desk_place(d) == DESK_PAY)
		return ev->at_ms - d->enter_ms < FLOW_HELD_MS;
	return d->last_key == K_ACCEPT && rest < FLOW_HELD_MS;
}

/* A key held down, or pressed twice by a shaking hand, where it matters. */
static bool is_held(struct desk *d, const struct event *ev)
{
	const bool soon = is_soon(d, ev);
	size_t count;
	const struct binding *b = desk_bindings(d, &count);
	const struct binding *row = binding_find(b, count, ev->key);

	d->last_key = ev->key;
	d->last_key_ms = ev->at_ms;
	if (ev->key == K_ACCEPT)
		d->enter_ms = ev->at_ms;
	return soon && row && (row->rules & BINDING_ONCE);
}

/* Is it a key that the screen does not offer to him? */
static bool is_denied(const struct desk *d, const struct event *ev)
{
	size_t count;
	const struct binding *b = desk_bindings(d, &count);
	const int key = binding_key(b, count, ev);
	const struct binding *row = key ? binding_find(b, count, key) : NULL;

	return row && !binding_is_for(row, d->user.role);
}

/* The text that is being typed, NULL if none is. */
static const struct entry *text_field(const struct desk *d)
{
	if (desk_place(d) == DESK_FIND && d->find.step == FIND_TYPE)
		return &d->find.query;
	if (desk_place(d) == DESK_CHECK && d->check.step == CHECK_NAME)
		return &d->check.name;
	if (desk_place(d) == DESK_CHECK && d->check.step == CHECK_PAPER)
		return &d->check.paper;
	if (desk_place(d) == DESK_AGREE)
		return agree_field(&d->agree);
	if (desk_place(d) == DESK_OFFICE &&
		(d->office.step == OFFICE_PATH ||
			d->office.step == OFFICE_FILE))
		return &d->office.path;
	if (desk_place(d) == DESK_PAPERS && d->papers.step == PAPERS_PATH)
		return &d->papers.path;
	if (desk_place(d) == DESK_SETUP && d->setup.step == SETUP_TYPE &&
		d->setup.typed.kind == ENTRY_TEXT)
		return &d->setup.typed;
	if (desk_place(d) == DESK_INTAKE && d->intake.step == INTAKE_FOLDER)
		return &d->intake.folder;
	if (desk_place(d) == DESK_RESTORE && d->restore.step == RESTORE_FOLDER)
		return &d->restore.folder;
	if (desk_place(d) == DESK_ENROL && enrol_types_text(&d->enrol))
		return &d->enrol.typed;
	if (desk_place(d) == DESK_TEAM && d->team.step == TEAM_NAME)
		return &d->team.name;
	if (desk_place(d) == DESK_VISITS && d->visits.step == VISITS_TYPE)
		return &d->visits.query;
	if (desk_place(d) == DESK_VISIT && d->visit.step == VISIT_REMARK)
		return &d->visit.words;
	if (desk_place(d) == DESK_QUESTIONS &&
		d->questions.typed.kind == ENTRY_TEXT)
		return &d->questions.typed;
	return NULL;
}

static enum menu_step signed_out(const struct desk *d)
{
	if (d->info.training)
		return MENU_IN_TRAINING;
	return d->info.may_train ? MENU_MAY_TRAIN : MENU_SIGNED_OUT;
}

/* Is one person on the screen, of whom more may be asked? */
static bool looks_at_one(const struct desk *d)
{
	return desk_place(d) == DESK_CHECK && d->check.due.person.id != 0 &&
	       (d->check.step == CHECK_READY ||
		       d->check.step == CHECK_DIFFERS ||
		       d->check.step == CHECK_STOP ||
		       d->check.step == CHECK_NO_CASH);
}

static void open_menu(struct desk *d)
{
	const struct entry *text = text_field(d);
	enum menu_step step = text && *text->text ? MENU_TEXT
			      : looks_at_one(d)   ? MENU_CHECK
						  : MENU_PERSON;

	if (d->user.number == 0)
		step = signed_out(d);
	else if (desk_place(d) == DESK_VISITS && d->visits.step != VISITS_TYPE)
		step = MENU_ROUND;
	else if (desk_place(d) == DESK_DUTY ||
		 (desk_place(d) == DESK_IDLE &&
			 role_may(d->user.role, ACT_LIMIT)))
		step = MENU_SUPERVISOR;
	else if (desk_place(d) == DESK_IDLE)
		step = d->status.has_shift && !desk_is_foreign(d)
			       ? MENU_SHIFT
			       : MENU_NO_SHIFT;
	menu_init(&d->menu, step);
	d->menu.tour = d->info.training || d->tour.on;
	desk_push(d, DESK_MENU);
}

/* What warns is shown whole there: a small screen cuts it. */
static void open_help(struct desk *d, const struct notice *n)
{
	size_t count;
	const struct binding *b = desk_bindings(d, &count);

	if (n->level != NOTICE_NOTE)
		d->notice = *n;
	help_init(&d->help, b, count);
	desk_push(d, DESK_HELP);
}

static struct effect on_key(struct desk *d, const struct event *ev)
{
	const bool held = is_held(d, ev);
	const struct notice n = *desk_notice(d);

	if (held || d->waiting != FX_NONE || d->intruder || is_denied(d, ev))
		return effect_of(FX_NONE);
	notice_clear(&d->notice);
	if (ev->key == '*' && desk_place(d) != DESK_MENU && has_row(d, '*')) {
		open_menu(d);
		return effect_of(FX_NONE);
	}
	if (ev->key == '#' && has_row(d, '#')) {
		open_help(d, &n);
		return effect_of(FX_NONE);
	}
	if (ev->key == '.' && desk_place(d) == DESK_IDLE)
		return desk_next_person(d);
	return desk_forward(d, ev);
}

/* ---- answers and what comes unasked ------------------------------------ */

static struct effect on_shift_state(struct desk *d, const struct event *ev)
{
	if (ev->kind == EV_FAILED) {
		d->recover.step = RECOVER_FAILED;
		notice_say(&d->recover.notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		return effect_of(FX_NONE);
	}
	d->status.has_shift = ev->kind == EV_SHIFT;
	if (ev->kind == EV_SHIFT)
		d->status.shift = ev->shift;
	desk_home(d);
	idle_init(&d->idle, d->info.demo);
	desk_settle_idle(d);
	if (desk_begins_at_door(d))
		return desk_start_visits(d, true);
	if (desk_begins_with_duty(d))
		return desk_start_duty(d);
	if (!d->status.has_shift && role_may(d->user.role, ACT_DRAWER) &&
		!d->status.frozen && !d->status.moved)
		desk_start_drawer(d, DRAWER_OPEN);
	return effect_of(FX_NONE);
}

/* A Z slip scanned outside of opening: only said. */
static struct effect on_evidence(struct desk *d, const struct event *ev)
{
	char text[PROOF_MESSAGE_SIZE];

	if (ev->kind == EV_FAILED) {
		notice_say(&d->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		return effect_of(FX_NONE);
	}
	proof_text(&ev->evidence, text, sizeof(text));
	notice_say(&d->notice,
		ev->evidence.proof == PROOF_AGREES ? NOTICE_NOTE : NOTICE_WARN,
		"%s", text);
	return effect_of(FX_NONE);
}

static void remember_paid(struct desk *d, const struct payout *p)
{
	d->last.seq = p->seq;
	str_copy(d->last.name, sizeof(d->last.name), d->pay.name);
	memset(&d->last.paper, 0, sizeof(d->last.paper));
}

static struct effect on_answer(struct desk *d, const struct event *ev)
{
	const enum effect_kind asked = d->waiting;

	if (!flow_answers(asked, ev->kind))
		return effect_of(FX_NONE);
	d->waiting = FX_NONE;
	if (ev->kind == EV_SIGNED_IN) {
		d->user = ev->user;
		d->typing = ev->typing;
		d->offer = ev->drafts > 0;
		d->touched_ms = ev->at_ms;
	}
	if (ev->kind == EV_PAID)
		remember_paid(d, &ev->payout);
	if (asked == FX_SETTING_PUT && ev->kind == EV_SETTINGS)
		desk_take_settings(d, ev);
	if (ev->kind == EV_DRAFT)
		return desk_take_draft(d, ev);
	if (ev->kind == EV_EVIDENCE)
		d->status.frozen = ev->evidence.frozen;
	if (asked == FX_SHIFT_STATE && desk_place(d) == DESK_RECOVER)
		return on_shift_state(d, ev);
	if (asked == FX_EVIDENCE && desk_place(d) != DESK_DRAWER)
		return on_evidence(d, ev);
	return desk_forward(d, ev);
}

/* Signed out there is nothing to lock, but what was scanned must not stay. */
static void wipe_scantest(struct desk *d, const struct event *ev)
{
	if (d->user.number != 0 || !desk_has(d, DESK_SCANTEST) ||
		ev->at_ms - d->touched_ms < d->info.lock_ms)
		return;
	scantest_init(&d->scantest);
	d->depth = 1;
}

static struct effect on_tick(struct desk *d, const struct event *ev)
{
	d->now = ev->now;
	wipe_scantest(d, ev);
	if (d->intruder && d->waiting == FX_NONE)
		return desk_intruder(d);
	if (desk_place(d) == DESK_SIGNIN)
		return desk_forward(d, ev);
	if (desk_place(d) == DESK_VIEWFINDER)
		viewfinder_handle(&d->viewfinder, ev);
	if (d->user.number != 0 && d->waiting == FX_NONE &&
		ev->at_ms - d->touched_ms >= d->info.lock_ms)
		return desk_lock(d, NOTICE_NOTE,
			tr("Locked, because nobody touched it. Give your "
			   "PIN."));
	return d->waiting == FX_NONE ? desk_hear_study(d, ev)
				     : effect_of(FX_NONE);
}

static struct effect take(struct desk *d, const struct event *ev)
{
	switch (ev->kind) {
	case EV_KEY:
		d->touched_ms = ev->at_ms;
		return on_key(d, ev);
	case EV_SCAN:
		d->touched_ms = ev->at_ms;
		/* Scanners end with ENTER, some of them late: it never pays. */
		d->enter_ms = ev->at_ms;
		return desk_scan(d, ev);
	case EV_PASTED:
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("Pasted text is not taken: type it, or scan the "
			   "code"));
		return effect_of(FX_NONE);
	case EV_TICK:
		return on_tick(d, ev);
	case EV_STATUS:
		d->status = ev->status;
		desk_settle_idle(d);
		return desk_hear_study(d, ev);
	case EV_STUDY:
		return desk_hear_study(d, ev);
	case EV_PRINT:
		if (ev->print.piece > 0)
			return desk_marks_slip(d, ev);
		if (ev->print.test && desk_place(d) == DESK_MACHINE)
			return desk_forward(d, ev);
		desk_print(d, ev);
		return effect_of(FX_NONE);
	case EV_DEVICE:
		return desk_device(d, ev);
	case EV_DRAWER:
		return effect_of(FX_NONE);
	case EV_CAMERA:
		if (desk_place(d) == DESK_VIEWFINDER)
			viewfinder_handle(&d->viewfinder, ev);
		return effect_of(FX_NONE);
	default:
		return on_answer(d, ev);
	}
}

/* The fields in which names are typed have the desk's input method. */
static void settle_typing(struct desk *d)
{
	entry_typing(&d->find.query, d->typing);
	entry_typing(&d->check.name, d->typing);
	entry_typing(&d->check.paper, d->typing);
	entry_typing(&d->enrol.typed,
		enrol_types_text(&d->enrol) ? d->typing : TELEX_OFF);
	entry_typing(&d->agree.typed, d->typing);
	if (d->now > 0)
		d->check.today = d->agree.today = date_of_ms(d->now).date;
	entry_typing(&d->setup.typed,
		setup_types_words(&d->setup) ? d->typing : TELEX_OFF);
	entry_typing(&d->team.name, d->typing);
	entry_typing(&d->visits.query, d->typing);
	entry_typing(&d->visit.words, d->typing);
	if (d->now > 0)
		d->visit.today = date_of_ms(d->now).date;
}

static void show_frozen(struct desk *d, enum frozen_step step)
{
	desk_only(d, DESK_FROZEN);
	frozen_init(&d->frozen, step);
}

/*
 * Where a payment could begin, a frozen book shows instead. On another
 * machine people may still be looked at; the book itself pays nobody.
 */
static void settle_frozen(struct desk *d)
{
	const bool lost = d->status.frozen;

	if ((!lost && !d->status.moved) || d->user.number == 0 ||
		d->waiting != FX_NONE)
		return;
	switch (desk_place(d)) {
	case DESK_IDLE:
	case DESK_DUTY:
		show_frozen(d, lost ? FROZEN_LOST : FROZEN_MOVED);
		break;
	case DESK_FIND:
	case DESK_CHECK:
	case DESK_BYPAD:
	case DESK_NOTPAID:
	case DESK_PREVIEW:
	case DESK_TEAM:
	case DESK_VISITS:
	case DESK_VISIT:
	case DESK_QUESTIONS:
		if (lost)
			show_frozen(d, FROZEN_LOST);
		break;
	case DESK_FROZEN:
		if (lost && d->frozen.step != FROZEN_LOST)
			show_frozen(d, FROZEN_LOST);
		break;
	case DESK_SIGNIN:
	case DESK_RECOVER:
	case DESK_DRAWER:
	case DESK_PAY:
	case DESK_TAKEBACK:
	case DESK_ENROL:
	case DESK_COMPLAIN:
	case DESK_AGREE:
	case DESK_OFFICE:
	case DESK_DASH:
	case DESK_PAPERS:
	case DESK_ROLLS:
	case DESK_INTAKE:
	case DESK_SETUP:
	case DESK_RESTORE:
	case DESK_VIEWFINDER:
	case DESK_ARRIVALS:
	case DESK_CONTACT:
	case DESK_MACHINE:
	case DESK_SCANTEST:
	case DESK_APPROVE:
	case DESK_CARRY:
	case DESK_PASSING:
	case DESK_UNUSUAL:
	case DESK_RECHECK:
	case DESK_TOUR:
	case DESK_MENU:
	case DESK_HELP:
	case DESK_PLACE_COUNT:
		break;
	}
}

struct effect desk_handle(struct desk *d, const struct event *ev)
{
	const enum desk_place before = desk_place(d);
	struct effect fx = take(d, ev);

	settle_typing(d);
	if (before != DESK_DUTY && desk_place(d) == DESK_DUTY &&
		fx.kind != FX_DUTY)
		duty_came_back(&d->duty);
	if (!flow_is_answered(fx.kind))
		settle_frozen(d);
	fx = desk_keep_draft(d, desk_tour(d, ev, fx));
	if (flow_is_answered(fx.kind))
		d->waiting = fx.kind;
	return fx;
}
