#include "terminal/app/run_devices.h"

#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "terminal/app/printers.h"

/* False: another node of the same device tells of it, or nobody needs to. */
static bool plug_of(const struct ports *p, const struct device *d,
	enum plug *out)
{
	switch (d->class) {
	case DEVICE_USB_PRINTER:
		*out = PLUG_PRINTER;
		return d->endpoints > 0;
	case DEVICE_LP:
		*out = PLUG_PRINTER;
		return d->bus != DEVICE_BUS_USB;
	case DEVICE_SERIAL:
		*out = printers_is_node_of(p->printing->spec, d) ? PLUG_PRINTER
								 : PLUG_SERIAL;
		return true;
	case DEVICE_HIDRAW:
		*out = PLUG_SCANNER;
		return d->hid == DEVICE_HID_SCANNER;
	case DEVICE_CAMERA:
		*out = PLUG_CAMERA;
		return true;
	case DEVICE_KEYBOARD:
		*out = PLUG_KEYBOARD;
		return true;
	case DEVICE_CLASS_COUNT:
		break;
	}
	return false;
}

static void log_change(enum device_change change, const struct device *d)
{
	log_line("devices", "%s %s %s %04x:%04x %s %s",
		change == DEVICE_ADDED ? "plugged in:" : "pulled out:",
		device_class_name(d->class), d->node, d->vendor_id,
		d->product_id, d->product, d->port);
}

bool run_device(struct ports *p, enum device_change change,
	const struct device *d, struct event *ev)
{
	enum plug plug = PLUG_SERIAL;
	const bool tell = plug_of(p, d, &plug);

	log_change(change, d);
	p->status_due = true;
	/* Its trouble went with it; the next job opens it anew and will tell. */
	if (plug == PLUG_PRINTER && change == DEVICE_ADDED)
		p->paper_trouble = false;
	if (!tell)
		return false;
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_DEVICE;
	ev->at_ms = clock_ms();
	ev->device.plug = plug;
	ev->device.there = change == DEVICE_ADDED;
	str_copy(ev->device.name, sizeof(ev->device.name), d->product);
	return true;
}

static bool is_away(const struct ports *p, const char *node)
{
	return node[0] == '/' && !plugged_has_node(p->plugged, node);
}

/* One that is there, or one that was named: then it says itself that not. */
static bool has_camera(const struct ports *p)
{
	return strcmp(p->config->camera.use, "auto") != 0 ||
	       plugged_has_class(p->plugged, DEVICE_CAMERA);
}

/* Where nobody named one: what is there now. p->picked outlasts its absence. */
static enum printers_found pick(struct ports *p)
{
	struct printers_pick now;

	printers_pick(plugged_list(p->plugged), p->picked.spec, &now);
	if (now.found != PRINTERS_NONE || p->picked.found != PRINTERS_ONE)
		p->picked = now;
	return now.found;
}

static bool is_picked(const struct ports *p)
{
	return p->plugged && p->printing->unnamed;
}

bool run_has_printer(struct ports *p)
{
	if (!is_picked(p))
		return printing_exists(p->printing);
	pick(p);
	return p->picked.found == PRINTERS_ONE;
}

int run_width(struct ports *p)
{
	const struct device *d;
	int dots;

	if (p->width || !p->plugged)
		return printing_width(p->printing, p->width);
	if (is_picked(p)) {
		pick(p);
		dots = p->picked.dots;
	} else {
		d = printers_find(plugged_list(p->plugged), p->printing->spec);
		dots = d ? printers_dots(d) : 0;
	}
	return dots ? page_width_near(dots) : PAGE_80;
}

void run_no_printer(struct ports *p, struct event *ev)
{
	ev->print.no_printer = !run_has_printer(p);
	ev->print.several = is_picked(p) && p->picked.found == PRINTERS_SEVERAL;
}

static void which_printer(struct ports *p, struct status *out)
{
	if (is_picked(p)) {
		const bool away = pick(p) == PRINTERS_NONE;

		out->has_printer = p->picked.found == PRINTERS_ONE;
		out->any_printer = true;
		out->several_printers = p->picked.found == PRINTERS_SEVERAL;
		out->printer_away = out->has_printer && away;
		str_copy(out->printer, sizeof(out->printer), p->picked.name);
		return;
	}
	out->has_printer = printing_exists(p->printing);
	str_copy(out->printer, sizeof(out->printer), p->printing->spec);
	if (p->plugged)
		out->printer_away = plugged_printer(p->plugged,
					    p->printing->spec) == PLUGGED_AWAY;
}

void run_devices_status(struct ports *p, struct status *out)
{
	which_printer(p, out);
	if (!p->plugged)
		return;
	if (p->scanners)
		out->scanner_away = scanners_are_away(p->scanners);
	if (!p->config)
		return;
	out->camera_away = is_away(p, p->config->camera.use);
	out->has_camera = p->viewing && has_camera(p);
}
