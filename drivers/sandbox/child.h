/*
 * child.h - a child of our own program that reads one kind of hostile file.
 *
 * The child is started by exec, never by a bare fork, so it has no part of
 * the store: it inherits three times /dev/null and one SOCK_SEQPACKET, on
 * descriptor CHILD_FD, and enters sandbox.h before it reads anything. main()
 * hands over to it by its only argument. What it answers is checked by its
 * parent as if it were an enemy.
 *
 * A child belongs to the thread that started it, and dies with it.
 */
#ifndef DRIVERS_SANDBOX_CHILD_H
#define DRIVERS_SANDBOX_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/err.h"

enum {
	CHILD_FD = 3,
	/* Program start under a sanitizer on a loaded machine. */
	CHILD_START_MS = 10 * 1000
};

struct child {
	pid_t pid; /* 0: none */
	int fd;    /* -1: none */
};

void child_init(struct child *c);

/*
 * program NULL: /proc/self/exe. ERR_IO: it could not be started. ERR_INVALID:
 * we are a child ourselves, for children start none.
 */
bool child_start(struct child *c, const char *program, const char *arg,
	struct err *err);

/* Kill and bury it, if there is one; does not wait for one that is stuck. */
void child_stop(struct child *c);

/* Wait until there is something to read, at most to the deadline. */
bool child_await(const struct child *c, long long deadline);

/* Send a request with an open file; the file stays ours, too. */
bool child_send(const struct child *c, void *request, size_t len, int file);

/* For the child: the next request and its file; false: the parent is gone. */
bool child_receive(void *request, size_t len, int *file);

/* For the child: die when the parent's thread does. */
void child_follow(void);

#endif
