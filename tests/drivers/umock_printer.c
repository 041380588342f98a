/*
 * umock_printer.c - a USB receipt printer made of a process, on umockdev.
 *
 *	umockdev-wrapper umock_printer OUT [FAULT...] -- PROGRAM [ARGUMENT...]
 *
 * It plays the kernel's usbfs under the real libusb of PROGRAM: it takes the
 * URBs, prints the bytes of the bulk pipe to OUT (status questions left out)
 * and answers as a TM-T20 would. Faults, N counted in bytes printed:
 *
 *	absent          nothing is plugged in
 *	plugs=FIFO      plug and unplug, written there a line each, do that;
 *			busy and free: another program claims it and lets go
 *	hid             a keyboard is interface 0 of the same device
 *	model=VVVVPPPP  its numbers, in hex
 *	class=N         its interface has that class, not a printer's
 *	total=N         its descriptor claims to be so long (T53)
 *	endpoints=N     its interface claims so many of them (T53)
 *	busy            another program has claimed it
 *	mute            DLE EOT is not answered
 *	paper=1         out of paper from the start
 *	runs_out=N      paper ends there, the data are still taken
 *	nak=N[,MS]      paper ends there and nothing more is taken (for MS)
 *	stall=N         the pipe halts there once
 *	unplug=N        pulled out there
 *	vanish=N        the same, but the transfer fails as on a bad cable
 *	noise=N         a bad cable: the transfer fails, the printer stays
 *
 * At the end one line goes to stdout: "printer: claimed=BITS resets=N".
 */
#include <umockdev.h>

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define SYS_PATH "/devices/pci0000:00/0000:00:14.0/usb1/1-1"
#define NODE "bus/usb/001/002"

enum {
	BULK_OUT = 0x01,
	BULK_IN = 0x82,
	SERIAL = 3, /* number of that string */
	PACKET = 64
};

static const char device_id[] = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;";

static const guint8 device_descriptor[] = {18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xb8,
	0x04, 0x15, 0x0e, 0, 1, 0, 0, SERIAL, 1};

static const guint8 printer_only[] = {9, 2, 32, 0, 1, 1, 0, 0xc0, 0,
	/* interface 0, class 7, both ways */
	9, 4, 0, 0, 2, 7, 1, 2, 0,
	/* bulk out, bulk in */
	7, 5, BULK_OUT, 2, PACKET, 0, 0, 7, 5, BULK_IN, 2, PACKET, 0, 0};

static const guint8 behind_a_keyboard[] = {9, 2, 57, 0, 2, 1, 0, 0xc0, 0,
	/* interface 0: HID, boot keyboard, with its report descriptor */
	9, 4, 0, 0, 1, 3, 1, 1, 0, 9, 0x21, 0x11, 0x01, 0, 1, 0x22, 63, 0,
	/* interrupt in */
	7, 5, 0x83, 3, 8, 0, 10,
	/* interface 1: the printer */
	9, 4, 1, 0, 2, 7, 1, 2, 0, 7, 5, BULK_OUT, 2, PACKET, 0, 0, 7, 5,
	BULK_IN, 2, PACKET, 0, 0};

/* A request block as the kernel would hold it. */
struct urb {
	UMockdevIoctlData *block;
	UMockdevIoctlData *buffer;
	gboolean done;
};

static struct printer {
	UMockdevTestbed *testbed;
	GMainLoop *loop;
	GQueue urbs; /* of struct urb, in order of submission */
	FILE *out;
	int child_status;
	/* faults; -1: none */
	long stall_at, nak_at, unplug_at, noise_at, runs_out_at;
	int unplug_status; /* what the transfer fails with then */
	long nak_ms;
	gboolean absent, hid, mute, busy;
	long model;                   /* vendor << 16 | product */
	long class, total, endpoints; /* -1: as they are */
	/* state */
	long printed;
	gboolean paper_out, naking, halted, gone;
	gint64 nak_since; /* microseconds */
	guint8 question[3];
	int asked; /* bytes of a question seen */
	GByteArray *answers;
	unsigned claimed; /* bit n: interface n was claimed */
	int resets;
} printer = {.stall_at = -1,
	.nak_at = -1,
	.unplug_at = -1,
	.noise_at = -1,
	.runs_out_at = -1,
	.model = 0x04b80e15,
	.class = -1,
	.total = -1,
	.endpoints = -1,
	.unplug_status = -ESHUTDOWN};

