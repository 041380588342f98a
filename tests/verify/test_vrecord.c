/* Records, chain and papers against the golden vectors of the format. */
#include "support/unit.h"

#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/verify/checks.h"
#include "db/verify/vchain.h"
#include "db/verify/vpaper.h"
#include "support/vectors.h"

static const char file[] = "journal_vectors.txt";

static size_t body_of(const char *name, uint8_t out[VRECORD_BODY_MAX])
{
	return vector_bytes(file, name, out, VRECORD_BODY_MAX);
}

static void test_the_chain_of_the_golden_vectors(void **state)
{
	uint8_t body[VRECORD_BODY_MAX];
	uint8_t dev[VRECORD_ID];
	uint8_t pk[VRECORD_HASH];
	uint8_t want[VRECORD_HASH];
	uint8_t h[VRECORD_HASH];
	uint8_t sig[VRECORD_SIG];

	(void)state;
	vector_bytes(file, "dev", dev, sizeof(dev));
	vector_bytes(file, "pk", pk, sizeof(pk));
	vector_bytes(file, "h0", want, sizeof(want));
	vchain_begin(dev, pk, h);
	assert_memory_equal(h, want, sizeof(h));
	for (int i = 1; i <= 2; i++) {
		size_t len = body_of(i == 1 ? "rec1" : "rec2", body);

		vchain_next(h, body, len, h);
		vector_bytes(file, i == 1 ? "h1" : "h2", want, sizeof(want));
		assert_memory_equal(h, want, sizeof(h));
		vector_bytes(file, i == 1 ? "sig1" : "sig2", sig, sizeof(sig));
		assert_true(vchain_signed(h, pk, sig));
		sig[0] ^= 1;
		assert_false(vchain_signed(h, pk, sig));
	}
}

static void test_the_fields_of_a_golden_payment(void **state)
{
	uint8_t body[VRECORD_BODY_MAX];
	struct vrecord r;

	(void)state;
	assert_true(vrecord_read(body, body_of("rec2", body), &r));
	assert_int_equal(r.kind, VKIND_PAY);
	assert_int_equal(r.seq, 2);
	assert_int_equal(r.shift, 1);
	assert_int_equal(r.amt, 500000);
	assert_int_equal(r.per, 202611);
	assert_int_equal(r.tot[VTOTAL_PAID], 500000);
	assert_int_equal(r.tot[VTOTAL_PAYS], 1);
	assert_true(vrecord_has(&r, VKEY_ENT));
	/* The sample omits the actor's signature, items and payee, and has
	 * the entitlement where today none may be. */
	assert_int_equal(r.faults, 2);
	assert_int_equal(r.fault[0].check, 3);
}

static void test_what_people_sign_is_the_body_without_keys_18_and_19(void *
		*state)
{
	/* {1: 1, 18: 64 bytes, 19: [9, 64 bytes], 64: 5} and {1: 1, 64: 5} */
	static const uint8_t rest[] = {0xa2, 0x01, 0x01, 0x18, 0x40, 0x05};
	uint8_t body[256] = {0xa4, 0x01, 0x01, 0x12, 0x58, 0x40};
	uint8_t want[VRECORD_HASH];
	uint8_t got[VRECORD_HASH];
	size_t len = 6 + 64;
	struct vrecord r;

	(void)state;
	memcpy(body + len, (uint8_t[]){0x13, 0x82, 0x09, 0x58, 0x40}, 5);
	len += 5 + 64;
	memcpy(body + len, (uint8_t[]){0x18, 0x40, 0x05}, 3);
	len += 3;
	assert_true(vrecord_read(body, len, &r));
	vrecord_act_digest(&r, body, len, got);
	crypto_sha256(rest, sizeof(rest), want);
	assert_memory_equal(got, want, sizeof(got));
}

/* ---- single keys -----------------------------------------------------------
 */

struct row {
	const char *name;
	const char *hex;
	int check; /* 0: no fault but that keys are missing */
	const char *text;
};

