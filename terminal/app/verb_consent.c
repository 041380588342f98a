/*
 * verb_consent.c - `chitra consent`: what people agreed to about their data,
 * refused and took back, from a script; and what they ask about them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/consent_doc.h"
#include "terminal/app/consent_json.h"
#include "terminal/app/json.h"
#include "terminal/app/readouts.h"
#include "terminal/app/verb_slips.h"
#include "terminal/flows/agree.h"

/* What the command line says, unread. */
struct said {
	const char *id12;
	const char *notice; /* language of the text */
	const char *sum;    /* hash of the text that was shown */
	const char *yes;
	const char *left;
	const char *by;
	const char *name;
	const char *party_id;
	const char *paper;
	const char *paper_until;
	const char *relation;
	const char *how;
	const char *witness_name;
	const char *witness_id;
	const char *reason;
	const char *channel;
	const char *words;
	const char *code;
	const char *png;
	int64_t number;
	bool read;
	bool copy;
	bool print;
};

/* One call of the verb. */
struct call {
	const struct options *o;
	struct said said;
	struct verb_store v;
	struct person_due due; /* --id12 */
	struct readout readout;
};

typedef enum exit_status act_fn(struct call *c);

static enum exit_status wrong(void)
{
	return verb_usage("consent");
}

/* ---- what is said -------------------------------------------------------- */

static bool read_party(const struct said *s, struct consent_party *p)
{
	*p = (struct consent_party){.by = CONSENT_BY_SELF};
	return (!s->by || consent_by_parse(s->by, &p->by)) &&
	       (!s->name || str_copy(p->name, sizeof(p->name), s->name)) &&
	       (!s->party_id || str_copy(p->id, sizeof(p->id), s->party_id)) &&
	       (!s->paper || str_copy(p->paper, sizeof(p->paper), s->paper)) &&
	       (!s->paper_until ||
		       date_parse(s->paper_until, &p->paper_until)) &&
	       (!s->relation ||
		       payee_relation_parse(s->relation, &p->relation));
}

static bool read_proof(const struct said *s, struct consent_proof *p)
{
	*p = (struct consent_proof){.read_aloud = s->read};
	return (!s->how || consent_how_parse(s->how, &p->how)) &&
	       (!s->witness_name ||
		       str_copy(p->witness_name, sizeof(p->witness_name),
			       s->witness_name)) &&
	       (!s->witness_id || str_copy(p->witness_id, sizeof(p->witness_id),
					  s->witness_id));
}

/* The person of --id12; *status is set if there is none. */
static bool find(struct call *c, enum exit_status *status)
{
	struct err err = {0};

	switch (people_by_id12(c->v.db, c->said.id12, &c->due, &err)) {
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_FAILED:
		*status = verb_err(c->o, &err);
		return false;
	case LOOKUP_ABSENT:
		break;
	}
	*status = verb_refusal(c->o,
		&(struct refusal){.code = REFUSED_NOT_FOUND});
	return false;
}

/* The text that is read out today, and that it is the one that was shown. */
static bool load(struct call *c, enum exit_status *status)
{
	const char *lang = c->said.notice ? c->said.notice : "vi";
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct err err = {0};

	if (!readouts_load(&c->v.config, c->v.db, lang, &c->readout, &err)) {
		*status = verb_refuse(c->o, "no_text", err.text, EXIT_REFUSED);
		return false;
	}
	crypto_sha256(c->readout.text, c->readout.len, sum);
	str_to_hex(sum, sizeof(sum), hex);
	if (!c->said.sum || strcmp(c->said.sum, hex) == 0)
		return true;
	*status = verb_refuse(c->o, "other_text",
		tr("This is not the text that was shown: read it out again."),
		EXIT_REFUSED);
	return false;
}

/* ---- paper --------------------------------------------------------------- */

static bool make_slip(const struct verb_slips *s, const struct db_info *from,
	int i, struct receipt_job *job, struct err *err)
{
	(void)i;
	return consent_job_make(from, s->of, job->width, job, err);
}

static bool slip(struct call *c, const struct consent *k, struct err *err)
{
	struct readout_values values;
	const struct consent_slip slip = {k, &c->due.person, &values, 0};
	const struct verb_slips s = {c->said.png, c->said.print, 1, make_slip,
		&slip};

	readouts_values(&c->v.config, db_info(c->v.db), &values);
	return verb_slips(c->o, &c->v, &s, err);
}

