/* The board, the papers of the month, the lists, and what is counted aside: desk.h. */
#include "core/crypto.h"
#include "terminal/flows/desk_internal.h"

struct effect desk_start_dash(struct desk *d)
{
	desk_push(d, DESK_DASH);
	d->dash.made = d->status.made;
	return dash_start(&d->dash);
}

struct effect desk_start_papers(struct desk *d)
{
	desk_push(d, DESK_PAPERS);
	return papers_start(&d->papers);
}

struct effect desk_start_rolls(struct desk *d)
{
	desk_push(d, DESK_ROLLS);
	return rolls_start(&d->rolls);
}

/* Their numbers go on: what is still on its way is nobody's then. */
void desk_forget_studies(struct desk *d)
{
	const int boards = d->dash.number;
	const int papers = d->papers.number;
	const int rolls = d->rolls.number;
	const int rechecks = d->recheck.number;

	crypto_wipe(&d->dash, sizeof(d->dash));
	crypto_wipe(&d->papers, sizeof(d->papers));
	crypto_wipe(&d->rolls, sizeof(d->rolls));
	crypto_wipe(&d->recheck, sizeof(d->recheck));
	d->dash.number = boards + 2;
	d->papers.number = papers + 2;
	d->rolls.number = rolls - 2;
	/* 0: there was none yet (recheck.c). */
	d->recheck.number = rechecks ? rechecks - 2 : 0;
}

struct effect desk_start_recheck(struct desk *d)
{
	desk_push(d, DESK_RECHECK);
	return recheck_start(&d->recheck);
}

/* The paper of a draw comes over its receipts, which stay. */
struct effect desk_left_recheck(struct desk *d)
{
	if (d->recheck.want == RECHECK_WANTS_NOTHING)
		return desk_left_study(d);
	desk_push(d, DESK_PAPERS);
	return papers_start_sample(&d->papers, d->recheck.drawn.seq);
}

struct effect desk_left_study(struct desk *d)
{
	if (desk_place(d) == DESK_PAPERS && desk_has(d, DESK_RECHECK)) {
		recheck_again(&d->recheck);
		desk_pop(d);
		return effect_of(FX_STUDY_END);
	}
	desk_forget_studies(d);
	desk_pop(d);
	return effect_of(FX_STUDY_STOP);
}

/* Back; or for a list from a stick, after which all are counted anew. */
struct effect desk_left_rolls(struct desk *d)
{
	if (!d->rolls.take_one)
		return desk_left_study(d);
	desk_push(d, DESK_INTAKE);
	return intake_start(&d->intake);
}

struct effect desk_left_intake(struct desk *d)
{
	crypto_wipe(&d->intake, sizeof(d->intake));
	desk_pop(d);
	return rolls_start(&d->rolls);
}

struct effect desk_hear_study(struct desk *d, const struct event *ev)
{
	if (desk_has(d, DESK_TEAM) && ev->kind == EV_STUDY)
		return team_handle(&d->team, ev);
	if (desk_has(d, DESK_DASH))
		return dash_handle(&d->dash, ev);
	if (desk_has(d, DESK_PAPERS) && ev->kind == EV_STUDY)
		return papers_handle(&d->papers, ev);
	if (desk_has(d, DESK_RECHECK) && ev->kind == EV_STUDY)
		return recheck_handle(&d->recheck, ev);
	if (desk_has(d, DESK_ROLLS) && ev->kind == EV_STUDY)
		return rolls_handle(&d->rolls, ev);
	/* It asks for nothing while something else lies over it. */
	if (desk_place(d) == DESK_DUTY ||
		(desk_has(d, DESK_DUTY) && ev->kind != EV_TICK))
		return duty_handle(&d->duty, ev);
	return effect_of(FX_NONE);
}
