/*
 * feed.h - keys and answers for flows that a screen test drives.
 *
 * Events are large; these are made in static memory and good until the next
 * call.
 */
#ifndef TESTS_SUPPORT_FEED_H
#define TESTS_SUPPORT_FEED_H

#include "terminal/flows/flow.h"

/* A key, a second after the one before. */
const struct event *feed_key(int key);

/* An answer with nothing in it but its kind; fill in the rest. */
struct event *feed_answer(enum event_kind kind);

/* EV_PERSON with this due. */
const struct event *feed_person(const struct person_due *due);

/* EV_PAID, EV_HANDED ... with this payout. */
const struct event *feed_payout(enum event_kind kind,
	const struct payout *payout);

/* EV_PRINT of the original. */
const struct event *feed_print(uint64_t seq, enum print_state state,
	enum err_code code);

/* EV_FAILED with this code. */
const struct event *feed_failed(enum err_code code);

#endif
