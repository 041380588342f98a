/*
 * workers.h - device threads: one for the printer, one that reads images.
 *
 * The thread that owns screen and store hands over a job and goes on; what
 * became of it arrives in the mailbox as EV_PRINT or EV_SCAN. Jobs wait in
 * order; nothing is shared, jobs are owned by whoever has them.
 */
#ifndef APP_WORKERS_H
#define APP_WORKERS_H

#include "terminal/app/mailbox.h"
#include "terminal/app/printing.h"

struct workers;

/* printing belongs to the printer's thread from now on. */
struct workers *workers_start(struct mailbox *box, struct printing *printing,
	struct err *err);

/* Takes job over if it is true. ERR_BUSY: too many wait already. */
bool workers_print(struct workers *w, struct receipt_job *job, struct err *err);

/*
 * Read the codes of an image file; each is an EV_SCAN. The first one starts
 * the image reader's child.
 */
bool workers_scan(struct workers *w, const char *path, struct err *err);

/* Waits for the job in hand, at most its time-out. NULL is allowed. */
void workers_stop(struct workers *w);

#endif
