/*
 * second.h - a second person gives number and PIN, for what one alone may
 * not do: a difference in the drawer, a payment over the limit. Or he answers
 * from a terminal of his own, by QR (db/approvals.h).
 *
 *	NUMBER --accept--> PIN --accept--> (done: the flow sends its effect)
 *	 ^  |               |
 *	 |  +---- back -----+
 *	 +--.--> (asked: the flow sends its effect) --> QR --scan--> (done)
 *	 +------------------------ 0 --------------------+
 *
 * Part of other flows, not one of its own.
 */
#ifndef FLOWS_SECOND_H
#define FLOWS_SECOND_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum second_step {
	SECOND_NUMBER,
	SECOND_PIN,
	SECOND_QR, /* the request is shown; its answer is scanned */
};

enum second_result {
	SECOND_TYPING,
	SECOND_GIVEN, /* take it with second_take() or second_by_qr() */
	SECOND_ASKED, /* a request is wanted: second_by_qr() */
	SECOND_CANCELLED,
};

struct second {
	enum second_step step;
	struct entry number;
	struct entry pin;
	long long not_before_ms; /* wrong PIN: no try before; 0: at once */
	char request[APPROVAL_TEXT_SIZE]; /* QR: shown */
	char answer[APPROVAL_TEXT_SIZE];  /* scanned; "": none */
	struct notice notice;
};

void second_init(struct second *s);

/* A key or a scan; anything else does nothing. */
enum second_result second_handle(struct second *s, const struct event *ev);

/* Move number and PIN out; they are wiped here. */
void second_take(struct second *s, int64_t *number, char pin[FLOW_PIN_SIZE]);

/* GIVEN or ASKED: by QR, into the effect; by PIN: second.ask is false, and
 * second.answer is empty, then. */
void second_by_qr(struct second *s, enum second_result how, struct effect *fx);

/* EV_APPROVAL came: show the request. */
void second_asked(struct second *s, const struct event *ev);

/* EV_REFUSED came. True: of the second person or his answer, and said; ask
 * again. */
bool second_wrong(struct second *s, const struct refusal *why);

/* EV_SIGN_IN_REFUSED came: say why, ask again. */
void second_refused(struct second *s, const struct event *ev);

const struct binding *second_bindings(enum second_step step, size_t *count);

#endif
