#include "drivers/scanner/scanner_hid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/scanner/scanner_driver.h"
#include "drivers/scanner/scanner_report.h"

enum {
	DESCRIPTOR_MAX = 4096, /* HID_MAX_DESCRIPTOR_SIZE of the kernel */
	REPORT_MAX = 4096
};

struct scanner_hid {
	struct scanner base;
	struct scanner_layout layout;
};

static enum lookup hid_read(struct scanner *s, struct scanner_piece *out,
	struct err *err)
{
	const struct scanner_hid *h = (const struct scanner_hid *)s;
	uint8_t report[REPORT_MAX];
	ssize_t n;

	do
		n = read(s->fd, report, sizeof(report));
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return LOOKUP_ABSENT;
	if (n <= 0) {
		err_set(err, ERR_GONE, n < 0 ? errno : 0, "unplugged");
		return LOOKUP_FAILED;
	}
	scanner_report_read(&h->layout, report, (size_t)n, out);
	crypto_wipe(report, (size_t)n);
	return LOOKUP_FOUND;
}

static void hid_close(struct scanner *s)
{
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

static const struct scanner_ops hid_ops = {.name = "hid",
	.by = SCANNED_BY_REPORTS,
	.read = hid_read,
	.close = hid_close};

static void read_layout(struct scanner_layout *out, const char *path)
{
	uint8_t bytes[DESCRIPTOR_MAX];
	ssize_t n = 0;
	const int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		n = read(fd, bytes, sizeof(bytes));
		close(fd);
	}
	scanner_layout_read(out, bytes, n > 0 ? (size_t)n : 0);
}

static enum err_code code_of(int sys)
{
	switch (sys) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return ERR_GONE;
	case EACCES:
	case EPERM:
		return ERR_DENIED;
	case EBUSY:
		return ERR_BUSY;
	case EISDIR:
		return ERR_INVALID;
	default:
		return ERR_IO;
	}
}

/* Reads only: nothing is ever sent to it. Never a plain file. */
static int open_node(const char *node, struct err *err)
{
	struct stat st;
	const int fd = open(node, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		err_set(err, code_of(errno), errno, "%s: %s", node,
			strerror(errno));
		return -1;
	}
	if (fstat(fd, &st) == 0 &&
		(S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
		return fd;
	err_set(err, ERR_INVALID, 0, "%s is no device", node);
	close(fd);
	return -1;
}

struct scanner *scanner_hid_open(const char *node, const char *descriptor,
	const struct scanner_settings *settings, struct err *err)
{
	struct scanner_hid *h;
	const int fd = open_node(node, err);

	if (fd < 0)
		return NULL;
	h = malloc(sizeof(*h));
	if (!h) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a scanner");
		close(fd);
		return NULL;
	}
	read_layout(&h->layout, descriptor);
	scanner_init(&h->base, &hid_ops, fd, node, settings);
	return &h->base;
}
