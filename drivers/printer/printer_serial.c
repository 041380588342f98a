#include "drivers/printer/printer_serial.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_node.h"
#include "drivers/printer/printer_reply.h"

enum {
	BITS_A_BYTE = 10, /* one start, eight, one stop */
	/* What waits in this machine at most, bytes. */
	QUEUE = 1024,
	FIFO = 64, /* of the chip, which no ioctl counts */
	/* There is no event for "all has left": look this often. */
	LOOK_MS = 5,
	/* Does anything move? */
	STILL_MS = 20,
	CARRIER_MS = 50,
	/* Beyond what is owed: what got lost between us and the printer. */
	MORE_ZEROS = 512
};

struct printer_serial {
	struct printer base;
	int fd;
	bool waiting; /* something was written that may not have left */
	struct printer_serial_line line;
};

static const struct {
	int bits;
	speed_t speed;
} speeds[] = {
	{4800, B4800},
	{9600, B9600},
	{19200, B19200},
	{38400, B38400},
	{57600, B57600},
	{115200, B115200},
	{230400, B230400},
	{460800, B460800},
	{921600, B921600},
};

static bool speed_of(int bits, speed_t *out)
{
	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
		if (speeds[i].bits == bits) {
			*out = speeds[i].speed;
			return true;
		}
	return false;
}

static bool flow_of(const char *name, enum printer_flow *out)
{
	static const char *const names[] = {
		[PRINTER_FLOW_RTSCTS] = "rtscts",
		[PRINTER_FLOW_XONXOFF] = "xonxoff",
		[PRINTER_FLOW_NONE] = "none",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum printer_flow)i;
			return true;
		}
	return false;
}

bool printer_serial_read(const char *text, struct printer_serial_line *out,
	struct err *err)
{
	char *last;
	int64_t bits;
	speed_t speed;

	*out = (struct printer_serial_line){.speed = PRINTER_SERIAL_SPEED};
	if (!str_copy(out->node, sizeof(out->node), text))
		return err_set(err, ERR_INVALID, 0, "the name is too long");
	/* From the end: names under /dev/serial/by-path have colons, too. */
	last = strrchr(out->node, ':');
	if (last && flow_of(last + 1, &out->flow)) {
		*last = '\0';
		last = strrchr(out->node, ':');
	}
	if (last && str_to_int(last + 1, 0, INT32_MAX, &bits)) {
		out->speed = (int)bits;
		*last = '\0';
	}
	if (out->node[0] != '/')
		return err_set(err, ERR_INVALID, 0, "\"%.60s\" is no device",
			text);
	return speed_of(out->speed, &speed) ||
	       err_set(err, ERR_INVALID, 0,
		       "no serial line has %d bits a "
		       "second",
		       out->speed);
}

static struct printer_serial *serial_of(struct printer *p)
{
	return (struct printer_serial *)p;
}

/* How long so many bytes take on the line. */
static int line_ms(const struct printer_serial *s, size_t len)
{
	if (s->line.speed == 0)
		return 0;
	return (int)((long long)len * BITS_A_BYTE * 1000 / s->line.speed);
}

static int serial_wire_ms(const struct printer *p, size_t len)
{
	/* And a tenth: the printer makes it pause. */
	return line_ms((const struct printer_serial *)p, len + len / 10);
}

static int queued(const struct printer_serial *s)
{
	int waiting = 0;

	return ioctl(s->fd, TIOCOUTQ, &waiting) == 0 ? waiting : 0;
}

/* Wait until at most so many bytes wait. *ready false: not in time. */
static bool wait_for_queue(const struct printer_serial *s, int bytes,
	int timeout_ms, bool *ready, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;

	for (;;) {
		const long long left = deadline - clock_ms();

		if (!printer_node_ready(s->fd, s->line.node,
			    left > 0 ? (int)left : 0, ready, err))
			return false;
		*ready = *ready && queued(s) <= bytes;
		if (*ready || left <= 0)
			return true;
		poll(NULL, 0, LOOK_MS);
	}
}

