/*
 * The printer behind /dev/usb/lpN, against umock_lp.c, which plays usblp:
 * each row starts that program with a fault, and under it this one as the
 * client.
 */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/printer/printer_lp.h"
#include "drivers/printer/printer_open.h"
#include "support/tmpdir.h"

enum {
	JOB = 120 * 1000,   /* far more than a pseudo-terminal holds */
	JOB_MS = 60 * 1000, /* ends long before, also on a slow machine */
	CUT_MS = 700        /* for a printer that takes no more */
};

static uint8_t job[JOB];
static char dir[PATH_MAX];
static char self[PATH_MAX];
static char emulator[PATH_MAX];

/* No 10 04 inside: the emulator takes that for a question. */
static void fill_job(void)
{
	for (size_t i = 0; i < JOB; i++)
		job[i] = (uint8_t)(0x20 + (i * 31 + i / 97) % 200);
}

/* ---- the client: under umockdev ----------------------------------------- */

static void print_once(struct printer *p, int timeout_ms)
{
	struct err err = {0};
	const enum printer_outcome outcome =
		printer_print(p, job, sizeof(job), timeout_ms, &err);
	struct printer_status last;

	printer_last_status(p, &last);
	printf("outcome=%d code=%d text=%s\nlow=%d\n", outcome, err.code,
		err.text, last.paper_low);
}

static void tell_about(struct printer *p)
{
	char id[PRINTER_LP_ID_SIZE];
	struct printer_status s;
	struct err err = {0};

	printf("identity=%s\n", printer_identity(p));
	if (printer_lp_device_id(p, id, sizeof(id), &err))
		printf("id=%s\n", id);
	if (printer_status(p, &s, 1000, &err))
		printf("known=%d online=%d paper_out=%d cover_open=%d\n",
			s.known, s.online, s.paper_out, s.cover_open);
	else
		printf("status code=%d\n", err.code);
}

static int client(const char *what, const char *where)
{
	struct err err = {0};
	struct printer *p = printer_open(where, 2000, &err);

	if (!p) {
		printf("open code=%d text=%s\n", err.code, err.text);
		return 0;
	}
	if (strcmp(what, "tell") == 0)
		tell_about(p);
	else if (strcmp(what, "hold") == 0)
		return client("tell", where);
	else
		print_once(p, strncmp(what, "cut", 3) ? JOB_MS : CUT_MS);
	if (strstr(what, "twice"))
		print_once(p, JOB_MS);
	printer_close(p);
	return 0;
}

/* ---- the rows ------------------------------------------------------------ */

enum paper {
	WHOLE,
	NOTHING,
	A_START, /* and the text tells more, for what the node held */
	ANY,
};

struct row {
	const char *name;
	const char *faults;
	const char *client; /* what it does */
	const char *where;
	const char *says; /* part of what came out */
	enum paper paper;
	const char *printer_says; /* part of the emulator's last line */
};

/* Numbers of enum printer_outcome and enum err_code: 2 is ERR_BUSY, 3 is */
/* ERR_TIMEOUT, 4 is ERR_GONE, 7 is ERR_IO. */
#define OUTCOME_FAILED "outcome=0 "
#define OUTCOME_UNKNOWN "outcome=1 "
#define OUTCOME_PRINTED "outcome=2 code=0 "

