/* main.c - a verb, or the screen. The only place that exits. */
#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "core/harden.h"
#include "core/text.h"
#include "core/tr.h"
#include "drivers/camera/image_reader.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/screen.h"
#include "terminal/app/verb.h"

static enum exit_status help(FILE *out, enum exit_status status)
{
	fprintf(out, "%s\n",
		tr("chitra - pays social money in cash, once, with a "
		   "receipt."));
	fprintf(out,
		"\nchitra [--data DIR] [--lang vi|en] [--printer P]"
		" [--width 58|80]\n"
		"       [--theme mono|8|256|contrast] [--ascii] [--slow-line]"
		" [--lines] [--quiet]\n"
		"       [--lock-after SECONDS] [--demo | --training] [--tour]"
		" [--cards DIR]\n"
		"       [--record FILE] [--replay FILE [--speed N|max]]\n\n");
	for (int i = 0; i < verbs_count; i++)
		fprintf(out, "chitra %s %s\n", verbs[i].name, verbs[i].usage);
	fprintf(out,
		"\n--printer none|file:DIR|tcp:HOST[:PORT]|usb\n"
		"--json, --as NUMBER with the PIN in CHITRA_PIN or --pin-fd N\n"
		"--progress: how far long work is, a line a second; ^C stops "
		"it with nothing half done\n"
		"0 done, 1 refused, 2 wrong usage, 3 could not\n");
	return status;
}

int main(int argc, char **argv)
{
	struct err err;

	if (!harden_start(&err)) {
		fprintf(stderr, "chitra: %s\n", err.text);
		return EXIT_COULD_NOT;
	}
	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	if (argc == 2 && strcmp(argv[1], LIST_READER_ARG) == 0)
		return list_reader_child();
	if (!crypto_start(&err)) {
		fprintf(stderr, "chitra: %s\n", err.text);
		return EXIT_COULD_NOT;
	}
	if (argc < 2 || strncmp(argv[1], "--", 2) == 0) {
		if (argc == 2 && strcmp(argv[1], "--help") == 0)
			return (int)help(stdout, EXIT_DONE);
		return (int)screen_main(argc - 1, argv + 1);
	}
	for (int i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return (int)verbs[i].run(argc - 2, argv + 2);
	fprintf(stderr, "chitra: %s?\n", text_plain(argv[1]));
	return (int)help(stderr, EXIT_USAGE);
}