/* ---- what the printer does ------------------------------------------------ */

static guint8 port_status(void)
{
	const gboolean error = printer.paper_out || printer.naking;

	return 0x10 | (printer.paper_out ? 0x20 : 0) | (error ? 0 : 0x08);
}

static void answer(guint8 n)
{
	guint8 status = 0x12;

	if (n == 2 && printer.paper_out)
		status = 0x32;
	if (n == 4 && printer.paper_out)
		status = 0x72;
	if (!printer.mute)
		g_byte_array_append(printer.answers, &status, 1);
}

static void print_byte(guint8 byte)
{
	fputc(byte, printer.out);
	printer.printed++;
	if (printer.runs_out_at >= 0 && printer.printed >= printer.runs_out_at)
		printer.paper_out = TRUE;
}

/* DLE EOT n is answered at once and not printed. */
static void feed(const guint8 *bytes, long len)
{
	static const guint8 dle_eot[] = {0x10, 0x04};

	for (long i = 0; i < len; i++) {
		if (printer.asked == 2) {
			printer.asked = 0;
			answer(bytes[i]);
		} else if (bytes[i] == dle_eot[printer.asked]) {
			printer.asked++;
		} else {
			if (printer.asked == 1)
				print_byte(0x10);
			printer.asked = 0;
			print_byte(bytes[i]);
		}
	}
	fflush(printer.out);
}

/* ---- URBs ------------------------------------------------------------------ */

static struct usbdevfs_urb *block_of(const struct urb *u)
{
	return (struct usbdevfs_urb *)u->block->data;
}

static void complete(struct urb *u, int status)
{
	block_of(u)->status = status;
	u->done = TRUE;
}

/* Take up to the fault at this offset; returns what that was. */
static void take_until(struct urb *u, long offset)
{
	struct usbdevfs_urb *block = block_of(u);
	const long room = block->buffer_length - block->actual_length;
	long len = offset - printer.printed;

	len = len < 0 ? 0 : len > room ? room : len;
	feed(u->buffer->data + block->actual_length, len);
	block->actual_length += (int)len;
}

static void pull_out(struct urb *u)
{
	take_until(u, printer.unplug_at);
	printer.gone = TRUE;
	complete(u, printer.unplug_status);
	umockdev_testbed_uevent(printer.testbed, "/sys" SYS_PATH, "remove");
	umockdev_testbed_remove_device(printer.testbed, "/sys" SYS_PATH);
}

static void stop_taking(struct urb *u)
{
	/* Whole packets only, as a device that answers NAK does. */
	take_until(u, printer.printed + (printer.nak_at - printer.printed) /
						PACKET * PACKET);
	printer.naking = TRUE;
	printer.paper_out = TRUE;
	printer.nak_since = g_get_monotonic_time();
}

static gboolean still_naking(void)
{
	if (!printer.naking)
		return FALSE;
	if (printer.nak_ms == 0 || g_get_monotonic_time() - printer.nak_since <
					   printer.nak_ms * 1000)
		return TRUE;
	printer.naking = FALSE;
	printer.paper_out = FALSE;
	printer.nak_at = -1;
	return FALSE;
}

