#include "drivers/printer/printer_usb.h"

#include <assert.h>
#include <libusb-1.0/libusb.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/devices/access.h"
#include "drivers/devices/quirks.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_reply.h"

enum {
	NODE_SIZE = 32,
	SERIAL_SIZE = 65,
	PROTOCOL_BOTH_WAYS = 2,
	/* Printer class requests (USB printer class 1.1, 4.2). */
	GET_DEVICE_ID = 0,
	GET_PORT_STATUS = 1,
	SOFT_RESET = 2,
	REQUEST_IN = 0xa1,  /* class, interface, to us */
	REQUEST_OUT = 0x21, /* class, interface, to the printer */
	/* Of the port status, as on a parallel cable. */
	PORT_PAPER_OUT = 0x20,
	CONTROL_MS = 500,
	CLOSING_MS = 200,
	SLOW_MS = 1000,
	/* A hub is asked for news every 256 ms, and may be busy. */
	HUB_MS = 600,
	HUB_STEP_MS = 50
};

/* Where the printer is inside its device. */
struct place {
	uint8_t interface;
	uint8_t alternate;
	bool has_alternates;
	uint8_t protocol;
	uint8_t out; /* endpoint; 0: none, so no printer */
	uint8_t in;  /* endpoint; 0: none */
};

struct printer_usb {
	struct printer base;
	libusb_context *ctx; /* of our own: no other driver's events */
	libusb_device_handle *dev;
	struct place at;
	bool claimed;
	struct quirks quirks; /* of this model */
};

static struct printer_usb *usb_of(struct printer *p)
{
	return (struct printer_usb *)p;
}

static bool usb_failed(struct err *err, int rc, const char *doing)
{
	static const struct {
		int rc;
		enum err_code code;
	} map[] = {
		{LIBUSB_ERROR_NO_DEVICE, ERR_GONE},
		{LIBUSB_ERROR_NOT_FOUND, ERR_GONE},
		{LIBUSB_ERROR_BUSY, ERR_BUSY},
		{LIBUSB_ERROR_ACCESS, ERR_DENIED},
		{LIBUSB_ERROR_TIMEOUT, ERR_TIMEOUT},
		{LIBUSB_ERROR_NO_MEM, ERR_NO_MEMORY},
	};
	enum err_code code = ERR_IO;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].rc == rc)
			code = map[i].code;
	return err_set(err, code, rc, "%s: %s", doing, libusb_strerror(rc));
}

static void node_of(libusb_device *device, char out[NODE_SIZE])
{
	snprintf(out, NODE_SIZE, "/dev/bus/usb/%03d/%03d",
		libusb_get_bus_number(device),
		libusb_get_device_address(device));
}

/* Opening or claiming failed: who else has it, or what udev lacks. */
static bool access_failed(libusb_device *device, int rc, const char *doing,
	struct err *err)
{
	struct libusb_device_descriptor ids = {0};
	struct device d = {.class = DEVICE_USB_PRINTER};
	char node[NODE_SIZE];
	char what[ACCESS_RULE_SIZE];

	usb_failed(err, rc, doing);
	node_of(device, node);
	if (err->code == ERR_BUSY) {
		device_holder(node, what, ACCESS_HOLDER_SIZE);
		return err_set(err, ERR_BUSY, rc, "%s: %s is held by %s", doing,
			node, what[0] ? what : "another program");
	}
	if (err->code != ERR_DENIED)
		return false;
	(void)libusb_get_device_descriptor(device, &ids);
	d.vendor_id = ids.idVendor;
	d.product_id = ids.idProduct;
	device_rule(&d, what, sizeof(what));
	return err_set(err, ERR_DENIED, rc, "no permission; udev lacks: %s",
		what);
}

/* In the list of devices, and with its files in sysfs? */
static bool is_listed(const struct printer_usb *u)
{
	libusb_device *const ours = libusb_get_device(u->dev);
	libusb_device **list = NULL;
	const ssize_t count = libusb_get_device_list(u->ctx, &list);
	bool there = false;
	int number = 0;

	for (ssize_t i = 0; i < count; i++)
		there = there || list[i] == ours;
	if (count >= 0)
		libusb_free_device_list(list, 1);
	/* The list is udevd's news, which come late or, without it, never. */
	return there && libusb_get_configuration(u->dev, &number) !=
				LIBUSB_ERROR_NO_DEVICE;
}

