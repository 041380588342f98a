/*
 * scanner.h - a thing that reads codes, whatever cable it hangs on.
 *
 * Bytes come out as they are in the code: what a scanner puts around them
 * (suffix, prefix, AIM identifier) is cut off and told apart. Which kind it
 * is was decided where it was opened: scanner_serial.h, scanner_hid.h,
 * scanner_fake.h. A scanner that plays keyboard is no device of ours: see
 * terminal/flows/wedge.h. To write a new kind read scanner_driver.h.
 *
 * Nothing that was read is kept, but for a SHA-256 against double scans.
 *
 * Threads: one scanner belongs to one thread; no locks, no signals.
 * Blocking: only opening and closing may, as long as the kernel's driver
 * does. Reading never waits: poll() scanner_fd() in the one loop.
 */
#ifndef DRIVERS_SCANNER_SCANNER_H
#define DRIVERS_SCANNER_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/scanned.h"
#include "core/err.h"
#include "core/lookup.h"

struct scanner;

enum {
	SCANNER_MAX_BYTES = 2048, /* idcard.h: more is no card */
	SCANNER_PREFIX_SIZE = 32,
	SCANNER_SILENCE_MS = 100, /* so long, and a code without an end is
				     whole */
	SCANNER_BLANK_MS = 500,   /* the same code so soon is a double scan */
};

/* What ends a code. In the order of the words of chitra.ini. */
enum scanner_suffix {
	SCANNER_SUFFIX_AUTO, /* any of these, and then nothing for 20 ms */
	SCANNER_SUFFIX_CR,
	SCANNER_SUFFIX_LF,
	SCANNER_SUFFIX_CRLF,
	SCANNER_SUFFIX_TAB,
	SCANNER_SUFFIX_NONE, /* only silence */
};

/* Of a real serial line; the same order. USB's lines have none. */
enum scanner_parity {
	SCANNER_PARITY_NONE,
	SCANNER_PARITY_EVEN,
	SCANNER_PARITY_ODD,
};

/* All zero is what works with most of them. */
struct scanner_settings {
	enum scanner_suffix suffix;
	char prefix[SCANNER_PREFIX_SIZE]; /* cut off if it is there */
	int silence_ms;                   /* 0: SCANNER_SILENCE_MS */
	int blank_ms;                     /* 0: SCANNER_BLANK_MS; -1: none */
	int speed;                        /* serial: baud; 0: 9600 */
	enum scanner_parity parity;
};

/*
 * len 0: something was scanned and did not come whole. More than
 * SCANNER_MAX_BYTES: it was longer than any code that we know (T46); what is
 * here is its beginning.
 */
struct scanner_code {
	uint8_t bytes[SCANNER_MAX_BYTES + 1];
	size_t len;
	struct scanned how;
};

/* Ready to read: there may be something for scanner_take(). */
int scanner_fd(const struct scanner *s);

/*
 * The next code, if a whole one is there. Call until it is absent, when the
 * descriptor is ready and when scanner_due() says so. now_ms is clock_ms().
 * ERR_GONE: unplugged; close it, open it anew when it comes back.
 * ERR_IO: broken, or it sends without end; close it.
 */
enum lookup scanner_take(struct scanner *s, long long now_ms,
	struct scanner_code *out, struct err *err);

/* When to take again though nothing has come; -1: need not. */
long long scanner_due(const struct scanner *s);

/* "ttyACM0": for the log and for people. */
const char *scanner_device(const struct scanner *s);

/* Free it, also after ERR_GONE. NULL is allowed and does nothing. */
void scanner_close(struct scanner *s);

#endif
