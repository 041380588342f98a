/*
 * verb_devices.c - `chitra devices`: what is plugged in, what would take it,
 * and why something else does not.
 *
 * Opens no device and no book: for the technician, at any time, also while
 * the screen is up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/page.h"
#include "core/str.h"
#include "core/tr.h"
#include "drivers/devices/access.h"
#include "drivers/devices/quirks.h"
#include "terminal/app/json.h"
#include "terminal/app/plugged.h"
#include "terminal/app/printers.h"
#include "terminal/app/verb.h"

enum {
	USE_SIZE = PRINTERS_SPEC_SIZE
};

/* All that is known of one device. */
struct line {
	const struct device *d;
	struct device_access access;
	struct quirks quirks;
	int said;           /* dots across, by chitra.ini; 0: not said */
	char use[USE_SIZE]; /* what to write into chitra.ini; "" nothing */
};

/* ---- who takes it --------------------------------------------------------- */

/* Which of our drivers: a word for scripts. */
static const char *taken_by(const struct line *l)
{
	switch (l->d->class) {
	case DEVICE_USB_PRINTER:
		return "printer_usb";
	case DEVICE_LP:
		return "printer_lp";
	case DEVICE_SERIAL:
		return "serial";
	case DEVICE_HIDRAW:
		return l->d->hid == DEVICE_HID_SCANNER ? "scanner_hid" : "none";
	case DEVICE_CAMERA:
		return "camera_v4l2";
	case DEVICE_KEYBOARD:
		return "keyboard";
	case DEVICE_CLASS_COUNT:
		break;
	}
	return "none";
}

static void fill_use(struct line *l)
{
	const struct device *d = l->d;

	if (l->access.state == ACCESS_UNUSABLE)
		return;
	switch (d->class) {
	case DEVICE_USB_PRINTER:
	case DEVICE_LP:
		printers_spec(d, l->use);
		break;
	case DEVICE_SERIAL:
	case DEVICE_CAMERA:
		snprintf(l->use, USE_SIZE, "%s", d->node);
		break;
	case DEVICE_HIDRAW:
		if (d->hid == DEVICE_HID_SCANNER)
			snprintf(l->use, USE_SIZE, "%s", d->node);
		break;
	case DEVICE_KEYBOARD:
	case DEVICE_CLASS_COUNT:
		break;
	}
}

/* A hidraw node of a keyboard or a mouse is not for us. */
static bool is_ours(const struct device *d)
{
	return d->class != DEVICE_HIDRAW || d->hid == DEVICE_HID_SCANNER;
}

static void look(const struct device *d, struct line *out)
{
	memset(out, 0, sizeof(*out));
	out->d = d;
	device_access(d, &out->access);
	quirks_find(d->vendor_id, d->product_id, d->product, &out->quirks);
	fill_use(out);
}

/* ---- in words ---------------------------------------------------------------- */

static const char *class_text(const struct line *l)
{
	static const char *const text[DEVICE_CLASS_COUNT] = {
		[DEVICE_USB_PRINTER] = TR("Printer on USB"),
		[DEVICE_LP] = TR("Printer as a node of the kernel"),
		[DEVICE_SERIAL] = TR("Serial line"),
		[DEVICE_HIDRAW] = TR("Scanner (HID-POS)"),
		[DEVICE_CAMERA] = TR("Camera"),
		[DEVICE_KEYBOARD] = TR("Keyboard"),
	};

	if (l->d->class == DEVICE_SERIAL &&
		l->quirks.scanner != QUIRKS_NO_SCANNER)
		return tr("Scanner on a serial line");
	if (l->d->class == DEVICE_KEYBOARD &&
		l->quirks.scanner != QUIRKS_NO_SCANNER)
		return tr("Scanner that types like a keyboard");
	return tr(text[l->d->class]);
}

static void say_denied(const struct device_access *a)
{
	if (a->group[0])
		printf(tr("    Whoever is in the group %s may use it: usermod "
			  "-aG "
			  "%s USER\n"),
			a->group, a->group);
	printf(tr("    Or this line in /etc/udev/rules.d/60-chitra.rules:\n"
		  "    %s\n"),
		a->rule);
}

static void say_state(const struct line *l)
{
	const struct device_access *a = &l->access;

	switch (a->state) {
	case ACCESS_READY:
		printf("  %s\n", tr("[READY]"));
		return;
	case ACCESS_HELD:
		if (a->holder[0])
			printf(tr("  [TAKEN] %s has it: end that first\n"),
				a->holder);
		else
			printf("%s", tr("  [TAKEN] another program has it\n"));
		return;
	case ACCESS_DENIED:
		printf("%s",
			tr("  [NO PERMISSION] this user may not use it\n"));
		say_denied(a);
		return;
	case ACCESS_NO_NODE:
		printf("%s", tr("  [NOT READY] the system has made no node for "
				"it\n"));
		return;
	case ACCESS_UNUSABLE:
		printf("%s", tr("  [REFUSED] it says that it is a printer and "
				"takes no data\n"));
		return;
	case ACCESS_STATE_COUNT:
		return;
	}
}

