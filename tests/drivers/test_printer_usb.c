/*
 * The USB printer on the real libusb, against umock_printer.c: each row
 * starts that program with a fault, and under it this one as the client.
 */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/printer/printer_usb.h"
#include "support/tmpdir.h"

enum {
	JOB = 20000,
	PACKET = 64,
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

	printf("outcome=%d code=%d text=%s\n", outcome, err.code, err.text);
}

static void tell_about(struct printer *p)
{
	char id[PRINTER_USB_ID_SIZE];
	struct printer_status s;
	struct err err = {0};

	printf("identity=%s\n", printer_identity(p));
	if (printer_usb_device_id(p, id, sizeof(id), &err))
		printf("id=%s\n", id);
	if (printer_status(p, &s, 1000, &err))
		printf("known=%d online=%d paper_out=%d cover_open=%d\n",
			s.known, s.online, s.paper_out, s.cover_open);
	else
		printf("status code=%d\n", err.code);
}

static int client(const char *what)
{
	struct err err = {0};
	struct printer *p = printer_usb_open(0, 0, &err);

	if (!p) {
		printf("open code=%d text=%s\n", err.code, err.text);
		return 0;
	}
	if (strcmp(what, "tell") != 0)
		print_once(p, strncmp(what, "cut", 3) ? JOB_MS : CUT_MS);
	if (strstr(what, "twice"))
		print_once(p, JOB_MS);
	if (strcmp(what, "tell") == 0)
		tell_about(p);
	printer_close(p);
	/* As the program does after trouble. */
	return strcmp(what, "cut-again") == 0 ? client("print") : 0;
}

/* ---- the rows ------------------------------------------------------------ */

enum paper {
	WHOLE,
	NOTHING,
	A_START, /* as much as "only N of" or "after N of" in the text says */
	ANY,
};

struct row {
	const char *name;
	const char *faults;
	const char *client; /* what it does */
	const char *says;   /* part of what came out */
	enum paper paper;
	const char *printer_says; /* part of the emulator's last line */
};

/* Numbers of enum printer_outcome and enum err_code: 3 is ERR_TIMEOUT, 4 is */
/* ERR_GONE, 7 is ERR_IO. */
#define OUTCOME_FAILED "outcome=0 "
#define OUTCOME_UNKNOWN "outcome=1 "
#define OUTCOME_PRINTED "outcome=2 code=0 "

