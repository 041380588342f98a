/*
 * uvc_camera.c - a webcam (USB Video Class 1.0) that has one format only.
 *
 *	uvc_camera yuyv|mjpeg PICTURE
 *
 * Before it is that picture, such as chitra decode takes, until it is killed.
 * Frames come by bulk transfers, since vhci-hcd is no wire with a clock; the
 * kernel's uvcvideo takes them as from any webcam. Its JPEGs lack the tables
 * that every decoder has, as those of most webcams do.
 */
#include <endian.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/picture.h"
#include "tests/lab/devices/light_frame.h"
#include "tests/lab/devices/vhci.h"

enum {
	VENDOR = 0x1209, /* pid.codes: free for such */
	PRODUCT = 0x10,
	WIDTH = 640,
	HEIGHT = 360,
	PIXELS = WIDTH * HEIGHT,
	FRAME_MOST = 2 * PIXELS,
	FRAME_MS = 200,
	FRAME_100NS = FRAME_MS * 10000,
	PACKET = 512,
	/* One payload is one transfer: what uvcvideo asks for at once. */
	PAYLOAD = 32 * PACKET,
	PAYLOAD_HEAD = 2,
	END_OF_HEAD = 0x80,
	END_OF_FRAME = 0x02,
	IN_END = 1,
	/* UVC 1.0, A.2 to A.9 */
	CC_VIDEO = 0x0e,
	SC_CONTROL = 1,
	SC_STREAMING = 2,
	SC_COLLECTION = 3,
	CS_INTERFACE = 0x24,
	GET_CUR = 0x81,
	GET_MIN = 0x82,
	GET_MAX = 0x83,
	GET_DEF = 0x87,
	PROBE_SIZE = 26,
	QUALITY = 80
};

struct webcam {
	bool jpeg;
	uint8_t config[256];
	size_t len;
	uint8_t frame[FRAME_MOST];
	size_t size;
	size_t sent;      /* of the frame under way */
	uint8_t toggle;   /* 0 or 1 by turns, a frame each */
	long long due_ms; /* when the next frame begins */
};

