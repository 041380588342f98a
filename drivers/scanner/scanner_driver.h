/*
 * scanner_driver.h - what a scanner driver must provide.
 *
 * A driver embeds struct scanner as its first member, has scanner_init() fill
 * it in, and hands out the address of that member. Included by drivers/
 * scanner only.
 *
 * No operation waits, loops or logs: framing, limits and double scans are in
 * scanner.c and scanner_frame.c, once, for all.
 */
#ifndef DRIVERS_SCANNER_SCANNER_DRIVER_H
#define DRIVERS_SCANNER_SCANNER_DRIVER_H

#include "core/crypto.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/scanner_frame.h"

enum {
	SCANNER_PIECE_SIZE = 1024
};

/* What one read of a device gave. */
struct scanner_piece {
	uint8_t bytes[SCANNER_PIECE_SIZE];
	size_t len;
	/* of devices that send reports; a serial line knows nothing of it */
	bool framed; /* it does: more and broken are valid */
	bool more;   /* the code goes on in the next piece */
	bool broken; /* the device contradicts itself: this code is lost */
	char aim[SCANNED_AIM_SIZE]; /* "" if it tells none */
};

struct scanner_ops {
	const char *name; /* for messages: "serial", "hid", "fake" */
	enum scanned_by by;

	/*
	 * One read. ABSENT: nothing is there now. FOUND: *out is filled in;
	 * with len 0 it was nothing of ours, and more may be there.
	 * Errors: ERR_GONE, ERR_IO.
	 */
	enum lookup (*read)(struct scanner *s, struct scanner_piece *out,
		struct err *err);

	/* Release everything, also after ERR_GONE. */
	void (*close)(struct scanner *s);
};

struct scanner {
	const struct scanner_ops *ops;
	int fd; /* for poll(); closed by ops->close */
	char device[SCANNED_DEVICE_SIZE];
	struct scanner_settings settings;
	/* kept by scanner.c */
	struct scanner_frame frame;
	struct scanner_piece piece; /* read, and not yet all in the frame */
	size_t used;                /* of the piece */
	bool fresh;                 /* not all of the piece is used */
	size_t endless;             /* bytes without any code in them */
	int codes;                  /* double ones, too, since … */
	long long counted_ms;       /* … then */
	int in_a_row;               /* codes since nothing was waiting */
	uint8_t last[CRYPTO_HASH_SIZE];
	long long last_ms; /* when it was last seen; -1: never */
};

/* node is the path; its last part becomes the name. NULL settings: zero. */
void scanner_init(struct scanner *s, const struct scanner_ops *ops, int fd,
	const char *node, const struct scanner_settings *settings);

#endif
