/*
 * verb_demo.c - `chitra demo`: one payout from start to end, by script.
 *
 * For a machine without a terminal: signs the demo agent in, opens a shift,
 * reads the next card image, pays, prints, hands over, and says where the
 * receipt is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/tr.h"
#include "terminal/app/demo.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/script.h"
#include "terminal/app/verb.h"

enum {
	MAX_TRIES = 250 /* cards of people who are paid already are passed */
};

struct demo {
	struct options *o;
	struct ports ports;
	struct printing printing;
	struct db *db;
	char dir[OPTIONS_DIR_SIZE];
	char cards[OPTIONS_DIR_SIZE + 8];
};

static bool sign_in(struct demo *d, struct err *err)
{
	struct sign_in_result result;

	return users_sign_in(d->db, DEMO_AGENT, DEMO_AGENT_PIN,
		       &d->ports.session, &result, err) == SIGN_IN_DONE ||
	       err_set(err, ERR_DENIED, 0, "the demo agent cannot sign in");
}

/* A demo that was killed before: the money of a demo was never handed. */
static bool settle_open(struct demo *d, struct err *err)
{
	struct refusal why;
	struct payout p;

	switch (payouts_open(d->db, &p, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	fprintf(stderr,
		tr("Payout %s was left open: recorded as not handed"
		   " over.\n"),
		p.code);
	return payouts_recover(d->db, &d->ports.session, false, NULL, &p, &why,
		       err) == VERDICT_DONE;
}

static bool ensure_shift(struct demo *d, struct err *err)
{
	struct refusal why = {0};
	struct notes notes;
	struct shift s;

	switch (shifts_current(d->db, &s, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_ABSENT:
		break;
	}
	notes_parse("500000x400,100000x200,50000x100,20000x100,10000x100,"
		    "5000x50,2000x50,1000x50",
		&notes);
	return shifts_open(d->db, &d->ports.session, &notes, &s, &why, err) ==
		       VERDICT_DONE ||
	       err_set(err, ERR_INVALID, 0, "no shift: %s",
		       refusal_code_name(why.code));
}

static bool pay_one(struct demo *d, struct script *s, char *card, size_t size,
	struct err *err)
{
	const struct script_order order = {.payee = PAYEE_SELF, .accept = true};
	static struct scan_bytes scan;

	for (int i = 0; i < MAX_TRIES; i++) {
		const struct scan_source from = {.image = card};

		if (!demo_card(d->cards, i, card, size))
			return err_set(err, ERR_GONE, 0, "no card images");
		if (!scan_read(&from, &scan, err))
			return false;
		script_init(s, &d->ports);
		switch (script_pay_card(s, scan.bytes, scan.len, &order)) {
		case SCRIPT_DONE:
			return true;
		case SCRIPT_FAILED:
			*err = s->err;
			return false;
		case SCRIPT_REFUSED:
			if (s->why.code != REFUSED_ALREADY_PAID &&
				s->why.code != REFUSED_BY_ACCOUNT)
				return err_set(err, ERR_INVALID, 0,
					"refused: %s",
					refusal_code_name(s->why.code));
			break;
		case SCRIPT_DIFFERS:
		case SCRIPT_SECOND:
		case SCRIPT_ASKED:
		case SCRIPT_CARD:
			break;
		}
	}
	return err_set(err, ERR_INVALID, 0, "everybody is paid already");
}

static bool open_demo(struct demo *d, struct err *err)
{
	struct keeper keeper;

	keeper_init(&keeper);
	if (!demo_ensure(d->dir, err) || !demo_make_cards(d->cards, err))
		return false;
	d->db = keeper_open(&keeper, d->dir, err);
	if (!d->db ||
		!printing_open(&d->printing, d->o->printer, d->dir, true, err))
		return false;
	d->ports.db = d->db;
	d->ports.printing = &d->printing;
	d->ports.width = d->o->width == 58 ? PAGE_58 : 0;
	return sign_in(d, err) && settle_open(d, err) && ensure_shift(d, err);
}

static enum exit_status say(struct demo *d, const struct payout *p,
	const char *card)
{
	const struct receipt_job job = {.seq = p->seq};
	char png[PRINTING_SPEC_SIZE + 32];
	char plain[VERB_PLAIN_SIZE];
	cJSON *reply;

	printing_kept(&d->printing, &job, png, sizeof(png));
	if (!d->o->json) {
		printf(tr("Card: %s\n"), verb_plain(card, plain));
		json_say_payout(p);
		printf(tr("Receipt: %s\n"), verb_plain(png, plain));
	}
	reply = json_ok();
	cJSON_AddStringToObject(reply, "card", card);
	cJSON_AddStringToObject(reply, "png", png);
	json_payout(reply, p);
	return verb_reply(d->o, reply, EXIT_DONE);
}

static enum exit_status play(struct demo *d, struct script *s)
{
	enum exit_status status;
	struct payout p;
	struct err err = {0};
	char card[OPTIONS_DIR_SIZE + 300];

	if (!open_demo(d, &err) || !pay_one(d, s, card, sizeof(card), &err) ||
		payouts_get(d->db, s->payout.seq, &p, &err) != LOOKUP_FOUND)
		status = verb_err(d->o, &err);
	else
		status = say(d, &p, card);
	printing_close(&d->printing);
	if (d->db && d->ports.session.user.number != 0)
		users_sign_out(d->db, &d->ports.session, &err);
	db_close(d->db);
	return status;
}

enum exit_status verb_demo(int argc, char **argv)
{
	const char *cards = NULL;
	const struct option_spec own[] = {{"--cards", OPTION_TEXT, &cards}};
	struct demo *d = calloc(1, sizeof(*d));
	struct script *s = calloc(1, sizeof(*s));
	enum exit_status status = EXIT_USAGE;
	struct err err = {0};
	struct options o;

	if (!d || !s || !verb_options(&o, "demo", argc, argv, own, 1))
		goto out;
	d->o = &o;
	if (!options_dir(&o, "-demo", d->dir, sizeof(d->dir), &err)) {
		status = verb_err(&o, &err);
		goto out;
	}
	if (cards)
		snprintf(d->cards, sizeof(d->cards), "%s", cards);
	else
		snprintf(d->cards, sizeof(d->cards), "%s/cards", d->dir);
	status = play(d, s);
out:
	free(s);
	free(d);
	return status;
}
