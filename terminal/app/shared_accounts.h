/*
 * shared_accounts.h - how many others have the same account, for whole lists.
 *
 * What accounts_others() says of one account after opening everybody, said of
 * all of them after opening everybody once. Somebody's newest account that was
 * not ended counts, and that of his newest list. Names nobody.
 */
#ifndef APP_SHARED_ACCOUNTS_H
#define APP_SHARED_ACCOUNTS_H

#include "db/accounts.h"

struct shared_accounts;

struct shared_accounts *shared_accounts_new(struct db *db, struct err *err);

/* id12: of whoever asks, "": none; the same man in two units is nobody else. */
int shared_accounts_count(const struct shared_accounts *s,
	const struct account *account, int64_t person, const char *id12);

void shared_accounts_free(struct shared_accounts *s); /* NULL is allowed */

#endif
