#include "tests/lab/devices/vhci.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PENDING = 64,
	MOMENT_MS = 20,
	DEVICE_ID = 2,
	/* USB/IP's commands and their answers. */
	SUBMIT = 1,
	UNLINK = 2,
	SUBMITTED = 3,
	UNLINKED = 4
};

struct header {
	uint32_t command;
	uint32_t number;
	uint32_t device;
	uint32_t in;
	uint32_t endpoint;
	union {
		struct {
			uint32_t flags;
			uint32_t len;
			uint32_t start;
			uint32_t packets;
			uint32_t interval;
			struct usb_ctrlrequest setup;
		} submit;
		struct {
			uint32_t status;
			uint32_t len;
			uint32_t start;
			uint32_t packets;
			uint32_t errors;
		} submitted;
		struct {
			uint32_t number;
		} unlink;
		struct {
			uint32_t status;
		} unlinked;
		uint8_t room[28];
	} of;
} __attribute__((packed));

struct vhci {
	const struct vhci_device *device;
	int socket;
	struct header pending[PENDING]; /* reads, oldest first */
	int waiting;
};

static void die(const char *doing)
{
	perror(doing);
	exit(1);
}

static void send_all(const struct vhci *v, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		const ssize_t n = write(v->socket, at, len);

		if (n <= 0)
			die("send");
		at += n;
		len -= (size_t)n;
	}
}

static void receive_all(const struct vhci *v, void *bytes, size_t len)
{
	char *at = bytes;

	while (len > 0) {
		const ssize_t n = read(v->socket, at, len);

		if (n <= 0)
			exit(0); /* pulled out */
		at += n;
		len -= (size_t)n;
	}
}

/* done: bytes, or a negative errno. bytes NULL: they went the other way. */
static void answer(const struct vhci *v, const struct header *asked, int done,
	const void *bytes)
{
	struct header h = {.command = htonl(SUBMITTED),
		.number = asked->number};

	h.of.submitted.status = htonl((uint32_t)(done < 0 ? done : 0));
	h.of.submitted.len = htonl((uint32_t)(done < 0 ? 0 : done));
	send_all(v, &h, sizeof(h));
	if (bytes && done > 0)
		send_all(v, bytes, (size_t)done);
}

static void forget(struct vhci *v, int i)
{
	v->waiting--;
	memmove(&v->pending[i], &v->pending[i + 1],
		(size_t)(v->waiting - i) * sizeof(v->pending[0]));
}

static void take_back(struct vhci *v, const struct header *asked)
{
	struct header h = {.command = htonl(UNLINKED), .number = asked->number};

	for (int i = 0; i < v->waiting; i++) {
		if (v->pending[i].number != asked->of.unlink.number)
			continue;
		forget(v, i);
		h.of.unlinked.status = htonl((uint32_t)-ECONNRESET);
		break;
	}
	send_all(v, &h, sizeof(h));
}

static void give_what_is_there(struct vhci *v)
{
	static uint8_t bytes[VHCI_MOST];
	int i = 0;

	while (v->device->give && i < v->waiting) {
		const struct header *h = &v->pending[i];
		const int done = v->device->give(v->device->user,
			(int)ntohl(h->endpoint), bytes,
			(int)ntohl(h->of.submit.len));

		if (done < 0) {
			i++;
			continue;
		}
		answer(v, h, done, bytes);
		forget(v, i);
	}
}

static void transfer(struct vhci *v, const struct header *h)
{
	static uint8_t bytes[VHCI_MOST];
	const uint32_t len = ntohl(h->of.submit.len);
	const bool in = ntohl(h->in) != 0;
	int done = (int)len;

	if (len > VHCI_MOST || v->waiting == PENDING)
		die("too much at once");
	if (!in)
		receive_all(v, bytes, len);
	if (h->endpoint == 0) {
		done = v->device->control(v->device->user, &h->of.submit.setup,
			bytes);
		if (done > (int)len || (done >= 0 && !in))
			done = (int)len;
		answer(v, h, done, in ? bytes : NULL);
	} else if (in) {
		v->pending[v->waiting++] = *h;
	} else {
		if (v->device->take)
			v->device->take(v->device->user, bytes, len);
		answer(v, h, done, NULL);
	}
}

static void plug_in(struct vhci *v)
{
	const int fd = open("/sys/devices/platform/vhci_hcd.0/attach",
		O_WRONLY | O_CLOEXEC);
	char line[64];
	int ends[2];

	if (fd < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		die("vhci");
	snprintf(line, sizeof(line), "0 %d %d %d", ends[1], DEVICE_ID,
		(int)v->device->speed);
	if (write(fd, line, strlen(line)) < 0)
		die("attach");
	close(fd);
	close(ends[1]);
	v->socket = ends[0];
}

void vhci_run(const struct vhci_device *device)
{
	struct vhci v = {.device = device};

	plug_in(&v);
	for (;;) {
		struct pollfd in = {.fd = v.socket, .events = POLLIN};
		struct header h;

		give_what_is_there(&v);
		if (poll(&in, 1, MOMENT_MS) <= 0)
			continue;
		receive_all(&v, &h, sizeof(h));
		if (ntohl(h.command) == UNLINK)
			take_back(&v, &h);
		else
			transfer(&v, &h);
	}
}
