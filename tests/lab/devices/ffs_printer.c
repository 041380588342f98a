/*
 * ffs_printer.c - a receipt printer as a USB gadget, on FunctionFS.
 *
 *	ffs_printer MOUNT PAPER
 *
 * What is printed goes into the file PAPER: all that came on the bulk
 * endpoint but for the questions DLE EOT n, which are answered, wherever they
 * stand, as printers do. A question is left out only if it came alone in its
 * packet: the same bytes in a picture are the picture's.
 *
 * Told by lines on stdin, each answered by a line on stdout:
 *
 *	fresh      nothing printed, no trouble, as when switched on
 *	empty N    after N bytes the roll is at its end: takes no more, says so
 *	deaf N     after N bytes takes no more, and says nothing of it
 *	halt N     after N bytes the endpoint stalls, once
 *	slow US    each packet takes so long
 *	go         paper is in; takes bytes again
 *	resets     how many SOFT_RESET came since it was fresh
 *	taken      how many bytes were printed
 *
 * One packet is taken at a time, so it stops at the byte that was said, to
 * the size of a packet.
 */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/functionfs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PACKET = 512,
	FULL_SPEED_PACKET = 64,
	CLASS_PRINTER = 7,
	BOTH_WAYS = 2,
	GET_DEVICE_ID = 0,
	GET_PORT_STATUS = 1,
	SOFT_RESET = 2,
	CLASS_IN = 0xa1,
	CLASS_OUT = 0x21,
	PORT_FINE = 0x18, /* selected, no error */
	PORT_NO_PAPER = 0x30,
	DLE = 0x10,
	EOT = 4,
	STATUS_FINE = 0x12,
	STATUS_STOPPED = 0x20, /* of DLE EOT 2: the end of the paper */
	STATUS_NO_PAPER = 0x60,
	MOMENT_US = 2000
};

struct function_descs {
	struct usb_interface_descriptor interface;
	struct usb_endpoint_descriptor_no_audio out;
	struct usb_endpoint_descriptor_no_audio in;
} __attribute__((packed));

struct all_descs {
	struct usb_functionfs_descs_head_v2 head;
	uint32_t full_count;
	uint32_t high_count;
	struct function_descs full;
	struct function_descs high;
} __attribute__((packed));

struct all_strings {
	struct usb_functionfs_strings_head head;
	uint16_t language;
	char name[sizeof("Receipt printer")];
} __attribute__((packed));

struct gadget {
	int control; /* ep0 */
	int out;     /* from the host */
	int in;      /* to the host */
	int answers[2];
	FILE *paper;
	_Atomic long taken;
	_Atomic long stop_at; /* -1: never */
	_Atomic long halt_at;
	_Atomic bool tells; /* of the end of the roll */
	_Atomic bool stopped;
	_Atomic bool no_paper;
	_Atomic int slow_us;
	_Atomic int resets;
};

static void die(const char *doing)
{
	perror(doing);
	exit(1);
}

/* ---- what it says it is ------------------------------------------------------ */

static struct usb_endpoint_descriptor_no_audio endpoint(uint8_t address,
	uint16_t packet)
{
	return (struct usb_endpoint_descriptor_no_audio){
		.bLength = USB_DT_ENDPOINT_SIZE,
		.bDescriptorType = USB_DT_ENDPOINT,
		.bEndpointAddress = address,
		.bmAttributes = USB_ENDPOINT_XFER_BULK,
		.wMaxPacketSize = htole16(packet),
	};
}

static struct function_descs function(uint16_t packet)
{
	return (struct function_descs){
		.interface =
			{
				.bLength = USB_DT_INTERFACE_SIZE,
				.bDescriptorType = USB_DT_INTERFACE,
				.bNumEndpoints = 2,
				.bInterfaceClass = CLASS_PRINTER,
				.bInterfaceSubClass = 1,
				.bInterfaceProtocol = BOTH_WAYS,
				.iInterface = 1,
			},
		.out = endpoint(1 | USB_DIR_OUT, packet),
		.in = endpoint(2 | USB_DIR_IN, packet),
	};
}

