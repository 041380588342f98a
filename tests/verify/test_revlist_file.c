/*
 * The centre's lists of revoked users beside a book (T67): read by the second
 * reader, whole or damaged, of the right centre and of another, older and
 * newer than what the terminal took; and what its REVLIST record made of it.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "support/bookcheck.h"
#include "support/bookgen_internal.h"
#include "support/mutation.h"
#include "support/revlists.h"
#include "support/tmpdir.h"

#define V(n) (UINT64_C(1) << (n))

static const struct bookgen_shape shape = {.seed = 11,
	.days = 3,
	.shifts = 2,
	.acts = 6};

static struct fixture {
	char dir[256];
	struct bookgen book;
} all;

static int set_up(void **state)
{
	(void)state;
	tmpdir_make(all.dir, sizeof(all.dir));
	bookgen_make(&shape, &all.book);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bookgen_free(&all.book);
	tmpdir_remove(all.dir);
	return 0;
}

/* What is given, and what the book has of it. */
struct row {
	const char *name;
	const char *users;        /* lines of the list */
	int newer;                /* than the version of the record */
	void (*text)(char *list); /* what befell it on its way */
	uint64_t barred;          /* by the record; 0: nobody */
	bool other_hash;          /* in the record */
	bool other_centre;        /* signed it */
	bool no_centre;           /* in the keys file */
	bool found;
	bool told; /* as information */
};

static void cut(char *list)
{
	list[strlen(list) - 10] = '\0';
}

static void one_digit(char *list)
{
	char *at = strstr(list, "user 77");

	at[6] = '8';
}

static void longer(char *list)
{
	const size_t len = strlen(list);

	str_copy(list + len, REVLISTS_SIZE - len, "user 7 - 1\n");
}

static void in_capitals(char *list)
{
	for (char *at = strstr(list, "sig ") + 4; *at; at++)
		if (*at >= 'a' && *at <= 'f')
			*at = (char)(*at - 'a' + 'A');
}

static void not_a_list(char *list)
{
	list[0] = 'c';
}

static struct row rows[] = {
	{"T67 names nobody of this terminal", "user 77 - 5\n", 0, NULL, 0,
		false, false, false, false, false},
	{"T67 an empty list", "", 0, NULL, 0, false, false, false, false,
		false},
	{"T67 takes out who is named", "user 9 - 5\nuser 77 - 5\n", 0, NULL,
		GEN_KY, false, false, false, false, false},
	{"V23 does not take out who is named", "user 9 - 5\n", 0, NULL, 0,
		false, false, false, true, false},
	{"V23 takes out who is not named", "user 77 - 5\n", 0, NULL, GEN_KY,
		false, false, false, true, false},
	{"V23 names another key of that number", "user 9 @ 5\n", 0, NULL,
		GEN_KY, false, false, false, true, false},
	{"T67 another key: he stays", "user 9 @ 5\n", 0, NULL, 0, false, false,
		false, false, false},
	{"V23 the record has the hash of another list", "user 77 - 5\n", 0,
		NULL, 0, true, false, false, true, false},
	{"T67 older than the newest in the book", "user 77 - 5\n", -1, NULL, 0,
		true, false, false, false, true},
	{"T67 newer than what came to the terminal", "user 77 - 5\n", 1, NULL,
		0, true, false, false, false, true},
	{"V23 cut", "user 77 - 5\n", 0, cut, 0, false, false, false, true,
		false},
	{"V23 a digit is another", "user 77 - 5\n", 0, one_digit, 0, false,
		false, false, true, false},
	{"V23 a line behind its signature", "user 77 - 5\n", 0, longer, 0,
		false, false, false, true, false},
	{"V23 a signature in capitals", "user 77 - 5\n", 0, in_capitals, 0,
		false, false, false, true, false},
	{"V23 another head", "user 77 - 5\n", 0, not_a_list, 0, false, false,
		false, true, false},
	{"V23 a number with a zero before it", "user 077 - 5\n", 0, NULL, 0,
		false, false, false, true, false},
	{"V23 a time after it was issued", "user 77 - 99999999999999\n", 0,
		NULL, 0, false, false, false, true, false},
	{"V23 half a key", "user 77 00ff 5\n", 0, NULL, 0, false, false, false,
		true, false},
	{"V23 two blanks", "user  77 - 5\n", 0, NULL, 0, false, false, false,
		true, false},
	{"V23 signed by another centre", "user 77 - 5\n", 0, NULL, 0, false,
		true, false, true, false},
	{"T67 no key of a centre: it counts for nothing", "user 9 - 5\n", 0,
		NULL, 0, true, true, true, false, false},
};

/* '@' stands for a key that nobody has. */
static void write_users(const char *users, char *out, size_t size)
{
	size_t n = 0;

	for (; *users; users++) {
		const int wide = *users == '@' ? 64 : 1;

		for (int i = 0; i < wide && n + 1 < size; i++)
			out[n++] = *users == '@' ? 'a' : *users;
	}
	out[n] = '\0';
}

