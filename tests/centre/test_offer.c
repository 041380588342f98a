/*
 * What comes down over TLS: asked for, fetched, and a key that changes while
 * terminals are at work.
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/crypto.h"
#include "db/centre/offer.h"
#include "db/centre/roll.h"
#include "db/centre/serve.h"
#include "support/tlsclient.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);
static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* A centre, and one terminal of it. */
static struct line {
	char top[128];
	char dir[160];
	char store[200];
	struct centre_home home;
	struct serve *serve;
	struct crypto_pair device;
	uint8_t dev[PARCEL_DEV];
	struct tls_pem cert;
	struct tls_pem key;
	struct tlsclient c;
	struct bytes answer;
} l;

static void serve_it(void)
{
	const struct serve_options o = {.home = &l.home,
		.store = l.store,
		.address = "127.0.0.1",
		.metrics = -1,
		.workers = 2,
		.log_fd = -1};

	l.serve = serve_open(&o, &err);
	if (!l.serve)
		fail_msg("%s", err.text);
	l.c.port = serve_port(l.serve);
}

static void add_terminal(struct store *s)
{
	struct store_device d = {.state = STORE_ACTIVE, .enrolled = now};

	memcpy(d.dev, l.dev, sizeof(d.dev));
	memcpy(d.pk, l.device.public, sizeof(d.pk));
	MUST(store_begin(s, &err) && store_device_add(s, &d, &err) &&
		store_commit(s, &err));
}

static int set_up(void **state)
{
	static const char *const host[] = {"localhost", "127.0.0.1"};
	static int n;
	struct store *s;

	(void)state;
	snprintf(l.dir, sizeof(l.dir), "%s/centre%d", l.top, n++);
	snprintf(l.store, sizeof(l.store), "%s/centre.db", l.dir);
	memset(&l.home, 0, sizeof(l.home));
	MUST(centre_home_make(l.dir, "centre-1", host, 2, &l.home, &err));
	crypto_pair_new(&l.device);
	memset(l.dev, 0xd1, sizeof(l.dev));
	s = store_open(l.store, &err);
	assert_non_null(s);
	add_terminal(s);
	store_close(s);
	MUST(tls_device_new(&l.home.ca, l.dev, l.device.public,
		(int64_t)time(NULL), &l.cert, &err));
	MUST(tls_device_key(&l.device, &l.key, &err));
	l.c = (struct tlsclient){.host = "localhost",
		.patience_s = 30,
		.ca = l.home.ca.cert.text,
		.cert = l.cert.text,
		.key = l.key.text};
	serve_it();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	serve_close(l.serve);
	bytes_free(&l.answer);
	l.answer = (struct bytes){0};
	return 0;
}

static struct parcel put(uint64_t kind, const void *content, size_t len)
{
	struct store *s = store_open(l.store, &err);
	struct store_device d;
	struct parcel p;

	assert_non_null(s);
	assert_int_equal(store_device_get(s, l.dev, false, &d, &err),
		LOOKUP_FOUND);
	MUST(store_begin(s, &err));
	MUST(parcels_put(s, &l.home.sign,
		&(struct parcels_new){.kind = kind,
			.to = parcel_rule(kind)->for_all ? NULL : &d,
			.content = content,
			.len = len,
			.now = now},
		&p, &err));
	MUST(store_commit(s, &err));
	store_close(s);
	return p;
}

static int get(const char *path)
{
	return tlsclient_ask(&l.c, "GET", path, NULL, 0, &l.answer);
}

/* What there is for who has those lists and rolls. */
static int ask(uint64_t rolls, uint64_t lists, struct manifest *m)
{
	struct manifest_request r = {.haves = 3,
		.have = {{PARCEL_ROLL, rolls}, {PARCEL_TEXT, 0},
			{PARCEL_LIST, lists}}};
	uint8_t bytes[MANIFEST_REQUEST_MAX];
	struct buf b;
	int status;

	memset(r.nonce, 'n', sizeof(r.nonce));
	buf_init(&b, bytes, sizeof(bytes));
	manifest_request_write(&r, &b);
	status = tlsclient_ask(&l.c, "POST", "/v1/open", bytes, b.len,
		&l.answer);
	if (status == 200) {
		assert_true(manifest_read(l.answer.at, l.answer.len, m));
		assert_memory_equal(m->nonce, r.nonce, sizeof(m->nonce));
		assert_memory_equal(m->dev, l.dev, sizeof(m->dev));
	}
	return status;
}

