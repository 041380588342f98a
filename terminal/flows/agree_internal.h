/* agree_internal.h - what the files of agree share. */
#ifndef FLOWS_AGREE_INTERNAL_H
#define FLOWS_AGREE_INTERNAL_H

#include "terminal/flows/agree.h"

/* agree_typed.c: names, numbers and papers, one field a step. */
bool agree_is_typed(enum agree_step step);
/* The field of the step as it begins, with what is known already. */
void agree_field_begin(struct agree *a);
struct effect agree_on_typed(struct agree *a, const struct event *ev);

/* agree_ask.c: questions that a digit answers. */
struct effect agree_on_question(struct agree *a, const struct event *ev);

/* agree.c: the key of this step that was pressed, 0: none. */
int agree_key(const struct agree *a, const struct event *ev);
/* The text from that part on; parts that are not there are the nearest. */
void agree_show_part(struct agree *a, int part);
void agree_ask_refusal(struct agree *a);
/* The next purpose that holds, from at on; CONSENT_PURPOSES: none. */
int agree_next_held(const struct agree *a, int at);

/* agree.c: the step behind who speaks, or behind how. */
void agree_to(struct agree *a, enum agree_step step);
void agree_after_party(struct agree *a);
void agree_after_proof(struct agree *a);
/* Back to the question before who speaks. */
void agree_before_party(struct agree *a);

/* agree_save.c: the text is there again; where to go on. */
void agree_take_up(struct agree *a);

#endif