static void describe(const struct gadget *g)
{
	const struct all_descs descs = {
		.head =
			{
				.magic = htole32(
					FUNCTIONFS_DESCRIPTORS_MAGIC_V2),
				.length = htole32(sizeof(descs)),
				.flags = htole32(FUNCTIONFS_HAS_FS_DESC |
						 FUNCTIONFS_HAS_HS_DESC),
			},
		.full_count = htole32(3),
		.high_count = htole32(3),
		.full = function(FULL_SPEED_PACKET),
		.high = function(PACKET),
	};
	const struct all_strings strings = {
		.head =
			{
				.magic = htole32(FUNCTIONFS_STRINGS_MAGIC),
				.length = htole32(sizeof(strings)),
				.str_count = htole32(1),
				.lang_count = htole32(1),
			},
		.language = htole16(0x409),
		.name = "Receipt printer",
	};

	if (write(g->control, &descs, sizeof(descs)) < 0 ||
		write(g->control, &strings, sizeof(strings)) < 0)
		die("describe");
}

/* ---- paper ---------------------------------------------------------------- */

static void answer(const struct gadget *g, uint8_t n)
{
	uint8_t status = STATUS_FINE;

	if (n == 2 && g->no_paper)
		status |= STATUS_STOPPED;
	if (n == 4 && g->no_paper)
		status |= STATUS_NO_PAPER;
	if (write(g->answers[1], &status, 1) < 0)
		die("answer");
}

/* Questions are found across packets, too. */
static void take(struct gadget *g, const uint8_t *bytes, size_t len)
{
	static uint8_t last[2];

	for (size_t i = 0; i < len; i++) {
		if (last[0] == DLE && last[1] == EOT)
			answer(g, bytes[i]);
		last[0] = last[1];
		last[1] = bytes[i];
	}
	if (len == 3 && bytes[0] == DLE && bytes[1] == EOT)
		return;
	if (fwrite(bytes, 1, len, g->paper) != len || fflush(g->paper) != 0)
		die("paper");
	g->taken += (long)len;
}

static void misbehave(struct gadget *g)
{
	uint8_t nothing = 0;

	if (g->slow_us > 0)
		usleep((useconds_t)g->slow_us);
	if (g->stop_at >= 0 && g->taken >= g->stop_at) {
		g->stop_at = -1;
		g->no_paper = g->tells;
		g->stopped = true;
	}
	if (g->halt_at >= 0 && g->taken >= g->halt_at) {
		g->halt_at = -1;
		/* The wrong direction: FunctionFS halts the endpoint. */
		if (write(g->out, &nothing, 0) >= 0 || errno != EBADMSG)
			perror("halt");
	}
}

static void *printing(void *user)
{
	struct gadget *g = user;
	uint8_t packet[PACKET];

	for (;;) {
		ssize_t got;

		while (g->stopped)
			usleep(MOMENT_US);
		got = read(g->out, packet, sizeof(packet));
		if (got > 0)
			take(g, packet, (size_t)got);
		else if (got < 0 && errno != EINTR && errno != EAGAIN)
			usleep(MOMENT_US); /* unplugged */
		misbehave(g);
	}
	return NULL;
}

/* Apart, since the host may never fetch an answer. */
static void *answering(void *user)
{
	const struct gadget *g = user;
	uint8_t bytes[16];
	ssize_t got;

	while ((got = read(g->answers[0], bytes, sizeof(bytes))) > 0)
		if (write(g->in, bytes, (size_t)got) < 0)
			usleep(MOMENT_US);
	return NULL;
}

/* ---- control -------------------------------------------------------------- */

