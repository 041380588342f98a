/*
 * failcall.h - calls to SQLite and to the file system that fail on demand.
 *
 * faultvfs.h is a bad disk, and what SQLite makes of it; this is for the
 * branches behind it: each single step, exec, prepare, open, read, write,
 * sync, rename … that our own objects call returns its error, without having
 * been carried out. Only where the program is linked with the --wrap options
 * of FAILCALL (Makefile); elsewhere nothing here may be used.
 */
#ifndef TESTS_SUPPORT_FAILCALL_H
#define TESTS_SUPPORT_FAILCALL_H

#include <stdbool.h>

enum failcall_whose {
	FAILCALL_SQL,
	FAILCALL_PREPARE, /* of these only those that prepare a statement, */
	FAILCALL_FIRST,   /* or only the first step of each */
	FAILCALL_FILE,
	FAILCALL_STREAM, /* fwrite, fflush: without the stream's own mark */
	FAILCALL_COUNT,
};

struct failcall {
	enum failcall_whose whose;
	int code;  /* SQLITE_IOERR …, or ENOSPC … */
	int n;     /* the n-th from now on; 0: none */
	bool once; /* and those after it work again */
};

void failcall_set(const struct failcall *f);

/* All work again. Returns whether one has failed. */
bool failcall_end(void);

#endif
