/*
 * receipt_check.h - one receipt or Z slip, by the keys of the office alone.
 */
#ifndef DB_VERIFY_RECEIPT_CHECK_H
#define DB_VERIFY_RECEIPT_CHECK_H

#include <stdio.h>

#include "db/verify/verify_args.h"

/* As verify_run(), for args->paper. */
bool receipt_check(const struct verify_args *args, FILE *out, int *status,
	struct err *err);

#endif
