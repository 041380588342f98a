/*
 * verify_main.c - chitra-verify: is this journal, or this receipt, true?
 *
 * Needs no key of the maker and nothing of the program that wrote it.
 * 0 accepted, 1 something is wrong, 2 cannot be read or wrong usage; or what
 * was found cannot be written.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/harden.h"
#include "db/verify/checks.h"
#include "db/verify/verify_args.h"
#include "db/verify/verify_run.h"

static const char usage[] =
	"chitra-verify [--json [--records]] [--progress] [-f] [--from N] [--to "
	"N]\n"
	"              [--keys FILE] [--checkpoints FILE] [--receipts FILE]\n"
	"              [--roster FILE]... [--revlist FILE] [--salvage OUT]\n"
	"              STORE_DIR | chitra.db | JOURNAL_FILE\n"
	"chitra-verify receipt 'CV1:...' | 'CZ1:...' --keys FILE [--json]\n"
	"chitra-verify --checks\n"
	"\n"
	"-f             records may bear dates of the future\n"
	"--from, --to   findings of these records only\n"
	"--progress     how far it is, also where that is no terminal\n"
	"--salvage OUT  write what holds of a damaged book: OUT, OUT.1, ...\n"
	"0 accepted, 1 findings, 2 cannot be read or written, or wrong usage\n";

/*
 * A stream that was closed before the start is one that cannot be written to:
 * else the next file that is opened would be in its place, and written into.
 */
static void keep_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* A verdict that nobody could read is none. */
static int said(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr,
		"chitra-verify: what was found could not be written: %s\n",
		strerror(errno));
	return VERIFY_CANNOT;
}

static int say_checks(void)
{
	for (int i = 1; i <= CHECKS_LAST; i++)
		printf("V%02d  %s\n", i, checks_sentence(i));
	return VERIFY_ACCEPTED;
}

static int cannot(const struct verify_args *args, const struct err *err)
{
	if (args->json) {
		printf("{\"ok\":false,\"error\":");
		vreport_json_text(stdout, err->text);
		printf("}\n");
	}
	fprintf(stderr, "chitra-verify: %s\n", err->text);
	return VERIFY_CANNOT;
}

int main(int argc, char **argv)
{
	struct verify_args args;
	struct err err = {0};
	int status = VERIFY_CANNOT;

	keep_streams();
	if (!harden_start(&err) || !crypto_start(&err) ||
		!verify_args_read(argc, argv, &args, &err)) {
		fprintf(stderr, "chitra-verify: %s\n%s", err.text, usage);
		return VERIFY_CANNOT;
	}
	if (args.help) {
		fputs(usage, stdout);
		return said(VERIFY_ACCEPTED);
	}
	if (args.checks)
		return said(say_checks());
	if (!verify_run(&args, stdout, &status, &err))
		return cannot(&args, &err);
	return said(status);
}
