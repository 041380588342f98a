#include "drivers/sandbox/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "core/clock.h"

enum {
	/* One that is stuck in the kernel is not waited for any longer. */
	REAP_TRIES = 50,
	REAP_MS = 4
};

/* In every child's environment: child_start(). */
#define IS_CHILD "CHITRA_CHILD"

static void reap(pid_t pid)
{
	for (int i = 0; i < REAP_TRIES; i++) {
		const pid_t got = waitpid(pid, NULL, WNOHANG);

		if (got == pid || (got < 0 && errno != EINTR))
			return;
		poll(NULL, 0, REAP_MS);
	}
}

void child_init(struct child *c)
{
	c->pid = 0;
	c->fd = -1;
}

void child_stop(struct child *c)
{
	if (c->fd >= 0)
		close(c->fd);
	if (c->pid > 0) {
		kill(c->pid, SIGKILL);
		reap(c->pid);
	}
	child_init(c);
}

/* Nothing is inherited but /dev/null three times and the socket. */
static int spawn_with(const char *program, const char *arg, int fd, pid_t *pid)
{
	char *const argv[] = {(char *)program, (char *)arg, NULL};
	char *const environment[] = {(char *)"LC_ALL=C",
		(char *)(IS_CHILD "=1"), NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, pipe_only;
	int rc;

	sigemptyset(&none);
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes,
		POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &pipe_only);
	posix_spawn_file_actions_adddup2(&actions, fd, CHILD_FD);
	for (int i = 0; i < CHILD_FD; i++)
		posix_spawn_file_actions_addopen(&actions, i, "/dev/null",
			O_RDWR, 0);
	posix_spawn_file_actions_addclosefrom_np(&actions, CHILD_FD + 1);
	rc = posix_spawn(pid, program, &actions, &attributes, argv,
		environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

bool child_start(struct child *c, const char *program, const char *arg,
	struct err *err)
{
	int pair[2];
	int rc;

	/*
	 * A program whose main() does not know the child's word would run
	 * from its start again, start a child, and so on without end.
	 */
	if (getenv(IS_CHILD))
		return err_set(err, ERR_INVALID, 0,
			"a child may not start another");
	if (!program)
		program = "/proc/self/exe";
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(err, ERR_IO, errno, "socket: %s",
			strerror(errno));
	rc = spawn_with(program, arg, pair[1], &c->pid);
	close(pair[1]);
	c->fd = pair[0];
	if (rc == 0)
		return true;
	c->pid = 0;
	child_stop(c);
	return err_set(err, ERR_IO, rc, "start %s: %s", program, strerror(rc));
}

/* Whatever signals come. */
bool child_await(const struct child *c, long long deadline)
{
	struct pollfd ready = {.fd = c->fd, .events = POLLIN};
	long long left;
	int n = 0;

	while ((left = deadline - clock_ms()) > 0) {
		n = poll(&ready, 1, (int)left);
		if (n >= 0 || errno != EINTR)
			break;
	}
	return n > 0;
}

bool child_send(const struct child *c, void *request, size_t len, int file)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	struct iovec part = {request, len};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(file));
	memcpy(CMSG_DATA(head), &file, sizeof(file));
	return sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	       (ssize_t)len;
}

bool child_receive(void *request, size_t len, int *file)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec part = {request, len};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	const struct cmsghdr *c;

	if (recvmsg(CHILD_FD, &message, MSG_CMSG_CLOEXEC) != (ssize_t)len)
		return false;
	c = CMSG_FIRSTHDR(&message);
	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
		return false;
	memcpy(file, CMSG_DATA(c), sizeof(*file));
	return true;
}

void child_follow(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}
