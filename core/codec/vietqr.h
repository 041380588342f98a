/*
 * vietqr.h - the QR code of a bank account, read and written.
 *
 * VietQR is NAPAS's use of the EMVCo merchant-presented code ("QR format
 * IBFT", 1.5.2): tag 38 has the BIN and the number, 54 an amount, 62 the
 * purpose, 63 a CRC over everything. Both the CRC and every length are
 * checked, in bytes: published samples have a good CRC around wrong lengths,
 * and money would go to a number cut short. What is no transfer to an account
 * or a card is refused with its reason, never guessed at.
 *
 * Read: tags in any order, 00 first and 63 last; small letters in the CRC;
 * text as UTF-8. Written: ASCII, capitals, the order of the samples.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_VIETQR_H
#define CORE_CODEC_VIETQR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/account.h"
#include "core/err.h"

enum {
	VIETQR_SIZE = 513,      /* EMVCo: at most 512, and the NUL */
	VIETQR_TEXT_SIZE = 304, /* 99 bytes of a value after NFC */
	VIETQR_MAX_TEXT = 25,   /* characters that we write into one value */
	VIETQR_MAX_NUMBER = 19
};

#define VIETQR_MAX_AMOUNT INT64_C(9999999999999) /* 13 digits */

/* What is wrong with it. Sentences: terminal/flows/account_text.h. */
enum vietqr_verdict {
	VIETQR_OK,
	VIETQR_EMPTY,
	VIETQR_TOO_LONG, /* over 512 bytes: no payment code */
	VIETQR_TWO,      /* two different codes in one buffer */
	VIETQR_IS_CARD,  /* an ID card */
	VIETQR_IS_BHYT,  /* a health-insurance card */
	VIETQR_IS_RECEIPT,
	VIETQR_IS_URL,
	VIETQR_NOT_PAYMENT, /* no EMVCo code at all */
	VIETQR_BAD_CRC,     /* or none: a part was read wrong or is missing */
	VIETQR_BAD_LENGTH,  /* lengths do not add up */
	VIETQR_REPEATED,    /* a tag comes twice */
	VIETQR_BAD_FORMAT,  /* 00 not first, 63 not last, 01 not 11 or 12 */
	VIETQR_IS_VNPAY,    /* a merchant's code of VNPAY */
	VIETQR_IS_PUSH,     /* a merchant's code of NAPAS (QRPUSH) */
	VIETQR_NOT_TRANSFER,
	VIETQR_INCOMPLETE, /* BIN, number, service, currency, country */
	VIETQR_BAD_CURRENCY,
	VIETQR_BAD_COUNTRY,
	VIETQR_BAD_AMOUNT,
	VIETQR_BAD_TEXT,    /* no UTF-8, or control characters */
	VIETQR_BAD_ACCOUNT, /* see fault */
	VIETQR_VERDICT_COUNT,
};

struct vietqr {
	struct account account;
	enum account_fault fault;         /* with VIETQR_BAD_ACCOUNT */
	bool to_card;                     /* QRIBFTTC: number of a card */
	bool dynamic;                     /* made for one payment */
	int64_t amount;                   /* 0: the payer decides */
	char bill[VIETQR_TEXT_SIZE];      /* "" in this and below: none */
	char reference[VIETQR_TEXT_SIZE]; /* wallets put their own here */
	char purpose[VIETQR_TEXT_SIZE];
	char name[VIETQR_TEXT_SIZE]; /* of the holder or merchant (tag 59) */
};

/*
 * Read bytes as they came from scanner or decoder. Always fills *out; all of
 * it but fault empty unless the answer is VIETQR_OK.
 */
enum vietqr_verdict vietqr_read(const void *bytes, size_t len,
	struct vietqr *out);

/* "bad_crc": for scripts. Merchants' codes are "not_transfer" like others. */
const char *vietqr_code(enum vietqr_verdict verdict, enum account_fault fault);

/*
 * Write the code: account, to_card, dynamic, amount, bill, reference and
 * purpose; texts are folded to ASCII, case kept. ERR_INVALID: an account that
 * account_check() refuses, more than 19 characters of number or 25 of text,
 * a letter that is not Latin, an amount below 0 or over 13 digits.
 */
bool vietqr_make(const struct vietqr *q, char out[VIETQR_SIZE],
	struct err *err);

/* CRC-16/CCITT-FALSE, as tag 63 has it. */
uint16_t vietqr_crc(const void *bytes, size_t len);

#endif
