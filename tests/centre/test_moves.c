/*
 * Money that went from one terminal to another, as the centre sees both books;
 * on SQLite and on PostgreSQL.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/crypto.h"
#include "db/centre/entry.h"
#include "db/centre/moves.h"
#include "support/pgserver.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);

static struct {
	char dir[128];
	struct pgserver pg;
	bool has_pg;
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* A move in a row: 'r' from a to b, 'a' at b from a; hop, and its record. */
struct step {
	char kind; /* 0: the end */
	char dev;
	char peer;
	uint64_t hop;
	uint64_t seq;
	uint64_t ref; /* 'a' only */
	int h;        /* 'a': 0 that of the RELEASE, else another one */
};

static void hash_of(char dev, uint64_t seq, int other, uint8_t out[32])
{
	memset(out, (int)seq + other, 32);
	out[0] = (uint8_t)dev;
}

static void put_bytes(struct buf *b, uint64_t key, const void *bytes, size_t n)
{
	cbor_put_uint(b, key);
	cbor_put_bytes(b, bytes, n);
}

static void put_number(struct buf *b, uint64_t key, uint64_t n)
{
	cbor_put_uint(b, key);
	cbor_put_uint(b, n);
}

static void add(struct store *s, const struct step *x)
{
	const bool release = x->kind == 'r';
	uint8_t body[512];
	uint8_t dev[BATCH_DEV];
	uint8_t peer[BATCH_DEV];
	uint8_t ent[16];
	uint8_t h[32];
	uint8_t rsum[32];
	const uint8_t sig[CRYPTO_SIG_SIZE] = {0};
	struct store_record r = {.seq = x->seq,
		.kind = release ? ENTRY_RELEASE : ENTRY_ACQUIRE,
		.t = now + 1000 * x->hop + !release,
		.body = body,
		.h = h,
		.sig = sig};
	struct buf b;

	memset(dev, x->dev, sizeof(dev));
	memset(peer, x->peer, sizeof(peer));
	memset(ent, 0xee, sizeof(ent));
	hash_of(x->dev, x->seq, 0, h);
	hash_of(x->peer, x->ref, x->h, rsum);
	buf_init(&b, body, sizeof(body));
	cbor_put_map(&b, (release ? 4U : 6U) - (x->hop == 0));
	if (!release)
		put_number(&b, 12, x->ref);
	put_number(&b, 14, 202612);
	put_bytes(&b, 15, ent, sizeof(ent));
	if (!release)
		put_bytes(&b, 24, rsum, sizeof(rsum));
	put_bytes(&b, 30, peer, sizeof(peer));
	if (x->hop > 0)
		put_number(&b, 46, x->hop);
	r.len = b.len;
	MUST(store_records_add(s, dev, &r, 1, now, &err));
}

/* Terminals a, b, c; each has reported up to record last. */
static void add_terminals(struct store *s, uint64_t last)
{
	for (char c = 'a'; c <= 'c'; c++) {
		struct store_device d = {.state = STORE_ACTIVE,
			.enrolled = now,
			.last = last,
			.claimed = last};

		memset(d.dev, c, sizeof(d.dev));
		d.name[0] = c;
		MUST(store_device_add(s, &d, &err));
	}
}

