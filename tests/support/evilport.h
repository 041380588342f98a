/*
 * evilport.h - a port of 127.0.0.1 and a thread for each who calls there.
 */
#ifndef TESTS_SUPPORT_EVILPORT_H
#define TESTS_SUPPORT_EVILPORT_H

#include <pthread.h>
#include <stdint.h>

struct evilport {
	uint16_t port;
	/* In a thread of its own for each call; fd is closed behind it. */
	void (*call)(void *arg, int fd);
	void *arg;
	int fd;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t less;
	int going; /* calls */
};

/* Call and arg are set; fails the test if there is no port. */
void evilport_open(struct evilport *p);

/* Nobody calls any more; waits for those who do, who must see that. */
void evilport_close(struct evilport *p);

/* To that port of 127.0.0.1; -1: nobody is there. */
int evilport_dial(uint16_t port);

#endif
