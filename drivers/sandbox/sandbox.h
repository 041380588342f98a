/*
 * sandbox.h - give up everything but reading, thinking and answering.
 *
 * For a child that reads hostile files, before it sees the first: limits on
 * memory, time and descriptors, no core dumps, no new privileges, no file
 * system (Landlock, where the kernel has it) and a short list of system
 * calls (seccomp, always). What is not on the list fails with EPERM. There
 * is no way back; threads started before are not covered, so be alone.
 */
#ifndef DRIVERS_SANDBOX_SANDBOX_H
#define DRIVERS_SANDBOX_SANDBOX_H

#include <stdbool.h>

#include "core/err.h"

struct sandbox_limits {
	unsigned data_mib;    /* memory that is written to */
	unsigned address_mib; /* memory of any kind */
	unsigned cpu_seconds; /* over the child's life */
};

/* ERR_DENIED: the kernel refused; then nothing hostile may be touched. */
bool sandbox_enter(const struct sandbox_limits *most, struct err *err);

/* The Landlock part of it alone; true, too, on kernels without. */
bool sandbox_forbid_files(struct err *err);

/* False: an older kernel, on which seccomp has to do. */
bool sandbox_has_landlock(void);

#endif
