#include "terminal/flows/pay.h"

#include <string.h>

#include "core/crypto.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding refused_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'1', "1", TR("Print a copy of the receipt"), TR("Copy"), true},
	{'3', "3", TR("See the receipt"), TR("Receipt"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding stopped_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding unknown_keys[] = {
	{'1', "1", TR("Look again whether it was recorded"), TR("Look again"),
		true},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding absent_keys[] = {
	{K_ACCEPT, "ENTER", TR("Record it again"), NULL, true},
	{'0', "0", TR("Do not pay"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding handing_keys[] = {
	{K_ACCEPT, "ENTER", TR("THE MONEY IS HANDED OVER"), TR("HANDED OVER"),
		true},
	{'1', "1", TR("The money is handed over"), TR("Handed over"), true},
	{'2', "2", TR("Print the receipt again"), TR("Print again"), true},
	{'3', "3", TR("See the receipt"), TR("Receipt"), false},
	{'4', "4", TR("Other banknotes are given"), TR("Other notes"), false},
	{'9', "9", TR("The money was NOT handed over"), TR("NOT handed over"),
		true},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding undo_keys[] = {
	{'1', "1", TR("Yes: the money stays in the drawer"), TR("Void it"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'1', "1", TR("Print the receipt again"), TR("Print again"), true},
	{'3', "3", TR("See the receipt"), TR("Receipt"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *pay_bindings(const struct pay *p, size_t *count)
{
	switch (p->step) {
	case PAY_SECOND:
		return second_bindings(p->second.step, count);
	case PAY_REFUSED:
		if (p->why.prior.seq == 0)
			ROWS(stopped_keys);
		ROWS(refused_keys);
	case PAY_UNKNOWN:
		ROWS(unknown_keys);
	case PAY_ABSENT:
		ROWS(absent_keys);
	case PAY_HANDING:
		ROWS(handing_keys);
	case PAY_NOTES:
		return note_table_bindings(count);
	case PAY_UNDO:
		ROWS(undo_keys);
	case PAY_DONE:
		ROWS(done_keys);
	case PAY_RECORDING:
	case PAY_LOOKING:
	case PAY_CLOSING:
	case PAY_UNDOING:
	case PAY_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static int key_of(const struct pay *p, const struct event *ev)
{
	size_t count;
	const struct binding *b = pay_bindings(p, &count);

	return binding_key(b, count, ev);
}

bool pay_is_open(const struct pay *p)
{
	switch (p->step) {
	case PAY_RECORDING:
	case PAY_SECOND:
	case PAY_LOOKING:
	case PAY_UNKNOWN:
	case PAY_ABSENT:
	case PAY_HANDING:
	case PAY_NOTES:
	case PAY_UNDO:
	case PAY_CLOSING:
	case PAY_UNDOING:
		return true;
	case PAY_REFUSED:
	case PAY_DONE:
	case PAY_STEP_COUNT:
		break;
	}
	return false;
}

/* ---- asking the book --------------------------------------------------- */

static struct effect record(struct pay *p)
{
	struct effect fx = effect_of(FX_PAY);

	fx.drop_keys = true;
	fx.pay.request = p->request;
	fx.pay.suggest = p->suggest;
	fx.pay.due = p->due;
	p->step = PAY_RECORDING;
	return fx;
}

static struct effect look(struct pay *p)
{
	struct effect fx = effect_of(FX_LOOK);

	fx.drop_keys = true;
	memcpy(fx.uid, p->request.uid, sizeof(fx.uid));
	p->step = PAY_LOOKING;
	return fx;
}

static struct effect close_it(struct pay *p, enum effect_kind kind,
	enum pay_step step)
{
	struct effect fx = effect_of(kind);

	fx.drop_keys = true;
	fx.seq = p->payout.seq;
	if (kind == FX_HANDED)
		fx.given = p->given;
	notice_clear(&p->notice);
	p->unanswered = ERR_NONE;
	p->step = step;
	return fx;
}

struct effect pay_start(struct pay *p, const struct pay_request *request,
	const struct person_due *due)
{
	memset(p, 0, sizeof(*p));
	p->request = *request;
	p->request.approver = NULL;
	p->due = due->due;
	p->suggest = !request->pad[0] && notes_none(&request->notes);
	str_copy(p->name, sizeof(p->name), due->person.name);
	second_init(&p->second);
	return record(p);
}

/* ---- paper ------------------------------------------------------------- */

/* Nothing can have come out of a printer that is not there. */
static bool no_paper_yet(const struct pay *p)
{
	return p->paper.state == PRINT_NONE ||
	       (p->paper.state == PRINT_FAILED && p->paper.no_printer);
}

static struct effect print(struct pay *p, bool copy)
{
	struct effect fx = effect_of(FX_PRINT);

	fx.print.seq = p->payout.seq;
	fx.print.copy = copy;
	p->paper.state = PRINT_PRINTING;
	p->paper.code = ERR_NONE;
	return fx;
}

static struct effect print_again(struct pay *p)
{
	if (p->paper.state == PRINT_PRINTING) {
		notice_say(&p->notice, NOTICE_NOTE, "%s",
			tr("The receipt is being printed already"));
		return effect_of(FX_NONE);
	}
	notice_clear(&p->notice);
	return print(p, !no_paper_yet(p));
}

static struct effect show_receipt(struct pay *p, uint64_t seq)
{
	p->receipt = true;
	p->receipt_seq = seq;
	return effect_of(FX_LEAVE);
}

static void on_print(struct pay *p, const struct event *ev)
{
	if (p->payout.seq == 0 || ev->print.seq != p->payout.seq)
		return;
	p->paper = pay_paper_of(ev);
}

/* ---- answers ----------------------------------------------------------- */

/* Paid and open: either that was asked, or the answer is not in the book. */
static void say_looked_up(struct pay *p)
{
	if (p->unanswered == ERR_NONE)
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("Looked up: it is recorded. Go on from here."));
	else
		notice_say(&p->notice, NOTICE_STOP, "%s",
			p->unanswered == ERR_FULL
				? tr("The disk is full: your answer is not in "
				     "the book. Never hand over twice; free "
				     "some space, then press the key again.")
				: tr("Your answer is not in the book. Never "
				     "hand over twice; press the key again, "
				     "or call the technician."));
}

static struct effect on_paid(struct pay *p, const struct event *ev)
{
	const bool looked = p->step == PAY_LOOKING;

	p->payout = ev->payout;
	if (!looked)
		p->advice = ev->advice;
	p->paper.state = ev->payout.print;
	if (ev->payout.state != PAYOUT_PAID) {
		p->step = PAY_DONE;
		return effect_of(FX_NONE);
	}
	p->step = PAY_HANDING;
	if (looked)
		say_looked_up(p);
	else if (ev->payout.quick)
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("Less than 15 seconds after the payment before "
			   "this one. Look once more: is it the right "
			   "person?"));
	return p->paper.state == PRINT_NONE ? print(p, false)
					    : effect_of(FX_NONE);
}

static void ask_second(struct pay *p)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(&p->why, text, sizeof(text));
	second_init(&p->second);
	notice_say(&p->second.notice, NOTICE_WARN, "%s", text);
	p->step = PAY_SECOND;
}

bool pay_second_helps(enum refusal_code code)
{
	return code == REFUSED_SECOND_PERSON || code == REFUSED_SAME_PERSON ||
	       /* These the book lets pass when a supervisor signs, too. */
	       code == REFUSED_MINOR || code == REFUSED_CLOCK ||
	       code == REFUSED_LIST_DAY || code == REFUSED_ELSEWHERE;
}

static struct effect on_refused(struct pay *p, const struct event *ev)
{
	const bool had_second = p->second.number.text[0] != '\0';

	if (second_wrong(&p->second, &ev->refusal)) {
		p->step = PAY_SECOND;
		return effect_of(FX_NONE);
	}
	p->why = ev->refusal;
	p->step = PAY_REFUSED;
	/* The second person's role, if there was one. */
	if (pay_second_helps(p->why.code) ||
		(p->why.code == REFUSED_ROLE && had_second))
		ask_second(p);
	return effect_of(FX_NONE);
}

static struct effect on_recording_step(struct pay *p, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PAID:
		return on_paid(p, ev);
	case EV_REFUSED:
		return on_refused(p, ev);
	case EV_APPROVAL:
		second_asked(&p->second, ev);
		p->step = PAY_SECOND;
		break;
	case EV_SIGN_IN_REFUSED:
		second_refused(&p->second, ev);
		p->step = PAY_SECOND;
		break;
	case EV_FAILED:
		return look(p);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_looking_step(struct pay *p, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PAID:
		return on_paid(p, ev);
	case EV_NOT_RECORDED:
		p->step = PAY_ABSENT;
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("Not recorded: give no money yet. Record it again, "
			   "or do not pay."));
		break;
	case EV_FAILED:
		p->step = PAY_UNKNOWN;
		notice_say(&p->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_closing_step(struct pay *p, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_HANDED:
	case EV_NOT_HANDED:
		p->payout = ev->payout;
		p->step = PAY_DONE;
		break;
	case EV_REFUSED:
		if (ev->refusal.code == REFUSED_NO_OPEN_PAYOUT)
			return look(p);
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&p->notice, NOTICE_STOP, "%s", text);
		p->step = PAY_HANDING;
		break;
	case EV_FAILED:
		p->unanswered = ev->err.code;
		return look(p);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- keys -------------------------------------------------------------- */

static struct effect on_second_step(struct pay *p, const struct event *ev)
{
	struct effect fx;
	const enum second_result how = second_handle(&p->second, ev);

	switch (how) {
	case SECOND_TYPING:
		break;
	case SECOND_CANCELLED:
		p->step = PAY_REFUSED;
		break;
	case SECOND_GIVEN:
	case SECOND_ASKED:
		fx = record(p);
		second_by_qr(&p->second, how, &fx);
		if (p->second.step != SECOND_QR && how == SECOND_GIVEN)
			second_take(&p->second, &fx.pay.by, fx.pay.pin);
		return fx;
	}
	return effect_of(FX_NONE);
}

static struct effect on_refused_step(struct pay *p, const struct event *ev)
{
	struct effect fx;

	switch (key_of(p, ev)) {
	case '1':
		fx = effect_of(FX_PRINT);
		fx.print.seq = p->why.prior.seq;
		fx.print.copy = true;
		return fx;
	case '3':
		return show_receipt(p, p->why.prior.seq);
	case K_ACCEPT:
	case '.':
	case '0':
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}

static struct effect on_unknown_step(struct pay *p, const struct event *ev)
{
	return key_of(p, ev) == '1' ? look(p) : effect_of(FX_NONE);
}

static struct effect on_absent_step(struct pay *p, const struct event *ev)
{
	switch (key_of(p, ev)) {
	case K_ACCEPT:
		notice_clear(&p->notice);
		return record(p);
	case '0':
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}

static struct effect on_handing_step(struct pay *p, const struct event *ev)
{
	switch (key_of(p, ev)) {
	case K_ACCEPT:
	case '1':
		return close_it(p, FX_HANDED, PAY_CLOSING);
	case '2':
		return print_again(p);
	case '3':
		return show_receipt(p, p->payout.seq);
	case '4':
		notice_clear(&p->notice);
		note_table_init(&p->table);
		p->step = PAY_NOTES;
		break;
	case '9':
		notice_clear(&p->notice);
		p->step = PAY_UNDO;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* None at all is an answer, too: nobody counted them. */
static void other_notes(struct pay *p)
{
	char typed[MONEY_TEXT_SIZE];
	char wanted[MONEY_TEXT_SIZE];
	struct notes n;

	note_table_notes(&p->table, &n);
	if (!notes_none(&n) && notes_sum(&n) != p->payout.amount) {
		notice_say(&p->notice, NOTICE_WARN,
			tr("These are %s dong, to be handed over are %s"),
			money_format(notes_sum(&n), typed),
			money_format(p->payout.amount, wanted));
		return;
	}
	p->given = (struct flow_given){.told = true, .notes = n};
	notice_clear(&p->notice);
	p->step = PAY_HANDING;
}

static struct effect on_notes_step(struct pay *p, const struct event *ev)
{
	switch (note_table_handle(&p->table, ev)) {
	case NOTE_TABLE_COUNTED:
		other_notes(p);
		break;
	case NOTE_TABLE_LEFT:
		notice_clear(&p->notice);
		p->step = PAY_HANDING;
		break;
	case NOTE_TABLE_CHANGED:
		notice_clear(&p->notice);
		break;
	case NOTE_TABLE_TYPING:
		break;
	}
	return effect_of(FX_NONE);
}

const struct notes *pay_notes(const struct pay *p)
{
	return p->given.told ? &p->given.notes : &p->payout.notes;
}

static struct effect on_undo_step(struct pay *p, const struct event *ev)
{
	switch (key_of(p, ev)) {
	case '1':
		return close_it(p, FX_NOT_HANDED, PAY_UNDOING);
	case '0':
		p->step = PAY_HANDING;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_done_step(struct pay *p, const struct event *ev)
{
	switch (key_of(p, ev)) {
	case '1':
		return print_again(p);
	case '3':
		return show_receipt(p, p->payout.seq);
	case K_ACCEPT:
	case '.':
	case '0':
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}

struct effect pay_handle(struct pay *p, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct pay *, const struct event *);
	static const step_fn on_step[PAY_STEP_COUNT] = {
		[PAY_RECORDING] = on_recording_step,
		[PAY_SECOND] = on_second_step,
		[PAY_REFUSED] = on_refused_step,
		[PAY_LOOKING] = on_looking_step,
		[PAY_UNKNOWN] = on_unknown_step,
		[PAY_ABSENT] = on_absent_step,
		[PAY_HANDING] = on_handing_step,
		[PAY_NOTES] = on_notes_step,
		[PAY_UNDO] = on_undo_step,
		[PAY_CLOSING] = on_closing_step,
		[PAY_UNDOING] = on_closing_step,
		[PAY_DONE] = on_done_step,
	};

	p->receipt = false;
	if (ev->kind == EV_PRINT) {
		on_print(p, ev);
		return effect_of(FX_NONE);
	}
	return on_step[p->step](p, ev);
}