static void make_list(const struct bookgen *b, const struct row *row,
	uint64_t version, char out[REVLISTS_SIZE])
{
	struct crypto_pair centre;
	char users[1024];

	memcpy(centre.public, b->centre.public, sizeof(centre.public));
	memcpy(centre.secret, b->centre.secret, sizeof(centre.secret));
	if (row->other_centre)
		memcpy(centre.secret, b->device.secret, sizeof(centre.secret));
	write_users(row->users, users, sizeof(users));
	revlists_make(&centre, (int)version, INT64_C(1795000000000), users,
		out);
}

/* The last REVLIST of the book is that of the list. */
static void book_with(struct bookgen *b, const struct row *row,
	char list[REVLISTS_SIZE])
{
	struct bookgen_rec *r = mutation_last(b, GEN_REVLIST);

	r->res += 5;
	make_list(b, row, (uint64_t)((int64_t)r->res + row->newer), list);
	if (!row->other_hash)
		crypto_sha256(list, strlen(list), r->rsum);
	r->barreds = row->barred != 0;
	r->barred[0] = row->barred;
	if (!row->barred)
		r->has &= ~GEN_HAS(33);
}

static void keys_for(const struct bookgen *b, const struct row *row,
	struct bytes *keys)
{
	bookgen_keys(b, keys);
	if (row->no_centre) {
		const char *text = bytes_string(keys);

		keys->len = (size_t)(strstr(text, "\ncentre ") - text) + 1;
	}
}

static void run_row(void **state)
{
	const struct row *row = *state;
	char list[REVLISTS_SIZE];
	char path[300];
	struct bookcheck_with with = {.revlist = path, .future = true};
	struct bookgen_sealed sealed;
	struct bytes file = {0};
	struct bytes keys = {0};
	struct bookcheck got;
	struct bookgen b;

	bookgen_copy(&all.book, &b);
	book_with(&b, row, list);
	if (row->text)
		row->text(list);
	tmpdir_path(all.dir, "list", path, sizeof(path));
	tmpdir_write(all.dir, "list", list, strlen(list));
	bookgen_seal(&b, &sealed);
	bookgen_file_whole(&b, &sealed, true, &file);
	keys_for(&b, row, &keys);
	with.keys = &keys;
	bookcheck_file(&file, &with, &got);
	if ((got.exit == BOOKCHECK_ACCEPT) == row->found ||
		(row->found && got.checks != V(23)))
		fail_msg("exit %d: %s", (int)got.exit, got.text);
	assert_int_equal((got.infos & V(23)) != 0, row->told);
	bytes_free(&keys);
	bytes_free(&file);
	bookgen_sealed_free(&sealed);
	bookgen_free(&b);
}

/* No byte of it may be another. */
static void V23_any_byte_of_a_list(void **state)
{
	const struct row row = {.users = "user 77 - 5\n", .other_hash = true};
	char list[REVLISTS_SIZE];
	char path[300];
	struct bookcheck_with with = {.revlist = path, .future = true};
	struct bookgen_sealed sealed;
	struct bytes file = {0};
	struct bytes keys = {0};
	struct bookcheck got;
	size_t len;

	(void)state;
	tmpdir_path(all.dir, "list", path, sizeof(path));
	bookgen_seal(&all.book, &sealed);
	bookgen_file_whole(&all.book, &sealed, true, &file);
	bookgen_keys(&all.book, &keys);
	with.keys = &keys;
	make_list(&all.book, &row, 4000, list);
	len = strlen(list);
	for (size_t i = 0; i < len; i += 3) {
		list[i] ^= 1;
		tmpdir_write(all.dir, "list", list, len);
		bookcheck_file(&file, &with, &got);
		if (got.exit != BOOKCHECK_FINDINGS || got.checks != V(23))
			fail_msg("byte %zu: exit %d: %s", i, (int)got.exit,
				got.text);
		list[i] ^= 1;
	}
	bytes_free(&keys);
	bytes_free(&file);
	bookgen_sealed_free(&sealed);
}

static void a_list_that_is_not_there_cannot_be_read(void **state)
{
	char path[300];
	struct bookcheck_with with = {.revlist = path, .future = true};
	struct bookgen_sealed sealed;
	struct bytes file = {0};
	struct bookcheck got;

	(void)state;
	tmpdir_path(all.dir, "none", path, sizeof(path));
	bookgen_seal(&all.book, &sealed);
	bookgen_file_whole(&all.book, &sealed, true, &file);
	bookcheck_file(&file, &with, &got);
	assert_int_equal(got.exit, BOOKCHECK_UNREADABLE);
	bytes_free(&file);
	bookgen_sealed_free(&sealed);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] =
		(struct CMUnitTest)cmocka_unit_test(V23_any_byte_of_a_list);
	tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)
		cmocka_unit_test(a_list_that_is_not_there_cannot_be_read);
	return cmocka_run_group_tests_name("revlist file", tests, set_up,
		tear_down);
}
