/*
 * The verifier on a machine where the n-th call to SQLite or to the file
 * system fails, or the n-th allocation. It says that it cannot verify, or
 * what it says otherwise: never that a good book is bad, nor a bad one good.
 */
#include "support/unit.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "db/verify/verify_run.h"
#include "support/failalloc.h"
#include "support/failcall.h"
#include "support/fullstore.h"
#include "support/tmpdir.h"

enum {
	DENSE = 40 /* of each kind the first, and of the rest ever fewer */
};

static struct realstore real;
static char dir[256];
static char used[256];
static char salvage_path[300];
static char damaged[300];
static char receipt[512];

static const struct job {
	const char *name;
	bool store;
	bool in_use; /* a part of it is in its log */
	bool cut;    /* the journal, without its end */
	bool papers;
	bool paper;
	bool json;
	bool salvage;
	int status;
} jobs[] = {
	{"a store", .store = true, .json = true, .status = VERIFY_ACCEPTED},
	{"a store in use", .store = true, .in_use = true,
		.status = VERIFY_ACCEPTED},
	{"a store, salvaged, for people", .store = true, .salvage = true,
		.status = VERIFY_ACCEPTED},
	{"a journal with all its evidence", .papers = true, .json = true,
		.status = VERIFY_ACCEPTED},
	{"a journal, for people", .papers = true, .status = VERIFY_ACCEPTED},
	{"a journal that was cut", .cut = true, .papers = true,
		.status = VERIFY_FINDINGS},
	{"a journal that was cut, salvaged", .cut = true, .salvage = true,
		.json = true, .status = VERIFY_FINDINGS},
	{"a receipt", .paper = true, .json = true, .status = VERIFY_ACCEPTED},
	{"a receipt, for people", .paper = true, .status = VERIFY_ACCEPTED},
};

static const struct kind {
	const char *name;
	struct failcall call;
	enum failalloc_whose whose;
	bool alloc;
} kinds[] = {
	{"SQLite", .call = {FAILCALL_SQL, SQLITE_IOERR, 0, true}},
	{"preparing for SQLite",
		.call = {FAILCALL_PREPARE, SQLITE_IOERR, 0, true}},
	{"the first row", .call = {FAILCALL_FIRST, SQLITE_IOERR, 0, true}},
	{"SQLite from there on",
		.call = {FAILCALL_SQL, SQLITE_IOERR, 0, false}},
	{"a file", .call = {FAILCALL_FILE, EIO, 0, true}},
	{"a file, interrupted", .call = {FAILCALL_FILE, EINTR, 0, true}},
	{"files from there on", .call = {FAILCALL_FILE, EIO, 0, false}},
	{"our memory", .whose = FAILALLOC_OURS, .alloc = true},
	{"SQLite's memory", .whose = FAILALLOC_SQLITE, .alloc = true},
};

static void arm(const struct kind *k, int n)
{
	struct failcall f = k->call;

	f.n = n;
	if (k->alloc)
		failalloc_set(k->whose, n, true);
	else
		failcall_set(&f);
}

static bool disarm(const struct kind *k)
{
	bool tripped;

	if (!k->alloc)
		return failcall_end();
	tripped = failalloc_tripped();
	failalloc_set(FAILALLOC_OURS, 0, false);
	return tripped;
}

/* k NULL: nothing fails. Whether something did. */
static bool run(const struct job *j, const struct kind *k, int n, char **said,
	int *status, struct err *err)
{
	const struct verify_args args = {.json = j->json,
		.records = j->papers,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.salvage = j->salvage ? salvage_path : NULL,
		.keys = j->store ? NULL : real.keys,
		.receipts = j->papers ? real.receipts : NULL,
		.roster = {j->papers ? real.roster : NULL},
		.rosters = j->papers,
		.path = j->in_use  ? used
			: j->store ? dir
			: j->cut   ? damaged
				   : real.journal,
		.paper = j->paper ? receipt : NULL};
	size_t size = 0;
	FILE *out = open_memstream(said, &size);
	bool tripped = false;
	bool ok;

	assert_non_null(out);
	unlink(salvage_path);
	*status = VERIFY_CANNOT;
	if (k)
		arm(k, n);
	ok = verify_run(&args, out, status, err);
	if (k)
		tripped = disarm(k);
	fclose(out);
	if (!ok)
		*status = VERIFY_CANNOT;
	return tripped;
}