static struct row rows[] = {
	{"a version of another age", "a10102", 3, "key 1: version is not 1"},
	{"a device id of 15 bytes", "a1024f000000000000000000000000000000", 3,
		"key 2: no device id of 16 bytes"},
	{"a kind that nobody knows", "a104184d", 3, "kind is not known"},
	{"a key below 64 that nobody knows", "a1183e00", 36,
		"a key below 64 that is not known"},
	{"a key from 64 on is anybody's", "a1184000", 0, NULL},
	{"five totals", "a10b850000000000", 3, "key 11: not six totals"},
	{"flags of nothing", "a11400", 3, "key 20: flags of nothing"},
	{"a flag that nobody knows", "a1141820", 3,
		"key 20: a flag that is not known"},
	{"a month that no year has", "a10e1a00031711", 3,
		"key 14: not a month as YYYYMM"},
	{"a banknote that is not printed", "a1181a81821903e701", 3,
		"key 26: no banknotes, the highest first"},
	{"banknotes with the lowest first", "a1181a82821903e801821907d001", 3,
		"key 26: no banknotes, the highest first"},
	{"no piece of a banknote", "a1181a81821903e800", 3,
		"key 26: no banknotes, the highest first"},
	{"no items at all", "a1181b80", 3, "key 27: no items"},
	{"a sixth kind of money",
		"a1181b818450000000000000000000000000000000001a000316"
		"0c0601",
		3, "key 27: no items"},
	{"a sixth kind of payee", "a1181d06", 3,
		"key 29: a payee that is not known"},
	{"a last day without a user", "a11820811a0135318f", 3,
		"key 32: no user and last day"},
	{"a last day in month 13", "a1182082071a013550e3", 3,
		"key 32: no user and last day"},
	{"nobody taken out", "a1182180", 3,
		"key 33: no users in the order of their numbers"},
	{"a user taken out twice", "a11821820707", 3,
		"key 33: no users in the order of their numbers"},
	{"users taken out in no order", "a11821820807", 3,
		"key 33: no users in the order of their numbers"},
	{"totals that are one number", "a10b00", 3, "key 11: not six totals"},
	{"a total that is text", "a10b86000000000060", 3,
		"key 11: not six totals"},
	{"an approver without a signature", "a1138109", 3,
		"key 19: no approver and signature"},
	{"an approver who is text",
		"a1138260584000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000",
		3, "key 19: no approver and signature"},
	{"an approver beyond numbers",
		"a113821b800000000000000058400000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000",
		3, "key 19: no approver and signature"},
	{"an approver who is no pair",
		"a1135840000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"000000000000000000000000",
		3, "key 19: no approver and signature"},
	{"his signature is cut",
		"a1138209583f00000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000",
		3, "key 19: no approver and signature"},
	{"a sheet without a number", "a11660", 3,
		"key 22: no pad number in digits"},
	{"a sheet that is a number", "a11607", 3,
		"key 22: no pad number in digits"},
	{"a sheet with a longer number than any",
		"a1167864313131313131313131313131313131313131313131313131"
		"31313131313131313131313131313131313131313131313131313131"
		"31313131313131313131313131313131313131313131313131313131"
		"3131313131313131313131313131313131313131",
		3, "key 22: no pad number in digits"},
	{"a sheet with a sign below the digits", "a11663312f32", 3,
		"key 22: no pad number in digits"},
	{"a checkpoint that is text", "a118196178", 3, "key 25: no checkpoint"},
	{"a checkpoint of nothing", "a1181940", 3, "key 25: no checkpoint"},
	{"banknotes that are a number", "a1181a01", 3,
		"key 26: no banknotes, the highest first"},
	{"a banknote without its pieces", "a1181a81811903e8", 3,
		"key 26: no banknotes, the highest first"},
	{"a banknote that is text", "a1181a81826001", 3,
		"key 26: no banknotes, the highest first"},
	{"pieces that are text", "a1181a81821903e860", 3,
		"key 26: no banknotes, the highest first"},
	{"more pieces than there are", "a1181a81821903e81a80000000", 3,
		"key 26: no banknotes, the highest first"},
	{"items that are a number", "a1181b01", 3, "key 27: no items"},
	{"more items than a body holds",
		"a1181b98c80000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000000000"
		"000000000000000000",
		3, "key 27: no items"},
	{"an item of three parts",
		"a1181b818350000000000000000000000000000000001a0003177401", 3,
		"key 27: no items"},
	{"an item that is a number", "a1181b8100", 3, "key 27: no items"},
	{"an item without its name",
		"a1181b81844f0000000000000000000000000000001a000317740105", 3,
		"key 27: no items"},
	{"an item in a month that is text",
		"a1181b81845000000000000000000000000000000000600105", 3,
		"key 27: no items"},
	{"an item of a kind that is text",
		"a1181b818450000000000000000000000000000000001a0003177460"
		"05",
		3, "key 27: no items"},
	{"an item of kind 0",
		"a1181b818450000000000000000000000000000000001a0003177400"
		"05",
		3, "key 27: no items"},
	{"an item of no amount",
		"a1181b818450000000000000000000000000000000001a0003177401"
		"60",
		3, "key 27: no items"},
	{"an item in a month that no year has",
		"a1181b818450000000000000000000000000000000001a0003177501"
		"05",
		3, "key 27: not a month as YYYYMM"},
	{"an item in month 0",
		"a1181b818450000000000000000000000000000000001a0003176801"
		"05",
		3, "key 27: not a month as YYYYMM"},
	{"an item before 1900",
		"a1181b818450000000000000000000000000000000001a0002e5d801"
		"05",
		3, "key 27: not a month as YYYYMM"},
	{"an item after 2199",
		"a1181b818450000000000000000000000000000000001a00035b6101"
		"05",
		3, "key 27: not a month as YYYYMM"},
	{"month 0", "a10e1a00031768", 3, "key 14: not a month as YYYYMM"},
	{"a month before 1900", "a10e1a0002e5d8", 3,
		"key 14: not a month as YYYYMM"},
	{"a month after 2199", "a10e1a00035b61", 3,
		"key 14: not a month as YYYYMM"},
	{"a number beyond numbers", "a1031b8000000000000000", 3,
		"key 3: no number"},
	{"a payee of kind 0", "a1181d00", 3,
		"key 29: a payee that is not known"},
	{"key 0", "a10000", 36, "a key below 64 that is not known"},
	{"a line of nothing", "a1181f60", 3,
		"key 31: no line of printable ASCII"},
	{"a line with a letter that is not ASCII", "a1181f6361c3a9", 3,
		"key 31: no line of printable ASCII"},
	{"a paper pad with letters", "a11663313241", 3,
		"key 22: no pad number in digits"},
};