static struct row rows[] = {
	{"a whole job, by its node", "", "print", "lp:/dev/usb/lp1",
		OUTCOME_PRINTED, WHOLE, ""},
	{"found by its class, beside a hiddev", "", "print", "lp",
		OUTCOME_PRINTED, WHOLE, ""},
	{"auto: where libusb finds none, the node", "", "print", "auto",
		OUTCOME_PRINTED, WHOLE, ""},
	{"a hiddev is no printer", "absent", "print", "lp", "open code=4 ",
		NOTHING, ""},
	{"not even when named", "", "print", "lp:/dev/usb/hiddev0",
		"open code=1 ", NOTHING, ""},
	{"a printer that does not answer questions", "mute", "print", "lp",
		OUTCOME_PRINTED, WHOLE, ""},
	{"a printer with no way back", "oneway", "print", "lp", OUTCOME_PRINTED,
		WHOLE, ""},
	{"near the end of the roll", "low=1", "print", "lp",
		OUTCOME_PRINTED "text=\nlow=1", WHOLE, ""},
	{"no paper before: nothing is sent", "paper=1", "print", "lp",
		OUTCOME_FAILED "code=7 text=lp printer: out of paper", NOTHING,
		""},
	{"cover open: nothing is sent", "cover=1", "print", "lp",
		OUTCOME_FAILED "code=7 text=lp printer: cover open", NOTHING,
		""},
	{"paper out after the last byte: unknown", "runs_out=120000", "print",
		"lp",
		OUTCOME_UNKNOWN "code=7 text=lp printer: after the last byte: "
				"out of paper",
		WHOLE, ""},
	{"T52 garbage for an answer", "garbage=1", "print", "lp",
		OUTCOME_PRINTED, WHOLE, ""},
	{"takes no more: unknown", "nak=9000", "cut", "lp",
		OUTCOME_UNKNOWN "code=3 text=lp printer: took only ", A_START,
		"resets=1"},
	{"gone at once", "unplug=0 mute", "print", "lp", "code=4 ", NOTHING,
		""},
	{"unplugged in the middle: gone, unknown", "unplug=9000", "print", "lp",
		OUTCOME_UNKNOWN "code=4 text=lp printer: ", A_START, ""},
	{"the job after a cut one starts with a reset", "nak=9000", "cut-twice",
		"lp", "\n" OUTCOME_PRINTED, ANY, "resets=1"},
	{"a whole job, no reset", "", "twice", "lp", OUTCOME_PRINTED, ANY,
		"resets=0"},
	{"held already: busy", "", "hold", "lp", "open code=2 ", NOTHING, ""},
	{"the id and the status", "", "tell", "lp",
		"id=MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;\n"
		"known=1 online=1 paper_out=0 cover_open=0\n",
		NOTHING, ""},
	{"it has the name that it has on USB", "", "tell", "lp:/dev/usb/lp1",
		"identity=usb:04b8:0e15:J5XK004417\n", NOTHING, ""},
	{"the status without paper", "paper=1", "tell", "lp", "paper_out=1",
		NOTHING, ""},
};

/* Run it all; what was said on stdout. */
static void run_under_umockdev(const struct row *row, char *said, size_t size)
{
	char command[4 * PATH_MAX];
	FILE *pipe;
	size_t len;

	/* ASan wants to be loaded first, and umockdev's wrapper is. */
	snprintf(command, sizeof(command),
		"ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 "
		"umockdev-wrapper %s %s/paper %s -- %s --client %s %s 2>&1",
		emulator, dir, row->faults, self, row->client, row->where);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	len = fread(said, 1, size - 1, pipe);
	said[len] = '\0';
	if (pclose(pipe) != 0)
		fail_msg("%s: %s", row->faults, said);
}

static size_t read_paper(uint8_t *paper, size_t size)
{
	char path[PATH_MAX];
	FILE *in = fopen(tmpdir_path(dir, "paper", path, sizeof(path)), "rb");
	size_t len;

	assert_non_null(in);
	len = fread(paper, 1, size, in);
	fclose(in);
	return len;
}

static unsigned long number_in(const char *said)
{
	const char *number = strstr(said, "only ");

	if (!number)
		number = strstr(said, "after ");
	return number ? strtoul(strchr(number, ' ') + 1, NULL, 10) : JOB;
}

static void check_paper(const struct row *row, const char *said)
{
	static uint8_t paper[2 * JOB + 1];
	const size_t len = read_paper(paper, sizeof(paper));

	switch (row->paper) {
	case WHOLE:
		assert_int_equal(len, JOB);
		break;
	case NOTHING:
		assert_int_equal(len, 0);
		break;
	case A_START:
		assert_int_equal(len, 9000);
		assert_in_range(number_in(said), len, JOB);
		break;
	case ANY:
		return;
	}
	assert_memory_equal(paper, job, len);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	char said[2048];

	run_under_umockdev(row, said, sizeof(said));
	if (!strstr(said, row->says) || !strstr(said, row->printer_says))
		fail_msg("expected \"%s\", \"%s\" in:\n%s", row->says,
			row->printer_says, said);
	check_paper(row, said);
}

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

static void skipped(void **state)
{
	(void)state;
	print_message("umockdev-wrapper is not installed: lp not tested\n");
	skip();
}

/* umock_lp stands beside this program. */
static void find_programs(void)
{
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int folder;

	self[n > 0 ? n : 0] = '\0';
	folder = (int)(strrchr(self, '/') - self);
	snprintf(emulator, sizeof(emulator), "%.*s/umock_lp", folder, self);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest none[] = {
		cmocka_unit_test(skipped),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];

	fill_job();
	if (argc == 4 && strcmp(argv[1], "--client") == 0)
		return client(argv[2], argv[3]);
	if (system("command -v umockdev-wrapper >/dev/null") != 0)
		return cmocka_run_group_tests(none, NULL, NULL);
	find_programs();
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("printer_lp", tests, setup,
		teardown);
}
