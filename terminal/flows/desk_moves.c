/* From one place to the next, when a flow says that it is over: desk.h. */
#include "core/crypto.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"
#include "terminal/flows/refusal_text.h"

struct effect desk_next_person(struct desk *d)
{
	desk_home(d);
	if (d->by_hand) {
		d->by_hand = false;
		notice_clear(&d->idle.notice);
		desk_settle_idle(d);
	}
	if (!d->parked)
		return effect_of(FX_NONE);
	d->parked = false;
	desk_push(d, DESK_CHECK);
	return check_start_card(&d->check, &d->next);
}

struct effect desk_start_arrivals(struct desk *d)
{
	desk_push(d, DESK_ARRIVALS);
	return arrivals_start(&d->arrivals);
}

void desk_start_drawer(struct desk *d, enum drawer_task task)
{
	desk_home(d);
	desk_push(d, DESK_DRAWER);
	drawer_init(&d->drawer, task,
		d->status.has_shift ? &d->status.shift : NULL);
	if (task == DRAWER_OPEN && d->status.last_closed > 0)
		drawer_ask_slip(&d->drawer, d->status.last_closed);
}

static struct effect show_receipt(struct desk *d, uint64_t seq)
{
	if (seq == 0) {
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("No receipt was made in this shift yet"));
		return effect_of(FX_NONE);
	}
	desk_push(d, DESK_PREVIEW);
	return preview_start(&d->preview, seq);
}

static struct effect left_signin(struct desk *d)
{
	desk_only(d, DESK_RECOVER);
	return recover_start(&d->recover);
}

static struct effect left_recover(struct desk *d)
{
	/* Stays on the screen until the answer about the shift is there. */
	d->recover.step = RECOVER_LOOKING;
	return effect_of(FX_SHIFT_STATE);
}

static struct effect left_drawer(struct desk *d)
{
	const struct drawer *r = &d->drawer;

	desk_home(d);
	d->notice = r->notice;
	if (r->done && r->task == DRAWER_CLOSE)
		d->status.last_closed = r->slip.shift.number
						? r->slip.shift.number
						: r->before.number;
	if (r->done) {
		d->status.has_shift = r->task != DRAWER_CLOSE;
		d->status.shift = r->shift;
	}
	notice_clear(&d->idle.notice);
	desk_settle_idle(d);
	if (r->file && d->status.last_closed > 0) {
		desk_push(d, DESK_OFFICE);
		return office_start_file(&d->office, d->status.last_closed);
	}
	return effect_of(FX_NONE);
}

static void close_frozen(struct desk *d)
{
	if (d->status.has_shift && !desk_is_foreign(d))
		desk_start_drawer(d, DRAWER_CLOSE);
	else
		notice_say(&d->frozen.notice, NOTICE_NOTE, "%s",
			tr("You have no drawer open here."));
}

static struct effect left_frozen(struct desk *d)
{
	switch (d->frozen.choice) {
	case FROZEN_CLOSE:
		close_frozen(d);
		break;
	case FROZEN_FIND:
		desk_push(d, DESK_FIND);
		find_init(&d->find, 0, d->typing);
		break;
	case FROZEN_DONE:
		d->status.moved = false;
		desk_home(d);
		desk_settle_idle(d);
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("Recorded: the book belongs to this machine now."));
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect start_camera(struct desk *d)
{
	desk_push(d, DESK_VIEWFINDER);
	viewfinder_init(&d->viewfinder);
	return effect_of(FX_NONE);
}

static struct effect left_viewfinder(struct desk *d)
{
	desk_pop(d);
	crypto_wipe(&d->viewfinder, sizeof(d->viewfinder));
	return effect_of(FX_NONE);
}

static struct effect left_idle(struct desk *d)
{
	if (d->idle.lists)
		return desk_start_arrivals(d);
	if (d->idle.typed == 0)
		return start_camera(d);
	desk_push(d, DESK_FIND);
	find_init(&d->find, d->idle.typed, d->typing);
	return effect_of(FX_NONE);
}

static struct effect left_find(struct desk *d)
{
	struct effect fx;

