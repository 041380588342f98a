/*
 * quirks.h - what models need that their class does not say (assets/quirks.tsv).
 *
 * Looked up by USB number and by the name that the device gives itself. All
 * rows that fit count together: that of a maker, then that of a model. What
 * it says of pages and dots comes from lists of others and is a hint: what
 * print-test proved on the printer itself comes first. Pure; no state.
 */
#ifndef DRIVERS_DEVICES_QUIRKS_H
#define DRIVERS_DEVICES_QUIRKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	QUIRKS_PAGES = 2 /* numbers of code pages at most, of one kind */
};

enum quirks_scanner {
	QUIRKS_NO_SCANNER,
	QUIRKS_SCANNER,         /* it is one; how it talks is not known */
	QUIRKS_SCANNER_TYPES,   /* set up as a keyboard */
	QUIRKS_SCANNER_SERIAL,  /* set up as a serial line */
	QUIRKS_SCANNER_HID_POS, /* set up as HID-POS */
};

struct quirks {
	bool known;           /* any row fits */
	bool one_way;         /* never ask it for its status */
	bool vendor_class;    /* a printer, though its class is the vendor's */
	bool keep_detached;   /* usblp must not come back after printing */
	bool slow_close;      /* closed at once it loses the end of the job */
	bool reset_after_cut; /* after a cut it wants ESC @ */
	bool no_dle_eot;      /* DLE EOT prints something, or hangs it */
	bool no_raster;
	bool no_cut;
	bool no_drawer;
	int transfer;            /* bytes a transfer at most; 0: not said */
	int dots;                /* across the paper; 0: not said */
	int tcvn3[QUIRKS_PAGES]; /* ESC t numbers; -1: none */
	int cp1258[QUIRKS_PAGES];
	enum quirks_scanner scanner;
};

/* name: the product string or IEEE 1284 id, "" if there is none. */
void quirks_find(uint16_t vendor, uint16_t product, const char *name,
	struct quirks *out);

/*
 * The number of the first line of a table that is not as it must be, 0 if all
 * are. For tests: a wrong row of ours is passed over when it is looked up.
 */
int quirks_check(const char *text, size_t len);

#endif
