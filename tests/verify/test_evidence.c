/*
 * What is given beside a journal, line by line: rosters, receipts and keys as
 * they come out of people's hands (V32, V34), and where what can be saved has
 * no room (T08). The journal is a real one, and true.
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "db/export.h"
#include "db/verify/verify_run.h"
#include "support/bookgen.h"
#include "support/realstore.h"
#include "support/tmpdir.h"

enum {
	PATH = 300
};

static struct realstore real;
static char given[PATH]; /* the file of a row */
static char own_paper[512];
static char foreign_paper[512];
static char first_due[512]; /* a line of the roster */

enum what {
	ROSTER,
	RECEIPTS,
	KEYS,
};

static const struct row {
	const char *name;
	enum what what;
	bool alone; /* the text, without what the program exported */
	const char *text;
	int status;
	const char *says;
} rows[] = {
	/* $ is the first line of the roster, # its hash, @ its entitlement */
	{"the roster as it is", ROSTER, false, "", 0, "\"ok\":true"},
	{"blank lines at its end", ROSTER, false, "\n\r\n\n", 0, "\"ok\":true"},
	{"the same line twice", ROSTER, false, "$\n", 0, "\"ok\":true"},
	{"a line without an end", ROSTER, false, "$", 0, "\"ok\":true"},
	{"no roster at all", ROSTER, true, "hello\n", 2, "no roster file"},
	{"an empty file", ROSTER, true, "", 2, "no roster file"},
	{"too few columns", ROSTER, false, "#,@,202612,1\n", 1,
		"no entitlement"},
	{"too many", ROSTER, false, "#,@,202612,1,5000,1\n", 1,
		"no entitlement"},
	{"a hash that is cut", ROSTER, false, "0a0b,@,202612,1,5000\n", 1,
		"no entitlement"},
	{"a hash that is none", ROSTER, false, "x,@,202612,1,5000\n", 1,
		"no entitlement"},
	{"a name of an entitlement that is cut", ROSTER, false,
		"#,0a0b,202612,1,5000\n", 1, "no entitlement"},
	{"a name that is none", ROSTER, false, "#,x,202612,1,5000\n", 1,
		"no entitlement"},
	{"a month that cannot be", ROSTER, false, "#,@,0,1,5000\n", 1,
		"no entitlement"},
	{"a kind that is none", ROSTER, false, "#,@,202612,6,5000\n", 1,
		"no entitlement"},
	{"an amount of nothing", ROSTER, false, "#,@,202612,1,0\n", 1,
		"no entitlement"},
	{"an amount beyond money", ROSTER, false,
		"#,@,202612,1,1000000000000000\n", 1, "no entitlement"},
	{"another amount for what is there", ROSTER, false,
		"#,@,202612,1,5000\n", 1, "two things of one entitlement"},
	{"another month for it", ROSTER, false, "#,@,202611,1,500000\n", 1,
		"two things of one entitlement"},
	{"nothing of what was paid: of those lists nothing is said", ROSTER,
		true, "list,ent,period,what,amount\n", 0,
		"payments of lists that are not among those given"},
	/* $ is a true receipt, @ one of another terminal */
	{"its receipts as they are", RECEIPTS, false, "", 0, "\"ok\":true"},
	{"blank lines and remarks", RECEIPTS, false, "\n  \t\n# of May\n", 0,
		"\"ok\":true"},
	{"a receipt twice", RECEIPTS, false, "$\n$\n", 0, "\"ok\":true"},
	{"a receipt of another terminal is not looked for", RECEIPTS, false,
		"@\n", 0, "of another device, not looked for"},
	{"what is no paper", RECEIPTS, false, "hello\n", 1,
		"no receipt, slip or code"},
	{"a code that no record bears", RECEIPTS, false, "129S-RZCJ-BYD8-9\n",
		1, "no record bears this code"},
	{"it is said once for each line", RECEIPTS, false,
		"129S-RZCJ-BYD8-9\n129S-RZCJ-BYD8-9\n", 1,
		"no record bears this code"},
	/* keys: $ is its device's line */
	{"a device twice", KEYS, false, "$\n", 2, "no good \"device\" line"},
	{"a user twice", KEYS, false,
		"user 7 agent "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
		"1e1f\n",
		2, "no good \"user\" line"},
	{"an epoch without its device", KEYS, false,
		"epoch x 2 - "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
		"1e1f\n",
		2, "no good \"epoch\" line"},
	{"an epoch from no record on", KEYS, false,
		"epoch 000102030405060708090a0b0c0d0e0f x - "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
		"1e1f\n",
		2, "no good \"epoch\" line"},
	{"an epoch to no record", KEYS, false,
		"epoch 000102030405060708090a0b0c0d0e0f 2 x "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
		"1e1f\n",
		2, "no good \"epoch\" line"},
	{"an epoch with half a key", KEYS, false,
		"epoch 000102030405060708090a0b0c0d0e0f 2 - 0001\n", 2,
		"no good \"epoch\" line"},
	{"a user with half a number", KEYS, false,
		"user 7x agent "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
		"1e1f\n",
		2, "no good \"user\" line"},
	{"somebody revoked at no time", KEYS, false, "revoked 7 x\n", 2,
		"no good \"revoked\" line"},
	{"nobody revoked", KEYS, false, "revoked x 7\n", 2,
		"no good \"revoked\" line"},
	{"a centre with half a key", KEYS, false, "centre hanoi 0001\n", 2,
		"no good \"centre\" line"},
	{"a centre without a key", KEYS, false, "centre hanoi\n", 2,
		"no good \"centre\" line"},
	{"only remarks", KEYS, false, "# of the office\n\n   \n", 0,
		"\"ok\":true"},
};