static bool serial_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	struct printer_serial *s = serial_of(p);
	bool ready;

	*done = 0;
	s->waiting = true;
	if (!wait_for_queue(s, QUEUE, timeout_ms, &ready, err))
		return false;
	return !ready ||
	       printer_node_write(s->fd, s->line.node, buf,
		       len < QUEUE ? len : QUEUE, timeout_ms, done, err);
}

static bool serial_end(struct printer *p, int timeout_ms, struct err *err)
{
	struct printer_serial *s = serial_of(p);
	bool ready;

	if (!wait_for_queue(s, 0, timeout_ms, &ready, err))
		return false;
	if (!ready)
		return err_set(err, ERR_TIMEOUT, 0,
			"%d bytes did not leave in time", queued(s));
	poll(NULL, 0, line_ms(s, FIFO));
	s->waiting = false;
	return true;
}

/* What stands still is counted; what moves may be on paper. */
static size_t serial_drop_unsent(struct printer *p)
{
	const struct printer_serial *s = serial_of(p);
	const int before = queued(s);
	int after;

	poll(NULL, 0, STILL_MS);
	after = queued(s);
	tcflush(s->fd, TCOFLUSH);
	return before == after ? (size_t)after : 0;
}

/* Complete the picture that was broken off: zeros print nothing. */
static bool serial_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	static const uint8_t zeros[QUEUE];
	const long long deadline = clock_ms() + timeout_ms;
	size_t left = after_cut ? p->memory.owed + MORE_ZEROS : 0;

	tcflush(serial_of(p)->fd, TCIFLUSH);
	while (left > 0) {
		const long long ms = deadline - clock_ms();
		size_t done = 0;

		if (ms <= 0)
			return err_set(err, ERR_TIMEOUT, 0,
				"it takes nothing since the last job");
		if (!serial_write(p, zeros,
			    left < sizeof(zeros) ? left : sizeof(zeros),
			    (int)ms, &done, err))
			return false;
		left -= done;
	}
	return true;
}

static bool line_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	struct printer_serial *s = serial_of(user);
	bool ready = false;
	size_t done = 0;

	if (!serial_write(user, bytes, len, timeout_ms, &done, err) ||
		(done == len && !wait_for_queue(s, 0, timeout_ms, &ready, err)))
		return false;
	s->waiting = !ready;
	if (ready)
		return true;
	/* Not to be answered in the middle of the job. */
	tcflush(s->fd, TCOFLUSH);
	return err_set(err, ERR_TIMEOUT, 0, "status question not taken");
}

static bool line_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	const struct printer_serial *s = serial_of(user);

	return printer_node_receive(s->fd, s->line.node, bytes, size,
		timeout_ms, got, err);
}

static bool serial_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	const struct printer_line line = {line_send, line_receive, p,
		&p->memory.silent};

	return printer_reply_ask(&line, timeout_ms, out, err);
}

static void serial_close(struct printer *p)
{
	struct printer_serial *s = serial_of(p);

	/* Else closing would wait for what never leaves. */
	if (s->fd >= 0 && s->waiting)
		tcflush(s->fd, TCOFLUSH);
	if (s->fd >= 0) {
		/* The line lives on where somebody else has it open. */
		(void)ioctl(s->fd, TIOCNXCL);
		close(s->fd);
	}
	free(s);
}

static const struct printer_ops serial_ops = {
	.name = "serial",
	.begin = serial_begin,
	.write = serial_write,
	.end = serial_end,
	.status = serial_status,
	.wire_ms = serial_wire_ms,
	.drop_unsent = serial_drop_unsent,
	.close = serial_close,
};

static const struct printer_ops rfcomm_ops = {
	.name = "rfcomm",
	.begin = serial_begin,
	.write = serial_write,
	.end = serial_end,
	.status = serial_status,
	.wire_ms = serial_wire_ms,
	.drop_unsent = serial_drop_unsent,
	.close = serial_close,
};

