#include "terminal/app/consent_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/flows/agree.h"

enum {
	DUTIES_MAX = 500,
	HOLIDAYS_BYTES = 16384
};

static void json_day(cJSON *o, const char *name, int32_t day)
{
	struct date d = {0};

	if (day > 0 && date_make(day / 10000, day / 100 % 100, day % 100, &d))
		json_date(o, name, d);
}

static void json_text(cJSON *o, const char *name, const char *text)
{
	if (text[0])
		cJSON_AddStringToObject(o, name, text);
}

static void json_purposes(cJSON *o, const char *name, unsigned bits)
{
	cJSON *list = cJSON_AddArrayToObject(o, name);

	for (int i = 0; i < CONSENT_PURPOSES; i++)
		if (bits & 1U << i)
			cJSON_AddItemToArray(list,
				cJSON_CreateString(consent_purpose_name(i)));
}

static void json_party(cJSON *o, const struct consent_party *p)
{
	cJSON_AddStringToObject(o, "by", consent_by_name(p->by));
	json_text(o, "name", p->name);
	json_text(o, "party_id", p->id);
	json_text(o, "paper", p->paper);
	if (p->paper_until.year != 0)
		json_date(o, "paper_until", p->paper_until);
	if (p->relation)
		cJSON_AddStringToObject(o, "relation",
			payee_relation_name(p->relation));
}

static void json_notice(cJSON *o, const struct consent *c)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];

	if (!c->notice[0])
		return;
	str_to_hex(c->sum, sizeof(c->sum), hex);
	cJSON_AddStringToObject(o, "notice", c->notice);
	cJSON_AddStringToObject(o, "sha256", hex);
	cJSON_AddBoolToObject(o, "read_aloud", c->proof.read_aloud);
}

/* What was given; of a withdrawal what held, and what is left. */
static void json_kind(cJSON *o, const struct consent *c)
{
	switch (c->kind) {
	case CONSENT_IS_GIVEN:
		json_purposes(o, "asked", c->asked);
		json_purposes(o, "yes", c->yes);
		cJSON_AddStringToObject(o, "how",
			consent_how_name(c->proof.how));
		json_text(o, "witness_name", c->proof.witness_name);
		json_text(o, "witness_id", c->proof.witness_id);
		json_day(o, "until", c->until);
		cJSON_AddBoolToObject(o, "copy", c->copy);
		break;
	case CONSENT_IS_REFUSED:
		cJSON_AddStringToObject(o, "reason",
			consent_refusal_name((enum consent_refusal)c->reason));
		break;
	case CONSENT_IS_WITHDRAWN:
		json_purposes(o, "held", c->asked);
		json_purposes(o, "left", c->yes);
		cJSON_AddStringToObject(o, "channel",
			consent_channel_name((enum consent_channel)c->reason));
		break;
	}
}

cJSON *consent_json(cJSON *o, const struct consent *c)
{
	char iso[32];

	cJSON_AddStringToObject(o, "kind", consent_kind_name(c->kind));
	json_int(o, "seq", (int64_t)c->seq);
	cJSON_AddStringToObject(o, "code", c->code);
	cJSON_AddStringToObject(o, "at", date_time_iso(c->t, iso));
	json_int(o, "actor", c->actor);
	cJSON_AddStringToObject(o, "actor_name", c->actor_name);
	json_party(o, &c->party);
	json_notice(o, c);
	json_kind(o, c);
	if (c->ref)
		json_int(o, "refers_to", (int64_t)c->ref);
	json_int(o, "copies", c->copies);
	return o;
}

cJSON *consent_state_json(cJSON *o, const struct consent_state *now)
{
	cJSON_AddStringToObject(o, "consent",
		consent_standing_name(now->standing));
	json_purposes(o, "yes", now->yes);
	if (now->seq)
		json_int(o, "seq", (int64_t)now->seq);
	json_day(o, "since", now->day);
	json_day(o, "until", now->until);
	json_text(o, "notice", now->notice);
	return o;
}

cJSON *request_json(cJSON *o, const struct request *r,
	const struct request_due *due)
{
	char iso[32];

	json_int(o, "number", (int64_t)r->seq);
	cJSON_AddStringToObject(o, "request", request_kind_name(r->kind));
	cJSON_AddStringToObject(o, "at", date_time_iso(r->t, iso));
	json_int(o, "actor", r->actor);
	json_text(o, "name", r->name);
	json_text(o, "id12", r->id12);
	json_text(o, "words", r->words);
	cJSON_AddStringToObject(o, "state", request_reason_name(r->outcome));
	if (r->acknowledged)
		cJSON_AddStringToObject(o, "acknowledged",
			date_time_iso(r->acknowledged, iso));
	if (r->longer)
		cJSON_AddStringToObject(o, "longer",
			date_time_iso(r->longer, iso));
	if (r->over)
		cJSON_AddStringToObject(o, "over", date_time_iso(r->over, iso));
	json_text(o, "answer", r->answer);
	if (!due)
		return o;
	json_day(o, "acknowledge_by", due->acknowledge);
	json_day(o, "answer_by", due->answer);
	json_day(o, "answer_by_at_most", due->answer_most);
	cJSON_AddBoolToObject(o, "late",
		due->acknowledge_late || due->answer_late);
	return o;
}

