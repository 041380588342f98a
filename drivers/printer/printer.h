/*
 * printer.h - a thing that puts bytes on paper, whatever cable it hangs on.
 *
 * Callers see this header only. Which printer it is was decided where it was
 * opened: printer_usb.h, printer_tcp.h, printer_file.h, printer_fake.h. A
 * job is the ESC/POS bytes of one page (core/codec/escpos.h). To write a new
 * kind of printer, read printer_driver.h.
 *
 * Threads: one printer belongs to one thread at a time.
 * Blocking: every call returns within its timeout.
 */
#ifndef DRIVERS_PRINTER_PRINTER_H
#define DRIVERS_PRINTER_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct printer;

struct printer_status {
	bool known; /* the printer answered at all */
	bool online;
	bool cover_open;
	bool paper_out;
	bool paper_low;
};

/*
 * What became of a job. Paper is never assumed: only PRINTED says that all
 * bytes were taken and no trouble was seen afterwards.
 */
enum printer_outcome {
	PRINTER_FAILED,  /* not one byte was taken: the job may be sent again */
	PRINTER_UNKNOWN, /* some bytes were taken: a person must look */
	PRINTER_PRINTED,
};

/*
 * Send one whole job. Asks the status before (paper out, cover open: FAILED
 * with nothing sent) and after. On anything but PRINTED *err says why:
 * ERR_TIMEOUT it took no more data; ERR_GONE close it and open it anew;
 * ERR_BUSY another driver holds it; ERR_IO.
 */
enum printer_outcome printer_print(struct printer *p, const void *job,
	size_t len, int timeout_ms, struct err *err);

/* Ask for the status. ERR_INVALID if this kind of printer cannot tell. */
bool printer_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err);

/* "usb", "tcp", "file", "fake": for messages and the log. */
const char *printer_kind(const struct printer *p);

/* Free the printer. NULL is allowed and does nothing. */
void printer_close(struct printer *p);

#endif