static void run_bulk_out(struct urb *u)
{
	struct usbdevfs_urb *block = block_of(u);
	const long end =
		printer.printed + block->buffer_length - block->actual_length;

	if (printer.halted) {
		complete(u, -EPIPE);
	} else if (still_naking()) {
		return;
	} else if (printer.unplug_at >= 0 && end > printer.unplug_at) {
		pull_out(u);
	} else if (printer.noise_at >= 0 && end > printer.noise_at) {
		take_until(u, printer.noise_at);
		complete(u, -EPROTO);
	} else if (printer.stall_at >= 0 && end > printer.stall_at) {
		take_until(u, printer.stall_at);
		printer.stall_at = -1;
		printer.halted = TRUE;
		complete(u, -EPIPE);
	} else if (printer.nak_at >= 0 && end > printer.nak_at) {
		stop_taking(u);
	} else {
		take_until(u, G_MAXLONG / 2);
		complete(u, 0);
	}
}

static void run_bulk_in(struct urb *u)
{
	struct usbdevfs_urb *block = block_of(u);
	const int len = MIN((int)printer.answers->len, block->buffer_length);

	if (len == 0)
		return;
	memcpy(u->buffer->data, printer.answers->data, (size_t)len);
	g_byte_array_remove_range(printer.answers, 0, (guint)len);
	block->actual_length = len;
	complete(u, 0);
}

static int send_device_id(guint8 *data, int room)
{
	guint8 id[256];
	int len = (int)strlen(device_id) + 2;

	id[0] = (guint8)(len >> 8);
	id[1] = (guint8)len;
	memcpy(id + 2, device_id, strlen(device_id));
	if (len > room)
		len = room;
	memcpy(data, id, (size_t)len);
	return len;
}

/* A string as UTF-16; 0 is the list of languages. */
static int send_string(guint8 n, guint8 *data, int room)
{
	static const char serial[] = "J5;K \x01"
				     "7";
	guint8 s[64] = {4, 3, 0x09, 0x04};

	if (n == SERIAL) {
		s[0] = (guint8)(2 * strlen(serial) + 2);
		for (size_t i = 0; i < strlen(serial); i++) {
			s[2 + 2 * i] = (guint8)serial[i];
			s[3 + 2 * i] = 0;
		}
	}
	memcpy(data, s, (size_t)MIN(room, s[0]));
	return MIN(room, s[0]);
}

/* The printer class requests; wIndex must name the right interface. */
static void run_control(struct urb *u)
{
	guint8 *setup = u->buffer->data;
	guint8 *data = setup + 8;
	const int room = setup[6] | setup[7] << 8;
	const int index = setup[4] | setup[5] << 8;
	const int interface = printer.hid ? 1 : 0;

	block_of(u)->actual_length = 0;
	if (setup[0] == 0xa1 && setup[1] == 0 && index == interface << 8) {
		block_of(u)->actual_length = send_device_id(data, room);
	} else if (setup[0] == 0x80 && setup[1] == 6 && setup[3] == 3) {
		block_of(u)->actual_length = send_string(setup[2], data, room);
	} else if (setup[0] == 0xa1 && setup[1] == 1 && room >= 1 &&
		   index == interface) {
		data[0] = port_status();
		block_of(u)->actual_length = 1;
	} else if (setup[0] == 0x21 && setup[1] == 2 && index == interface) {
		printer.resets++;
		printer.halted = FALSE;
		printer.naking = FALSE;
		printer.paper_out = FALSE;
		printer.nak_at = -1;
	} else {
		complete(u, -EPIPE);
		return;
	}
	complete(u, 0);
}

static void run_urb(struct urb *u)
{
	if (u->done)
		return;
	if (printer.gone)
		complete(u, -ESHUTDOWN);
	else if (block_of(u)->type == USBDEVFS_URB_TYPE_CONTROL)
		run_control(u);
	else if (block_of(u)->endpoint == BULK_OUT)
		run_bulk_out(u);
	else if (block_of(u)->endpoint == BULK_IN)
		run_bulk_in(u);
	else
		complete(u, -EPIPE);
}

