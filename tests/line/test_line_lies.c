/*
 * A terminal and a real centre, and a line in between that lies about each
 * byte of each exchange: T54, T56, T59, all of them, without TLS, as a stick or
 * a broken server in front of the centre could. Nothing may be lost, nothing
 * twice; what is called acknowledged the centre has; in the end it has all.
 */
#include "support/unit.h"

#include <string.h>

#include "core/crypto.h"
#include "db/proof.h"
#include "drivers/net/net_fake.h"
#include "support/tmpdir.h"
#include "support/twoends.h"

static struct twoends ends;
static struct net_fake net;

static int setup(void **state)
{
	(void)state;
	twoends_make(&ends);
	twoends_over(&ends, net_fake_init(&net, twoends_hears, &ends));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	twoends_remove(&ends);
	return 0;
}

/* One exchange over a line that does this; then what holds always. */
static void over(const struct net_fault *fault)
{
	const uint64_t acked = ends.s.acked;

	net.next = *fault;
	assert_true(twoends_once(&ends));
	assert_int_equal(proof_frozen(ends.b.db), 0);
	if (ends.s.acked > acked && ends.a.came != CAME_ACK)
		fail_msg("acknowledged without an acknowledgement");
	assert_true(ends.s.acked <= twoends_held(&ends));
}

/* Bytes of a question and of its answer, with one record more to send. */
static void sizes(size_t *out, size_t *in)
{
	twoends_to_the_end(&ends);
	twoends_more(&ends);
	over(&(struct net_fault){.trouble = NET_CUT, .after = true});
	*out = ends.batch.len;
	*in = net.last_len;
	assert_true(*out > 400 && *in > 200);
}

static void T54_a_question_that_ends_at_any_byte(void **state)
{
	size_t out;
	size_t in;
	uint64_t held;

	(void)state;
	sizes(&out, &in);
	twoends_to_the_end(&ends);
	twoends_more(&ends);
	held = twoends_held(&ends);
	for (size_t at = 1; at <= out; at++) {
		over(&(struct net_fault){.cut_out = at});
		assert_int_equal(ends.s.acked + 1, ends.s.made - 1);
		assert_int_equal(twoends_held(&ends), held);
	}
	twoends_to_the_end(&ends);
}

static void T54_an_answer_that_ends_at_any_byte(void **state)
{
	size_t out;
	size_t in;

	(void)state;
	sizes(&out, &in);
	for (size_t at = 1; at <= in; at++) {
		over(&(struct net_fault){.cut_in = at});
		if (ends.a.came == CAME_ACK)
			fail_msg("%zu of %zu bytes are believed", at - 1, in);
	}
	twoends_to_the_end(&ends);
}

static void T56_a_bit_of_any_byte_of_a_question(void **state)
{
	size_t out;
	size_t in;
	uint64_t held;

	(void)state;
	sizes(&out, &in);
	twoends_to_the_end(&ends);
	twoends_more(&ends);
	held = twoends_held(&ends);
	for (size_t at = 1; at <= out; at++) {
		over(&(struct net_fault){.flip_out = at});
		if (ends.a.came == CAME_ACK)
			fail_msg("byte %zu of %zu is not looked at", at, out);
		assert_int_equal(twoends_held(&ends), held);
	}
	twoends_to_the_end(&ends);
}

static void T56_a_bit_of_any_byte_of_an_answer(void **state)
{
	size_t believed = 0;
	size_t out;
	size_t in;

	(void)state;
	sizes(&out, &in);
	for (size_t at = 1; at <= in; at++) {
		over(&(struct net_fault){.flip_in = at});
		if (ends.a.came != CAME_ACK)
			continue;
		/* Only what nobody signs: whether it was there before. */
		believed++;
		twoends_to_the_end(&ends);
		twoends_more(&ends);
		over(&(struct net_fault){.trouble = NET_CUT, .after = true});
	}
	assert_in_range(believed, 0, 1);
	twoends_to_the_end(&ends);
}