static void check_row(void **state)
{
	const struct row *row = *state;
	uint8_t body[VRECORD_BODY_MAX];
	bool found = row->check == 0;
	struct vrecord r;
	size_t len;

	assert_true(str_from_hex(row->hex, body, sizeof(body), &len));
	assert_true(vrecord_read(body, len, &r));
	for (size_t i = 0; i < r.faults; i++)
		found = found ||
			(r.fault[i].check == row->check &&
				strcmp(r.fault[i].text, row->text) == 0);
	assert_true(found);
	if (row->check == 0)
		assert_int_equal(r.faults, 0);
}

static size_t put_number(uint8_t *at, unsigned major, unsigned v)
{
	if (v < 24) {
		at[0] = (uint8_t)(major << 5 | v);
		return 1;
	}
	if (v < 0x100) {
		at[0] = (uint8_t)(major << 5 | 24);
		at[1] = (uint8_t)v;
		return 2;
	}
	at[0] = (uint8_t)(major << 5 | 25);
	at[1] = (uint8_t)(v >> 8);
	at[2] = (uint8_t)v;
	return 3;
}

/* A map of so many keys from 64 on, and of key 18 if it is signed. */
static size_t put_pairs(uint8_t *out, unsigned count, bool is_signed)
{
	size_t len = put_number(out, 5, count + is_signed);

	if (is_signed) {
		memcpy(out + len, (uint8_t[]){0x12, 0x58, 0x40}, 3);
		memset(out + len + 3, 7, VRECORD_SIG);
		len += 3 + VRECORD_SIG;
	}
	for (unsigned i = 0; i < count; i++) {
		len += put_number(out + len, 0, 64 + i);
		out[len++] = 0;
	}
	return len;
}

/* Every key that a body may have, of a type that none of them has: each is
 * told of, as far as there is room, and nothing else is believed. */
