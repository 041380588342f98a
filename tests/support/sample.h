/*
 * sample.h - people, payments and a terminal for screens, all made up.
 *
 * Every function fills the whole struct; the same each time.
 */
#ifndef TESTS_SUPPORT_SAMPLE_H
#define TESTS_SUPPORT_SAMPLE_H

#include "terminal/flows/flow.h"
#include "terminal/ui/frame.h"

/* 5 December 2026, 08:30 in Vietnam. */
#define SAMPLE_NOW INT64_C(1796434200000)

/* A terminal in a morning without network: 142 of 200 paid, 37 to send. */
const struct frame_info *sample_info(void);
const struct status *sample_status(void);

/*
 * From now on every screen has a printer in trouble and more of it in its
 * header, somebody who is next, and this warning ("": none) in the place of
 * what the flow says; NULL: as before.
 */
void sample_trouble(const char *text);

/* Nguyễn Thị Đẹp: a month and a month of arrears, nothing paid. */
void sample_due(struct person_due *out);

/* Her card; and one on which name and birth differ from the list. */
void sample_card(struct idcard *out);
void sample_other_card(struct idcard *out);

/* Her payment, recorded and not yet handed over. */
void sample_payout(struct payout *out);

/* Paid already, by somebody else, somewhere else. */
void sample_prior(struct refusal_prior *out);

/* n people whose names begin alike; n <= FLOW_MAX_FOUND. */
void sample_found(struct person_found *out, int n);

#endif
