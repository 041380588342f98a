/*
 * meter.h - what the centre counts and times, as Prometheus reads it.
 *
 * Any thread may add; what is read is of about the same moment.
 */
#ifndef DB_CENTRE_METER_H
#define DB_CENTRE_METER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "db/centre/store.h"

/* The texts are those of metrics[] in meter.c. */
enum counted {
	COUNT_ACK,
	COUNT_DUP,
	COUNT_GAP,
	COUNT_FORK,
	COUNT_WRONG,
	COUNT_REVOKED,
	COUNT_UNKNOWN,
	COUNT_NO_BATCH,
	COUNT_TOO_LARGE,
	COUNT_LATER,
	COUNT_FULL,
	COUNT_RECORDS,
	COUNT_DOUBLES,
	COUNT_BYTES,
	COUNT_ENROLLED,
	COUNT_REFUSED,
	COUNT_OPENED,
	COUNT_PARCELS,
	COUNT_TAILS,
	COUNT_END
};

enum {
	METER_BUCKETS = 10
};

/* All zero: nothing yet. */
struct meter {
	atomic_ullong count[COUNT_END];
	/* Batches whose answer took that long; the last: longer. */
	atomic_ullong bucket[METER_BUCKETS + 1];
	atomic_ullong ms;
};

/* What is not counted, but is so now. */
struct meter_now {
	bool up; /* the store answers, and counts are its */
	struct store_counts counts;
	unsigned in_hand;
	unsigned in_hand_most;
};

void meter_add(struct meter *m, enum counted what, uint64_t n);
void meter_time(struct meter *m, long long ms);
const char *meter_label(enum counted what); /* "ack"; NULL: it has none */
void meter_write(struct meter *m, const struct meter_now *now, struct buf *out);

#endif
