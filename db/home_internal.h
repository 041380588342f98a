/*
 * home_internal.h - the data directory: its lock, the device secret, modes.
 *
 * DIR/device.key holds 32 random bytes (0600) that everything secret in the
 * store is locked with; it lies beside the store, not in it. DIR/device.tpm
 * holds them sealed, instead: then a keeper (db.h) has to open it. DIR/lock has
 * the number of the process that has the store open.
 */
#ifndef DB_HOME_INTERNAL_H
#define DB_HOME_INTERNAL_H

#include "core/crypto.h"
#include "db/db.h"

/* Make the directory and those above it, mode 0700. */
bool home_make(const char *dir, struct err *err);

/* ERR_GONE: no such directory. ERR_BUSY: another process, named in the text. */
bool home_lock(const char *dir, int *fd, struct err *err);
void home_unlock(int fd);

/* ERR_GONE if there is no such file in it. */
bool home_has(const char *dir, const char *file, struct err *err);

/* An empty file of mode 0600, if it is not there yet. */
bool home_file_make(const char *dir, const char *file, struct err *err);

/* Write a small file (0600) and sync it: whole or not at all. */
bool home_file_write(const char *dir, const char *file, const void *bytes,
	size_t len, struct err *err);

/* Read one; FAILED if it is not of that length. */
enum lookup home_file_read(const char *dir, const char *file, void *out,
	size_t len, struct err *err);

/* The device secret: a new one unless there is one; read the one there. where:
 * it is kept in that file, and dir has a link to it. keeper: it is sealed by
 * that. Both NULL: in dir. ERR_INVALID: it is there, and kept otherwise. */
bool home_secret_make(const char *dir, const char *where,
	const struct db_keeper *keeper, uint8_t out[CRYPTO_KEY_SIZE],
	struct err *err);

/*
 * left: it is sealed, and a file of it lies there all the same. What a sealing
 * that was cut short had not done yet is done first.
 */
bool home_secret_read(const char *dir, const struct db_keeper *keeper,
	uint8_t out[CRYPTO_KEY_SIZE], bool *left, struct err *err);

/*
 * The secret that is kept in a file is sealed, too, and was opened again. Then
 * the file is dropped: overwritten and removed, also where a link leads. Cut
 * short between them, or in the second, the next home_secret_read() ends it.
 */
bool home_secret_seal(const char *dir, const struct db_keeper *keeper,
	const uint8_t key[CRYPTO_KEY_SIZE], struct err *err);
bool home_secret_drop(const char *dir, struct err *err);

/* Is there a file of it? */
bool home_secret_is_bare(const char *dir);

/* Has dir one, whether it can be read or not? A lost link counts as none. */
bool home_secret_is_there(const char *dir);

/* Is it kept elsewhere, and not there now? where: in any case of the first. */
bool home_secret_away(const char *dir, char *where, size_t size);

/* Make the names in dir durable. */
bool home_sync(const char *dir, struct err *err);

/* Bytes that may still be written there, if it may be written to at all. */
bool home_room(const char *dir, uint64_t *free_bytes, bool *read_only,
	struct err *err);

#endif
