/* consents_internal.h - shared by the files of consents. Private to db/. */
#ifndef DB_CONSENTS_INTERNAL_H
#define DB_CONSENTS_INTERNAL_H

#include "db/consents.h"
#include "db/sealed_internal.h"

/* The texts of what is sealed in a row of consent. */
enum {
	CONSENT_ROW_BY, /* a digit, as the four below */
	CONSENT_ROW_HOW,
	CONSENT_ROW_ALOUD,
	CONSENT_ROW_COPY,
	CONSENT_ROW_RELATION,
	CONSENT_ROW_NAME,
	CONSENT_ROW_ID,
	CONSENT_ROW_PAPER,
	CONSENT_ROW_UNTIL, /* ISO */
	CONSENT_ROW_WITNESS,
	CONSENT_ROW_WITNESS_ID,
	CONSENT_ROW_TEXTS
};
_Static_assert((int)CONSENT_ROW_TEXTS <= (int)SEALED_TEXTS,
	"a row holds them all");

/* The key of texts of a person's data under which each says more. */
enum {
	CONSENT_PD_BY = 16,
	CONSENT_PD_HOW = 17,
	CONSENT_PD_WITNESS = 18,
	CONSENT_PD_WORDS = 19
};

/* YYYYMMDD of a time at UTC+7. */
int32_t consents_day(int64_t ms);

/* "CC1:…" of a record of this device. */
void consents_qr(const uint8_t dev[DB_DEV_SIZE], uint64_t seq,
	const uint8_t h[CRYPTO_HASH_SIZE], char out[CONSENT_QR_SIZE]);

/* Clean in place: false if it is no text that may be kept. */
bool consents_clean(char *text, size_t size);

/* Is that whoever speaks, with what he has to show? REFUSED_CONSENT and the
 * lack; REFUSED_PAPER_OVER. Its texts are cleaned. */
enum verdict consents_party(const struct person *p, struct consent_party *party,
	struct refusal *why);

/* The person; REFUSED_NOT_FOUND, also when he was erased. */
enum verdict consents_person(struct db *db, int64_t id, struct person *out,
	struct refusal *why, struct err *err);

#endif
