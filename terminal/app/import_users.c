#include "terminal/app/import_users.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/pin.h"
#include "core/tr.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/user_list.h"
#include "terminal/flows/list_text.h"

enum {
	PIN_SIZE = 16
};

/* What becomes of each row. */
struct importing {
	struct user_list list;
	bool same[USERS_MAX];
	bool other[USERS_MAX]; /* the number is somebody else's */
	char pin[USERS_MAX][PIN_SIZE];
	int added;
	int sames;
	int others;
};

static bool on_cells(void *ctx, const struct cells *row)
{
	user_list_row(ctx, row);
	return true;
}

static bool read_file(struct user_list *l, const char *path, struct err *err)
{
	const struct cells_sink sink = {l, on_cells};
	char sheet[LIST_SHEET_SIZE];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"open %s: %s", path, strerror(errno));
	ok = list_reader_read(NULL, fd, LIST_PAYMENTS, LIST_READER_IDLE_MS,
		&sink, sheet, err);
	close(fd);
	return ok;
}

/* Who of them is here already? */
static bool compare(struct db *db, struct importing *im, struct err *err)
{
	for (int i = 0; i < im->list.count; i++) {
		const struct user_row *r = &im->list.row[i];
		struct user u;

		if (r->trouble == USER_NO_NUMBER)
			continue;
		switch (users_get(db, r->number, &u, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			continue;
		case LOOKUP_FOUND:
			break;
		}
		im->same[i] = !u.revoked && u.role == r->role &&
			      strcmp(u.name, r->name) == 0;
		im->other[i] = !im->same[i];
		im->sames += im->same[i];
		im->others += im->other[i];
	}
	return true;
}

static void draw_pin(char out[PIN_SIZE])
{
	uint32_t random;

	do {
		crypto_random(&random, sizeof(random));
		snprintf(out, PIN_SIZE, "%06u", 100000 + random % 900000);
	} while (pin_check(out) != PIN_GOOD);
}

/* One transaction a user: who is added stays, and is the same next time. */
static enum verdict add_all(struct verb_store *v, struct importing *im,
	struct refusal *why, struct err *err)
{
	for (int i = 0; i < im->list.count; i++) {
		const struct user_row *r = &im->list.row[i];
		const struct user_new u = {r->number, r->name, r->role,
			im->pin[i]};
		enum verdict got;

		if (im->same[i])
			continue;
		if (!db_watch_now(v->db, im->added, im->list.count - im->sames,
			    err))
			return VERDICT_FAILED;
		draw_pin(im->pin[i]);
		got = users_add_until(v->db, &v->session, &u, r->until, why,
			err);
		if (got != VERDICT_DONE) {
			crypto_wipe(im->pin[i], PIN_SIZE);
			return got;
		}
		im->added++;
	}
	return VERDICT_DONE;
}

static const char *trouble_text(const struct importing *im, int i)
{
	static const char *const text[USER_TROUBLES] = {
		[USER_NO_NUMBER] = TR("This is no number of a user (1 to "
				      "9999999)."),
		[USER_NO_NAME] = TR("The name is missing, too long or broken."),
		[USER_NO_ROLE] = TR("There is no such role. Write agent, staff,"
				    " supervisor or technician."),
		[USER_NO_DAY] = TR("The last day is no day."),
		[USER_TWICE] = TR("This number is in the table twice."),
	};
	const enum user_trouble t = im->list.row[i].trouble;

	if (t != USER_FINE)
		return tr(text[t]);
	return im->other[i] ? tr("This number is somebody else's here, or was "
				 "revoked.")
			    : NULL;
}

static void say(const struct importing *im, bool check_only)
{
	for (int i = 0; i < im->list.count; i++) {
		const struct user_row *r = &im->list.row[i];
		const char *trouble = trouble_text(im, i);

		if (trouble)
			fprintf(stderr, tr("Row %lld: %s\n"), (long long)r->row,
				trouble);
		else if (im->pin[i][0])
			printf(tr("%lld  %s, %s: first PIN %s\n"),
				(long long)r->number, r->name,
				users_role_name(r->role), im->pin[i]);
		else
			printf("%lld  %s, %s%s\n", (long long)r->number,
				r->name, users_role_name(r->role),
				im->same[i] ? tr(" [KNOWN]") : "");
	}
	if (im->added > 0)
		printf("%s\n", tr("These PINs are shown this once: hand each "
				  "over in person."));
	else if (check_only && im->list.troubles + im->others == 0)
		printf("%s\n", tr("Only checked: nothing was written."));
}

static cJSON *reply_of(const struct importing *im, bool ok)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *list;

	cJSON_AddBoolToObject(o, "ok", ok);
	json_int(o, "rows", im->list.count);
	json_int(o, "new", im->added);
	json_int(o, "same", im->sames);
	list = cJSON_AddArrayToObject(o, "users");
	for (int i = 0; i < im->list.count; i++) {
		const struct user_row *r = &im->list.row[i];
		const char *trouble = trouble_text(im, i);
		cJSON *u = cJSON_CreateObject();

		json_int(u, "row", r->row);
		json_int(u, "number", r->number);
		cJSON_AddStringToObject(u, "name", r->name);
		cJSON_AddStringToObject(u, "role", users_role_name(r->role));
		if (trouble)
			cJSON_AddStringToObject(u, "message", trouble);
		if (im->pin[i][0])
			cJSON_AddStringToObject(u, "pin", im->pin[i]);
		cJSON_AddItemToArray(list, u);
	}
	return o;
}

