#include "drivers/scanner/scanner_serial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "drivers/scanner/scanner_driver.h"

enum {
	READ_SIZE = 256 /* four packets of CDC-ACM */
};

static enum lookup serial_read(struct scanner *s, struct scanner_piece *out,
	struct err *err)
{
	ssize_t n;

	do
		n = read(s->fd, out->bytes, READ_SIZE);
	while (n < 0 && errno == EINTR);
	if (n > 0) {
		out->len = (size_t)n;
		return LOOKUP_FOUND;
	}
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return LOOKUP_ABSENT;
	/* A tty that hung up ends, or says EIO; a USB one, ENODEV too. */
	err_set(err, ERR_GONE, n < 0 ? errno : 0, "unplugged");
	return LOOKUP_FAILED;
}

static void serial_close(struct scanner *s)
{
	if (s->fd >= 0) {
		ioctl(s->fd, TIOCNXCL);
		close(s->fd);
	}
	free(s);
}

static const struct scanner_ops serial_ops = {.name = "serial",
	.by = SCANNED_BY_SERIAL,
	.read = serial_read,
	.close = serial_close};

static bool speed_of(int baud, speed_t *out)
{
	static const struct {
		int baud;
		speed_t speed;
	} rows[] = {{0, B9600}, {1200, B1200}, {2400, B2400}, {4800, B4800},
		{9600, B9600}, {19200, B19200}, {38400, B38400},
		{57600, B57600}, {115200, B115200}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].baud == baud) {
			*out = rows[i].speed;
			return true;
		}
	return false;
}

static bool open_failed(struct err *err, int sys, const char *node)
{
	static const struct {
		int sys;
		enum err_code code;
	} map[] = {{ENOENT, ERR_GONE}, {ENODEV, ERR_GONE}, {ENXIO, ERR_GONE},
		{EACCES, ERR_DENIED}, {EPERM, ERR_DENIED}, {EBUSY, ERR_BUSY},
		{EWOULDBLOCK, ERR_BUSY}, {ENOMEM, ERR_NO_MEMORY},
		{ENOTTY, ERR_INVALID}, {EISDIR, ERR_INVALID}};
	enum err_code code = ERR_IO;

	for (size_t i = 0; i < sizeof(map) / sizeof(*map); i++)
		if (map[i].sys == sys)
			code = map[i].code;
	return err_set(err, code, sys, "%s: %s", node, strerror(sys));
}

bool scanner_serial_line(const struct scanner_settings *settings,
	struct termios *t)
{
	static const tcflag_t parity[] = {
		[SCANNER_PARITY_NONE] = 0,
		[SCANNER_PARITY_EVEN] = PARENB,
		[SCANNER_PARITY_ODD] = PARENB | PARODD,
	};
	speed_t speed;

	cfmakeraw(t);
	t->c_cflag &= ~(tcflag_t)(HUPCL | CRTSCTS | CSTOPB | PARODD);
	t->c_cflag |= CLOCAL | CREAD | parity[settings->parity];
	t->c_iflag &= ~(tcflag_t)(IXOFF | IXANY | IGNPAR | INPCK);
	if (settings->parity != SCANNER_PARITY_NONE)
		t->c_iflag |= INPCK;
	t->c_cc[VMIN] = 1; /* so that 0 bytes mean the end, not "none now" */
	t->c_cc[VTIME] = 0;
	return speed_of(settings->speed, &speed) && cfsetspeed(t, speed) == 0;
}

static bool make_raw(int fd, const struct scanner_settings *settings)
{
	struct termios t;

	return tcgetattr(fd, &t) == 0 && scanner_serial_line(settings, &t) &&
	       tcsetattr(fd, TCSANOW, &t) == 0;
}

/* Ours alone, raw and empty. errno says what was wrong. */
static bool prepare(int fd, const struct scanner_settings *settings)
{
	return isatty(fd) && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	       ioctl(fd, TIOCEXCL) == 0 && make_raw(fd, settings) &&
	       tcflush(fd, TCIFLUSH) == 0;
}

struct scanner *scanner_serial_open(const char *node,
	const struct scanner_settings *settings, struct err *err)
{
	static const struct scanner_settings usual = {.speed = 0};
	struct scanner *s;
	speed_t speed;
	int fd;

	if (!settings)
		settings = &usual;
	if (!speed_of(settings->speed, &speed)) {
		err_set(err, ERR_INVALID, 0, "%s: no such speed: %d", node,
			settings->speed);
		return NULL;
	}
	/* Without O_NONBLOCK it could wait for a carrier, for ever. */
	fd = open(node, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		open_failed(err, errno, node);
		return NULL;
	}
	if (!prepare(fd, settings)) {
		open_failed(err, errno, node);
		close(fd);
		return NULL;
	}
	s = malloc(sizeof(*s));
	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a scanner");
		close(fd);
		return NULL;
	}
	scanner_init(s, &serial_ops, fd, node, settings);
	return s;
}