static void say_width(const struct line *l)
{
	const int dots = l->quirks.dots;

	if (dots <= 0 || dots >= PAGE_80)
		return;
	if (dots < PAGE_58)
		printf(tr("    It prints %d dots across: too narrow for a "
			  "receipt, whose edge is cut off.\n"),
			dots);
	else if (l->said > dots)
		printf(tr("    It prints %d dots across: set dots = %d in "
			  "chitra.ini, or the edge is cut off.\n"),
			dots, page_width_near(dots));
	else
		printf(tr("    It prints %d dots across: papers are laid out "
			  "for that.\n"),
			dots);
}

static void say_hints(const struct line *l)
{
	if (l->d->class == DEVICE_KEYBOARD &&
		l->quirks.scanner != QUIRKS_NO_SCANNER)
		printf("%s", tr("    Set it to serial line (USB-COM) or "
				"HID-POS by the "
				"sheet that came with it: then no letter is "
				"lost.\n"));
	if (l->d->class == DEVICE_USB_PRINTER && l->d->also_keyboard)
		printf("%s",
			tr("    It can type keys, too, which no honest printer "
			   "does: pull it out and ask who plugged it in.\n"));
	if (l->d->whole_pages)
		printf("%s",
			tr("    It prints whole pages, not receipts: used only "
			   "if chitra.ini names it.\n"));
	say_width(l);
	if (l->d->odd_name)
		printf("%s",
			tr("    Its name has characters that are not shown "
			   "here.\n"));
}

static void say_device(const struct line *l)
{
	const struct device *d = l->d;

	printf("%s%s%s%s%s\n", class_text(l),
		d->maker[0] || d->product[0] ? ": " : "", d->maker,
		d->maker[0] && d->product[0] ? " " : "", d->product);
	if (d->vendor_id != 0)
		printf(tr("  number %04x:%04x, serial %s, socket %s\n"),
			d->vendor_id, d->product_id,
			d->serial[0] ? d->serial : "-",
			d->port[0] ? d->port : "-");
	printf("  %s%s%s%s\n", d->node[0] ? d->node : "-",
		d->driver[0] ? " (" : "", d->driver, d->driver[0] ? ")" : "");
	say_state(l);
	say_hints(l);
	if (l->use[0])
		printf(tr("  In chitra.ini: use = %s\n"), l->use);
}

/* ---- for scripts ------------------------------------------------------------- */

static const char *state_name(enum access_state state)
{
	static const char *const name[ACCESS_STATE_COUNT] = {
		[ACCESS_READY] = "ready",
		[ACCESS_HELD] = "held",
		[ACCESS_DENIED] = "denied",
		[ACCESS_NO_NODE] = "no_node",
		[ACCESS_UNUSABLE] = "unusable",
	};

	return name[state];
}

static const char *hid_name(const struct device *d)
{
	static const char *const name[] = {
		[DEVICE_HID_OTHER] = "other",
		[DEVICE_HID_KEYBOARD] = "keyboard",
		[DEVICE_HID_SCANNER] = "scanner",
	};

	return name[d->hid];
}

static void add_text(cJSON *object, const char *name, const char *text)
{
	if (text[0])
		cJSON_AddStringToObject(object, name, text);
}

static void add_quirks(cJSON *object, const struct quirks *q)
{
	static const char *const scanner[] = {
		[QUIRKS_NO_SCANNER] = "",
		[QUIRKS_SCANNER] = "scanner",
		[QUIRKS_SCANNER_TYPES] = "types",
		[QUIRKS_SCANNER_SERIAL] = "serial",
		[QUIRKS_SCANNER_HID_POS] = "hid-pos",
	};

	add_text(object, "scanner", scanner[q->scanner]);
	if (q->dots > 0)
		json_int(object, "dots", q->dots);
	if (q->tcvn3[0] >= 0)
		json_int(object, "tcvn3_page", q->tcvn3[0]);
}

