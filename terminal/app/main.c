/* main.c - a verb, or the screen. The only place that exits. */
#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "core/harden.h"
#include "core/text.h"
#include "core/tr.h"
#include "drivers/camera/image_reader.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/help.h"
#include "terminal/app/screen.h"
#include "terminal/app/verb.h"

static bool asks_help(int argc, char **argv)
{
	return argc >= 2 && strcmp(argv[argc - 1], "--help") == 0;
}

/* --lang LANG anywhere before it; an unknown one changes nothing. */
static void help_lang(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], "--lang") == 0)
			(void)tr_set_lang(argv[i + 1]);
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
	if (asks_help(argc, argv)) {
		help_lang(argc, argv);
		if (!help_verb(stdout, argv[1]))
			help_all(stdout);
		return EXIT_DONE;
	}
	if (argc < 2 || strncmp(argv[1], "--", 2) == 0)
		return (int)screen_main(argc - 1, argv + 1);
	for (int i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return (int)verbs[i].run(argc - 2, argv + 2);
	fprintf(stderr, "chitra: %s?\n", text_plain(argv[1]));
	help_all(stderr);
	return EXIT_USAGE;
}
