/*
 * account.h - a number to be paid into, and whose name is on it.
 *
 * Nobody publishes how long the numbers of each bank are, so only what cannot
 * be a number is refused; what is unusual is a note that a person looks at.
 * Numbers are text: a zero in front counts, letters (nicknames, MoMo's PSP…)
 * are capitals, as banks take no notice of case. Pure; any thread.
 */
#ifndef CORE_CODEC_ACCOUNT_H
#define CORE_CODEC_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/codec/bank.h"
#include "core/codec/viet.h"

enum {
	ACCOUNT_NUMBER_SIZE = 21,
	ACCOUNT_NAME_SIZE = VIET_NAME_SIZE
};

/* Why it can be no account that we pay to. */
enum account_fault {
	ACCOUNT_FINE,
	ACCOUNT_BAD_BIN,     /* not six digits */
	ACCOUNT_BAD_LENGTH,  /* not 3 to 20 characters */
	ACCOUNT_BAD_LETTERS, /* something else than 0-9 A-Z a-z */
	ACCOUNT_NOT_PAYABLE, /* a lender, not a bank */
	ACCOUNT_FAULT_COUNT,
};

/* What to look at twice; bits. */
enum account_note {
	ACCOUNT_NOTE_LENGTH = 1,   /* outside the 6 to 19 of NAPAS */
	ACCOUNT_NOTE_PROVIDER = 2, /* the BIN is in no list of ours */
	ACCOUNT_NOTE_NO_PHONE = 4, /* mobile money, but no mobile number */
};

/* Who the money reaches when it is no account at a bank. */
enum account_wallet {
	WALLET_NONE,
	WALLET_MOMO,    /* own BIN, or 99MM… at BVBank */
	WALLET_ZALOPAY, /* 99ZP… at BVBank */
	WALLET_VIETTEL_MONEY,
	WALLET_VNPT_MONEY,
	WALLET_COUNT,
};

struct account {
	char bin[BANK_BIN_SIZE];
	char number[ACCOUNT_NUMBER_SIZE];
	const struct bank *bank; /* NULL if the BIN is unknown */
	enum account_wallet wallet;
	unsigned notes; /* enum account_note */
};

/*
 * Put an account together from what was scanned or typed. The number of a
 * mobile-money account may be written as phone.h reads it. Always fills
 * *out; all of it empty unless the answer is ACCOUNT_FINE.
 */
enum account_fault account_check(const char *bin, const char *number,
	struct account *out);

/* "bad_number", "momo": the codes for scripts; WALLET_NONE is "". */
const char *account_fault_code(enum account_fault fault);
const char *account_note_code(enum account_note note);
const char *account_wallet_code(enum account_wallet wallet);

/*
 * A holder's name as banks keep it: capitals without marks, Đ as D, without
 * ' ’ - ` and ~, blanks single. False, and out "", if a letter is not Latin
 * or it does not fit.
 */
bool account_name_fold(const char *name, char *out, size_t size);

/*
 * Compare the name on the card with the holder's. As viet_compare(), and
 * ALIKE also if they are the same as banks fold them, but for blanks and the
 * order of words. Only a person may take ALIKE for the same. Of a name that
 * is DIFFERENT from one without any marks, only the letters get a flag.
 */
enum viet_verdict account_compare_names(const char *card, const char *holder,
	bool *differs, size_t max);

/* The same, but EQUAL if they are the same as banks fold them: a bank never
 * has marks, so that is the most that can be expected. */
enum viet_verdict account_names_fit(const char *owner, const char *holder);

#endif
