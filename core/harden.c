#include "core/harden.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/*
 * Builds with crash points are for tests: those trace the program, and a
 * sanitizer's search for leaks does, too.
 */
static bool may_be_traced(void)
{
#ifdef CRASH_POINTS
	return true;
#else
	return false;
#endif
}

bool harden_start(struct err *err)
{
	const struct rlimit none = {0, 0};

	umask(077);
	if (setrlimit(RLIMIT_CORE, &none) != 0)
		return err_set(err, ERR_DENIED, errno, "no core files: %s",
			strerror(errno));
	if (!may_be_traced() && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(err, ERR_DENIED, errno, "not traceable: %s",
			strerror(errno));
	return true;
}