static void set_flow(struct termios *t, enum printer_flow flow)
{
	t->c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
	t->c_cflag &= ~(tcflag_t)CRTSCTS;
	if (flow == PRINTER_FLOW_RTSCTS)
		t->c_cflag |= CRTSCTS;
	if (flow == PRINTER_FLOW_XONXOFF)
		t->c_iflag |= IXON;
}

static bool no_answer(const struct printer_serial *s, int sys, struct err *err)
{
	return err_set(err, ERR_GONE, sys, "%.80s: the printer does not answer",
		s->line.node);
}

/* A line that hung up as soon as it was opened: Bluetooth found nobody. */
static bool read_line(const struct printer_serial *s, struct termios *out,
	struct err *err)
{
	if (tcgetattr(s->fd, out) == 0)
		return true;
	if (errno == EIO)
		return no_answer(s, errno, err);
	return err_set(err, ERR_INVALID, errno, "%.80s is no tty",
		s->line.node);
}

/* Raw: no letter is changed on the way, none ends the program. */
static bool set_line(const struct printer_serial *s, struct err *err)
{
	const struct printer_serial_line *l = &s->line;
	speed_t speed = B0;
	struct termios t;

	if (!read_line(s, &t, err))
		return false;
	cfmakeraw(&t);
	t.c_cflag |= CLOCAL | CREAD;
	/* Closing must not make the printer start anew. */
	t.c_cflag &= ~(tcflag_t)(HUPCL | CSTOPB | PARENB);
	t.c_cc[VMIN] = 0;
	t.c_cc[VTIME] = 0;
	set_flow(&t, l->flow);
	if (l->speed > 0 && speed_of(l->speed, &speed))
		cfsetspeed(&t, speed);
	if (tcsetattr(s->fd, TCSANOW, &t) != 0 || tcgetattr(s->fd, &t) != 0)
		return errno == EIO ? no_answer(s, errno, err)
				    : printer_node_failed(err, errno, l->node,
					      "set up");
	/* It is no failure for tcsetattr() to do a part of it. */
	if (l->speed > 0 && cfgetospeed(&t) != speed)
		return err_set(err, ERR_INVALID, 0,
			"%.80s cannot do %d bits a second", l->node, l->speed);
	return true;
}

/* Bluetooth has to reach the printer first. */
static bool wait_for_carrier(const struct printer_serial *s, int timeout_ms,
	struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	int lines = 0;
	int rc;

	while ((rc = ioctl(s->fd, TIOCMGET, &lines)) == 0 &&
		!(lines & TIOCM_CD)) {
		if (clock_ms() >= deadline)
			return no_answer(s, 0, err);
		poll(NULL, 0, CARRIER_MS);
	}
	/* What is no modem cannot tell; what hung up meanwhile does. */
	return rc == 0 || errno != EIO || no_answer(s, errno, err);
}

static struct printer *open_line(const struct printer_serial_line *line,
	const struct printer_ops *ops, int timeout_ms, struct err *err)
{
	struct printer_serial *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a printer");
		return NULL;
	}
	s->base.ops = ops;
	s->line = *line;
	s->fd = printer_node_open(line->node, err);
	if (s->fd >= 0 && set_line(s, err) &&
		(line->speed > 0 || wait_for_carrier(s, timeout_ms, err))) {
		/* For all who do not ask for the lock. */
		(void)ioctl(s->fd, TIOCEXCL);
		printer_set_identity(&s->base, line->node);
		return &s->base;
	}
	err_wrap(err, "%s printer", ops->name);
	serial_close(&s->base);
	return NULL;
}

struct printer *printer_serial_open(const struct printer_serial_line *line,
	int timeout_ms, struct err *err)
{
	return open_line(line, &serial_ops, timeout_ms, err);
}

struct printer *printer_rfcomm_open(const char *node, int timeout_ms,
	struct err *err)
{
	struct printer_serial_line line = {.flow = PRINTER_FLOW_NONE};

	if (str_copy(line.node, sizeof(line.node), node) && node[0] == '/')
		return open_line(&line, &rfcomm_ops, timeout_ms, err);
	err_set(err, ERR_INVALID, 0, "\"%.60s\" is no device", node);
	return NULL;
}