static bool with_fault(const struct job *j, const struct kind *k, int n,
	const char *wanted, int *cannot)
{
	struct err err = {0};
	char *said = NULL;
	int status;
	const bool tripped = run(j, k, n, &said, &status, &err);

	if (status == VERIFY_CANNOT) {
		if (!tripped || err.code == ERR_NONE || !err.text[0])
			fail_msg("%s, %s, n = %d: cannot: %s", j->name, k->name,
				n, err.text);
		++*cannot;
	} else if (j->salvage && !k->alloc && k->call.whose <= FAILCALL_FIRST &&
		   status == VERIFY_FINDINGS) {
		/* To go on behind what cannot be read is what it is for. */
	} else if (status != j->status || strcmp(said, wanted) != 0) {
		fail_msg("%s, %s, n = %d: status %d: %s\nnot %s", j->name,
			k->name, n, status, said, wanted);
	}
	free(said);
	return tripped;
}

/* What is read from a copy is asked as in place: only making it is new. */
static bool is_new(const struct job *j, const struct kind *k)
{
	return !j->in_use || (!k->alloc && k->call.whose == FAILCALL_FILE);
}

static void a_job(void **state)
{
	const struct job *j = *state;
	struct err err = {0};
	char *wanted = NULL;
	int status;
	int cannot = 0;
	int tried = 0;

	run(j, NULL, 0, &wanted, &status, &err);
	if (status != j->status)
		fail_msg("status %d: %s %s", status, wanted, err.text);
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		for (int n = 1; is_new(j, &kinds[i]) &&
				with_fault(j, &kinds[i], n, wanted, &cannot);
			n += n < DENSE ? 1 : n / 2)
			tried++;
	print_message("    %d calls, %d times it could not\n", tried, cannot);
	free(wanted);
}

/* What is no file at all. */
static void a_directory_is_none_of_its_files(void **state)
{
	struct verify_args args = {.from = 1,
		.to = UINT64_MAX,
		.future = true,
		.path = real.journal};
	const char **const which[] = {&args.keys, &args.receipts,
		&args.checkpoints, &args.roster[0], &args.salvage};

	(void)state;
	args.rosters = 1;
	for (size_t i = 0; i < COUNT_OF(which); i++) {
		struct err err = {0};
		char *said = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&said, &size);
		int status = VERIFY_ACCEPTED;

		args.keys = real.keys;
		args.roster[0] = real.roster;
		*which[i] = dir;
		assert_false(verify_run(&args, out, &status, &err));
		assert_true(err.code != ERR_NONE && err.text[0]);
		*which[i] = NULL;
		fclose(out);
		free(said);
	}
}

static int make_real(void **state)
{
	struct bytes b = {0};
	char path[300];

	(void)state;
	fullstore_make(&real);
	realstore_copy(&real, dir, sizeof(dir), path);
	fullstore_in_use(&real, used, sizeof(used), path);
	tmpdir_path(dir, "salvaged", salvage_path, sizeof(salvage_path));
	realstore_load(real.journal, &b);
	tmpdir_write(dir, "cut", b.at, b.len - 900);
	tmpdir_path(dir, "cut", damaged, sizeof(damaged));
	bytes_free(&b);
	realstore_load(real.receipts, &b);
	snprintf(receipt, sizeof(receipt), "%.*s",
		(int)strcspn((const char *)b.at, "\n"), (const char *)b.at);
	bytes_free(&b);
	return 0;
}

static int remove_real(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	tmpdir_remove(used);
	realstore_remove(&real);
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(jobs) + 1];

	for (size_t i = 0; i < COUNT_OF(jobs); i++)
		tests[i] = (struct CMUnitTest){.name = jobs[i].name,
			.test_func = a_job,
			.initial_state = (void *)&jobs[i]};
	tests[COUNT_OF(jobs)] = (struct CMUnitTest)
		cmocka_unit_test(a_directory_is_none_of_its_files);
	failalloc_install();
	return _cmocka_run_group_tests("every call of the verifier", tests,
		COUNT_OF(tests), make_real, remove_real);
}