static cJSON *json_device(const struct line *l)
{
	const struct device *d = l->d;
	cJSON *out = cJSON_CreateObject();
	char number[16];

	cJSON_AddStringToObject(out, "class", device_class_name(d->class));
	cJSON_AddStringToObject(out, "node", d->node);
	cJSON_AddStringToObject(out, "state", state_name(l->access.state));
	cJSON_AddStringToObject(out, "taken_by", taken_by(l));
	add_text(out, "kernel_driver", d->driver);
	if (d->vendor_id != 0) {
		snprintf(number, sizeof(number), "%04x:%04x", d->vendor_id,
			d->product_id);
		cJSON_AddStringToObject(out, "usb", number);
	}
	if (d->class == DEVICE_HIDRAW)
		cJSON_AddStringToObject(out, "hid", hid_name(d));
	add_text(out, "maker", d->maker);
	add_text(out, "product", d->product);
	add_text(out, "serial", d->serial);
	add_text(out, "port", d->port);
	add_text(out, "use", l->use);
	add_text(out, "holder", l->access.holder);
	add_text(out, "group", l->access.group);
	add_text(out, "udev_rule", l->access.rule);
	if (d->also_keyboard)
		cJSON_AddBoolToObject(out, "also_keyboard", true);
	if (d->whole_pages)
		cJSON_AddBoolToObject(out, "whole_pages", true);
	if (d->odd_name)
		cJSON_AddBoolToObject(out, "odd_name", true);
	add_quirks(out, &l->quirks);
	return out;
}

/* ---- the verb ---------------------------------------------------------------- */

static cJSON *tell_all(const struct options *o, const struct config *config,
	const struct device_list *list)
{
	cJSON *all = cJSON_CreateArray();
	int said = 0;

	for (int i = 0; i < list->count; i++) {
		struct line line;

		if (!is_ours(&list->at[i]))
			continue;
		look(&list->at[i], &line);
		line.said = config_dots(config, o->width);
		cJSON_AddItemToArray(all, json_device(&line));
		if (!o->json) {
			printf("%s", said > 0 ? "\n" : "");
			say_device(&line);
		}
		said++;
	}
	if (said == 0 && !o->json)
		printf("%s\n",
			tr("Nothing is plugged in that this program works "
			   "with: no printer, scanner, camera or keyboard."));
	return all;
}

/* Nobody named one: which is used, or why none is. */
static void tell_picked(const struct options *o, const struct plugged *plugged,
	cJSON *reply)
{
	struct printers_pick pick;

	printers_pick(plugged_list(plugged), "", &pick);
	if (pick.found == PRINTERS_NONE)
		return;
	add_text(reply, "printer", pick.spec);
	cJSON_AddStringToObject(reply, "printer_is",
		pick.found == PRINTERS_ONE ? "plugged_in" : "several");
	if (o->json)
		return;
	if (pick.found == PRINTERS_ONE)
		printf(tr("\nNo printer is named in chitra.ini: %s is used.\n"),
			pick.name);
	else
		printf("%s",
			tr("\nSeveral printers are plugged in, and none is "
			   "used: write one of these lines below [printer] "
			   "in chitra.ini.\n"));
}

/* The printer of the settings, and whether it is there. */
static void tell_chosen(const struct options *o, const struct config *config,
	const struct plugged *plugged, cJSON *reply)
{
	static const char *const there[] = {
		[PLUGGED_UNKNOWN] = "unknown",
		[PLUGGED_IN] = "plugged_in",
		[PLUGGED_AWAY] = "away",
	};
	const char *spec = config_printer(config, o->printer);
	enum plugged_answer is;

	if (!spec)
		spec = getenv("CHITRA_PRINTER");
	if (!spec) {
		tell_picked(o, plugged, reply);
		return;
	}
	is = plugged_printer(plugged, spec);
	cJSON_AddStringToObject(reply, "printer", spec);
	cJSON_AddStringToObject(reply, "printer_is", there[is]);
	if (!o->json && is == PLUGGED_AWAY)
		printf(tr("\nThe printer of the settings (%s) is not plugged "
			  "in.\n"),
			spec);
}

enum exit_status verb_devices(int argc, char **argv)
{
	char dir[OPTIONS_DIR_SIZE];
	enum exit_status status = EXIT_COULD_NOT;
	struct plugged *plugged;
	struct config config;
	struct err err = {0};
	struct options o;
	cJSON *reply;

	if (!verb_options(&o, "devices", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 0)
		return verb_usage("devices");
	if (!options_dir(&o, "", dir, sizeof(dir), &err))
		return verb_err(&o, &err);
	if (!verb_config(&o, dir, &config, &status))
		return status;
	plugged = plugged_open(&err);
	if (!plugged)
		return verb_err(&o, &err);
	reply = json_ok();
	cJSON_AddItemToObject(reply, "devices",
		tell_all(&o, &config, plugged_list(plugged)));
	tell_chosen(&o, &config, plugged, reply);
	plugged_close(plugged);
	return verb_reply(&o, reply, EXIT_DONE);
}
