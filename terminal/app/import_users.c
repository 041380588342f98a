#include "terminal/app/import_users.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/tr.h"
#include "db/roster.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/roster_say.h"
#include "terminal/flows/list_text.h"

/* Files of others are taken apart by a child that can do nothing else. */
static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

static void say(const struct roster *r, bool check_only)
{
	roster_say(r);
	if (check_only && r->errors == 0)
		printf("%s\n", tr("Only checked: nothing was written."));
}

static cJSON *reply_of(const struct roster *r)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddBoolToObject(o, "ok", r->errors == 0);
	json_int(o, "rows", r->list.count);
	json_int(o, "new", r->added);
	json_int(o, "same", r->count[ROSTER_SAME]);
	json_int(o, "renewed", r->renewed);
	cJSON_AddItemToObject(o, "users", roster_json(r));
	return o;
}

static enum exit_status not_read(const struct options *o,
	const struct roster *r, const struct err *err)
{
	const char *message = list_refusal_text(err);

	if (err->code == ERR_INVALID &&
		(r->list.too_many || (!message && !r->list.has_header)))
		message = tr("This is no table of users: its first row names "
			     "the columns number, name and role.");
	log_err("users", err);
	return message ? verb_refuse(o, "not_a_list", message, EXIT_REFUSED)
		       : verb_err(o, err);
}

static enum exit_status run(const struct options *o, struct verb_store *v,
	const char *path, bool check_only, struct roster *r)
{
	static const struct list_source source = {NULL, read_by_child};
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got = VERDICT_DONE;

	if (!roster_read(v->db, &v->session, &source, path, r, &err))
		return not_read(o, r, &err);
	if (r->errors == 0 && !check_only) {
		verb_watch(o, v);
		got = roster_take(v->db, &v->session, r, -1, &why, &err);
		verb_watched(v);
	}
	if (got == VERDICT_FAILED && !db_watch_stopped(&err))
		log_err("users", &err);
	if (!o->json || got != VERDICT_DONE)
		say(r, check_only);
	if (got == VERDICT_FAILED && db_watch_stopped(&err))
		return verb_stopped(o,
			tr("Stopped: those who have a first PIN above are here,"
			   " nobody else. The same again adds the rest."));
	if (got != VERDICT_DONE)
		return got == VERDICT_FAILED ? verb_err(o, &err)
					     : verb_refusal(o, &why);
	return verb_reply(o, reply_of(r),
		r->errors == 0 ? EXIT_DONE : EXIT_REFUSED);
}

enum exit_status import_users(const struct options *o, const char *path,
	bool check_only)
{
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_ADD_USER)};
	struct roster *r;
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};

	if (!verb_open(o, true, &v, &status))
		return status;
	r = calloc(1, sizeof(*r));
	if (!r) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for users");
		status = verb_err(o, &err);
	} else if (!role_may(v.session.user.role, ACT_ADD_USER)) {
		status = verb_refusal(o, &role);
	} else {
		status = run(o, &v, path, check_only, r);
	}
	if (r)
		crypto_wipe(r, sizeof(*r));
	free(r);
	verb_close(&v);
	return status;
}