static void submit(UMockdevIoctlData *block)
{
	struct usbdevfs_urb *raw = (struct usbdevfs_urb *)block->data;
	struct urb *u = g_new0(struct urb, 1);

	u->block = g_object_ref(block);
	u->buffer = umockdev_ioctl_data_resolve(block,
		offsetof(struct usbdevfs_urb, buffer),
		(gsize)raw->buffer_length, NULL);
	if (u->buffer)
		g_object_ref(u->buffer);
	raw->actual_length = 0;
	raw->status = 0;
	g_queue_push_tail(&printer.urbs, u);
	run_urb(u);
}

/* 0, or the errno for the caller. */
static int discard(gulong address)
{
	for (GList *l = printer.urbs.head; l; l = l->next) {
		struct urb *u = l->data;

		if (u->block->client_addr == address && !u->done) {
			complete(u, -ENOENT);
			return 0;
		}
	}
	return EINVAL;
}

static int reap(UMockdevIoctlData *slot)
{
	for (GList *l = printer.urbs.head; l; l = l->next)
		run_urb(l->data);
	for (GList *l = printer.urbs.head; l; l = l->next) {
		const struct urb *u = l->data;

		if (!u->done)
			continue;
		umockdev_ioctl_data_set_ptr(slot, 0, u->block);
		g_queue_delete_link(&printer.urbs, l);
		return 0;
	}
	return printer.gone ? ENODEV : EAGAIN;
}

/* ---- usbfs ----------------------------------------------------------------- */

static int handle(gulong request, UMockdevIoctlData *arg,
	UMockdevIoctlData *data)
{
	const gboolean reaping = request == USBDEVFS_REAPURB ||
				 request == USBDEVFS_REAPURBNDELAY;

	if (printer.gone && !reaping)
		return ENODEV;
	if (printer.busy && (request == USBDEVFS_CLAIMINTERFACE ||
				    request == USBDEVFS_DISCONNECT_CLAIM))
		return EBUSY;
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES:
		*(guint32 *)data->data = USBDEVFS_CAP_BULK_SCATTER_GATHER |
					 USBDEVFS_CAP_BULK_CONTINUATION |
					 USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
					 USBDEVFS_CAP_REAP_AFTER_DISCONNECT |
					 USBDEVFS_CAP_ZERO_PACKET;
		return 0;
	case USBDEVFS_CLAIMINTERFACE:
		printer.claimed |= 1u << *(unsigned *)data->data;
		return 0;
	case USBDEVFS_DISCONNECT_CLAIM:
		printer.claimed |=
			1u << ((struct usbdevfs_disconnect_claim *)data->data)
				      ->interface;
		return 0;
	case USBDEVFS_RELEASEINTERFACE:
	case USBDEVFS_SETINTERFACE:
		return 0;
	case USBDEVFS_CLEAR_HALT:
		printer.halted = FALSE;
		return 0;
	case USBDEVFS_SUBMITURB:
		submit(data);
		return 0;
	case USBDEVFS_DISCARDURB:
		return discard(*(gulong *)arg->data);
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		return reap(data);
	}
	return ENOTTY;
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
	gpointer unused)
{
	const gulong request = umockdev_ioctl_client_get_request(client);
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
	UMockdevIoctlData *data = NULL;
	int sys;

	(void)base;
	(void)unused;
	if (_IOC_SIZE(request))
		data = umockdev_ioctl_data_resolve(arg, 0, _IOC_SIZE(request),
			NULL);
	sys = handle(request, arg, data);
	umockdev_ioctl_client_complete(client, sys ? -1 : 0, sys);
	return TRUE;
}

/* ---- plugging in and starting ---------------------------------------------- */

static void put_hex(GString *text, const guint8 *bytes, gsize len)
{
	for (gsize i = 0; i < len; i++)
		g_string_append_printf(text, "%02X", bytes[i]);
}