	if (d->find.code[0]) {
		desk_push(d, DESK_PREVIEW);
		fx = preview_start_code(&d->preview, d->find.code);
		d->find.code[0] = '\0';
		return fx;
	}
	if (d->find.chosen == 0) {
		desk_pop(d);
		return effect_of(FX_NONE);
	}
	desk_push(d, DESK_CHECK);
	fx = check_start(&d->check, d->find.chosen);
	if (d->find.by_bhyt)
		notice_say(&d->check.notice, NOTICE_WARN, "%s",
			tr("Health-insurance card: look at the ID card or "
			   "paper"));
	return fx;
}

static struct effect left_check(struct desk *d)
{
	struct date today = {0};

	switch (d->check.outcome) {
	case CHECK_BACK:
		d->notice = d->check.notice;
		desk_pop(d);
		return effect_of(FX_NONE);
	case CHECK_PAY:
		if (d->by_hand) {
			desk_push(d, DESK_BYPAD);
			bypad_ask(&d->bypad, d->check.due.person.name,
				d->check.due.due);
			return effect_of(FX_NONE);
		}
		desk_push(d, DESK_PAY);
		return pay_start(&d->pay, &d->check.request, &d->check.due);
	case CHECK_NOT_PAID:
		if (d->now > 0)
			today = date_of_ms(d->now).date;
		desk_push(d, DESK_NOTPAID);
		notpaid_init(&d->notpaid, &d->check.due.person, today);
		return effect_of(FX_NONE);
	case CHECK_ACCOUNT:
		desk_push(d, DESK_ENROL);
		return enrol_start(&d->enrol, &d->check.due.person);
	case CHECK_RECEIPT:
		return show_receipt(d, d->check.stop.prior.seq);
	case CHECK_NEXT:
		return desk_next_person(d);
	}
	return effect_of(FX_NONE);
}

/* Between typing and this lies the way to the person, any way. */
static struct effect left_bypad(struct desk *d)
{
	struct pay_request *r = &d->check.request;

	switch (d->bypad.outcome) {
	case BYPAD_BACK:
		desk_pop(d);
		break;
	case BYPAD_FIND:
		d->by_hand = true;
		desk_home(d);
		desk_settle_idle(d);
		break;
	case BYPAD_RECORD:
		d->by_hand = false;
		notice_clear(&d->idle.notice);
		str_copy(r->pad, sizeof(r->pad), d->bypad.number.text);
		r->given_at = d->bypad.given_at;
		desk_pop(d);
		desk_push(d, DESK_PAY);
		return pay_start(&d->pay, r, &d->check.due);
	}
	return effect_of(FX_NONE);
}

static struct effect left_pay(struct desk *d)
{
	char amount[MONEY_TEXT_SIZE];
	const struct payout *p = &d->pay.payout;

	if (d->pay.receipt) {
		d->pay.receipt = false;
		return show_receipt(d, d->pay.receipt_seq);
	}
	notice_clear(&d->idle.notice);
	if (p->state == PAYOUT_HANDED && p->pad[0])
		notice_say(&d->idle.notice, NOTICE_NOTE,
			tr("Sheet %s is entered: %s đồng, %s"), p->pad,
			money_format(p->amount, amount), d->pay.name);
	else if (p->state == PAYOUT_HANDED)
		notice_say(&d->idle.notice, NOTICE_NOTE,
			tr("Paid: %s đồng, %s"),
			money_format(p->amount, amount), d->pay.name);
	else if (p->state == PAYOUT_VOIDED)
		notice_say(&d->idle.notice, NOTICE_WARN,
			tr("Not handed over: %s. The money is in the drawer."),
			d->pay.name);
	return desk_next_person(d);
}

static struct effect left_notpaid(struct desk *d)
{
	if (!d->notpaid.saved) {
		desk_pop(d);
		return effect_of(FX_NONE);
	}
	d->idle.notice = d->notpaid.notice;
	return desk_next_person(d);
}

static struct effect next_typing(struct desk *d)
{
	static const enum telex_method next[TELEX_METHOD_COUNT] = {
		[TELEX_TELEX] = TELEX_VNI,
		[TELEX_VNI] = TELEX_OFF,
		[TELEX_OFF] = TELEX_TELEX,
	};
	static const char *const said[TELEX_METHOD_COUNT] = {
		[TELEX_TELEX] = TR("Names are typed by Telex: nguyeenx"),
		[TELEX_VNI] = TR("Names are typed by VNI: nguye64n"),
		[TELEX_OFF] = TR("Names are typed without marks"),
	};
	struct effect fx = effect_of(FX_TYPING);

