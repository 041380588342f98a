/*
 * A terminal's own records back: the same rows on SQLite and on PostgreSQL,
 * and over TLS.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/centre/handback.h"
#include "db/centre/receive.h"
#include "db/centre/report.h"
#include "support/bookbatch.h"
#include "support/pgserver.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);
static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static struct {
	char dir[128];
	struct pgserver pg;
	struct centre_home home;
	struct bookgen book;
	struct bookgen_sealed sealed;
} here;

/* What was asked, and what came. */
static struct {
	struct web_request in;
	struct web_answer out;
	uint8_t *page;
	size_t len;
	struct tail tail;
} a;

static void put_book(struct store *s)
{
	struct receiver *r = receiver_new(s, "centre-1", &here.home.sign, &err);
	struct store_device d = {.state = STORE_ACTIVE, .enrolled = now};
	struct bytes batch = {0};
	struct batch_answer answer;
	struct receive_told told;

	memcpy(d.dev, here.book.dev, sizeof(d.dev));
	memcpy(d.pk, here.book.device.public, sizeof(d.pk));
	memcpy(d.key, here.book.device.public, sizeof(d.key));
	bookbatch_genesis(&here.book, d.head);
	MUST(store_begin(s, &err));
	MUST(store_device_add(s, &d, &err));
	MUST(store_commit(s, &err));
	for (uint64_t from = 1; from <= here.sealed.n; from += 100) {
		const uint64_t to = from + 99;
		const struct bookbatch how = {.from = from,
			.to = to < here.sealed.n ? to : here.sealed.n};

		bookbatch_make(&here.book, &here.sealed, &how, &batch);
		MUST(receive(r, batch.at, batch.len, NULL, now, &answer, &told,
			&err));
		assert_int_equal(answer.status, BATCH_ACK);
	}
	bytes_free(&batch);
	receiver_free(r);
}

static void set_state(struct store *s, enum store_state state)
{
	struct store_device d;

	MUST(store_begin(s, &err));
	MUST(store_device_get(s, here.book.dev, true, &d, &err) ==
		LOOKUP_FOUND);
	d.state = state;
	MUST(store_device_put(s, &d, &err) && store_commit(s, &err));
}

/* All of a body, from what is sent at once and what is sent piece by piece. */
static void collect(void)
{
	size_t got = 0;

	free(a.page);
	a.len = a.out.len + (size_t)a.out.rest.len;
	a.page = malloc(a.len + 1);
	assert_non_null(a.page);
	memcpy(a.page, a.out.body, a.out.len);
	for (size_t at = 0; at < a.out.rest.len; at += got)
		assert_true(a.out.rest.read(a.out.rest.ctx, at,
			a.page + a.out.len + at, 1000, &got));
	if (a.out.rest.ctx)
		a.out.rest.done(a.out.rest.ctx);
}

static unsigned ask(struct store *s, const char *from, const char *most)
{
	const char *finding;

	a.in = (struct web_request){.method = "GET",
		.path = "/v1/tail",
		.has_peer = true};
	memcpy(a.in.peer, here.book.dev, sizeof(a.in.peer));
	str_copy(a.in.from, sizeof(a.in.from), from);
	str_copy(a.in.most, sizeof(a.in.most), most);
	str_copy(a.in.nonce, sizeof(a.in.nonce),
		"3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d");
	memset(&a.out, 0, sizeof(a.out));
	MUST(handback_answer(s, &here.home, &a.in, now + 5, &a.out, &err));
	collect();
	if (a.out.status == 200) {
		assert_int_equal(tail_read(a.page, a.len, &a.tail, &finding),
			a.len);
		assert_true(tail_is_signed(&a.tail, here.home.sign.public));
		assert_memory_equal(a.tail.dev, here.book.dev, 16);
		assert_int_equal(a.tail.nonce[0], '=');
		assert_int_equal(a.tail.time, now + 5);
		assert_int_equal(a.tail.last, here.sealed.n);
		assert_memory_equal(a.tail.head,
			here.sealed.raw[here.sealed.n - 1].h, 32);
	}
	return a.out.status;
}

static void is_the_record(size_t i, uint64_t seq)
{
	const struct bookgen_raw *raw = &here.sealed.raw[seq - 1];

	assert_int_equal(a.tail.record[i].len, raw->body.len);
	assert_memory_equal(a.tail.record[i].body, raw->body.at, raw->body.len);
	assert_memory_equal(a.tail.record[i].sig, raw->sig, sizeof(raw->sig));
}

/* ---- the rows ------------------------------------------------------------------
 */

