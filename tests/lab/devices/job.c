/*
 * job.c - one job to a printer, by the product's own drivers.
 *
 *	job PRINTER FILE TIMEOUT_MS
 *
 * PRINTER as in drivers/printer/printer_open.h. Says in one line what became
 * of it, "printed", "failed: …" or "unknown: …", with the code of the error.
 */
#include <stdio.h>
#include <stdlib.h>

#include "drivers/printer/printer.h"
#include "drivers/printer/printer_open.h"

enum {
	MOST = 1 << 20,
	OPEN_MS = 3000
};

static const char *code_name(enum err_code code)
{
	switch (code) {
	case ERR_GONE:
		return "gone";
	case ERR_BUSY:
		return "busy";
	case ERR_TIMEOUT:
		return "timeout";
	case ERR_DENIED:
		return "denied";
	case ERR_INVALID:
		return "invalid";
	default:
		return "io";
	}
}

static size_t read_job(const char *path, unsigned char *out)
{
	FILE *in = fopen(path, "rb");
	const size_t len = in ? fread(out, 1, MOST, in) : 0;

	if (in)
		fclose(in);
	return len;
}

int main(int argc, char **argv)
{
	static const char *const outcomes[] = {
		[PRINTER_FAILED] = "failed",
		[PRINTER_UNKNOWN] = "unknown",
		[PRINTER_PRINTED] = "printed",
	};
	static unsigned char job[MOST];
	enum printer_outcome outcome = PRINTER_FAILED;
	struct err err = {0};
	struct printer *p;
	size_t len;

	if (argc != 4)
		return 2;
	len = read_job(argv[2], job);
	p = printer_open(argv[1], OPEN_MS, &err);
	if (p)
		outcome = printer_print(p, job, len,
			(int)strtol(argv[3], NULL, 10), &err);
	printer_close(p);
	printf("%s", outcomes[outcome]);
	if (outcome != PRINTER_PRINTED)
		printf(": %s: %s", code_name(err.code), err.text);
	putchar('\n');
	return outcome == PRINTER_PRINTED ? 0 : 1;
}
