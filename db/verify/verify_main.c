/*
 * verify_main.c - chitra-verify: is this journal, or this receipt, true?
 *
 * Needs no key of the maker and nothing of the program that wrote it.
 * 0 accepted, 1 something is wrong, 2 cannot be read or wrong usage.
 */
#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "core/harden.h"
#include "db/verify/checks.h"
#include "db/verify/verify_args.h"
#include "db/verify/verify_run.h"

static const char usage[] =
	"chitra-verify [--json [--records]] [-f] [--from N] [--to N]\n"
	"              [--keys FILE] [--checkpoints FILE] [--receipts FILE]\n"
	"              [--roster FILE]... [--salvage OUT]\n"
	"              STORE_DIR | chitra.db | JOURNAL_FILE\n"
	"chitra-verify receipt 'CV1:...' | 'CZ1:...' --keys FILE [--json]\n"
	"chitra-verify --checks\n"
	"\n"
	"-f             records may bear dates of the future\n"
	"--from, --to   findings of these records only\n"
	"--salvage OUT  write what holds of a damaged book: OUT, OUT.1, ...\n"
	"0 accepted, 1 findings, 2 cannot be read or wrong usage\n";

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

	if (!harden_start(&err) || !crypto_start(&err) ||
		!verify_args_read(argc, argv, &args, &err)) {
		fprintf(stderr, "chitra-verify: %s\n%s", err.text, usage);
		return VERIFY_CANNOT;
	}
	if (args.help) {
		fputs(usage, stdout);
		return VERIFY_ACCEPTED;
	}
	if (args.checks)
		return say_checks();
	if (!verify_run(&args, stdout, &status, &err))
		return cannot(&args, &err);
	return status;
}
