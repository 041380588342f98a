#include "terminal/ui/desk_view.h"

#include "terminal/ui/agree_view.h"
#include "terminal/ui/approve_view.h"
#include "terminal/ui/arrivals_view.h"
#include "terminal/ui/bypad_view.h"
#include "terminal/ui/carry_view.h"
#include "terminal/ui/check_view.h"
#include "terminal/ui/complain_view.h"
#include "terminal/ui/contact_view.h"
#include "terminal/ui/dash_view.h"
#include "terminal/ui/drawer_view.h"
#include "terminal/ui/duty_view.h"
#include "terminal/ui/enrol_view.h"
#include "terminal/ui/find_view.h"
#include "terminal/ui/frame.h"
#include "terminal/ui/frozen_view.h"
#include "terminal/ui/help_view.h"
#include "terminal/ui/idle_view.h"
#include "terminal/ui/intake_view.h"
#include "terminal/ui/machine_view.h"
#include "terminal/ui/menu_view.h"
#include "terminal/ui/notpaid_view.h"
#include "terminal/ui/office_view.h"
#include "terminal/ui/papers_view.h"
#include "terminal/ui/passing_view.h"
#include "terminal/ui/pay_view.h"
#include "terminal/ui/preview_view.h"
#include "terminal/ui/questions_view.h"
#include "terminal/ui/recheck_view.h"
#include "terminal/ui/recover_view.h"
#include "terminal/ui/restore_view.h"
#include "terminal/ui/rolls_view.h"
#include "terminal/ui/scantest_view.h"
#include "terminal/ui/setup_view.h"
#include "terminal/ui/signin_view.h"
#include "terminal/ui/takeback_view.h"
#include "terminal/ui/team_view.h"
#include "terminal/ui/tour_view.h"
#include "terminal/ui/unusual_view.h"
#include "terminal/ui/viewfinder_view.h"
#include "terminal/ui/visit_view.h"
#include "terminal/ui/visits_view.h"
#include "terminal/ui/working_view.h"

static struct frame_info info_of(const struct desk *d,
	const struct tour_band *tour)
{
	return (struct frame_info){
		.point = d->info.point,
		.user = d->user.number ? d->user.name : "",
		.role = d->user.role,
		.status = &d->status,
		.now = d->now,
		.demo = d->info.demo,
		.tour = tour,
		.next = d->parked ? d->next.name : NULL,
		.notice = desk_notice(d),
	};
}

void desk_view_working(const struct desk *d, const struct working *w,
	struct canvas *c)
{
	const struct frame_info info = info_of(d, NULL);

	working_view(w, &info, c);
}

void desk_view(const struct desk *d, struct canvas *c)
{
	struct tour_band band;
	const bool taught =
		desk_place(d) != DESK_TOUR && tour_band(&d->tour, &band);
	const struct frame_info info = info_of(d, taught ? &band : NULL);

	switch (desk_place(d)) {
	case DESK_SIGNIN:
		signin_view(&d->signin, &info, c);
		break;
	case DESK_RECOVER:
		recover_view(&d->recover, &info, c);
		break;
	case DESK_DRAWER:
		drawer_view(&d->drawer, &info, c);
		break;
	case DESK_IDLE:
		idle_view(&d->idle, &info, c);
		break;
	case DESK_DUTY:
		duty_view(&d->duty, &info, c);
		break;
	case DESK_FROZEN:
		frozen_view(&d->frozen, &info, c);
		break;
	case DESK_FIND:
		find_view(&d->find, &info, c);
		break;
	case DESK_CHECK:
		check_view(&d->check, &info, c);
		break;
	case DESK_BYPAD:
		bypad_view(&d->bypad, &info, c);
		break;
	case DESK_PAY:
		pay_view(&d->pay, &info, c);
		break;
	case DESK_NOTPAID:
		notpaid_view(&d->notpaid, &info, c);
		break;
	case DESK_PREVIEW:
		preview_view(&d->preview, &info, c);
		break;
	case DESK_TAKEBACK:
		takeback_view(&d->takeback, &info, c);
		break;
	case DESK_ENROL:
		enrol_view(&d->enrol, &info, c);
		break;
	case DESK_COMPLAIN:
		complain_view(&d->complain, &info, c);
		break;
	case DESK_AGREE:
		agree_view(&d->agree, &info, c);
		break;
	case DESK_OFFICE:
		office_view(&d->office, &info, c);
		break;
	case DESK_DASH:
		dash_view(&d->dash, &info, c);
		break;
	case DESK_PAPERS:
		papers_view(&d->papers, &info, c);
		break;
	case DESK_RECHECK:
		recheck_view(&d->recheck, &info, c);
		break;
	case DESK_ROLLS:
		rolls_view(&d->rolls, &info, c);
		break;
	case DESK_INTAKE:
		intake_view(&d->intake, &info, c);
		break;
	case DESK_APPROVE:
		approve_view(&d->approve, &info, c);
		break;
	case DESK_PASSING:
		passing_view(&d->passing, &info, c);
		break;
	case DESK_UNUSUAL:
		unusual_view(&d->unusual, &info, c);
		break;
	case DESK_CARRY:
		carry_view(&d->carry, &info, c);
		break;
	case DESK_SETUP:
		setup_view(&d->setup, &info, c);
		break;
	case DESK_RESTORE:
		restore_view(&d->restore, &info, c);
		break;
	case DESK_TEAM:
		team_view(&d->team, &info, c);
		break;
	case DESK_VIEWFINDER:
		viewfinder_view(&d->viewfinder, &info, c);
		break;
	case DESK_ARRIVALS:
		arrivals_view(&d->arrivals, &info, c);
		break;
	case DESK_CONTACT:
		contact_view(&d->contact, &info, c);
		break;
	case DESK_MACHINE:
		machine_view(&d->machine, &info, c);
		break;
	case DESK_SCANTEST:
		scantest_view(&d->scantest, &info, c);
		break;
	case DESK_VISITS:
		visits_view(&d->visits, &info, c);
		break;
	case DESK_VISIT:
		visit_view(&d->visit, &info, c);
		break;
	case DESK_QUESTIONS:
		questions_view(&d->questions, d->visit.seen.person.name, &info,
			c);
		break;
	case DESK_TOUR:
		tour_view(&d->tour, &info, c);
		break;
	case DESK_MENU:
		menu_view(&d->menu, &info, c);
		break;
	case DESK_HELP:
		help_view(&d->help, &info, c);
		break;
	case DESK_PLACE_COUNT:
		break;
	}
}
