/*
 * verb_enrol.c - `chitra account add|confirm|show|list|pays|cash`: where
 * somebody wants his money.
 */
#include <stdio.h>
#include <string.h>

#include "core/codec/vietqr.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "terminal/app/account_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

/* What the command line says, unread. */
struct said {
	struct scan_source from;
	const char *id12;
	const char *bin;
	const char *number;
	const char *again;
	const char *holder;
	const char *whose;
	const char *owner;
	const char *owner_id;
	const char *relation;
	const char *paper;
	const char *names;
	const char *shared;
	const char *why;
	const char *on;
	const char *period;
	const char *reason;
	int64_t by;
	bool planned;
	bool confirmed;
};

struct call {
	const struct options *o;
	struct said said;
	struct verb_store v;
	int64_t person; /* 0: everybody */
};

static enum exit_status wrong(void)
{
	return verb_usage("account");
}

/* ---- what the book says ----------------------------------------------------- */

static cJSON *held_json(cJSON *o, const struct db_info *info,
	const struct account_held *a)
{
	char number[ACCOUNT_NUMBER_TEXT_SIZE];
	char iso[32];

	account_number(info, a, number);
	json_int(o, "seq", (int64_t)a->seq);
	cJSON_AddStringToObject(o, "slip", number);
	cJSON_AddStringToObject(o, "at", date_time_iso(a->t, iso));
	json_int(o, "by", a->actor);
	json_int(o, "person", a->person);
	cJSON_AddStringToObject(o, "name", a->name);
	cJSON_AddStringToObject(o, "kind", account_kind_name(a->kind));
	cJSON_AddStringToObject(o, "via", account_via_name(a->via));
	json_int(o, "consent", (int64_t)a->consent);
	cJSON_AddStringToObject(o, "bin", a->account.bin);
	cJSON_AddStringToObject(o, "provider",
		a->account.bank ? a->account.bank->code : "");
	cJSON_AddStringToObject(o, "number", a->account.number);
	cJSON_AddStringToObject(o, "holder", a->holder);
	cJSON_AddStringToObject(o, "names", account_names_name(a->names));
	cJSON_AddStringToObject(o, "whose", payee_name(a->whose));
	cJSON_AddStringToObject(o, "owner", a->owner);
	cJSON_AddStringToObject(o, "relation",
		a->relation ? payee_relation_name(a->relation) : "");
	cJSON_AddStringToObject(o, "paper", a->paper);
	cJSON_AddStringToObject(o, "shared", account_shared_name(a->shared));
	cJSON_AddStringToObject(o, "why", a->why);
	cJSON_AddStringToObject(o, "planned_on", date_iso(a->planned_on, iso));
	cJSON_AddStringToObject(o, "state", account_standing_name(a->standing));
	cJSON_AddStringToObject(o, "answer", account_answer_code(a->answer));
	cJSON_AddStringToObject(o, "answer_date", a->answer_date);
	return o;
}

static void put_period(cJSON *o, const char *key, int32_t period)
{
	char text[16] = "";

	if (period != 0)
		snprintf(text, sizeof(text), "%04d-%02d", (int)period / 100,
			(int)period % 100);
	cJSON_AddStringToObject(o, key, text);
}

static void put_method(cJSON *o, const struct account_method *m)
{
	put_period(o, "pays_from", m->pays_from);
	put_period(o, "cash_from", m->cash_from);
	cJSON_AddStringToObject(o, "cash_reason", account_back_name(m->back));
}

static void say(const struct account_held *a)
{
	char provider[ACCOUNT_TITLE_SIZE] = "";
	char number[ACCOUNT_NUMBER_SIZE * 2];

	if (a->account.bin[0])
		account_provider(&a->account, provider);
	printf("%s  %s %s  %s\n", a->name, provider,
		enrol_grouped(a->account.number, number),
		enrol_standing_text(a->standing));
}

/* Of one person: the account, if there is one, and what pays. */
static enum exit_status tell(struct call *c)
{
	struct account_method method;
	struct account_held held;
	struct err err = {0};
	cJSON *reply;

