/*
 * What is still possible inside: asked by a process that is started and locked
 * up the way the readers of images and lists are (what those do in there:
 * test_image_reader.c and test_list_reader.c).
 */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "core/clock.h"
#include "drivers/sandbox/child.h"
#include "drivers/sandbox/sandbox.h"

#define PROBE_ARG "--sandbox-probe"

enum {
	PAGE = 4096
};

static uint8_t page[PAGE] __attribute__((aligned(PAGE)));

/* One system call that somebody who has taken over the child would like. */
struct probe {
	const char *name;
	long number;
	long arg[6];
};

#define PLACE(p) ((long)(intptr_t)(p))
static const char *const no_arguments[] = {NULL};

static struct probe probes[] = {
	{"a file cannot be opened", SYS_openat,
		{AT_FDCWD, PLACE("/etc/passwd"), O_RDONLY}},
	{"a file cannot be made", SYS_openat,
		{AT_FDCWD, PLACE("/tmp/chitra-probe"), O_WRONLY | O_CREAT,
			0600}},
	{"a directory cannot be opened", SYS_openat,
		{AT_FDCWD, PLACE("/"), O_RDONLY | O_DIRECTORY}},
	{"what is open in /proc cannot be opened again", SYS_openat,
		{AT_FDCWD, PLACE("/proc/self/fd/3"), O_RDWR}},
	{"a file cannot be taken away", SYS_unlinkat,
		{AT_FDCWD, PLACE("/tmp/chitra-probe"), 0}},
	{"a file cannot be renamed", SYS_renameat2,
		{AT_FDCWD, PLACE("/tmp/a"), AT_FDCWD, PLACE("/tmp/b"), 0}},
	{"a file cannot be looked at", SYS_faccessat,
		{AT_FDCWD, PLACE("/"), R_OK}},
	{"a descriptor cannot be changed", SYS_fcntl, {CHILD_FD, F_GETFL}},
	{"a device cannot be spoken to", SYS_ioctl, {0, 0x5413, PLACE(page)}},
	{"no socket to the network", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
	{"no socket to the machine", SYS_socket, {AF_UNIX, SOCK_STREAM, 0}},
	{"no socket to the kernel", SYS_socket, {AF_NETLINK, SOCK_RAW, 0}},
	{"no pair of sockets", SYS_socketpair,
		{AF_UNIX, SOCK_STREAM, 0, PLACE(page)}},
	{"no connection", SYS_connect, {CHILD_FD, PLACE(page), 16}},
	{"no descriptor can be handed over", SYS_sendmsg,
		{CHILD_FD, PLACE(page), 0}},
	{"no other program", SYS_execve,
		{PLACE("/bin/false"), PLACE(no_arguments),
			PLACE(no_arguments)}},
	{"no program in memory", SYS_memfd_create, {PLACE("x"), 0}},
	{"no other process", SYS_clone, {SIGCHLD}},
	{"no thread", SYS_clone, {CLONE_VM | CLONE_SIGHAND | CLONE_THREAD}},
	{"nobody can be traced", SYS_ptrace, {PTRACE_ATTACH, 1}},
	{"nobody's memory can be read", SYS_process_vm_readv,
		{1, PLACE(page), 1, PLACE(page), 1, 0}},
	{"nobody can be killed", SYS_kill, {1, 0}},
	{"no name space", SYS_unshare, {CLONE_NEWUSER}},
	{"nothing can be mounted", SYS_mount,
		{PLACE("x"), PLACE("/mnt"), PLACE("tmpfs")}},
	{"no new rights", SYS_setresuid, {0, 0, 0}},
	{"no higher limit", SYS_prlimit64, {0, RLIMIT_NOFILE, PLACE(page), 0}},
	{"it stays undumpable", SYS_prctl, {PR_SET_DUMPABLE, 1}},
	{"no code in new memory", SYS_mmap,
		{0, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
			-1}},
	{"no code in old memory", SYS_mprotect,
		{PLACE(page), PAGE, PROT_READ | PROT_EXEC}},
	{"no program in the kernel", SYS_bpf, {0, PLACE(page), 0}},
	{"no watching of the kernel", SYS_perf_event_open,
		{PLACE(page), 0, -1, -1, 0}},
	{"no other way to call", 425 /* io_uring_setup */, {1, PLACE(page)}},
};

/* What came of each: its errno, 0 if it was done; then what must work. */
struct answers {
	int came[COUNT_OF(probes)];
	char read[6]; /* the beginning of the file that was sent */
	bool memory;
};

static int try_call(const struct probe *p)
{
	const long *a = p->arg;
	const long got = syscall(p->number, a[0], a[1], a[2], a[3], a[4], a[5]);

	if (got >= 0 && p->number == SYS_clone && got == 0)
		_exit(0);
	return got < 0 ? errno : 0;
}

/* The child's whole life: as image_reader_child() and list_reader_child(). */
static int probe_child(void)
{
	static const struct sandbox_limits most = {320, 640, 120};
	static struct answers answers;
	struct err err = {0};
	char request = 0;
	void *memory;
	int file = -1;

	child_follow();
	if (!sandbox_enter(&most, &err) ||
		!child_receive(&request, sizeof(request), &file))
		return EXIT_FAILURE;
	for (size_t i = 0; i < COUNT_OF(probes); i++)
		answers.came[i] = try_call(&probes[i]);
	memory = malloc(1 << 20);
	answers.memory = memory != NULL;
	free(memory);
	if (pread(file, answers.read, sizeof(answers.read), 0) < 0)
		return EXIT_FAILURE;
	send(CHILD_FD, &answers, sizeof(answers), 0);
	return EXIT_SUCCESS;
}

/* Asked once, for all rows. */
static struct answers answers;

static int ask_child(void **state)
{
	const int file =
		open("tests/drivers/test_sandbox.c", O_RDONLY | O_CLOEXEC);
	struct err err = {0};
	struct child child;
	char request = 1;
	ssize_t got = -1;

	(void)state;
	child_init(&child);
	if (file >= 0 && child_start(&child, NULL, PROBE_ARG, &err) &&
		child_send(&child, &request, sizeof(request), file) &&
		child_await(&child, clock_ms() + CHILD_START_MS))
		got = recv(child.fd, &answers, sizeof(answers), 0);
	child_stop(&child);
	close(file);
	return got == (ssize_t)sizeof(answers) ? 0 : -1;
}

static void run_probe(void **state)
{
	const struct probe *p = *state;
	const int came = answers.came[p - probes];

	if (came != EPERM)
		fail_msg("%s: %s", p->name,
			came ? strerror(came) : "it worked");
}

static void what_it_needs_works(void **state)
{
	(void)state;
	assert_memory_equal(answers.read, "/*\n * ", sizeof(answers.read));
	assert_true(answers.memory);
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
	if (WEXITSTATUS(status) == 77) {
		assert_false(sandbox_has_landlock());
		printf("SKIP: no Landlock in this kernel: "
		       "system calls alone are filtered\n");
		skip();
	}
	assert_true(sandbox_has_landlock());
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* As in a program whose main() does not know the word of the child. */
static void a_child_starts_no_child(void **state)
{
	struct child child;
	struct err err;

	(void)state;
	child_init(&child);
	assert_int_equal(setenv("CHITRA_CHILD", "1", 1), 0);
	assert_false(child_start(&child, NULL, PROBE_ARG, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(unsetenv("CHITRA_CHILD"), 0);
	child_stop(&child);
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[COUNT_OF(probes) + 3] = {
		cmocka_unit_test(what_it_needs_works),
		cmocka_unit_test(the_sandbox_has_no_file_system),
		cmocka_unit_test(a_child_starts_no_child),
	};
	size_t n = 3;

	if (argc == 2 && strcmp(argv[1], PROBE_ARG) == 0)
		return probe_child();
	UNIT_ADD_ROWS(tests, &n, probes, run_probe);
	return _cmocka_run_group_tests("sandbox", tests, n, ask_child, NULL);
}
