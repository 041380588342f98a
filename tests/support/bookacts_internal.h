/* bookacts_internal.h - acts with papers of others: bookacts_papers.c. */
#ifndef TESTS_SUPPORT_BOOKACTS_INTERNAL_H
#define TESTS_SUPPORT_BOOKACTS_INTERNAL_H

#include "support/bookacts.h"

/* The centre's key is known here. */
void bookacts_centre_key(struct bookstore *b);

/* And there is somebody to pay. */
void bookacts_centre(struct bookstore *b);

enum said bookacts_enrol(struct bookstore *b, struct err *err);
enum said bookacts_approve(struct bookstore *b, struct err *err);
enum said bookacts_revlist(struct bookstore *b, struct err *err);

/* Another terminal of the office is known; it paid what is due to person id,
 * and says so in a message, which the next act takes. */
void bookacts_peer(struct bookstore *b, int64_t id);
enum said bookacts_know(struct bookstore *b, struct err *err);
enum said bookacts_marks(struct bookstore *b, struct err *err);

/* After it, too: that person goes to the far terminal, or comes from there. */
enum said bookacts_release(struct bookstore *b, struct err *err);
enum said bookacts_acquire(struct bookstore *b, struct err *err);
enum said bookacts_show(struct bookstore *b, struct err *err);
/* Of that person's data. */
enum said bookacts_consent(struct bookstore *b, int64_t person,
	struct err *err);
enum said bookacts_disagree(struct bookstore *b, int64_t person,
	struct err *err);
enum said bookacts_withdraw(struct bookstore *b, int64_t person,
	struct err *err);
enum said bookacts_request(struct bookstore *b, int64_t person,
	struct err *err);
enum said bookacts_complain(struct bookstore *b, struct err *err);

/* That person agreed that an account is used; person 1 has one taken down, and
 * gets cash again. */
void bookacts_agree(struct bookstore *b, int64_t person);
enum said bookacts_account(struct bookstore *b, struct err *err);
enum said bookacts_cash(struct bookstore *b, struct err *err);
/* bookacts_centre.c: this store belongs to a centre, which takes what there is
 * and says so. */
void bookacts_join(struct bookstore *b);
enum said bookacts_join_again(struct bookstore *b, struct err *err);
enum said bookacts_send(struct bookstore *b, struct err *err);

/* bookacts_visits.c: at somebody's door. */
enum {
	BOOKACTS_VISITED = 2
};
enum said bookacts_visit(struct bookstore *b, struct err *err);
enum said bookacts_moved(struct bookstore *b, struct err *err);
enum said bookacts_draft(struct bookstore *b, struct err *err);
enum said bookacts_plan(struct bookstore *b, struct err *err);

#endif
