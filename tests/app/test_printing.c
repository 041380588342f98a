/* Which printer is meant, and what a job leaves behind. */
#include "support/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/tmpdir.h"
#include "terminal/app/printing.h"

struct row {
	const char *name;
	const char *spec; /* NULL: none given */
	const char *env;  /* CHITRA_PRINTER, NULL: not set */
	bool demo;
	bool ok;
	const char *became;
};

static struct row rows[] = {
	{"nobody named one: what is plugged in", NULL, NULL, false, true,
		"auto"},
	{"the variable names one", NULL, "usb", false, true, "usb"},
	{"the option goes before the variable", "none", "usb", false, true,
		"none"},
	{"the demo has its own directory", NULL, NULL, true, true,
		"file:/d/receipts"},
	{"the network by address", "tcp:10.0.0.5:9100", NULL, false, true,
		"tcp:10.0.0.5:9100"},
	{"an unknown kind is refused", "lpt:1", NULL, false, false, "lpt:1"},
	{"a file without a name is refused", "file:", NULL, false, false,
		"file:"},
	{"nothing at all is refused", "", NULL, false, false, ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct printing p;
	struct err err = {0};

	if (row->env)
		setenv("CHITRA_PRINTER", row->env, 1);
	else
		unsetenv("CHITRA_PRINTER");
	assert_int_equal(printing_open(&p, row->spec, "/d", row->demo, &err),
		row->ok);
	assert_string_equal(p.spec, row->became);
	assert_int_equal(err.code, row->ok ? ERR_NONE : ERR_INVALID);
	printing_close(&p);
}

static struct receipt_job *job(void)
{
	static const uint8_t bytes[] =
		"\x1b@\x1d\x76\x30\x00\x01\x00\x01\x00\xff";
	struct receipt_job *j = calloc(1, sizeof(*j));

	assert_non_null(j);
	j->seq = 12;
	j->width = PAGE_80;
	j->len = sizeof(bytes) - 1;
	memcpy(j->bytes, bytes, j->len);
	return j;
}

static void without_a_printer_nothing_is_printed(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};

	(void)state;
	assert_true(printing_open(&p, "none", "/d", false, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_NONE);
	assert_false(printing_exists(&p));
	free(j);
}

static void the_demo_keeps_a_picture_of_each_job(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};
	char dir[256];
	char kept[PRINTING_SPEC_SIZE + 32];

