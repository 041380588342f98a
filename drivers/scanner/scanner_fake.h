/*
 * scanner_fake.h - a scanner made of memory, for tests.
 *
 * It gives one piece a read, as the test wrote them, and fails on demand.
 * Its descriptor is -1, which poll() passes over.
 */
#ifndef DRIVERS_SCANNER_SCANNER_FAKE_H
#define DRIVERS_SCANNER_SCANNER_FAKE_H

#include "drivers/scanner/scanner_driver.h"

/* Make the n-th read from now (1 = the next) fail with code. */
struct scanner_fault {
	int in_reads; /* 0: no fault is pending */
	enum err_code code;
};

struct scanner_fake {
	struct scanner base;
	struct scanner_fault fault;
	const struct scanner_piece *piece; /* borrowed; read one by one … */
	int pieces;
	bool endless; /* … and the last one over and over */
	int reads;    /* so far */
	int closed;
};

/* Make *f ready and return it. Nothing has to be freed; closing counts. */
struct scanner *scanner_fake_init(struct scanner_fake *f,
	const struct scanner_settings *settings);

/* From now on it reads these. */
void scanner_fake_give(struct scanner_fake *f,
	const struct scanner_piece *pieces, int count);

#endif
