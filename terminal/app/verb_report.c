/*
 * verb_report.c - `chitra report signs [SHIFT]`: what in a shift a supervisor
 * should look at. Of the open shift, else the last one closed. And
 * `chitra report corrections PERIOD --to FILE` (report_list.h), and
 * the papers of the month (report_paper.h), the board (report_board.h), and
 * the names of units (import_units.h).
 */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "db/shifts.h"
#include "db/signs.h"
#include "terminal/app/consent_json.h"
#include "terminal/app/import_units.h"
#include "terminal/app/json.h"
#include "terminal/app/report_board.h"
#include "terminal/app/report_exceptions.h"
#include "terminal/app/report_list.h"
#include "terminal/app/report_paper.h"
#include "terminal/app/report_visits.h"
#include "terminal/app/verb.h"

static bool which_shift(const struct options *o, struct db *db, int64_t *out,
	struct err *err)
{
	struct shift open;

	if (o->words == 2)
		return str_to_int(o->word[1], 1, INT64_MAX, out) ||
		       err_set(err, ERR_INVALID, 0, "this is no shift");
	switch (shifts_current(db, &open, err)) {
	case LOOKUP_FOUND:
		*out = open.number;
		return true;
	case LOOKUP_ABSENT:
		return shifts_last_closed(db, out, err);
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

static void say(const struct signs *s)
{
	const struct {
		const char *what;
		int64_t count;
	} line[] = {
		{TR("Payments"), s->payouts},
		{TR("  less than 15 seconds after the one before"), s->quick},
		{TR("  outside of the point's hours"), s->outside},
		{TR("  alone, where a second person is the rule"), s->alone},
		{TR("  entered from the pad"), s->sheets},
		{TR("Cancelled before the money was out"), s->not_handed},
		{TR("Cancelled after it was handed over"), s->taken_back},
		{TR("  of these without the receipt"), s->lost},
		{TR("Copies printed"), s->copies},
		{TR("Wrong PINs"), s->wrong_pins},
		{TR("Outages"), s->outages},
	};

	printf(tr("Shift %lld"), (long long)s->shift);
	printf("\n");
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++)
		printf("%5lld  %s\n", (long long)line[i].count,
			tr(line[i].what));
}

static enum exit_status tell(const struct options *o, const struct signs *s)
{
	cJSON *reply = json_ok();

	json_int(reply, "shift", s->shift);
	json_int(reply, "payouts", s->payouts);
	json_int(reply, "quick", s->quick);
	json_int(reply, "outside_hours", s->outside);
	json_int(reply, "alone", s->alone);
	json_int(reply, "sheets", s->sheets);
	json_int(reply, "not_handed", s->not_handed);
	json_int(reply, "taken_back", s->taken_back);
	json_int(reply, "receipt_lost", s->lost);
	json_int(reply, "copies", s->copies);
	json_int(reply, "wrong_pins", s->wrong_pins);
	json_int(reply, "outages", s->outages);
	json_int(reply, "signs", signs_sum(s));
	if (!o->json)
		say(s);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status report(const struct options *o, struct verb_store *v)
{
	struct err err = {0};
	struct signs signs;
	int64_t shift = 0;

	if (!which_shift(o, v->db, &shift, &err))
		return verb_err(o, &err);
	switch (signs_of(v->db, shift, &signs, &err)) {
	case LOOKUP_FAILED:
		return verb_err(o, &err);
	case LOOKUP_ABSENT:
		return verb_refuse(o, "no_shift",
			tr("There is no such shift on this terminal."),
			EXIT_REFUSED);
	case LOOKUP_FOUND:
		break;
	}
	return tell(o, &signs);
}

/* What is asked for, by its words; NULL: nothing that there is. */
typedef enum exit_status ask_fn(const struct options *o, struct verb_store *v,
	const struct report_asked *asked);

static enum exit_status ask_signs(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	(void)asked;
	return report(o, v);
}

static enum exit_status ask_complaints(const struct options *o,
	struct verb_store *v, const struct report_asked *asked)
{
	(void)asked;
	return verb_complaints(o, v);
}

static enum exit_status ask_duties(const struct options *o,
	struct verb_store *v, const struct report_asked *asked)
{
	return consent_duties(o, v, asked->holidays);
}

static enum exit_status ask_list(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	return report_list(o, v, asked->name, asked->period, asked->to);
}

static enum exit_status ask_accounts(const struct options *o,
	struct verb_store *v, const struct report_asked *asked)
{
	return verb_report_accounts(o, v, asked->to);
}

static ask_fn *asked_for(const struct options *o,
	const struct report_asked *asked)
{
	if (asked->html || strcmp(asked->name, "dashboard") == 0)
		return report_board_asks(o, asked) ? report_board : NULL;
	if (o->words == 2 && !asked->only && report_paper_exists(asked->name))
		return report_paper;
	if (asked->unit || o->words < 1 || o->words > 2)
		return NULL;
	if (strcmp(asked->name, "exceptions") == 0)
		return report_exceptions;
	if (asked->only)
		return NULL;
	if (o->words == 1 && strcmp(asked->name, "accounts") == 0)
		return ask_accounts;
	if (o->words == 2 && report_visits_exists(asked->name))
		return report_visits;
	if (o->words == 2 && asked->to && report_list_exists(asked->name))
		return ask_list;
	if (asked->to)
		return NULL;
	if (strcmp(asked->name, "signs") == 0)
		return ask_signs;
	if (o->words == 1 && strcmp(asked->name, "duties") == 0)
		return ask_duties;
	return o->words == 1 && strcmp(asked->name, "complaints") == 0
		       ? ask_complaints
		       : NULL;
}

enum exit_status verb_report(int argc, char **argv)
{
	struct report_asked asked = {.name = ""};
	const struct option_spec own[] = {
		{"--to", OPTION_TEXT, &asked.to},
		{"--unit", OPTION_TEXT, &asked.unit},
		{"--only", OPTION_TEXT, &asked.only},
		{"--holidays", OPTION_TEXT, &asked.holidays},
		{"--html", OPTION_TEXT, &asked.html},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	ask_fn *ask;

	if (!verb_options(&o, "report", argc, argv, own, 5))
		return EXIT_USAGE;
	if (o.words > 0)
		asked.name = o.word[0];
	if (o.words > 1)
		asked.period = o.word[1];
	if (o.words == 1 && strcmp(o.word[0], "units") == 0)
		return report_units(&o);
	ask = asked_for(&o, &asked);
	if (!ask)
		return verb_usage("report");
	if (!verb_open(&o, true, &v, &status))
		return status;
	verb_watch(&o, &v);
	status = ask(&o, &v, &asked);
	verb_close(&v);
	return status;
}
