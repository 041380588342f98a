/*
 * keeper.h - opens stores for all of app: with the TPM of this machine where
 * the device's key is sealed by it, and a sentence where the key is not at
 * hand.
 *
 * Threads: before others are started (drivers/tpm/tpm.h). Blocking: about a
 * second if there is a TPM to ask, else as db_open().
 */
#ifndef TERMINAL_APP_KEEPER_H
#define TERMINAL_APP_KEEPER_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"

struct keeper {
	struct db_keeper with; /* for db_setup */
	bool sealing;
	enum err_code trouble; /* ERR_NONE: the TPM has not failed */
};

/* It has its own address in it: not to be moved. */
void keeper_init(struct keeper *k);

/* db_open_kept() with it. */
struct db *keeper_open(struct keeper *k, const char *dir, struct err *err);

/*
 * After a store was not made or not opened: was it for its key? Then *code is
 * for scripts (static) and out has the sentence.
 */
bool keeper_says(const struct keeper *k, const char *dir, const char **code,
	char *out, size_t size);

#endif
