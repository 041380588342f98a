#include "drivers/sandbox/sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* Debian 12's headers are older than the kernels that people run. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif
#define LANDLOCK_VERSION_FLAG 1U

/* A sanitizer reserves terabytes of addresses and so cannot be limited. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_LIMITED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MEMORY_LIMITED 0
#endif
#endif
#ifndef MEMORY_LIMITED
#define MEMORY_LIMITED 1
#endif

static bool limit(int what, rlim_t most, struct err *err)
{
	const struct rlimit both = {most, most};

	if (setrlimit((__rlimit_resource_t)what, &both) == 0)
		return true;
	return err_set(err, ERR_DENIED, errno, "sandbox: limit %d: %s", what,
		strerror(errno));
}

static bool limit_resources(const struct sandbox_limits *l, struct err *err)
{
	const struct {
		int what;
		rlim_t most;
	} limits[] =
	{ {RLIMIT_CORE, 0},
		{RLIMIT_CPU, l->cpu_seconds},
		{RLIMIT_FSIZE, 0},
		/* 0-2, the socket and one file, with some to spare. */
		{RLIMIT_NOFILE, 8},
#if MEMORY_LIMITED
		{RLIMIT_DATA, (rlim_t)l->data_mib << 20},
		{RLIMIT_AS, (rlim_t)l->address_mib << 20},
#endif
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (!limit(limits[i].what, limits[i].most, err))
			return false;
	return true;
}

/* Every right on files that this kernel can take away. */
static uint64_t all_file_rights(long version)
{
	if (version >= 5)
		return 0xffff;
	if (version >= 3)
		return 0x7fff;
	return version == 2 ? 0x3fff : 0x1fff;
}

static long landlock_version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_VERSION_FLAG);
}

bool sandbox_has_landlock(void)
{
	return landlock_version() >= 1;
}

/* No rule is added, so no path is allowed. */
bool sandbox_forbid_files(struct err *err)
{
	const long version = landlock_version();
	uint64_t handled;
	bool ok;
	int fd;

	if (version < 1)
		return true; /* an old kernel: seccomp has to do */
	handled = all_file_rights(version);
	fd = (int)syscall(SYS_landlock_create_ruleset, &handled,
		sizeof(handled), 0);
	ok = fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	if (!ok)
		err_set(err, ERR_DENIED, errno, "sandbox: Landlock: %s",
			strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Memory may come and go, but never become code. */
static bool allow_memory(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp no_exec =
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		       &no_exec) == 0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
		       SCMP_SYS(mprotect), 1, &no_exec) == 0;
}

static bool allow_calls(scmp_filter_ctx filter)
{
	static const int allowed[] = {
		SCMP_SYS(read),
		SCMP_SYS(pread64),
		SCMP_SYS(write),
		SCMP_SYS(close),
		SCMP_SYS(recvmsg),
		SCMP_SYS(sendto),
		SCMP_SYS(brk),
		SCMP_SYS(munmap),
		SCMP_SYS(mremap),
		SCMP_SYS(madvise),
		SCMP_SYS(futex),
		SCMP_SYS(getrandom),
		SCMP_SYS(clock_gettime),
		SCMP_SYS(sched_yield),
		SCMP_SYS(sigaltstack),
		SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(rt_sigreturn),
		SCMP_SYS(getpid),
		SCMP_SYS(gettid),
		SCMP_SYS(exit),
		SCMP_SYS(exit_group),
	};

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) !=
			0)
			return false;
	return allow_memory(filter);
}

static bool filter_calls(struct err *err)
{
	const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok;
	int rc = -ENOMEM;

	ok = filter && allow_calls(filter);
	if (ok)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc == 0 || err_set(err, ERR_DENIED, -rc, "sandbox: seccomp: %s",
				  strerror(-rc));
}

bool sandbox_enter(const struct sandbox_limits *most, struct err *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(err, ERR_DENIED, errno, "sandbox: prctl: %s",
			strerror(errno));
	return sandbox_forbid_files(err) && limit_resources(most, err) &&
	       filter_calls(err);
}