static const struct {
	const char *name;
	struct step step[6];
	struct moves_sum sum;
	char holder;       /* who holds it now */
	const char *state; /* "here", "going" */
	const char *says;  /* of what has no pair; NULL: nothing */
} row[] = {
	{"released and taken: it is there",
		{{'r', 'a', 'b', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 0}},
		{1, 0, 0, 0}, 'b', "here", NULL},
	{"released and not taken yet: on its way",
		{{'r', 'a', 'b', 1, 3, 0, 0}}, {1, 1, 0, 0}, 'b', "going",
		NULL},
	{"there and back again",
		{{'r', 'a', 'b', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 0},
			{'r', 'b', 'a', 2, 5, 0, 0},
			{'a', 'a', 'b', 2, 6, 5, 0}},
		{1, 0, 0, 0}, 'a', "here", NULL},
	{"on to a third one, which has not taken it",
		{{'r', 'a', 'b', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 0},
			{'r', 'b', 'c', 2, 5, 0, 0}},
		{1, 1, 0, 0}, 'c', "going", NULL},
	{"T60b: taken, and never released", {{'a', 'b', 'a', 1, 4, 3, 0}},
		{1, 0, 0, 1}, 'b', "here", "none"},
	{"taken, and the other one did not report that far",
		{{'a', 'b', 'a', 1, 4, 30, 0}}, {1, 0, 1, 0}, 'b', "here",
		"lacking"},
	{"taken twice by one RELEASE",
		{{'r', 'a', 'b', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 0},
			{'a', 'b', 'a', 1, 5, 3, 0}},
		{1, 0, 0, 1}, 'b', "here", "none"},
	{"taken with another hash",
		{{'r', 'a', 'b', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 1}},
		{1, 0, 0, 1}, 'b', "here", "none"},
	{"taken by another one than it was sent to",
		{{'r', 'a', 'c', 1, 3, 0, 0}, {'a', 'b', 'a', 1, 4, 3, 0}},
		{1, 0, 0, 1}, 'b', "here", "none"},
	{"of terminals that count no moves",
		{{'r', 'a', 'b', 0, 3, 0, 0}, {'a', 'b', 'a', 0, 4, 3, 0}},
		{1, 0, 0, 0}, 'b', "here", NULL},
};

static struct store *open_one(bool pg)
{
	static unsigned n;
	char where[PGSERVER_URL];
	char name[32];
	struct store *s;

	snprintf(name, sizeof(name), "%u.db", ++n);
	tmpdir_path(here.dir, name, where, sizeof(where));
	if (pg)
		pgserver_schema(&here.pg, n, where, sizeof(where));
	s = store_open(where, &err);
	MUST(s != NULL);
	return s;
}

static char *told(struct store *s, struct moves_sum *sum)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	MUST(moves_write(s, out, sum, &err));
	fclose(out);
	return text;
}

static void try_row(size_t i, bool pg)
{
	struct store *s = open_one(pg);
	struct moves_sum sum;
	char holder[64];
	char *text;

	print_message("%s\n", row[i].name);
	MUST(store_begin(s, &err));
	add_terminals(s, 10);
	for (const struct step *x = row[i].step; x->kind; x++)
		add(s, x);
	MUST(store_commit(s, &err));
	text = told(s, &sum);
	assert_memory_equal(&sum, &row[i].sum, sizeof(sum));
	snprintf(holder, sizeof(holder), "\t%02x%02x%02x", row[i].holder,
		row[i].holder, row[i].holder);
	assert_non_null(strstr(strstr(text, "\nmoved\t"), holder));
	assert_non_null(strstr(text, row[i].state));
	if (row[i].says)
		assert_non_null(strstr(strstr(text, "\nunpaired\t"),
			row[i].says));
	else
		assert_null(strstr(text, "\nunpaired\t"));
	free(text);
	store_close(s);
}

static void both_sides_are_laid_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		try_row(i, false);
}

static void the_same_on_postgresql(void **state)
{
	(void)state;
	if (!here.has_pg)
		skip();
	for (size_t i = 0; i < COUNT_OF(row); i++)
		try_row(i, true);
}

static void where_nothing_moved_nothing_is_said(void **state)
{
	struct store *s = open_one(false);
	struct moves_sum sum;
	char *text = told(s, &sum);

	(void)state;
	assert_int_equal(sum.moved, 0);
	assert_null(strstr(text, "\nmoved"));
	free(text);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_are_laid_together),
		cmocka_unit_test(the_same_on_postgresql),
		cmocka_unit_test(where_nothing_moved_nothing_is_said),
	};
	int failed;

	if (!crypto_start(NULL))
		return 1;
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	here.has_pg = pgserver_start(&here.pg);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	pgserver_stop(&here.pg);
	tmpdir_remove(here.dir);
	return failed;
}
