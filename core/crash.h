/*
 * crash.h - named places on the way of money where a test may end the program.
 *
 * crash_point("pay.committed") does nothing in a release: it is compiled away,
 * name and all. In every other variant (the Makefile sets CRASH_POINTS) the
 * program kills itself there with SIGKILL, as a power cut would, when the
 * environment says CHITRA_CRASH=pay.committed, or pay.committed:3 for the
 * third time that it comes by.
 *
 * All points stand in the table of crash.c with a sentence; the tests walk
 * that table (tests/app/test_crash.c), so a new point that no test reaches
 * is found. Any thread may call.
 */
#ifndef CORE_CRASH_H
#define CORE_CRASH_H

#include <stddef.h>

struct crash_place {
	const char *name; /* "pay.committed": the act, and how far it came */
	const char *is;   /* a sentence for people who read a failed test */
};

#ifdef CRASH_POINTS

extern const struct crash_place crash_places[];
extern const size_t crash_places_count;

/* name is one of the table. */
void crash_point(const char *name);

#else

static inline void crash_point(const char *name)
{
	(void)name;
}

#endif

#endif
