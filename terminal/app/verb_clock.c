/*
 * verb_clock.c - `chitra clock`: what the clock says beside the book, and a
 * supervisor's word that it is right now.
 *
 * A clock behind the book stops paying (journal.md 8); one that had been far
 * ahead would stop it for as long, so a supervisor may confirm it.
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "db/journal.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

static enum exit_status tell(const struct options *o, struct verb_store *v)
{
	struct journal_clock clock;
	struct err err = {0};
	char text[DATE_TEXT_SIZE];
	char iso[32];
	cJSON *reply;

	if (!journal_clock(v->db, &clock, &err))
		return verb_err(o, &err);
	if (!o->json)
		printf(tr("The clock says %s; behind the book by %lld s.\n"),
			date_time_vi(clock.now, text),
			(long long)(clock.behind / 1000));
	if (!o->json && clock.no_day)
		printf("%s\n", tr("No list here is paid on that day: looking "
				  "is allowed, paying is not."));
	reply = json_ok();
	cJSON_AddStringToObject(reply, "now", date_time_iso(clock.now, iso));
	json_int(reply, "behind_ms", clock.behind);
	cJSON_AddBoolToObject(reply, "no_day", clock.no_day);
	json_int(reply, "quality", clock.quality);
	return verb_reply(o, reply,
		clock.behind > 0 || clock.no_day ? EXIT_REFUSED : EXIT_DONE);
}

enum exit_status verb_clock(int argc, char **argv)
{
	const struct refusal role = {.code = REFUSED_ROLE};
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};
	struct options o;
	bool set;

	if (!verb_options(&o, "clock", argc, argv, NULL, 0))
		return EXIT_USAGE;
	set = o.words == 1 && strcmp(o.word[0], "confirm") == 0;
	if (o.words != 0 && !set)
		return verb_usage("clock");
	if (!verb_open(&o, set, &v, &status))
		return status;
	if (set && v.session.user.role != ROLE_SUPERVISOR)
		status = verb_refusal(&o, &role);
	else if (set && !journal_clock_set(v.db, &v.session, &err))
		status = verb_err(&o, &err);
	else
		status = tell(&o, &v);
	verb_close(&v);
	return status;
}
