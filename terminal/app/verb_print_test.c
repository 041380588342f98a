/*
 * verb_print_test.c - `chitra print-test`: how does this printer print
 * Vietnamese right?
 *
 * Prints the numbered blocks, asks which came out right, and keeps the answer
 * for this printer in chitra.ini. --right says it without asking, in one go
 * with the printing or (--no-print) later. No book is opened: a terminal is
 * set up with this before there is one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/print_test.h"
#include "terminal/app/printing.h"
#include "terminal/app/verb.h"
#include "terminal/flows/err_text.h"

enum {
	ANSWER_SIZE = 32
};

struct test_words {
	const char *right;
	bool no_print;
};

/* What the printer did, or only which one it is. False: said already. */
static bool print(const struct options *o, const struct test_words *w,
	struct printing *printing, int dots, enum exit_status *status)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct printer_status ignored;
	struct err err = {.code = ERR_NO_MEMORY, .text = "no memory"};
	bool ok;

	if (w->no_print) {
		ok = printing_status(printing, &ignored, &err) ||
		     err.code == ERR_INVALID;
	} else {
		ok = job && print_test_job(dots, job, &err) &&
		     printing_print(printing, job, &err) == PRINT_PRINTED;
	}
	free(job);
	if (!ok) {
		fprintf(stderr, "(%s)\n", err.text);
		*status = verb_refuse(o, verb_err_code(err.code),
			err_text(err.code, ERR_WHILE_PRINTING), EXIT_COULD_NOT);
	}
	return ok;
}

static const char *ask(char answer[ANSWER_SIZE])
{
	fprintf(stderr, "%s ",
		tr("Which numbers came out right? (for example 18, nothing if "
		   "none)"));
	if (!fgets(answer, ANSWER_SIZE, stdin))
		answer[0] = '\0';
	answer[strcspn(answer, "\r\n")] = '\0';
	return answer;
}

static enum exit_status keep(const struct options *o, const char *dir,
	const char *identity, int dots, const char *right)
{
	struct print_test_choice choice;
	char mode[ESCPOS_HOW_SIZE];
	struct err err = {0};
	cJSON *reply;

	if (!print_test_choose(right, &choice))
		return verb_refuse(o, "none_right",
			tr("Nothing was kept: give the digits of the blocks "
			   "that came out right."),
			EXIT_REFUSED);
	if (!print_test_keep(dir, identity, &choice, dots, &err))
		return verb_err(o, &err);
	escpos_how_text(&choice.how, mode);
	if (!o->json)
		printf(tr("Kept for %s: %s\n"), identity, mode);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "printer", identity);
	cJSON_AddStringToObject(reply, "letters", mode);
	json_int(reply, "width", choice.width);
	return verb_reply(o, reply, EXIT_DONE);
}

/* Printed, and nobody to ask: the blocks, so that --right can follow. */
static enum exit_status tell(const struct options *o, const char *identity)
{
	cJSON *reply = json_ok();
	cJSON *list = cJSON_AddArrayToObject(reply, "blocks");

	cJSON_AddStringToObject(reply, "printer", identity);
	for (int n = 1; n <= PRINT_TEST_BLOCKS; n++) {
		cJSON *block = cJSON_CreateObject();

		json_int(block, "number", n);
		cJSON_AddStringToObject(block, "name", machine_block(n));
		cJSON_AddItemToArray(list, block);
		if (!o->json)
			printf("%d. %s\n", n, machine_block(n));
	}
	if (!o->json)
		printf(tr("Printed on %s. Say what came out right: chitra "
			  "print-test --no-print --right DIGITS\n"),
			identity);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status run(const struct options *o, const struct test_words *w,
	const char *dir, const struct config *config, struct printing *printing)
{
	const int dots =
		printing_width(printing, config_dots(config, o->width));
	char answer[ANSWER_SIZE];
	enum exit_status status;
	const char *right = w->right;

	if (!printing_exists(printing))
		return verb_refuse(o, "no_printer",
			tr("No printer is set up: name one with --printer or "
			   "in chitra.ini."),
			EXIT_REFUSED);
	if (!print(o, w, printing, dots, &status))
		return status;
	if (!right && !o->json && isatty(STDIN_FILENO))
		right = ask(answer);
	return right ? keep(o, dir, printing->identity, dots, right)
		     : tell(o, printing->identity);
}

enum exit_status verb_print_test(int argc, char **argv)
{
	struct test_words w = {0};
	const struct option_spec own[] = {
		{"--right", OPTION_TEXT, &w.right},
		{"--no-print", OPTION_FLAG, &w.no_print},
	};
	struct printing printing;
	char dir[OPTIONS_DIR_SIZE];
	enum exit_status status;
	struct config config;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "print-test", argc, argv, own, 2))
		return EXIT_USAGE;
	if (o.words != 0 || (w.no_print && !w.right))
		return verb_usage("print-test");
	if (!options_dir(&o, "", dir, sizeof(dir), &err))
		return verb_err(&o, &err);
	if (!verb_config(&o, dir, &config, &status))
		return status;
	if (!printing_open(&printing, config_printer(&config, o.printer), dir,
		    false, &err))
		return verb_err(&o, &err);
	status = run(&o, &w, dir, &config, &printing);
	printing_close(&printing);
	return status;
}
