#include "terminal/app/run_devices.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"

/* Is it, on a serial line, the printer of the settings? */
static bool is_our_printer(const struct ports *p, const struct device *d)
{
	const char *spec = p->printing->spec;
	const size_t len = strlen(d->node);

	return len > 0 &&
	       (str_starts(spec, "serial:") || str_starts(spec, "rfcomm:")) &&
	       strncmp(spec + 7, d->node, len) == 0 &&
	       (spec[7 + len] == '\0' || spec[7 + len] == ':');
}

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
		*out = is_our_printer(p, d) ? PLUG_PRINTER : PLUG_SERIAL;
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

void run_devices_status(const struct ports *p, struct status *out)
{
	if (!p->plugged)
		return;
	out->printer_away =
		plugged_printer(p->plugged, p->printing->spec) == PLUGGED_AWAY;
	if (p->scanners)
		out->scanner_away = scanners_are_away(p->scanners);
	if (!p->config)
		return;
	out->camera_away = is_away(p, p->config->camera.use);
	out->has_camera = p->viewing && has_camera(p);
}
