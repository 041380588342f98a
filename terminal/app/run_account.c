#include "terminal/app/run_account.h"

#include <stdlib.h>

#include "db/consents.h"
#include "terminal/app/account_doc.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"
#include "terminal/app/run_money.h"

static void failed(struct event *answer, const struct err *err)
{
	answer->kind = EV_FAILED;
	answer->err = *err;
}

/* How it stands now, whatever was done. */
static void tell(struct ports *p, int64_t person, struct event *answer)
{
	struct account_told *out = &answer->account;
	struct consent_state consent;
	struct err err;

	if (accounts_of(p->db, person, &out->held, &err) == LOOKUP_FAILED ||
		!accounts_method(p->db, person, &out->method, &err) ||
		!consents_of(p->db, person, &consent, &err)) {
		failed(answer, &err);
		return;
	}
	answer->kind = EV_ACCOUNT;
	out->consent = consent.standing == CONSENT_GIVEN &&
		       (consent.yes & CONSENT_PAYOUT) != 0;
	if (out->held.seq != 0)
		account_number(db_info(p->db), &out->held, out->number);
}

static void told(struct ports *p, enum verdict v, int64_t person,
	const struct refusal *why, const struct err *err, struct event *answer)
{
	p->written = true;
	p->status_due = true;
	switch (v) {
	case VERDICT_DONE:
		tell(p, person, answer);
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
		return;
	case VERDICT_FAILED:
		failed(answer, err);
	}
}

static void add(struct ports *p, const struct account_take *take,
	struct event *answer)
{
	struct account_held held;
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict v =
		accounts_add(p->db, &p->session, take, &held, &why, &err);

	told(p, v, take->person, &why, &err, answer);
}

static void cash(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct account_method method;
	struct refusal why = {0};
	struct err err = {0};
	struct session by;
	int64_t frees;
	enum verdict v;

	if (!run_second(p, fx->cash.by, fx->cash.pin, &by, answer))
		return;
	v = accounts_cash(p->db, &p->session, fx->cash.person, fx->cash.from,
		fx->cash.why, fx->cash.by ? &by : NULL, &method, &frees, &why,
		&err);
	session_clear(&by);
	told(p, v, fx->cash.person, &why, &err, answer);
}

static void print(struct ports *p, uint64_t seq)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "an account's slip"};
	struct account_held held;

	if (job) {
		receipt_job_settings(job, p->config);
		if (accounts_get(p->db, seq, &held, &err) != LOOKUP_FOUND ||
			!account_job_make(db_info(p->db), &held, run_width(p),
				job, &err)) {
			free(job);
			job = NULL;
		}
	}
	run_machine_send(p, job, (struct run_machine_paper){.seq = seq}, &err);
}

bool run_account(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_ACCOUNT:
		tell(p, fx->person, answer);
		return true;
	case FX_ACCOUNT_ADD:
		add(p, &fx->take, answer);
		return true;
	case FX_ACCOUNT_CASH:
		cash(p, fx, answer);
		return true;
	case FX_ACCOUNT_SLIP:
		print(p, fx->seq);
		return false;
	default:
		*mine = false;
		return false;
	}
}
