/* verify_args.h - the command line of chitra-verify. */
#ifndef DB_VERIFY_VERIFY_ARGS_H
#define DB_VERIFY_VERIFY_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum {
	VERIFY_ARGS_ROSTERS = 64
};

/* Paths and texts point into argv; NULL: not given. */
struct verify_args {
	bool help;
	bool checks;
	bool json;
	bool records;
	bool future;
	bool progress;
	uint64_t from; /* 1 if not given */
	uint64_t to;   /* UINT64_MAX if not given */
	const char *keys;
	const char *checkpoints;
	const char *receipts;
	const char *revlist;
	const char *roster[VERIFY_ARGS_ROSTERS];
	int rosters;
	const char *salvage;
	const char *path;
	const char *paper; /* of "chitra-verify receipt" */
};

bool verify_args_read(int argc, char **argv, struct verify_args *out,
	struct err *err);

#endif