/* It is in the book whatever becomes of the paper. */
static enum exit_status tell(struct call *c, enum verdict v,
	const struct consent *k, const struct refusal *why,
	const struct err *failed)
{
	const char *state = "none";
	struct err err = {0};
	cJSON *reply;

	if (v == VERDICT_FAILED)
		return verb_err(c->o, failed);
	if (v == VERDICT_REFUSED)
		return verb_refusal(c->o, why);
	if (!c->o->json)
		consent_say(k);
	if (c->said.print || c->said.png)
		state = slip(c, k, &err) ? "printed" : "failed";
	if (strcmp(state, "failed") == 0) {
		log_err("consent", &err);
		fprintf(stderr, "%s\n(%s)\n",
			tr("It is in the book, its slip was not printed."),
			err.text);
	}
	reply = consent_json(json_ok(), k);
	cJSON_AddStringToObject(reply, "printed", state);
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* ---- acts ---------------------------------------------------------------- */

static enum exit_status show_text(struct call *c)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	enum exit_status status;
	cJSON *reply;

	if (!load(c, &status))
		return status;
	crypto_sha256(c->readout.text, c->readout.len, sum);
	str_to_hex(sum, sizeof(sum), hex);
	if (!c->o->json)
		printf("%s", c->readout.text);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "notice", c->readout.name);
	cJSON_AddStringToObject(reply, "lang", c->readout.lang);
	json_int(reply, "version", c->readout.version);
	cJSON_AddBoolToObject(reply, "draft", c->readout.draft);
	cJSON_AddStringToObject(reply, "sha256", hex);
	cJSON_AddStringToObject(reply, "text", c->readout.text);
	return verb_reply(c->o, reply, EXIT_DONE);
}

static bool read_request(struct call *c, struct consent_request *r)
{
	*r = (struct consent_request){.person = c->due.person.id,
		.notice = c->readout.name,
		.text = c->readout.text,
		.text_len = c->readout.len,
		.asked = CONSENT_ALL,
		.copy = c->said.copy};
	return read_party(&c->said, &r->party) &&
	       read_proof(&c->said, &r->proof);
}

static enum exit_status give(struct call *c)
{
	struct consent_request r;
	enum exit_status status;
	struct refusal why = {0};
	struct err err = {0};
	struct consent k;
	enum verdict v;

	if (!c->said.id12 || !c->said.yes || !c->said.how)
		return wrong();
	if (!find(c, &status) || !load(c, &status))
		return status;
	if (!read_request(c, &r) ||
		!consent_purposes_parse(c->said.yes, &r.yes))
		return wrong();
	r.until =
		readouts_until(&c->v.config, db_info(c->v.db), clock_wall_ms());
	v = consents_give(c->v.db, &c->v.session, &r, &k, &why, &err);
	return tell(c, v, &k, &why, &err);
}

static enum exit_status refuse(struct call *c)
{
	struct consent_request r;
	enum exit_status status;
	struct refusal why = {0};
	struct err err = {0};
	struct consent k;
	enum verdict v;

	if (!c->said.id12 || !c->said.reason)
		return wrong();
	if (!find(c, &status) || !load(c, &status))
		return status;
	if (!read_request(c, &r) ||
		!consent_refusal_parse(c->said.reason, &r.reason))
		return wrong();
	v = consents_refuse(c->v.db, &c->v.session, &r, &k, &why, &err);
	return tell(c, v, &k, &why, &err);
}

static enum exit_status withdraw(struct call *c)
{
	struct consent_withdrawal w = {.left = 0};
	enum exit_status status;
	struct refusal why = {0};
	struct err err = {0};
	struct consent k;
	enum verdict v;

	if (!c->said.id12 || !c->said.channel ||
		!consent_channel_parse(c->said.channel, &w.channel) ||
		!read_party(&c->said, &w.party) ||
		(c->said.left &&
			!consent_purposes_parse(c->said.left, &w.left)))
		return wrong();
	if (!find(c, &status))
		return status;
	w.person = c->due.person.id;
	v = consents_withdraw(c->v.db, &c->v.session, &w, &k, &why, &err);
	return tell(c, v, &k, &why, &err);
}

static enum exit_status show_one(struct call *c)
{
	struct err err = {0};
	struct consent k;

	switch (consents_by_code(c->v.db, c->said.code, &k, &err)) {
	case LOOKUP_FAILED:
		return verb_err(c->o, &err);
	case LOOKUP_ABSENT:
		return verb_refuse(c->o, "not_found",
			tr("This terminal has no slip of a consent with this "
			   "code. Check the letters and digits once more."),
			EXIT_REFUSED);
	case LOOKUP_FOUND:
		break;
	}
	if (!c->o->json)
		consent_say(&k);
	return verb_reply(c->o, consent_json(json_ok(), &k), EXIT_DONE);
}

static enum exit_status show(struct call *c)
{
	enum exit_status status;
	struct consent_state now;
	struct err err = {0};

	if (c->said.code && !c->said.id12)
		return show_one(c);
	if (!c->said.id12)
		return wrong();
	if (!find(c, &status))
		return status;
	if (!consents_of(c->v.db, c->due.person.id, &now, &err))
		return verb_err(c->o, &err);
	if (!c->o->json)
		consent_say_state(&c->due.person, &now);
	return verb_reply(c->o, consent_state_json(json_ok(), &now), EXIT_DONE);
}

/* Each as it comes; the JSON all at once. */
struct listing {
	cJSON *list;
	bool json;
};

static bool add(void *ctx, const struct consent *k)
{
	struct listing *l = ctx;

	cJSON_AddItemToArray(l->list, consent_json(cJSON_CreateObject(), k));
	if (!l->json)
		consent_say(k);
	return true;
}

static enum exit_status list(struct call *c)
{
	cJSON *reply;
	enum exit_status status;
	struct listing l = {.json = c->o->json};
	struct err err = {0};

