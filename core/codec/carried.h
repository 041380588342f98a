/*
 * carried.h - records and their sealed data inside a batch or a page.
 *
 * What a terminal sends (batch.h) and what comes back to it (tail.h) carry
 * them alike: an array of [body, signature] and a map from a record's number
 * to what is sealed of it (journal.md 8). Both are signed over the map of
 * their first keys alone. What is read is borrowed. Pure; any thread.
 */
#ifndef CORE_CODEC_CARRIED_H
#define CORE_CODEC_CARRIED_H

#include "core/codec/batch.h"
#include "core/codec/cbor.h"

void carried_put_records(const struct batch_record *record, size_t count,
	struct buf *out);
void carried_put_pds(const struct batch_pd *pd, size_t count, struct buf *out);

/* At most BATCH_MAX_RECORDS each. False: something else is there. */
bool carried_get_records(struct cbor_reader *in, struct batch_record *record,
	size_t *count);
bool carried_get_pds(struct cbor_reader *in, struct batch_pd *pd,
	size_t *count);

/* What is wrong between records from, from + 1 ... and their sealed data
 * (static text), or NULL. */
const char *carried_wrong(const struct batch_record *record, size_t records,
	const struct batch_pd *pd, size_t pds, uint64_t from);

/* SHA-256 of the map of so many pairs, which are keys[0..len); pairs < 24. */
void carried_digest(unsigned pairs, const uint8_t *keys, size_t len,
	uint8_t out[CRYPTO_HASH_SIZE]);

#endif
