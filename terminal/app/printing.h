/*
 * printing.h - jobs to the printer that was asked for, whatever becomes of it.
 *
 * The one place that knows how a printer is named on the command line:
 *
 *	none           no printer: receipts can be printed later
 *	auto, usb, lp, serial:…, rfcomm:…, tcp:…, file:…
 *	               as in drivers/printer/printer_open.h
 *
 * Without --printer the variable CHITRA_PRINTER counts, then what is plugged
 * in, if that can only be one (printers.h), looked for anew before each job (a
 * demo store: its own directory receipts/). A demo store also keeps a PNG of
 * each job. The printer is opened for each job and closed after it, so that a verb
 * beside the screen has its turn, and one that was unplugged meanwhile is
 * found again. While somebody else prints, a job waits for a moment.
 * One struct belongs to one thread. Blocking: up to PRINTING_TIMEOUT_MS, and
 * what a slow line needs on top.
 */
#ifndef APP_PRINTING_H
#define APP_PRINTING_H

#include "drivers/devices/access.h"
#include "drivers/printer/printer.h"
#include "terminal/app/receipt_doc.h"
#include "terminal/flows/flow.h"

enum {
	PRINTING_TIMEOUT_MS = 10000,
	PRINTING_SPEC_SIZE = 600
};

struct printing {
	char spec[PRINTING_SPEC_SIZE];
	bool unnamed; /* nobody named one; spec is "auto" then */
	char now[PRINTING_SPEC_SIZE]; /* what the last job was sent to */
	/* Of a job that failed: who was in the way, or what. */
	struct device_access access;
	char keep[PRINTING_SPEC_SIZE]; /* directory of the PNGs, "" for none */
	struct printer *printer;       /* NULL: not open now */
	struct printer_memory memory;  /* of it, from job to job */
	struct printer_status last;    /* what it said at the last job */
	char identity[PRINTER_IDENTITY_SIZE]; /* of the last one opened */
};

/* ERR_INVALID: a spec that is none of the above. Opens no device yet. */
bool printing_open(struct printing *p, const char *spec, const char *dir,
	bool demo, struct err *err);

/*
 * PRINT_NONE if there is no printer; *err for all but PRINTED and NONE. On a
 * slow line the job is made anew in the printer's own letters, where
 * print-test has proved them on it.
 */
enum print_state printing_print(struct printing *p, struct receipt_job *job,
	struct err *err);

/* What it said at the last job, into an EV_PRINT. */
void printing_says(const struct printing *p, struct event *ev);

/*
 * Is there a printer, and what does it say of itself? For the self-test. What
 * was named exists, also while it is not plugged in.
 */
bool printing_status(struct printing *p, struct printer_status *out,
	struct err *err);
bool printing_exists(const struct printing *p);

/*
 * Dots across its paper: said, unless 0; else what its model is known for, if
 * it is plugged in where that can be seen; else PAGE_80. Reads sysfs then.
 */
int printing_width(const struct printing *p, int said);

/* Where the PNG of this job is kept; "" if it is not. */
const char *printing_kept(const struct printing *p,
	const struct receipt_job *job, char *out, size_t size);

/*
 * Is the drawer open, by the printer's word? The printer stays open: it is
 * asked again soon. False: it cannot be asked, or does not say.
 */
bool printing_drawer(struct printing *p, enum config_sensor sensor, bool *open);

void printing_close(struct printing *p);

#endif