static void test_all_keys_are_wrong_at_once(void **state)
{
	uint8_t body[256] = {0xb8, VKEY_LAST};
	struct vrecord r;
	size_t len = 2;

	(void)state;
	for (unsigned key = 1; key <= VKEY_LAST; key++) {
		if (key >= 24)
			body[len++] = 0x18;
		body[len++] = (uint8_t)key;
		body[len++] = 0x81; /* an array of one array of nothing */
		body[len++] = 0x80;
	}
	assert_true(vrecord_read(body, len, &r));
	assert_int_equal(r.faults, VRECORD_FAULTS);
	assert_true(r.has == 0);
	for (size_t i = 0; i < r.faults; i++)
		assert_int_equal(r.fault[i].check, 3);
}

/* The head of the map that people sign is as long as its pairs need. */
static void test_what_people_sign_has_a_head_of_its_own_length(void **state)
{
	static const unsigned counts[] = {1, 22, 23, 24, 254, 255, 256, 300};
	static uint8_t body[VRECORD_BODY_MAX];
	static uint8_t rest[VRECORD_BODY_MAX];
	uint8_t want[VRECORD_HASH];
	uint8_t got[VRECORD_HASH];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		size_t len;
		size_t n;
		struct vrecord r;

		/* n pairs of anybody's, in rest; in body key 18 before them. */
		n = put_pairs(rest, counts[i], false);
		len = put_pairs(body, counts[i], true);
		assert_true(vrecord_read(body, len, &r));
		vrecord_act_digest(&r, body, len, got);
		crypto_sha256(rest, n, want);
		assert_memory_equal(got, want, sizeof(got));
		/* Where nobody signed it is all of it. */
		assert_true(vrecord_read(rest, n, &r));
		vrecord_act_digest(&r, rest, n, got);
		assert_memory_equal(got, want, sizeof(got));
	}
}

static void test_a_body_of_4097_bytes_is_not_read(void **state)
{
	static uint8_t body[VRECORD_BODY_MAX + 1] = {0xa1, 0x18, 0x40, 0x59,
		0x0f, 0xfb};
	struct vrecord r;

	(void)state;
	assert_false(vrecord_read(body, sizeof(body), &r));
	assert_int_equal(r.fault[0].check, 36);
	body[5] = 0xfa;
	assert_true(vrecord_read(body, sizeof(body) - 1, &r));
}

/* ---- paper -----------------------------------------------------------------
 */

static void test_the_golden_receipt(void **state)
{
	char qr[VECTOR_SIZE];
	char code[VPAPER_CODE_SIZE];
	uint8_t h[VRECORD_HASH];
	uint8_t pk[VRECORD_HASH];
	struct vpaper p;

	(void)state;
	vector_bytes(file, "pk", pk, sizeof(pk));
	vector_bytes(file, "h2", h, sizeof(h));
	assert_true(vpaper_read(vector_text(file, "qr", qr), &p));
	assert_int_equal(p.kind, VPAPER_RECEIPT);
	assert_int_equal(p.seq, 2);
	assert_int_equal(p.amount, 500000);
	assert_int_equal(p.period, 202611);
	assert_memory_equal(p.h, h, sizeof(p.h));
	assert_true(vpaper_signed(&p, pk));
	vpaper_code(h, code);
	assert_string_equal(code, "129S-RZCJ-BYD8-9");
	assert_true(vpaper_read("129s rzcj byd8 9", &p));
	assert_int_equal(p.kind, VPAPER_CODE);
	assert_true(p.bits == vpaper_bits(h));
}

static void test_the_golden_z_slip(void **state)
{
	static const char slips[] = "slip_vectors.txt";
	char qr[VECTOR_SIZE];
	uint8_t pk[VRECORD_HASH];
	struct vpaper p;

	(void)state;
	vector_bytes(file, "pk", pk, sizeof(pk));
	assert_true(vpaper_read(vector_text(slips, "qr", qr), &p));
	assert_int_equal(p.kind, VPAPER_SLIP);
	assert_int_equal(p.seq, 77);
	assert_int_equal(p.shift, 3);
	assert_int_equal(p.expected, 2350000);
	assert_int_equal(p.counted, 2300000);
	assert_true(p.paid_gross == UINT64_C(123456789000));
	assert_int_equal(p.void_gross, 540000);
	assert_int_equal(p.payments, 4321);
	assert_int_equal(p.voids, 2);
	assert_true(vpaper_signed(&p, pk));
	p.head[p.head_len - 1] ^= 1;
	assert_false(vpaper_signed(&p, pk));
}

