/* How papers are doing that somebody else's screen no longer shows: desk.h. */
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"

/* On its own screen it says itself how the paper is doing. */
static void on_slip(struct desk *d, const struct event *ev)
{
	if (desk_has(d, DESK_DRAWER))
		drawer_handle(&d->drawer, ev);
	else if (d->user.number != 0 &&
		 (ev->print.state == PRINT_FAILED ||
			 ev->print.state == PRINT_UNKNOWN))
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("THE Z SLIP IS NOT PRINTED TO THE END"));
	else if (d->user.number != 0 && ev->print.no_printer)
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("No printer is set up: the Z slip is not printed"));
	else if (d->user.number != 0 && ev->print.state == PRINT_PRINTED)
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("The Z slip is printed"));
}

/* On its own screen it says itself how the paper is doing. */
static void on_complaint(struct desk *d, const struct event *ev)
{
	complain_handle(&d->complain, ev);
	if (desk_has(d, DESK_COMPLAIN) || ev->print.state == PRINT_PRINTING)
		return;
	if (ev->print.state == PRINT_PRINTED)
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("The slip of the complaint is printed"));
	else
		notice_say(&d->notice, NOTICE_WARN,
			tr("THE COMPLAINT'S SLIP IS NOT PRINTED. Its number "
			   "is %s."),
			d->complain.noted.number);
}

/* Whoever left the screen for somebody else stopped it with that. */
struct effect desk_marks_slip(struct desk *d, const struct event *ev)
{
	struct carry *c = &d->carry;

	if (passing_is_slip(&d->passing, ev))
		return desk_handover_slip(d, ev);
	if (!carry_is_slip(c, ev))
		return effect_of(FX_NONE);
	if (desk_has(d, DESK_CARRY))
		return carry_on_slip(c, ev);
	c->step = CARRY_STOPPED;
	carry_on_slip(c, ev);
	if (d->user.number != 0 && c->slips < carry_slips(c))
		notice_say(&d->notice, NOTICE_WARN,
			tr("Printing the paid marks was broken off: %d of %d "
			   "slips."),
			c->slips, carry_slips(c));
	return effect_of(FX_NONE);
}

static void on_consent(struct desk *d, const struct event *ev)
{
	struct notice cure;

	agree_handle(&d->agree, ev);
	if (desk_has(d, DESK_AGREE) || ev->print.state == PRINT_PRINTING ||
		d->user.number == 0)
		return;
	agree_paper_text(&d->agree, &d->notice, &cure);
}

/* The same; that the visit is in the book needs no paper. */
static void on_visit(struct desk *d, const struct event *ev)
{
	visit_handle(&d->visit, ev);
	if (desk_place(d) == DESK_VISIT || ev->print.state == PRINT_PRINTING)
		return;
	if (ev->print.state == PRINT_PRINTED)
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("The slip of the visit is printed"));
	else
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("THE SLIP OF THE VISIT IS NOT PRINTED"));
}

/* The same of an account. */
static void on_account(struct desk *d, const struct event *ev)
{
	enrol_handle(&d->enrol, ev);
	if (desk_has(d, DESK_ENROL) || ev->print.state == PRINT_PRINTING)
		return;
	if (ev->print.state == PRINT_PRINTED)
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("The slip of the account is printed"));
	else
		notice_say(&d->notice, NOTICE_WARN,
			tr("THE ACCOUNT'S SLIP IS NOT PRINTED. Its number is "
			   "%s."),
			d->enrol.told.number);
}

/* The same; the seed is in the book whatever becomes of its paper. */
static void on_seed(struct desk *d, const struct event *ev)
{
	struct notice cure;

	recheck_handle(&d->recheck, ev);
	if (desk_has(d, DESK_RECHECK) && desk_place(d) != DESK_RECHECK &&
		ev->print.state != PRINT_PRINTING)
		recheck_paper_text(&d->recheck, &d->notice, &cure);
}

/* The paper of somebody who has left already still matters. */
void desk_print(struct desk *d, const struct event *ev)
{
	const bool on_screen =
		desk_place(d) == DESK_PAY && ev->print.seq == d->pay.payout.seq;

	/* Whoever asked for it has left, or is under the help. */
	if (complain_is_slip(&d->complain, ev)) {
		on_complaint(d, ev);
		return;
	}
	if (enrol_is_slip(&d->enrol, ev)) {
		on_account(d, ev);
		return;
	}
	if (agree_is_slip(&d->agree, ev)) {
		on_consent(d, ev);
		return;
	}
	if (visit_is_slip(&d->visit, ev)) {
		on_visit(d, ev);
		return;
	}
	if (recheck_is_slip(&d->recheck, ev)) {
		on_seed(d, ev);
		return;
	}
	if (ev->print.test) {
		if (desk_has(d, DESK_MACHINE))
			machine_handle(&d->machine, ev);
		return;
	}
	if (ev->print.slip) {
		on_slip(d, ev);
		return;
	}
	if (desk_has(d, DESK_PAY))
		pay_handle(&d->pay, ev);
	if (desk_has(d, DESK_RECOVER))
		recover_handle(&d->recover, ev);
	if (d->last.seq != ev->print.seq) {
		d->last.seq = ev->print.seq;
		d->last.name[0] = '\0';
	}
	d->last.paper = pay_paper_of(ev);
	if (on_screen || d->user.number == 0)
		return;
	if (ev->print.state == PRINT_FAILED || ev->print.state == PRINT_UNKNOWN)
		notice_say(&d->notice, NOTICE_WARN,
			tr("RECEIPT NOT PRINTED TO THE END: %s. Keys * and 1 "
			   "print it again."),
			d->last.name[0] ? d->last.name : tr("a copy"));
	else if (ev->print.state == PRINT_PRINTED && ev->print.copy > 0)
		notice_say(&d->notice, NOTICE_NOTE,
			tr("Copy number %d is printed"), ev->print.copy);
}