static enum exit_status run(const struct options *o, struct verb_store *v,
	const char *path, bool check_only, struct importing *im)
{
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got = VERDICT_DONE;
	bool ok;

	user_list_init(&im->list);
	if (!read_file(&im->list, path, &err)) {
		const char *message = list_refusal_text(&err);

		log_err("users", &err);
		return message ? verb_refuse(o, "not_a_list", message,
					 EXIT_REFUSED)
			       : verb_err(o, &err);
	}
	if (!im->list.has_header || im->list.too_many)
		return verb_refuse(o, "not_a_list",
			tr("This is no table of users: its first row names the "
			   "columns number, name and role."),
			EXIT_REFUSED);
	if (!compare(v->db, im, &err))
		return verb_err(o, &err);
	ok = im->list.troubles + im->others == 0;
	if (ok && !check_only) {
		verb_watch(o, v);
		got = add_all(v, im, &why, &err);
		verb_watched(v);
	}
	if (got == VERDICT_FAILED && !db_watch_stopped(&err))
		log_err("users", &err);
	if (!o->json || got != VERDICT_DONE)
		say(im, check_only);
	if (got == VERDICT_FAILED && db_watch_stopped(&err))
		return verb_stopped(o,
			tr("Stopped: those who have a first PIN above are here,"
			   " nobody else. The same again adds the rest."));
	if (got != VERDICT_DONE)
		return got == VERDICT_FAILED ? verb_err(o, &err)
					     : verb_refusal(o, &why);
	return verb_reply(o, reply_of(im, ok), ok ? EXIT_DONE : EXIT_REFUSED);
}

enum exit_status import_users(const struct options *o, const char *path,
	bool check_only)
{
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_ADD_USER)};
	struct importing *im;
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};

	if (!verb_open(o, true, &v, &status))
		return status;
	im = calloc(1, sizeof(*im));
	if (!im) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for users");
		status = verb_err(o, &err);
	} else if (!role_may(v.session.user.role, ACT_ADD_USER)) {
		status = verb_refusal(o, &role);
	} else {
		status = run(o, &v, path, check_only, im);
	}
	if (im)
		crypto_wipe(im, sizeof(*im));
	free(im);
	verb_close(&v);
	return status;
}
