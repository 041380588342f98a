/* elsewhere_internal.h - shared by the files of paid marks. Private to db/. */
#ifndef DB_ELSEWHERE_INTERNAL_H
#define DB_ELSEWHERE_INTERNAL_H

#include "db/elsewhere.h"

struct elsewhere_list {
	int64_t id;
	int32_t period;
	uint8_t sha256[CRYPTO_HASH_SIZE];
};

/*
 * Of period, 0 the newest, list number which; *lists: how many there are. Or,
 * if id is given, the one whose hash begins with it, of any period.
 */
enum lookup elsewhere_list(struct db *db, int32_t period, int which,
	const uint8_t *id, struct elsewhere_list *out, int *lists,
	struct err *err);

/* The key of a terminal that is known here. */
enum lookup elsewhere_peer(struct db *db, const uint8_t dev[MARKS_DEV_SIZE],
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err);

/* As that one, if it was not taken out. REFUSED_MARKS_PEER,
 * REFUSED_PEER_GONE; prior.point is the caller's. */
enum verdict elsewhere_believed(struct db *db,
	const uint8_t dev[MARKS_DEV_SIZE], uint8_t key[CRYPTO_PUBLIC_SIZE],
	struct refusal *why, struct err *err);

/* Was it taken out? */
enum lookup elsewhere_gone(struct db *db, const uint8_t dev[MARKS_DEV_SIZE],
	struct err *err);

/* rsum of the CONFIG record that takes it out. */
void elsewhere_drop_line(const uint8_t dev[MARKS_DEV_SIZE], enum peer_why why,
	uint8_t sum[CRYPTO_HASH_SIZE]);

/* Record seq, a CONFIG that came back from the centre, may take one out. */
bool elsewhere_drop_again(struct db *db, uint64_t seq,
	const uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err);

/* Its first six letters, as papers have it. */
void elsewhere_short_id(const uint8_t dev[MARKS_DEV_SIZE], char *out,
	size_t size);

/*
 * *told: table mark_set has count messages, each that of a MARKS record; table
 * paid_elsewhere has all that they mark, and nothing else.
 */
bool elsewhere_check(struct db *db, uint64_t count, bool *told,
	struct err *err);

#endif
