/*
 * printer_reply.h - asking an ESC/POS printer how it is (DLE EOT n), and how
 * much of its answer to believe.
 *
 * Private to the drivers that have a way back: printer_usb.c, printer_lp.c,
 * printer_serial.c, printer_tcp.c. Printers also answer "10 04 n" that happen
 * to stand inside a raster picture, some never answer, some send anything.
 * So: old bytes are drained first, and an answer is one byte of the form
 * 0xx1xx10 that comes alone. Everything else is no answer, which is no
 * failure.
 *
 * Automatic status (ASB, four bytes) is never asked for: GS a is not among
 * our commands. A printer that somebody else set up to send it does so at any
 * moment: around an answer it is set aside, and where no answer comes it is
 * believed instead.
 */
#ifndef DRIVERS_PRINTER_PRINTER_REPLY_H
#define DRIVERS_PRINTER_PRINTER_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer/printer.h"

enum {
	/*
	 * A printer that kept silent this often in a row is not asked again,
	 * or each receipt would wait for answers that never come.
	 */
	PRINTER_REPLY_STRIKES = 2,
	PRINTER_REPLY_ASB = 4 /* bytes of an automatic status */
};

/* The two directions of a cable. user is handed through. */
struct printer_line {
	/* Send all of a few bytes in time, or fail. ERR_TIMEOUT: not taken. */
	bool (*send)(void *user, const uint8_t *bytes, size_t len,
		int timeout_ms, struct err *err);
	/*
	 * Wait up to timeout_ms (0: do not) for at least one byte. *got is 0
	 * if none came, which is no failure. size is at least 512.
	 */
	bool (*receive)(void *user, uint8_t *bytes, size_t size, int timeout_ms,
		size_t *got, struct err *err);
	void *user;
	int *silent; /* times in a row without an answer; 0 at the start */
};

/* A status byte in the only form that DLE EOT answers have. */
bool printer_reply_is_status(uint8_t byte);

/* What byte, the answer to DLE EOT n, says. n is 1 to 4. */
void printer_reply_read(int n, uint8_t byte, struct printer_status *out);

/* Are these four bytes an automatic status? Then out is what it says. */
bool printer_reply_read_asb(const uint8_t asb[PRINTER_REPLY_ASB],
	struct printer_status *out);

/*
 * Ask DLE EOT 1, 2 and 4, and 3 if 2 speaks of an error. known is true if all
 * were answered, or an automatic status came instead; else *out is left
 * alone. Asks nothing after PRINTER_REPLY_STRIKES.
 */
bool printer_reply_ask(const struct printer_line *line, int timeout_ms,
	struct printer_status *out, struct err *err);

#endif