/* Amount, seq and period lie in bytes 17 to 29 of the head. */
static void test_T39_a_receipt_with_one_number_changed_is_not_signed(void *
		*state)
{
	char qr[VECTOR_SIZE];
	uint8_t pk[VRECORD_HASH];
	struct vpaper p;

	(void)state;
	vector_bytes(file, "pk", pk, sizeof(pk));
	vector_text(file, "qr", qr);
	for (int at = 17; at < 30; at++) {
		assert_true(vpaper_read(qr, &p));
		p.head[at] ^= 4;
		assert_false(vpaper_signed(&p, pk));
	}
}

static struct bad_paper {
	const char *name;
	const char *text;
} bad_papers[] = {
	{"nothing", ""},
	{"a code of 12 letters", "129S-RZCJ-BYD8"},
	{"a code with its letters swapped", "129S-RZJC-BYD8-9"},
	{"a code with one letter changed", "129T-RZCJ-BYD8-9"},
	{"a code and more", "129S-RZCJ-BYD8-9A"},
	{"a QR of nothing", "CV1:"},
	{"a QR that is cut", "CV1:B90NJK.UKG.KZ8L9KLSVL2"},
	{"a QR of letters that base45 has not", "CV1:abc"},
	{"another prefix", "CV2:B90"},
};

static void check_bad_paper(void **state)
{
	const struct bad_paper *row = *state;
	struct vpaper p;

	assert_false(vpaper_read(row->text, &p));
}

static void test_every_check_has_its_sentence(void **state)
{
	(void)state;
	for (int i = 1; i <= CHECKS_LAST; i++)
		assert_true(strlen(checks_sentence(i)) > 20);
}

static void test_the_golden_records_of_approvals(void **state)
{
	static const char *const names[] = {"START", "USER", "UNTIL", "CARD",
		"REVLIST", "APPROVE"};
	static struct vrecord r;
	uint8_t body[VRECORD_BODY_MAX];
	uint8_t digest[VRECORD_HASH];
	uint8_t pk[VRECORD_HASH];
	char key[32];
	size_t len;

	(void)state;
	vector_bytes("approval_vectors.txt", "pk", pk, sizeof(pk));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(key, sizeof(key), "rec_%s", names[i]);
		len = vector_bytes("approval_vectors.txt", key, body,
			sizeof(body));
		assert_true(vrecord_read(body, len, &r));
		assert_int_equal(r.faults, 0);
		if (!vrecord_has(&r, VKEY_ASIG))
			continue;
		vrecord_act_digest(&r, body, len, digest);
		assert_true(vchain_acted(digest, pk, r.asig));
	}
	assert_int_equal(r.res, VKIND_VOID);
	assert_int_equal(r.amt, 1080000);
}

/* A file of golden records: each follows the one before and is signed. */
struct golden {
	const char *in;
	uint8_t pk[VRECORD_HASH];
	uint8_t h[VRECORD_HASH];
};

static void golden_begin(struct golden *g, const char *in)
{
	uint8_t dev[VRECORD_ID];

	g->in = in;
	vector_bytes(in, "dev", dev, sizeof(dev));
	vector_bytes(in, "pk", g->pk, sizeof(g->pk));
	vchain_begin(dev, g->pk, g->h);
}

static void golden_next(struct golden *g, const char *name, struct vrecord *r)
{
	uint8_t body[VRECORD_BODY_MAX];
	uint8_t want[VRECORD_HASH];
	uint8_t sig[VRECORD_SIG];
	char key[32];
	size_t len;

	snprintf(key, sizeof(key), "rec_%s", name);
	len = vector_bytes(g->in, key, body, sizeof(body));
	vchain_next(g->h, body, len, g->h);
	snprintf(key, sizeof(key), "h_%s", name);
	vector_bytes(g->in, key, want, sizeof(want));
	assert_memory_equal(g->h, want, sizeof(g->h));
	snprintf(key, sizeof(key), "sig_%s", name);
	vector_bytes(g->in, key, sig, sizeof(sig));
	assert_true(vchain_signed(g->h, g->pk, sig));
	assert_true(vrecord_read(body, len, r));
	assert_int_equal(r->faults, 0);
}

