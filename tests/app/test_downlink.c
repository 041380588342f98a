/*
 * What comes down over a line that breaks and lies: whatever it does, nothing
 * half is kept, and the next run brings the rest (T54, T55, T56).
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "drivers/net/net_fake.h"
#include "support/bookstore.h"
#include "support/revlists.h"
#include "terminal/app/downlink.h"

enum {
	LONG = PARCEL_PART + 5000, /* of a content: two parts */
	BYTES = LONG + PARCEL_HEAD_MAX
};

/* A centre with a list of two parts for us, and one of users for all. */
static struct office {
	struct bookstore b;
	struct crypto_pair key;
	struct net_fake net;
	uint8_t list[BYTES];
	size_t list_len;
	uint8_t out[BYTES];
	size_t out_len;
	bool gone; /* 404 to everything */
} o;

static struct err err;

/* ---- the centre ----------------------------------------------------------------
 */

static size_t parcel_of(uint64_t kind, const void *content, size_t len,
	uint8_t *bytes)
{
	struct parcel p = {.kind = kind, .version = 1, .len = len};
	struct buf b;

	p.for_all = parcel_rule(kind)->for_all;
	if (!p.for_all)
		memcpy(p.dev, db_info(o.b.db)->dev, sizeof(p.dev));
	crypto_sha256(content, len, p.sha256);
	buf_init(&b, bytes, BYTES);
	parcel_sign(&p, &o.key, &b);
	buf_put(&b, content, len);
	assert_false(b.full);
	return b.len;
}

static void add_item(struct manifest *m, const struct manifest_request *r,
	uint64_t kind, const uint8_t *bytes, size_t len)
{
	struct manifest_item *i = &m->item[m->items];
	struct parcel p;

	for (size_t k = 0; k < r->haves; k++)
		if (r->have[k].kind == kind && r->have[k].version > 0)
			return;
	assert_true(parcel_read_head(bytes, len, &p) > 0);
	*i = (struct manifest_item){.kind = kind, .version = 1, .len = p.len};
	memcpy(i->sha256, p.sha256, sizeof(i->sha256));
	m->items++;
}

static void open_day(const struct net_question *q, struct net_answer *a)
{
	static struct manifest m;
	struct manifest_request r;
	struct buf b;

	memset(&m, 0, sizeof(m));
	if (!manifest_request_read(q->body, q->len, &r)) {
		a->status = 400;
		return;
	}
	memcpy(m.nonce, r.nonce, sizeof(m.nonce));
	memcpy(m.dev, db_info(o.b.db)->dev, sizeof(m.dev));
	m.time = (uint64_t)clock_wall_ms();
	add_item(&m, &r, PARCEL_REVLIST, o.out, o.out_len);
	/* Of a program that is not there yet. */
	m.item[m.items++] = (struct manifest_item){.kind = 99, .version = 1};
	add_item(&m, &r, PARCEL_LIST, o.list, o.list_len);
	buf_init(&b, a->body, a->size);
	manifest_sign(&m, &o.key, &b);
	a->len = b.len;
}

static void part_of(const uint8_t *bytes, size_t len, const char *number,
	struct net_answer *a)
{
	int64_t n;
	size_t at;

	assert_true(str_to_int(number, 0, 9, &n));
	at = (size_t)n * PARCEL_PART;
	assert_true(at < len);
	a->len = len - at < PARCEL_PART ? len - at : PARCEL_PART;
	memcpy(a->body, bytes + at, a->len);
}

static void centre(void *arg, const struct net_question *q,
	struct net_answer *a)
{
	static const char list[] = "/v1/parcel/list/1/";
	static const char out[] = "/v1/parcel/revlist/1/";

	(void)arg;
	a->status = o.gone ? 404 : 200;
	if (strcmp(q->path, "/v1/open") == 0)
		open_day(q, a);
	else if (str_starts(q->path, list))
		part_of(o.list, o.list_len, q->path + strlen(list), a);
	else if (str_starts(q->path, out))
		part_of(o.out, o.out_len, q->path + strlen(out), a);
	else
		a->status = 404;
}

/* ---- the terminal ---------------------------------------------------------------
 */