/* ---- the tests -----------------------------------------------------------------
 */

static void what_there_is_is_signed_and_has_the_time(void **state)
{
	static struct manifest m;
	const struct parcel p = put(PARCEL_LIST, "abc", 3);

	(void)state;
	assert_int_equal(ask(0, 0, &m), 200);
	assert_true(manifest_is_signed(&m, l.home.sign.public));
	assert_in_range(m.time, (uint64_t)time(NULL) * 1000 - 60000,
		(uint64_t)time(NULL) * 1000 + 60000);
	assert_int_equal(m.items, 1);
	assert_memory_equal(m.item[0].sha256, p.sha256, sizeof(p.sha256));
	assert_int_equal(ask(0, 1, &m), 200);
	assert_int_equal(m.items, 0);
}

static void a_parcel_is_fetched_whole(void **state)
{
	const uint8_t *content;
	char plain[3];
	struct parcel p;

	(void)state;
	put(PARCEL_LIST, "abc", 3);
	assert_int_equal(get("/v1/parcel/list/1"), 200);
	assert_true(parcel_read(l.answer.at, l.answer.len, &p, &content));
	assert_true(parcel_is_signed(&p, l.home.sign.public));
	assert_true(crypto_seal_open_signer(content, (size_t)p.len,
		l.device.secret, plain));
	assert_memory_equal(plain, "abc", 3);
}

/* Longer than any buffer on the way. */
static void a_long_one_goes_out_in_pieces(void **state)
{
	const size_t len = 3 * 1024 * 1024 + 11;
	uint8_t *content = malloc(len);
	const uint8_t *got;
	struct parcel p;

	(void)state;
	assert_non_null(content);
	for (size_t i = 0; i < len; i++)
		content[i] = (uint8_t)(i * 31 + i / 1000);
	put(PARCEL_TEXT, content, len);
	assert_int_equal(get("/v1/parcel/text/1"), 200);
	assert_true(parcel_read(l.answer.at, l.answer.len, &p, &got));
	assert_int_equal(p.len, len);
	assert_memory_equal(got, content, len);
	free(content);
}

static void a_long_one_comes_in_parts(void **state)
{
	const size_t len = 2 * PARCEL_PART + 70000;
	uint8_t *content = malloc(len);
	struct bytes all = {0};
	const uint8_t *got;
	struct parcel p;
	char path[64];

	(void)state;
	assert_non_null(content);
	for (size_t i = 0; i < len; i++)
		content[i] = (uint8_t)(i * 31 + i / 1000);
	put(PARCEL_TEXT, content, len);
	for (int n = 0; n < 3; n++) {
		snprintf(path, sizeof(path), "/v1/parcel/text/1/%d", n);
		assert_int_equal(get(path), 200);
		if (n < 2)
			assert_int_equal(l.answer.len, PARCEL_PART);
		bytes_put(&all, l.answer.at, l.answer.len);
	}
	assert_true(parcel_read(all.at, all.len, &p, &got));
	assert_memory_equal(got, content, len);
	assert_int_equal(get("/v1/parcel/text/1/3"), 404);
	bytes_free(&all);
	free(content);
}

static const struct {
	const char *method;
	const char *path;
	int status;
} refused[] = {
	{"GET", "/v1/parcel/list/2", 404},
	{"GET", "/v1/parcel/list/0", 404},
	{"GET", "/v1/parcel/list/", 404},
	{"GET", "/v1/parcel/list", 404},
	{"GET", "/v1/parcel/", 404},
	{"GET", "/v1/parcel/nothing/1", 404},
	{"GET", "/v1/parcel/averyveryverylongkind/1", 404},
	{"GET", "/v1/parcel/list/1/2", 404},
	{"GET", "/v1/parcel/list/1/", 404},
	{"GET", "/v1/parcel/list/1/0/0", 404},
	{"GET", "/v1/parcel/list/1/-1", 404},
	{"GET", "/v1/parcel/list/1/99999999999999999999999999", 404},
	{"GET", "/v1/parcel/list//0", 404},
	{"POST", "/v1/parcel/list/1", 405},
	{"GET", "/v1/open", 405},
	{"POST", "/v1/open", 400},
};

static void what_is_not_there_or_asked_wrongly(void **state)
{
	(void)state;
	put(PARCEL_LIST, "abc", 3);
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		const int got = tlsclient_ask(&l.c, refused[i].method,
			refused[i].path, "x",
			strcmp(refused[i].method, "POST") == 0, &l.answer);

		if (got != refused[i].status)
			fail_msg("%s %s: %d", refused[i].method,
				refused[i].path, got);
	}
}