/* A line of so many bytes, then the next. */
static const struct long_row {
	const char *name;
	enum what what;
	int status;
	const char *says;
} long_rows[] = {
	{"a line of the roster without end", ROSTER, 1, "no entitlement"},
	{"a receipt without end", RECEIPTS, 1, "no receipt, slip or code"},
	{"a key without end", KEYS, 2, "line too long"},
};

/* The signs of a row for what only this store knows. */
static void put_text(const struct row *row, struct bytes *out)
{
	const char *first = row->what == RECEIPTS ? own_paper : first_due;

	for (const char *c = row->text; *c; c++) {
		const bool remark = *c == '#' && row->what != ROSTER;

		if (*c == '$')
			bytes_text(out, "%s", first);
		else if (*c == '@' && row->what == RECEIPTS)
			bytes_text(out, "%s", foreign_paper);
		else if (*c == '@')
			bytes_text(out, "%.32s", strchr(first_due, ',') + 1);
		else if (*c == '#' && !remark)
			bytes_text(out, "%.64s", first_due);
		else
			bytes_put(out, c, 1);
	}
}

static const char *exported(enum what what)
{
	return what == ROSTER ? real.roster
	       : what == KEYS ? real.keys
			      : real.receipts;
}

static int verify(enum what what, char *said, size_t size)
{
	struct verify_args args = {.json = true,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.keys = real.keys,
		.receipts = real.receipts,
		.roster = {real.roster},
		.rosters = 1,
		.path = real.journal};
	struct err err = {0};
	int status = VERIFY_CANNOT;
	FILE *out = fmemopen(said, size, "w");

	assert_non_null(out);
	if (what == ROSTER)
		args.roster[0] = given;
	else if (what == RECEIPTS)
		args.receipts = given;
	else
		args.keys = given;
	if (!verify_run(&args, out, &status, &err)) {
		rewind(out);
		fprintf(out, "%s", err.text);
		status = VERIFY_CANNOT;
	}
	fclose(out);
	return status;
}

static void must_say(enum what what, int want, const char *text)
{
	static char said[1 << 16];
	const int got = verify(what, said, sizeof(said));

	if (got != want || !strstr(said, text))
		fail_msg("status %d, not %d with %s: %s", got, want, text,
			said);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct bytes b = {0};

	if (!row->alone)
		realstore_load(exported(row->what), &b);
	if (row->what == KEYS && row->text[0] == '$') {
		/* The device is in the first line of the keys. */
		const char *line = strstr(bytes_string(&b), "device ");

		assert_non_null(line);
		bytes_text(&b, "%.*s\n", (int)strcspn(line, "\n"), line);
	} else {
		put_text(row, &b);
	}
	bytes_save(&b, given);
	bytes_free(&b);
	must_say(row->what, row->status, row->says);
}

static void run_long(void **state)
{
	const struct long_row *row = *state;
	struct bytes b = {0};

	realstore_load(exported(row->what), &b);
	for (int i = 0; i < 9000; i++)
		bytes_put(&b, "0", 1);
	bytes_put(&b, "\n", 1);
	bytes_save(&b, given);
	bytes_free(&b);
	must_say(row->what, row->status, row->says);
}

/* ---- where there is no room -------------------------------------------------
 */

static bool salvage(const char *to, struct err *err)
{
	const struct verify_args args = {.json = true,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.keys = real.keys,
		.salvage = to,
		.path = real.journal};
	static char said[1 << 16];
	FILE *out = fmemopen(said, sizeof(said), "w");
	int status;
	bool ok;

	assert_non_null(out);
	ok = verify_run(&args, out, &status, err);
	fclose(out);
	return ok;
}

