/* limits_internal.h - the line of a limit, in a record and in the table. */
#ifndef DB_LIMITS_INTERNAL_H
#define DB_LIMITS_INTERNAL_H

#include "db/limits.h"
#include "db/record_internal.h"

/* A CONFIG record that tells of a limit: signed, its hash that of its line. */
bool limits_of_record(const struct record *r, enum limit *l, int64_t *value);

/* "limit single 20000000" */
const char *limits_line(enum limit l, int64_t value,
	char out[RECORD_LINE_SIZE]);

/* *told: table limit_change names count records, each of them such a line. */
bool limits_check(struct db *db, uint64_t count, bool *told, struct err *err);

#endif