/*
 * Unplugging shows as NO_DEVICE or as IO, and IO may be a bad cable too:
 * only the list of devices knows. Transfers fail at once, but the hub tells
 * of it up to a quarter of a second later.
 */
static bool is_plugged_in(const struct printer_usb *u)
{
	bool there = is_listed(u);

	for (int ms = 0; there && ms < HUB_MS; ms += HUB_STEP_MS) {
		poll(NULL, 0, HUB_STEP_MS);
		there = is_listed(u);
	}
	return there;
}

static bool transfer_failed(const struct printer_usb *u, int rc,
	const char *doing, struct err *err)
{
	if ((rc == LIBUSB_ERROR_NO_DEVICE || rc == LIBUSB_ERROR_IO) &&
		!is_plugged_in(u))
		return err_set(err, ERR_GONE, rc, "%s: unplugged", doing);
	usb_failed(err, rc, doing);
	if (err->code == ERR_GONE && rc != LIBUSB_ERROR_NO_DEVICE)
		err->code = ERR_IO;
	return false;
}

/* Zero-length writes and the time-out 0, for ever, do not get here. */
static unsigned wait_ms(int timeout_ms)
{
	return timeout_ms > 0 ? (unsigned)timeout_ms : 1;
}

/* Throw away a half picture; not every printer can. */
static int soft_reset(struct printer_usb *u, int timeout_ms)
{
	return libusb_control_transfer(u->dev, REQUEST_OUT, SOFT_RESET, 0,
		u->at.interface, NULL, 0, wait_ms(timeout_ms));
}

static bool usb_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	struct printer_usb *u = usb_of(p);
	const int rc = after_cut ? soft_reset(u, timeout_ms) : 0;

	return rc != LIBUSB_ERROR_NO_DEVICE ||
	       transfer_failed(u, rc, "reset", err);
}

static bool usb_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	struct printer_usb *u = usb_of(p);
	int taken = 0;
	int rc;

	if (u->quirks.transfer > 0 && len > (size_t)u->quirks.transfer)
		len = (size_t)u->quirks.transfer;
	/* libusb only reads what goes out; its parameter lacks const. */
	rc = libusb_bulk_transfer(u->dev, u->at.out, (unsigned char *)buf,
		(int)len, &taken, wait_ms(timeout_ms));
	*done = (size_t)taken;
	if (rc == 0 || rc == LIBUSB_ERROR_TIMEOUT)
		return true;
	if (rc == LIBUSB_ERROR_PIPE)
		rc = libusb_clear_halt(u->dev, u->at.out);
	return rc == 0 || transfer_failed(u, rc, "write", err);
}

static bool line_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	size_t done = 0;

	if (!usb_write(user, bytes, len, timeout_ms, &done, err))
		return false;
	return done == len ||
	       err_set(err, ERR_TIMEOUT, 0, "status question not taken");
}

static bool line_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	struct printer_usb *u = usb_of(user);
	int taken = 0;
	int rc;

	rc = libusb_bulk_transfer(u->dev, u->at.in, bytes, (int)size, &taken,
		wait_ms(timeout_ms));
	*got = (size_t)taken;
	if (rc == LIBUSB_ERROR_PIPE)
		rc = libusb_clear_halt(u->dev, u->at.in);
	return rc == 0 || rc == LIBUSB_ERROR_TIMEOUT ||
	       rc == LIBUSB_ERROR_OVERFLOW ||
	       transfer_failed(u, rc, "read", err);
}

/* The port status is answered even by a printer that takes no data. */
static bool ask_port(struct printer_usb *u, int timeout_ms,
	struct printer_status *out, struct err *err)
{
	uint8_t bits = 0;
	const int rc =
		libusb_control_transfer(u->dev, REQUEST_IN, GET_PORT_STATUS, 0,
			u->at.interface, &bits, 1, wait_ms(timeout_ms));

	if (rc == LIBUSB_ERROR_NO_DEVICE || rc == LIBUSB_ERROR_IO)
		return transfer_failed(u, rc, "port status", err);
	if (rc != 1)
		return true; /* it does not know the request */
	out->known = true;
	/* Cheap ones leave the other bits at 0 for ever: only this is news. */
	out->online = true;
	out->paper_out = (bits & PORT_PAPER_OUT) != 0;
	return true;
}

