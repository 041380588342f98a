/* The second writer of journals against the golden vectors and the first. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "db/record_internal.h"
#include "support/bookgen.h"
#include "support/vectors.h"

static const char file[] = "journal_vectors.txt";

static void assert_vector(const char *name, const void *bytes, size_t len)
{
	uint8_t wanted[512];

	assert_int_equal(vector_bytes(file, name, wanted, sizeof(wanted)), len);
	assert_memory_equal(bytes, wanted, len);
}

/* The book of the two golden records, by its fields. */
static void golden_book(struct bookgen *b)
{
	struct bookgen_rec r = {.has = 0xbfe,
		.v = 1,
		.kind = GEN_START,
		.t = UINT64_C(0x1a194ba4dc0),
		.mono = 5000,
		.tq = 1,
		.sig_by = GEN_BY_OTHER,
		.sig_key = -1};

	*b = (struct bookgen){0};
	vector_bytes(file, "dev", b->dev, 16);
	vector_bytes(file, "pk", b->device.public, 32);
	vector_bytes(file, "seed", b->device.secret, 32);
	memcpy(b->device.secret + 32, b->device.public, 32);
	memcpy(r.dev, b->dev, 16);
	for (int i = 0; i < 8; i++)
		r.boot[i] = (uint8_t)(i + 1);
	bookgen_append(b, &r);
	r.has |= GEN_HAS(10) | GEN_HAS(13) | GEN_HAS(14) | GEN_HAS(15) |
		 GEN_HAS(16);
	r.kind = GEN_PAY;
	r.t = UINT64_C(0x1a194bb3c08);
	r.mono = 66000;
	r.actor = 0x412;
	r.shift = 1;
	r.tot[0] = 500000;
	r.tot[4] = 1;
	r.amt = 500000;
	r.per = 202611;
	for (int i = 0; i < 16; i++)
		r.ent[i] = (uint8_t)(0x10 + i);
	memset(r.pdc, 0x5a, sizeof(r.pdc));
	bookgen_append(b, &r);
}

static void it_writes_the_golden_records(void **state)
{
	struct bookgen b;
	struct bookgen_sealed s;
	struct bytes qr = {0};
	char wanted[VECTOR_SIZE];
	char code[17];

	(void)state;
	golden_book(&b);
	bookgen_seal(&b, &s);
	assert_vector("rec1", s.raw[0].body.at, s.raw[0].body.len);
	assert_vector("h1", s.raw[0].h, 32);
	assert_vector("sig1", s.raw[0].sig, 64);
	assert_vector("rec2", s.raw[1].body.at, s.raw[1].body.len);
	assert_vector("h2", s.raw[1].h, 32);
	assert_vector("sig2", s.raw[1].sig, 64);
	assert_vector("rsig", s.raw[1].rsig, 64);
	bookgen_code(s.raw[1].h, code);
	assert_string_equal(code, vector_text(file, "code", wanted));
	bookgen_receipt_text(&b.rec[1], &s.raw[1], &qr);
	assert_string_equal(bytes_string(&qr), vector_text(file, "qr", wanted));
	bytes_free(&qr);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

/* Does db/README.md say that the program does not write this? */
static bool is_not_written_yet(const struct bookgen_rec *r)
{
	static const uint64_t kinds[] = {GEN_NULL, GEN_VOID_RETURNED,
		GEN_CONSENT, GEN_ACCOUNT, GEN_CONSENT_REFUSED,
		GEN_CONSENT_WITHDRAWN, GEN_VIEW, GEN_VISIT, GEN_EXPORT,
		GEN_UPLOAD_ACK, GEN_RELEASE, GEN_ACQUIRE, GEN_REVLIST,
		GEN_FAULT_BEGIN, GEN_FAULT_END, GEN_END};

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (r->kind == kinds[i])
			return true;
	return (r->fl & (GEN_SIGFAIL | GEN_LATE)) != 0;
}

static void every_body_is_canonical_and_read_by_the_program(void **state)
{
	const struct bookgen_shape shape = {.seed = 7,
		.days = 6,
		.shifts = 2,
		.acts = 20,
		.end = true};
	bool seen[GEN_KIND_LAST + 1] = {false};
	struct bookgen b;
	struct bookgen_sealed s;

	(void)state;
	bookgen_make(&shape, &b);
	bookgen_seal(&b, &s);
	for (size_t i = 0; i < b.n; i++) {
		const struct bytes *body = &s.raw[i].body;
		struct record r;
		const char *finding;

		assert_true(cbor_is_canonical(body->at, body->len));
		seen[b.rec[i].kind] = true;
		if (record_decode(body->at, body->len, &r, &finding)) {
			assert_int_equal(r.seq, i + 1);
			assert_int_equal(r.amount, b.rec[i].amt);
			assert_int_equal(r.tot.paid_gross, b.rec[i].tot[0]);
		} else {
			assert_true(is_not_written_yet(&b.rec[i]));
		}
	}
	for (int kind = 1; kind <= GEN_KIND_LAST; kind++)
		if (kind <= 15 || (kind >= 20 && kind <= 23) ||
			(kind >= 30 && kind <= 46) ||
			(kind >= 50 && kind <= 52) || kind == 60)
			assert_true(seen[kind]);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void the_same_seed_writes_the_same_book(void **state)
{
	const struct bookgen_shape shape = {.seed = 3,
		.days = 2,
		.shifts = 1,
		.acts = 12};
	struct bytes file_of[2] = {{0}, {0}};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bookgen b;
		struct bookgen_sealed s;

		bookgen_make(&shape, &b);
		bookgen_seal(&b, &s);
		bookgen_file_whole(&b, &s, true, &file_of[i]);
		bookgen_sealed_free(&s);
		bookgen_free(&b);
	}
	assert_int_equal(file_of[0].len, file_of[1].len);
	assert_memory_equal(file_of[0].at, file_of[1].at, file_of[0].len);
	bytes_free(&file_of[0]);
	bytes_free(&file_of[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_writes_the_golden_records),
		cmocka_unit_test(
			every_body_is_canonical_and_read_by_the_program),
		cmocka_unit_test(the_same_seed_writes_the_same_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
