#include "drivers/printer/printer_tcp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <linux/sockios.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_reply.h"

enum {
	/*
	 * What lies in the kernel has not reached the printer: keep it small,
	 * so that the count of bytes taken is near the truth.
	 */
	SEND_BUFFER = 8192,
	/* There is no event for "all acknowledged": look this often. */
	LOOK_MS = 5,
	/* Reads of old answers when hanging up; none of them waits. */
	MAX_ANSWERS = 64
};

struct printer_tcp {
	struct printer base;
	int fd;   /* -1: closed after a job that was broken off */
	int lock; /* held by whoever prints there, on this machine */
	struct sockaddr_storage to;
	socklen_t to_len;
};

static struct printer_tcp *tcp_of(struct printer *p)
{
	return (struct printer_tcp *)p;
}

static bool tcp_failed(struct err *err, int sys, const char *doing)
{
	static const int broken[] = {EIO, EINVAL, ENOTSOCK, EBADF, EMFILE,
		ENFILE};
	enum err_code code = ERR_GONE;

	/* Whatever the network says, the printer cannot be reached. */
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		if (broken[i] == sys)
			code = ERR_IO;
	if (sys == ENOMEM || sys == ENOBUFS)
		code = ERR_NO_MEMORY;
	if (sys == EACCES || sys == EPERM)
		code = ERR_DENIED;
	return err_set(err, code, sys, "%s: %s", doing, strerror(sys));
}

/* "[v6]:port", "v4:port", "v6" or "v4" -> host and port. */
static bool split_address(const char *address, char *host, size_t size,
	int64_t *port)
{
	char text[128];
	const char *start = text;
	char *colon;

	*port = PRINTER_TCP_PORT;
	if (!str_copy(text, sizeof(text), address))
		return false;
	colon = strrchr(text, ':');
	if (text[0] == '[') {
		char *end = strchr(text, ']');

		if (!end || (end[1] != '\0' && end[1] != ':'))
			return false;
		colon = end[1] == ':' ? end + 1 : NULL;
		*end = '\0';
		start = text + 1;
	} else if (colon && strchr(text, ':') != colon) {
		colon = NULL; /* two colons and no brackets: all of it is v6 */
	}
	if (colon) {
		*colon = '\0';
		if (!str_to_int(colon + 1, 1, 65535, port))
			return false;
	}
	return str_copy(host, size, start);
}

/* Strictly: getaddrinfo() and inet_aton() also take "1.2.3" and octal. */
static bool resolve(struct printer_tcp *t, const char *address, struct err *err)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&t->to;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&t->to;
	char host[128];
	int64_t port;

	if (!split_address(address, host, sizeof(host), &port))
		return err_set(err, ERR_INVALID, 0, "no address");
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		t->to_len = sizeof(*v4);
		return true;
	}
	if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		t->to_len = sizeof(*v6);
		return true;
	}
	return err_set(err, ERR_INVALID, 0, "no numeric address");
}

/* A non-blocking connect() was started: how did it end? */
static bool await_connect(int fd, int timeout_ms, struct err *err)
{
	struct pollfd ready = {.fd = fd, .events = POLLOUT};
	int sys = 0;
	socklen_t size = sizeof(sys);

	if (poll(&ready, 1, timeout_ms) <= 0)
		return err_set(err, ERR_TIMEOUT, 0, "connect: no answer");
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &sys, &size) != 0)
		sys = errno;
	return sys == 0 || tcp_failed(err, sys, "connect");
}

static bool tcp_connect(struct printer_tcp *t, int timeout_ms, struct err *err)
{
	const int small = SEND_BUFFER;
	const int at_once = 1;

	t->fd = socket(t->to.ss_family,
		SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (t->fd < 0)
		return tcp_failed(err, errno, "socket");
	setsockopt(t->fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof(small));
	setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
	if (connect(t->fd, (struct sockaddr *)&t->to, t->to_len) == 0)
		return true;
	if (errno != EINPROGRESS)
		return tcp_failed(err, errno, "connect");
	return await_connect(t->fd, timeout_ms, err);
}

/*
 * Closing with unread answers would send a reset, and a reset may make the
 * printer forget what it has not printed yet: say the end, then read them.
 */
static void hang_up(struct printer_tcp *t)
{
	char answers[512];

	if (t->fd < 0)
		return;
	shutdown(t->fd, SHUT_WR);
	for (int i = 0; i < MAX_ANSWERS; i++)
		if (recv(t->fd, answers, sizeof(answers), 0) <= 0)
			break;
	close(t->fd);
	t->fd = -1;
}

/*
 * Many printers take two connections at a time and mix what comes. A socket
 * with no file to its name is held by one process, and gone with it.
 */
static bool lock_address(struct printer_tcp *t, struct err *err)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	char *at = name.sun_path + 1;
	const size_t room = sizeof(name.sun_path) - 1;
	const uint8_t *to = (const uint8_t *)&t->to;
	int used = snprintf(at, room, "chitra-printer-");

	for (socklen_t i = 0; i < t->to_len; i++)
		used += snprintf(at + used, room - (size_t)used, "%02x", to[i]);
	t->lock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (t->lock < 0)
		return tcp_failed(err, errno, "lock");
	if (bind(t->lock, (struct sockaddr *)&name,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
				(size_t)used)) == 0)
		return true;
	return errno == EADDRINUSE ? err_set(err, ERR_BUSY, errno,
					     "another job is on its "
					     "way there")
				   : tcp_failed(err, errno, "lock");
}

