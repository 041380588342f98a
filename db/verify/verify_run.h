/*
 * verify_run.h - what chitra-verify does, but for reading its arguments.
 */
#ifndef DB_VERIFY_VERIFY_RUN_H
#define DB_VERIFY_VERIFY_RUN_H

#include <stdio.h>

#include "db/verify/verify_args.h"
#include "db/verify/vreport.h"

enum {
	VERIFY_ACCEPTED = 0,
	VERIFY_FINDINGS = 1,
	VERIFY_CANNOT = 2
};

/*
 * Verify, and write the result to out. False: something could not be read,
 * nothing was written. crypto_start() was called.
 */
bool verify_run(const struct verify_args *args, FILE *out, int *status,
	struct err *err);

#endif
