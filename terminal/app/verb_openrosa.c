/*
 * verb_openrosa.c - `chitra export --openrosa DIR`: the answers of each visit
 * as an XML file for servers of ODK.
 */
#include <stdio.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/openrosa.h"
#include "terminal/app/verb_openrosa.h"

static enum exit_status reply(const struct options *o, const char *folder,
	const struct openrosa_done *done)
{
	cJSON *r = json_ok();
	char plain[VERB_PLAIN_SIZE];

	if (!o->json)
		printf(tr("%lld visits are in %s; %lld were there before, %lld "
			  "have no answers.\n"),
			(long long)done->written + (long long)done->there,
			verb_plain(folder, plain), (long long)done->there,
			(long long)done->without);
	cJSON_AddStringToObject(r, "folder", folder);
	json_int(r, "written", done->written);
	json_int(r, "there", done->there);
	json_int(r, "without", done->without);
	return verb_reply(o, r, EXIT_DONE);
}

/* Each file has its record: what is there stays. */
static enum exit_status stopped(const struct options *o,
	const struct openrosa_done *done)
{
	char message[VERB_PLAIN_SIZE];

	snprintf(message, sizeof(message),
		tr("Stopped: %lld files were written, each of them whole. The "
		   "same again writes the rest."),
		(long long)done->written);
	return verb_stopped(o, message);
}

static enum exit_status act(const struct options *o, struct verb_store *v,
	const char *folder)
{
	struct openrosa_done done;
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got;

	verb_watch(o, v);
	got = openrosa_export(v->db, &v->session, folder, &done, &why, &err);
	verb_watched(v);
	switch (got) {
	case VERDICT_FAILED:
		return db_watch_stopped(&err) ? stopped(o, &done)
					      : verb_file_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return reply(o, folder, &done);
}

enum exit_status verb_openrosa(const struct options *o, const char *folder)
{
	enum exit_status status = EXIT_DONE;
	struct verb_store v;

	/* Answers are people's data: somebody has to be signed in. */
	if (!verb_open(o, true, &v, &status))
		return status;
	status = v.session.user.number == 0 ? verb_nobody(o)
					    : act(o, &v, folder);
	verb_close(&v);
	return status;
}
