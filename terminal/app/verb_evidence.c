/*
 * verb_evidence.c - `chitra evidence TEXT`: does the book hold this receipt
 * or Z slip? `chitra retire`: the end of a terminal whose records are lost.
 *
 * A paper that proves that records are missing freezes the book at once,
 * whoever shows it (journal.md 9, R1).
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "db/proof.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/flows/proof_text.h"

static const char *code_of(const struct proof_found *f)
{
	static const char *const code[] = {
		[PROOF_NONE] = "not_a_paper",
		[PROOF_FOREIGN] = "foreign",
		[PROOF_AGREES] = "agrees",
		[PROOF_MISSING] = "tail_lost",
		[PROOF_UNPROVEN] = "unproven",
	};

	return code[f->proof];
}

static enum exit_status tell(const struct options *o,
	const struct proof_found *f)
{
	const bool agrees = f->proof == PROOF_AGREES;
	char message[PROOF_MESSAGE_SIZE];
	char iso[32];
	cJSON *reply = cJSON_CreateObject();

	proof_text(f, message, sizeof(message));
	if (!o->json || !agrees)
		fprintf(agrees ? stdout : stderr, "%s\n", message);
	cJSON_AddBoolToObject(reply, "ok", agrees);
	cJSON_AddStringToObject(reply, "code", code_of(f));
	cJSON_AddStringToObject(reply, "message", message);
	cJSON_AddBoolToObject(reply, "frozen", f->frozen);
	json_int(reply, "last_seq", (int64_t)f->last_seq);
	if (f->proof != PROOF_NONE) {
		cJSON_AddStringToObject(reply, "kind",
			f->slip ? "slip" : "receipt");
		json_int(reply, "seq", (int64_t)f->seq);
		cJSON_AddStringToObject(reply, "at", date_time_iso(f->t, iso));
	}
	return verb_reply(o, reply, agrees ? EXIT_DONE : EXIT_REFUSED);
}

enum exit_status verb_evidence(int argc, char **argv)
{
	bool confirm = false;
	const struct option_spec own[] = {
		{"--confirm", OPTION_FLAG, &confirm},
	};
	const struct refusal role = {.code = REFUSED_ROLE};
	enum exit_status status;
	struct proof_found found;
	struct verb_store v;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "evidence", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 1)
		return verb_usage("evidence");
	if (!verb_open(&o, confirm, &v, &status))
		return status;
	if (confirm && v.session.user.role != ROLE_SUPERVISOR)
		status = verb_refusal(&o, &role);
	else if (!proof_take(v.db, &v.session, confirm ? &v.session : NULL,
			 o.word[0], &found, &err))
		status = verb_err(&o, &err);
	else
		status = tell(&o, &found);
	verb_close(&v);
	return status;
}

static bool reason_parse(const char *name, enum retire_reason *out)
{
	static const struct {
		const char *name;
		enum retire_reason reason;
	} table[] = {
		{"replaced", RETIRE_REPLACED},
		{"tail_lost", RETIRE_TAIL_LOST},
		{"damaged", RETIRE_DAMAGED},
		{"other", RETIRE_OTHER},
	};

	for (size_t i = 0; name && i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, name) == 0) {
			*out = table[i].reason;
			return true;
		}
	return false;
}

enum exit_status verb_retire(int argc, char **argv)
{
	const char *name = NULL;
	const struct option_spec own[] = {
		{"--reason", OPTION_TEXT, &name},
	};
	enum retire_reason reason = RETIRE_OTHER;
	enum exit_status status = EXIT_COULD_NOT;
	struct refusal why;
	struct verb_store v;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "retire", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 0 || !reason_parse(name, &reason))
		return verb_usage("retire");
	if (!verb_open(&o, true, &v, &status))
		return status;
	switch (proof_retire(v.db, &v.session, reason, &why, &err)) {
	case VERDICT_FAILED:
		status = verb_err(&o, &err);
		break;
	case VERDICT_REFUSED:
		status = verb_refusal(&o, &why);
		break;
	case VERDICT_DONE:
		if (!o.json)
			printf("%s\n",
				tr("This terminal is retired: its book has"
				   " ended. Set up a new one in another"
				   " folder; keep this one as evidence."));
		status = verb_reply(&o, json_ok(), EXIT_DONE);
		break;
	}
	verb_close(&v);
	return status;
}