	d->typing = next[d->typing];
	notice_say(&d->notice, NOTICE_NOTE, "%s", tr(said[d->typing]));
	fx.typing = d->typing;
	return fx;
}

/* As if the field below the menu had that key. */
static struct effect erase_word(struct desk *d)
{
	const struct event key = {.kind = EV_KEY, .key = K_ERASE_WORD};

	return desk_forward(d, &key);
}

static struct effect print_last_slip(struct desk *d)
{
	struct effect fx = effect_of(FX_SLIP);

	fx.slip = d->status.last_closed;
	if (fx.slip > 0)
		return fx;
	notice_say(&d->notice, NOTICE_NOTE, "%s",
		tr("No shift was closed here yet: there is no Z slip"));
	return effect_of(FX_NONE);
}

static struct effect start_clock(struct desk *d)
{
	desk_push(d, DESK_OFFICE);
	office_start_clock(&d->office);
	return effect_of(FX_NONE);
}

static struct effect start_copy(struct desk *d)
{
	desk_push(d, DESK_OFFICE);
	return office_start_copy(&d->office);
}

static struct effect left_office(struct desk *d)
{
	d->notice = d->office.notice;
	desk_pop(d);
	return effect_of(FX_NONE);
}

static struct effect left_team(struct desk *d)
{
	d->notice = d->team.notice;
	if (d->team.task == TEAM_FIRST) {
		signin_lock(&d->signin, 0);
		desk_only(d, DESK_SIGNIN);
	} else {
		desk_pop(d);
	}
	crypto_wipe(&d->team, sizeof(d->team));
	return effect_of(FX_NONE);
}

static struct effect say_no(struct desk *d, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(why, text, sizeof(text));
	notice_say(&d->notice, NOTICE_WARN, "%s", text);
	return effect_of(FX_NONE);
}

/* Said at once, not after the notes are counted; the book says it again. */
static struct effect open_drawer(struct desk *d)
{
	if (d->status.has_shift)
		return say_no(d, &(struct refusal){.code = REFUSED_SHIFT_OPEN,
					 .actor = d->status.shift.actor});
	desk_start_drawer(d, DRAWER_OPEN);
	return effect_of(FX_NONE);
}

/* His who is out, and of nobody else: the book says so again. */
static struct effect stand_in(struct desk *d)
{
	if (desk_is_foreign(d) && d->status.shift.left != SHIFT_LEFT_NOT)
		desk_start_drawer(d, DRAWER_CLOSE);
	else
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("No drawer is open here whose agent may not work "
			   "any more"));
	return effect_of(FX_NONE);
}

static struct effect start_team(struct desk *d, enum team_task task)
{
	struct effect fx;

	fx = team_start(&d->team, task);
	d->team.now = d->now;
	desk_push(d, DESK_TEAM);
	return fx;
}

static struct effect start_card(struct desk *d)
{
	desk_push(d, DESK_APPROVE);
	return approve_start_card(&d->approve);
}

static struct effect left_approve(struct desk *d)
{
	d->notice = d->approve.notice;
	desk_pop(d);
	return effect_of(FX_NONE);
}

