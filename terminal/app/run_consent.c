#include "terminal/app/run_consent.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "terminal/app/consent_doc.h"
#include "terminal/app/readouts.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"

static void failed(struct event *answer, const struct err *err)
{
	answer->kind = EV_FAILED;
	answer->err = *err;
}

static void look(struct ports *p, int64_t person, struct event *answer)
{
	struct err err = {0};

	if (!consents_of(p->db, person, &answer->consent_state.now, &err)) {
		failed(answer, &err);
		return;
	}
	answer->kind = EV_CONSENT_STATE;
	readouts_langs(&answer->consent_state.langs);
}

/* What is wrong is a setting or a file: the log has which. */
static void fetch(struct ports *p, const char *lang, struct event *answer)
{
	struct readout *r = calloc(1, sizeof(*r));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a text"};

	if (!r) {
		failed(answer, &err);
		return;
	}
	if (readouts_load(p->config, p->db, lang, r, &err)) {
		answer->kind = EV_CONSENT_TEXT;
		str_copy(answer->consent_text.name,
			sizeof(answer->consent_text.name), r->name);
		answer->consent_text.len = r->len;
		memcpy(answer->consent_text.text, r->text, r->len);
	} else {
		log_err("consent", &err);
		answer->kind = EV_REFUSED;
		answer->refusal = (struct refusal){.code = REFUSED_CONSENT,
			.amount = CONSENT_LACKS_NOTICE};
	}
	free(r);
}

static void answer_verdict(enum verdict v, const struct refusal *why,
	const struct err *err, struct event *answer)
{
	switch (v) {
	case VERDICT_DONE:
		answer->kind = EV_CONSENT;
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
		return;
	case VERDICT_FAILED:
		failed(answer, err);
	}
}

static void record(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct consent_request r = fx->consent;
	struct refusal why = {0};
	struct err err = {0};
	enum verdict v;

	p->written = true;
	p->status_due = true;
	if (fx->kind == FX_CONSENT_WITHDRAW) {
		v = consents_withdraw(p->db, &p->session, &fx->withdrawal,
			&answer->consent, &why, &err);
	} else if (fx->kind == FX_CONSENT_REFUSE) {
		v = consents_refuse(p->db, &p->session, &r, &answer->consent,
			&why, &err);
	} else {
		r.until = readouts_until(p->config, db_info(p->db),
			clock_wall_ms());
		v = consents_give(p->db, &p->session, &r, &answer->consent,
			&why, &err);
	}
	answer_verdict(v, &why, &err, answer);
}

/* Holidays are not known here: the last day is one of all days. */
static void ask(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct request_due due;
	struct refusal why = {0};
	struct err err = {0};

	p->written = true;
	p->status_due = true;
	switch (requests_note(p->db, &p->session, fx->request.person,
		fx->request.kind, fx->request.words, &answer->request.noted,
		&why, &err)) {
	case VERDICT_DONE:
		request_dues(&answer->request.noted, NULL, 0, &due);
		answer->kind = EV_REQUEST;
		answer->request.answer_by = due.answer;
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = why;
		return;
	case VERDICT_FAILED:
		failed(answer, &err);
	}
}

/* ---- paper --------------------------------------------------------------- */

static bool find(struct ports *p, const struct effect *fx, struct consent *c,
	struct person_due *due, int *copy, struct err *err)
{
	struct refusal why;

	*copy = 0;
	if (consents_get(p->db, fx->consent_slip.seq, c, err) != LOOKUP_FOUND ||
		people_get(p->db, c->person, due, err) != LOOKUP_FOUND)
		return false;
	if (!fx->consent_slip.copy)
		return true;
	if (consents_reprint(p->db, &p->session, c->seq, copy, &why, err) ==
		VERDICT_DONE)
		return true;
	return err_set(err, ERR_DENIED, 0, "no copy of this slip");
}

static struct receipt_job *make_slip(struct ports *p, const struct consent *c,
	const struct person *who, int copy, struct err *err)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct readout_values values;
	const struct consent_slip slip = {c, who, &values, copy};

	if (!job) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
		return NULL;
	}
	readouts_values(p->config, db_info(p->db), &values);
	receipt_job_settings(job, p->config);
	if (consent_job_make(db_info(p->db), &slip, run_width(p), job, err))
		return job;
	free(job);
	return NULL;
}

/* The text as it was read out then, not as it would be read out today. */
static struct receipt_job *make_text(struct ports *p, const struct consent *c,
	struct err *err)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	char text[CONSENT_TEXT_MAX];
	size_t len;

	if (!job) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a text");
		return NULL;
	}
	receipt_job_settings(job, p->config);
	if (consents_text(p->db, c->sum, text, &len, err) == LOOKUP_FOUND &&
		consent_text_job(db_info(p->db), c, text, len, run_width(p),
			job, err))
		return job;
	free(job);
	return NULL;
}

static void print(struct ports *p, const struct effect *fx)
{
	struct person_due *due = calloc(1, sizeof(*due));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a slip"};
	struct receipt_job *job = NULL;
	struct consent c = {.seq = fx->consent_slip.seq};
	int copy = 0;

	if (due && find(p, fx, &c, due, &copy, &err))
		job = make_slip(p, &c, &due->person, copy, &err);
	p->written = true;
	/* A withdrawal has no text of its own. */
	if (job && fx->consent_slip.text && c.notice[0]) {
		struct receipt_job *text = make_text(p, &c, &err);

		run_machine_send(p, text,
			(struct run_machine_paper){.seq = c.seq}, &err);
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = c.seq},
		&err);
	free(due);
}

bool run_consent(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_CONSENT_STATE:
		look(p, fx->person, answer);
		return true;
	case FX_CONSENT_TEXT:
		fetch(p, fx->lang, answer);
		return true;
	case FX_CONSENT_GIVE:
	case FX_CONSENT_REFUSE:
	case FX_CONSENT_WITHDRAW:
		record(p, fx, answer);
		return true;
	case FX_REQUEST:
		ask(p, fx, answer);
		return true;
	case FX_CONSENT_SLIP:
		print(p, fx);
		return false;
	default:
		*mine = false;
		return false;
	}
}