static void T59_each_question_is_heard_twice(void **state)
{
	(void)state;
	ends.machine.size = 3;
	net.times = 1000;
	net.next.twice = true;
	twoends_to_the_end(&ends);
	assert_int_equal(net.reached, 2 * net.asked);
	twoends_more(&ends);
	net.next.twice = true;
	twoends_to_the_end(&ends);
}

/* It is given up, and sent again; then the first one is there, too. */
static void T59_a_question_comes_behind_the_next(void **state)
{
	(void)state;
	ends.machine.size = 2;
	for (int i = 0; i < 12; i++) {
		over(&(struct net_fault){.late = true});
		assert_int_equal(ends.a.came, CAME_TIMEOUT);
		/* Now it is a longer batch than what comes behind it. */
		ends.machine.size = 1 + (unsigned)i;
		over(&(struct net_fault){0});
		twoends_more(&ends);
		twoends_must_agree(&ends);
	}
	twoends_to_the_end(&ends);
}

/* What the centre said of the first is said of each later one. */
static void T56_an_acknowledgement_of_before_is_none(void **state)
{
	static uint8_t page[NET_ANSWER_MAX];
	size_t len;

	(void)state;
	ends.machine.size = 2;
	over(&(struct net_fault){0});
	assert_int_equal(ends.a.came, CAME_ACK);
	len = net.last_len;
	memcpy(page, net.last, len);
	for (int i = 0; i < 8; i++) {
		over(&(struct net_fault){.status = 200,
			.page = (const char *)page,
			.page_len = len});
		assert_int_equal(ends.a.came, CAME_NO_ACK);
		ends.machine.size = 2;
		over(&(struct net_fault){0});
		twoends_more(&ends);
	}
	twoends_to_the_end(&ends);
}

/* A checkpoint that would be right, but for one thing. */
static void believes_no_note(struct checkpoint *c,
	const struct crypto_pair *key)
{
	static uint8_t page[4096];
	static struct batch_answer a;
	struct buf out;

	memset(&a, 0, sizeof(a));
	a.status = BATCH_ACK;
	buf_init(&out, a.note, sizeof(a.note));
	checkpoint_sign(c, "centre-1", key, &out);
	a.note_len = out.len;
	buf_init(&out, page, sizeof(page));
	batch_answer_write(&a, &out);
	assert_false(out.full);
	over(&(struct net_fault){.status = 200,
		.page = (const char *)page,
		.page_len = out.len});
	assert_int_equal(ends.a.came, CAME_NO_ACK);
}

static void T56_an_acknowledgement_of_another_is_none(void **state)
{
	static struct batch b;
	struct crypto_pair stranger;
	const char *finding;
	struct checkpoint right;
	struct checkpoint c;

	(void)state;
	over(&(struct net_fault){.trouble = NET_CUT});
	assert_true(batch_read(ends.batch.bytes, ends.batch.len, &b, &finding));
	right = (struct checkpoint){.seq = b.to, .time = 1795000000000};
	memcpy(right.dev, b.dev, sizeof(right.dev));
	memcpy(right.h, b.last, sizeof(right.h));
	memcpy(right.nonce, b.nonce, sizeof(right.nonce));
	/* By a key of its own; then by the centre's, for another terminal. */
	crypto_pair_new(&stranger);
	believes_no_note(&right, &stranger);
	c = right;
	c.dev[0] ^= 1;
	believes_no_note(&c, &ends.home.sign);
	twoends_to_the_end(&ends);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROW(T54_a_question_that_ends_at_any_byte),
		ROW(T54_an_answer_that_ends_at_any_byte),
		ROW(T56_a_bit_of_any_byte_of_a_question),
		ROW(T56_a_bit_of_any_byte_of_an_answer),
		ROW(T59_each_question_is_heard_twice),
		ROW(T59_a_question_comes_behind_the_next),
		ROW(T56_an_acknowledgement_of_before_is_none),
		ROW(T56_an_acknowledgement_of_another_is_none),
	};

	if (!crypto_start(NULL))
		return 1;
	tmpdir_in_memory();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
