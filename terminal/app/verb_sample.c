/*
 * verb_sample.c - `chitra sample`: receipts drawn by lot to be called back,
 * and what people said (samples.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/day_range.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/report_paper.h"
#include "terminal/app/sample_doc.h"
#include "terminal/app/verb.h"
#include "terminal/flows/sample_text.h"

struct sample_words {
	const char *receipt;
	const char *said;
	const char *note;
	const char *to;
	int64_t count;
	int64_t draw;
	int64_t amount;
};

/* A draw and its receipts; on the heap, since they are many. */
struct drawn {
	struct sample s;
	struct sample_item item[SAMPLES_MAX];
	int count;
	int64_t population;
};

/* ---- saying ---------------------------------------------------------------- */

static void add_draw(cJSON *o, const struct sample *s)
{
	char hex[2 * SAMPLES_SEED + 1];
	char iso[32];

	str_to_hex(s->seed, sizeof(s->seed), hex);
	json_int(o, "number", (int64_t)s->seq);
	cJSON_AddStringToObject(o, "at", date_time_iso(s->t, iso));
	json_int(o, "by", s->actor);
	cJSON_AddStringToObject(o, "by_name", s->actor_name);
	cJSON_AddStringToObject(o, "seed", hex);
	json_int(o, "first", (int64_t)s->first);
	json_int(o, "last", (int64_t)s->last);
	json_int(o, "asked", s->count);
}

static cJSON *item_json(const struct sample_item *it)
{
	cJSON *o = cJSON_CreateObject();
	char phone[SAMPLE_PHONE_SIZE];
	char iso[32];

	json_int(o, "place", it->place);
	json_int(o, "seq", (int64_t)it->pay);
	cJSON_AddStringToObject(o, "receipt", it->code);
	cJSON_AddStringToObject(o, "paid_at", date_time_iso(it->t, iso));
	json_int(o, "amount", it->amount);
	cJSON_AddStringToObject(o, "agent_name", it->agent_name);
	cJSON_AddStringToObject(o, "name", it->name);
	cJSON_AddStringToObject(o, "hamlet", it->hamlet);
	cJSON_AddStringToObject(o, "phone", sample_phone(it->phone, phone));
	cJSON_AddStringToObject(o, "said", sample_said_name(it->said));
	json_int(o, "tries", it->tries);
	if (it->said == SAMPLE_NOT_CALLED)
		return o;
	if (it->said == SAMPLE_DIFFERS)
		json_int(o, "said_amount", it->said_amount);
	if (it->note != SAMPLE_NOTE_NONE)
		cJSON_AddStringToObject(o, "note", sample_note_name(it->note));
	json_int(o, "caller", it->caller);
	cJSON_AddStringToObject(o, "caller_name", it->caller_name);
	cJSON_AddStringToObject(o, "said_at", date_time_iso(it->said_at, iso));
	return o;
}

static void say_draw(const struct sample *s)
{
	char hex[2 * SAMPLES_SEED + 1];
	char when[DATE_TEXT_SIZE];

	str_to_hex(s->seed, sizeof(s->seed), hex);
	printf(tr("Draw %llu, %s, by %s: %lld receipts, seed %s, of the "
		  "records %llu to %llu\n"),
		(unsigned long long)s->seq, date_time_vi(s->t, when),
		s->actor_name, (long long)s->count, hex,
		(unsigned long long)s->first, (unsigned long long)s->last);
}

static void say_item(const struct sample_item *it)
{
	char money[MONEY_TEXT_SIZE];
	char phone[SAMPLE_PHONE_SIZE];
	char said[SAMPLE_TEXT_SIZE];

	printf("%3d. %s  %s, %s  %s  %s  [%s]\n", it->place, it->code, it->name,
		it->hamlet, money_format(it->amount, money),
		sample_phone(it->phone, phone), sample_said_text(it, said));
}

/* ---- the acts -------------------------------------------------------------- */

static enum exit_status no_draw(const struct options *o)
{
	return verb_refuse(o, "no_draw", tr("There is no such draw here."),
		EXIT_REFUSED);
}

/* The draw that is meant, fresh: drawn just now; not found is said here. */
static bool find_draw(const struct options *o, struct verb_store *v,
	const struct sample_words *w, struct drawn *d, bool fresh,
	enum exit_status *status)
{
	struct err err = {0};
	bool ok;

