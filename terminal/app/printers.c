#include "terminal/app/printers.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "drivers/devices/quirks.h"
#include "drivers/printer/printer_open.h"

/* ---- by a spec -------------------------------------------------------------- */

/* A printer that has no endpoint cannot print (T53). */
static const struct device *first(const struct device_list *list,
	enum device_class class, unsigned long vendor, unsigned long product)
{
	for (int i = 0; i < list->count; i++) {
		const struct device *d = &list->at[i];

		if (d->class == class &&
			(class != DEVICE_USB_PRINTER || d->endpoints > 0) &&
			(vendor == 0 || d->vendor_id == vendor) &&
			(product == 0 || d->product_id == product))
			return d;
	}
	return NULL;
}

/* "usb", "usb:04b8:0e15" */
static const struct device *first_usb(const struct device_list *list,
	const char *spec)
{
	char *end = NULL;
	const unsigned long vendor = spec[3] ? strtoul(spec + 4, &end, 16) : 0;
	const unsigned long product =
		end && *end ? strtoul(end + 1, NULL, 16) : 0;

	return first(list, DEVICE_USB_PRINTER, vendor, product);
}

static bool is_usb(const char *spec)
{
	return strcmp(spec, "usb") == 0 || str_starts(spec, "usb:");
}

const struct device *printers_find(const struct device_list *list,
	const char *spec)
{
	char node[PRINTER_OPEN_NODE_SIZE];
	const struct device *d;

	if (is_usb(spec))
		return first_usb(list, spec);
	if (strcmp(spec, "lp") == 0)
		return first(list, DEVICE_LP, 0, 0);
	if (strcmp(spec, "auto") == 0) {
		d = first(list, DEVICE_USB_PRINTER, 0, 0);
		return d ? d : first(list, DEVICE_LP, 0, 0);
	}
	return printer_open_node(spec, node) ? devices_by_node(list, node)
					     : NULL;
}

bool printers_are_seen(const char *spec)
{
	char node[PRINTER_OPEN_NODE_SIZE];

	return is_usb(spec) || strcmp(spec, "lp") == 0 ||
	       strcmp(spec, "auto") == 0 || printer_open_node(spec, node);
}

bool printers_is_node_of(const char *spec, const struct device *d)
{
	char node[PRINTER_OPEN_NODE_SIZE];
	char real[PATH_MAX];

	/* What was pulled out has no link to it any more. */
	return d->node[0] && printer_open_node(spec, node) &&
	       (strcmp(node, d->node) == 0 ||
		       (realpath(node, real) && strcmp(real, d->node) == 0));
}

void printers_spec(const struct device *d, char out[PRINTERS_SPEC_SIZE])
{
	out[0] = '\0';
	if (d->class == DEVICE_USB_PRINTER && d->endpoints > 0)
		snprintf(out, PRINTERS_SPEC_SIZE, "usb:%04x:%04x", d->vendor_id,
			d->product_id);
	else if (d->class == DEVICE_LP)
		snprintf(out, PRINTERS_SPEC_SIZE, "lp:%s", d->node);
}

/* ---- nobody named one --------------------------------------------------------- */

/* usblp's node of one that libusb has as well is the same printer. */
static bool is_twice(const struct device_list *list, const struct device *lp)
{
	for (int i = 0; i < list->count; i++)
		if (list->at[i].class == DEVICE_USB_PRINTER &&
			list->at[i].endpoints > 0 &&
			list->at[i].interface == lp->interface &&
			strcmp(list->at[i].port, lp->port) == 0)
			return true;
	return false;
}

static bool may_be_it(const struct device_list *list, const struct device *d)
{
	if (d->also_keyboard || d->whole_pages)
		return false;
	if (d->class == DEVICE_USB_PRINTER)
		return d->endpoints > 0;
	/* A parallel port is there whether or not a printer is. */
	return d->class == DEVICE_LP && d->bus == DEVICE_BUS_USB &&
	       d->node[0] && !is_twice(list, d);
}

int printers_dots(const struct device *d)
{
	struct quirks quirks;

	quirks_find(d->vendor_id, d->product_id, d->product, &quirks);
	return quirks.dots;
}

static bool is_known(const struct device *d)
{
	struct quirks quirks;

	quirks_find(d->vendor_id, d->product_id, d->product, &quirks);
	return quirks.known && quirks.scanner == QUIRKS_NO_SCANNER;
}

static void fill(struct printers_pick *out, const struct device *d)
{
	out->found = PRINTERS_ONE;
	out->dots = printers_dots(d);
	printers_spec(d, out->spec);
	if (d->product[0])
		snprintf(out->name, sizeof(out->name), "%.40s (%.50s)",
			d->product, out->spec);
	else
		str_copy(out->name, sizeof(out->name), out->spec);
}

/* Those of one sort: how many, and one of them. */
struct sort {
	int count;
	const struct device *one;
};

static void count(struct sort *sort, bool is, const struct device *d)
{
	sort->count += is;
	if (is)
		sort->one = d;
}

void printers_pick(const struct device_list *list, const char *before,
	struct printers_pick *out)
{
	struct sort same = {0}, known = {0}, all = {0};
	char spec[PRINTERS_SPEC_SIZE];

	for (int i = 0; i < list->count; i++) {
		const struct device *d = &list->at[i];

		if (!may_be_it(list, d))
			continue;
		printers_spec(d, spec);
		count(&same, strcmp(spec, before) == 0, d);
		count(&known, is_known(d), d);
		count(&all, true, d);
	}
	memset(out, 0, sizeof(*out));
	if (same.count == 1)
		fill(out, same.one);
	else if (known.count == 1)
		fill(out, known.one);
	else if (all.count == 1)
		fill(out, all.one);
	else if (all.count > 1)
		out->found = PRINTERS_SEVERAL;
}

bool printers_pick_now(const char *before, struct printers_pick *out,
	struct err *err)
{
	struct device_list *list = calloc(1, sizeof(*list));
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!list)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
	ok = devices_list(list, err);
	if (ok)
		printers_pick(list, before, out);
	free(list);
	return ok;
}
