/*
 * A terminal with libcurl and a real centre with TLS, and somebody in between:
 * a line that breaks, turns bits, hardly moves or keeps what it was given
 * (evilline.h), and a server that has the centre's key and says what it likes,
 * or has another one (evilserver.h). T54 to T59.
 *
 *	EVIL_STRIDE=1	cuts and turns at every byte; else some by lot
 *	EVIL_SEED=n	by another lot; 54
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/proof.h"
#include "support/evilline.h"
#include "support/evilserver.h"
#include "support/tlsclient.h"
#include "support/tmpdir.h"
#include "support/twoends.h"

enum {
	SAMPLES = 16, /* of each kind, by lot */
	SPOILED_S = 3 /* so long a spoiled exchange may take, not 180 s */
};

static struct twoends ends;
static struct evilline line;
static struct evilserver server;
static struct tls_pem device_cert;
static struct tls_pem device_key;
static struct err err;

static long number(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

static int setup(void **state)
{
	(void)state;
	twoends_make(&ends);
	evilline_open(&line, serve_port(ends.serve));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	/* The line to the terminal is closed with it. */
	twoends_over(&ends, twoends_curl(&ends, line.port.port, 0, 0));
	evilline_close(&line);
	twoends_remove(&ends);
	return 0;
}

static void what_holds_always(uint64_t acked)
{
	assert_int_equal(proof_frozen(ends.b.db), 0);
	if (ends.s.acked > acked && ends.a.came != CAME_ACK)
		fail_msg("acknowledged without an acknowledgement");
	assert_true(ends.s.acked <= twoends_held(&ends));
}

/* All of it, over a line that is good again. */
static void all_is_well(void)
{
	evilline_does(&line, &(struct evil){0});
	twoends_over(&ends, twoends_curl(&ends, line.port.port, 0, 0));
	twoends_to_the_end(&ends);
}

/* One exchange over a new line that does this. */
static void over(const struct evil *e, unsigned low_s, unsigned total_s)
{
	const uint64_t acked = ends.s.acked;

	evilline_does(&line, e);
	twoends_over(&ends,
		twoends_curl(&ends, line.port.port, low_s, total_s));
	assert_true(twoends_once(&ends));
	what_holds_always(acked);
}

/* Until so many calls are over, and counted. */
static void until_calls(long calls)
{
	for (int i = 0; i < 6000 && atomic_load(&line.calls) < calls; i++)
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	assert_true(atomic_load(&line.calls) >= calls);
}

/* The bytes of a call that sends one record more, both ways, TLS and all. */
static void sizes(long *out, long *in)
{
	long calls = atomic_load(&line.calls);

	all_is_well();
	twoends_more(&ends);
	/* A call of its own. */
	twoends_over(&ends, twoends_curl(&ends, line.port.port, 0, 0));
	until_calls(1 + calls);
	calls = atomic_load(&line.calls);
	twoends_to_the_end(&ends);
	/* It is counted when it is over. */
	twoends_over(&ends, twoends_curl(&ends, line.port.port, 0, 0));
	until_calls(calls + 1);
	*out = atomic_load(&line.out);
	*in = atomic_load(&line.in);
	assert_true(*out > 1000 && *in > 1000);
	twoends_more(&ends);
}

/* ---- T54, T56: at any byte -------------------------------------------------- */

static void at_bytes(struct evil *e, long *which, long most)
{
	const long stride = number("EVIL_STRIDE", 0);
	uint64_t lot = (uint64_t)number("EVIL_SEED", 54);

	for (long n = 0; stride > 0 ? n * stride < most : n < SAMPLES; n++) {
		lot = lot * 6364136223846793005u + 1442695040888963407u;
		*which =
			1 + (stride > 0 ? n * stride
					: (long)((lot >> 33) % (uint64_t)most));
		if (ends.s.waiting == 0)
			twoends_more(&ends);
		over(e, SPOILED_S, SPOILED_S);
		if (e->cut_out > 0 && ends.a.came == CAME_ACK &&
			*which < most / 2)
			fail_msg("delivered by half a line");
	}
	all_is_well();
	twoends_more(&ends);
	*which = 0;
}

static void T54_a_line_that_breaks_at_bytes_by_lot(void **state)
{
	struct evil e = {0};
	long out;
	long in;

	(void)state;
	sizes(&out, &in);
	at_bytes(&e, &e.cut_out, out);
	at_bytes(&e, &e.cut_in, in);
	all_is_well();
}

static void T56_a_line_that_turns_bits_by_lot(void **state)
{
	struct evil e = {0};
	long out;
	long in;

	(void)state;
	sizes(&out, &in);
	at_bytes(&e, &e.flip_out, out);
	at_bytes(&e, &e.flip_in, in);
	all_is_well();
}

/* ---- T54: slow, late ------------------------------------------------------------ */

static void T54_a_byte_a_second_is_given_up(void **state)
{
	struct evil e = {.slow_ms = 1000};
	long out;
	long in;

	(void)state;
	sizes(&out, &in);
	/* libcurl looks at some seconds; both ways only where all is asked. */
	for (int i = number("EVIL_STRIDE", 0) > 0 ? 0 : 1; i < 2; i++) {
		e.slow_out = i == 0 ? out - 200 : 0;
		e.slow_in = i == 1 ? in - 100 : 0;
		/* By the limit of slowness, not by that of the whole. */
		over(&e, 1, 600);
		assert_int_equal(ends.a.came, CAME_TIMEOUT);
		assert_int_equal(ends.machine.trouble, UPLOAD_SLOW);
		assert_non_null(strstr(ends.reply.err.text, "too slow"));
	}
	all_is_well();
}

/* It moves, but it would take for ever. */
static void T54_a_slow_line_has_so_long_and_no_longer(void **state)
{
	struct evil e = {.slow_ms = 100};
	long out;
	long in;

	(void)state;
	sizes(&out, &in);
	e.slow_in = in - 100;
	for (int i = 0; i < 50; i++) {
		over(&e, 600, 3);
		if (ends.a.came == CAME_TIMEOUT)
			break;
	}
	assert_int_equal(ends.a.came, CAME_TIMEOUT);
	all_is_well();
}

/* On a busy machine its time may be over before it has said anything. */
static void given_up(long out)
{
	for (int i = 0; i < 50; i++) {
		over(&(struct evil){.hold_out = out - 150}, 0, 3);
		if (ends.a.came == CAME_TIMEOUT)
			return;
	}
	fail_msg("came %d: %s", (int)ends.a.came, ends.reply.err.text);
}

/* Until the call that was held back is over: the centre has had it. */
static void it_comes_now(void)
{
	const long calls = atomic_load(&line.calls);

	evilline_release(&line);
	until_calls(calls + 1);
}

static void T59_what_was_given_up_comes_before_it_is_sent_again(void **state)
{
	long out;
	long in;
	uint64_t held;

	(void)state;
	sizes(&out, &in);
	held = twoends_held(&ends);
	given_up(out);
	assert_int_equal(twoends_held(&ends), held);
	/* The terminal's end is closed when the next one is opened. */
	twoends_over(&ends, twoends_curl(&ends, line.port.port, 0, 0));
	it_comes_now();
	assert_true(twoends_held(&ends) > held);
	assert_int_equal(ends.s.acked, held);
	all_is_well();
}

static void T59_what_was_given_up_comes_behind_what_was_sent_later(void **state)
{
	long out;
	long in;

	(void)state;
	sizes(&out, &in);
	given_up(out);
	twoends_more(&ends);
	all_is_well();
	it_comes_now();
	twoends_more(&ends);
	all_is_well();
}

/* ---- T59: a stick and the line ----------------------------------------------------- */

static void T59_the_same_records_by_stick_and_by_line(void **state)
{
	static struct outbox_batch stick;
	static uint8_t said[UPLINK_BODY];
	static struct uplink_reply r;
	struct net_answer a = {.body = said, .size = sizeof(said)};
	struct net_question q = {.body = stick.bytes};

	(void)state;
	for (unsigned by_stick = 1; by_stick < 8; by_stick++) {
		const bool stick_first = by_stick % 2 == 0;

		twoends_more(&ends);
		twoends_more(&ends);
		assert_int_equal(outbox_next(ends.b.db, 0, by_stick, &stick,
					 &err),
			LOOKUP_FOUND);
		q.len = stick.len;
		a.len = 0;
		if (stick_first)
			twoends_hears(&ends, &q, &a);
		ends.machine.size = 9 - by_stick;
		over(&(struct evil){0}, 0, 0);
		assert_int_equal(ends.a.came, CAME_ACK);
		if (!stick_first)
			twoends_hears(&ends, &q, &a);
		/* Its answer comes back days later. */
		assert_int_equal(a.status, 200);
		r.status = a.status;
		r.len = a.len;
		memcpy(r.body, said, a.len);
		uplink_take(ends.b.db, NULL, &r, false, clock_wall_ms(),
			&ends.a, &err);
		assert_true(ends.a.came == CAME_ACK ||
			    ends.a.came == CAME_OLD_ACK ||
			    ends.a.came == CAME_NO_ACK);
		twoends_must_agree(&ends);
	}
	all_is_well();
}

/* ---- T55, T56, T59: who has the centre's key ------------------------------------------ */

static void be_front(const struct tls_pem *key, const struct tls_pem *cert,
	const char *versions)
{
	memset(&server, 0, sizeof(server));
	memcpy(device_cert.text, ends.centre.cert,
		strlen(ends.centre.cert) + 1);
	memcpy(device_key.text, ends.key, strlen(ends.key) + 1);
	server.key = key;
	server.cert = cert;
	server.versions = versions;
	server.to = serve_port(ends.serve);
	server.ca = ends.home.ca.cert.text;
	server.device_cert = device_cert.text;
	server.device_key = device_key.text;
	evilserver_open(&server);
}

/* One exchange with it. */
static void front_does(enum evil_answer how)
{
	const uint64_t acked = ends.s.acked;

	atomic_store(&server.does, (int)how);
	twoends_over(&ends, twoends_curl(&ends, server.port.port, 0, 0));
	assert_true(twoends_once(&ends));
	what_holds_always(acked);
}

static struct row {
	const char *name;
	enum evil_answer does;
	enum upload_came came;
	bool reached; /* the centre has it all the same */
} rows[] = {
	{"T59 heard twice, the second answer", EVIL_TWICE, CAME_ACK, true},
	{"T59 heard twice, the first answer", EVIL_FIRST_OF_TWO, CAME_ACK,
		true},
	{"T56 the first acknowledgement again", EVIL_AGAIN, CAME_NO_ACK, true},
	{"T54 heard, and the line is gone", EVIL_NEVER, CAME_CUT, true},
	{"T55 200 with a page", EVIL_PAGE, CAME_NO_ACK, false},
	{"T55 302", EVIL_MOVED, CAME_STATUS, false},
	{"T55 307 to the centre itself: not followed", EVIL_MOVED_HOME,
		CAME_STATUS, false},
	{"T55 511", EVIL_LOGIN, CAME_STATUS, false},
	{"T55 502", EVIL_BAD_GATEWAY, CAME_STATUS, false},
	{"T55 200 with nothing", EVIL_EMPTY, CAME_NO_ACK, false},
	{"T54 shorter than it says", EVIL_SHORT, CAME_CUT, false},
	{"a body without end", EVIL_ENDLESS_BODY, CAME_NO_ANSWER, false},
	{"chunks without end", EVIL_ENDLESS_PIECES, CAME_NO_ANSWER, false},
	{"headers without end", EVIL_ENDLESS_HEADERS, CAME_NO_ANSWER, false},
	{"100 Continue without end", EVIL_ENDLESS_WAIT, CAME_NO_ANSWER, false},
	{"a header without end", EVIL_LONG_HEADER, CAME_NO_ANSWER, false},
	{"another protocol", EVIL_NO_HTTP, CAME_NO_ANSWER, false},
	{"packed, and it is not", EVIL_PACKED, CAME_NO_ACK, false},
};

static void who_has_its_key_says_what_it_likes(void **state)
{
	(void)state;
	be_front(&ends.home.server_key, &ends.home.server_cert, NULL);
	ends.machine.size = 4;
	front_does(EVIL_PASS);
	assert_int_equal(ends.a.came, CAME_ACK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		uint64_t held = twoends_held(&ends);

		twoends_more(&ends);
		front_does(r->does);
		if (ends.a.came != r->came)
			fail_msg("%s: came %d: %s", r->name, (int)ends.a.came,
				ends.reply.err.text);
		assert_int_equal(twoends_held(&ends) > held, r->reached);
		/* It had enough of it long before the end. */
		if (atomic_load(&server.put) > 16 * 1024 * 1024)
			fail_msg("%s: it listened to %ld bytes", r->name,
				atomic_load(&server.put));
		twoends_must_agree(&ends);
		all_is_well();
	}
	evilserver_close(&server);
}

/* ---- T55: who has it not -------------------------------------------------------------- */

/* Nobody hears a word of HTTP, though others would speak to him. */
static void is_told_nothing(const char *who, const struct tls_pem *key,
	const struct tls_pem *cert, const char *ca, const char *host,
	const char *versions)
{
	struct tlsclient other = {.host = host, .ca = ca, .patience_s = 60};
	struct bytes answer = {0};
	long heard;

	be_front(key, cert, versions);
	/* There is somebody, and TLS: who believes him gets an answer. */
	atomic_store(&server.does, EVIL_PAGE);
	other.port = server.port.port;
	if (tlsclient_ask(&other, "GET", "/", "", 0, &answer) != 200)
		fail_msg("%s does not answer at all", who);
	heard = atomic_load(&server.heard);
	assert_int_equal(heard, 1);
	front_does(EVIL_PASS);
	if (ends.a.came != CAME_NOT_OURS)
		fail_msg("%s: came %d: %s", who, (int)ends.a.came,
			ends.reply.err.text);
	assert_int_equal(ends.machine.trouble, UPLOAD_NOT_OURS);
	/* It is over when its line is. */
	all_is_well();
	evilserver_close(&server);
	if (atomic_load(&server.heard) != heard)
		fail_msg("%s was told something", who);
	bytes_free(&answer);
	twoends_more(&ends);
}

static void T55_who_is_not_our_centre_is_told_nothing(void **state)
{
	static const char *const localhost[] = {"localhost"};
	static const char *const elsewhere[] = {"elsewhere.example"};
	static struct tls_ca ca;
	static struct tls_pem key;
	static struct tls_pem cert;
	const int64_t now = clock_wall_ms() / 1000;

	(void)state;
	/* The same name, another authority. */
	assert_true(tls_ca_new("centre-1", now, &ca, &err));
	assert_true(tls_server_new(&ca, localhost, 1, now, &key, &cert, &err));
	is_told_nothing("another authority", &key, &cert, ca.cert.text,
		"localhost", NULL);
	/* Our authority, another name. */
	assert_true(tls_server_new(&ends.home.ca, elsewhere, 1, now, &key,
		&cert, &err));
	is_told_nothing("another name", &key, &cert, ends.home.ca.cert.text,
		"elsewhere.example", NULL);
	/* Our key, and TLS as it was in 2006. */
	is_told_nothing("TLS 1.1", &ends.home.server_key,
		&ends.home.server_cert, ends.home.ca.cert.text, "localhost",
		"+VERS-TLS1.1");
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROW(T54_a_line_that_breaks_at_bytes_by_lot),
		ROW(T56_a_line_that_turns_bits_by_lot),
		ROW(T54_a_byte_a_second_is_given_up),
		ROW(T54_a_slow_line_has_so_long_and_no_longer),
		ROW(T59_what_was_given_up_comes_before_it_is_sent_again),
		ROW(T59_what_was_given_up_comes_behind_what_was_sent_later),
		ROW(T59_the_same_records_by_stick_and_by_line),
		ROW(who_has_its_key_says_what_it_likes),
		ROW(T55_who_is_not_our_centre_is_told_nothing),
	};

	if (!crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	printf("EVIL_SEED=%ld EVIL_STRIDE=%ld\n", number("EVIL_SEED", 54),
		number("EVIL_STRIDE", 0));
	tmpdir_in_memory();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