	switch (samples_get(v->db, (uint64_t)w->draw, &d->s, &err)) {
	case LOOKUP_FAILED:
		*status = verb_err(o, &err);
		return false;
	case LOOKUP_ABSENT:
		*status = no_draw(o);
		return false;
	case LOOKUP_FOUND:
		break;
	}
	verb_watch(o, v);
	ok = samples_items(v->db, &d->s, d->item, &d->count, &d->population,
		&err);
	verb_watched(v);
	if (!ok && fresh && db_watch_stopped(&err))
		*status = verb_stopped(o,
			tr("Stopped: the draw is in the book, and can be shown "
			   "later."));
	else if (!ok)
		*status = verb_err(o, &err);
	return ok;
}

static enum exit_status tell(const struct options *o, const struct drawn *d)
{
	cJSON *reply = json_ok();
	cJSON *items;

	add_draw(reply, &d->s);
	json_int(reply, "population", d->population);
	items = cJSON_AddArrayToObject(reply, "receipts");
	for (int i = 0; i < d->count; i++)
		cJSON_AddItemToArray(items, item_json(&d->item[i]));
	if (!o->json) {
		say_draw(&d->s);
		for (int i = 0; i < d->count; i++)
			say_item(&d->item[i]);
	}
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status to_file(const struct options *o, struct verb_store *v,
	const struct drawn *d, const char *path)
{
	const struct sample_doc doc = {.s = &d->s,
		.item = d->item,
		.count = d->count,
		.population = d->population,
		.office = db_info(v->db)->name};
	struct report_file file;
	struct paper_sink sink;
	enum exit_status status;
	enum paper_kind kind;
	struct err err = {0};
	bool ok;

	if (!paper_kind_of(path, &kind))
		return verb_usage("sample");
	report_file_begin(&file);
	sink = report_file_sink(&file);
	ok = sample_doc_write(&doc, kind, &sink, &err);
	file.rows = d->count;
	if (report_file_end(&file, ok, &err))
		status = report_file_write(&file, o, v, EXPORT_OTHER, path,
			NULL);
	else
		status = report_not_made(o, &err);
	report_file_free(&file);
	return status;
}

static enum exit_status show(const struct options *o, struct verb_store *v,
	const struct sample_words *w, struct drawn *d)
{
	enum exit_status status;

	if (!find_draw(o, v, w, d, false, &status))
		return status;
	return w->to ? to_file(o, v, d, w->to) : tell(o, d);
}

/* The seed is in the book, and on the screen, before anything is drawn. */
static enum exit_status draw(const struct options *o, struct verb_store *v,
	const struct sample_words *w, struct drawn *d)
{
	char when[DAY_RANGE_WHEN];
	struct daylog_range range;
	enum exit_status status;
	struct refusal why;
	struct err err = {0};
	struct sample_words this = *w;
	enum verdict drawn;

	switch (day_range_find(v->db, o->words == 2 ? o->word[1] : NULL, &range,
		when, &err)) {
	case DAY_RANGE_FAILED:
		return verb_err(o, &err);
	case DAY_RANGE_NO_WORDS:
		return verb_usage("sample");
	case DAY_RANGE_NONE:
		return verb_refuse(o, "nothing_paid",
			tr("Nothing was paid then."), EXIT_REFUSED);
	case DAY_RANGE_FOUND:
		break;
	}
	verb_watch(o, v);
	drawn = samples_draw(v->db, &v->session, &range, w->count, &d->s, &why,
		&err);
	verb_watched(v);
	switch (drawn) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		if (why.code == REFUSED_NOT_FOUND)
			return verb_refuse(o, "nothing_paid",
				tr("Nothing was paid then."), EXIT_REFUSED);
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	this.draw = (int64_t)d->s.seq;
	if (!find_draw(o, v, &this, d, true, &status))
		return status;
	return w->to ? to_file(o, v, d, w->to) : tell(o, d);
}

static const struct sample_item *item_of(const struct drawn *d,
	const char *receipt)
{
	for (int i = 0; i < d->count; i++)
		if (strcmp(d->item[i].code, receipt) == 0)
			return &d->item[i];
	return NULL;
}

/* False: the words do not go together. */
static bool read_word(const struct sample_words *w, struct sample_word *out)
{
	*out = (struct sample_word){.amount = w->amount};
	return sample_said_parse(w->said, &out->said) &&
	       (out->said == SAMPLE_DIFFERS) == (w->amount >= 0) &&
	       (!w->note || sample_note_parse(w->note, &out->note)) &&
	       sample_note_fits(out->said, out->note);
}

static enum exit_status note(const struct options *o, struct verb_store *v,
	const struct sample_words *w, struct drawn *d)
{
	const struct sample_item *it;
	struct sample_word word;
	enum exit_status status;
	struct refusal why;
	struct err err = {0};
	int64_t t;

	if (!read_word(w, &word))
		return verb_usage("sample");
	if (!find_draw(o, v, w, d, false, &status))
		return status;
	it = item_of(d, w->receipt);
	if (!it)
		return verb_refuse(o, "not_drawn",
			tr("This receipt is not in that draw."), EXIT_REFUSED);
	word.pay = it->pay;
	switch (samples_note(v->db, &v->session, &d->s, &word, &t, &why,
		&err)) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return show(o, v, w, d);
}

/* ---- all draws -------------------------------------------------------------- */

struct listing {
	bool json;
	cJSON *array;
	int64_t count;
};

static bool list_one(void *ctx, const struct sample *s)
{
	struct listing *l = ctx;
	cJSON *o = cJSON_CreateObject();

	l->count++;
	add_draw(o, s);
	cJSON_AddItemToArray(l->array, o);
	if (!l->json)
		say_draw(s);
	return true;
}

static enum exit_status list(const struct options *o, struct verb_store *v)
{
	cJSON *reply = json_ok();
	struct listing l = {.json = o->json,
		.array = cJSON_AddArrayToObject(reply, "draws")};
	struct err err = {0};

