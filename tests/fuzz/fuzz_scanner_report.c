/*
 * fuzz_scanner_report.c - any report descriptor, and any report under it.
 * The first byte is the length of the descriptor; the rest are both. Whatever
 * they say, a piece lies inside the report.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner_report.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct scanner_piece piece;
	struct scanner_layout layout;
	uint8_t *report;
	size_t len;

	if (size < 1)
		return 0;
	len = data[0] < size - 1 ? data[0] : size - 1;
	scanner_layout_read(&layout, data + 1, len);
	must(layout.data_size > 0 && layout.more_bit < 8);
	data += 1 + len;
	size -= 1 + len;
	/* Of just that size, so that a byte too many is seen. */
	report = malloc(size > 0 ? size : 1);
	must(report != NULL);
	memcpy(report, data, size);
	if (scanner_report_read(&layout, report, size, &piece)) {
		must(piece.framed && piece.len <= size);
		must(piece.len <= layout.data_size);
		must(!piece.broken || piece.len == 0);
		must(piece.aim[0] == '\0' || piece.aim[0] == ']');
		must(piece.aim[3] == '\0');
	} else {
		must(piece.len == 0 && !piece.framed);
	}
	free(report);
	return 0;
}
