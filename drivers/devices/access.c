#include "drivers/devices/access.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/text.h"

enum {
	PATH_SIZE = 300,
	NAME_SIZE = 32
};

/* ---- who has it ------------------------------------------------------------- */

static bool has_open(const char *pid, const struct stat *node)
{
	const struct dirent *entry;
	char path[PATH_SIZE];
	bool found = false;
	struct stat s;
	DIR *list;

	snprintf(path, sizeof(path), "/proc/%.20s/fd", pid);
	list = opendir(path);
	while (list && !found && (entry = readdir(list)) != NULL) {
		snprintf(path, sizeof(path), "/proc/%.20s/fd/%.20s", pid,
			entry->d_name);
		found = stat(path, &s) == 0 && s.st_ino == node->st_ino &&
			s.st_dev == node->st_dev;
	}
	if (list)
		closedir(list);
	return found;
}

/* A process may call itself anything. */
static void name_of(const char *pid, char *out, size_t size)
{
	char name[NAME_SIZE] = "";
	char path[PATH_SIZE];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
	in = fopen(path, "re");
	if (in && !fgets(name, sizeof(name), in))
		name[0] = '\0';
	if (in)
		fclose(in);
	name[strcspn(name, "\n")] = '\0';
	snprintf(out, size, "%s (%.20s)", text_plain(name), pid);
}

void device_holder(const char *node, char *out, size_t size)
{
	const struct dirent *entry;
	struct stat s;
	int64_t pid;
	DIR *list;

	out[0] = '\0';
	if (stat(node, &s) != 0)
		return;
	list = opendir("/proc");
	while (list && !out[0] && (entry = readdir(list)) != NULL)
		if (str_to_int(entry->d_name, 1, INT64_MAX, &pid) &&
			pid != getpid() && has_open(entry->d_name, &s))
			name_of(entry->d_name, out, size);
	if (list)
		closedir(list);
}

/* ---- what is lacking ---------------------------------------------------------- */

/* Letters, digits and dashes of a name of the kernel's: "lp", "ttyUSB". */
static void stem_of(const char *node, char *out, size_t size)
{
	const char *slash = strrchr(node, '/');
	const char *name = slash ? slash + 1 : node;

	snprintf(out, size, "%.*s", (int)strcspn(name, "0123456789"), name);
}

void device_rule(const struct device *d, char *out, size_t size)
{
	static const char *const subsystem[DEVICE_CLASS_COUNT] = {
		[DEVICE_USB_PRINTER] = "usb",
		[DEVICE_LP] = "usbmisc",
		[DEVICE_SERIAL] = "tty",
		[DEVICE_HIDRAW] = "hidraw",
		[DEVICE_CAMERA] = "video4linux",
		[DEVICE_KEYBOARD] = "input",
	};
	static const char who[] = "GROUP=\"chitra\", MODE=\"0660\"";
	char stem[NAME_SIZE];

	if (d->class == DEVICE_USB_PRINTER) {
		snprintf(out, size,
			"SUBSYSTEM==\"usb\", ATTR{idVendor}==\"%04x\", "
			"ATTR{idProduct}==\"%04x\", %s",
			d->vendor_id, d->product_id, who);
	} else if (d->bus == DEVICE_BUS_USB) {
		snprintf(out, size,
			"SUBSYSTEM==\"%s\", ATTRS{idVendor}==\"%04x\", "
			"ATTRS{idProduct}==\"%04x\", %s",
			subsystem[d->class], d->vendor_id, d->product_id, who);
	} else {
		stem_of(d->node, stem, sizeof(stem));
		snprintf(out, size,
			"SUBSYSTEM==\"%s\", KERNEL==\"%s[0-9]*\", %s",
			subsystem[d->class], stem, who);
	}
}

/* Whose group may read and write it, unless it is root's own. */
static void group_of(const char *node, char *out, size_t size)
{
	const mode_t both = S_IRGRP | S_IWGRP;
	const struct group *g;
	struct stat s;

	out[0] = '\0';
	if (stat(node, &s) != 0 || s.st_gid == 0 || (s.st_mode & both) != both)
		return;
	g = getgrgid(s.st_gid);
	if (g)
		str_copy(out, size, g->gr_name);
}

/* ---- all of it ----------------------------------------------------------------- */

/*
 * On USB usblp gives way to us, and usbfs is a process that has claimed the
 * interface. Any other kernel driver has it for itself.
 */
static bool is_held(const struct device *d, struct device_access *out)
{
	if (d->class == DEVICE_KEYBOARD)
		return false;
	if (d->class != DEVICE_USB_PRINTER) {
		device_holder(d->node, out->holder, sizeof(out->holder));
		return out->holder[0];
	}
	if (!d->driver[0] || strcmp(d->driver, "usblp") == 0)
		return false;
	if (strcmp(d->driver, "usbfs") == 0)
		device_holder(d->node, out->holder, sizeof(out->holder));
	else
		str_copy(out->holder, sizeof(out->holder), d->driver);
	return true;
}

void device_access(const struct device *d, struct device_access *out)
{
	memset(out, 0, sizeof(*out));
	if (!d->node[0] || (access(d->node, F_OK) != 0 && errno == ENOENT)) {
		out->state = ACCESS_NO_NODE;
	} else if (d->class == DEVICE_USB_PRINTER && d->endpoints == 0) {
		out->state = ACCESS_UNUSABLE;
	} else if (is_held(d, out)) {
		out->state = ACCESS_HELD;
	} else if (d->class != DEVICE_KEYBOARD &&
		   access(d->node, R_OK | W_OK) != 0) {
		out->state = ACCESS_DENIED;
		group_of(d->node, out->group, sizeof(out->group));
		device_rule(d, out->rule, sizeof(out->rule));
	}
}
