#include "terminal/app/run_complaint.h"

#include <stdlib.h>

#include "terminal/app/complaint_doc.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"

static void note(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct complaint_noted *out = &answer->complaint;
	struct refusal why = {0};
	struct err err;

	p->written = true;
	p->status_due = true;
	switch (complaints_note(p->db, &p->session, fx->complain.seq,
		fx->complain.reason, &out->complaint, &why, &err)) {
	case VERDICT_DONE:
		answer->kind = EV_COMPLAINT;
		complaint_number(db_info(p->db), &out->complaint, out->number);
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = why;
		return;
	case VERDICT_FAILED:
		answer->kind = EV_FAILED;
		answer->err = err;
	}
}

static void print(struct ports *p, const struct complaint *c)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a complaint's slip"};

	if (job) {
		receipt_job_settings(job, p->config);
		if (!complaint_job_make(db_info(p->db), c, run_width(p), job,
			    &err)) {
			free(job);
			job = NULL;
		}
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = c->seq},
		&err);
}

bool run_complaint(struct ports *p, const struct effect *fx,
	struct event *answer, bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_COMPLAIN:
		note(p, fx, answer);
		return true;
	case FX_COMPLAINT_SLIP:
		print(p, &fx->complaint);
		return false;
	default:
		*mine = false;
		return false;
	}
}
