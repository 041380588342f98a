/* desk_passing.c - who goes to another terminal, or comes: around the flow. */
#include "core/codec/seal.h"
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"

/* A piece of a hand-over, for who may take it, when nothing is asked. */
bool desk_is_handover(const struct desk *d, const struct event *ev,
	char out[MARKS_TEXT_SIZE])
{
	return d->waiting == FX_NONE &&
	       seal_scanned(ev->scan.bytes, ev->scan.len, out,
		       MARKS_TEXT_SIZE) &&
	       release_is_piece(out) && role_may(d->user.role, ACT_HAND_OVER);
}

/* Where something is being asked, or shown, a scan changes nothing. */
struct effect desk_scan_handover(struct desk *d, const char *text)
{
	if (desk_place(d) == DESK_PASSING &&
		(d->passing.step == PASSING_SURE ||
			d->passing.step == PASSING_SHOW)) {
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("Not scanned: finish what is on the screen first"));
		return effect_of(FX_NONE);
	}
	if (desk_place(d) != DESK_PASSING) {
		desk_home(d);
		desk_push(d, DESK_PASSING);
		passing_expect(&d->passing, d->info.dev6);
	}
	return passing_scan(&d->passing, text);
}

/* Who came is looked at; who went is looked at anew: he is away now. */
struct effect desk_left_passing(struct desk *d)
{
	const bool go_on = d->passing.go_on;
	const int64_t person = d->passing.taken.person;

	d->notice = d->passing.notice;
	desk_pop(d);
	if (go_on) {
		desk_home(d);
		desk_push(d, DESK_CHECK);
		return check_start(&d->check, person);
	}
	if (desk_place(d) == DESK_CHECK)
		return check_again(&d->check);
	return effect_of(FX_NONE);
}

/* Whoever left the screen meanwhile is told all the same. */
struct effect desk_handover_slip(struct desk *d, const struct event *ev)
{
	const struct effect fx = passing_on_slip(&d->passing, ev);

	if (desk_has(d, DESK_PASSING) || d->user.number == 0 ||
		ev->print.state == PRINT_PRINTING)
		return fx;
	d->notice = d->passing.notice;
	return effect_of(FX_NONE);
}