static void die(const char *doing)
{
	perror(doing);
	exit(1);
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* ---- what it says it is ------------------------------------------------------ */

#define LE16(n) (uint8_t)((n)&0xff), (uint8_t)((n) >> 8 & 0xff)
#define LE32(n) LE16(n), LE16((n) >> 16)

static void add(struct webcam *w, const uint8_t *bytes, size_t len)
{
	memcpy(w->config + w->len, bytes, len);
	w->len += len;
}

/* A camera and what it is led to: UVC 1.0, 3.7. */
static void add_control(struct webcam *w)
{
	static const uint8_t bytes[] = {/* both interfaces are one function */
		8, USB_DT_INTERFACE_ASSOCIATION, 0, 2, CC_VIDEO, SC_COLLECTION,
		0, 0,
		/* interface 0 */
		9, USB_DT_INTERFACE, 0, 0, 0, CC_VIDEO, SC_CONTROL, 0, 0,
		/* header: 1.0, 40 bytes in all, 6 MHz, streams in interface 1 */
		13, CS_INTERFACE, 1, LE16(0x100), LE16(40), LE32(6000000), 1, 1,
		/* terminal 1: a camera without controls */
		18, CS_INTERFACE, 2, 1, LE16(0x201), 0, 0, LE16(0), LE16(0),
		LE16(0), 3, 0, 0, 0,
		/* terminal 2: USB, from 1 */
		9, CS_INTERFACE, 3, 2, LE16(0x101), 0, 1, 0};

	add(w, bytes, sizeof(bytes));
}

static void add_format(struct webcam *w)
{
	static const uint8_t yuyv[] = {27, CS_INTERFACE, 4, 1, 1, 'Y', 'U', 'Y',
		'2', 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71, 16,
		1, 0, 0, 0, 0};
	static const uint8_t jpeg[] = {11, CS_INTERFACE, 6, 1, 1, 1, 1, 0, 0, 0,
		0};

	if (w->jpeg)
		add(w, jpeg, sizeof(jpeg));
	else
		add(w, yuyv, sizeof(yuyv));
}

/* Interface 1: one format, one size, one pace (UVC 1.0, 3.9). */
static void add_stream(struct webcam *w)
{
	static const uint8_t interface[] = {9, USB_DT_INTERFACE, 1, 0, 1,
		CC_VIDEO, SC_STREAMING, 0, 0};
	const size_t format = w->jpeg ? 11 : 27;
	const uint8_t header[] = {14, CS_INTERFACE, 1, 1,
		LE16(14 + format + 30), USB_DIR_IN | IN_END, 0, 2, 0, 0, 0, 1,
		0};
	const uint8_t frame[] = {30, CS_INTERFACE, w->jpeg ? 7 : 5, 1, 0,
		LE16(WIDTH), LE16(HEIGHT), LE32(8000000), LE32(32000000),
		LE32(FRAME_MOST), LE32(FRAME_100NS), 1, LE32(FRAME_100NS)};
	static const uint8_t end[] = {USB_DT_ENDPOINT_SIZE, USB_DT_ENDPOINT,
		USB_DIR_IN | IN_END, USB_ENDPOINT_XFER_BULK, LE16(PACKET), 0};

	add(w, interface, sizeof(interface));
	add(w, header, sizeof(header));
	add_format(w);
	add(w, frame, sizeof(frame));
	add(w, end, sizeof(end));
}

static void describe(struct webcam *w)
{
	static const uint8_t bytes[] = {USB_DT_CONFIG_SIZE, USB_DT_CONFIG, 0, 0,
		2, 1, 0, USB_CONFIG_ATT_ONE, 50};

	add(w, bytes, sizeof(bytes));
	add_control(w);
	add_stream(w);
	w->config[2] = (uint8_t)w->len;
}

static int descriptor(struct webcam *w, int type, uint8_t *out)
{
	const struct usb_device_descriptor device = {
		.bLength = USB_DT_DEVICE_SIZE,
		.bDescriptorType = USB_DT_DEVICE,
		.bcdUSB = htole16(0x0200),
		.bDeviceClass = USB_CLASS_MISC,
		.bDeviceSubClass = 2,
		.bDeviceProtocol = 1,
		.bMaxPacketSize0 = 64,
		.idVendor = htole16(VENDOR),
		.idProduct = htole16(PRODUCT),
		.bNumConfigurations = 1,
	};

	if (type == USB_DT_DEVICE) {
		memcpy(out, &device, sizeof(device));
		return sizeof(device);
	}
	if (type != USB_DT_CONFIG)
		return VHCI_STALL;
	memcpy(out, w->config, w->len);
	return (int)w->len;
}

/* The one thing that can be agreed on (UVC 1.0, 4.3.1.1). */
static int probe(uint8_t *out)
{
	const uint8_t bytes[PROBE_SIZE] = {LE16(1), 1, 1, LE32(FRAME_100NS),
		LE16(0), LE16(0), LE16(0), LE16(0), LE16(0), LE32(FRAME_MOST),
		LE32(PAYLOAD)};

	memcpy(out, bytes, sizeof(bytes));
	return sizeof(bytes);
}

static int control(void *user, const struct usb_ctrlrequest *setup,
	uint8_t *out)
{
	const int value = le16toh(setup->wValue);

	switch (VHCI_REQUEST(setup->bRequestType, setup->bRequest)) {
	case VHCI_REQUEST(0x80, USB_REQ_GET_DESCRIPTOR):
		return descriptor(user, value >> 8, out);
	case VHCI_REQUEST(0x80, USB_REQ_GET_STATUS):
	case VHCI_REQUEST(0x82, USB_REQ_GET_STATUS):
		memset(out, 0, 2);
		return 2;
	case VHCI_REQUEST(0xa1, GET_CUR):
	case VHCI_REQUEST(0xa1, GET_MIN):
	case VHCI_REQUEST(0xa1, GET_MAX):
	case VHCI_REQUEST(0xa1, GET_DEF):
		return probe(out);
	default:
		return setup->bRequestType & USB_DIR_IN ? VHCI_STALL : 0;
	}
}

/* ---- frames ------------------------------------------------------------------- */

static void make_yuyv(struct webcam *w, const struct picture *p)
{
	for (size_t i = 0; i < PIXELS; i++) {
		w->frame[2 * i] = p->grey[i];
		w->frame[2 * i + 1] = 128; /* no colour */
	}
	w->size = FRAME_MOST;
}

/* Every segment before the picture but the tables (ITU T.81, B.1.1.4). */
static void leave_tables_out(struct webcam *w)
{
	enum {
		TABLES = 0xc4,
		PICTURE = 0xda
	};
	size_t at = 2;

	while (at + 4 < w->size && w->frame[at + 1] != PICTURE) {
		const size_t len =
			2 + ((size_t)w->frame[at + 2] << 8 | w->frame[at + 3]);

		if (w->frame[at + 1] == TABLES) {
			w->size -= len;
			memmove(w->frame + at, w->frame + at + len,
				w->size - at);
		} else {
			at += len;
		}
	}
}

static void make_jpeg(struct webcam *w, const struct picture *p)
{
	char path[] = "/tmp/webcam-XXXXXX";
	const int fd = mkstemp(path);
	FILE *in = fd >= 0 ? fdopen(fd, "rb") : NULL;

	if (!in || !picture_save_baseline(p, path, QUALITY))
		die("jpeg");
	w->size = fread(w->frame, 1, sizeof(w->frame), in);
	fclose(in);
	unlink(path);
	leave_tables_out(w);
}

static int give(void *user, int endpoint, uint8_t *bytes, int most)
{
	struct webcam *w = user;
	size_t len = w->size - w->sent;

	if (endpoint != IN_END || most <= PAYLOAD_HEAD)
		return VHCI_NOT_YET;
	if (w->sent == 0 && now_ms() < w->due_ms)
		return VHCI_NOT_YET;
	if (w->sent == 0)
		w->due_ms = now_ms() + FRAME_MS;
	if (most > PAYLOAD)
		most = PAYLOAD;
	if (len > (size_t)most - PAYLOAD_HEAD)
		len = (size_t)most - PAYLOAD_HEAD;
	bytes[0] = PAYLOAD_HEAD;
	bytes[1] = END_OF_HEAD | w->toggle;
	memcpy(bytes + PAYLOAD_HEAD, w->frame + w->sent, len);
	w->sent += len;
	if (w->sent == w->size) {
		bytes[1] |= END_OF_FRAME;
		w->sent = 0;
		w->toggle ^= 1;
	}
	return (int)len + PAYLOAD_HEAD;
}

int main(int argc, char **argv)
{
	static struct webcam w;
	const struct vhci_device device = {.speed = USB_SPEED_HIGH,
		.user = &w,
		.control = control,
		.give = give};
	struct picture p;

	if (argc != 3)
		return 2;
	w.jpeg = strcmp(argv[1], "mjpeg") == 0;
	p = picture_new(WIDTH, HEIGHT);
	light_frame(argv[2], WIDTH, HEIGHT, p.grey);
	if (w.jpeg)
		make_jpeg(&w, &p);
	else
		make_yuyv(&w, &p);
	picture_free(&p);
	describe(&w);
	vhci_run(&device);
}
