#include "drivers/printer/printer_open.h"

#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/devices/devices.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_file.h"
#include "drivers/printer/printer_lp.h"
#include "drivers/printer/printer_serial.h"
#include "drivers/printer/printer_tcp.h"
#include "drivers/printer/printer_usb.h"

enum {
	BUSY_MS = 50 /* look again whether the other job is over */
};

/* "04b8:0e15" */
static bool read_ids(const char *text, unsigned *vendor, unsigned *product)
{
	char hex[9];
	uint8_t id[4];
	size_t len;

	if (strlen(text) != 9 || text[4] != ':')
		return false;
	memcpy(hex, text, 4);
	memcpy(hex + 4, text + 5, 5); /* the NUL too */
	if (!str_from_hex(hex, id, sizeof(id), &len) || len != sizeof(id))
		return false;
	*vendor = (unsigned)id[0] << 8 | id[1];
	*product = (unsigned)id[2] << 8 | id[3];
	return true;
}

static struct printer *open_usb(const char *ids, int timeout_ms,
	struct err *err)
{
	unsigned vendor = 0;
	unsigned product = 0;

	(void)timeout_ms;
	if (!ids || read_ids(ids, &vendor, &product))
		return printer_usb_open(vendor, product, err);
	err_set(err, ERR_INVALID, 0, "\"%.40s\": no vendor and product", ids);
	return NULL;
}

/* The printer behind that node has a name of its own, if it is on USB. */
static struct printer *open_node(const struct device *d, struct err *err)
{
	struct printer *p = printer_lp_open(d->node, err);

	if (p && d->vendor_id)
		printer_set_usb_identity(p, d->vendor_id, d->product_id,
			d->serial);
	return p;
}

/* node NULL: of several, one that cannot be opened does not hide the next. */
static struct printer *first_lp(const struct device_list *list,
	const char *node, struct err *err)
{
	struct printer *p = NULL;

	for (int i = 0; i < list->count && !p; i++)
		if (list->at[i].class == DEVICE_LP && list->at[i].node[0] &&
			(!node || strcmp(list->at[i].node, node) == 0))
			p = open_node(&list->at[i], err);
	return p;
}

static struct printer *open_lp(const char *node, int timeout_ms,
	struct err *err)
{
	struct device_list *list = calloc(1, sizeof(*list));
	struct printer *p = NULL;

	(void)timeout_ms;
	if (!list) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
		return NULL;
	}
	if (!devices_list(list, err))
		list->count = 0;
	err_set(err, ERR_GONE, 0, "no printer's node of the kernel's");
	p = first_lp(list, node, err);
	/* By a name that the kernel does not know, such as a link. */
	if (!p && node && err->code == ERR_GONE)
		p = printer_lp_open(node, err);
	free(list);
	return p;
}

static struct printer *open_auto(const char *none, int timeout_ms,
	struct err *err)
{
	struct err second = {0};
	struct printer *p = open_usb(none, timeout_ms, err);

	if (p)
		return p;
	p = open_lp(none, timeout_ms, &second);
	/* "Not there" is the least that can be said of the two. */
	if (!p && err->code == ERR_GONE)
		*err = second;
	return p;
}

static struct printer *open_serial(const char *text, int timeout_ms,
	struct err *err)
{
	struct printer_serial_line line;

	return printer_serial_read(text, &line, err)
		       ? printer_serial_open(&line, timeout_ms, err)
		       : NULL;
}

static struct printer *open_file(const char *path, int timeout_ms,
	struct err *err)
{
	(void)timeout_ms;
	return printer_file_open(path, err);
}

static const struct form {
	const char *name;
	bool alone; /* without anything behind it */
	bool more;  /* with ":" and more */
	/* more: NULL if there was none */
	struct printer *(*open)(const char *more, int timeout_ms,
		struct err *err);
} forms[] = {
	{"auto", true, false, open_auto},
	{"usb", true, true, open_usb},
	{"lp", true, true, open_lp},
	{"serial", false, true, open_serial},
	{"rfcomm", false, true, printer_rfcomm_open},
	{"tcp", false, true, printer_tcp_open},
	{"file", false, true, open_file},
};

/* The form of that line; *more is what stands behind its colon, or NULL. */
static const struct form *form_of(const char *where, const char **more)
{
	const size_t len = strcspn(where, ":");

	*more = where[len] ? where + len + 1 : NULL;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strlen(forms[i].name) == len &&
			strncmp(forms[i].name, where, len) == 0 &&
			(*more ? forms[i].more && **more : forms[i].alone))
			return &forms[i];
	return NULL;
}

bool printer_open_knows(const char *where)
{
	const char *more;

	return form_of(where, &more) != NULL;
}

bool printer_open_node(const char *where, char out[PRINTER_OPEN_NODE_SIZE])
{
	struct printer_serial_line line;
	struct err ignored;

	out[0] = '\0';
	if (str_starts(where, "serial:"))
		return printer_serial_read(where + 7, &line, &ignored) &&
		       str_copy(out, PRINTER_OPEN_NODE_SIZE, line.node);
	if (str_starts(where, "rfcomm:"))
		return str_copy(out, PRINTER_OPEN_NODE_SIZE, where + 7);
	return str_starts(where, "lp:") &&
	       str_copy(out, PRINTER_OPEN_NODE_SIZE, where + 3);
}

bool printer_open_is_slow(const char *where)
{
	struct printer_serial_line line;
	struct err ignored;

	/* Bluetooth has a tenth of the speed that its radio promises. */
	return str_starts(where, "rfcomm:") ||
	       (str_starts(where, "serial:") &&
		       printer_serial_read(where + 7, &line, &ignored) &&
		       line.speed < PRINTER_SERIAL_SLOW);
}

struct printer *printer_open(const char *where, int timeout_ms, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	const char *more;
	const struct form *form = form_of(where, &more);
	struct printer *p;

	if (!form) {
		err_set(err, ERR_INVALID, 0, "\"%.80s\" is no printer", where);
		return NULL;
	}
	for (;;) {
		p = form->open(more, timeout_ms, err);
		if (p || err->code != ERR_BUSY || clock_ms() >= deadline)
			return p;
		poll(NULL, 0, BUSY_MS);
	}
}