	(void)state;
	unsetenv("CHITRA_PRINTER");
	tmpdir_make(dir, sizeof(dir));
	assert_true(printing_open(&p, NULL, dir, true, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
	printing_kept(&p, j, kept, sizeof(kept));
	assert_int_equal(access(kept, R_OK), 0);
	j->copy = 2;
	assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
	printing_kept(&p, j, kept, sizeof(kept));
	assert_non_null(strstr(kept, "000012-copy2.png"));
	assert_int_equal(access(kept, R_OK), 0);
	printing_close(&p);
	tmpdir_remove(dir);
	free(j);
}

static void a_place_that_cannot_be_fails_and_says_so(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};

	(void)state;
	assert_true(printing_open(&p, "file:/proc/none/of/this", "/d", false,
		&err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_FAILED);
	assert_true(err.text[0] != '\0');
	free(j);
}

/* ---- whose letters, and the drawer ----------------------------------------- */

struct letters_row {
	const char *name;
	int speed;
	const char *proved; /* in front of the node; NULL: nothing */
	const char *starts; /* of the job */
};

static struct letters_row letters_rows[] = {
	{"a slow line, proved: the printer's letters", 9600,
		"tcvn3:30:31 serial:", "\x1b@\x1bt\x1f"},
	{"a slow line, proved for another printer: dots", 9600,
		"tcvn3:30:31 serial:/dev/other", "\x1b@\x1d\x76\x30"},
	{"a slow line, nothing proved: dots", 9600, NULL, "\x1b@\x1d\x76\x30"},
	{"a slow line, where dots came out right: dots", 9600,
		"raster serial:", "\x1b@\x1d\x76\x30"},
	{"a fast line: dots, whatever was proved", 115200,
		"tcvn3:30:31 serial:", "\x1b@\x1d\x76\x30"},
};

/* A job in a pseudo-terminal, as the program sets it up. */
static void print_on_a_line(const struct letters_row *row,
	struct receipt_job *j, uint8_t *got, size_t size)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	const int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
	struct config config;
	struct printing p;
	struct err err = {0};
	char node[64];
	char spec[96];

	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	assert_int_equal(ptsname_r(master, node, sizeof(node)), 0);
	snprintf(spec, sizeof(spec), "serial:%s:%d:none", node, row->speed);
	config_init(&config);
	config.drawer.pin = 5;
	config.printer.proved.count = row->proved ? 1 : 0;
	snprintf(config.printer.proved.at[0], CONFIG_TEXT_SIZE, "%s%s",
		row->proved ? row->proved : "",
		row->proved && strstr(row->proved, "/dev") ? "" : node);
	assert_true(printing_open(&p, spec, "/d", false, &err));
	p.memory.silent = 9; /* nobody answers there */
	receipt_job_settings(j, &config);
	page_init(&j->page, PAGE_58);
	page_add_text(&j->page, PAGE_LEFT, false, false, "ĐẸP");
	assert_true(receipt_job_encode(j, &raster, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
	assert_true(read(master, got, size) > 0);
	close(master);
}

static void run_letters_row(void **state)
{
	const struct letters_row *row = *state;
	struct receipt_job *j = calloc(1, sizeof(*j));
	uint8_t got[256] = {0};

	assert_non_null(j);
	print_on_a_line(row, j, got, sizeof(got));
	assert_memory_equal(got, row->starts, strlen(row->starts));
	free(j);
}

static void the_drawer_opens_before_the_paper(void **state)
{
	struct receipt_job *j = calloc(1, sizeof(*j));
	uint8_t got[256] = {0};

	(void)state;
	assert_non_null(j);
	j->kick = true;
	print_on_a_line(&letters_rows[0], j, got, sizeof(got));
	assert_memory_equal(got, "\x1bp\1\x19\xfa\x1b@\x1bt", 9);
	free(j);
}

/* None is set up: no pulse into whatever hangs there. */
static void without_a_drawer_there_is_no_pulse(void **state)
{
	struct receipt_job *j = calloc(1, sizeof(*j));
	struct config config;

	(void)state;
	assert_non_null(j);
	config_init(&config);
	j->kick = true;
	receipt_job_settings(j, &config);
	assert_false(j->kick);
	/* Nor where there are no settings at all. */
	j->kick = true;
	receipt_job_settings(j, NULL);
	assert_false(j->kick);
	free(j);
}

/* What the printer says goes to the screen as what to do about it. */
static void its_trouble_is_told(void **state)
{
	static const struct {
		struct printer_status said;
		enum paper_trouble trouble;
		bool low;
	} cases[] = {
		{{.known = true, .online = true}, PAPER_FINE, false},
		{{.known = true, .online = true, .paper_low = true}, PAPER_FINE,
			true},
		{{.known = true, .paper_out = true}, PAPER_OUT, false},
		{{.known = true, .cover_open = true}, PAPER_COVER, false},
		{{.known = true, .broken = true}, PAPER_BROKEN, false},
		{{.known = true, .overheated = true}, PAPER_HOT, false},
		{{.known = true}, PAPER_OFFLINE, false},
		{{.paper_out = true, .paper_low = true}, PAPER_FINE, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct printing p = {.last = cases[i].said};
		struct event ev = {.kind = EV_PRINT};

		printing_says(&p, &ev);
		assert_int_equal(ev.print.trouble, cases[i].trouble);
		assert_int_equal(ev.print.low, cases[i].low);
	}
}

/* The screen and a verb beside it: each has its turn. */
static void between_jobs_others_may_print(void **state)
{
	struct receipt_job *j = job();
	struct printing p, other;
	struct err err = {0};
	char dir[200];
	char spec[256];

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	snprintf(spec, sizeof(spec), "file:%s/roll", dir);
	assert_true(printing_open(&p, spec, "/d", false, &err));
	assert_true(printing_open(&other, spec, "/d", false, &err));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
		assert_int_equal(printing_print(&other, j, &err),
			PRINT_PRINTED);
	}
	tmpdir_remove(dir);
	free(j);
}

/* Another program, for as long as the job waits for it: the screen names it. */
static void who_has_the_printer_is_told(void **state)
{
	static struct event ev;
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};
	char node[64], spec[96], who[64];
	const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	int ready[2];
	char byte;
	pid_t pid;

	(void)state;
	assert_int_equal(grantpt(master) + unlockpt(master), 0);
	assert_int_equal(ptsname_r(master, node, sizeof(node)), 0);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		const int held = open(node, O_RDWR | O_NOCTTY);

		_exit(flock(held, LOCK_EX) == 0 &&
			write(ready[1], "x", 1) == 1 && pause());
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	snprintf(spec, sizeof(spec), "serial:%s:9600:none", node);
	assert_true(printing_open(&p, spec, "/d", false, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_FAILED);
	printing_says(&p, &ev);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(err.code, ERR_BUSY);
	snprintf(who, sizeof(who), "test_printing (%d)", (int)pid);
	assert_string_equal(ev.print.holder, who);
	assert_string_equal(ev.print.rule, "");
	close(ready[0]);
	close(ready[1]);
	close(master);
	free(j);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(who_has_the_printer_is_told),
	cmocka_unit_test(the_drawer_opens_before_the_paper),
	cmocka_unit_test(without_a_drawer_there_is_no_pulse),
	cmocka_unit_test(its_trouble_is_told),
	cmocka_unit_test(between_jobs_others_may_print),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3 + COUNT_OF(letters_rows) +
				COUNT_OF(others)];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[n] = (struct CMUnitTest)
		cmocka_unit_test(without_a_printer_nothing_is_printed);
	tests[n + 1] = (struct CMUnitTest)
		cmocka_unit_test(the_demo_keeps_a_picture_of_each_job);
	tests[n + 2] = (struct CMUnitTest)
		cmocka_unit_test(a_place_that_cannot_be_fails_and_says_so);
	n += 3;
	UNIT_ADD_ROWS(tests, &n, letters_rows, run_letters_row);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("printing", tests, NULL, NULL);
}
