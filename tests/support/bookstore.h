/*
 * bookstore.h - a store in a directory of its own, with users and people.
 *
 * Users: 7 Lan and 8 Minh are agents, 1 Hoa and 2 Tuan supervisors, 5 Dung
 * staff, 9 Ky technician. People are put in by SQL, so that tests of the book
 * do not stand on the reading of lists.
 */
#ifndef TESTS_SUPPORT_BOOKSTORE_H
#define TESTS_SUPPORT_BOOKSTORE_H

#include "db/payouts.h"
#include "db/shifts.h"

enum {
	BOOKSTORE_PERIOD = 202612
};

struct bookstore {
	char dir[256];
	struct db *db;
	struct session lan;
	struct session minh;
	struct session hoa;
	struct session tuan;
	struct session dung;
	struct session ky;
	uint64_t payout; /* the newest one, where a test goes on from it */
	uint8_t key[CRYPTO_KEY_SIZE]; /* the store's data key */
	bool has_key;
};

/* A new store, open, everybody signed in. Fails the test if it cannot. */
void bookstore_make(struct bookstore *b);

/* Close it and open it again: what a restart sees. Everybody is still signed
 * in, so that what they do next needs no record before it. */
void bookstore_restart(struct bookstore *b);

/*
 * The files as they are now, into a new directory: what a process killed at
 * this moment leaves. The store stays open.
 */
void bookstore_image(const struct bookstore *b, char *dir, size_t size);

/*
 * Throw the handle away without any orderly end, as kill -9 does, and leave
 * the files in another directory, which is b's from then on. Not opened.
 */
void bookstore_crash(struct bookstore *b);

/* Open what lies in b's directory. */
void bookstore_open(struct bookstore *b);

/* Close and remove all of it. */
void bookstore_remove(struct bookstore *b);

/* Money of one kind for person id (made if need be) on the list of period. */
void bookstore_due(struct bookstore *b, int64_t id, enum ent_what what,
	int32_t period, int64_t amount, bool by_account);

/* Run SQL on the open store, as a thief with sqlite3 would. */
void bookstore_sql(struct bookstore *b, const char *sql);

/*
 * The same, with the triggers of the journal out of the way meanwhile, and
 * put back just as they were.
 */
void bookstore_tamper(struct bookstore *b, const char *sql);

/* The SQL that made a table or trigger. */
void bookstore_schema(struct bookstore *b, const char *name, char *out,
	size_t size);

/* The first column of the first row. */
int64_t bookstore_number(struct bookstore *b, const char *sql);

/* Lan opens a shift with so many notes of 500,000. */
void bookstore_shift(struct bookstore *b, int32_t notes);

/* Lan pays person id all that is due to him, and nothing may be wrong. */
void bookstore_pay(struct bookstore *b, int64_t id, struct payout *out);
void bookstore_hand(struct bookstore *b, uint64_t seq);

/* Does the whole book hold, by db_check()? Fails the test with its text. */
void bookstore_must_hold(struct bookstore *b);

#endif
