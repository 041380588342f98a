/* The second writer of journals against the golden vectors and the first. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "db/record_internal.h"
#include "support/bookgen.h"
#include "support/vectors.h"

static const char file[] = "journal_vectors.txt";
static const char kinds_file[] = "kind_vectors.txt";

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

/* Stamped as the vectors are: number seq, a minute after another. */
static struct bookgen_rec *add_sample(struct bookgen *b, uint64_t kind,
	uint64_t keys)
{
	const uint64_t seq = b->n + 1;
	struct bookgen_rec r = {.has = 0xbfe | keys,
		.v = 1,
		.kind = kind,
		.t = UINT64_C(1736000000000) + seq * 60000,
		.mono = 5000 + seq * 60000,
		.actor = 7,
		.shift = 1,
		.per = 202611,
		.sig_by = GEN_BY_OTHER,
		.sig_key = -1};

	if (kind != GEN_START)
		r.has |= GEN_HAS(10);
	memcpy(r.dev, b->dev, 16);
	for (int i = 0; i < 8; i++)
		r.boot[i] = (uint8_t)(i + 1);
	for (int i = 0; i < 16; i++) {
		r.ent[i] = (uint8_t)(0x10 + i);
		r.peer[i] = (uint8_t)(0xc0 + i);
		r.ack.nonce[i] = (uint8_t)i;
	}
	return bookgen_append(b, &r);
}

static void of_person(struct bookgen_rec *r, int pdc, int rsum)
{
	memset(r->pdc, pdc, sizeof(r->pdc));
	memset(r->rsum, rsum, sizeof(r->rsum));
}

#define K(key) GEN_HAS(key)

/* One of each kind that the program does not write. */
static void kinds_book(struct bookgen *b)
{
	struct bookgen_rec *r;

	*b = (struct bookgen){0};
	vector_bytes(kinds_file, "dev", b->dev, 16);
	vector_bytes(kinds_file, "pk", b->device.public, 32);
	vector_bytes(kinds_file, "seed", b->device.secret, 32);
	memcpy(b->device.secret + 32, b->device.public, 32);
	b->epoch[0] = b->device;
	b->centre = b->device;
	b->user[0] = (struct bookgen_user){.number = 7, .key = b->device};
	add_sample(b, GEN_START, K(23));
	add_sample(b, GEN_NULL, 0);
	r = add_sample(b, GEN_VOID_RETURNED, K(12) | K(13) | K(18));
	r->ref = 1;
	r->amt = 500000;
	of_person(add_sample(b, GEN_CONSENT, K(16) | K(24)), 0x5a, 0x71);
	r = add_sample(b, GEN_ACCOUNT, K(12) | K(16));
	of_person(r, 0x5b, 0);
	r->ref = 4;
	of_person(add_sample(b, GEN_CONSENT_REFUSED, K(16) | K(24)), 0x5c,
		0x71);
	r = add_sample(b, GEN_CONSENT_WITHDRAWN, K(12) | K(16));
	of_person(r, 0x5d, 0);
	r->ref = 4;
	r = add_sample(b, GEN_VIEW, K(16) | K(17));
	of_person(r, 0x5e, 0);
	r->rsn = 1;
	r = add_sample(b, GEN_VISIT, K(16) | K(28));
	of_person(r, 0x5f, 0);
	r->res = 2;
	r = add_sample(b, GEN_UPLOAD_ACK, K(25));
	r->ack.seq = 1;
	r->ack.server_ms = UINT64_C(1736000000000);
	r->ack.revlist = 1;
	r->ack.lease_ms = UINT64_C(1736259200000);
	memcpy(r->ack.dev, b->dev, 16);
	add_sample(b, GEN_RELEASE, K(14) | K(15) | K(30));
	r = add_sample(b, GEN_ACQUIRE, K(12) | K(14) | K(15) | K(24) | K(30));
	of_person(r, 0, 0x72);
	r->ref = 77;
	r = add_sample(b, GEN_REVLIST, K(24) | K(28));
	of_person(r, 0, 0x73);
	r->res = 3;
	add_sample(b, GEN_FAULT_BEGIN, K(17))->rsn = 2;
	r = add_sample(b, GEN_FAULT_END, K(12) | K(17));
	r->ref = 14;
	r->rsn = 2;
	add_sample(b, GEN_END, K(17))->rsn = 1;
}

static void it_writes_the_kinds_that_nobody_writes_yet(void **state)
{
	static const char *const name[] = {"START", "NULL", "VOID_RETURNED",
		"CONSENT", "ACCOUNT", "CONSENT_REFUSED", "CONSENT_WITHDRAWN",
		"VIEW", "VISIT", "UPLOAD_ACK", "RELEASE", "ACQUIRE", "REVLIST",
		"FAULT_BEGIN", "FAULT_END", "END"};
	struct bookgen b;
	struct bookgen_sealed s;

	(void)state;
	kinds_book(&b);
	bookgen_seal(&b, &s);
	assert_int_equal(s.n, COUNT_OF(name));
	for (size_t i = 0; i < s.n; i++) {
		const struct bookgen_raw *raw = &s.raw[i];
		uint8_t wanted[512];
		char key[32];
		size_t len;

		snprintf(key, sizeof(key), "rec_%s", name[i]);
		len = vector_bytes(kinds_file, key, wanted, sizeof(wanted));
		assert_int_equal(raw->body.len, len);
		assert_memory_equal(raw->body.at, wanted, len);
		snprintf(key, sizeof(key), "h_%s", name[i]);
		vector_bytes(kinds_file, key, wanted, sizeof(wanted));
		assert_memory_equal(raw->h, wanted, 32);
		snprintf(key, sizeof(key), "sig_%s", name[i]);
		vector_bytes(kinds_file, key, wanted, sizeof(wanted));
		assert_memory_equal(raw->sig, wanted, 64);
	}
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
		cmocka_unit_test(it_writes_the_kinds_that_nobody_writes_yet),
		cmocka_unit_test(
			every_body_is_canonical_and_read_by_the_program),
		cmocka_unit_test(the_same_seed_writes_the_same_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
