/* A batch and what the centre answers: byte by byte, and what is no batch. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/batch.h"
#include "support/vectors.h"

static const char file[] = "wire_vectors.txt";

struct sample {
	struct crypto_pair key;
	uint8_t body[2][VECTOR_SIZE / 4];
	uint8_t sig[2][CRYPTO_SIG_SIZE];
	uint8_t sealed[64];
	struct batch batch;
};

static void sample(struct sample *s)
{
	static const char *const body[] = {"rec1", "rec2"};
	static const char *const sig[] = {"sig1", "sig2"};
	struct batch *b = &s->batch;
	uint8_t seed[CRYPTO_SEED_SIZE];

	memset(s, 0, sizeof(*s));
	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)i;
	crypto_pair_from_seed(seed, &s->key);
	vector_bytes("journal_vectors.txt", "dev", b->dev, sizeof(b->dev));
	vector_bytes("journal_vectors.txt", "h0", b->before, 32);
	vector_bytes("journal_vectors.txt", "h2", b->last, 32);
	for (int i = 0; i < 2; i++) {
		b->record[i].len = vector_bytes("journal_vectors.txt", body[i],
			s->body[i], sizeof(s->body[i]));
		vector_bytes("journal_vectors.txt", sig[i], s->sig[i],
			CRYPTO_SIG_SIZE);
		b->record[i].body = s->body[i];
		b->record[i].sig = s->sig[i];
	}
	for (int i = 0; i < 64; i++)
		s->sealed[i] = (uint8_t)i;
	b->records = 2;
	b->from = 1;
	b->to = 2;
	b->pds = 1;
	b->pd[0] = (struct batch_pd){2, s->sealed, sizeof(s->sealed)};
	memset(b->nonce, 0x77, sizeof(b->nonce));
}

static void a_batch_is_written_as_the_vector_has_it(void **state)
{
	static struct sample s;
	uint8_t want[VECTOR_SIZE];
	uint8_t out[VECTOR_SIZE];
	struct buf b;
	size_t len;

	(void)state;
	sample(&s);
	buf_init(&b, out, sizeof(out));
	assert_true(batch_write(&s.batch, s.key.secret, &b));
	len = vector_bytes(file, "batch", want, sizeof(want));
	assert_int_equal(b.len, len);
	assert_memory_equal(out, want, len);
	vector_bytes(file, "digest", want, sizeof(want));
	assert_memory_equal(s.batch.digest, want, CRYPTO_HASH_SIZE);
}

static void a_batch_comes_back(void **state)
{
	static struct sample s;
	static struct batch b;
	uint8_t bytes[VECTOR_SIZE];
	const char *finding;
	size_t len;

	(void)state;
	sample(&s);
	len = vector_bytes(file, "batch", bytes, sizeof(bytes));
	assert_true(batch_read(bytes, len, &b, &finding));
	assert_null(finding);
	assert_int_equal(b.from, 1);
	assert_int_equal(b.to, 2);
	assert_int_equal(b.records, 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(b.record[i].len, s.batch.record[i].len);
		assert_memory_equal(b.record[i].body, s.body[i],
			b.record[i].len);
		assert_memory_equal(b.record[i].sig, s.sig[i], CRYPTO_SIG_SIZE);
	}
	assert_int_equal(b.pds, 1);
	assert_int_equal(b.pd[0].seq, 2);
	assert_memory_equal(b.pd[0].sealed, s.sealed, sizeof(s.sealed));
	assert_memory_equal(b.nonce, s.batch.nonce, sizeof(b.nonce));
	assert_true(batch_is_signed(&b, s.key.public));
	s.key.public[0] ^= 1;
	assert_false(batch_is_signed(&b, s.key.public));
}

static void T56_no_changed_bit_is_taken(void **state)
{
	static struct sample s;
	static struct batch b;
	uint8_t bytes[VECTOR_SIZE];
	const char *finding;
	size_t len;

	(void)state;
	sample(&s);
	len = vector_bytes(file, "batch", bytes, sizeof(bytes));
	for (size_t i = 0; i < 8 * len; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (batch_read(bytes, len, &b, &finding) &&
			batch_is_signed(&b, s.key.public))
			fail_msg("bit %zu may be another", i);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}

static void T54_no_cut_batch_is_taken(void **state)
{
	static struct batch b;
	uint8_t bytes[VECTOR_SIZE];
	const char *finding;
	size_t len;

	(void)state;
	len = vector_bytes(file, "batch", bytes, sizeof(bytes));
	for (size_t i = 0; i < len; i++) {
		/* Of its own size, so that a sanitizer sees a byte too many. */
		uint8_t *cut = malloc(i + 1);

		assert_non_null(cut);
		memcpy(cut, bytes, i);
		if (batch_read(cut, i, &b, &finding) || !finding)
			fail_msg("%zu bytes of it are a batch", i);
		free(cut);
	}
	bytes[len] = 0;
	assert_false(batch_read(bytes, len + 1, &b, &finding));
}