struct effect desk_choose(struct desk *d, enum menu_choice choice)
{
	switch (choice) {
	case MENU_NOTHING:
		break;
	case MENU_ARRIVALS:
		return desk_start_arrivals(d);
	case MENU_WORK:
		return desk_start_duty(d);
	case MENU_LAST_RECEIPT:
		return show_receipt(d, d->status.last_receipt);
	case MENU_OPEN_SHIFT:
		return open_drawer(d);
	case MENU_SHEET:
		desk_push(d, DESK_BYPAD);
		bypad_init(&d->bypad, d->now);
		break;
	case MENU_TOP_UP:
		desk_start_drawer(d, DRAWER_TOP_UP);
		break;
	case MENU_DROP:
		desk_start_drawer(d, DRAWER_DROP);
		break;
	case MENU_CLOSE_SHIFT:
		desk_start_drawer(d, DRAWER_CLOSE);
		break;
	case MENU_CAMERA:
		return start_camera(d);
	case MENU_LAST_SLIP:
		return print_last_slip(d);
	case MENU_CLOCK:
		return start_clock(d);
	case MENU_COPY:
		return start_copy(d);
	case MENU_SETUP:
		setup_start(&d->setup);
		desk_push(d, DESK_SETUP);
		break;
	case MENU_LIMITS:
		desk_push(d, DESK_OFFICE);
		return office_start_limits(&d->office);
	case MENU_SIGN_OUT:
		return desk_sign_out(d);
	case MENU_OWN_PIN:
		return start_team(d, TEAM_OWN_PIN);
	case MENU_USERS:
		return start_team(d, TEAM_PEOPLE);
	case MENU_PRINT_TEST:
		desk_push(d, DESK_MACHINE);
		machine_start_test(&d->machine);
		break;
	case MENU_DRAWER_OPEN:
		desk_push(d, DESK_MACHINE);
		machine_start_drawer(&d->machine);
		break;
	case MENU_SCANTEST:
		scantest_init(&d->scantest);
		desk_push(d, DESK_SCANTEST);
		break;
	case MENU_CARD:
		return start_card(d);
	case MENU_STAND_IN:
		return stand_in(d);
	case MENU_CARRY:
		desk_push(d, DESK_CARRY);
		return carry_start(&d->carry);
	case MENU_HAND_OVER:
		desk_push(d, DESK_PASSING);
		return passing_start(&d->passing, &d->check.due.person,
			d->check.due.due);
	case MENU_UNUSUAL:
		desk_push(d, DESK_UNUSUAL);
		return unusual_start(&d->unusual);
	case MENU_RECHECK:
		return desk_start_recheck(d);
	case MENU_TAKE_OVER:
		desk_push(d, DESK_PASSING);
		return passing_expect(&d->passing, d->info.dev6);
	case MENU_CONSENT:
		desk_push(d, DESK_AGREE);
		return agree_start(&d->agree, &d->check.due.person);
	case MENU_VISITS:
		return desk_start_visits(d, false);
	case MENU_DASH:
		return desk_start_dash(d);
	case MENU_PAPERS:
		return desk_start_papers(d);
	case MENU_ROLLS:
		return desk_start_rolls(d);
	case MENU_CONTACT:
		desk_push(d, DESK_CONTACT);
		contact_start(&d->contact, &d->status);
		return effect_of(FX_NONE);
	case MENU_FIND:
		return visits_task(&d->visits, VISITS_TO_TYPE);
	case MENU_FILTER:
		return visits_task(&d->visits, VISITS_TO_FILTER);
	case MENU_PLAN:
		return visits_task(&d->visits, VISITS_TO_PLAN);
	case MENU_DRAFTS:
		return visits_task(&d->visits, VISITS_TO_DRAFTS);
	case MENU_TYPING:
		return next_typing(d);
	case MENU_ERASE_WORD:
		return erase_word(d);
	case MENU_LANGUAGE:
		/* What was said stays in the old language: say it no more. */
		if (!idle_is_foreign(d->idle.step))
			notice_clear(&d->idle.notice);
		return effect_of(FX_LANGUAGE);
	case MENU_TRAINING:
		return effect_of(FX_TRAINING);
	case MENU_TOUR:
		return desk_start_tour(d);
	case MENU_QUIT:
		return effect_of(FX_QUIT);
	}
	return effect_of(FX_NONE);
}

