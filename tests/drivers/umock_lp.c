/*
 * umock_lp.c - a receipt printer behind /dev/usb/lp1, made of a process.
 *
 *	umockdev-wrapper umock_lp OUT [FAULT...] -- PROGRAM [ARGUMENT...]
 *
 * It plays usblp: LPGETSTATUS, the IEEE 1284 id and the reset are answered
 * here, the data come through a pseudo-terminal. Beside it there is hiddev0,
 * which shares its class and its minors. The bytes of the job go to OUT
 * (status questions left out). Faults, N counted in bytes of the job:
 *
 *	absent      only the hiddev is there
 *	mute        DLE EOT is not answered
 *	oneway      it cannot be read from
 *	paper=1     out of paper from the start: port and DLE EOT
 *	runs_out=N  paper ends there, the data are still taken
 *	cover=1     the cover is open
 *	low=1       near the end of the roll
 *	garbage=1   answers with anything
 *	nak=N       nothing more is taken from there on, until it is reset
 *	unplug=N    pulled out there
 *
 * At the end one line goes to stdout: "printer: resets=N".
 */
#include <umockdev.h>

#include <errno.h>
#include <linux/lp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NODE "/dev/usb/lp1"
#define FILES "tests/data/devices/"

enum {
	GET_DEVICE_ID_NR = 1,
	SOFT_RESET_NR = 7
};

static struct lp {
	UMockdevTestbed *testbed;
	GMainLoop *loop;
	FILE *out;
	int fd; /* the other end of the node; -1: pulled out */
	int child_status;
	gboolean absent, mute, oneway, paper_out, cover, low, garbage;
	long runs_out_at, nak_at, unplug_at; /* -1: never */
	long printed;
	guint8 question[2];
	int asked; /* bytes of a question seen */
	int resets;
} lp = {.runs_out_at = -1, .nak_at = -1, .unplug_at = -1, .fd = -1};

static guint8 answer_to(guint8 n)
{
	static guint8 noise = 0x5b;

	if (lp.garbage)
		return noise = (guint8)(noise * 73 + 41);
	if (n == 2 && lp.cover)
		return 0x16;
	if (n == 2 && lp.paper_out)
		return 0x32;
	if (n == 4 && lp.paper_out)
		return 0x72;
	return n == 4 && lp.low ? 0x1e : 0x12;
}

static void answer(guint8 n)
{
	const guint8 byte = answer_to(n);

	/* A byte there makes the node readable; reading it then fails. */
	if ((!lp.mute || lp.oneway) && write(lp.fd, &byte, 1) != 1)
		fprintf(stderr, "umock_lp: %s\n", strerror(errno));
}

static void print_byte(guint8 byte)
{
	fputc(byte, lp.out);
	lp.printed++;
	if (lp.runs_out_at >= 0 && lp.printed >= lp.runs_out_at)
		lp.paper_out = TRUE;
}

/* DLE EOT n is answered at once and not printed. */
static void feed(const guint8 *bytes, gssize len)
{
	static const guint8 dle_eot[] = {0x10, 0x04};

	for (gssize i = 0; i < len; i++) {
		if (lp.asked == 2) {
			lp.asked = 0;
			answer(bytes[i]);
		} else if (bytes[i] == dle_eot[lp.asked]) {
			lp.asked++;
		} else {
			if (lp.asked == 1)
				print_byte(0x10);
			lp.asked = 0;
			print_byte(bytes[i]);
		}
	}
	fflush(lp.out);
}

static void pull_out(void)
{
	umockdev_testbed_remove_device(lp.testbed,
		"/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/usbmisc/"
		"lp1");
	close(lp.fd);
	lp.fd = -1;
}

/* So much may be read before the next fault is due. */
static gsize room(gsize size)
{
	const long due[] = {lp.nak_at, lp.unplug_at};

	for (gsize i = 0; i < G_N_ELEMENTS(due); i++)
		if (due[i] >= 0 && due[i] - lp.printed < (long)size)
			size = due[i] > lp.printed
				       ? (gsize)(due[i] - lp.printed)
				       : 0;
	return size;
}

static gboolean on_data(GIOChannel *channel, GIOCondition condition,
	gpointer unused)
{
	guint8 bytes[256];
	const gsize size = room(sizeof(bytes));
	gssize n;

	(void)channel;
	(void)condition;
	(void)unused;
	if (size == 0 && lp.unplug_at >= 0) {
		pull_out();
		return FALSE;
	}
	if (size == 0)
		return FALSE; /* it takes nothing more */
	n = read(lp.fd, bytes, size);
	if (n > 0)
		feed(bytes, n);
	/* Nobody has it open: that is no end. */
	if (n <= 0)
		g_usleep(1000);
	return TRUE;
}

static void watch(void)
{
	g_io_add_watch(g_io_channel_unix_new(lp.fd), G_IO_IN, on_data, NULL);
}

/* Paper is in it again; what was sent before the reset is forgotten. */
static void start_anew(void)
{
	struct pollfd f = {.fd = lp.fd, .events = POLLIN};
	guint8 bytes[4096];

	while (poll(&f, 1, 20) > 0 && read(lp.fd, bytes, sizeof(bytes)) > 0)
		;
	lp.nak_at = -1;
	watch();
}