static void the_same_bytes_come_back(struct store *s)
{
	uint64_t seq = 1;
	char from[24];

	while (seq <= here.sealed.n) {
		snprintf(from, sizeof(from), "%llu", (unsigned long long)seq);
		assert_int_equal(ask(s, from, ""), 200);
		assert_int_equal(a.tail.from, seq);
		assert_in_range(a.tail.records, 1, TAIL_MAX_RECORDS);
		for (size_t i = 0; i < a.tail.records; i++)
			is_the_record(i, seq++);
	}
}

static void as_many_as_were_asked_for(struct store *s)
{
	assert_int_equal(ask(s, "3", "2"), 200);
	assert_int_equal(a.tail.records, 2);
	is_the_record(1, 4);
	assert_int_equal(ask(s, "3", "0"), 200);
	assert_int_equal(a.tail.records, 0);
}

static void behind_the_newest_there_is_none(struct store *s)
{
	char from[24];

	snprintf(from, sizeof(from), "%zu", here.sealed.n + 1);
	assert_int_equal(ask(s, from, ""), 200);
	assert_int_equal(a.tail.records, 0);
	snprintf(from, sizeof(from), "%zu", here.sealed.n);
	assert_int_equal(ask(s, from, ""), 200);
	assert_int_equal(a.tail.records, 1);
	assert_int_equal(ask(s, "4000000000000", ""), 200);
	assert_int_equal(a.tail.records, 0);
}

