/* What is still possible inside: asked by a forked process that enters. */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "drivers/sandbox/sandbox.h"

/* In a forked process: bits of what was still possible. */
static int what_is_possible_inside(void)
{
	static const struct sandbox_limits most = {320, 640, 120};
	struct err err = {0};
	int possible = 0;

	if (!sandbox_enter(&most, &err))
		return 64;
	if (open("/etc/passwd", O_RDONLY) >= 0)
		possible |= 1;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
		socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		possible |= 2;
	if (fork() >= 0)
		possible |= 4;
	if (kill(getppid(), 0) == 0)
		possible |= 8;
	if (unlink("/tmp/no-such-file") == 0 || errno != EPERM)
		possible |= 16;
	/* Would end this with 1. */
	execl("/bin/false", "false", NULL);
	free(malloc(1 << 20)); /* and what is needed works */
	return possible;
}

static void the_sandbox_forbids_files_sockets_and_programs(void **state)
{
	const pid_t pid = fork();
	int status = 0;

	(void)state;
	if (pid == 0)
		_exit(what_is_possible_inside());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/*
 * seccomp forbids open() before Landlock is asked, so ask Landlock alone.
 * Without it in the kernel the file opens, and the test is skipped.
 */
static int what_landlock_leaves(void)
{
	struct err err = {0};

	if (syscall(444, NULL, 0, 1U) < 1) /* its version */
		return 77;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		!sandbox_forbid_files(&err))
		return 64;
	return open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES &&
			       open("/tmp", O_RDONLY | O_DIRECTORY) < 0 &&
			       mkdir("/tmp/landlock-test", 0700) < 0
		       ? 0
		       : 1;
}

static void the_sandbox_has_no_file_system(void **state)
{
	const pid_t pid = fork();
	int status = 0;

	(void)state;
	if (pid == 0)
		_exit(what_landlock_leaves());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_sandbox_forbids_files_sockets_and_programs),
		cmocka_unit_test(the_sandbox_has_no_file_system),
	};

	return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