	if (accounts_of(c->v.db, c->person, &held, &err) == LOOKUP_FAILED ||
		!accounts_method(c->v.db, c->person, &method, &err))
		return verb_err(c->o, &err);
	reply = json_ok();
	if (held.seq != 0)
		held_json(reply, db_info(c->v.db), &held);
	put_method(reply, &method);
	if (!c->o->json && held.seq != 0)
		say(&held);
	if (!c->o->json && method.pays_from != 0)
		printf(tr("The account pays from list %02d/%d on"),
			(int)method.pays_from % 100,
			(int)method.pays_from / 100),
			printf("\n");
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status came(struct call *c, enum verdict v,
	const struct refusal *why, const struct err *err)
{
	switch (v) {
	case VERDICT_FAILED:
		return verb_err(c->o, err);
	case VERDICT_REFUSED:
		return verb_refusal(c->o, why);
	case VERDICT_DONE:
		break;
	}
	return tell(c);
}

/* The person that is meant; *status is set if there is none. */
static bool find(struct call *c, enum exit_status *status)
{
	struct person_due due;
	struct err err = {0};
	enum lookup got;

	if (!c->said.id12) {
		*status = wrong();
		return false;
	}
	got = people_by_id12(c->v.db, c->said.id12, &due, &err);
	c->person = due.person.id;
	if (got == LOOKUP_FOUND)
		return true;
	*status =
		got == LOOKUP_FAILED
			? verb_err(c->o, &err)
			: verb_refusal(c->o,
				  &(struct refusal){.code = REFUSED_NOT_FOUND});
	return false;
}

/* ---- add ------------------------------------------------------------------------ */

static bool copy(char *out, size_t size, const char *text)
{
	return !text || str_copy(out, size, text);
}

/* Of the QR: bank, number, and the holder if it says him. */
static bool read_qr(struct call *c, struct account_take *t,
	enum exit_status *status)
{
	static struct scan_bytes scan;
	enum vietqr_verdict verdict;
	struct err err = {0};
	struct vietqr q;

	if (!scan_read(&c->said.from, &scan, &err)) {
		*status = verb_err(c->o, &err);
		return false;
	}
	verdict = vietqr_read(scan.bytes, scan.len, &q);
	if (verdict != VIETQR_OK) {
		*status = verb_refuse(c->o, vietqr_code(verdict, q.fault),
			account_qr_text(verdict, q.fault), EXIT_REFUSED);
		return false;
	}
	t->via = ACCOUNT_VIA_QR;
	str_copy(t->bin, sizeof(t->bin), q.account.bin);
	str_copy(t->number, sizeof(t->number), q.account.number);
	str_copy(t->holder, sizeof(t->holder), q.name);
	return true;
}

/* Both times the same, as the screen has it typed. */
static bool read_typed(struct call *c, struct account_take *t,
	enum exit_status *status)
{
	const struct said *s = &c->said;

	t->via = ACCOUNT_VIA_TYPED;
	if (!s->bin || !s->number || !s->again ||
		!copy(t->bin, sizeof(t->bin), s->bin) ||
		!copy(t->number, sizeof(t->number), s->number)) {
		*status = wrong();
		return false;
	}
	if (strcmp(s->number, s->again) == 0)
		return true;
	*status = verb_refuse(c->o, "not_the_same",
		tr("The two numbers are not the same. Look at the number and "
		   "type it again, from the beginning."),
		EXIT_REFUSED);
	return false;
}

static bool read_words(const struct said *s, struct account_take *t)
{
	t->whose = PAYEE_SELF;
	return (!s->whose || payee_parse(s->whose, &t->whose)) &&
	       (!s->relation ||
		       payee_relation_parse(s->relation, &t->relation)) &&
	       (!s->names || account_names_parse(s->names, &t->names)) &&
	       (!s->shared || account_shared_parse(s->shared, &t->shared)) &&
	       (!s->on || date_parse(s->on, &t->planned_on)) &&
	       copy(t->holder, sizeof(t->holder), s->holder) &&
	       copy(t->owner, sizeof(t->owner), s->owner) &&
	       copy(t->owner_id, sizeof(t->owner_id), s->owner_id) &&
	       copy(t->paper, sizeof(t->paper), s->paper) &&
	       copy(t->why, sizeof(t->why), s->why);
}

static enum exit_status add(struct call *c)
{
	struct account_take t = {.person = c->person,
		.planned = c->said.planned,
		.confirmed = c->said.confirmed};
	struct account_held held;
	struct refusal why = {0};
	enum exit_status status;
	struct err err = {0};

	if (c->said.planned) {
		if (!copy(t.bin, sizeof(t.bin), c->said.bin))
			return wrong();
	} else if (scan_sources(&c->said.from) == 1) {
		if (!read_qr(c, &t, &status))
			return status;
	} else if (!read_typed(c, &t, &status)) {
		return status;
	}
	if (!read_words(&c->said, &t))
		return wrong();
	return came(c,
		accounts_add(c->v.db, &c->v.session, &t, &held, &why, &err),
		&why, &err);
}

/* ---- what becomes of it ------------------------------------------------------------- */

static enum exit_status confirm(struct call *c)
{
	struct account_held held;
	struct refusal why = {0};
	struct err err = {0};