static const struct {
	const char *from;
	const char *most;
	const char *nonce;
} nonsense[] = {
	{"", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"0", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"-1", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"1x", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"9223372036854775807", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"1", "257", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"1", "-1", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"1", "x", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
	{"1", "", ""},
	{"1", "", "3d3d"},
	{"1", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3g"},
	{"1", "", "3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"},
};

static void what_makes_no_sense_is_refused(struct store *s)
{
	a.in = (struct web_request){.has_peer = true};
	memcpy(a.in.peer, here.book.dev, sizeof(a.in.peer));
	for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
		str_copy(a.in.from, sizeof(a.in.from), nonsense[i].from);
		str_copy(a.in.most, sizeof(a.in.most), nonsense[i].most);
		str_copy(a.in.nonce, sizeof(a.in.nonce), nonsense[i].nonce);
		memset(&a.out, 0, sizeof(a.out));
		MUST(handback_answer(s, &here.home, &a.in, now, &a.out, &err));
		if (a.out.status != 400)
			fail_msg("row %zu: %u", i, a.out.status);
	}
}

static void T56_another_terminal_gets_its_own_only(struct store *s)
{
	assert_int_equal(ask(s, "1", ""), 200);
	a.in.peer[0] ^= 1;
	memset(&a.out, 0, sizeof(a.out));
	MUST(handback_answer(s, &here.home, &a.in, now, &a.out, &err));
	assert_int_equal(a.out.status, 404);
	assert_null(a.out.rest.ctx);
}

static void T67_who_is_out_gets_nothing(struct store *s)
{
	set_state(s, STORE_REVOKED);
	assert_int_equal(ask(s, "1", ""), 403);
	assert_int_equal(ask(s, "1", "0"), 403);
}

static void T58_of_two_books_none_is_given_back(struct store *s)
{
	set_state(s, STORE_FROZEN);
	assert_int_equal(ask(s, "1", ""), 409);
	assert_int_equal(ask(s, "1", "0"), 409);
}

static void what_is_known_of_people_is_sealed_to_the_terminal(struct store *s)
{
	static const char text[] = "what is known of her";
	uint8_t sealed[2][sizeof(text) + CRYPTO_SEAL_EXTRA];
	uint8_t plain[sizeof(text)];
	struct batch_pd pd[2] = {{2, sealed[0], sizeof(sealed[0])},
		{3, sealed[1], sizeof(sealed[1])}};
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t secret[CRYPTO_KEY_SIZE];

	/* The second was sealed to another office, before it joined us. */
	crypto_seal_pair_new(public, secret);
	assert_true(crypto_seal_to(text, sizeof(text), here.home.seal_public,
		sealed[0]));
	assert_true(crypto_seal_to(text, sizeof(text), public, sealed[1]));
	MUST(store_begin(s, &err));
	MUST(store_pds_add(s, here.book.dev, pd, 2, &err));
	MUST(store_commit(s, &err));
	assert_int_equal(ask(s, "2", "2"), 200);
	assert_int_equal(a.tail.pds, 1);
	assert_int_equal(a.tail.pd[0].seq, 2);
	assert_true(crypto_seal_open_signer(a.tail.pd[0].sealed,
		a.tail.pd[0].len, here.book.device.secret, plain));
	assert_memory_equal(plain, text, sizeof(text));
	assert_int_equal(ask(s, "3", "2"), 200);
	assert_int_equal(a.tail.pds, 0);
}

static bool count_handed(const struct store_handed *h, void *arg)
{
	struct store_handed *last = arg;

	*last = *h;
	return true;
}

static void what_went_back_is_in_the_report(struct store *s)
{
	struct store_handed last = {0};
	struct report_sum sum;
	char *text = NULL;
	size_t len = 0;
	FILE *out;

	assert_int_equal(ask(s, "1", "0"), 200);
	MUST(store_handed_each(s, count_handed, &last, &err));
	assert_int_equal(last.to, 0);
	assert_int_equal(ask(s, "5", "3"), 200);
	MUST(store_handed_each(s, count_handed, &last, &err));
	assert_int_equal(last.from, 5);
	assert_int_equal(last.to, 7);
	assert_int_equal(last.t, now + 5);
	assert_false(last.by_file);
	assert_memory_equal(last.dev, here.book.dev, sizeof(last.dev));
	out = open_memstream(&text, &len);
	MUST(report_write(s, now, out, &sum, &err));
	fclose(out);
	assert_int_equal(sum.handed, 3);
	assert_non_null(strstr(text, "\t5\t7\t"));
	assert_non_null(strstr(text, ", 3 records given back\n"));
	free(text);
}

static const struct act {
	const char *name;
	void (*run)(struct store *s);
} acts[] = {
	{"the same bytes come back, page by page", the_same_bytes_come_back},
	{"as many records as were asked for", as_many_as_were_asked_for},
	{"behind the newest there is none", behind_the_newest_there_is_none},
	{"what makes no sense is refused", what_makes_no_sense_is_refused},
	{"T56: another terminal gets its own only",
		T56_another_terminal_gets_its_own_only},
	{"T67: who is out gets nothing", T67_who_is_out_gets_nothing},
	{"T58: of two books none is given back",
		T58_of_two_books_none_is_given_back},
	{"what is known of people is sealed to the terminal",
		what_is_known_of_people_is_sealed_to_the_terminal},
	{"what went back is in the report", what_went_back_is_in_the_report},
};

static struct row {
	char name[96];
	const struct act *act;
	bool pg;
} rows[2 * COUNT_OF(acts)];

static void act_on_a_store(void **state)
{
	static unsigned n;
	const struct row *r = *state;
	char where[PGSERVER_URL];
	char name[32];
	struct store *s;

	snprintf(name, sizeof(name), "%u.db", ++n);
	if (r->pg)
		pgserver_schema(&here.pg, n, where, sizeof(where));
	else
		tmpdir_path(here.dir, name, where, sizeof(where));
	s = store_open(where, &err);
	MUST(s != NULL);
	put_book(s);
	r->act->run(s);
	store_close(s);
}

int main(void)
{
	static const char *const host[] = {"localhost"};
	const struct bookgen_shape shape = {.seed = 77,
		.days = 3,
		.shifts = 1,
		.acts = 40};
	static struct CMUnitTest tests[COUNT_OF(rows)];
	char home[160];
	size_t n = 0;
	int failed;

	if (!crypto_start(NULL))
		return 1;
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	snprintf(home, sizeof(home), "%s/centre", here.dir);
	if (!centre_home_make(home, "centre-1", host, 1, &here.home, &err))
		return 1;
	bookgen_make(&shape, &here.book);
	bookgen_seal(&here.book, &here.sealed);
	for (int pg = 0; pg < 2; pg++) {
		if (pg && !pgserver_start(&here.pg))
			break;
		for (size_t i = 0; i < COUNT_OF(acts); i++, n++) {
			rows[n] = (struct row){.act = &acts[i], .pg = pg};
			snprintf(rows[n].name, sizeof(rows[n].name), "%s: %s",
				pg ? "postgresql" : "sqlite", acts[i].name);
			tests[n] = (struct CMUnitTest){.name = rows[n].name,
				.test_func = act_on_a_store,
				.initial_state = &rows[n]};
		}
	}
	failed = _cmocka_run_group_tests("handback", tests, n, NULL, NULL);
	pgserver_stop(&here.pg);
	bookgen_sealed_free(&here.sealed);
	bookgen_free(&here.book);
	free(a.page);
	tmpdir_remove(here.dir);
	return failed;
}
