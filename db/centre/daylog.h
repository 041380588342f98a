/*
 * daylog.h - a terminal's day as the centre holds it, record by record.
 *
 *	record  number, time, kind, shift, user, amount, of (the record that it
 *	        refers to), reason, result
 *	sum     terminal, point, day, records, payments, paid, voids, voided,
 *	        handed, float in, float out, lacking
 *
 * A day is one of UTC+7, by the clock of the terminal; numbers of reasons and
 * results are those of db/README.md, "Record kinds". Of a record that cannot
 * be read (of a kind that this centre does not know) there is what can be.
 */
#ifndef DB_CENTRE_DAYLOG_H
#define DB_CENTRE_DAYLOG_H

#include "core/date.h"
#include "db/centre/rows.h"
#include "db/centre/store.h"

struct daylog_sum {
	uint64_t records;
	uint64_t payments;
	uint64_t paid; /* dong */
	uint64_t voids;
	uint64_t voided;
	uint64_t handed;
	uint64_t float_in;
	uint64_t float_out;
	uint64_t lacking; /* records that it spoke of and that are not here */
};

/* The one terminal whose id in hex begins like that, with six digits at
 * least. ERR_INVALID: no such text, or several are. */
enum lookup daylog_terminal(struct store *s, const char *begin,
	struct store_device *out, struct err *err);

bool daylog_write(struct store *s, const struct store_device *d,
	struct date day, struct rows *out, struct daylog_sum *sum,
	struct err *err);

/* "PAY"; "?" for one that this centre does not know. */
const char *daylog_kind(uint64_t kind);

#endif
