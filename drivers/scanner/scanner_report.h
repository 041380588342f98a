/*
 * scanner_report.h - the reports of a HID-POS scanner -> bytes of a code.
 *
 * USB HID Point of Sale Usage Tables 1.02, 4 (bar code scanner): each report
 * has the number of bytes, three bytes of AIM symbology, the data and a bit
 * that says that the code goes on in the next. Where in the report they are
 * stands in the report descriptor. Both come from the device and may be
 * anything. Pure; any thread; fuzzed.
 */
#ifndef DRIVERS_SCANNER_SCANNER_REPORT_H
#define DRIVERS_SCANNER_SCANNER_REPORT_H

#include "drivers/scanner/scanner_driver.h"

enum {
	SCANNER_REPORT_AIM = 3,
	SCANNER_REPORT_NOWHERE = 0xffff
};

/* Places in bytes from the start of a report, its number included. */
struct scanner_layout {
	uint8_t number; /* of the report, its first byte; 0: has none */
	uint16_t aim[SCANNER_REPORT_AIM];
	uint16_t count; /* SCANNER_REPORT_NOWHERE: filled up with NUL */
	uint16_t data;
	uint16_t data_size;
	uint16_t more;
	uint8_t more_bit;
	bool usual; /* the descriptor says nothing of use: as most have it */
};

/*
 * From the report descriptor; the usual layout of 64 bytes if it does not
 * say where the data are.
 */
void scanner_layout_read(struct scanner_layout *out, const uint8_t *descriptor,
	size_t len);

/*
 * One report. False: it is none of a code (a status, a trigger). broken: it
 * claims more data than it has.
 */
bool scanner_report_read(const struct scanner_layout *l, const uint8_t *bytes,
	size_t len, struct scanner_piece *out);

#endif
