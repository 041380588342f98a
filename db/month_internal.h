/*
 * month_internal.h - a month of records, and the few keys that are counted by
 * month, read without the rest of the record. Pure.
 */
#ifndef DB_MONTH_INTERNAL_H
#define DB_MONTH_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds that are counted by month. */
enum {
	MONTH_ACCOUNT = 31,
	MONTH_WITHDRAWN = 33,
	MONTH_VISIT = 35
};

struct month_record {
	uint64_t kind;
	int64_t t;
	uint64_t reason; /* key 17; 0: none */
	uint64_t result; /* key 28; 0: none */
	uint64_t agreed; /* key 35: what of the purposes is agreed to */
};

/* Kinds as bits: all are less than 64. */
#define MONTH_KIND(kind) (UINT64_C(1) << (kind))
#define MONTH_ALL UINT64_MAX

/*
 * False: it is no record, or of another kind, which is seen at its fourth key:
 * most are not read to their end.
 */
bool month_read(const void *body, size_t len, uint64_t kinds,
	struct month_record *out);

/* ms of its first moment, and of that behind it, at UTC+7. */
int64_t month_begin(int32_t period);
int64_t month_end(int32_t period);

/* Was this record made in it? */
bool month_has(int32_t period, const void *body, size_t len);

int32_t month_before(int32_t period);
int32_t month_after(int32_t period);

#endif