/* ---- for people ---------------------------------------------------------- */

static const char *kind_text(enum consent_kind kind)
{
	switch (kind) {
	case CONSENT_IS_REFUSED:
		return tr("Refusal");
	case CONSENT_IS_WITHDRAWN:
		return tr("Withdrawal");
	case CONSENT_IS_GIVEN:
		break;
	}
	return tr("Consent given");
}

void consent_say(const struct consent *c)
{
	char when[DATE_TEXT_SIZE];

	printf(tr("%s, record %llu, %s, noted by %s, code %s.\n"),
		kind_text(c->kind), (unsigned long long)c->seq,
		date_time_vi(c->t, when), c->actor_name, c->code);
	if (c->kind == CONSENT_IS_REFUSED) {
		printf("  %s\n",
			agree_reason_text((enum consent_refusal)c->reason));
		return;
	}
	for (int i = 0; i < CONSENT_PURPOSES; i++)
		if (c->asked & 1U << i)
			printf("  %s %s\n",
				c->yes & 1U << i ? tr("[YES]") : tr("[NO]"),
				agree_purpose_text(i));
}

void consent_say_state(const struct person *p, const struct consent_state *now)
{
	printf("%s: %s\n", p->name, agree_standing_text(now->standing));
	for (int i = 0; i < CONSENT_PURPOSES; i++)
		if (now->standing == CONSENT_GIVEN && now->asked & 1U << i)
			printf("  %s %s\n",
				now->yes & 1U << i ? tr("[YES]") : tr("[NO]"),
				agree_purpose_text(i));
}

static void say_day(const char *label, int32_t day, bool late)
{
	char text[DATE_TEXT_SIZE];
	struct date d = {0};

	if (day > 0 && date_make(day / 10000, day / 100 % 100, day % 100, &d))
		printf("  %s %s%s\n", label, date_vi(d, text),
			late ? tr(" [LATE]") : "");
}

static const char *outcome_text(const struct request *r)
{
	switch (r->outcome) {
	case REQUEST_DONE:
		return tr("done");
	case REQUEST_REFUSED:
		return tr("refused");
	default:
		return r->longer         ? tr("open, with more time")
		       : r->acknowledged ? tr("open, acknowledged")
					 : tr("open");
	}
}

void request_say(const struct request *r, const struct request_due *due)
{
	char when[DATE_TEXT_SIZE];

	printf(tr("Request %llu, %s, %s: %s (%s).\n"),
		(unsigned long long)r->seq, date_time_vi(r->t, when), r->name,
		agree_request_text(r->kind), outcome_text(r));
	if (r->words[0])
		printf("  \"%s\"\n", r->words);
	if (!due)
		return;
	say_day(tr("Acknowledge by"), due->acknowledge, due->acknowledge_late);
	say_day(tr("Answer by"), due->answer, due->answer_late);
	if (due->answer_most != due->answer)
		say_day(tr("With more time by"), due->answer_most, false);
}

/* ---- what one person may see --------------------------------------------- */

struct collecting {
	struct db *db;
	cJSON *consents;
	cJSON *texts;
	cJSON *requests;
	struct err *err;
	bool failed;
};