	switch (accounts_of(c->v.db, c->person, &held, &err)) {
	case LOOKUP_FAILED:
		return verb_err(c->o, &err);
	case LOOKUP_ABSENT:
		return verb_refusal(c->o,
			&(struct refusal){.code = REFUSED_NOT_FOUND});
	case LOOKUP_FOUND:
		break;
	}
	return came(c,
		accounts_confirm(c->v.db, &c->v.session, held.seq, &held, &why,
			&err),
		&why, &err);
}

static enum exit_status pays(struct call *c)
{
	struct account_method method;
	struct refusal why = {0};
	struct err err = {0};
	int32_t period;

	if (!c->said.period || !period_parse(c->said.period, &period))
		return wrong();
	return came(c,
		accounts_pays(c->v.db, &c->v.session, c->person, period,
			&method, &why, &err),
		&why, &err);
}

static enum exit_status cash(struct call *c)
{
	struct account_method method;
	struct refusal why = {0};
	struct session by;
	enum account_back back;
	enum exit_status status;
	struct err err = {0};
	int64_t frees;
	int32_t period;
	enum verdict v;

	if (!c->said.period || !period_parse(c->said.period, &period) ||
		!c->said.reason || !account_back_parse(c->said.reason, &back))
		return wrong();
	if (!verb_second(c->o, &c->v, c->said.by, &by, &status))
		return status;
	v = accounts_cash(c->v.db, &c->v.session, c->person, period, back,
		c->said.by ? &by : NULL, &method, &frees, &why, &err);
	session_clear(&by);
	return came(c, v, &why, &err);
}

/* ---- lists ---------------------------------------------------------------------------- */

struct listing {
	struct call *c;
	cJSON *array;
};

static bool list_one(void *ctx, const struct account_held *a)
{
	struct listing *l = ctx;

	cJSON_AddItemToArray(l->array,
		held_json(cJSON_CreateObject(), db_info(l->c->v.db), a));
	if (!l->c->o->json)
		say(a);
	return true;
}

static enum exit_status list(struct call *c)
{
	cJSON *reply = json_ok();
	struct listing l = {c, cJSON_AddArrayToObject(reply, "accounts")};
	struct err err = {0};
	const bool ok = c->person != 0
				? accounts_history(c->v.db, c->person, list_one,
					  &l, &err)
				: accounts_each(c->v.db, list_one, &l, &err);

	if (!ok) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

static const struct {
	const char *word;
	enum exit_status (*act)(struct call *c);
	bool person; /* somebody has to be named */
} acts[] = {
	{"add", add, true},
	{"confirm", confirm, true},
	{"show", tell, true},
	{"list", list, false},
	{"pays", pays, true},
	{"cash", cash, true},
};

static enum exit_status run(struct call *c, size_t act)
{
	enum exit_status status;

	if (!verb_open(c->o, true, &c->v, &status))
		return status;
	if ((!acts[act].person && !c->said.id12) || find(c, &status))
		status = acts[act].act(c);
	verb_close(&c->v);
	return status;
}

enum exit_status verb_enrol(int argc, char **argv)
{
	struct options o;
	struct call c = {.o = &o};
	struct said *s = &c.said;
	const struct option_spec own[] = {
		{"--hex", OPTION_TEXT, &s->from.hex},
		{"--text", OPTION_TEXT, &s->from.text},
		{"--image", OPTION_TEXT, &s->from.image},
		{"--id12", OPTION_TEXT, &s->id12},
		{"--bin", OPTION_TEXT, &s->bin},
		{"--number", OPTION_TEXT, &s->number},
		{"--again", OPTION_TEXT, &s->again},
		{"--holder", OPTION_TEXT, &s->holder},
		{"--whose", OPTION_TEXT, &s->whose},
		{"--owner", OPTION_TEXT, &s->owner},
		{"--owner-id", OPTION_TEXT, &s->owner_id},
		{"--relation", OPTION_TEXT, &s->relation},
		{"--paper", OPTION_TEXT, &s->paper},
		{"--names", OPTION_TEXT, &s->names},
		{"--shared", OPTION_TEXT, &s->shared},
		{"--why", OPTION_TEXT, &s->why},
		{"--planned", OPTION_FLAG, &s->planned},
		{"--on", OPTION_TEXT, &s->on},
		{"--confirmed", OPTION_FLAG, &s->confirmed},
		{"--from", OPTION_TEXT, &s->period},
		{"--reason", OPTION_TEXT, &s->reason},
		{"--by", OPTION_INT, &s->by},
	};

	if (!verb_options(&o, "account", argc, argv, own,
		    sizeof(own) / sizeof(*own)))
		return EXIT_USAGE;
	for (size_t i = 0; o.words == 1 && i < sizeof(acts) / sizeof(*acts);
		i++)
		if (strcmp(o.word[0], acts[i].word) == 0)
			return run(&c, i);
	return wrong();
}
