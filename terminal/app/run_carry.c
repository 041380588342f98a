#include "terminal/app/run_carry.h"

#include <stdlib.h>

#include "db/elsewhere.h"
#include "terminal/app/marks_doc.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"

static void verdict(struct ports *p, enum verdict got, enum event_kind done,
	const struct refusal *why, const struct err *err, struct event *answer)
{
	p->written = true;
	p->status_due = true;
	answer->kind = done;
	if (got == VERDICT_REFUSED) {
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
	} else if (got == VERDICT_FAILED) {
		answer->kind = EV_FAILED;
		answer->err = *err;
	}
}

/* One of them: the next is asked for when this one is on paper. */
static void print(struct ports *p, const struct effect *fx)
{
	const struct elsewhere_shown *e = fx->marks_slip.shown;
	const struct run_machine_paper paper = {e->head.seq,
		fx->marks_slip.piece};
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "paid marks"};

	if (job) {
		receipt_job_settings(job, p->config);
		if (!marks_job_make(db_info(p->db), e, paper.piece - 1,
			    run_width(p), job, &err)) {
			free(job);
			job = NULL;
		}
	}
	run_machine_send(p, job, paper, &err);
}

bool run_carry(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got;

	switch (fx->kind) {
	case FX_MARKS_SHOW:
		got = elsewhere_show(p->db, &p->session, 0, fx->which,
			&answer->marks.shown, &why, &err);
		elsewhere_card(p->db, answer->marks.card);
		verdict(p, got, EV_MARKS, &why, &err, answer);
		return true;
	case FX_MARKS_TAKE:
		got = elsewhere_take(p->db, &p->session, fx->marks.bytes,
			fx->marks.len, &answer->taken, &why, &err);
		verdict(p, got, EV_MARKS_TAKEN, &why, &err, answer);
		return true;
	case FX_PEER:
		got = elsewhere_know(p->db, &p->session, &fx->peer, &why, &err);
		verdict(p, got, EV_CONFIRMED, &why, &err, answer);
		return true;
	case FX_MARKS_SLIP:
		print(p, fx);
		return false;
	default:
		return false;
	}
}
