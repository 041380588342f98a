/*
 * verb_complaint.c - `chitra complaint`: somebody says that a receipt is
 * wrong; `chitra report complaints`: all of them.
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/log.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/app/complaint_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/verb_slips.h"
#include "terminal/flows/complain.h"

struct complaint_words {
	const char *receipt; /* QR, or "Mã" code */
	const char *reason;
	const char *png;
	bool print;
};

static cJSON *complaint_json(cJSON *o, const struct complaint *c)
{
	char iso[32];

	json_int(o, "number", (int64_t)c->seq);
	cJSON_AddStringToObject(o, "at", date_time_iso(c->t, iso));
	json_int(o, "by", c->actor);
	cJSON_AddStringToObject(o, "by_name", c->actor_name);
	cJSON_AddStringToObject(o, "reason", complaint_reason_name(c->reason));
	json_int(o, "seq", (int64_t)c->payout);
	cJSON_AddStringToObject(o, "receipt", c->code);
	json_int(o, "amount", c->amount);
	cJSON_AddStringToObject(o, "state", payout_state_name(c->state));
	return o;
}

static void say(const struct complaint *c)
{
	char amount[MONEY_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	printf(tr("Complaint %llu, %s, noted by %s: receipt %s, %s đồng%s. "
		  "%s.\n"),
		(unsigned long long)c->seq, date_time_vi(c->t, when),
		c->actor_name, c->code, money_format(c->amount, amount),
		c->state == PAYOUT_VOIDED ? tr(" [CANCELLED SINCE]") : "",
		complain_reason_text(c->reason));
}

static bool make_slip(const struct verb_slips *s, const struct db_info *from,
	int i, struct receipt_job *job, struct err *err)
{
	(void)i;
	return complaint_job_make(from, s->of, job->width, job, err);
}

static bool slip(const struct options *o, const struct complaint_words *w,
	struct verb_store *v, const struct complaint *c, struct err *err)
{
	const struct verb_slips s = {w->png, w->print, 1, make_slip, c};

	return verb_slips(o, v, &s, err);
}

static enum exit_status note(const struct options *o,
	const struct complaint_words *w, enum complaint_reason reason,
	struct verb_store *v, const struct payout *p)
{
	struct complaint c;
	struct refusal why;
	struct err err = {0};
	const char *state = "none";
	cJSON *reply;

	switch (complaints_note(v->db, &v->session, p->seq, reason, &c, &why,
		&err)) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	if (!o->json)
		say(&c);
	/* It is in the book whatever becomes of the paper. */
	if (w->print || w->png)
		state = slip(o, w, v, &c, &err) ? "printed" : "failed";
	if (strcmp(state, "failed") == 0) {
		log_err("complaint", &err);
		fprintf(stderr, "%s\n(%s)\n",
			tr("The complaint is noted, its slip was not printed."),
			err.text);
	}
	reply = complaint_json(json_ok(), &c);
	cJSON_AddStringToObject(reply, "printed", state);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_complaint(int argc, char **argv)
{
	struct complaint_words w = {0};
	const struct option_spec own[] = {
		{"--receipt", OPTION_TEXT, &w.receipt},
		{"--reason", OPTION_TEXT, &w.reason},
		{"--png", OPTION_TEXT, &w.png},
		{"--print", OPTION_FLAG, &w.print},
	};
	enum complaint_reason reason;
	enum exit_status status;
	struct verb_store v;
	struct options o;
	struct err err = {0};
	struct payout p;

	if (!verb_options(&o, "complaint", argc, argv, own, 4))
		return EXIT_USAGE;
	if (o.words != 0 || !w.receipt || !w.reason ||
		!complaint_reason_parse(w.reason, &reason))
		return verb_usage("complaint");
	if (!verb_open(&o, true, &v, &status))
		return status;
	switch (payouts_by_code(v.db, w.receipt, &p, &err)) {
	case LOOKUP_FAILED:
		status = verb_err(&o, &err);
		break;
	case LOOKUP_ABSENT:
		status = verb_refuse(&o, "not_found",
			tr("This terminal has no receipt with this code. Check"
			   " the letters and digits once more."),
			EXIT_REFUSED);
		break;
	case LOOKUP_FOUND:
		status = note(&o, &w, reason, &v, &p);
		break;
	}
	verb_close(&v);
	return status;
}

enum exit_status verb_complaints(const struct options *o, struct verb_store *v)
{
	enum {
		PART = 64
	};
	static struct complaint c[PART];
	cJSON *reply = json_ok();
	cJSON *list = cJSON_AddArrayToObject(reply, "complaints");
	struct err err = {0};
	uint64_t after = 0;
	bool more = true;
	int count;

	while (more) {
		if (!complaints_list(v->db, after, c, PART, &count, &more,
			    &err)) {
			cJSON_Delete(reply);
			return verb_err(o, &err);
		}
		for (int i = 0; i < count; i++) {
			cJSON_AddItemToArray(list,
				complaint_json(cJSON_CreateObject(), &c[i]));
			if (!o->json)
				say(&c[i]);
			after = c[i].seq;
		}
	}
	return verb_reply(o, reply, EXIT_DONE);
}
