/*
 * list_wire.h - what list_reader.c and its child say to each other.
 *
 * The child opens with END (code 0, or why its sandbox failed). Then one
 * request, the file beside it; then packets of ROWS, then END. The parent
 * believes nothing that it has not checked. Private to the two files.
 *
 * Rows in a packet: struct list_wire_row, then for each cell a uint16_t with
 * its length, or LIST_WIRE_LONG, and its bytes.
 */
#ifndef DRIVERS_LISTS_LIST_WIRE_H
#define DRIVERS_LISTS_LIST_WIRE_H

#include "core/codec/cells.h"
#include "drivers/lists/list_reader.h"

enum {
	LIST_WIRE_PACKET = 128 * 1024, /* less than a socket's buffer */
	LIST_WIRE_LONG = 0xffff,       /* a cell that was too long */
	LIST_WIRE_TEXT = 192
};

enum list_wire_kind {
	LIST_WIRE_ROWS = 1,
	LIST_WIRE_END = 2,
};

struct list_request {
	int64_t size;  /* of the file */
	uint32_t kind; /* enum list_kind */
};

struct list_wire_row {
	int64_t row;
	int64_t at; /* cells.at */
	uint16_t count;
	uint16_t more;
	uint32_t sheet; /* cells.sheet */
};

struct list_packet {
	uint32_t kind;
	uint32_t rows;
	uint8_t bytes[LIST_WIRE_PACKET - 8]; /* only what is used is sent */
};

struct list_end {
	uint32_t kind;
	uint32_t code; /* enum err_code */
	uint32_t why;  /* enum sheet_why, of ERR_INVALID */
	char text[LIST_WIRE_TEXT];
	char sheet[LIST_SHEET_SIZE];
};

#endif