struct edit {
	const char *name;
	void (*edit)(struct batch *b);
};

static void no_records(struct batch *b)
{
	b->records = 0;
}
static void from_zero(struct batch *b)
{
	b->from = 0;
	b->to = 1;
}
static void to_short(struct batch *b)
{
	b->to = 1;
}
static void to_long(struct batch *b)
{
	b->to = 3;
}
static void to_below(struct batch *b)
{
	b->from = 3;
	b->to = 2;
}
static void to_beyond(struct batch *b)
{
	b->from = UINT64_C(1) << 63;
	b->to = b->from + 1;
}
static void body_empty(struct batch *b)
{
	b->record[0].len = 0;
}
static void body_long(struct batch *b)
{
	static uint8_t body[BATCH_BODY_MAX + 1];

	b->record[0] =
		(struct batch_record){body, sizeof(body), b->record[0].sig};
}
static void pd_before(struct batch *b)
{
	b->pd[0].seq = 0;
}
static void pd_behind(struct batch *b)
{
	b->pd[0].seq = 3;
}
static void pd_twice(struct batch *b)
{
	b->pd[1] = b->pd[0];
	b->pds = 2;
}
static void pd_backwards(struct batch *b)
{
	b->pd[1] = b->pd[0];
	b->pd[1].seq = 1;
	b->pds = 2;
}
static void pd_short(struct batch *b)
{
	b->pd[0].len = CRYPTO_SEAL_EXTRA - 1;
}
static void pd_long(struct batch *b)
{
	static uint8_t sealed[BATCH_PD_MAX + 1];

	b->pd[0].sealed = sealed;
	b->pd[0].len = sizeof(sealed);
}

static struct edit wrong[] = {
	{"no records at all", no_records},
	{"it begins with record 0", from_zero},
	{"more records than its numbers say", to_short},
	{"fewer records than its numbers say", to_long},
	{"its last number is below its first", to_below},
	{"numbers beyond what the store holds", to_beyond},
	{"a body of no bytes", body_empty},
	{"a body longer than a record may be", body_long},
	{"sealed data of a record before it", pd_before},
	{"sealed data of a record behind it", pd_behind},
	{"sealed data of one record twice", pd_twice},
	{"sealed data in another order", pd_backwards},
	{"sealed data that cannot be opened", pd_short},
	{"sealed data that are too long", pd_long},
};

/* Nobody writes it; and who writes it by hand is not read. */
static void a_batch_that_breaks_its_rules(void **state)
{
	const struct edit *row = *state;
	static struct sample s;
	static uint8_t out[BATCH_MAX_BYTES];
	struct buf b;

	sample(&s);
	row->edit(&s.batch);
	buf_init(&b, out, sizeof(out));
	assert_false(batch_write(&s.batch, s.key.secret, &b));
}

static const struct {
	const char *name;
	size_t at; /* of the vector */
	uint8_t from;
	uint8_t to;
} by_hand[] = {
	{"another version", 2, 0x01, 0x02},
	{"one key fewer", 0, 0xaa, 0xa9},
	{"keys in another order", 1, 0x01, 0x02},
	{"records numbered from 2", 22, 0x01, 0x02},
	{"records numbered up to 3", 24, 0x02, 0x03},
	{"an indefinite map", 0, 0xaa, 0xbf},
};

static void a_batch_written_by_hand(void **state)
{
	static struct batch b;
	uint8_t bytes[VECTOR_SIZE];
	const char *finding;
	size_t len;

	(void)state;
	len = vector_bytes(file, "batch", bytes, sizeof(bytes));
	for (size_t i = 0; i < COUNT_OF(by_hand); i++) {
		assert_int_equal(bytes[by_hand[i].at], by_hand[i].from);
		bytes[by_hand[i].at] = by_hand[i].to;
		if (batch_read(bytes, len, &b, &finding) || !finding)
			fail_msg("%s was taken", by_hand[i].name);
		bytes[by_hand[i].at] = by_hand[i].from;
	}
}