static bool tcp_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	struct printer_tcp *t = tcp_of(p);

	if (!after_cut && t->fd >= 0)
		return true;
	/* A printer forgets a half picture when the connection ends. */
	hang_up(t);
	if (tcp_connect(t, timeout_ms, err))
		return true;
	hang_up(t);
	return false;
}

static bool tcp_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	const struct printer_tcp *t = tcp_of(p);
	struct pollfd ready = {.fd = t->fd, .events = POLLOUT | POLLRDHUP};
	ssize_t n;

	*done = 0;
	if (poll(&ready, 1, timeout_ms) < 0)
		return errno == EINTR || tcp_failed(err, errno, "wait");
	if (ready.revents == 0)
		return true;
	if (ready.revents & POLLRDHUP)
		return err_set(err, ERR_GONE, 0, "the printer hung up");
	n = send(t->fd, buf, len, MSG_NOSIGNAL);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ||
		       tcp_failed(err, errno, "send");
	*done = (size_t)n;
	return true;
}

/* Written is not arrived: wait until the other side has acknowledged all. */
static bool tcp_end(struct printer *p, int timeout_ms, struct err *err)
{
	const struct printer_tcp *t = tcp_of(p);
	const long long deadline = clock_ms() + timeout_ms;

	for (;;) {
		struct pollfd gone = {.fd = t->fd, .events = POLLRDHUP};
		int unsent = 0;

		if (ioctl(t->fd, SIOCOUTQ, &unsent) != 0)
			return tcp_failed(err, errno, "end of the job");
		if (unsent == 0)
			return true;
		if (clock_ms() >= deadline)
			return err_set(err, ERR_TIMEOUT, 0,
				"%d bytes did not arrive in time", unsent);
		if (poll(&gone, 1, LOOK_MS) > 0)
			return err_set(err, ERR_GONE, 0,
				"the printer hung up, %d bytes short", unsent);
	}
}

static bool line_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	struct printer *p = user;
	size_t done = 0;

	/* Three bytes: one that a full buffer cuts is as good as none. */
	if (!tcp_write(p, bytes, len, timeout_ms, &done, err))
		return false;
	return done == len ||
	       err_set(err, ERR_TIMEOUT, 0, "status question not taken");
}

static bool line_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	const struct printer_tcp *t = tcp_of(user);
	struct pollfd ready = {.fd = t->fd, .events = POLLIN};
	ssize_t n;

	*got = 0;
	if (poll(&ready, 1, timeout_ms) < 0)
		return errno == EINTR || tcp_failed(err, errno, "wait");
	if (ready.revents == 0)
		return true;
	n = recv(t->fd, bytes, size, 0);
	if (n == 0)
		return err_set(err, ERR_GONE, 0, "the printer hung up");
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ||
		       tcp_failed(err, errno, "receive");
	*got = (size_t)n;
	return true;
}

static bool tcp_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	const struct printer_line line = {line_send, line_receive, p,
		&p->memory.silent};

	if (tcp_of(p)->fd < 0)
		return err_set(err, ERR_GONE, 0, "not connected");
	return printer_reply_ask(&line, timeout_ms, out, err);
}

static void tcp_close(struct printer *p)
{
	struct printer_tcp *t = tcp_of(p);

	hang_up(t);
	if (t->lock >= 0)
		close(t->lock);
	free(t);
}

static const struct printer_ops tcp_ops = {
	.name = "tcp",
	.begin = tcp_begin,
	.write = tcp_write,
	.end = tcp_end,
	.status = tcp_status,
	.close = tcp_close,
};

struct printer *printer_tcp_open(const char *address, int timeout_ms,
	struct err *err)
{
	struct printer_tcp *t = calloc(1, sizeof(*t));

	if (!t) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a printer");
		return NULL;
	}
	t->base.ops = &tcp_ops;
	t->fd = -1;
	t->lock = -1;
	printer_set_identity(&t->base, address);
	if (resolve(t, address, err) && lock_address(t, err) &&
		tcp_connect(t, timeout_ms > 0 ? timeout_ms : 1, err))
		return (struct printer *)t;
	err_wrap(err, "printer at %.60s", address);
	tcp_close(&t->base);
	return NULL;
}