	if (c->said.id12 && !find(c, &status))
		return status;
	reply = json_ok();
	l.list = cJSON_AddArrayToObject(reply, "consents");
	if (!consents_each(c->v.db, c->due.person.id, 0, add, &l, &err)) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* All that is known of one person: for who asks to see it. */
static enum exit_status export_one(struct call *c)
{
	enum exit_status status;
	cJSON *reply;
	struct err err = {0};

	if (!c->said.id12 || !c->o->json)
		return wrong();
	if (!find(c, &status))
		return status;
	reply = json_ok();
	if (!consent_export(c->v.db, &c->due, reply, &err)) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

/* ---- requests ------------------------------------------------------------ */

static enum exit_status tell_request(struct call *c, enum verdict v,
	const struct request *r, const struct refusal *why,
	const struct err *err)
{
	if (v == VERDICT_FAILED)
		return verb_err(c->o, err);
	if (v == VERDICT_REFUSED)
		return verb_refusal(c->o, why);
	if (!c->o->json)
		request_say(r, NULL);
	return verb_reply(c->o, request_json(json_ok(), r, NULL), EXIT_DONE);
}

static enum exit_status request(struct call *c)
{
	enum exit_status status;
	enum request_kind kind;
	struct refusal why = {0};
	struct err err = {0};
	struct request r;
	enum verdict v;

	if (c->o->words != 2 || !c->said.id12 ||
		!request_kind_parse(c->o->word[1], &kind))
		return wrong();
	if (!find(c, &status))
		return status;
	v = requests_note(c->v.db, &c->v.session, c->due.person.id, kind,
		c->said.words ? c->said.words : "", &r, &why, &err);
	return tell_request(c, v, &r, &why, &err);
}

static enum exit_status answer(struct call *c)
{
	enum request_reason reason;
	struct refusal why = {0};
	struct err err = {0};
	struct request r;
	enum verdict v;

	if (c->o->words != 2 || c->said.number <= 0 ||
		!request_reason_parse(c->o->word[1], &reason))
		return wrong();
	v = requests_answer(c->v.db, &c->v.session, (uint64_t)c->said.number,
		reason, c->said.words ? c->said.words : "", &r, &why, &err);
	return tell_request(c, v, &r, &why, &err);
}

/* ---- together ------------------------------------------------------------ */

static const struct {
	const char *word;
	act_fn *act;
} acts[] = {
	{"text", show_text},
	{"give", give},
	{"refuse", refuse},
	{"withdraw", withdraw},
	{"show", show},
	{"list", list},
	{"export", export_one},
	{"request", request},
	{"answer", answer},
};

static act_fn *act_of(const struct options *o)
{
	for (size_t i = 0; o->words > 0 && i < sizeof(acts) / sizeof(acts[0]);
		i++)
		if (strcmp(o->word[0], acts[i].word) == 0)
			return acts[i].act;
	return NULL;
}

static enum exit_status run(struct call *c, act_fn *act)
{
	enum exit_status status;

	if (!verb_open(c->o, true, &c->v, &status))
		return status;
	status = act(c);
	verb_close(&c->v);
	return status;
}

enum exit_status verb_consent(int argc, char **argv)
{
	struct call *c = calloc(1, sizeof(*c));
	struct said *s = c ? &c->said : NULL;
	struct options o;
	enum exit_status status;
	act_fn *act;

	if (!c)
		return EXIT_COULD_NOT;
	const struct option_spec own[] = {
		{"--id12", OPTION_TEXT, &s->id12},
		{"--notice", OPTION_TEXT, &s->notice},
		{"--sum", OPTION_TEXT, &s->sum},
		{"--yes", OPTION_TEXT, &s->yes},
		{"--left", OPTION_TEXT, &s->left},
		{"--by", OPTION_TEXT, &s->by},
		{"--name", OPTION_TEXT, &s->name},
		{"--party-id", OPTION_TEXT, &s->party_id},
		{"--paper", OPTION_TEXT, &s->paper},
		{"--paper-until", OPTION_TEXT, &s->paper_until},
		{"--relation", OPTION_TEXT, &s->relation},
		{"--how", OPTION_TEXT, &s->how},
		{"--witness-name", OPTION_TEXT, &s->witness_name},
		{"--witness-id", OPTION_TEXT, &s->witness_id},
		{"--reason", OPTION_TEXT, &s->reason},
		{"--channel", OPTION_TEXT, &s->channel},
		{"--words", OPTION_TEXT, &s->words},
		{"--code", OPTION_TEXT, &s->code},
		{"--png", OPTION_TEXT, &s->png},
		{"--number", OPTION_INT, &s->number},
		{"--read", OPTION_FLAG, &s->read},
		{"--copy", OPTION_FLAG, &s->copy},
		{"--print", OPTION_FLAG, &s->print},
	};

	c->o = &o;
	if (!verb_options(&o, "consent", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		status = EXIT_USAGE;
	else if (!(act = act_of(&o)))
		status = wrong();
	else
		status = run(c, act);
	free(c);
	return status;
}
