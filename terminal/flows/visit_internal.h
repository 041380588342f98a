/*
 * visit_internal.h - what the files of a visit share.
 */
#ifndef FLOWS_VISIT_INTERNAL_H
#define FLOWS_VISIT_INTERNAL_H

#include "terminal/flows/visit.h"

/* What may be done where everything is seen together (visit_keys.c). */
enum visit_kind {
	VISIT_KIND_AGREED, /* or has an account already */
	VISIT_KIND_MET,
	VISIT_KIND_AWAY, /* nobody was met, come again */
	VISIT_KIND_GONE, /* moved or died */
};

enum visit_kind visit_kind(enum visit_result r);

/* Keys of the steps in which something is typed or chosen (visit_fields.c). */
struct effect visit_result_step(struct visiting *v, const struct event *ev);
struct effect visit_why_step(struct visiting *v, const struct event *ev);
struct effect visit_cannot_step(struct visiting *v, const struct event *ev);
struct effect visit_died_step(struct visiting *v, const struct event *ev);
struct effect visit_when_step(struct visiting *v, const struct event *ev);
struct effect visit_date_step(struct visiting *v, const struct event *ev);
struct effect visit_telephone_step(struct visiting *v, const struct event *ev);
struct effect visit_remark_step(struct visiting *v, const struct event *ev);

/* The key an event means in this step, 0 for none. */
int visit_key(const struct visiting *v, const struct event *ev);

#endif