	if (!samples_each(v->db, list_one, &l, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	if (l.count == 0 && !o->json)
		printf("%s\n", tr("Nothing was drawn here yet."));
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status act(const struct options *o, struct verb_store *v,
	const struct sample_words *w)
{
	const char *word = o->word[0];
	enum exit_status status;
	struct drawn *d;
	struct err err = {0};

	if (strcmp(word, "list") == 0)
		return list(o, v);
	d = calloc(1, sizeof(*d));
	if (!d) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for a draw");
		return verb_err(o, &err);
	}
	if (strcmp(word, "draw") == 0)
		status = draw(o, v, w, d);
	else if (strcmp(word, "result") == 0)
		status = note(o, v, w, d);
	else
		status = show(o, v, w, d);
	crypto_wipe(d, sizeof(*d));
	free(d);
	return status;
}

/* Are the words and options those of one of the acts? */
static bool is_asked(const struct options *o, const struct sample_words *w)
{
	if (o->words < 1 || o->words > 2 || w->draw < 0)
		return false;
	if (strcmp(o->word[0], "draw") == 0)
		return w->count >= 1 && w->count <= SAMPLES_MAX && !w->said &&
		       !w->note && !w->receipt && w->draw == 0;
	if (o->words != 1 || w->count != 0)
		return false;
	if (strcmp(o->word[0], "result") == 0)
		return w->said && w->receipt && !w->to;
	return !w->said && !w->note && !w->receipt &&
	       (strcmp(o->word[0], "show") == 0 ||
		       (strcmp(o->word[0], "list") == 0 && !w->to));
}

enum exit_status verb_sample(int argc, char **argv)
{
	struct sample_words w = {.amount = -1};
	const struct option_spec own[] = {
		{"--count", OPTION_INT, &w.count},
		{"--draw", OPTION_INT, &w.draw},
		{"--receipt", OPTION_TEXT, &w.receipt},
		{"--said", OPTION_TEXT, &w.said},
		{"--amount", OPTION_INT, &w.amount},
		{"--note", OPTION_TEXT, &w.note},
		{"--to", OPTION_TEXT, &w.to},
	};
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_SAMPLE)};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "sample", argc, argv, own, 7))
		return EXIT_USAGE;
	if (!is_asked(&o, &w))
		return verb_usage("sample");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = role_may(v.session.user.role, ACT_SAMPLE)
			 ? act(&o, &v, &w)
			 : verb_refusal(&o, &role);
	verb_close(&v);
	return status;
}
