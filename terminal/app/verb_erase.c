/* verb_erase.c - `chitra erase`: one person's data out of the store (T69). */
#include <stdio.h>

#include "core/tr.h"
#include "db/erase.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

static enum exit_status done(const struct options *o,
	const struct erase_done *d)
{
	cJSON *reply = json_ok();

	if (!o->json) {
		printf("%s\n", tr("His data are gone from this terminal. What"
				  " was paid stays in the book, without a"
				  " name."));
		printf(tr("Sealed data of %lld records are gone, too; the"
			  " centre and backups have their own.\n"),
			(long long)d->records);
	}
	json_int(reply, "people", d->people);
	json_int(reply, "records", d->records);
	json_int(reply, "seq", (int64_t)d->seq);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status erase(const struct options *o, struct verb_store *v,
	const char *id12, enum erase_reason reason)
{
	const struct refusal role = {.code = REFUSED_ROLE};
	struct erase_done d;
	struct err err = {0};

	if (v->session.user.role != ROLE_SUPERVISOR)
		return verb_refusal(o, &role);
	switch (erase_person(v->db, &v->session, id12, reason, &d, &err)) {
	case ERASE_FAILED:
		break;
	case ERASE_NOBODY:
		return verb_refuse(o, "not_found",
			tr("Nobody with this number is on the lists of this"
			   " terminal."),
			EXIT_REFUSED);
	case ERASE_DUE:
		return verb_refuse(o, "due",
			tr("Money is due to this person yet: pay it, or have"
			   " it taken off the list, before the data go."),
			EXIT_REFUSED);
	case ERASE_DONE:
		return done(o, &d);
	}
	return verb_err(o, &err);
}

enum exit_status verb_erase(int argc, char **argv)
{
	const char *id12 = NULL;
	const char *why = NULL;
	const struct option_spec own[] = {
		{"--id12", OPTION_TEXT, &id12},
		{"--reason", OPTION_TEXT, &why},
	};
	enum erase_reason reason = ERASE_NO_REASON;
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "erase", argc, argv, own, 2))
		return EXIT_USAGE;
	if (o.words != 0 || !id12 || !why || !erase_reason_parse(why, &reason))
		return verb_usage("erase");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = erase(&o, &v, id12, reason);
	verb_close(&v);
	return status;
}
