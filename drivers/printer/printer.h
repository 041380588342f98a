/*
 * printer.h - a thing that puts bytes on paper, whatever cable it hangs on.
 *
 * Callers see this header only. Which printer it is was decided where it was
 * opened: printer_usb.h, printer_lp.h, printer_serial.h, printer_tcp.h,
 * printer_file.h, printer_fake.h. A job is the ESC/POS bytes of one page
 * (core/codec/escpos.h). To write a new kind of printer, read
 * printer_driver.h.
 *
 * An open printer is ours alone: whoever else opens it, in this program or in
 * another, is told ERR_BUSY, so two jobs never mix. Open it for a job and
 * close it after.
 *
 * Threads: one printer belongs to one thread at a time.
 * Blocking: every call returns within its timeout; a job on a slow line gets
 * the time on top that the line needs for so many bytes.
 */
#ifndef DRIVERS_PRINTER_PRINTER_H
#define DRIVERS_PRINTER_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct printer;

struct printer_status {
	bool known;   /* the printer answered at all */
	bool unasked; /* no: it told by itself, and need not do so again */
	bool online;  /* takes data and prints them */
	bool cover_open;
	bool paper_out;
	bool paper_low;   /* near the end of the roll; it prints all the same */
	bool overheated;  /* goes on by itself when it has cooled down */
	bool broken;      /* cutter stuck, or worse: only a person helps */
	bool drawer_high; /* level at the drawer's socket: open on some drawers,
			     shut on others */
	bool drawer_known; /* it said so */
};

/* The one thing to be told of, the worst first. */
enum printer_trouble {
	PRINTER_WELL, /* or nothing is known */
	PRINTER_NO_PAPER,
	PRINTER_COVER_OPEN,
	PRINTER_BROKEN,
	PRINTER_OVERHEATED,
	PRINTER_OFFLINE, /* for no reason that it gave */
};

enum printer_trouble printer_trouble(const struct printer_status *s);

/* "out of paper" …: for the log. */
const char *printer_trouble_text(enum printer_trouble trouble);

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
 * Send one whole job. Asks the status before (any trouble: FAILED with
 * nothing sent) and after. On anything but PRINTED *err says why:
 * ERR_TIMEOUT it took no more data; ERR_GONE close it and open it anew;
 * ERR_BUSY another driver holds it; ERR_IO.
 */
enum printer_outcome printer_print(struct printer *p, const void *job,
	size_t len, int timeout_ms, struct err *err);

/* Ask for the status. ERR_INVALID if this kind of printer cannot tell. */
bool printer_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err);

/* What it said last, before or after a job; all false if it never did. */
void printer_last_status(const struct printer *p, struct printer_status *out);

enum {
	PRINTER_IDENTITY_SIZE = 128
};

/*
 * Which printer this is, the same whatever cable of its USB serves:
 * "usb:04b8:0e15:J5XK004417"; else where it is, as printer_open.h has it.
 * One word, of printable ASCII.
 */
const char *printer_identity(const struct printer *p);

/*
 * What has to outlive a close: who opens a printer anew for each job takes it
 * before and gives it back after.
 */
struct printer_memory {
	int silent;  /* questions in a row without an answer: each costs time */
	size_t owed; /* bytes of a command that was broken off: the printer
			waits for as many and would swallow the next job */
};

void printer_memory(const struct printer *p, struct printer_memory *out);
void printer_remember(struct printer *p, const struct printer_memory *m);

/* "usb", "lp", "serial", "tcp", "file", "fake": for messages and the log. */
const char *printer_kind(const struct printer *p);

/* Free the printer. NULL is allowed and does nothing. */
void printer_close(struct printer *p);

#endif