static void the_largest_batch(void **state)
{
	static uint8_t out[BATCH_MAX_BYTES + 4096];
	static uint8_t body[BATCH_BODY_MAX];
	static struct sample s;
	static struct batch back;
	const char *finding;
	struct buf b;

	(void)state;
	sample(&s);
	s.batch.pds = 0;
	for (size_t i = 0; i < BATCH_MAX_RECORDS; i++)
		s.batch.record[i] = (struct batch_record){body, 900, s.sig[0]};
	s.batch.records = BATCH_MAX_RECORDS;
	s.batch.to = BATCH_MAX_RECORDS;
	buf_init(&b, out, sizeof(out));
	assert_true(batch_write(&s.batch, s.key.secret, &b));
	assert_true(batch_read(out, b.len, &back, &finding));
	assert_int_equal(back.records, BATCH_MAX_RECORDS);
	/* A few bytes a record more: 256 KiB are the limit then. */
	for (size_t i = 0; i < BATCH_MAX_RECORDS; i++)
		s.batch.record[i].len = 960;
	buf_init(&b, out, sizeof(out));
	assert_false(batch_write(&s.batch, s.key.secret, &b));
	assert_false(b.full);
	assert_false(batch_read(out, b.len, &back, &finding));
	/* One record more than there may be. */
	s.batch.records = BATCH_MAX_RECORDS + 1;
	assert_false(batch_write(&s.batch, s.key.secret, &b));
}

static void answer_sample(struct batch_answer *a, enum batch_status status)
{
	*a = (struct batch_answer){.status = status, .last = 2};
	a->note_len =
		vector_bytes(file, "checkpoint", a->note, sizeof(a->note));
	vector_bytes("journal_vectors.txt", "h2", a->head, sizeof(a->head));
	a->seq = 2;
	a->check = 8;
	a->retry_s = 30;
}

static const struct {
	const char *name;
	enum batch_status status;
} answers[] = {
	{"answer_ack", BATCH_ACK},
	{"answer_gap", BATCH_CONFLICT},
	{"answer_wrong", BATCH_WRONG},
	{"answer_later", BATCH_LATER},
	{"answer_unknown", BATCH_UNKNOWN},
};

static void answers_are_those_of_the_vectors(void **state)
{
	uint8_t want[VECTOR_SIZE];
	uint8_t out[VECTOR_SIZE];
	uint8_t again[VECTOR_SIZE];
	struct batch_answer a;
	struct buf b;
	size_t len;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		answer_sample(&a, answers[i].status);
		buf_init(&b, out, sizeof(out));
		batch_answer_write(&a, &b);
		len = vector_bytes(file, answers[i].name, want, sizeof(want));
		assert_int_equal(b.len, len);
		assert_memory_equal(out, want, len);
		assert_true(batch_answer_read(want, len, &a));
		assert_int_equal(a.status, answers[i].status);
		buf_init(&b, again, sizeof(again));
		batch_answer_write(&a, &b);
		assert_memory_equal(again, want, len);
		for (size_t cut = 0; cut < len; cut++)
			assert_false(batch_answer_read(want, cut, &a));
		want[len] = 0;
		assert_false(batch_answer_read(want, len + 1, &a));
	}
}

static void no_other_number_is_an_answer(void **state)
{
	uint8_t bytes[] = {0xa2, 1, 1, 2, 0x19, 0, 0};
	struct batch_answer a;
	int good = 0;

	(void)state;
	for (unsigned n = 256; n < 0x10000; n++) {
		bytes[5] = (uint8_t)(n >> 8);
		bytes[6] = (uint8_t)n;
		good += batch_answer_read(bytes, sizeof(bytes), &a);
	}
	/* 400 403 404 413: those that say nothing more. */
	assert_int_equal(good, 4);
}

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(a_batch_is_written_as_the_vector_has_it),
		cmocka_unit_test(a_batch_comes_back),
		cmocka_unit_test(T56_no_changed_bit_is_taken),
		cmocka_unit_test(T54_no_cut_batch_is_taken),
		cmocka_unit_test(a_batch_written_by_hand),
		cmocka_unit_test(the_largest_batch),
		cmocka_unit_test(answers_are_those_of_the_vectors),
		cmocka_unit_test(no_other_number_is_an_answer),
	};
	size_t n = 8;

	if (!crypto_start(NULL))
		return 1;
	UNIT_ADD_ROWS(tests, &n, wrong, a_batch_that_breaks_its_rules);
	return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