/* The configuration, with what a fault makes of it. */
static void put_configuration(GString *text)
{
	const gsize len =
		printer.hid ? sizeof(behind_a_keyboard) : sizeof(printer_only);
	g_autofree guint8 *bytes =
		g_memdup2(printer.hid ? behind_a_keyboard : printer_only, len);
	const gsize face = printer.hid ? 34 : 9; /* the printer's interface */

	if (printer.total >= 0) {
		bytes[2] = (guint8)printer.total;
		bytes[3] = (guint8)(printer.total >> 8);
	}
	if (printer.endpoints >= 0)
		bytes[face + 4] = (guint8)printer.endpoints;
	if (printer.class >= 0)
		bytes[face + 5] = (guint8)printer.class;
	put_hex(text, bytes, len);
}

static gboolean plug_in(GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	guint8 *device =
		g_memdup2(device_descriptor, sizeof(device_descriptor));
	UMockdevIoctlBase *usbfs = umockdev_ioctl_base_new();

	device[8] = (guint8)(printer.model >> 16);
	device[9] = (guint8)(printer.model >> 24);
	device[10] = (guint8)printer.model;
	device[11] = (guint8)(printer.model >> 8);
	g_string_printf(text,
		"P: " SYS_PATH "\n"
		"N: " NODE "\n"
		"E: DEVNAME=/dev/" NODE "\n"
		"E: DEVTYPE=usb_device\n"
		"E: SUBSYSTEM=usb\n"
		"E: BUSNUM=001\nE: DEVNUM=002\nE: MAJOR=189\nE: MINOR=1\n"
		"A: busnum=1\\n\nA: devnum=2\\n\nA: speed=12\\n\n"
		"A: bConfigurationValue=1\\n\n"
		"A: idVendor=%04lx\\n\nA: idProduct=%04lx\\n\n"
		"H: descriptors=",
		printer.model >> 16 & 0xffff, printer.model & 0xffff);
	put_hex(text, device, sizeof(device_descriptor));
	put_configuration(text);
	g_free(device);
	g_string_append_printf(text,
		"\n\n"
		"P: " SYS_PATH "/1-1:1.%d\n"
		"E: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\n"
		"E: INTERFACE=7/1/2\nE: PRODUCT=%lx/%lx/100\n"
		"A: bInterfaceClass=07\\n\nA: bInterfaceProtocol=02\\n\n"
		"A: bInterfaceNumber=0%d\\n\nA: bNumEndpoints=02\\n\n\n",
		printer.hid, printer.model >> 16 & 0xffff,
		printer.model & 0xffff, printer.hid);
	g_signal_connect(usbfs, "handle-ioctl", G_CALLBACK(on_ioctl), NULL);
	return umockdev_testbed_add_from_string(printer.testbed, text->str,
		       error) &&
	       umockdev_testbed_attach_ioctl(printer.testbed, "/dev/" NODE,
		       usbfs, error);
}

/* As somebody does it: what is below the device goes first. */
static void unplug(void)
{
	g_autofree gchar *face =
		g_strdup_printf("/sys" SYS_PATH "/1-1:1.%d", printer.hid);

	if (printer.absent)
		return;
	printer.absent = TRUE;
	printer.gone = TRUE;
	umockdev_testbed_detach_ioctl(printer.testbed, "/dev/" NODE, NULL);
	umockdev_testbed_uevent(printer.testbed, face, "remove");
	umockdev_testbed_remove_device(printer.testbed, face);
	umockdev_testbed_uevent(printer.testbed, "/sys" SYS_PATH, "remove");
	umockdev_testbed_remove_device(printer.testbed, "/sys" SYS_PATH);
}

static gboolean on_plug(GIOChannel *in, GIOCondition why, gpointer unused)
{
	g_autoptr(GError) error = NULL;
	g_autofree gchar *line = NULL;

	(void)why;
	(void)unused;
	if (g_io_channel_read_line(in, &line, NULL, NULL, NULL) !=
		G_IO_STATUS_NORMAL)
		return TRUE;
	if (g_str_has_prefix(line, "unplug")) {
		unplug();
	} else if (g_str_has_prefix(line, "busy") ||
		   g_str_has_prefix(line, "free")) {
		printer.busy = line[0] == 'b';
	} else if (printer.absent) {
		printer.absent = FALSE;
		printer.gone = FALSE;
		if (!plug_in(&error))
			fprintf(stderr, "umock_printer: %s\n", error->message);
	}
	return TRUE;
}