static struct effect left_menu(struct desk *d)
{
	desk_pop(d);
	return desk_choose(d, d->menu.choice);
}

static struct effect left_preview(struct desk *d)
{
	const bool take_back = d->preview.take_back;
	const bool complain = d->preview.complain;

	d->preview.take_back = false;
	d->preview.complain = false;
	if (complain) {
		desk_push(d, DESK_COMPLAIN);
		complain_init(&d->complain, d->preview.seq, &d->preview.brief);
		return effect_of(FX_NONE);
	}
	if (!take_back) {
		desk_pop(d);
		return effect_of(FX_NONE);
	}
	desk_push(d, DESK_TAKEBACK);
	takeback_init(&d->takeback, d->preview.seq, &d->preview.brief,
		d->preview.scanned);
	return effect_of(FX_NONE);
}

/* Below lies the receipt as it was: good as long as nothing was changed. */
static struct effect left_takeback(struct desk *d)
{
	char amount[MONEY_TEXT_SIZE];
	const struct payout_brief *b = &d->takeback.brief;

	if (b->state != PAYOUT_VOIDED) {
		desk_pop(d);
		return effect_of(FX_NONE);
	}
	notice_say(&d->idle.notice, NOTICE_WARN,
		tr("Cancelled: %s đồng, %s. The money is in your drawer."),
		money_format(b->amount, amount), b->name);
	return desk_next_person(d);
}

struct effect desk_left(struct desk *d)
{
	switch (desk_place(d)) {
	case DESK_SIGNIN:
		return left_signin(d);
	case DESK_RECOVER:
		return left_recover(d);
	case DESK_DRAWER:
		return left_drawer(d);
	case DESK_IDLE:
		return left_idle(d);
	case DESK_DUTY:
		return desk_left_duty(d);
	case DESK_FROZEN:
		return left_frozen(d);
	case DESK_FIND:
		return left_find(d);
	case DESK_CHECK:
		return left_check(d);
	case DESK_BYPAD:
		return left_bypad(d);
	case DESK_PAY:
		return left_pay(d);
	case DESK_NOTPAID:
		return left_notpaid(d);
	case DESK_OFFICE:
		return left_office(d);
	case DESK_DASH:
	case DESK_PAPERS:
		return desk_left_study(d);
	case DESK_ROLLS:
		return desk_left_rolls(d);
	case DESK_INTAKE:
		return desk_left_intake(d);
	case DESK_APPROVE:
		return left_approve(d);
	case DESK_CARRY:
		d->notice = d->carry.notice;
		desk_pop(d);
		break;
	case DESK_PASSING:
		return desk_left_passing(d);
	case DESK_SETUP:
		return desk_left_setup(d);
	case DESK_RESTORE:
		d->notice = d->restore.notice;
		desk_pop(d);
		break;
	case DESK_RECHECK:
		return desk_left_recheck(d);
	case DESK_ARRIVALS:
	case DESK_UNUSUAL:
		desk_pop(d);
		break;
	case DESK_TEAM:
		return left_team(d);
	case DESK_VIEWFINDER:
		return left_viewfinder(d);
	case DESK_VISITS:
		return desk_left_visits(d);
	case DESK_VISIT:
		return desk_left_visit(d);
	case DESK_QUESTIONS:
		return desk_left_questions(d);
	case DESK_MENU:
		return left_menu(d);
	case DESK_PREVIEW:
		return left_preview(d);
	case DESK_TAKEBACK:
		return left_takeback(d);
	case DESK_TOUR:
		return desk_left_tour(d);
	case DESK_CONTACT:
		desk_pop(d);
		if (d->contact.lists)
			return desk_start_arrivals(d);
		break;
	case DESK_MACHINE:
		d->notice = d->machine.notice;
		desk_pop(d);
		break;
	case DESK_AGREE:
		return desk_left_agree(d);
	case DESK_ENROL:
		return desk_left_enrol(d);
	case DESK_COMPLAIN:
	case DESK_SCANTEST:
	case DESK_HELP:
		desk_pop(d);
		break;
	case DESK_PLACE_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
