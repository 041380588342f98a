/*
 * job.c - one job to a printer, by the product's own drivers.
 *
 *	job PRINTER FILE TIMEOUT_MS
 *	job PRINTER
 *
 * PRINTER as in drivers/printer/printer_open.h. Says in one line what became
 * of it, "printed", "failed: …" or "unknown: …", with the code of the error;
 * without a job, by which name the settings would know this printer again.
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

static int print(struct printer *p, const char *path, int timeout_ms,
	struct err *err)
{
	static const char *const outcomes[] = {
		[PRINTER_FAILED] = "failed",
		[PRINTER_UNKNOWN] = "unknown",
		[PRINTER_PRINTED] = "printed",
	};
	static unsigned char job[MOST];
	enum printer_outcome outcome = PRINTER_FAILED;

	if (p)
		outcome = printer_print(p, job, read_job(path, job), timeout_ms,
			err);
	printf("%s", outcomes[outcome]);
	if (outcome != PRINTER_PRINTED)
		printf(": %s: %s", code_name(err->code), err->text);
	putchar('\n');
	return outcome == PRINTER_PRINTED ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct printer *p;
	int status = 0;

	if (argc != 2 && argc != 4)
		return 2;
	p = printer_open(argv[1], OPEN_MS, &err);
	if (argc == 4)
		status =
			print(p, argv[2], (int)strtol(argv[3], NULL, 10), &err);
	else
		puts(p ? printer_identity(p) : err.text);
	printer_close(p);
	return status;
}