/* The answer to a request; -1: it is not known. */
static int reply(struct gadget *g, const struct usb_ctrlrequest *setup,
	uint8_t *out)
{
	static const char id[] = "MFG:Lab;CMD:ESC/POS;MDL:FFS-80;CLS:PRINTER;";
	const int kind = setup->bRequestType << 8 | setup->bRequest;

	switch (kind) {
	case CLASS_IN << 8 | GET_DEVICE_ID:
		out[0] = 0;
		out[1] = sizeof(id) - 1 + 2;
		memcpy(out + 2, id, sizeof(id) - 1);
		return out[1];
	case CLASS_IN << 8 | GET_PORT_STATUS:
		out[0] = g->no_paper ? PORT_NO_PAPER : PORT_FINE;
		return 1;
	case CLASS_OUT << 8 | SOFT_RESET:
		g->resets++;
		return 0;
	default:
		return -1;
	}
}

/* Reading where the host reads, or writing where it writes, is a stall. */
static void serve(struct gadget *g, const struct usb_ctrlrequest *setup)
{
	const bool in = (setup->bRequestType & USB_DIR_IN) != 0;
	const int most = le16toh(setup->wLength);
	uint8_t bytes[256];
	int len = reply(g, setup, bytes);
	ssize_t done;

	if (len > most)
		len = most;
	if (len < 0)
		done = in ? read(g->control, bytes, 0)
			  : write(g->control, bytes, 0);
	else
		done = in ? write(g->control, bytes, (size_t)len)
			  : read(g->control, bytes, 0);
	if (done < 0 && errno != EL2HLT)
		perror("control");
}

static void *controlling(void *user)
{
	struct usb_functionfs_event event;
	struct gadget *g = user;

	for (;;) {
		const ssize_t got = read(g->control, &event, sizeof(event));

		if (got < 0 && errno != EINTR && errno != EAGAIN)
			die("events");
		if (got == sizeof(event) && event.type == FUNCTIONFS_SETUP)
			serve(g, &event.u.setup);
	}
	return NULL;
}

/* ---- commands ---------------------------------------------------------------- */

static void fresh(struct gadget *g)
{
	rewind(g->paper);
	if (ftruncate(fileno(g->paper), 0) != 0)
		die("paper");
	g->taken = 0;
	g->resets = 0;
	g->slow_us = 0;
	g->stop_at = -1;
	g->halt_at = -1;
	g->no_paper = false;
	g->stopped = false;
}

static long obey(struct gadget *g, const char *word, long n)
{
	if (strcmp(word, "fresh") == 0) {
		fresh(g);
	} else if (strcmp(word, "empty") == 0 || strcmp(word, "deaf") == 0) {
		g->tells = word[0] == 'e';
		g->stop_at = n;
	} else if (strcmp(word, "halt") == 0) {
		g->halt_at = n;
	} else if (strcmp(word, "slow") == 0) {
		g->slow_us = (int)n;
	} else if (strcmp(word, "go") == 0) {
		g->no_paper = false;
		g->stopped = false;
	} else if (strcmp(word, "resets") == 0) {
		return g->resets;
	} else if (strcmp(word, "taken") != 0) {
		fprintf(stderr, "what is %s?\n", word);
		exit(2);
	}
	return g->taken;
}

static int open_at(const char *mount, const char *name)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", mount, name);
	fd = open(path, O_RDWR);
	if (fd < 0)
		die(path);
	return fd;
}

static void start(void *(*thread)(void *), struct gadget *g)
{
	pthread_t id;

	if (pthread_create(&id, NULL, thread, g) != 0)
		die("thread");
}

int main(int argc, char **argv)
{
	static struct gadget g;
	char line[64];

	if (argc != 3)
		return 2;
	g.control = open_at(argv[1], "ep0");
	describe(&g);
	g.out = open_at(argv[1], "ep1");
	g.in = open_at(argv[1], "ep2");
	g.paper = fopen(argv[2], "wb");
	if (!g.paper || pipe(g.answers) != 0)
		die(argv[2]);
	fresh(&g);
	start(controlling, &g);
	start(printing, &g);
	start(answering, &g);
	puts("ready");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		char word[16] = "";
		long n = 0;

		sscanf(line, "%15s %ld", word, &n);
		printf("%ld\n", obey(&g, word, n));
		fflush(stdout);
	}
	return 0;
}
