/*
 * db.h - the store: opening it, checking it, doing several things as one.
 *
 * What is in the store has a header for each kind of thing: people.h,
 * payouts.h, users.h … A store is one data directory (mode 0700) with
 * chitra.db, the device's key file and the log. One process holds it at a
 * time. Threads: a struct db belongs to the thread that opened it.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/lookup.h"

struct db;

enum {
	DB_NAME_SIZE = 128,
	DB_CODE_SIZE = 32,
	DB_DEV_SIZE = 16,
	DB_SEALED_SIZE = 512
};

/*
 * Keeps the device's key (32 bytes) so that a copy of the disk does not have
 * it: a chip of this machine that turns the key into sealed bytes, of use to
 * that chip only, and back. ctx is the caller's. What an operation says in
 * *err is what db_create() and db_open_kept() fail with.
 */
struct db_keeper {
	bool (*seal)(void *ctx, const uint8_t *key,
		uint8_t sealed[DB_SEALED_SIZE], struct err *err);
	bool (*unseal)(void *ctx, const uint8_t sealed[DB_SEALED_SIZE],
		uint8_t *key, struct err *err);
	void *ctx;
};

/* What `chitra init` is told. */
struct db_setup {
	char point[DB_CODE_SIZE];  /* code of the payout point */
	char name[DB_NAME_SIZE];   /* its name, as printed on receipts */
	char unit[DB_NAME_SIZE];   /* who pays; "" for the default */
	const uint8_t *centre_key; /* X25519 public key, 32 bytes; NULL: one
				      whose secret is kept nowhere, but of a
				      demo in centre.key */
	/* Where the device's key is to be kept: the whole path of a file on a
	 * disk that can be taken out. NULL: DIR/device.key. */
	const char *device_key;
	/* Or it is sealed, and DIR/device.tpm has the sealed bytes. */
	const struct db_keeper *keeper;
	/* Ed25519 key of its lists of revoked users, 32 bytes; NULL: none. */
	const uint8_t *centre_sign_key;
	bool demo;
	/* 16 bytes, id of the terminal that this store is for training at: its
	 * own id is worked out from it (V38). NULL: a fresh id. */
	const uint8_t *training_of;
	/* "2:3": a list is paid from two months before its own to three
	 * after it. "": that, too. */
	char list_window[16];
	char hours[16];         /* "07:00-17:30"; "": always (signs.h) */
	uint32_t pin_kibibytes; /* Argon2id memory; 0: measured here */
};

/*
 * Make a new store in dir (created if need be): device identity, keys, the
 * START record. ERR_INVALID if there is one already.
 */
bool db_create(const char *dir, const struct db_setup *setup, struct err *err);

/*
 * Open the store in dir, bring its schema up to date, and check it: WAL and
 * synchronous really on, schema known to the last trigger, chain, signatures
 * and totals verified since the last verified mark (which is locked with the
 * device secret), table state and every live row of paid as the journal has
 * them. ERR_GONE: no store there, run init. ERR_BUSY: another process has
 * it. ERR_CORRUPT: a check failed, or it is from a newer program; the text
 * says which check. Nothing is ever mended silently. What takes longer than
 * a start may take is in db_check().
 */
struct db *db_open(const char *dir, struct err *err);

/* The same, of a store whose device's key may be sealed. db_open() has no
 * keeper: ERR_GONE if one is needed. */
struct db *db_open_kept(const char *dir, const struct db_keeper *keeper,
	struct err *err);

/*
 * Is the device's key kept elsewhere, and that disk not there? Then db_open()
 * fails with ERR_GONE, and where says what is missing.
 */
bool db_key_is_away(const char *dir, char *where, size_t size);

/*
 * Everything that takes time: quick_check of the whole file, the chain from
 * the first record, derived tables against the journal. For `selftest` and
 * the opening of a shift. ERR_CORRUPT: a check failed, the text says which.
 */
bool db_check(struct db *db, struct err *err);

/* Close the store. NULL is allowed. No transaction may be open. */
void db_close(struct db *db);

/*
 * Everything between db_begin() and the matching db_end(db, true) happens, or
 * none of it does. Calls nest; the outermost pair decides, and one db_end()
 * with ok false dooms all.
 */
bool db_begin(struct db *db, struct err *err);
bool db_end(struct db *db, bool ok, struct err *err);

/* Checkpoint the WAL now: call when idle, so that no payout waits for it. */
bool db_checkpoint(struct db *db, struct err *err);

/* Room on the disk, and what that means. */
struct db_room {
	uint64_t free_bytes; /* beside the reserve */
	bool reserve;        /* room for signing in and closing is put aside */
	bool enough;         /* to pay; else PAY is refused */
	bool low;            /* enough, but not for long: warn */
	bool read_only;      /* the disk may not be written to */
};
bool db_room(const struct db *db, struct db_room *out, struct err *err);

/* What the store is and where; lives as long as db. */
/*
 * The device's key, that was in a file, is sealed by keeper from now on, and
 * the file is gone. ERR_INVALID: it was in none. Whoever does it is signed in
 * as a supervisor: a CONFIG record, line "sealed", signed. Cut short, the next
 * start removes the file, and the same again writes a record that is missing.
 */
struct session;
bool db_seal_key(struct db *db, const struct session *s,
	const struct db_keeper *keeper, struct err *err);

struct db_info {
	char point[DB_CODE_SIZE];
	char name[DB_NAME_SIZE];
	char unit[DB_NAME_SIZE];
	uint8_t dev[DB_DEV_SIZE];
	char dev_hex[2 * DB_DEV_SIZE + 1];
	bool demo;
	bool training; /* beside a real one: nothing of it leaves here */
	bool evidence; /* restored from a backup: nothing is written */
	char dir[512];
	bool key_left; /* the device key is sealed, and in a file, too */
};
const struct db_info *db_info(const struct db *db);

#endif
