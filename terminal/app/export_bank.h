/*
 * export_bank.h - messages of ISO 20022 for banks, as one new directory:
 * `chitra export acmt023 --to DIR`, is this account that person's, and
 * `chitra export pain001 MONTH --to DIR`, pay by account who is paid so.
 *
 * Each bank, wallet or operator is asked about its own accounts only, so a
 * request is a message for each of them; who pays is one bank, so payments are
 * one message. Both are cut where --max rows are in one.
 */
#ifndef APP_EXPORT_BANK_H
#define APP_EXPORT_BANK_H

#include "core/codec/iso20022.h"
#include "terminal/app/export_into.h"

enum {
	EXPORT_BANK_MAX = 5000, /* rows of a message, if --max is not said */
	EXPORT_BANK_MOST = 100000
};

struct export_bank_asked {
	const char *what;  /* "acmt023", "pain001" */
	const char *which; /* pain001: the month as typed */
	const char *to;
	const char *unit; /* pain001: code of a commune; NULL: all */
	const char *day;  /* pain001: when to pay, as typed; NULL: today */
	int64_t max;      /* 0: not said */
};

/* Is it one of these? */
bool export_bank_is_asked(const struct export_bank_asked *asked);

enum exit_status export_bank(const struct options *o, struct verb_store *v,
	const struct export_bank_asked *asked);

/* ---- between the files of it ------------------------------------------------- */

/* One account that is asked about, or paid. */
struct bank_row {
	uint64_t seq; /* of the ACCOUNT; acmt023 */
	int64_t amount;
	struct account account;
	char id[ISO20022_ID_SIZE];
	char name[VIET_NAME_SIZE]; /* whose it is to be */
	char owner_id[PERSONID_SIZE];
	char holder[VIET_NAME_SIZE];
};

struct bank_rows {
	struct bank_row *at;
	size_t count;
	size_t room;
	int64_t skipped; /* why: the verb's sentence says */
	int64_t sum;
};

bool bank_rows_add(struct bank_rows *rows, const struct bank_row *row,
	struct err *err);
void bank_rows_free(struct bank_rows *rows);

/* Accounts that wait for the bank's check and may be asked about. */
bool bank_rows_checks(struct db *db, struct bank_rows *out, struct err *err);

/*
 * Whoever has money by account on the list of that month, and an account that
 * no bank has said no to; skipped are those without.
 */
bool bank_rows_payments(struct db *db, int32_t period, const char *unit,
	struct bank_rows *out, struct err *err);

#endif
