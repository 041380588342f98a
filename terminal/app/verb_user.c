/* verb_user.c - `chitra user`: who may work here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

struct new_user {
	int64_t number;
	const char *name;
	const char *role_name;
	enum role role;
	char clean[DB_NAME_SIZE];
	char pin[16];
	bool made_up; /* the PIN was drawn here and must be handed over */
};

/* Is there anybody, and a supervisor among them? */
static bool look_round(struct db *db, bool *anybody, bool *guarded,
	struct err *err)
{
	static struct user users[USERS_MAX];
	int count;

	if (!users_list(db, users, USERS_MAX, &count, err))
		return false;
	*anybody = count > 0;
	*guarded = false;
	for (int i = 0; i < count; i++)
		*guarded = *guarded || users[i].role == ROLE_SUPERVISOR;
	return true;
}

/*
 * The new user's PIN: CHITRA_NEW_PIN; else, while nobody is signed in, the
 * CHITRA_PIN of the command; else one is drawn and told.
 */
static void choose_pin(const struct options *o, struct new_user *n)
{
	const char *env = getenv("CHITRA_NEW_PIN");
	uint32_t random;

	if (env) {
		snprintf(n->pin, sizeof(n->pin), "%s", env);
		return;
	}
	if (o->as == 0 && options_pin(o, n->pin, sizeof(n->pin)))
		return;
	crypto_random(&random, sizeof(random));
	snprintf(n->pin, sizeof(n->pin), "%06u", 100000 + random % 900000);
	n->made_up = true;
}

static cJSON *user_json(const struct user *u)
{
	cJSON *o = cJSON_CreateObject();

	json_int(o, "number", u->number);
	cJSON_AddStringToObject(o, "name", u->name);
	cJSON_AddStringToObject(o, "role", users_role_name(u->role));
	cJSON_AddBoolToObject(o, "locked", u->locked);
	return o;
}

static enum exit_status add(const struct options *o, struct verb_store *v,
	struct new_user *n)
{
	const struct refusal role = {.code = REFUSED_ROLE};
	struct err err = {0};
	bool anybody;
	bool guarded;
	cJSON *reply;

	if (!look_round(v->db, &anybody, &guarded, &err))
		return verb_err(o, &err);
	if (guarded && v->session.user.role != ROLE_SUPERVISOR)
		return verb_refusal(o, &role);
	/* People's data open to him as they are open to who adds him. */
	if (anybody && v->session.user.number == 0)
		return verb_nobody(o);
	choose_pin(o, n);
	if (!users_add(v->db, n->number, n->clean, n->role, n->pin, &err))
		return verb_err(o, &err);
	if (!o->json)
		printf(tr("User %lld is added: %s.\n"), (long long)n->number,
			n->clean);
	reply = json_ok();
	json_int(reply, "number", n->number);
	if (n->made_up) {
		cJSON_AddStringToObject(reply, "pin", n->pin);
		fprintf(stderr,
			tr("The first PIN is %s: hand it over in"
			   " person.\n"),
			n->pin);
	}
	crypto_wipe(n->pin, sizeof(n->pin));
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status list(const struct options *o, struct verb_store *v)
{
	static struct user users[USERS_MAX];
	struct err err = {0};
	cJSON *reply;
	int count;

	if (!users_list(v->db, users, USERS_MAX, &count, &err))
		return verb_err(o, &err);
	reply = cJSON_CreateArray();
	for (int i = 0; i < count; i++) {
		cJSON_AddItemToArray(reply, user_json(&users[i]));
		if (!o->json)
			printf("%7lld  %-10s  %s%s\n",
				(long long)users[i].number,
				users_role_name(users[i].role), users[i].name,
				users[i].locked ? tr(" [LOCKED]") : "");
	}
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status unlock(const struct options *o, struct verb_store *v,
	int64_t number)
{
	const struct refusal role = {.code = REFUSED_ROLE};
	struct err err = {0};

	if (v->session.user.role != ROLE_SUPERVISOR)
		return verb_refusal(o, &role);
	if (!users_unlock(v->db, &v->session, number, &err))
		return verb_err(o, &err);
	return verb_reply(o, json_ok(), EXIT_DONE);
}

static bool read_new(struct new_user *n)
{
	return n->number > 0 && n->name && n->role_name &&
	       users_role_parse(n->role_name, &n->role) &&
	       text_clean(n->name, strlen(n->name), n->clean, sizeof(n->clean),
		       NULL) &&
	       n->clean[0] != '\0';
}

enum exit_status verb_user(int argc, char **argv)
{
	struct new_user n = {0};
	const struct option_spec own[] = {
		{"--number", OPTION_INT, &n.number},
		{"--name", OPTION_TEXT, &n.name},
		{"--role", OPTION_TEXT, &n.role_name},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	const char *what;

	if (!verb_options(&o, "user", argc, argv, own, 3))
		return EXIT_USAGE;
	what = o.words == 1 ? o.word[0] : "";
	if (!(strcmp(what, "list") == 0 ||
		    (strcmp(what, "unlock") == 0 && n.number > 0) ||
		    (strcmp(what, "add") == 0 && read_new(&n))))
		return verb_usage("user");
	if (!verb_open(&o, strcmp(what, "unlock") == 0, &v, &status))
		return status;
	if (strcmp(what, "list") == 0)
		status = list(&o, &v);
	else if (strcmp(what, "unlock") == 0)
		status = unlock(&o, &v, n.number);
	else
		status = add(&o, &v, &n);
	verb_close(&v);
	return status;
}