static struct row rows[] = {
	{"a whole job", "", "print", OUTCOME_PRINTED, WHOLE, "claimed=1 "},
	{"a printer that does not answer questions", "mute", "print",
		OUTCOME_PRINTED, WHOLE, ""},
	{"the pipe halts: cleared, and on from there", "stall=5000", "print",
		OUTCOME_PRINTED, WHOLE, ""},
	{"busy for a while: on from there", "nak=9000,150", "print",
		OUTCOME_PRINTED, WHOLE, ""},
	{"takes no more: unknown, with the true count", "nak=9000", "cut",
		OUTCOME_UNKNOWN "code=3 text=usb printer: took only ", A_START,
		""},
	{"takes nothing at all: failed", "nak=0 mute", "cut",
		OUTCOME_FAILED "code=3 ", NOTHING, ""},
	{"unplugged in the middle: gone, unknown", "unplug=9000", "print",
		OUTCOME_UNKNOWN "code=4 text=usb printer: after ", A_START, ""},
	{"unplugged, which shows as noise: gone all the same", "vanish=9000",
		"print", OUTCOME_UNKNOWN "code=4 text=usb printer: after ",
		A_START, ""},
	{"noise on the cable: an error, not gone", "noise=9000", "print",
		OUTCOME_UNKNOWN "code=7 text=usb printer: after ", A_START, ""},
	{"no paper before: nothing is sent", "paper=1", "print",
		OUTCOME_FAILED "code=7 text=usb printer: out of paper", NOTHING,
		""},
	{"paper out after the last byte: unknown", "runs_out=20000", "print",
		OUTCOME_UNKNOWN "code=7 text=usb printer: after the last byte: "
				"out of paper",
		WHOLE, ""},
	{"no printer: gone", "absent", "print", "open code=4 ", NOTHING, ""},
	{"the job after a cut one starts with a reset", "nak=9000", "cut-twice",
		"\n" OUTCOME_PRINTED, ANY, "resets=1"},
	{"and so it does when opened anew", "nak=9000", "cut-again",
		"\n" OUTCOME_PRINTED, ANY, "resets=1"},
	{"no job before, no reset", "", "twice", "\n" OUTCOME_PRINTED, ANY,
		"resets=0"},
	{"T53 beside a keyboard: only the printer is claimed", "hid", "print",
		OUTCOME_PRINTED, WHOLE, "claimed=2 "},
	{"T53 its class requests name the right interface", "hid", "tell",
		"id=MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;\n"
		"known=1 online=1 paper_out=0 cover_open=0\n",
		NOTHING, ""},
	{"T53 a descriptor that claims 65,535 bytes: read as far as it goes",
		"total=65535", "print", OUTCOME_PRINTED, WHOLE, "claimed=1 "},
	{"T53 one that claims to end in its own header: no printer", "total=9",
		"print", "open code=4 ", NOTHING, "claimed=0 "},
	{"T53 without any endpoint: no printer", "endpoints=0", "print",
		"open code=4 ", NOTHING, "claimed=0 "},
	{"T53 with more endpoints than there are: no printer", "endpoints=250",
		"print", "open code=4 ", NOTHING, "claimed=0 "},
	{"another class: no printer", "class=255", "print", "open code=4 ",
		NOTHING, "claimed=0 "},
	{"the vendor's class, of a model known for it",
		"class=255 model=04b80202", "print", OUTCOME_PRINTED, WHOLE,
		"claimed=1 "},
	{"a model that must not be asked", "model=05190003 paper=1", "print",
		OUTCOME_PRINTED, WHOLE, ""},
	{"a model that must not be closed at once", "model=05190001", "print",
		OUTCOME_PRINTED, WHOLE, ""},
	{"the id and the status", "", "tell",
		"id=MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;\n"
		"known=1 online=1 paper_out=0 cover_open=0\n",
		NOTHING, ""},
	{"T53 its serial number is made one word", "", "tell",
		"identity=usb:04b8:0e15:J5_K__7\n", NOTHING, ""},
	{"held by another program: busy, and who", "busy", "print",
		"open code=2 text=usb printer: claim the interface: "
		"/dev/bus/usb/001/002 is held by ",
		NOTHING, ""},
	{"the status without paper", "paper=1", "tell", "paper_out=1", NOTHING,
		""},
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
		"umockdev-wrapper %s %s/paper %s -- %s --client %s 2>&1",
		emulator, dir, row->faults, self, row->client);
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
	assert_non_null(number);
	return strtoul(strchr(number, ' ') + 1, NULL, 10);
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
		assert_in_range(len, 9000 - PACKET, 9000);
		assert_int_equal(number_in(said), len);
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
	print_message("umockdev-wrapper is not installed: USB not tested\n");
	skip();
}

/* umock_printer stands beside this program. */
static void find_programs(void)
{
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int folder;

	self[n > 0 ? n : 0] = '\0';
	folder = (int)(strrchr(self, '/') - self);
	snprintf(emulator, sizeof(emulator), "%.*s/umock_printer", folder,
		self);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest none[] = {
		cmocka_unit_test(skipped),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];

	fill_job();
	if (argc == 3 && strcmp(argv[1], "--client") == 0)
		return client(argv[2]);
	if (system("command -v umockdev-wrapper >/dev/null") != 0)
		return cmocka_run_group_tests(none, NULL, NULL);
	find_programs();
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("printer_usb", tests, setup,
		teardown);
}
