#include "terminal/app/run_machine.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "db/drawers.h"
#include "terminal/app/print_test.h"
#include "terminal/app/run_devices.h"

/* What became of a job that no record of the book waits for. */
static void report(struct ports *p, struct run_machine_paper paper,
	enum print_state state, enum err_code code)
{
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.at_ms = clock_ms();
	ev.print.test = true;
	ev.print.seq = paper.seq;
	ev.print.piece = paper.piece;
	ev.print.state = state;
	ev.print.code = code;
	run_no_printer(p, &ev);
	if (!p->workers)
		printing_says(p->printing, &ev);
	run_queue(p, &ev);
}

void run_machine_send(struct ports *p, struct receipt_job *job,
	struct run_machine_paper paper, struct err *err)
{
	enum print_state state = PRINT_FAILED;

	if (job) {
		job->seq = paper.seq;
		job->piece = paper.piece;
	}
	if (!run_has_printer(p)) {
		report(p, paper, PRINT_NONE, ERR_NONE);
		free(job);
		return;
	}
	if (job && p->workers && workers_print(p->workers, job, err))
		return;
	if (job && !p->workers)
		state = printing_print(p->printing, job, err);
	if (state != PRINT_PRINTED)
		log_err("print", err);
	report(p, paper, state, state == PRINT_PRINTED ? ERR_NONE : err->code);
	free(job);
}

static void print_test(struct ports *p)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a printed test"};

	if (job && !print_test_job(run_width(p), job, &err)) {
		free(job);
		job = NULL;
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = 0}, &err);
}

/* From the next paper on, without a restart. */
static bool keep(struct ports *p, const struct effect *fx, struct err *err)
{
	struct config_fault fault;
	struct config *now = calloc(1, sizeof(*now));
	struct print_test_choice choice;
	bool ok;

	if (!now || !p->config || !p->settings) {
		free(now);
		return err_set(err, ERR_INVALID, 0, "no settings to keep it");
	}
	ok = print_test_choose(fx->keep.right, &choice) &&
	     print_test_keep(p->settings, fx->keep.printer, &choice,
		     run_width(p), err) &&
	     config_read(p->settings, now, &fault, err);
	if (ok) {
		p->config->printer.proved = now->printer.proved;
		if (choice.width != 0)
			p->width = config_dots(now, 0);
	}
	free(now);
	return ok;
}

static void kick(struct ports *p, uint64_t seq)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a drawer's job"};

	if (job) {
		job->test = true;
		job->kick = true;
		job->width = run_width(p);
		receipt_job_settings(job, p->config);
		escpos_drawer_kick(&job->how_kicked, job->bytes);
		job->len = ESCPOS_KICK_BYTES;
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = seq}, &err);
}

/* The reason is in the book before anything opens. */
static void open_drawer(struct ports *p, enum drawer_reason reason,
	struct event *answer)
{
	struct err err = {.code = ERR_GONE, .text = "no cash drawer"};
	enum verdict got = VERDICT_FAILED;
	struct refusal why = {0};
	uint64_t seq = 0;

	if (p->config && p->config->drawer.pin != 0)
		got = drawers_without(p->db, &p->session, reason, &seq, &why,
			&err);
	p->written = true;
	p->status_due = true;
	answer->kind = EV_CONFIRMED;
	if (got == VERDICT_REFUSED) {
		answer->kind = EV_REFUSED;
		answer->refusal = why;
	} else if (got == VERDICT_FAILED) {
		answer->kind = EV_FAILED;
		answer->err = err;
	} else {
		kick(p, seq);
	}
}

bool run_machine(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_PRINT_TEST:
		print_test(p);
		return false;
	case FX_PRINT_KEEP:
		answer->kind = EV_CONFIRMED;
		if (!keep(p, fx, &answer->err))
			answer->kind = EV_FAILED;
		return true;
	case FX_DRAWER_OPEN:
		open_drawer(p, fx->drawer, answer);
		return true;
	default:
		*mine = false;
		return false;
	}
}
