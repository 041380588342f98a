/*
 * printer_fake.h - a printer made of memory, for tests and for --demo.
 *
 * It keeps the last job and can be told to fail, so that every error a real
 * printer can cause happens on demand.
 */
#ifndef DRIVERS_PRINTER_PRINTER_FAKE_H
#define DRIVERS_PRINTER_PRINTER_FAKE_H

#include <stdint.h>

#include "core/codec/escpos.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/printer_driver.h"

/*
 * Make the n-th write from now (1 = the next) fail with code. ERR_TIMEOUT
 * takes nothing and says so, as a printer does that is busy.
 */
struct printer_fault {
	int in_writes; /* 0: no fault is pending */
	bool stays;    /* fail every later write too, as when unplugged */
	enum err_code code;
};

enum {
	PRINTER_FAKE_ANSWERS = 4
};

struct printer_fake {
	struct printer base;
	struct printer_fault fault;
	enum err_code end_fails; /* ERR_NONE: it does not */
	size_t max_transfer;     /* take at most this a write; 0: all */
	/*
	 * Status answers, in order; the last one is repeated. With none the
	 * printer is online with paper. known false means it kept silent.
	 */
	struct printer_status answer[PRINTER_FAKE_ANSWERS];
	int answers;
	int status_fails_at; /* the n-th question finds it gone; 0: never */
	int asked;           /* questions so far */
	int jobs;            /* started */
	int resets;          /* jobs that started after a cut one */
	size_t len;
	uint8_t paper[ESCPOS_MAX_BYTES]; /* the last job */
};

/* Make *f ready and return it as a printer. Nothing has to be freed. */
struct printer *printer_fake_init(struct printer_fake *f);

#endif
