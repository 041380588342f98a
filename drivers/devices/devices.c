#include "drivers/devices/devices.h"

#include <errno.h>
#include <libudev.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "drivers/devices/describe_internal.h"

/* ---- the list -------------------------------------------------------------- */

static int in_order(const void *a, const void *b)
{
	const struct device *x = a;
	const struct device *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return strcmp(x->syspath, y->syspath);
}

static void add_to_list(struct device_list *out, struct udev *udev,
	const char *syspath)
{
	struct udev_device *dev = udev_device_new_from_syspath(udev, syspath);
	struct device d;

	/* It may have gone since the directory was read. */
	if (!dev)
		return;
	if (describe(&d, dev, out)) {
		if (out->count < DEVICES_MAX)
			out->at[out->count++] = d;
		else
			out->more = true;
	}
	udev_device_unref(dev);
}

static bool scan(struct device_list *out, struct udev *udev, struct err *err)
{
	struct udev_enumerate *e = udev_enumerate_new(udev);
	struct udev_list_entry *i;
	int rc = 0;

	if (!e)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
	for (int k = 0; k < DESCRIBE_KINDS; k++)
		udev_enumerate_add_match_subsystem(e, describe_subsystem(k));
	rc = udev_enumerate_scan_devices(e);
	if (rc >= 0)
		udev_list_entry_foreach(i, udev_enumerate_get_list_entry(e))
			add_to_list(out, udev, udev_list_entry_get_name(i));
	udev_enumerate_unref(e);
	return rc >= 0 ||
	       err_set(err, ERR_IO, -rc, "read /sys: %s", strerror(-rc));
}

bool devices_list(struct device_list *out, struct err *err)
{
	struct udev *udev = udev_new();
	bool ok;

	out->count = 0;
	out->more = false;
	if (!udev)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for libudev");
	ok = scan(out, udev, err);
	udev_unref(udev);
	qsort(out->at, (size_t)out->count, sizeof(out->at[0]), in_order);
	return ok;
}

const struct device *devices_by_node(const struct device_list *list,
	const char *node)
{
	char real[PATH_MAX];

	/* Only udevd's links need the disk: most names are the kernel's. */
	for (int i = 0; i < list->count; i++)
		if (node[0] && strcmp(list->at[i].node, node) == 0)
			return &list->at[i];
	if (node[0] != '/' || !realpath(node, real))
		return NULL;
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->at[i].node, real) == 0)
			return &list->at[i];
	return NULL;
}

const char *device_class_name(enum device_class class)
{
	static const char *const names[DEVICE_CLASS_COUNT] = {
		[DEVICE_USB_PRINTER] = "usb-printer",
		[DEVICE_LP] = "lp",
		[DEVICE_SERIAL] = "serial",
		[DEVICE_HIDRAW] = "hidraw",
		[DEVICE_CAMERA] = "camera",
		[DEVICE_KEYBOARD] = "keyboard",
	};

	return names[class];
}

/* ---- the watch ------------------------------------------------------------- */

enum {
	LATE,  /* udevd's news; all of the news where no udevd runs */
	EARLY, /* the kernel's own, of keyboards; NULL where it is LATE */
	SOURCES
};

struct device_watch {
	struct udev *udev;
	struct udev_monitor *monitor[SOURCES];
	int fd; /* epoll of them */
};

/*
 * udevd's events come when the nodes have their owner and mode. Where no
 * udevd runs, in a small system, the kernel's own have to do. A keyboard
 * types as soon as the kernel has it and udevd takes its time over the rules:
 * so keyboards, which nobody opens here, are told of by the kernel in any
 * case, before their first key (T53).
 */
static bool has_udevd(void)
{
	return access("/run/udev/control", F_OK) == 0;
}

static bool is_input(int kind)
{
	return strcmp(describe_subsystem(kind), "input") == 0;
}

static bool add_monitor(struct device_watch *w, int source, const char *from,
	bool (*wants)(const struct device_watch *, int kind), struct err *err)
{
	struct udev_monitor *m = udev_monitor_new_from_netlink(w->udev, from);
	struct epoll_event in = {.events = EPOLLIN};
	int rc = 0;

	w->monitor[source] = m;
	if (!m)
		return err_set(err, ERR_IO, errno, "no news of devices");
	for (int k = 0; rc >= 0 && k < DESCRIBE_KINDS; k++)
		if (wants(w, k))
			rc = udev_monitor_filter_add_match_subsystem_devtype(m,
				describe_subsystem(k), NULL);
	if (rc >= 0)
		rc = udev_monitor_enable_receiving(m);
	if (rc >= 0 && epoll_ctl(w->fd, EPOLL_CTL_ADD, udev_monitor_get_fd(m),
			       &in) != 0)
		rc = -errno;
	return rc >= 0 || err_set(err, ERR_IO, -rc, "no news of devices: %s",
				  strerror(-rc));
}

static bool wants_input(const struct device_watch *w, int kind)
{
	(void)w;
	return is_input(kind);
}

static bool wants_rest(const struct device_watch *w, int kind)
{
	return !w->monitor[EARLY] || !is_input(kind);
}

static bool start(struct device_watch *w, struct err *err)
{
	const bool udevd = has_udevd();

	w->udev = udev_new();
	w->fd = epoll_create1(EPOLL_CLOEXEC);
	if (!w->udev || w->fd < 0)
		return err_set(err, ERR_IO, errno, "no news of devices");
	return (!udevd || add_monitor(w, EARLY, "kernel", wants_input, err)) &&
	       add_monitor(w, LATE, udevd ? "udev" : "kernel", wants_rest, err);
}

struct device_watch *devices_watch_open(struct err *err)
{
	struct device_watch *w = calloc(1, sizeof(*w));

	if (!w) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a watch");
		return NULL;
	}
	w->fd = -1;
	if (start(w, err))
		return w;
	devices_watch_close(w);
	return NULL;
}

int devices_watch_fd(const struct device_watch *w)
{
	return w->fd;
}

static enum device_change change_of(struct udev_device *dev, struct device *out)
{
	const char *action = udev_device_get_action(dev);

	if (!action || !describe(out, dev, NULL))
		return DEVICE_NO_CHANGE;
	if (strcmp(action, "add") == 0)
		return DEVICE_ADDED;
	return strcmp(action, "remove") == 0 ? DEVICE_REMOVED
					     : DEVICE_NO_CHANGE;
}

static enum device_change read_one(struct udev_monitor *m, struct device *out)
{
	enum device_change change = DEVICE_NO_CHANGE;
	struct udev_device *dev;

	errno = 0;
	while (change == DEVICE_NO_CHANGE &&
		(dev = udev_monitor_receive_device(m)) != NULL) {
		change = change_of(dev, out);
		udev_device_unref(dev);
		errno = 0;
	}
	if (change == DEVICE_NO_CHANGE && errno == ENOBUFS)
		return DEVICE_LOST;
	return change;
}

enum device_change devices_watch_read(struct device_watch *w,
	struct device *out)
{
	enum device_change change = DEVICE_NO_CHANGE;

	for (int i = SOURCES; i-- > 0 && change == DEVICE_NO_CHANGE;)
		if (w->monitor[i])
			change = read_one(w->monitor[i], out);
	return change;
}

void devices_watch_close(struct device_watch *w)
{
	if (!w)
		return;
	for (int i = 0; i < SOURCES; i++)
		if (w->monitor[i])
			udev_monitor_unref(w->monitor[i]);
	if (w->fd >= 0)
		close(w->fd);
	if (w->udev)
		udev_unref(w->udev);
	free(w);
}
