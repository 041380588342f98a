/*
 * verb_approve.c - `chitra approve`: the second person's word for another
 * terminal; `chitra centre`: whose lists are believed; and those lists.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/approvals.h"
#include "db/revlist.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/flows/approve_text.h"

static void say_request(const struct approval_request *r)
{
	char amount[MONEY_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];
	char dev[8];

	fprintf(stderr,
		tr("%s: %s đồng, %s. Asked by user %lld of terminal %s on %s. "
		   "%s\n"),
		approve_title(r), money_format(r->amount, amount),
		approve_reason(r), (long long)r->actor, approve_device(r, dev),
		date_time_vi(r->t, when), r->person);
}

static enum exit_status answer_json(const struct options *o,
	const struct approval_request *r, const char *answer)
{
	char hex[2 * APPROVAL_DEV_SIZE + 1];
	char iso[32];
	cJSON *reply = json_ok();

	str_to_hex(r->dev, sizeof(r->dev), hex);
	cJSON_AddStringToObject(reply, "kind", approve_code(r));
	json_int(reply, "amount", r->amount);
	json_int(reply, "actor", r->actor);
	cJSON_AddStringToObject(reply, "reason", approve_reason(r));
	cJSON_AddStringToObject(reply, "person", r->person);
	cJSON_AddStringToObject(reply, "device", hex);
	cJSON_AddStringToObject(reply, "at", date_time_iso(r->t, iso));
	cJSON_AddStringToObject(reply, "answer", answer);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status approve(const struct options *o, struct verb_store *v,
	const char *text)
{
	char answer[APPROVAL_TEXT_SIZE];
	struct approval_request r;
	struct refusal why;
	struct err err = {0};
	enum verdict got = approvals_read(&v->session, text, &r, &why);

	if (got == VERDICT_DONE) {
		say_request(&r);
		got = approvals_give(v->db, &v->session, text, answer, &why,
			&err);
	}
	if (got == VERDICT_FAILED)
		return verb_err(o, &err);
	if (got == VERDICT_REFUSED)
		return verb_refusal(o, &why);
	if (!o->json)
		printf("%s\n", answer);
	return answer_json(o, &r, answer);
}

enum exit_status verb_approve(int argc, char **argv)
{
	const char *text = NULL;
	const struct option_spec own[] = {{"--text", OPTION_TEXT, &text}};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "approve", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 0 || !text)
		return verb_usage("approve");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = approve(&o, &v, text);
	verb_close(&v);
	return status;
}

/* ---- lists of the centre --------------------------------------------- */

/* All of a file that is no longer than a list may be. NULL: *err. */
static char *read_all(const char *path, size_t *len, struct err *err)
{
	char *text = malloc(REVLIST_MAX_BYTES + 1);
	FILE *in = text ? fopen(path, "rb") : NULL;

	if (!text) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
		return NULL;
	}
	if (!in) {
		free(text);
		err_set(err, ERR_GONE, 0, "%s cannot be read", path);
		return NULL;
	}
	/* One byte too many is refused by who reads it. */
	*len = fread(text, 1, REVLIST_MAX_BYTES + 1, in);
	fclose(in);
	return text;
}

static enum exit_status taken(const struct options *o,
	const struct revlist_done *d)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	cJSON *reply = json_ok();

	if (!o->json && d->same)
		printf("%s\n", tr("This very list of revoked users was taken "
				  "before: nothing is new."));
	else if (!o->json)
		printf(tr("List of revoked users number %lld is taken: %d in "
			  "it, %d of them may not work on this terminal any "
			  "more.\n"),
			(long long)d->version, d->listed, d->barred);
	str_to_hex(d->sha256, sizeof(d->sha256), hex);
	json_int(reply, "version", (int64_t)d->version);
	cJSON_AddBoolToObject(reply, "same", d->same);
	json_int(reply, "listed", d->listed);
	json_int(reply, "revoked", d->barred);
	cJSON_AddStringToObject(reply, "sha256", hex);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_revlist(const struct options *o, const char *path)
{
	enum exit_status status;
	struct revlist_done done;
	struct verb_store v;
	struct refusal why;
	struct err err = {0};
	enum verdict got;
	size_t len = 0;
	char *text = read_all(path, &len, &err);

	if (!text)
		return verb_err(o, &err);
	/* Its signature speaks for it, and nobody need be signed in. */
	if (!verb_open(o, false, &v, &status)) {
		free(text);
		return status;
	}
	got = revlist_take(v.db, &v.session, text, len, &done, &why, &err);
	if (got == VERDICT_DONE)
		status = taken(o, &done);
	else
		status = got == VERDICT_FAILED ? verb_err(o, &err)
					       : verb_refusal(o, &why);
	verb_close(&v);
	free(text);
	return status;
}