/* Both ways, so that it never ends while nobody writes. */
static void listen_to(const char *fifo)
{
	GIOChannel *in = g_io_channel_new_file(fifo, "r+", NULL);

	if (in)
		g_io_add_watch(in, G_IO_IN, on_plug, NULL);
}

static void take_fault(const char *word)
{
	const char *value = strchr(word, '=');
	const long number = value ? strtol(value + 1, NULL, 10) : 0;
	const char *comma = value ? strchr(value, ',') : NULL;

	if (strcmp(word, "absent") == 0)
		printer.absent = TRUE;
	else if (strcmp(word, "hid") == 0)
		printer.hid = TRUE;
	else if (strcmp(word, "busy") == 0)
		printer.busy = TRUE;
	else if (strcmp(word, "mute") == 0)
		printer.mute = TRUE;
	else if (g_str_has_prefix(word, "model="))
		printer.model = strtol(value + 1, NULL, 16);
	else if (g_str_has_prefix(word, "class="))
		printer.class = number;
	else if (g_str_has_prefix(word, "total="))
		printer.total = number;
	else if (g_str_has_prefix(word, "endpoints="))
		printer.endpoints = number;
	else if (g_str_has_prefix(word, "paper="))
		printer.paper_out = number != 0;
	else if (g_str_has_prefix(word, "runs_out="))
		printer.runs_out_at = number;
	else if (g_str_has_prefix(word, "stall="))
		printer.stall_at = number;
	else if (g_str_has_prefix(word, "unplug="))
		printer.unplug_at = number;
	else if (g_str_has_prefix(word, "noise="))
		printer.noise_at = number;
	else if (g_str_has_prefix(word, "nak="))
		printer.nak_at = number;
	if (g_str_has_prefix(word, "vanish=")) {
		printer.unplug_at = number;
		printer.unplug_status = -EPROTO;
	}
	if (g_str_has_prefix(word, "plugs="))
		listen_to(value + 1);
	if (comma)
		printer.nak_ms = strtol(comma + 1, NULL, 10);
}

static void on_child_exit(GPid pid, gint status, gpointer unused)
{
	(void)pid;
	(void)unused;
	printer.child_status = status;
	g_main_loop_quit(printer.loop);
}

static gboolean run_program(char **argv, GError **error)
{
	GPid pid;

	if (!g_spawn_async(NULL, argv, NULL,
		    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH |
			    G_SPAWN_CHILD_INHERITS_STDIN,
		    NULL, NULL, &pid, error))
		return FALSE;
	g_child_watch_add(pid, on_child_exit, NULL);
	g_main_loop_run(printer.loop);
	return TRUE;
}

int main(int argc, char **argv)
{
	GError *error = NULL;
	int i = 2;

	if (argc < 4)
		return 2;
	printer.out = fopen(argv[1], "wb");
	printer.answers = g_byte_array_new();
	printer.testbed = umockdev_testbed_new();
	printer.loop = g_main_loop_new(NULL, FALSE);
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		take_fault(argv[i]);
	if (!printer.out || (!printer.absent && !plug_in(&error)) ||
		i + 1 >= argc || !run_program(argv + i + 1, &error)) {
		fprintf(stderr, "umock_printer: %s\n",
			error ? error->message : "cannot start");
		return 2;
	}
	fclose(printer.out);
	g_object_unref(printer.testbed); /* removes its folder in /tmp */
	printf("printer: claimed=%u resets=%d\n", printer.claimed,
		printer.resets);
	return printer.child_status ? 1 : 0;
}
