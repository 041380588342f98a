/*
 * verb_recover.c - `chitra recover`: the question after a crash, rule 2.
 *
 * Without --answer it only tells what is open: that nothing is, anybody may
 * know; whom it would pay, only who signs in. With --answer it is journaled
 * with the agent's PIN.
 */
#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

static enum exit_status tell(const struct options *o, enum lookup got,
	const struct payout *p)
{
	cJSON *reply = json_ok();

	if (got == LOOKUP_ABSENT) {
		cJSON_AddNullToObject(reply, "open");
		if (!o->json)
			printf("%s\n", tr("No payout is open."));
		return verb_reply(o, reply, EXIT_DONE);
	}
	json_payout(cJSON_AddObjectToObject(reply, "open"), p);
	if (!o->json) {
		json_say_payout(p);
		printf("%s\n",
			tr("Was the money handed over? Answer with --answer"
			   " handed or --answer not_handed."));
	}
	return verb_reply(o, reply, EXIT_REFUSED);
}

static enum exit_status look(const struct options *o, struct verb_store *v)
{
	struct err err = {0};
	enum exit_status status;
	struct payout p;
	enum lookup got = payouts_open(v->db, &p, &err);

	if (got == LOOKUP_FAILED && err.code == ERR_DENIED &&
		v->session.user.number == 0) {
		if (!verb_sign_in(o, v, &status))
			return status;
		got = payouts_open(v->db, &p, &err);
	}
	return got == LOOKUP_FAILED ? verb_err(o, &err) : tell(o, got, &p);
}

static enum exit_status answer(const struct options *o, struct verb_store *v,
	bool handed, int64_t by_number)
{
	enum exit_status status;
	struct refusal why = {0};
	struct session by;
	struct err err = {0};
	struct payout p;
	enum verdict got;
	cJSON *reply;

	switch (payouts_open(v->db, &p, &err)) {
	case LOOKUP_FAILED:
		return verb_err(o, &err);
	case LOOKUP_ABSENT:
		return tell(o, LOOKUP_ABSENT, NULL);
	case LOOKUP_FOUND:
		break;
	}
	if (!verb_second(o, v, by_number, &by, &status))
		return status;
	got = payouts_recover(v->db, &v->session, handed,
		by_number ? &by : NULL, &p, &why, &err);
	session_clear(&by);
	if (got == VERDICT_FAILED)
		return verb_err(o, &err);
	if (got == VERDICT_REFUSED)
		return verb_refusal(o, &why);
	if (!o->json)
		json_say_payout(&p);
	reply = json_ok();
	cJSON_AddNullToObject(reply, "open");
	json_payout(reply, &p);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_recover(int argc, char **argv)
{
	const char *said = NULL;
	int64_t by = 0;
	const struct option_spec own[] = {
		{"--answer", OPTION_TEXT, &said},
		{"--by", OPTION_INT, &by},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	bool handed;

	if (!verb_options(&o, "recover", argc, argv, own, 2))
		return EXIT_USAGE;
	handed = said && strcmp(said, "handed") == 0;
	if (o.words != 0 ||
		(said && !handed && strcmp(said, "not_handed") != 0))
		return verb_usage("recover");
	if (!verb_open(&o, said != NULL, &v, &status))
		return status;
	status = said ? answer(&o, &v, handed, by) : look(&o, &v);
	verb_close(&v);
	return status;
}
