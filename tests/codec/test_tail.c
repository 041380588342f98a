/* A terminal's own records on their way back: each byte of a page counts. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/tail.h"
#include "support/vectors.h"

static const char file[] = "tail_vectors.txt";

enum {
	SIZE = 1024
};

static struct crypto_pair key_of(int n)
{
	uint8_t seed[CRYPTO_SEED_SIZE];
	struct crypto_pair pair;

	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)(CRYPTO_SEED_SIZE * n + i);
	crypto_pair_from_seed(seed, &pair);
	return pair;
}

/* As the vector "page" has it. */
static void fill(struct tail *t)
{
	static uint8_t body[2][400];
	static uint8_t sig[2][CRYPTO_SIG_SIZE];
	static uint8_t sealed[60];
	static const uint8_t begin[5] = {0xaf, 0x01, 0x01, 0x02, 0x50};

	*t = (struct tail){.time = 1738108800123,
		.last = 300,
		.from = 298,
		.records = 2,
		.pds = 1};
	for (int i = 0; i < BATCH_DEV; i++)
		t->dev[i] = (uint8_t)(0xa0 + i);
	memset(t->nonce, '=', sizeof(t->nonce));
	memset(t->head, 0x49, sizeof(t->head));
	memset(body[0], 7, sizeof(body[0]));
	memset(body[1], 9, sizeof(body[1]));
	memcpy(body[0], begin, sizeof(begin));
	memcpy(body[1], begin, sizeof(begin));
	body[0][0] = 0xaa;
	memset(sig[0], 0x73, sizeof(sig[0]));
	memset(sig[1], 0xfb, sizeof(sig[1]));
	memset(sealed, 0x5e, sizeof(sealed));
	t->record[0] = (struct batch_record){body[0], 35, sig[0]};
	t->record[1] = (struct batch_record){body[1], 305, sig[1]};
	t->pd[0] = (struct batch_pd){299, sealed, sizeof(sealed)};
}

static void a_page_is_read_as_the_vector_has_it(void **state)
{
	const struct crypto_pair key = key_of(0);
	const struct crypto_pair other = key_of(1);
	static struct tail t;
	static struct tail want;
	uint8_t bytes[SIZE];
	const char *finding;
	const size_t len = vector_bytes(file, "page", bytes, sizeof(bytes));

	(void)state;
	fill(&want);
	assert_int_equal(tail_read(bytes, len, &t, &finding), len);
	assert_memory_equal(t.dev, want.dev, sizeof(t.dev));
	assert_memory_equal(t.nonce, want.nonce, sizeof(t.nonce));
	assert_memory_equal(t.head, want.head, sizeof(t.head));
	assert_int_equal(t.time, want.time);
	assert_int_equal(t.last, 300);
	assert_int_equal(t.from, 298);
	assert_int_equal(t.records, 2);
	assert_int_equal(t.record[1].len, 305);
	assert_memory_equal(t.record[1].body, want.record[1].body, 305);
	assert_memory_equal(t.record[0].sig, want.record[0].sig, 64);
	assert_int_equal(t.pds, 1);
	assert_int_equal(t.pd[0].seq, 299);
	assert_true(tail_is_signed(&t, key.public));
	assert_false(tail_is_signed(&t, other.public));
}

static void a_page_is_written_as_the_vector_has_it(void **state)
{
	const struct crypto_pair key = key_of(0);
	static struct tail t;
	uint8_t want[SIZE];
	uint8_t got[SIZE];
	struct buf b;
	const size_t len = vector_bytes(file, "page", want, sizeof(want));

	(void)state;
	fill(&t);
	buf_init(&b, got, sizeof(got));
	assert_true(tail_write(&t, &key, &b));
	assert_int_equal(b.len, len);
	assert_memory_equal(got, want, len);
}

static void a_page_without_records_says_how_far_it_goes(void **state)
{
	const struct crypto_pair key = key_of(0);
	static struct tail t;
	uint8_t bytes[SIZE];
	const char *finding;
	const size_t len = vector_bytes(file, "empty", bytes, sizeof(bytes));

	(void)state;
	assert_int_equal(tail_read(bytes, len, &t, &finding), len);
	assert_int_equal(t.records, 0);
	assert_int_equal(t.last, 297);
	assert_true(tail_is_signed(&t, key.public));
}

