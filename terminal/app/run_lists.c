#include "terminal/app/run_lists.h"

#include "core/log.h"
#include "db/assigns.h"

static void assign(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	const struct assign_ask ask = {.list = fx->assign.list,
		.user = fx->assign.user,
		.by_range = fx->assign.by_range,
		.first = fx->assign.first,
		.last = fx->assign.last,
		.unit = fx->assign.unit,
		.hamlet = fx->assign.hamlet};
	struct refusal why = {0};
	struct err err = {0};
	int64_t people;

	p->written = true;
	p->status_due = true;
	switch (assigns_put(p->db, &p->session, &ask, &people, &why, &err)) {
	case VERDICT_DONE:
		answer->kind = EV_CONFIRMED;
		break;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = why;
		break;
	case VERDICT_FAILED:
		log_err("assign", &err);
		answer->kind = EV_FAILED;
		answer->err = err;
		break;
	}
}

bool run_lists(struct ports *p, const struct effect *fx, struct event *answer)
{
	if (fx->kind != FX_ASSIGN)
		return false;
	assign(p, fx, answer);
	return true;
}
