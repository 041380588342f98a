#include "drivers/printer/printer_node.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/devices/access.h"

enum {
	NAP_MS = 10 /* a node that says it is ready, and then is not */
};

/* No rule is needed for who is told that somebody else has it. */
static bool held(struct err *err, int sys, const char *node)
{
	char who[ACCESS_HOLDER_SIZE];

	device_holder(node, who, sizeof(who));
	return err_set(err, ERR_BUSY, sys, "%.60s: held by %s", node,
		who[0] ? who : "another program");
}

static bool denied(struct err *err, int sys, const char *node)
{
	const char *slash = strrchr(node, '/');
	struct device d = {.class = slash && str_starts(slash, "/lp")
					    ? DEVICE_LP
					    : DEVICE_SERIAL};
	char rule[ACCESS_RULE_SIZE];

	str_copy(d.node, sizeof(d.node), node);
	device_rule(&d, rule, sizeof(rule));
	return err_set(err, ERR_DENIED, sys,
		"%.40s: no permission; udev lacks: %s", node, rule);
}

bool printer_node_failed(struct err *err, int sys, const char *node,
	const char *doing)
{
	static const int gone[] = {ENOENT, ENODEV, ENXIO, ENOTDIR, ESHUTDOWN,
		ENOTCONN, EHOSTDOWN, EHOSTUNREACH, ECONNREFUSED};
	enum err_code code = ERR_IO;

	if (sys == EBUSY || sys == EWOULDBLOCK)
		return held(err, sys, node);
	if (sys == EACCES || sys == EPERM)
		return denied(err, sys, node);
	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
		if (gone[i] == sys)
			code = ERR_GONE;
	if (sys == ENOMEM)
		code = ERR_NO_MEMORY;
	/* Pulling the cable shows as an error of the line, too. */
	if (code == ERR_IO && access(node, F_OK) != 0)
		code = ERR_GONE;
	return err_set(err, code, sys, "%s %.80s: %s", doing, node,
		sys == ENOSPC ? "out of paper" : strerror(sys));
}

bool printer_node_lock(int fd, const char *node, struct err *err)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 ||
	       printer_node_failed(err, errno, node, "lock");
}

int printer_node_open(const char *node, struct err *err)
{
	const int fd = open(node, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	struct stat s;

	if (fd < 0) {
		printer_node_failed(err, errno, node, "open");
		return -1;
	}
	if (fstat(fd, &s) != 0 || !S_ISCHR(s.st_mode))
		err_set(err, ERR_INVALID, 0, "%.80s is no device", node);
	else if (printer_node_lock(fd, node, err))
		return fd;
	close(fd);
	return -1;
}

bool printer_node_ready(int fd, const char *node, int timeout_ms, bool *ready,
	struct err *err)
{
	struct pollfd f = {.fd = fd, .events = POLLOUT};

	*ready = false;
	if (poll(&f, 1, timeout_ms) < 0)
		return errno == EINTR ||
		       printer_node_failed(err, errno, node, "wait for");
	if (f.revents & (POLLHUP | POLLERR | POLLNVAL))
		return err_set(err, ERR_GONE, 0, "%.80s hung up", node);
	*ready = (f.revents & POLLOUT) != 0;
	return true;
}

bool printer_node_write(int fd, const char *node, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	long long left = timeout_ms;

	*done = 0;
	while (left > 0) {
		bool ready;
		ssize_t n;

		if (!printer_node_ready(fd, node, (int)left, &ready, err))
			return false;
		n = ready ? write(fd, buf, len) : 0;
		if (n > 0) {
			*done = (size_t)n;
			return true;
		}
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return printer_node_failed(err, errno, node,
				"write to");
		if (ready)
			poll(NULL, 0, NAP_MS);
		left = deadline - clock_ms();
	}
	return true;
}

bool printer_node_receive(int fd, const char *node, void *buf, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	struct pollfd f = {.fd = fd, .events = POLLIN};
	ssize_t n;

	*got = 0;
	if (poll(&f, 1, timeout_ms) < 0)
		return errno == EINTR ||
		       printer_node_failed(err, errno, node, "wait for");
	if (f.revents & (POLLHUP | POLLERR | POLLNVAL))
		return err_set(err, ERR_GONE, 0, "%.80s hung up", node);
	if (!(f.revents & POLLIN))
		return true;
	n = read(fd, buf, size);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ||
		       printer_node_failed(err, errno, node, "read from");
	*got = (size_t)n;
	return true;
}
