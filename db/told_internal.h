/*
 * told_internal.h - does the book tell of everybody in table user?
 *
 * Who a user is, what he may do and which key is his stands in a CONFIG
 * record by the hash of a line; the table is what the program goes by. A row
 * that no record tells of was put or changed by another hand.
 */
#ifndef DB_TOLD_INTERNAL_H
#define DB_TOLD_INTERNAL_H

#include "db/db_internal.h"
#include "db/ents_internal.h"
#include "db/record_internal.h"

/* A CONFIG record with that sum was read. False: no memory. */
bool told_add(struct ents *told, const uint8_t rsum[CRYPTO_HASH_SIZE]);

/* What else CONFIG and REVLIST records say of users: the last day of one, the
 * key that the actor approves with, who is out. False: no memory. */
bool told_record(struct ents *told, const struct record *r);

/*
 * *all: there is a CONFIG record for every row of tables user and peer, and
 * one that says so for everybody revoked, and for nobody else.
 */
bool told_check(struct db *db, const struct ents *told, bool *all,
	struct err *err);

#endif