static void pages_stand_one_behind_the_other(void **state)
{
	static struct tail t;
	uint8_t bytes[2 * SIZE];
	const char *finding;
	const size_t one = vector_bytes(file, "page", bytes, sizeof(bytes));
	const size_t two =
		vector_bytes(file, "empty", bytes + one, sizeof(bytes) - one);

	(void)state;
	assert_int_equal(tail_read(bytes, one + two, &t, &finding), one);
	assert_int_equal(tail_read(bytes + one, two, &t, &finding), two);
	assert_int_equal(t.records, 0);
}

/* Whichever is another one: it is no page, or not signed. */
static void T57_each_byte_of_a_page_counts(void **state)
{
	const struct crypto_pair key = key_of(0);
	static struct tail t;
	uint8_t bytes[SIZE];
	const char *finding;
	const size_t len = vector_bytes(file, "page", bytes, sizeof(bytes));

	(void)state;
	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (uint8_t)(1 << bit);
			if (tail_read(bytes, len, &t, &finding) == len &&
				tail_is_signed(&t, key.public))
				fail_msg("byte %zu, bit %d", i, bit);
			bytes[i] ^= (uint8_t)(1 << bit);
		}
}

static void T54_a_page_that_is_cut_off_is_none(void **state)
{
	static struct tail t;
	uint8_t bytes[SIZE];
	const char *finding;
	const size_t len = vector_bytes(file, "page", bytes, sizeof(bytes));

	(void)state;
	for (size_t i = 0; i < len; i++)
		assert_int_equal(tail_read(bytes, i, &t, &finding), 0);
}

/* Rules between the fields, which no reader of CBOR sees. */
static void no_from(struct tail *t)
{
	t->from = 0;
}

static void behind_the_newest(struct tail *t)
{
	t->last = 298;
}

static void an_empty_body(struct tail *t)
{
	t->record[1].len = 0;
}

static void a_long_body(struct tail *t)
{
	static uint8_t body[BATCH_BODY_MAX + 1];

	t->record[1].body = body;
	t->record[1].len = sizeof(body);
}

static void data_of_none_of_them(struct tail *t)
{
	t->pd[0].seq = 300;
}

static void data_of_the_one_before(struct tail *t)
{
	t->pd[0].seq = 297;
}

static void data_twice(struct tail *t)
{
	t->pd[1] = t->pd[0];
	t->pds = 2;
}

static void data_that_are_none(struct tail *t)
{
	t->pd[0].len = CRYPTO_SEAL_EXTRA - 1;
}

static void too_many(struct tail *t)
{
	t->records = TAIL_MAX_RECORDS + 1;
}

static const struct {
	const char *name;
	void (*make)(struct tail *t);
} breaks[] = {
	{"numbers begin at 1", no_from},
	{"no record is behind the newest", behind_the_newest},
	{"a body is not empty", an_empty_body},
	{"a body is not too long", a_long_body},
	{"data are of a record behind it", data_of_none_of_them},
	{"data are of a record before it", data_of_the_one_before},
	{"data of a record come once", data_twice},
	{"data are sealed", data_that_are_none},
	{"no more records than a page holds", too_many},
};

static void what_breaks_a_rule_is_not_written(void **state)
{
	const struct crypto_pair key = key_of(0);
	static struct tail t;
	static uint8_t room[TAIL_MAX_BYTES];
	struct buf b;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(breaks); i++) {
		fill(&t);
		breaks[i].make(&t);
		buf_init(&b, room, sizeof(room));
		if (tail_write(&t, &key, &b))
			fail_msg("%s", breaks[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_read_as_the_vector_has_it),
		cmocka_unit_test(a_page_is_written_as_the_vector_has_it),
		cmocka_unit_test(a_page_without_records_says_how_far_it_goes),
		cmocka_unit_test(pages_stand_one_behind_the_other),
		cmocka_unit_test(T57_each_byte_of_a_page_counts),
		cmocka_unit_test(T54_a_page_that_is_cut_off_is_none),
		cmocka_unit_test(what_breaks_a_rule_is_not_written),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
