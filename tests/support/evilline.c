#include "support/evilline.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/bookbytes.h"

enum {
	PIECE = 16384,
	SHORT_MS = 20, /* until it looks whether it is released */
	ANSWER_MS = 20000
};

/* One way of a call. */
struct way {
	int from;
	int to;
	long cut;
	long flip;
	long slow;
	long slow_ms;
	long hold;
	long gone;
};

struct call {
	struct evilline *l;
	struct way way[2]; /* out, in */
	struct bytes held;
	long told;
};

static void nap(long ms)
{
	const struct timespec t = {.tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000};

	nanosleep(&t, NULL);
}

static bool put(int fd, const uint8_t *at, size_t len)
{
	while (len > 0) {
		const ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* As many of n bytes as are before byte number at, from 1; at 0: all. */
static size_t before(const struct way *w, long at, size_t n)
{
	if (at == 0 || w->gone + (long)n < at)
		return n;
	return at > w->gone ? (size_t)(at - w->gone - 1) : 0;
}

/* False: the call is over. */
static bool carry(struct call *c, struct way *w)
{
	const bool slow = w->slow > 0 && w->gone + 1 >= w->slow;
	uint8_t bytes[PIECE];
	ssize_t got;
	size_t n;
	size_t whole;

	/* Up to where it begins to be slow in one piece. */
	whole = w->slow > 0 && !slow ? before(w, w->slow, PIECE) : PIECE;
	got = recv(w->from, bytes, slow ? 1 : whole, 0);
	if (got <= 0)
		return false;
	n = (size_t)got;
	if (w->flip > w->gone && w->flip <= w->gone + (long)n)
		bytes[w->flip - w->gone - 1] ^=
			(uint8_t)(1u << (unsigned)w->flip % 8);
	n = before(w, w->cut, n);
	whole = before(w, w->hold, n);
	if (slow)
		nap(w->slow_ms);
	if (slow && atomic_load(&c->l->told) != c->told)
		return false;
	if (!put(w->to, bytes, whole))
		return false;
	bytes_put(&c->held, bytes + whole, n - whole);
	w->gone += (long)n;
	return (size_t)got == n;
}

/* The terminal is gone; what was kept from the centre comes there late. */
static void deliver(struct call *c)
{
	struct pollfd in = {.fd = c->way[0].to, .events = POLLIN};
	uint8_t bytes[PIECE];

	while (!atomic_load(&c->l->released))
		nap(SHORT_MS);
	if (!put(c->way[0].to, c->held.at, c->held.len))
		return;
	shutdown(c->way[0].to, SHUT_WR);
	/* Until the centre has said what nobody hears any more. */
	while (poll(&in, 1, ANSWER_MS) > 0 &&
		recv(in.fd, bytes, sizeof(bytes), 0) > 0)
		;
}

static void be_line(void *arg, int fd)
{
	struct evilline *l = arg;
	const int far = evilport_dial(l->to);
	struct call c = {.l = l};
	bool goes = far >= 0;
	struct evil e;

	pthread_mutex_lock(&l->lock);
	e = l->next;
	c.told = atomic_load(&l->told);
	pthread_mutex_unlock(&l->lock);
	c.way[0] = (struct way){.from = fd,
		.to = far,
		.cut = e.cut_out,
		.flip = e.flip_out,
		.slow = e.slow_out,
		.slow_ms = e.slow_ms,
		.hold = e.hold_out};
	c.way[1] = (struct way){.from = far,
		.to = fd,
		.cut = e.cut_in,
		.flip = e.flip_in,
		.slow = e.slow_in,
		.slow_ms = e.slow_ms};
	while (goes) {
		struct pollfd both[2] = {{.fd = fd, .events = POLLIN},
			{.fd = far, .events = POLLIN}};

		if (poll(both, 2, -1) < 0)
			break;
		for (int i = 0; i < 2 && goes; i++)
			if (both[i].revents != 0)
				goes = carry(&c, &c.way[i]);
	}
	if (c.held.len > 0)
		deliver(&c);
	if (far >= 0)
		close(far);
	atomic_store(&l->out, c.way[0].gone);
	atomic_store(&l->in, c.way[1].gone);
	atomic_fetch_add(&l->calls, 1);
	bytes_free(&c.held);
}

void evilline_open(struct evilline *l, uint16_t to)
{
	memset(l, 0, sizeof(*l));
	pthread_mutex_init(&l->lock, NULL);
	l->to = to;
	l->port.call = be_line;
	l->port.arg = l;
	evilport_open(&l->port);
}

void evilline_close(struct evilline *l)
{
	evilline_release(l);
	evilport_close(&l->port);
	pthread_mutex_destroy(&l->lock);
}

void evilline_does(struct evilline *l, const struct evil *e)
{
	atomic_store(&l->released, false);
	pthread_mutex_lock(&l->lock);
	l->next = *e;
	atomic_fetch_add(&l->told, 1);
	pthread_mutex_unlock(&l->lock);
}

void evilline_release(struct evilline *l)
{
	atomic_store(&l->released, true);
}
