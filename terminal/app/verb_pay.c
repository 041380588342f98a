/*
 * verb_pay.c - `chitra pay`: one payout, as the agent at the screen does it.
 *
 * The card is read, the person found and checked, PAY recorded, the receipt
 * printed and HANDED recorded, by the flows of the screen (script.h). What
 * one alone may not pay takes --by N, or --by-qr and then --approval
 * (second_qr.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/script.h"
#include "terminal/app/second_qr.h"
#include "terminal/app/verb.h"
#include "terminal/flows/card_text.h"

struct pay_words {
	struct scan_source from;
	const char *id12;
	const char *period;
	const char *payee;
	const char *payee_name;
	const char *payee_id;
	const char *payee_paper;
	const char *payee_until;
	const char *payee_relation;
	const char *notes;
	const char *not_paid;
	const char *date;
	const char *pad; /* paid by hand: sheet of the pad … */
	const char *at;  /* … and when */
	struct second_words second;
	bool accept;
};

static bool clean_or_none(const char *text, char *out, size_t size)
{
	out[0] = '\0';
	return !text || text_clean(text, strlen(text), out, size, NULL);
}

struct cleaned {
	char name[VIET_NAME_SIZE];
	char id[PERSONID_SIZE];
	char paper[64];
};

static bool read_words(const struct pay_words *w, struct script_order *o,
	struct cleaned *c)
{
	memset(o, 0, sizeof(*o));
	o->accept = w->accept;
	o->payee = PAYEE_SELF;
	o->payee_name = c->name;
	o->payee_id = c->id;
	o->payee_paper = c->paper;
	o->pad = w->pad;
	o->by = w->second.by;
	o->by_pin = getenv("CHITRA_BY_PIN");
	o->by_qr = w->second.by_qr;
	o->answer = w->second.answer;
	o->suggest = w->notes && strcmp(w->notes, "suggest") == 0;
	return (w->pad != NULL) == (w->at != NULL) &&
	       (!w->at || date_time_parse(w->at, &o->given_at)) &&
	       (!w->pad || strlen(w->pad) < PAYOUT_PAD_SIZE) &&
	       scan_sources(&w->from) + (w->id12 != NULL) == 1 &&
	       (!w->period || period_parse(w->period, &o->period)) &&
	       (!w->payee || payee_parse(w->payee, &o->payee)) &&
	       (!w->payee_until ||
		       (date_parse(w->payee_until, &o->payee_until) &&
			       o->payee_until.day != 0)) &&
	       (!w->payee_relation || payee_relation_parse(w->payee_relation,
					      &o->payee_relation)) &&
	       (!w->notes || o->suggest || notes_parse(w->notes, &o->notes)) &&
	       (!w->not_paid || not_paid_parse(w->not_paid, &o->not_paid)) &&
	       (!w->date || date_parse(w->date, &o->date)) &&
	       clean_or_none(w->payee_name, c->name, sizeof(c->name)) &&
	       clean_or_none(w->payee_id, c->id, sizeof(c->id)) &&
	       clean_or_none(w->payee_paper, c->paper, sizeof(c->paper));
}

static enum exit_status card_refused(const struct options *o,
	const struct idcard *card)
{
	const enum card_note why = card->note[0];

	return verb_refuse(o, idcard_note_code(why), card_note_text(why),
		EXIT_REFUSED);
}

static enum exit_status differs(const struct options *o, const struct check *c)
{
	for (int i = 0; i < c->differences; i++)
		fprintf(stderr, "%s: %s | %s\n", c->difference[i].what,
			c->difference[i].on_card, c->difference[i].on_list);
	return verb_refuse(o, "differs",
		tr("Card and list differ. Look at both; if it is the right"
		   " person, pay with --accept."),
		EXIT_REFUSED);
}

static enum exit_status paid(const struct options *o, struct verb_store *v,
	struct script *s)
{
	struct payout now = s->payout;
	struct err err = {0};
	cJSON *reply;

	/* Again from the book, with what became of the paper. */
	if (payouts_get(v->db, s->payout.seq, &now, &err) == LOOKUP_FAILED)
		return verb_err(o, &err);
	if (!o->json)
		json_say_payout(&now);
	reply = json_ok();
	json_payout(reply, &now);
	return verb_reply(o, reply, EXIT_DONE);
}

/* Said before anything is asked of the book. True: nobody is named, or his
 * PIN is there and may be one. */
static bool has_by_pin(const struct options *o,
	const struct script_order *order, enum exit_status *status)
{
	if (order->by == 0)
		return true;
	if (order->by_pin && str_is_digits(order->by_pin) &&
		strlen(order->by_pin) == USERS_PIN_DIGITS)
		return true;
	*status = verb_refuse(o, "no_pin",
		order->by_pin ? tr("The PIN has six digits")
			      : tr("The second person's PIN is missing: put it"
				   " into CHITRA_BY_PIN."),
		EXIT_USAGE);
	return false;
}

