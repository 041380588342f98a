/* db_internal.h - what the files of db/ know of each other. */
#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/notes.h"
#include "db/db.h"
#include "db/moved.h"
#include "db/watch.h"

enum {
	DB_MAX_SETS = 96,
	DB_MAX_STMTS = 32,
	DB_MAX_PRINTING = 16,
	DB_MAX_BARRED = 512,
	DB_PATH_SIZE = 600,
	DB_MACHINE_SIZE = 65 /* hex of a SHA-256 */
};

/* The drawer by banknote, as far as it was read: payouts_notes.c. */
struct drawer_notes {
	int64_t shift; /* 0: nothing was read */
	uint64_t seq;  /* of the newest record that is counted in */
	struct notes_stock stock;
	struct {
		uint64_t seq; /* PAY that is not answered yet; 0: none */
		int64_t amount;
		bool told; /* notes are */
		struct notes notes;
	} paying;
};

/* Who wants to know how far long work is: watch_internal.h. */
struct db_watching {
	struct db_watch watch; /* ask NULL: nobody */
	struct far far;
	char path[DB_PATH_SIZE]; /* a file whose size tells; "" */
	int steps;               /* since the last look */
	bool stopped;
};

struct db {
	sqlite3 *handle;
	int lock_fd; /* DIR/lock, held as long as the store is open */
	int depth;   /* how many db_begin() are open */
	bool doomed; /* one of them ended badly: roll back at the end */
	/* A COMMIT failed: what is on the disk is not known. The handle is
	 * opened anew before anything else is asked of it. */
	bool suspect;
	struct err lost; /* why that could not be done the last time */
	struct db_info info;
	int list_before; /* months around its own in which a list is paid: */
	int list_after;  /* window_internal.h */
	uint8_t boot[CLOCK_BOOT_ID_SIZE]; /* read once: it stays */
	uint64_t least_free; /* bytes on the disk that a PAY wants to see */
	/* PAYs whose paper this very process has begun, 0: none; of others,
	 * after a crash, nobody knows how far the printer came. A slow printer
	 * may have several waiting. */
	uint64_t printing[DB_MAX_PRINTING];
	uint8_t secret[CRYPTO_KEY_SIZE]; /* of DIR/device.key */
	bool has_office; /* while a list is read: office_key_internal.h */
	uint8_t office[CRYPTO_KEY_SIZE];
	struct datakey *key; /* datakey_internal.h; NULL: nobody signed in */
	uint8_t device_public[CRYPTO_PUBLIC_SIZE]; /* D0 */
	uint8_t centre[CRYPTO_PUBLIC_SIZE];        /* personal data go to it */
	sqlite3_stmt *stmt[DB_MAX_SETS][DB_MAX_STMTS];
	uint64_t lost_tail; /* FAULT_BEGIN of a frozen book, 0: proof.h */
	enum moved moved;   /* is this the machine it knows? */
	/* Revoked since the store was opened: their sessions are worth nothing
	 * any more. */
	int64_t barred[DB_MAX_BARRED];
	int barreds;
	struct approval
		*hold;  /* approvals.h: asked or answered; NULL: neither */
	int64_t denied; /* user whose role may not: roles_internal.h; 0: none */
	bool ended;     /* the END record was written */
	bool evidence;  /* a restored copy: backup.h */
	struct people_cache *people; /* people_internal.h; NULL: none yet */
	struct drawer_notes drawer;
	bool reads_only;     /* reader.h */
	atomic_bool stopped; /* nothing is answered any more: the same */
	struct db_watching watching;
};

/* tx.c: set *err from the last SQLite error on this handle. Returns false. */
bool db_failed(struct db *db, const char *doing, struct err *err);

/* tx.c: carry out fixed SQL that returns no rows. */
bool db_run(struct db *db, const char *sql, struct err *err);

/*
 * tx.c: many reads as one, which saves the file locks around each. Nothing
 * may be written between the two; begin fails without needing an end.
 */
bool db_read_begin(struct db *db, struct err *err);
void db_read_end(struct db *db);

/* migrate.c: apply each file of db/schema/ not yet applied, in order. */
bool db_migrate(struct db *db, struct err *err);

/* migrate.c: is there any schema in it already? */
bool db_is_used(struct db *db, bool *used, struct err *err);

/* migrate.c: the number of the newest file of db/schema/. */
int db_schema_newest(void);

/*
 * migrate.c: is the schema of the open file, to the last trigger, what the
 * files of db/schema/ up to its version make? ERR_CORRUPT if not.
 */
bool db_schema_is_ours(struct db *db, struct err *err);

/* stmt.c: prepare, and finalize, all statements of all sets. */
bool db_prepare_all(struct db *db, struct err *err);
void db_finalize_all(struct db *db);

/* handle.c: the SQLite handle, set up as journal.md 4 says. */
bool db_handle_open(struct db *db, struct err *err);
void db_handle_close(struct db *db);

/*
 * handle.c: a process that was killed may have left records in the log that
 * it had not synced yet. They are there for whoever asks now, and must not be
 * gone after a power cut: before the first answer they are synced, and
 * brought into the file. An empty log costs nothing.
 */
bool db_log_keep(struct db *db, struct err *err);

/*
 * handle.c: may the store be asked? After a failed COMMIT it is first opened
 * anew, so that recovery of the log decides, and what that found is brought
 * from the log into the file: a sync that failed once says nothing about the
 * log any more, however often it is asked again. Until that has worked there
 * is no answer. Everything that reads or writes comes by here.
 */
bool db_ready(struct db *db, struct err *err);

/* users.c: how hard PINs are to try; kibibytes 0: measured here. */
bool users_set_pin_cost(struct db *db, uint32_t kibibytes, struct err *err);

/* settings.c: "" if it was never set. */
bool setting_get(struct db *db, const char *name, char *out, size_t size,
	struct err *err);
bool setting_put(struct db *db, const char *name, const char *value,
	struct err *err);

#endif
