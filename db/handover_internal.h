/* handover_internal.h - shared by the files of hand-overs. Private to db/. */
#ifndef DB_HANDOVER_INTERNAL_H
#define DB_HANDOVER_INTERNAL_H

#include "db/ents_internal.h"
#include "db/handover.h"

/* The newest move of an entitlement. */
struct handover_row {
	uint64_t seq;
	int hop;
	bool away;
};
enum lookup handover_get(struct db *db, const uint8_t ent[ENT_SIZE],
	struct handover_row *out, struct err *err);

/* It is that from now on. */
bool handover_put(struct db *db, const uint8_t ent[ENT_SIZE],
	const struct handover_row *row, struct err *err);

/* May anybody hand over or take here now? */
enum verdict handover_may(struct db *db, const struct session *s,
	struct refusal *why, struct err *err);

/* *told: table handover is what the records come to, nothing else. */
bool handover_check(struct db *db, const struct ents *moves, bool *told,
	struct err *err);

#endif
