/* accounts_internal.h - shared by the files of accounts. Private to db/. */
#ifndef DB_ACCOUNTS_INTERNAL_H
#define DB_ACCOUNTS_INTERNAL_H

#include "db/accounts.h"
#include "db/journal_internal.h"

/* The texts of a sealed row of table account. */
enum {
	ACCOUNTS_BIN,
	ACCOUNTS_NUMBER,
	ACCOUNTS_HOLDER,
	ACCOUNTS_OWNER,
	ACCOUNTS_OWNER_ID,
	ACCOUNTS_PAPER,
	ACCOUNTS_RELATION, /* its digit */
	ACCOUNTS_WHY,
	ACCOUNTS_PLANNED /* ISO */
};

enum {
	ACCOUNTS_KEY_SIZE = BANK_BIN_SIZE + ACCOUNT_NUMBER_SIZE
};

/* "970405 1500205123456": what a blind is of, and key 20 of personal data. */
const char *accounts_key(const char *bin, const char *number,
	char out[ACCOUNTS_KEY_SIZE]);

/*
 * accounts_method.c: an ACCOUNT_STATE beside the bank's answers, with its row,
 * in the caller's transaction. a: the account, or one with seq 0.
 */
struct accounts_step {
	enum account_step step;
	int32_t period;
	enum account_back back;
	bool frees; /* cash becomes payable: flag 16 */
	const struct session *by;
};
bool accounts_step(struct db *db, const struct session *s,
	const struct person *p, const struct account_held *a,
	const struct accounts_step *what, struct err *err);

/* accounts.c: the personal data of a record, canonical CBOR; its length. */
size_t accounts_pd(const struct person *p, const struct account_held *a,
	uint8_t out[JOURNAL_PD_MAX]);

/* What the counter has to know of him, into due. */
bool accounts_read(struct db *db, struct person_due *due, struct err *err);

/*
 * side_check.c's question: do tables account and account_step say what the
 * journal says, of which so many records were counted? *finding NULL: yes.
 */
bool accounts_check(struct db *db, uint64_t accounts, uint64_t steps,
	const char **finding, struct err *err);

#endif
