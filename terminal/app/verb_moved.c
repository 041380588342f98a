/*
 * verb_moved.c - `chitra moved`: is the book on the machine it knows? With
 * --as a supervisor says that it is the same terminal on a new system.
 */
#include <stdio.h>

#include "core/tr.h"
#include "db/moved.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

static const char *state_text(enum moved m)
{
	switch (m) {
	case MOVED_NOT:
		return tr("The book is on the machine that it knows.");
	case MOVED_UNKNOWN:
		return tr("This system has no /etc/machine-id: the book is"
			  " bound to no machine.");
	case MOVED_AWAY:
		return tr("The book is on another machine than the one it"
			  " knows: nothing is paid here until a supervisor"
			  " confirms with --as, and with --slip and the text"
			  " of the last Z slip or receipt.");
	}
	return "";
}

static enum exit_status tell(const struct options *o, struct verb_store *v)
{
	static const char *const code[] = {
		[MOVED_NOT] = "bound",
		[MOVED_UNKNOWN] = "unbound",
		[MOVED_AWAY] = "moved",
	};
	const enum moved m = moved_state(v->db);
	cJSON *reply = cJSON_CreateObject();

	if (!o->json)
		printf("%s\n", state_text(m));
	cJSON_AddBoolToObject(reply, "ok", m != MOVED_AWAY);
	cJSON_AddStringToObject(reply, "code", code[m]);
	cJSON_AddStringToObject(reply, "message", state_text(m));
	return verb_reply(o, reply, m == MOVED_AWAY ? EXIT_REFUSED : EXIT_DONE);
}

static enum exit_status confirm(const struct options *o, struct verb_store *v,
	const char *slip)
{
	struct refusal why;
	struct err err = {0};

	switch (moved_confirm(v->db, &v->session, slip, &why, &err)) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return tell(o, v);
}

enum exit_status verb_moved(int argc, char **argv)
{
	const char *slip = NULL;
	const struct option_spec own[] = {
		{"--slip", OPTION_TEXT, &slip},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "moved", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 0 || (slip && o.as == 0))
		return verb_usage("moved");
	if (!verb_open(&o, false, &v, &status))
		return status;
	status = o.as != 0 ? confirm(&o, &v, slip) : tell(&o, &v);
	verb_close(&v);
	return status;
}
