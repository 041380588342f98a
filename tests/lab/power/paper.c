/*
 * paper.c - a printer in the guest: whoever sees its paper is told the truth.
 *
 *	paper FIFO MAPPED
 *
 * At the first bytes of a job, before it takes more of it, it puts a mark
 * "paper" into the record of the disk: what is on paper must be in the book
 * by then. The pipe is smaller than a receipt, so the program cannot run
 * ahead of the mark.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PIPE_BYTES = 4096,
	BETWEEN_JOBS_MS = 20 /* raster data may hold any bytes */
};

static const char begins[] = "\x1b@"; /* ESC @, of every job */

/* The next bytes; is it a new job? */
static ssize_t take(int fd, char *buf, size_t size, int *new_job)
{
	struct pollfd waiting = {.fd = fd, .events = POLLIN};
	ssize_t n;

	*new_job = poll(&waiting, 1, BETWEEN_JOBS_MS) == 0;
	n = read(fd, buf, size);
	*new_job = *new_job && n >= 2 && memcmp(buf, begins, 2) == 0;
	return n;
}

static int put_mark(const char *mapped)
{
	const pid_t child = fork();
	int status = -1;

	if (child == 0) {
		execl("/bin/dmsetup", "dmsetup", "message", mapped, "0", "mark",
			"paper", (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

int main(int argc, char **argv)
{
	static char buf[PIPE_BYTES];
	int new_job;
	ssize_t n;
	int fd;

	if (argc != 3)
		return 2;
	/* Both ways: it never ends when a writer goes. */
	fd = open(argv[1], O_RDWR);
	if (fd < 0 || fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES) < 0) {
		perror(argv[1]);
		return 3;
	}
	while ((n = take(fd, buf, sizeof(buf), &new_job)) > 0)
		if (new_job && put_mark(argv[2]) != 0)
			return 3;
	return 0;
}
