#include "terminal/app/run_handover.h"

#include <stdlib.h>

#include "core/str.h"
#include "db/handover.h"
#include "terminal/app/handover_doc.h"
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

/* Known by the first RELEASE that is in it. */
static void print(struct ports *p, const struct effect *fx)
{
	const struct handover_shown *h = fx->handover_slip.shown;
	const struct run_machine_paper paper = {h->message.item[0].seq,
		fx->handover_slip.piece};
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "hand-over"};

	if (job) {
		receipt_job_settings(job, p->config);
		if (!handover_job_make(db_info(p->db), h, fx->handover_slip.who,
			    paper.piece - 1, run_width(p), job, &err)) {
			free(job);
			job = NULL;
		}
	}
	run_machine_send(p, job, paper, &err);
}

static void release(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict got =
		handover_release(p->db, &p->session, fx->release.person,
			fx->release.to, &answer->handover.shown, &why, &err);

	answer->handover.away = true;
	verdict(p, got, EV_HANDOVER, &why, &err, answer);
}

/* The name is for the screen; without it he is taken all the same. */
static void acquire(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct person_due due;
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict got =
		handover_take(p->db, &p->session, fx->marks.bytes,
			fx->marks.len, &answer->acquired.taken, &why, &err);

	if (got == VERDICT_DONE &&
		people_get(p->db, answer->acquired.taken.person, &due, &err) ==
			LOOKUP_FOUND)
		str_copy(answer->acquired.name, sizeof(answer->acquired.name),
			due.person.name);
	verdict(p, got, EV_ACQUIRED, &why, &err, answer);
}

bool run_handover(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got;

	switch (fx->kind) {
	case FX_HANDOVER:
		got = handover_look(p->db, &p->session, fx->person,
			&answer->handover, &why, &err);
		verdict(p, got, EV_HANDOVER, &why, &err, answer);
		return true;
	case FX_RELEASE:
		release(p, fx, answer);
		return true;
	case FX_ACQUIRE:
		acquire(p, fx, answer);
		return true;
	case FX_HANDOVER_SLIP:
		print(p, fx);
		return false;
	default:
		return false;
	}
}