static int setup(void **state)
{
	static uint8_t content[LONG];
	char text[REVLISTS_SIZE];
	struct refusal why;

	(void)state;
	memset(&o, 0, sizeof(o));
	bookstore_make(&o.b);
	bookstore_due(&o.b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	crypto_pair_new(&o.key);
	assert_int_equal(revlist_set_key(o.b.db, &o.b.hoa, o.key.public, &why,
				 &err),
		VERDICT_DONE);
	for (size_t i = 0; i < sizeof(content); i++)
		content[i] = (uint8_t)(i * 31 + i / 1000);
	o.list_len = parcel_of(PARCEL_LIST, content, sizeof(content), o.list);
	revlists_make(&o.key, 1, clock_wall_ms(), "user 7 - 1\n", text);
	o.out_len = parcel_of(PARCEL_REVLIST, text, strlen(text), o.out);
	net_fake_init(&o.net, centre, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bookstore_remove(&o.b);
	return 0;
}

static enum downlink_came run(int *kept, struct refusal *why)
{
	struct downlink *d = downlink_new(&err);
	enum net_trouble trouble;
	enum downlink_came came;

	assert_non_null(d);
	*why = (struct refusal){0};
	came = downlink_run(d, o.b.db, &o.net.base, &trouble, why, &err);
	if (came == DOWNLINK_STORE)
		fail_msg("%s", err.text);
	*kept = downlink_kept(d);
	downlink_free(d);
	return came;
}

static int64_t parcels(void)
{
	return bookstore_number(&o.b, "SELECT count(*) FROM parcel");
}

static void all_of_it_comes_in_parts(void **state)
{
	struct refusal why;
	int kept;

	(void)state;
	assert_int_equal(run(&kept, &why), DOWNLINK_OVER);
	assert_int_equal(kept, 2);
	assert_int_equal(o.net.asked, 4); /* open, one, and two parts */
	assert_int_equal(run(&kept, &why), DOWNLINK_OVER);
	assert_int_equal(kept, 0);
	assert_int_equal(o.net.asked, 5);
}

static void who_is_out_is_out_without_anybody(void **state)
{
	struct refusal why;
	struct user u;
	int kept;

	(void)state;
	assert_int_equal(run(&kept, &why), DOWNLINK_OVER);
	assert_true(downlink_apply(o.b.db, &err));
	assert_int_equal(users_get(o.b.db, 7, &u, &err), LOOKUP_FOUND);
	assert_true(u.revoked);
	/* The list waits for somebody. */
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT count(*) FROM parcel WHERE state = 0"),
		1);
}

/* What the line does to exchange number at, and what comes of that. */
static const struct {
	const char *name;
	struct net_fault fault;
	enum downlink_came came[4]; /* at exchange 0 to 3 */
} faults[] = {
	{"no network", {.trouble = NET_NO_NETWORK},
		{DOWNLINK_LATER, DOWNLINK_LATER, DOWNLINK_LATER,
			DOWNLINK_LATER}},
	{"T54 cut behind the question", {.trouble = NET_CUT, .after = true},
		{DOWNLINK_LATER, DOWNLINK_LATER, DOWNLINK_LATER,
			DOWNLINK_LATER}},
	{"T55 not ours", {.trouble = NET_NOT_OURS},
		{DOWNLINK_LATER, DOWNLINK_LATER, DOWNLINK_LATER,
			DOWNLINK_LATER}},
	{"503", {.status = 503, .page = "later"},
		{DOWNLINK_LATER, DOWNLINK_LATER, DOWNLINK_LATER,
			DOWNLINK_LATER}},
	{"403", {.status = 403, .page = "out"},
		{DOWNLINK_OUT, DOWNLINK_OUT, DOWNLINK_OUT, DOWNLINK_OUT}},
	{"T55 a login page", {.status = 200, .page = "<html>"},
		{DOWNLINK_REFUSED, DOWNLINK_REFUSED, DOWNLINK_REFUSED,
			DOWNLINK_REFUSED}},
	{"an empty answer", {.status = 200, .page = ""},
		{DOWNLINK_REFUSED, DOWNLINK_REFUSED, DOWNLINK_REFUSED,
			DOWNLINK_REFUSED}},
	{"T56 a bit of it", {.flip_in = 100},
		{DOWNLINK_REFUSED, DOWNLINK_REFUSED, DOWNLINK_REFUSED,
			DOWNLINK_REFUSED}},
};

/* A fault at each exchange; then the line is well, and all is there. */
static void every_fault_at_every_exchange(void **state)
{
	struct downlink *d;
	struct net_question q;
	struct refusal why;
	int kept;

	(void)state;
	for (size_t f = 0; f < COUNT_OF(faults); f++)
		for (int at = 0; at < 4; at++) {
			struct net_answer a = {.size = DOWNLINK_BODY};
			enum downlink_came came = DOWNLINK_MORE;

			bookstore_sql(&o.b, "DELETE FROM parcel");
			a.body = malloc(a.size);
			d = downlink_new(&err);
			assert_true(a.body && d);
			for (int n = 0; came == DOWNLINK_MORE; n++) {
				enum net_trouble trouble;
				bool ok;

				assert_true(downlink_ask(d, o.b.db, &q, &err));
				if (n == at)
					o.net.next = faults[f].fault;
				a.len = 0;
				ok = net_ask(&o.net.base, &q, &a, &trouble,
					&err);
				came = downlink_take(d, o.b.db, ok ? &a : NULL,
					&why, &err);
			}
			if (came != faults[f].came[at])
				fail_msg("%s at %d: %d", faults[f].name, at,
					(int)came);
			/* What came whole before it, and no more. */
			assert_int_equal(parcels(), at < 2 ? 0 : 1);
			downlink_free(d);
			free(a.body);
			assert_int_equal(run(&kept, &why), DOWNLINK_OVER);
			assert_int_equal(parcels(), 2);
		}
}

static void T56_an_answer_of_before_is_no_answer(void **state)
{
	struct refusal why;
	int kept;

	(void)state;
	assert_int_equal(run(&kept, &why), DOWNLINK_OVER);
	bookstore_sql(&o.b, "DELETE FROM parcel");
	o.net.next = (struct net_fault){.replay = true};
	assert_int_equal(run(&kept, &why), DOWNLINK_REFUSED);
	assert_int_equal(parcels(), 0);
}

static void a_terminal_that_is_not_known_there(void **state)
{
	struct refusal why;
	int kept;

	(void)state;
	o.gone = true;
	assert_int_equal(run(&kept, &why), DOWNLINK_OUT);
}

#define ROW(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(all_of_it_comes_in_parts),
		ROW(who_is_out_is_out_without_anybody),
		ROW(every_fault_at_every_exchange),
		ROW(T56_an_answer_of_before_is_no_answer),
		ROW(a_terminal_that_is_not_known_there),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