static bool usb_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	struct printer_usb *u = usb_of(p);
	const struct printer_line line = {line_send, line_receive, p,
		&u->base.memory.silent};

	if (u->quirks.one_way)
		return true;
	if (!ask_port(u, timeout_ms / 2 + 1, out, err))
		return false;
	/* Out of paper it may take no question, and we know enough. */
	if (u->at.in == 0 || out->paper_out || u->quirks.no_dle_eot)
		return true;
	return printer_reply_ask(&line, timeout_ms / 2 + 1, out, err);
}

/* What the model needs behind its job. */
static bool usb_end(struct printer *p, int timeout_ms, struct err *err)
{
	static const uint8_t reset[] = {0x1b, '@'};
	struct printer_usb *u = usb_of(p);
	size_t done = 0;

	if (u->quirks.reset_after_cut &&
		!usb_write(p, reset, sizeof(reset), timeout_ms, &done, err))
		return false;
	/* Closed at once it would lose the end. */
	if (u->quirks.slow_close)
		poll(NULL, 0, timeout_ms < SLOW_MS ? timeout_ms : SLOW_MS);
	return true;
}

static void usb_close(struct printer *p)
{
	struct printer_usb *u = usb_of(p);

	/* Whoever opens it next cannot know that it waits for more. */
	if (u->claimed && p->cut_short)
		soft_reset(u, CLOSING_MS);
	if (u->claimed)
		libusb_release_interface(u->dev, u->at.interface);
	if (u->dev)
		libusb_close(u->dev);
	if (u->ctx)
		libusb_exit(u->ctx);
	free(u);
}

static const struct printer_ops usb_ops = {
	.name = "usb",
	.begin = usb_begin,
	.write = usb_write,
	.end = usb_end,
	.status = usb_status,
	.close = usb_close,
};

static bool is_class(const struct libusb_interface_descriptor *setting,
	const struct quirks *quirks)
{
	return setting->bInterfaceClass == LIBUSB_CLASS_PRINTER ||
	       (quirks->vendor_class &&
		       setting->bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC);
}

static void look_at_setting(const struct libusb_interface_descriptor *setting,
	int settings, const struct quirks *quirks, struct place *best)
{
	struct place here = {
		.interface = setting->bInterfaceNumber,
		.alternate = setting->bAlternateSetting,
		.has_alternates = settings > 1,
		.protocol = setting->bInterfaceProtocol,
	};

	if (!is_class(setting, quirks))
		return;
	for (int e = 0; e < setting->bNumEndpoints; e++) {
		const struct libusb_endpoint_descriptor *end =
			&setting->endpoint[e];

		if ((end->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) !=
			LIBUSB_TRANSFER_TYPE_BULK)
			continue;
		if (end->bEndpointAddress & LIBUSB_ENDPOINT_IN)
			here.in = end->bEndpointAddress;
		else
			here.out = end->bEndpointAddress;
	}
	/* Protocol 3 is IEEE 1284.4 packets: not a plain stream. */
	if (here.out == 0 || here.protocol > PROTOCOL_BOTH_WAYS)
		return;
	if (best->out == 0 || here.protocol > best->protocol)
		*best = here;
}

/* False: this device has no printer in it. */
static bool find_in_device(libusb_device *device, const struct quirks *quirks,
	struct place *out)
{
	struct libusb_config_descriptor *config = NULL;

	memset(out, 0, sizeof(*out));
	if (libusb_get_active_config_descriptor(device, &config) != 0)
		return false;
	for (int i = 0; i < config->bNumInterfaces; i++) {
		const struct libusb_interface *interface =
			&config->interface[i];

		for (int s = 0; s < interface->num_altsetting; s++)
			look_at_setting(&interface->altsetting[s],
				interface->num_altsetting, quirks, out);
	}
	libusb_free_config_descriptor(config);
	return out->out != 0;
}

static bool is_wanted(libusb_device *device, unsigned vendor, unsigned product,
	struct quirks *quirks)
{
	struct libusb_device_descriptor d;

	if (libusb_get_device_descriptor(device, &d) != 0)
		return false;
	quirks_find(d.idVendor, d.idProduct, "", quirks);
	return (vendor == 0 || d.idVendor == vendor) &&
	       (product == 0 || d.idProduct == product);
}