/* 0, or the errno for the caller. */
static int handle(gulong request, UMockdevIoctlData *arg)
{
	static const char id[] = "\0\x31MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"
				 "CLS:PRINTER;";
	UMockdevIoctlData *data;

	if (lp.fd < 0)
		return ENODEV;
	if (request == LPGETSTATUS) {
		data = umockdev_ioctl_data_resolve(arg, 0, sizeof(int), NULL);
		*(int *)data->data =
			LP_PSELECD | (lp.paper_out ? LP_POUTPA : LP_PERRORP);
		return 0;
	}
	if (_IOC_TYPE(request) != 'P')
		return ENOTTY;
	if (_IOC_NR(request) == SOFT_RESET_NR) {
		lp.resets++;
		if (lp.nak_at >= 0)
			start_anew();
		return 0;
	}
	if (_IOC_NR(request) != GET_DEVICE_ID_NR)
		return EINVAL;
	data = umockdev_ioctl_data_resolve(arg, 0, _IOC_SIZE(request), NULL);
	memcpy(data->data, id, sizeof(id) - 1);
	return 0;
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
	gpointer unused)
{
	const int sys = handle(umockdev_ioctl_client_get_request(client),
		umockdev_ioctl_client_get_arg(client));

	(void)base;
	(void)unused;
	umockdev_ioctl_client_complete(client, sys ? -1 : 0, sys);
	return TRUE;
}

/* A printer with no way back. */
static gboolean on_read(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
	gpointer unused)
{
	(void)base;
	(void)unused;
	if (!lp.oneway)
		return FALSE;
	umockdev_ioctl_client_complete(client, -1, EINVAL);
	return TRUE;
}

static gboolean load(const char *file, GError **error)
{
	g_autofree gchar *text = NULL;

	return g_file_get_contents(file, &text, NULL, error) &&
	       umockdev_testbed_add_from_string(lp.testbed, text, error);
}

static gboolean plug_in(GError **error)
{
	UMockdevIoctlBase *ioctls = umockdev_ioctl_base_new();

	if (!load(FILES "ups_hiddev.umockdev", error))
		return FALSE;
	if (lp.absent)
		return TRUE;
	g_signal_connect(ioctls, "handle-ioctl", G_CALLBACK(on_ioctl), NULL);
	g_signal_connect(ioctls, "handle-read", G_CALLBACK(on_read), NULL);
	if (!load(FILES "printer_usb.umockdev", error) ||
		!umockdev_testbed_attach_ioctl(lp.testbed, NODE, ioctls, error))
		return FALSE;
	lp.fd = umockdev_testbed_get_dev_fd(lp.testbed, NODE);
	watch();
	return TRUE;
}

static void take_fault(const char *word)
{
	const char *value = strchr(word, '=');
	const long number = value ? strtol(value + 1, NULL, 10) : 0;

	lp.absent |= strcmp(word, "absent") == 0;
	lp.mute |= strcmp(word, "mute") == 0;
	lp.oneway |= strcmp(word, "oneway") == 0;
	lp.paper_out |= g_str_has_prefix(word, "paper=");
	lp.cover |= g_str_has_prefix(word, "cover=");
	lp.low |= g_str_has_prefix(word, "low=");
	lp.garbage |= g_str_has_prefix(word, "garbage=");
	if (g_str_has_prefix(word, "runs_out="))
		lp.runs_out_at = number;
	else if (g_str_has_prefix(word, "nak="))
		lp.nak_at = number;
	else if (g_str_has_prefix(word, "unplug="))
		lp.unplug_at = number;
}

/* What the program has written and we have not seen yet. */
static void read_the_rest(void)
{
	struct pollfd f = {.fd = lp.fd, .events = POLLIN};

	while (lp.fd >= 0 && poll(&f, 1, 0) > 0 && (f.revents & POLLIN) &&
		on_data(NULL, G_IO_IN, NULL))
		;
}

static void on_child_exit(GPid pid, gint status, gpointer unused)
{
	(void)pid;
	(void)unused;
	lp.child_status = status;
	read_the_rest();
	g_main_loop_quit(lp.loop);
}

static gboolean run_program(char **argv, GError **error)
{
	GPid pid;

	if (!g_spawn_async(NULL, argv, NULL,
		    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
		    &pid, error))
		return FALSE;
	g_child_watch_add(pid, on_child_exit, NULL);
	g_main_loop_run(lp.loop);
	return TRUE;
}

int main(int argc, char **argv)
{
	GError *error = NULL;
	int i = 2;

	if (argc < 4)
		return 2;
	lp.out = fopen(argv[1], "wb");
	lp.testbed = umockdev_testbed_new();
	lp.loop = g_main_loop_new(NULL, FALSE);
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		take_fault(argv[i]);
	if (!lp.out || !plug_in(&error) || i + 1 >= argc ||
		!run_program(argv + i + 1, &error)) {
		fprintf(stderr, "umock_lp: %s\n",
			error ? error->message : "cannot start");
		return 2;
	}
	fclose(lp.out);
	g_object_unref(lp.testbed); /* removes its folder in /tmp */
	printf("printer: resets=%d\n", lp.resets);
	return lp.child_status ? 1 : 0;
}
