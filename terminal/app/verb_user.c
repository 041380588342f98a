/* verb_user.c - `chitra user`: who may work here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/pin.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "db/approvals.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

struct new_user {
	int64_t number;
	const char *name;
	const char *role_name;
	enum role role;
	const char *until_text; /* --until */
	int32_t until;
	const char *from; /* key: card, file of it, or "none" */
	char clean[DB_NAME_SIZE];
	char pin[16];
	bool made_up; /* the PIN was drawn here and must be handed over */
};

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
	do {
		crypto_random(&random, sizeof(random));
		snprintf(n->pin, sizeof(n->pin), "%06u",
			100000 + random % 900000);
	} while (pin_check(n->pin) != PIN_GOOD);
	n->made_up = true;
}

static cJSON *user_json(const struct user *u)
{
	cJSON *o = cJSON_CreateObject();
	char day[16];

	json_int(o, "number", u->number);
	cJSON_AddStringToObject(o, "name", u->name);
	cJSON_AddStringToObject(o, "role", users_role_name(u->role));
	json_int(o, "failures", u->failures);
	cJSON_AddBoolToObject(o, "locked", u->locked);
	cJSON_AddBoolToObject(o, "revoked", u->revoked);
	if (u->until)
		cJSON_AddStringToObject(o, "until",
			users_day_text(u->until, day));
	cJSON_AddBoolToObject(o, "card", u->has_approval);
	return o;
}

/* What the book said to a change. */
static enum exit_status said(const struct options *o, enum verdict v,
	const struct refusal *why, const struct err *err)
{
	if (v == VERDICT_FAILED)
		return verb_err(o, err);
	if (why->code == REFUSED_NOBODY)
		return verb_nobody(o);
	return verb_refusal(o, why);
}

static enum exit_status add(const struct options *o, struct verb_store *v,
	struct new_user *n)
{
	const struct user_new u = {n->number, n->clean, n->role, n->pin};
	struct refusal why;
	struct err err = {0};
	enum verdict got;
	cJSON *reply;

	choose_pin(o, n);
	got = users_add_until(v->db, &v->session, &u, n->until, &why, &err);
	if (got != VERDICT_DONE) {
		crypto_wipe(n->pin, sizeof(n->pin));
		return said(o, got, &why, &err);
	}
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
				users[i].revoked  ? tr(" [REVOKED]")
				: users[i].locked ? tr(" [LOCKED]")
						  : "");
	}
	return verb_reply(o, reply, EXIT_DONE);
}

typedef enum verdict change_fn(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err);

/* Unlock or revoke. */
static enum exit_status change(const struct options *o, struct verb_store *v,
	int64_t number, change_fn *how)
{
	struct refusal why;
	struct err err = {0};
	const enum verdict got = how(v->db, &v->session, number, &why, &err);

	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	return verb_reply(o, json_ok(), EXIT_DONE);
}

static enum exit_status renew(const struct options *o, struct verb_store *v,
	const struct new_user *n)
{
	struct refusal why;
	struct err err = {0};
	const enum verdict got = users_renew(v->db, &v->session, n->number,
		n->until, &why, &err);

	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	return verb_reply(o, json_ok(), EXIT_DONE);
}

/* The card of his key for approvals, for another terminal. */
static enum exit_status card(const struct options *o, struct verb_store *v)
{
	char text[APPROVAL_TEXT_SIZE];
	struct refusal why;
	cJSON *reply;

	if (approvals_card(v->db, &v->session, text, &why) != VERDICT_DONE)
		return verb_refusal(o, &why);
	if (!o->json)
		printf("%s\n", text);
	reply = json_ok();
	json_int(reply, "number", v->session.user.number);
	cJSON_AddStringToObject(reply, "card", text);
	return verb_reply(o, reply, EXIT_DONE);
}

/* What --from names: the text of a card, or a file with it. */
static void read_card(const char *from, char out[APPROVAL_TEXT_SIZE])
{
	FILE *in = NULL;
	size_t n;

	out[0] = '\0';
	if (approval_kind_of(from)) {
		str_copy(out, APPROVAL_TEXT_SIZE, from);
		return;
	}
	in = fopen(from, "rb");
	if (!in)
		return;
	n = fread(out, 1, APPROVAL_TEXT_SIZE - 1, in);
	out[n] = '\0';
	fclose(in);
}