static bool open_first(struct printer_usb *u, unsigned vendor, unsigned product,
	struct err *err)
{
	libusb_device **list = NULL;
	const ssize_t count = libusb_get_device_list(u->ctx, &list);
	libusb_device *device = NULL; /* the last one that is a printer */
	int rc = 0;

	if (count < 0)
		return usb_failed(err, (int)count, "list devices");
	/* Of several, one that cannot be opened does not hide the next. */
	for (ssize_t i = 0; i < count && !u->dev; i++) {
		if (!is_wanted(list[i], vendor, product, &u->quirks) ||
			!find_in_device(list[i], &u->quirks, &u->at))
			continue;
		device = list[i];
		rc = libusb_open(device, &u->dev);
		if (rc != 0)
			u->dev = NULL;
	}
	if (!device)
		err_set(err, ERR_GONE, 0, "no printer on USB");
	else if (rc != 0)
		access_failed(device, rc, "open", err);
	libusb_free_device_list(list, 1);
	return u->dev != NULL;
}

static bool claim(struct printer_usb *u, struct err *err)
{
	int rc;

	/* usblp gives way, and is put back by the release; some models do not
	   bear that. Nothing to detach is no failure. */
	if (u->quirks.keep_detached)
		libusb_detach_kernel_driver(u->dev, u->at.interface);
	else
		libusb_set_auto_detach_kernel_driver(u->dev, 1);
	rc = libusb_claim_interface(u->dev, u->at.interface);
	if (rc != 0)
		return access_failed(libusb_get_device(u->dev), rc,
			"claim the interface", err);
	u->claimed = true;
	if (!u->at.has_alternates)
		return true;
	rc = libusb_set_interface_alt_setting(u->dev, u->at.interface,
		u->at.alternate);
	return rc == 0 || usb_failed(err, rc, "choose the setting");
}

static void name_it(struct printer_usb *u)
{
	struct libusb_device_descriptor d;
	unsigned char serial[SERIAL_SIZE] = "";

	if (libusb_get_device_descriptor(libusb_get_device(u->dev), &d) != 0)
		return;
	if (d.iSerialNumber > 0 &&
		libusb_get_string_descriptor_ascii(u->dev, d.iSerialNumber,
			serial, sizeof(serial)) < 0)
		serial[0] = '\0';
	printer_set_usb_identity(&u->base, d.idVendor, d.idProduct,
		(const char *)serial);
}

struct printer *printer_usb_open(unsigned vendor, unsigned product,
	struct err *err)
{
	struct printer_usb *u = calloc(1, sizeof(*u));
	int rc;

	if (!u) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a printer");
		return NULL;
	}
	u->base.ops = &usb_ops;
	rc = libusb_init(&u->ctx);
	if (rc != 0) {
		u->ctx = NULL;
		usb_failed(err, rc, "start libusb");
	} else if (open_first(u, vendor, product, err) && claim(u, err)) {
		name_it(u);
		return &u->base;
	}
	err_wrap(err, "usb printer");
	usb_close(&u->base);
	return NULL;
}

bool printer_usb_device_id(struct printer *p, char *out, size_t size,
	struct err *err)
{
	struct printer_usb *u = usb_of(p);
	uint8_t id[PRINTER_USB_ID_SIZE] = {0};
	size_t len;
	int rc;

	assert(p->ops == &usb_ops && size > 0);
	rc = libusb_control_transfer(u->dev, REQUEST_IN, GET_DEVICE_ID, 0,
		(uint16_t)(u->at.interface << 8 | u->at.alternate), id,
		sizeof(id), CONTROL_MS);
	if (rc == LIBUSB_ERROR_NO_DEVICE || rc == LIBUSB_ERROR_IO)
		return transfer_failed(u, rc, "device id", err);
	/* Two bytes of length, themselves counted, high byte first. */
	len = (size_t)id[0] << 8 | id[1];
	if (rc < 2 || len < 2)
		return err_set(err, ERR_INVALID, rc, "printer without an id");
	if (len > (size_t)rc)
		len = (size_t)rc;
	len -= 2;
	if (len > size - 1)
		len = size - 1;
	memcpy(out, id + 2, len);
	out[len] = '\0';
	return true;
}