static void test_the_golden_records_of_banknotes(void **state)
{
	static const struct {
		const char *name;
		int64_t counted; /* -1: key 26 is not there */
	} row[] = {{"START", -1}, {"REVIEW", -1}, {"PAY", 540000},
		{"HANDED", 540000}, {"PAY_UNSAID", -1},
		{"HANDED_UNCOUNTED", 0}};
	static struct vrecord r;
	struct golden g;

	(void)state;
	golden_begin(&g, "notes_vectors.txt");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		golden_next(&g, row[i].name, &r);
		assert_int_equal(vrecord_has(&r, VKEY_CNT),
			row[i].counted >= 0);
		if (row[i].counted >= 0)
			assert_int_equal(r.counted, row[i].counted);
		assert_int_equal(vrecord_has(&r, VKEY_RSN),
			r.kind == VKIND_REVIEW);
	}
}

/* The same, of consents and requests; the audit asks for more (V41). */
static void test_the_golden_records_of_consents(void **state)
{
	static const struct {
		const char *name;
		uint64_t asked;
		uint64_t yes;
		uint64_t expires;
	} row[] = {{"START", 0, 0, 0}, {"CONSENT", 15, 5, 20281231},
		{"CONSENT_AGAIN", 15, 15, 0}, {"CONSENT_WITHDRAWN", 15, 1, 0},
		{"CONSENT_REFUSED", 0, 0, 0}, {"VIEW_ASKED", 0, 0, 0},
		{"VIEW_LONGER", 0, 0, 0}, {"VIEW_DONE", 0, 0, 0}};
	static struct vrecord r;
	struct golden g;

	(void)state;
	golden_begin(&g, "consent_vectors.txt");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		golden_next(&g, row[i].name, &r);
		assert_int_equal(r.asked, row[i].asked);
		assert_int_equal(r.yes, row[i].yes);
		assert_int_equal(r.expires, row[i].expires);
		assert_int_equal(r.notice[0] != '\0',
			vrecord_has(&r, VKEY_NOTICE));
	}
}

/* The same, of visits (V42). */
static void test_the_golden_records_of_visits(void **state)
{
	static const struct {
		const char *name;
		uint64_t next;
		size_t mades;
	} row[] = {{"START", 0, 0}, {"VISIT_ABSENT", 20250111, 0},
		{"NOT_PAID", 0, 0}, {"VISIT_DIED", 0, 1},
		{"VISIT_AGREED", 0, 0}, {"VISIT_NO_CARD", 20250702, 0}};
	static struct vrecord r;
	struct golden g;

	(void)state;
	golden_begin(&g, "visit_vectors.txt");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		golden_next(&g, row[i].name, &r);
		assert_int_equal(r.next_day, row[i].next);
		assert_int_equal(r.mades, row[i].mades);
	}
	assert_int_equal(vrecord_has(&r, VKEY_RSN), true);
	assert_int_equal(r.rsn, 30);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(bad_papers) + 14] = {
		cmocka_unit_test(test_the_golden_records_of_banknotes),
		cmocka_unit_test(test_the_golden_records_of_consents),
		cmocka_unit_test(test_the_golden_records_of_visits),
		cmocka_unit_test(test_the_chain_of_the_golden_vectors),
		cmocka_unit_test(test_the_fields_of_a_golden_payment),
		cmocka_unit_test(
			test_what_people_sign_is_the_body_without_keys_18_and_19),
		cmocka_unit_test(test_a_body_of_4097_bytes_is_not_read),
		cmocka_unit_test(test_all_keys_are_wrong_at_once),
		cmocka_unit_test(
			test_what_people_sign_has_a_head_of_its_own_length),
		cmocka_unit_test(test_the_golden_receipt),
		cmocka_unit_test(test_the_golden_z_slip),
		cmocka_unit_test(
			test_T39_a_receipt_with_one_number_changed_is_not_signed),
		cmocka_unit_test(test_every_check_has_its_sentence),
		cmocka_unit_test(test_the_golden_records_of_approvals),
	};
	size_t n = 14;
	struct err err;

	if (!crypto_start(&err))
		return 1;
	UNIT_ADD_ROWS(tests, &n, rows, check_row);
	UNIT_ADD_ROWS(tests, &n, bad_papers, check_bad_paper);
	return cmocka_run_group_tests_name("vrecord", tests, NULL, NULL);
}
