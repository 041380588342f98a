/*
 * outbox_internal.h - what the files of the outbox know of each other.
 */
#ifndef DB_OUTBOX_INTERNAL_H
#define DB_OUTBOX_INTERNAL_H

#include "db/outbox.h"

/* May anything of this store leave it? */
bool outbox_may_leave(const struct db *db);

bool outbox_is_joined(struct db *db, bool *joined, struct err *err);

/*
 * Tables ack and state beside the journal: *told if they have as many
 * UPLOAD_ACK records, and what the last of them says. After END the table may
 * know more than the journal.
 */
bool outbox_check(struct db *db, uint64_t acks, uint64_t acked, bool *told,
	struct err *err);

#endif