static void T55_without_a_certificate_nothing_comes_down(void **state)
{
	static struct manifest m;

	(void)state;
	put(PARCEL_LIST, "abc", 3);
	l.c.cert = l.c.key = NULL;
	assert_int_equal(get("/v1/parcel/list/1"), 401);
	assert_int_equal(ask(0, 0, &m), 401);
}

static void T56_another_terminal_does_not_get_it(void **state)
{
	static struct tls_pem cert;
	uint8_t other[PARCEL_DEV];
	static struct manifest m;

	(void)state;
	put(PARCEL_LIST, "abc", 3);
	/* Of this centre, but nobody that its store knows. */
	memset(other, 0xd2, sizeof(other));
	MUST(tls_device_new(&l.home.ca, other, l.device.public,
		(int64_t)time(NULL), &cert, &err));
	l.c.cert = cert.text;
	assert_int_equal(get("/v1/parcel/list/1"), 404);
	assert_int_equal(ask(0, 0, &m), 404);
}

static void T67_a_revoked_terminal_gets_nothing(void **state)
{
	struct store *s = store_open(l.store, &err);
	static struct manifest m;
	struct store_device d;

	(void)state;
	put(PARCEL_LIST, "abc", 3);
	assert_non_null(s);
	MUST(store_begin(s, &err));
	assert_int_equal(store_device_get(s, l.dev, true, &d, &err),
		LOOKUP_FOUND);
	d.state = STORE_REVOKED;
	MUST(store_device_put(s, &d, &err) && store_commit(s, &err));
	store_close(s);
	assert_int_equal(get("/v1/parcel/list/1"), 403);
	assert_int_equal(ask(0, 0, &m), 403);
}

static void T54_cut_at_bytes_of_a_parcel(void **state)
{
	const uint8_t *content;
	struct parcel p;
	long in;

	(void)state;
	put(PARCEL_TEXT, "# id: consent\n", 19);
	assert_int_equal(get("/v1/parcel/text/1"), 200);
	in = l.c.in;
	for (long at = 1; at < in; at += 97) {
		l.c.cut_in = at;
		if (get("/v1/parcel/text/1") == 200)
			assert_true(parcel_read(l.answer.at, l.answer.len, &p,
				&content));
	}
	l.c.cut_in = 0;
	assert_int_equal(get("/v1/parcel/text/1"), 200);
}

/* The key changes twice while a terminal is away. */
static void a_terminal_that_was_away_for_two_rolls(void **state)
{
	uint8_t known[CRYPTO_PUBLIC_SIZE];
	static struct manifest m;
	const uint8_t *content;
	struct parcel_roll r;
	struct store *s;
	struct parcel p;
	uint64_t number;

	(void)state;
	memcpy(known, l.home.sign.public, sizeof(known));
	serve_close(l.serve);
	s = store_open(l.store, &err);
	assert_non_null(s);
	MUST(centre_roll(s, &l.home, now, &number, &err));
	MUST(centre_roll(s, &l.home, now, &number, &err));
	store_close(s);
	serve_it();
	assert_int_equal(ask(0, 0, &m), 200);
	assert_false(manifest_is_signed(&m, known));
	assert_int_equal(m.rolls, 2);
	for (size_t i = 0; i < m.rolls; i++) {
		assert_true(parcel_read(m.roll[i].at, m.roll[i].len, &p,
			&content));
		assert_true(parcel_is_signed(&p, known));
		assert_true(parcel_roll_read(content, (size_t)p.len, &r));
		memcpy(known, r.public, sizeof(known));
	}
	assert_true(manifest_is_signed(&m, known));
	assert_int_equal(get("/v1/parcel/roll/2"), 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_there_is_is_signed_and_has_the_time, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_parcel_is_fetched_whole,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_one_comes_in_parts,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_one_goes_out_in_pieces,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_not_there_or_asked_wrongly, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			T55_without_a_certificate_nothing_comes_down, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			T56_another_terminal_does_not_get_it, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			T67_a_revoked_terminal_gets_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(T54_cut_at_bytes_of_a_parcel,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_terminal_that_was_away_for_two_rolls, set_up,
			tear_down),
	};
	int failed;

	if (!crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	tmpdir_in_memory();
	tmpdir_make(l.top, sizeof(l.top));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	tmpdir_remove(l.top);
	return failed;
}
