/*
 * entry.h - one record of a book, as far as the centre looks into it.
 *
 * The form, the keys that every record has, and those that tell of keys and
 * of money. Whether all of it makes sense (V03, V12 to V40) is for
 * chitra-verify: a signed record that the centre does not understand yet, of
 * a newer terminal, is one that must not be lost. Pure; bytes are borrowed.
 */
#ifndef DB_CENTRE_ENTRY_H
#define DB_CENTRE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/batch.h"
#include "core/codec/cbor.h"

enum entry_kind {
	ENTRY_START = 1,
	ENTRY_KEYROLL = 2,
	ENTRY_PAY = 10,
	ENTRY_HANDED = 12,
	ENTRY_VOID = 13,
	ENTRY_REPRINT = 14,
	ENTRY_FLOAT_IN = 20,
	ENTRY_FLOAT_OUT = 21,
	ENTRY_RELEASE = 43,
	ENTRY_ACQUIRE = 44,
	ENTRY_FAULT_END = 51,
	ENTRY_END = 60,
};

enum {
	ENTRY_SIGFAIL = 1, /* of key 20: it has no signature */
	ENTRY_TOTALS = 6
};

struct entry {
	uint64_t has; /* bit by key, of the keys below 64 */
	uint8_t dev[BATCH_DEV];
	uint64_t seq;
	uint64_t kind;
	uint64_t t;
	uint64_t actor;
	uint64_t shift;
	int64_t tot[ENTRY_TOTALS];
	uint64_t ref;
	uint64_t amount;
	uint64_t flags;
	uint8_t kpub[CRYPTO_PUBLIC_SIZE];
	size_t items; /* of key 27 */
	struct cbor_reader item;
};

bool entry_has(const struct entry *e, int key);

/*
 * Read a body. 0: it is good; else the number of the check that it fails: 2
 * it is no canonical CBOR, 3 a key that every record (or this kind) has is not
 * there, 36 a value is not what its key says.
 */
int entry_read(const void *body, size_t len, struct entry *out);

/* The value of any other key that is a number; false: it has none. Nothing of
 * a record depends on it: for reports. */
bool entry_number(const void *body, size_t len, uint64_t key, uint64_t *out);

/* The same of one that is just so many bytes. */
bool entry_bytes(const void *body, size_t len, uint64_t key, void *out,
	size_t size);

/* The entitlement of the next of its items. */
void entry_next_item(struct entry *e, uint8_t ent[16]);

/* What it adds to the totals of the record before. */
void entry_count(const struct entry *e, int64_t tot[ENTRY_TOTALS]);

#endif
