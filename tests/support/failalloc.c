#include "support/failalloc.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

static sqlite3_mem_methods real;

static struct {
	atomic_int left[FAILALLOC_COUNT]; /* until the first; 0: never */
	atomic_int seen[FAILALLOC_COUNT];
	atomic_bool tripped;
	bool once;
} memory;

/* Their names are the linker's. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

static bool due(enum failalloc_whose whose)
{
	int left = atomic_load(&memory.left[whose]);

	atomic_fetch_add(&memory.seen[whose], 1);
	if (left == 0)
		return false;
	if (left > 1) {
		atomic_fetch_sub(&memory.left[whose], 1);
		return false;
	}
	if (memory.once)
		atomic_store(&memory.left[whose], 0);
	atomic_store(&memory.tripped, true);
	return true;
}

void *__wrap_malloc(size_t size)
{
	return due(FAILALLOC_OURS) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return due(FAILALLOC_OURS) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	return due(FAILALLOC_OURS) ? NULL : __real_realloc(p, size);
}

static void *sql_malloc(int size)
{
	return due(FAILALLOC_SQLITE) ? NULL : real.xMalloc(size);
}

static void *sql_realloc(void *p, int size)
{
	return due(FAILALLOC_SQLITE) ? NULL : real.xRealloc(p, size);
}

void failalloc_install(void)
{
	sqlite3_mem_methods ours;
	int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);

	ours = real;
	ours.xMalloc = sql_malloc;
	ours.xRealloc = sql_realloc;
	rc |= sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
	/* Else most of them never come here. */
	rc |= sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
	assert(rc == SQLITE_OK);
	(void)rc;
}

void failalloc_set(enum failalloc_whose whose, int n, bool once)
{
	for (int i = 0; i < FAILALLOC_COUNT; i++) {
		atomic_store(&memory.left[i], 0);
		atomic_store(&memory.seen[i], 0);
	}
	memory.once = once;
	atomic_store(&memory.tripped, false);
	atomic_store(&memory.left[whose], n);
}

bool failalloc_tripped(void)
{
	return atomic_load(&memory.tripped);
}

int failalloc_seen(enum failalloc_whose whose)
{
	return atomic_load(&memory.seen[whose]);
}
