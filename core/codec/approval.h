/*
 * approval.h - a second person's word as text for a QR: asked, answered.
 *
 * The terminal that needs it shows a request (CA1), the second person's own
 * terminal says in words what it is and shows the answer (CA2). His key comes
 * to the first terminal once, on a card (CU1). Binary form: db/FORMATS.md;
 * golden vectors in tests/data/approval_vectors.txt. Each text fits a QR of 37
 * modules, which fits a screen of 40x24. Pure; any thread.
 */
#ifndef CORE_CODEC_APPROVAL_H
#define CORE_CODEC_APPROVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	APPROVAL_NONCE_SIZE = 8,
	APPROVAL_DEV_SIZE = 16,
	APPROVAL_PERSON_SIZE = 29, /* 28 bytes of text */
	APPROVAL_TEXT_SIZE = 160,  /* 154 letters: the prefix and base45 */
	APPROVAL_SHORTAGE = 128    /* with the reason of an OVER_SHORT */
};

struct approval_request {
	uint64_t kind;   /* of the record, journal.md 2 */
	uint64_t reason; /* its key 17, of a PAY its key 20; 0: none */
	int64_t amount;  /* đồng, 40 bits */
	int64_t actor;   /* who asks */
	int64_t t;       /* key 5 of the record */
	uint8_t nonce[APPROVAL_NONCE_SIZE];
	uint8_t dev[APPROVAL_DEV_SIZE];
	uint8_t digest[CRYPTO_HASH_SIZE];  /* what keys 18 and 19 sign */
	char person[APPROVAL_PERSON_SIZE]; /* masked; "": nobody */
};

struct approval_answer {
	uint8_t nonce[APPROVAL_NONCE_SIZE];
	int64_t number; /* of who answers */
	uint8_t sig[CRYPTO_SIG_SIZE];
};

/* The key that a user approves with from a terminal of his own. */
struct approval_card {
	int64_t number;
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE]; /* by that key: he has it */
};

/*
 * As text, and back. Strict: what was not written here is refused; the person
 * is plain text. A line end behind it, as scanners add, is no matter.
 */
void approval_request_text(const struct approval_request *r,
	char out[APPROVAL_TEXT_SIZE]);
bool approval_request_parse(const char *text, struct approval_request *out);
void approval_answer_text(const struct approval_answer *a,
	char out[APPROVAL_TEXT_SIZE]);
bool approval_answer_parse(const char *text, struct approval_answer *out);

/* The card is signed here, and a wrong signature is no card. */
void approval_card_text(int64_t number, const struct crypto_pair *pair,
	char out[APPROVAL_TEXT_SIZE]);
bool approval_card_parse(const char *text, struct approval_card *out);

/* Is it the text of one of the three, right or wrong? 'R' a request, 'A' an
 * answer, 'C' a card, 0 none. */
char approval_kind_of(const char *text);

/* "N. T. ĐẸP 4578": initials, given name, last digits; cut if need be. */
void approval_person(const char *name, const char *id12,
	char out[APPROVAL_PERSON_SIZE]);

#endif