static bool salvage_within(const char *to, off_t room, struct err *err)
{
	struct rlimit was;
	struct rlimit now;
	bool ok;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	now = was;
	now.rlim_cur = (rlim_t)room;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
	ok = salvage(to, err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	signal(SIGXFSZ, SIG_DFL);
	return ok;
}

/* Half of what was saved is not said to be saved. */
static void T08_no_room_for_what_is_saved(void **state)
{
	struct err err = {0};
	char to[PATH + 16];
	struct stat st;

	(void)state;
	snprintf(to, sizeof(to), "%s.saved", given);
	assert_true(salvage(to, &err));
	assert_int_equal(stat(to, &st), 0);
	for (off_t room = 0; room < st.st_size; room += st.st_size / 23) {
		unlink(to);
		if (salvage_within(to, room, &err))
			fail_msg("saved in %lld bytes of %lld", (long long)room,
				(long long)st.st_size);
		assert_int_equal(err.code, ERR_IO);
		assert_true(err.text[0] != '\0');
		assert_int_not_equal(access(to, F_OK), 0);
	}
	unlink(to);
	/* Only the last byte of the file has none. */
	assert_false(salvage_within(to, st.st_size - 1, &err));
	assert_non_null(strstr(err.text, "saved"));
	unlink(to);
	assert_true(salvage_within(to, st.st_size, &err));
	unlink(to);
}

static void what_is_there_is_never_written_over(void **state)
{
	struct err err = {0};

	(void)state;
	assert_false(salvage(real.keys, &err));
	assert_non_null(strstr(err.text, real.keys));
}

/* ---- a part of the book -----------------------------------------------------
 */

static char part[PATH];

static int verify_part(char *said, size_t size)
{
	const struct verify_args args = {.json = true,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.keys = real.keys,
		.path = part};
	struct err err = {0};
	int status = VERIFY_CANNOT;
	FILE *out = fmemopen(said, size, "w");

	assert_non_null(out);
	if (!verify_run(&args, out, &status, &err))
		status = VERIFY_CANNOT;
	fclose(out);
	return status;
}

/* Its head says which limits hold before its first record. */
static void a_part_says_which_limits_held(void **state)
{
	static char said[1 << 16];
	struct export_done done;
	struct bytes b = {0};
	struct refusal why;
	struct err err;
	uint8_t *limit;
	size_t head;

	(void)state;
	bookstore_open(&real.store);
	tmpdir_path(real.store.dir, "part", part, sizeof(part));
	assert_int_equal(export_journal(real.store.db, &real.store.lan, 30, 0,
				 part, &done, &why, &err),
		VERDICT_DONE);
	db_close(real.store.db);
	real.store.db = NULL;
	if (verify_part(said, sizeof(said)) != VERIFY_ACCEPTED)
		fail_msg("%s", said);
	assert_null(strstr(said, "limits of the point"));
	realstore_load(part, &b);
	limit = memmem(b.at, b.len, "limit ", 6);
	assert_non_null(limit);
	/* Bytes are no line of text. */
	head = limit[-1] >> 5 == 3 ? 1 : 2;
	limit[-(ptrdiff_t)head] ^= 0x20;
	bytes_save(&b, part);
	assert_int_equal(verify_part(said, sizeof(said)), VERIFY_CANNOT);
	limit[-(ptrdiff_t)head] ^= 0x20;
	bytes_save(&b, part);
	assert_int_equal(verify_part(said, sizeof(said)), VERIFY_ACCEPTED);
	/* And a line that is no limit says nothing of any. */
	limit[0] = 'L';
	bytes_save(&b, part);
	assert_int_equal(verify_part(said, sizeof(said)), VERIFY_FINDINGS);
	assert_non_null(strstr(said, "\"check\":\"V13\""));
	bytes_free(&b);
}

static void first_line(const char *path, int skip, char *out, size_t size)
{
	struct bytes b = {0};
	const char *at;

	realstore_load(path, &b);
	for (at = bytes_string(&b); skip > 0; skip--)
		at = strchr(at, '\n') + 1;
	snprintf(out, size, "%.*s", (int)strcspn(at, "\r\n"), at);
	bytes_free(&b);
}

/* A receipt by another writer, of a device that nobody here knows. */
static void make_foreign(void)
{
	const struct bookgen_shape shape = {.seed = 77,
		.days = 1,
		.shifts = 1,
		.acts = 3,
		.plain = true};
	struct bookgen_sealed sealed;
	struct bytes text = {0};
	struct bookgen book;
	size_t i = 0;

	bookgen_make(&shape, &book);
	bookgen_seal(&book, &sealed);
	while (book.rec[i].kind != GEN_PAY || !sealed.raw[i].has_rsig)
		i++;
	bookgen_receipt_text(&book.rec[i], &sealed.raw[i], &text);
	snprintf(foreign_paper, sizeof(foreign_paper), "%s",
		bytes_string(&text));
	bytes_free(&text);
	bookgen_sealed_free(&sealed);
	bookgen_free(&book);
}

static int make_real(void **state)
{
	(void)state;
	realstore_make(&real);
	first_line(real.receipts, 0, own_paper, sizeof(own_paper));
	first_line(real.roster, 1, first_due, sizeof(first_due));
	make_foreign();
	tmpdir_path(real.store.dir, "given", given, sizeof(given));
	return 0;
}

static int remove_real(void **state)
{
	(void)state;
	realstore_remove(&real);
	return 0;
}

int main(void)
{
	static struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(long_rows) + 3];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	for (size_t i = 0; i < COUNT_OF(long_rows); i++)
		tests[n++] = (struct CMUnitTest){.name = long_rows[i].name,
			.test_func = run_long,
			.initial_state = (void *)(uintptr_t)&long_rows[i]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T08_no_room_for_what_is_saved);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_is_there_is_never_written_over);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_part_says_which_limits_held);
	return cmocka_run_group_tests_name("evidence", tests, make_real,
		remove_real);
}