/* What a second person lets pass says how he is named. */
static enum exit_status refused(const struct options *o,
	const struct refusal *why, const struct script_order *order)
{
	const enum exit_status status = verb_refusal(o, why);

	if (order->by == 0 && pay_second_helps(why->code))
		fprintf(stderr, "%s\n",
			tr("A supervisor approves it with --by NUMBER, the PIN"
			   " in CHITRA_BY_PIN; or from a terminal of his own:"
			   " --by-qr."));
	return status;
}

static enum exit_status answer(const struct options *o, struct verb_store *v,
	struct script *s, enum script_end end, const struct script_order *order)
{
	switch (end) {
	case SCRIPT_FAILED:
		return verb_err(o, &s->err);
	case SCRIPT_REFUSED:
		return refused(o, &s->why, order);
	case SCRIPT_SECOND:
		return verb_second_refused(o, &s->second);
	case SCRIPT_ASKED:
		return second_qr_show(o, v, &s->ports->approval);
	case SCRIPT_DIFFERS:
		return differs(o, &s->check);
	case SCRIPT_CARD:
		return card_refused(o, &s->card);
	case SCRIPT_DONE:
		break;
	}
	return order->not_paid ? verb_reply(o, json_ok(), EXIT_DONE)
			       : paid(o, v, s);
}

static enum script_end by_number(struct script *s, struct db *db,
	const char *id12, const struct script_order *order)
{
	struct person_due due;

	switch (people_by_id12(db, id12, &due, &s->err)) {
	case LOOKUP_FAILED:
		return SCRIPT_FAILED;
	case LOOKUP_ABSENT:
		s->why.code = REFUSED_NOT_FOUND;
		return SCRIPT_REFUSED;
	case LOOKUP_FOUND:
		break;
	}
	return script_pay_person(s, due.person.id, order);
}

static enum exit_status pay(const struct options *o, const struct pay_words *w,
	const struct script_order *order, const struct scan_bytes *scan,
	struct verb_store *v)
{
	struct script *s = calloc(1, sizeof(*s));
	struct ports *ports = calloc(1, sizeof(*ports));
	struct printing printing;
	enum exit_status status = EXIT_COULD_NOT;
	struct err err = {.code = ERR_NO_MEMORY, .text = "no memory"};

	if (!s || !ports ||
		!printing_open(&printing,
			config_printer(&v->config, o->printer), v->dir,
			db_info(v->db)->demo, &err)) {
		status = verb_err(o, &err);
		goto out;
	}
	ports->db = v->db;
	ports->session = v->session;
	ports->printing = &printing;
	ports->config = &v->config;
	ports->width = config_dots(&v->config, o->width);
	if (!second_qr_kept(v, order->answer, &ports->approval, &err)) {
		status = verb_err(o, &err);
		goto close;
	}
	script_init(s, ports);
	status = answer(o, v, s,
		w->id12 ? by_number(s, v->db, w->id12, order)
			: script_pay_card(s, scan->bytes, scan->len, order),
		order);
	second_qr_over(v, order->answer, &ports->approval);
close:
	session_clear(&ports->session);
	printing_close(&printing);
out:
	free(ports);
	free(s);
	return status;
}

enum exit_status verb_pay(int argc, char **argv)
{
	static struct scan_bytes scan;
	struct pay_words w = {0};
	const struct option_spec own[] = {
		{"--card", OPTION_TEXT, &w.from.hex},
		{"--image", OPTION_TEXT, &w.from.image},
		{"--id12", OPTION_TEXT, &w.id12},
		{"--period", OPTION_TEXT, &w.period},
		{"--payee", OPTION_TEXT, &w.payee},
		{"--payee-name", OPTION_TEXT, &w.payee_name},
		{"--payee-id", OPTION_TEXT, &w.payee_id},
		{"--payee-paper", OPTION_TEXT, &w.payee_paper},
		{"--payee-until", OPTION_TEXT, &w.payee_until},
		{"--payee-relation", OPTION_TEXT, &w.payee_relation},
		{"--notes", OPTION_TEXT, &w.notes},
		{"--not-paid", OPTION_TEXT, &w.not_paid},
		{"--date", OPTION_TEXT, &w.date},
		{"--pad", OPTION_TEXT, &w.pad},
		{"--at", OPTION_TEXT, &w.at},
		{"--by", OPTION_INT, &w.second.by},
		{"--by-qr", OPTION_FLAG, &w.second.by_qr},
		{"--approval", OPTION_TEXT, &w.second.answer},
		{"--accept", OPTION_FLAG, &w.accept},
	};
	struct script_order order;
	struct cleaned cleaned;
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "pay", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (o.words != 0 || !read_words(&w, &order, &cleaned))
		return verb_usage("pay");
	if (!has_by_pin(&o, &order, &status))
		return status;
	/* The card first: a bad one needs no store. */
	if (!w.id12 && !scan_read(&w.from, &scan, &err))
		return verb_err(&o, &err);
	if (!second_qr_open(&o, &w.second, &v, &status))
		return status;
	status = pay(&o, &w, &order, &scan, &v);
	verb_close(&v);
	return status;
}
