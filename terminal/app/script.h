/*
 * script.h - flows without a screen: the agent's keys, given by a program.
 *
 * `chitra pay` and the scripted demo feed the very flows of the screen and
 * carry out their effects with run_effect(). What a person would have read
 * is kept for the answer.
 */
#ifndef APP_SCRIPT_H
#define APP_SCRIPT_H

#include "terminal/app/run.h"
#include "terminal/flows/check.h"
#include "terminal/flows/pay.h"

enum script_end {
	SCRIPT_FAILED,  /* err */
	SCRIPT_REFUSED, /* why */
	SCRIPT_SECOND,  /* the second person may not sign in: second */
	SCRIPT_ASKED,   /* by QR: the request stands in ports->approval */
	SCRIPT_DIFFERS, /* card and list differ and nobody accepted it */
	SCRIPT_CARD,    /* the card was refused: card.note[0] */
	SCRIPT_DONE,    /* payout, or not paid recorded */
};

struct script {
	struct ports *ports;
	struct check check;
	struct pay pay;
	struct idcard card;
	long long now_ms; /* the time of the keys; no key is ever held down */
	/* what came of it */
	struct refusal why;
	struct event second; /* EV_SIGN_IN_REFUSED, if it came */
	struct err err;
	bool failed;
	struct payout payout;
};

/* What to do once the person is found. */
struct script_order {
	bool accept; /* differences between card and list were looked at */
	int32_t period;
	enum payee payee;
	const char *payee_name;
	const char *payee_id;
	const char *payee_paper;
	struct date payee_until; /* year 0: not said */
	enum payee_relation payee_relation;
	struct notes notes;
	bool suggest;     /* notes are none: work them out */
	const char *pad;  /* paid by hand before: sheet of the pad, or NULL */
	int64_t given_at; /* and when */
	int64_t by;       /* second person, if one is asked for; 0: nobody */
	const char *by_pin;
	bool by_qr;         /* the same, by QR: ask for it … */
	const char *answer; /* … or go on with this (CA2); NULL: neither */
	enum not_paid not_paid; /* instead of paying */
	struct date date;
};

void script_init(struct script *s, struct ports *ports);

/* Find by card bytes, or by person id; then pay, print and hand over. */
enum script_end script_pay_card(struct script *s, const void *bytes, size_t len,
	const struct script_order *order);
enum script_end script_pay_person(struct script *s, int64_t person,
	const struct script_order *order);

#endif
