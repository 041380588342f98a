/*
 * failalloc.h - memory that runs out on demand (T12).
 *
 * SQLite's own allocations fail underneath it; those of the program where it
 * is linked with --wrap (Makefile, TEST_LIBS of test_no_memory), since every
 * malloc, calloc and realloc of our own objects then comes by here. Threads
 * count together.
 */
#ifndef TESTS_SUPPORT_FAILALLOC_H
#define TESTS_SUPPORT_FAILALLOC_H

#include <stdbool.h>

enum failalloc_whose {
	FAILALLOC_SQLITE,
	FAILALLOC_OURS,
	FAILALLOC_COUNT,
};

/* Before SQLite is used for the first time. */
void failalloc_install(void);

/* The n-th from now on fails, once or with all after it; 0: none. */
void failalloc_set(enum failalloc_whose whose, int n, bool once);

/* Has one failed, and how many were there, since then? */
bool failalloc_tripped(void);
int failalloc_seen(enum failalloc_whose whose);

#endif
