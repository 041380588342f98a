#include "support/evilport.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/unit.h"

struct one_call {
	struct evilport *p;
	int fd;
};

static struct sockaddr_in at_port(uint16_t port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons(port)};

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return at;
}

/* What is written goes out at once: a byte at a time is a byte at a time. */
static void no_delay(int fd)
{
	const int yes = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

static void *one(void *arg)
{
	struct one_call *c = arg;
	struct evilport *p = c->p;

	p->call(p->arg, c->fd);
	close(c->fd);
	free(c);
	pthread_mutex_lock(&p->lock);
	p->going--;
	pthread_cond_signal(&p->less);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static void *accept_all(void *arg)
{
	struct evilport *p = arg;
	int fd;

	while ((fd = accept(p->fd, NULL, NULL)) >= 0) {
		struct one_call *c = malloc(sizeof(*c));
		pthread_t t;

		if (!c)
			abort();
		*c = (struct one_call){p, fd};
		no_delay(fd);
		pthread_mutex_lock(&p->lock);
		p->going++;
		pthread_mutex_unlock(&p->lock);
		if (pthread_create(&t, NULL, one, c) != 0)
			abort();
		pthread_detach(t);
	}
	return NULL;
}

void evilport_open(struct evilport *p)
{
	struct sockaddr_in at = at_port(0);
	socklen_t len = sizeof(at);

	p->going = 0;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->less, NULL);
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(p->fd >= 0);
	assert_int_equal(bind(p->fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(p->fd, 16), 0);
	assert_int_equal(getsockname(p->fd, (struct sockaddr *)&at, &len), 0);
	p->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&p->thread, NULL, accept_all, p), 0);
}

void evilport_close(struct evilport *p)
{
	shutdown(p->fd, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->fd);
	pthread_mutex_lock(&p->lock);
	while (p->going > 0)
		pthread_cond_wait(&p->less, &p->lock);
	pthread_mutex_unlock(&p->lock);
	pthread_cond_destroy(&p->less);
	pthread_mutex_destroy(&p->lock);
}

int evilport_dial(uint16_t port)
{
	const struct sockaddr_in at = at_port(port);
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	no_delay(fd);
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}
