/*
 * printer_driver.h - what a printer driver must provide.
 *
 * A driver embeds struct printer as its first member, sets ops, and hands
 * out the address of that member. Included by drivers and printer.c only.
 *
 * Every operation is mandatory unless marked optional (leave it NULL). None
 * of them retries, splits up or logs: the policy is in printer.c, once, for
 * all. timeout_ms is always above 0, and an operation must return by then.
 */
#ifndef DRIVERS_PRINTER_PRINTER_DRIVER_H
#define DRIVERS_PRINTER_PRINTER_DRIVER_H

#include "drivers/printer/printer.h"

struct printer_ops {
	const char *name; /* for messages: "usb", "fake" */

	/*
	 * Optional. A job is about to be sent. after_cut: the one before was
	 * broken off, so the printer may still wait for the rest of a picture
	 * (p->memory.owed bytes at least) and would swallow the start of this
	 * job; clear that if you can.
	 * Errors: ERR_GONE, ERR_FULL, ERR_IO, ERR_NO_MEMORY.
	 */
	bool (*begin)(struct printer *p, bool after_cut, int timeout_ms,
		struct err *err);

	/*
	 * Offer len bytes, len > 0. Set *done, on failure too, to the number
	 * surely taken; 0 on success means none in time, and the rest will be
	 * offered again. Return false only if offering more makes no sense.
	 * Errors: ERR_GONE, ERR_FULL, ERR_IO.
	 */
	bool (*write)(struct printer *p, const void *buf, size_t len,
		int timeout_ms, size_t *done, struct err *err);

	/*
	 * Optional. All bytes were written: make sure that they really left.
	 * Errors: ERR_TIMEOUT, and those of write.
	 */
	bool (*end)(struct printer *p, int timeout_ms, struct err *err);

	/*
	 * Optional. *out is all false when called; leave known false if the
	 * printer does not answer, which is no failure. online false is a
	 * trouble of its own: say so only of a printer that did. Never called
	 * while a job is being written. Errors: ERR_GONE, ERR_IO.
	 */
	bool (*status)(struct printer *p, struct printer_status *out,
		int timeout_ms, struct err *err);

	/*
	 * Optional. How long the cable itself needs for len bytes: a job gets
	 * that time on top of what its caller allows.
	 */
	int (*wire_ms)(const struct printer *p, size_t len);

	/*
	 * Optional. The job was broken off: drop what was taken but has not
	 * left this machine, and return how many bytes that were. The rest of
	 * the sum taken by write may be on paper.
	 */
	size_t (*drop_unsent)(struct printer *p);

	/*
	 * Release everything, also after ERR_GONE. If cut_short is set this is
	 * the last chance to clear a half picture. At most 300 ms.
	 */
	void (*close)(struct printer *p);
};

struct printer {
	const struct printer_ops *ops;
	bool cut_short; /* the last job was broken off; kept by printer.c */
	struct printer_memory memory;
	char identity[PRINTER_IDENTITY_SIZE]; /* printer_set_identity() */
	struct printer_status last;           /* kept by printer.c */
};

/* Of USB, serial "" if it has none. */
void printer_set_usb_identity(struct printer *p, unsigned vendor,
	unsigned product, const char *serial);

/* Of anything else: kind and place. */
void printer_set_identity(struct printer *p, const char *place);

#endif