/* Each text once, by its hash. */
static bool add_text(struct collecting *c, const struct consent *k)
{
	char text[CONSENT_TEXT_MAX + 1];
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	size_t len;

	str_to_hex(k->sum, sizeof(k->sum), hex);
	if (!k->notice[0] || cJSON_HasObjectItem(c->texts, hex))
		return true;
	switch (consents_text(c->db, k->sum, text, &len, c->err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	text[len] = '\0';
	cJSON_AddStringToObject(c->texts, hex, text);
	return true;
}

static bool add_consent(void *ctx, const struct consent *k)
{
	struct collecting *c = ctx;

	cJSON_AddItemToArray(c->consents,
		consent_json(cJSON_CreateObject(), k));
	c->failed = !add_text(c, k);
	return !c->failed;
}

static bool add_request(void *ctx, const struct request *r)
{
	struct collecting *c = ctx;

	cJSON_AddItemToArray(c->requests,
		request_json(cJSON_CreateObject(), r, NULL));
	return true;
}

static void json_who(cJSON *o, const struct person_due *due)
{
	const struct person *p = &due->person;
	cJSON *who = cJSON_AddObjectToObject(o, "person");

	cJSON_AddStringToObject(who, "name", p->name);
	json_text(who, "id12", p->id12);
	json_text(who, "old_id", p->old_id);
	json_text(who, "beneficiary_id", p->beneficiary_id);
	json_date(who, "dob", p->birth);
	json_text(who, "address", p->address);
	json_text(who, "group", p->group);
	json_text(who, "payee_name", p->payee_name);
	json_text(who, "payee_id", p->payee_id);
	json_person(who, due);
}

bool consent_export(struct db *db, const struct person_due *due, cJSON *o,
	struct err *err)
{
	struct collecting c = {.db = db, .err = err};

	json_who(o, due);
	c.consents = cJSON_AddArrayToObject(o, "consents");
	c.texts = cJSON_AddObjectToObject(o, "texts");
	c.requests = cJSON_AddArrayToObject(o, "requests");
	return consents_each(db, due->person.id, 0, add_consent, &c, err) &&
	       requests_each(db, due->person.id, false, add_request, &c, err);
}

/* ---- duties -------------------------------------------------------------- */

struct duty {
	struct request request;
	struct request_due due;
};

struct duties {
	struct duty *duty;
	int count;
	bool more;
	int32_t today;
	const struct request_holidays *off;
};

static bool add_duty(void *ctx, const struct request *r)
{
	struct duties *d = ctx;

	if (d->count == DUTIES_MAX) {
		d->more = true;
		return false;
	}
	d->duty[d->count].request = *r;
	request_dues(r, d->off, d->today, &d->duty[d->count].due);
	d->count++;
	return true;
}

/* The day on which something is due next. */
static int32_t next_due(const struct duty *d)
{
	return d->due.acknowledge && d->due.acknowledge < d->due.answer
		       ? d->due.acknowledge
		       : d->due.answer;
}

static int by_day(const void *a, const void *b)
{
	const struct duty *x = a;
	const struct duty *y = b;

	if (next_due(x) != next_due(y))
		return next_due(x) < next_due(y) ? -1 : 1;
	return x->request.seq < y->request.seq ? -1 : 1;
}

static void say_law(bool holidays)
{
	printf("%s\n",
		tr("Law 91/2025 and ND 356/2025 art. 5: acknowledge within 2 "
		   "working days; withdraw, restrict, object 15 days (once 15 "
		   "more); see, put right 10 (10 more); delete 20 (20 more)."));
	if (!holidays)
		printf("%s\n",
			tr("Holidays are not known: a working day is any but "
			   "Saturday and Sunday."));
}

static enum exit_status tell(const struct options *o, struct duties *d,
	bool holidays)
{
	cJSON *reply = json_ok();
	cJSON *list = cJSON_AddArrayToObject(reply, "duties");
	int late = 0;

	qsort(d->duty, (size_t)d->count, sizeof(*d->duty), by_day);
	if (!o->json)
		say_law(holidays);
	for (int i = 0; i < d->count; i++) {
		const struct duty *duty = &d->duty[i];

		late += duty->due.acknowledge_late || duty->due.answer_late;
		cJSON_AddItemToArray(list, request_json(cJSON_CreateObject(),
						   &duty->request, &duty->due));
		if (!o->json)
			request_say(&duty->request, &duty->due);
	}
	if (!o->json)
		printf(tr("Open: %d, late: %d.\n"), d->count, late);
	json_int(reply, "open", d->count);
	json_int(reply, "late", late);
	cJSON_AddBoolToObject(reply, "more", d->more);
	cJSON_AddBoolToObject(reply, "holidays_known", holidays);
	return verb_reply(o, reply, EXIT_DONE);
}

static bool read_holidays(const char *path, struct request_holidays *out,
	struct err *err)
{
	static char text[HOLIDAYS_BYTES + 1];
	FILE *in = fopen(path, "re");
	size_t len;
	int line;

	if (!in)
		return err_set(err, ERR_GONE, 0, "%s: not there", path);
	len = fread(text, 1, sizeof(text), in);
	fclose(in);
	if (len > HOLIDAYS_BYTES)
		return err_set(err, ERR_INVALID, 0, "%s: too long", path);
	if (request_holidays_parse(text, len, out, &line))
		return true;
	return err_set(err, ERR_INVALID, 0, "%s:%d: no day", path, line);
}

enum exit_status consent_duties(const struct options *o, struct verb_store *v,
	const char *holidays)
{
	struct request_holidays off = {.count = 0};
	const struct date t = date_of_ms(clock_wall_ms()).date;
	struct duties d = {.off = &off,
		.today = t.year * 10000 + t.month * 100 + t.day};
	enum exit_status status;
	struct err err = {0};

	if (holidays && !read_holidays(holidays, &off, &err))
		return verb_err(o, &err);
	d.duty = calloc(DUTIES_MAX, sizeof(*d.duty));
	if (!d.duty)
		return verb_err(o, &(struct err){.code = ERR_NO_MEMORY});
	if (requests_each(v->db, 0, true, add_duty, &d, &err) ||
		err.code == ERR_NONE)
		status = tell(o, &d, holidays != NULL);
	else
		status = verb_err(o, &err);
	free(d.duty);
	return status;
}
