/* The board and the papers of the month, and what is counted aside: desk.h. */
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
	papers_start(&d->papers);
	return effect_of(FX_NONE);
}

/* Their numbers go on: what is still on its way is nobody's then. */
void desk_forget_studies(struct desk *d)
{
	const int boards = d->dash.number;
	const int papers = d->papers.number;

	crypto_wipe(&d->dash, sizeof(d->dash));
	crypto_wipe(&d->papers, sizeof(d->papers));
	d->dash.number = boards + 2;
	d->papers.number = papers + 2;
}

struct effect desk_left_study(struct desk *d)
{
	desk_forget_studies(d);
	desk_pop(d);
	return effect_of(FX_STUDY_STOP);
}

struct effect desk_hear_study(struct desk *d, const struct event *ev)
{
	if (desk_has(d, DESK_DASH))
		return dash_handle(&d->dash, ev);
	if (desk_has(d, DESK_PAPERS) && ev->kind == EV_STUDY)
		return papers_handle(&d->papers, ev);
	return effect_of(FX_NONE);
}
