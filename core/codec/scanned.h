/*
 * scanned.h - how a code came in: from which device, framed by what, how fast.
 *
 * Drivers and the keyboard's recogniser fill it in beside the bytes; nothing
 * that happens to money depends on it. It is what `chitra scan-test` shows
 * when a scanner has to be set up. Header only.
 */
#ifndef CORE_CODEC_SCANNED_H
#define CORE_CODEC_SCANNED_H

#include <stdbool.h>

enum {
	SCANNED_AIM_SIZE = 4, /* "]Q1" */
	SCANNED_DEVICE_SIZE = 48
};

enum scanned_by {
	SCANNED_BY_PICTURE, /* camera or image file */
	SCANNED_BY_SERIAL,  /* CDC-ACM, USB or real serial, Bluetooth */
	SCANNED_BY_REPORTS, /* HID-POS */
	SCANNED_BY_KEYS,    /* the scanner plays keyboard */
};

/* What stood behind the code. */
enum scanned_end {
	SCANNED_END_NONE, /* only silence */
	SCANNED_END_CR,
	SCANNED_END_LF,
	SCANNED_END_CRLF,
	SCANNED_END_TAB,
	SCANNED_END_ENTER,  /* the key: CR and LF are the same there */
	SCANNED_END_REPORT, /* a HID-POS report says that it is the last */
};

struct scanned {
	enum scanned_by by;
	enum scanned_end end;
	char aim[SCANNED_AIM_SIZE];       /* "" if the scanner told none */
	char device[SCANNED_DEVICE_SIZE]; /* "ttyACM0"; "" if not known */
	bool layout; /* keys of a layout that has letters for digits, undone */
	int ms;      /* from its first to its last byte, as they were read */
	int pieces;  /* reads, keys or reports that it took */
	int longest; /* ms between two of them */
};

#endif
