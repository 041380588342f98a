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

#endif
