/*
 * jfile.h - journal files, as db/FORMATS.md has them, read from a stream.
 *
 * One pass, one item at a time; nothing is sought. One thread.
 */
#ifndef DB_VERIFY_JFILE_H
#define DB_VERIFY_JFILE_H

#include <stdio.h>

#include "core/err.h"
#include "db/verify/audit.h"

/*
 * Walk a journal file to its end. Findings go to report. False: this is no
 * journal file, or it cannot be read (ERR_INVALID, ERR_IO, ERR_NO_MEMORY).
 */
bool jfile_walk(FILE *in, const struct audit_options *options,
	struct keyring *keys, struct evidence *evidence, struct vreport *report,
	struct err *err);

#endif