static enum exit_status key(const struct options *o, struct verb_store *v,
	const struct new_user *n)
{
	const bool none = strcmp(n->from, "none") == 0;
	char text[APPROVAL_TEXT_SIZE] = "";
	struct refusal why;
	struct err err = {0};
	enum verdict got;

	if (n->number > 0 && n->number != v->session.user.number) {
		why = (struct refusal){.code = REFUSED_CARD};
		return verb_refusal(o, &why);
	}
	if (!none)
		read_card(n->from, text);
	got = approvals_enrol(v->db, &v->session, none ? NULL : text, &why,
		&err);
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	return verb_reply(o, json_ok(), EXIT_DONE);
}

/* His own PIN: CHITRA_PIN is the old one, CHITRA_NEW_PIN the new one. */
static enum exit_status set_pin(const struct options *o, struct verb_store *v)
{
	char old[16];
	struct pin_change c = {.old = old, .pin = getenv("CHITRA_NEW_PIN")};
	struct refusal why;
	struct err err = {0};
	enum verdict got;

	if (!c.pin || !options_pin(o, old, sizeof(old)))
		return verb_refuse(o, "no_pin",
			tr("The new PIN is missing: put it into"
			   " CHITRA_NEW_PIN, and the old one into"
			   " CHITRA_PIN."),
			EXIT_USAGE);
	got = users_set_pin(v->db, v->session.user.number, &c, &why, &err);
	crypto_wipe(old, sizeof(old));
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
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

/* The words after "user"; needs: somebody must be signed in. */
static const struct {
	const char *word;
	bool needs;
} words[] = {{"add", false}, {"list", false}, {"unlock", true},
	{"revoke", true}, {"pin", true}, {"renew", true}, {"card", true},
	{"key", true}};

enum {
	ADD,
	LIST,
	UNLOCK,
	REVOKE,
	PIN,
	RENEW,
	CARD,
	KEY,
	WORDS
};

static int word_of(const struct options *o)
{
	for (int i = 0; i < WORDS; i++)
		if (o->words == 1 && strcmp(o->word[0], words[i].word) == 0)
			return i;
	return WORDS;
}

static enum exit_status run(const struct options *o, struct verb_store *v,
	struct new_user *n, int word)
{
	switch (word) {
	case ADD:
		return add(o, v, n);
	case UNLOCK:
		return change(o, v, n->number, users_unlock);
	case REVOKE:
		return change(o, v, n->number, users_revoke);
	case PIN:
		return set_pin(o, v);
	case RENEW:
		return renew(o, v, n);
	case CARD:
		return card(o, v);
	case KEY:
		return key(o, v, n);
	default:
		return list(o, v);
	}
}

enum exit_status verb_user(int argc, char **argv)
{
	struct new_user n = {0};
	const struct option_spec own[] = {
		{"--number", OPTION_INT, &n.number},
		{"--name", OPTION_TEXT, &n.name},
		{"--role", OPTION_TEXT, &n.role_name},
		{"--until", OPTION_TEXT, &n.until_text},
		{"--from", OPTION_TEXT, &n.from},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	int word;

	if (!verb_options(&o, "user", argc, argv, own, 5))
		return EXIT_USAGE;
	word = word_of(&o);
	if (word == WORDS || (word == ADD && !read_new(&n)) ||
		((word == UNLOCK || word == REVOKE) && n.number <= 0))
		return verb_usage("user");
	if ((n.until_text && !users_day_parse(n.until_text, &n.until)) ||
		(word == RENEW && (n.number <= 0 || n.until == 0)) ||
		(word == KEY && !n.from))
		return verb_usage("user");
	/* The PIN is read again for the change: not from a pipe. */
	if (word == PIN && o.pin_fd >= 0)
		return verb_usage("user");
	if (!verb_open(&o, words[word].needs, &v, &status))
		return status;
	status = run(&o, &v, &n, word);
	verb_close(&v);
	return status;
}
