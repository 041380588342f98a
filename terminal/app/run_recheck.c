#include "terminal/app/run_recheck.h"

#include <stdlib.h>

#include "core/log.h"
#include "core/str.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"
#include "terminal/app/seed_doc.h"
#include "terminal/flows/recheck.h"

void run_recheck_draw(struct ports *p, const struct study_ask *ask,
	struct event *ev)
{
	struct recheck_told *t = ev->study.recheck;
	struct refusal why = {.code = REFUSED_NOT_FOUND};
	enum verdict v = VERDICT_REFUSED;
	struct err err = {0};

	p->written = true;
	p->status_due = true;
	if (t->range.last > 0)
		v = samples_draw(p->db, &p->session, &t->range, ask->many,
			&t->drawn, &why, &err);
	if (v == VERDICT_DONE)
		return;
	ev->study.state = STUDY_FAILED;
	ev->study.why = v == VERDICT_REFUSED ? why.code : REFUSED_NOT;
	ev->study.code = err.code;
	if (v == VERDICT_FAILED)
		log_err("sample", &err);
}

static void note(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct refusal why = {0};
	struct err err = {0};
	int64_t t;

	p->written = true;
	p->status_due = true;
	switch (samples_note(p->db, &p->session, &fx->said.draw, &fx->said.word,
		&t, &why, &err)) {
	case VERDICT_DONE:
		answer->kind = EV_RECHECK_SAID;
		answer->said.t = t;
		answer->said.caller = p->session.user.number;
		str_copy(answer->said.caller_name,
			sizeof(answer->said.caller_name), p->session.user.name);
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

static void print(struct ports *p, uint64_t seq, bool again)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "the slip of a seed"};
	struct seed_doc doc = {.again = again};

	if (job) {
		receipt_job_settings(job, p->config);
		if (samples_get(p->db, seq, &doc.s, &err) != LOOKUP_FOUND ||
			!seed_job_make(db_info(p->db), &doc, run_width(p), job,
				&err)) {
			free(job);
			job = NULL;
		}
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = seq}, &err);
}

bool run_recheck(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_RECHECK_SAID:
		note(p, fx, answer);
		return true;
	case FX_RECHECK_SLIP:
		print(p, fx->seed.seq, fx->seed.again);
		return false;
	default:
		*mine = false;
		return false;
	}
}
