/*
 * verb_lost.c - `chitra lost`: whom it concerns if this terminal is gone, and
 * until when that has to be reported (T68).
 *
 * The numbers need nobody signed in, so that a copy of the store tells them,
 * too; with --as everybody is named, to be printed.
 */
#include <stdio.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/tr.h"
#include "db/erase.h"
#include "db/people.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

/* Law 91/2025/QH15: a breach is reported within so long of its finding. */
static const int64_t report_within = INT64_C(72) * 3600 * 1000;

struct list {
	cJSON *people; /* NULL: printed */
};

static bool say_one(void *ctx, const struct person *p)
{
	const struct list *l = ctx;
	cJSON *one;

	if (!l->people) {
		printf("%-12s  %s, %s\n", p->id12[0] ? p->id12 : p->old_id,
			p->name, p->address);
		return true;
	}
	one = cJSON_CreateObject();
	cJSON_AddStringToObject(one, "id", p->id12);
	cJSON_AddStringToObject(one, "old_id", p->old_id);
	cJSON_AddStringToObject(one, "name", p->name);
	cJSON_AddStringToObject(one, "address", p->address);
	cJSON_AddItemToArray(l->people, one);
	return true;
}

static void say(const struct erase_counts *n, int64_t until)
{
	char text[DATE_TEXT_SIZE];

	printf(tr("People whose data are on this terminal: %lld\n"),
		(long long)n->people);
	printf(tr("Payments: %lld, answers about accounts: %lld, lists: "
		  "%lld\n"),
		(long long)n->payouts, (long long)n->accounts,
		(long long)n->lists);
	if (n->newest > 0)
		printf(tr("The newest list came in at %s.\n"),
			date_time_vi(n->newest, text));
	printf(tr("If the terminal is lost: report it by %s (72 hours from"
		  " now; Law 91/2025/QH15), and tell the people.\n"),
		date_time_vi(until, text));
	printf("%s\n", tr("What is on it is locked: it opens with a user's"
			  " PIN and the device's key only. If it was stolen"
			  " while somebody was signed in, say so, too."));
}

static enum exit_status tell(const struct options *o, struct verb_store *v)
{
	const int64_t until = clock_wall_ms() + report_within;
	const bool named = v->session.user.number != 0;
	struct erase_counts n;
	struct list list = {NULL};
	struct err err = {0};
	char iso[32];
	cJSON *reply;

	if (!erase_counts(v->db, &n, &err))
		return verb_err(o, &err);
	if (!o->json)
		say(&n, until);
	reply = json_ok();
	json_int(reply, "people", n.people);
	json_int(reply, "erased", n.erased);
	json_int(reply, "payouts", n.payouts);
	json_int(reply, "accounts", n.accounts);
	json_int(reply, "lists", n.lists);
	cJSON_AddStringToObject(reply, "report_by", date_time_iso(until, iso));
	if (named && o->json)
		list.people = cJSON_AddArrayToObject(reply, "list");
	if (!named || people_each(v->db, say_one, &list, &err))
		return verb_reply(o, reply, EXIT_DONE);
	cJSON_Delete(reply);
	return verb_err(o, &err);
}

enum exit_status verb_lost(int argc, char **argv)
{
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "lost", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 0)
		return verb_usage("lost");
	if (!verb_open(&o, false, &v, &status))
		return status;
	status = tell(&o, &v);
	verb_close(&v);
	return status;
}
