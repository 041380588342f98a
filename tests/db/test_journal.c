/* The book: golden vectors, every kind of record, and what thieves try. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/journal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/vectors.h"

static const char file[] = "journal_vectors.txt";

static struct record sample(uint64_t seq)
{
	struct record r = {.seq = seq, .tq = 1, .t = 1736000000000};

	vector_bytes(file, "dev", r.dev, sizeof(r.dev));
	for (int i = 0; i < 8; i++)
		r.boot[i] = (uint8_t)(i + 1);
	for (int key = KEY_V; key <= KEY_TOT; key++)
		r.has |= RECORD_HAS(key);
	return r;
}

/* The fields of the two samples, as their bytes say. */
static struct record sample1(void)
{
	struct record r = sample(1);

	r.kind = JOURNAL_START;
	r.t = UINT64_C(0x1a194ba4dc0);
	r.mono = 5000;
	r.has &= ~RECORD_HAS(KEY_SHIFT);
	return r;
}

static struct record sample2(void)
{
	struct record r = sample(2);

	r.kind = JOURNAL_PAY;
	r.t = UINT64_C(0x1a194bb3c08);
	r.mono = 66000;
	r.actor = 0x412;
	r.shift = 1;
	r.tot = (struct journal_totals){.paid_gross = 500000, .payments = 1};
	r.amount = 500000;
	r.period = 202611;
	for (int i = 0; i < ENT_SIZE; i++)
		r.ent[i] = (uint8_t)(0x10 + i);
	memset(r.pdc, 0x5a, sizeof(r.pdc));
	r.has |= RECORD_HAS(KEY_AMT) | RECORD_HAS(KEY_PER) |
		 RECORD_HAS(KEY_ENT) | RECORD_HAS(KEY_PDC);
	return r;
}

/* What an export of the journal of those two would leave behind. */
static struct record sample3(void)
{
	struct record r = sample2();

	r.seq = 3;
	r.kind = JOURNAL_EXPORT;
	r.t += 60000;
	r.mono += 60000;
	for (size_t i = 0; i < sizeof(r.rsum); i++)
		r.rsum[i] = (uint8_t)(0xc0 + i);
	r.result = 1;
	r.has &= ~(RECORD_HAS(KEY_AMT) | RECORD_HAS(KEY_PER) |
		   RECORD_HAS(KEY_ENT) | RECORD_HAS(KEY_PDC));
	r.has |= RECORD_HAS(KEY_RSUM) | RECORD_HAS(KEY_RES);
	return r;
}

/* The hash of personal data, as journal.c makes it of what is sealed. */
static void commit_to(struct record *r, const char *salt_name,
	const struct person *p, const struct pay_request *request,
	const char *date, const char *pd_name)
{
	uint8_t salt[CRYPTO_HASH_SIZE];
	uint8_t wanted[PAYOUT_PD_SIZE];
	uint8_t pd[PAYOUT_PD_SIZE];
	const size_t len = payouts_pd(p, request, date, pd);
	struct crypto_hash h;

	assert_int_equal(vector_bytes(file, pd_name, wanted, sizeof(wanted)),
		len);
	assert_memory_equal(pd, wanted, len);
	vector_bytes(file, salt_name, salt, sizeof(salt));
	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRPDC1", 8);
	crypto_hash_add(&h, salt, sizeof(salt));
	crypto_hash_add(&h, pd, len);
	crypto_hash_end(&h, r->pdc);
}

/* The bank: the account bears another name. */
static struct record sample4(void)
{
	static const struct person p = {.unit_code = "U1",
		.beneficiary_id = "P1",
		.id12 = "025145000112",
		.name = "Nguyễn Thị Thử",
		.birth = {1945, 9, 2}};
	static const struct pay_request answer = {.payee_name =
							  "NGUYEN THI THU",
		.payee_paper = "970405 2700123456"};
	struct record r = sample3();

	r.seq = 4;
	r.kind = JOURNAL_ACCOUNT_STATE;
	r.t += 60000;
	r.mono += 60000;
	r.actor = 1;
	r.period = 0;
	r.result = ACCOUNT_NAME_DIFFERS;
	r.has &= ~RECORD_HAS(KEY_RSUM);
	r.has |= RECORD_HAS(KEY_PDC);
	commit_to(&r, "salt4", &p, &answer, "2026-11-30", "pd4");
	return r;
}

/* Somebody left, since he died. */
static struct record sample5(void)
{
	static const struct person p = {.unit_code = "U1",
		.beneficiary_id = "P2",
		.id12 = "025145004578",
		.name = "Lê Bình",
		.birth = {1950, 0, 0}};
	struct record r = sample4();

	r.seq = 5;
	r.kind = JOURNAL_CHANGE;
	r.t += 60000;
	r.mono += 60000;
	r.period = 202612;
	r.reason = CHANGE_DIED;
	r.result = CHANGE_LEFT;
	r.has |= RECORD_HAS(KEY_PER) | RECORD_HAS(KEY_RSN);
	commit_to(&r, "salt5", &p, NULL, "2026-11-05", "pd5");
	return r;
}

/* By hand, an hour before; sheet 000123 of the pad. */
static struct record sample6(void)
{
	struct record r = sample2();

	r.seq = 6;
	r.t += 240000;
	r.mono += 240000;
	r.actor = 7;
	r.tot = (struct journal_totals){.paid_gross = 1040000, .payments = 2};
	r.amount = 540000;
	r.period = 202612;
	memset(r.asig, 0x6b, sizeof(r.asig));
	r.flags = JOURNAL_LATE | JOURNAL_HANDWRITTEN;
	r.given_at = UINT64_C(0x1a194bb3c08) - 3600000;
	memcpy(r.pad, "000123", sizeof("000123"));
	for (int i = 0; i < ENT_SIZE; i++)
		r.item[0].ent[i] = (uint8_t)(0x30 + i);
	r.item[0].period = 202612;
	r.item[0].what = ENT_MONTH;
	r.item[0].amount = 540000;
	r.items = 1;
	r.who = PAYEE_SELF;
	r.has &= ~RECORD_HAS(KEY_ENT);
	r.has |= RECORD_HAS(KEY_ASIG) | RECORD_HAS(KEY_FL) |
		 RECORD_HAS(KEY_TEV) | RECORD_HAS(KEY_PAD) |
		 RECORD_HAS(KEY_ITEMS) | RECORD_HAS(KEY_WHO);
	return r;
}

/* Cash is back; what refers to what is not the matter here. */
static struct record sample7(void)
{
	struct record r = sample6();

	r.seq = 7;
	r.kind = JOURNAL_VOID_RETURNED;
	r.t += 60000;
	r.mono += 60000;
	r.ref = 6;
	memset(r.asig, 0x6c, sizeof(r.asig));
	r.has &= ~(RECORD_HAS(KEY_PER) | RECORD_HAS(KEY_PDC) |
		   RECORD_HAS(KEY_FL) | RECORD_HAS(KEY_TEV) |
		   RECORD_HAS(KEY_PAD) | RECORD_HAS(KEY_ITEMS) |
		   RECORD_HAS(KEY_WHO));
	r.has |= RECORD_HAS(KEY_REF);
	return r;
}

/* A supervisor raises a limit of the point. */
static struct record sample8(void)
{
	static const char line[] = "limit single 20000000";
	struct record r = sample7();

	r.seq = 8;
	r.kind = JOURNAL_CONFIG;
	r.t += 60000;
	r.mono += 60000;
	r.actor = 1;
	memset(r.asig, 0x6d, sizeof(r.asig));
	memcpy(r.line, line, sizeof(line));
	crypto_sha256("limit single 20000000\n", sizeof(line), r.rsum);
	r.has &= ~(RECORD_HAS(KEY_REF) | RECORD_HAS(KEY_AMT));
	r.has |= RECORD_HAS(KEY_RSUM) | RECORD_HAS(KEY_LINE);
	return r;
}

static void assert_vector(const char *name, const void *bytes, size_t len)
{
	uint8_t wanted[512];

	assert_int_equal(vector_bytes(file, name, wanted, sizeof(wanted)), len);
	assert_memory_equal(bytes, wanted, len);
}

static void the_golden_records(void **state)
{
	const struct record record[] = {sample1(), sample2(), sample3(),
		sample4(), sample5(), sample6(), sample7(), sample8()};
	static const char *const rec[] = {"rec1", "rec2", "rec3", "rec4",
		"rec5", "rec6", "rec7", "rec8"};
	static const char *const hash[] = {"h1", "h2", "h3", "h4", "h5", "h6",
		"h7", "h8"};
	static const char *const sigs[] = {"sig1", "sig2", "sig3", "sig4",
		"sig5", "sig6", "sig7", "sig8"};
	uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t h[CRYPTO_HASH_SIZE];
	struct crypto_pair key;
	struct seal seal;

	(void)state;
	vector_bytes(file, "seed", seed, sizeof(seed));
	crypto_pair_from_seed(seed, &key);
	assert_vector("pk", key.public, sizeof(key.public));
	chain_genesis(record[0].dev, key.public, h);
	assert_vector("h0", h, sizeof(h));
	for (size_t i = 0; i < COUNT_OF(record); i++) {
		uint8_t body[512];
		uint8_t sig[CRYPTO_SIG_SIZE];
		struct buf b;

		buf_init(&b, body, sizeof(body));
		record_encode(&record[i], &b);
		assert_vector(rec[i], body, b.len);
		chain_next(h, body, b.len, h);
		assert_vector(hash[i], h, sizeof(h));
		chain_sign(h, key.secret, sig);
		assert_vector(sigs[i], sig, sizeof(sig));
		assert_true(chain_verify(h, key.public, sig));
	}
	vector_bytes(file, "h2", h, sizeof(h));
	chain_seal(&record[1], h, &seal);
	chain_sign_receipt(&seal, key.secret);
	assert_vector("rsig", seal.sig, sizeof(seal.sig));
}

/* Of those that leave no key out: what the bytes say, read back. */
static void the_golden_records_are_read(void **state)
{
	const struct record wanted[] = {sample4(), sample5(), sample6(),
		sample7(), sample8()};
	static const char *const rec[] = {"rec4", "rec5", "rec6", "rec7",
		"rec8"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rec); i++) {
		const char *finding = "";
		uint8_t body[512];
		struct record r;
		const size_t len =
			vector_bytes(file, rec[i], body, sizeof(body));

		if (!record_decode(body, len, &r, &finding))
			fail_msg("%s: %s", rec[i], finding);
		assert_int_equal(r.kind, wanted[i].kind);
		assert_int_equal(r.seq, wanted[i].seq);
		if (r.has & RECORD_HAS(KEY_RES))
			assert_int_equal(r.result, wanted[i].result);
		if (r.has & RECORD_HAS(KEY_RSN))
			assert_int_equal(r.reason, wanted[i].reason);
		if (r.has & RECORD_HAS(KEY_PER))
			assert_int_equal(r.period, wanted[i].period);
		assert_true(r.has == wanted[i].has);
		if (r.has & RECORD_HAS(KEY_PDC))
			assert_memory_equal(r.pdc, wanted[i].pdc,
				sizeof(r.pdc));
		if (r.has & RECORD_HAS(KEY_PAD)) {
			assert_string_equal(r.pad, wanted[i].pad);
			assert_int_equal(r.given_at, wanted[i].given_at);
		}
		if (r.has & RECORD_HAS(KEY_LINE))
			assert_string_equal(r.line, wanted[i].line);
		/* Not a byte less. */
		assert_false(record_decode(body, len - 1, &r, &finding));
	}
}

/* ---- a day in which everything happens --------------------------------- */

static void answer_open(struct bookstore *b, uint64_t seq, bool handed,
	const struct session *by)
{
	struct payout out;
	struct refusal why;
	struct err err = {0};

	if (handed)
		bookstore_hand(b, seq);
	else if (payouts_not_handed(b->db, &b->lan, seq, by, &out, &why,
			 &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
}

static void move_cash(struct bookstore *b)
{
	const struct notes some = {.pieces = {2, 0, 3}};
	struct shift shift;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_top_up(b->db, &b->lan, &some, &shift, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(shifts_drop(b->db, &b->lan, &some, &shift, &why, &err),
		VERDICT_DONE);
}

static void print_it(struct bookstore *b, uint64_t seq)
{
	struct refusal why;
	struct err err;
	bool first;
	int copy;

	assert_true(payouts_print_begin(b->db, seq, &first, &err));
	assert_true(payouts_print_result(b->db, &b->lan, seq, PRINT_PRINTED,
		&err));
	assert_int_equal(payouts_reprint(b->db, &b->lan, seq, 1, &copy, &why,
				 &err),
		VERDICT_DONE);
}

static void import_and_fail(struct bookstore *b)
{
	const uint8_t sum[CRYPTO_HASH_SIZE] = {7};
	const struct journal_entry entry = {.kind = JOURNAL_IMPORT,
		.actor = 1,
		.rsum = sum};
	struct sign_in_result result;
	struct session s;
	struct err err;

	assert_true(journal_append(b->db, &entry, NULL, &err));
	assert_int_equal(users_sign_in(b->db, 8, "999111", &s, &result, &err),
		SIGN_IN_WRONG_PIN);
	s = b->ky;
	assert_true(users_sign_out(b->db, &s, &err));
}

static void close_short(struct bookstore *b)
{
	const struct notes counted = {.pieces = {1}};
	struct shift_slip slip;
	struct refusal why;
	struct err err = {0};

	if (shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_UNKNOWN,
		    &b->hoa, &slip, &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
}

static void person_is_absent(struct bookstore *b)
{
	struct refusal why;
	struct err err;

	assert_int_equal(payouts_not_paid(b->db, &b->lan, 4, NOT_PAID_ABSENT,
				 (struct date){0}, &why, &err),
		VERDICT_DONE);
}

/* Paid by hand, entered, and taken back. */
static void sheet_and_back(struct bookstore *b, int64_t person)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.pad = "000123",
		.given_at = clock_wall_ms() - 3600000};
	struct void_request back = {.reason = VOID_RECEIPT_BACK,
		.paper = "000123",
		.by = &b->hoa};
	struct refusal why;
	struct payout p;
	struct err err;

	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_DONE);
	back.seq = p.seq;
	assert_int_equal(payouts_void(b->db, &b->lan, &back, &p, &why, &err),
		VERDICT_DONE);
}

/* Two shifts; in the second one payout handed and one open. */
static void live_a_day(struct bookstore *b)
{
	struct pay_request r = {.person = 2,
		.payee = PAYEE_SELF,
		.review = REVIEW_NAME_MARKS};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	for (int64_t id = 1; id <= 6; id++)
		bookstore_due(b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(b, 20);
	import_and_fail(b);
	move_cash(b);
	bookstore_pay(b, 1, &p);
	print_it(b, p.seq);
	answer_open(b, p.seq, true, NULL);
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_DONE);
	answer_open(b, p.seq, false, &b->hoa);
	bookstore_pay(b, 2, &p);
	assert_int_equal(payouts_recover(b->db, &b->lan, true, NULL, &p, &why,
				 &err),
		VERDICT_DONE);
	person_is_absent(b);
	close_short(b);
	bookstore_shift(b, 20);
	clock_freeze_wall(clock_wall_ms() - 1000);
	bookstore_pay(b, 3, &p);
	clock_freeze_wall(-1);
	answer_open(b, p.seq, true, NULL);
	sheet_and_back(b, 6);
	bookstore_pay(b, 5, &p);
}

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	live_a_day(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static struct record read_record(struct bookstore *b, uint64_t seq)
{
	struct journal_row row;
	struct record r;
	const char *finding = "not there";
	struct err err;

	if (journal_row(b->db, seq, &row, &err) != LOOKUP_FOUND ||
		!record_decode(row.body, row.len, &r, &finding))
		fail_msg("record %d: %s", (int)seq, finding);
	return r;
}

static uint64_t last(struct bookstore *b)
{
	return (uint64_t)bookstore_number(b, "SELECT max(seq) FROM journal");
}

/* The first record of a kind. */
static uint64_t first_of(struct bookstore *b, enum journal_kind kind)
{
	for (uint64_t seq = 1; seq <= last(b); seq++)
		if (read_record(b, seq).kind == kind)
			return seq;
	fail_msg("no record of kind %d", (int)kind);
	return 0;
}

static void every_kind_is_written_and_verifies(void **state)
{
	static const enum journal_kind kinds[] = {JOURNAL_START,
		JOURNAL_KEYROLL, JOURNAL_OPEN, JOURNAL_CLOSE, JOURNAL_LOGIN,
		JOURNAL_LOGOUT, JOURNAL_LOGIN_FAIL, JOURNAL_CLOCK, JOURNAL_PAY,
		JOURNAL_PRINT, JOURNAL_HANDED, JOURNAL_VOID, JOURNAL_REPRINT,
		JOURNAL_VOID_RETURNED, JOURNAL_FLOAT_IN, JOURNAL_FLOAT_OUT,
		JOURNAL_COUNT, JOURNAL_OVER_SHORT, JOURNAL_REVIEW,
		JOURNAL_NOT_PAID, JOURNAL_IMPORT, JOURNAL_CONFIG,
		JOURNAL_RECOVERY};
	struct bookstore *b = *state;
	struct journal_report report;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		assert_true(first_of(b, kinds[i]) > 0);
	assert_true(journal_verify(b->db, 1, &report, &err));
	assert_string_equal(report.finding, "");
	assert_int_equal(report.records, last(b));
	assert_true(journal_verify(b->db, 10, &report, &err));
	assert_string_equal(report.finding, "");
	assert_int_equal(report.records, last(b) - 9);
	bookstore_must_hold(b);
	bookstore_restart(b);
	bookstore_must_hold(b);
}

/* I10: fields to bytes to fields to the same bytes. */
static void every_body_is_what_its_fields_make(void **state)
{
	struct bookstore *b = *state;
	struct journal_row row;
	struct err err;

	for (uint64_t seq = 1; seq <= last(b); seq++) {
		const struct record r = read_record(b, seq);
		uint8_t body[4096];
		struct buf out;

		journal_row(b->db, seq, &row, &err);
		buf_init(&out, body, sizeof(body));
		record_encode(&r, &out);
		assert_int_equal(out.len, row.len);
		assert_memory_equal(body, row.body, row.len);
	}
}

static void totals_and_drawer_add_up_I1_I7(void **state)
{
	struct bookstore *b = *state;
	struct journal_head head;
	struct shift shift;
	struct err err;

	assert_true(journal_head(b->db, &head, &err));
	assert_int_equal(head.totals.paid_gross, 3000000);
	assert_int_equal(head.totals.void_gross, 1000000);
	assert_int_equal(head.totals.payments, 6);
	assert_int_equal(head.totals.voids, 2);
	assert_int_equal(head.totals.float_in, 21300000);
	assert_int_equal(head.totals.float_out, 1300000);
	assert_int_equal(head.epoch, 3);
	assert_int_equal(head.shift, 2);
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	assert_int_equal(shift.expected, 9000000);
	assert_int_equal(shift.payouts, 2);
}

static void people_sign_their_own_acts_T36(void **state)
{
	struct bookstore *b = *state;
	const struct record r = read_record(b, first_of(b, JOURNAL_VOID));
	uint8_t digest[CRYPTO_HASH_SIZE];

	record_act_digest(&r, digest);
	assert_true(crypto_verify_tagged("CHTRACT1", digest, sizeof(digest),
		b->lan.secret + 32, r.asig));
	assert_true(crypto_verify_tagged("CHTRACT1", digest, sizeof(digest),
		b->hoa.secret + 32, r.cosig));
	assert_int_equal(r.approver, 1);
	assert_false(crypto_verify_tagged("CHTRACT1", digest, sizeof(digest),
		b->minh.secret + 32, r.asig));
}

static void old_signing_keys_are_gone(void **state)
{
	struct bookstore *b = *state;
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct err err;

	assert_int_equal(bookstore_number(b,
				 "SELECT count(*) FROM epoch WHERE secret IS"
				 " NOT NULL"),
		1);
	assert_false(epoch_secret(b->db, 1, secret, &err));
	assert_false(epoch_secret(b->db, 2, secret, &err));
	assert_true(epoch_secret(b->db, 3, secret, &err));
}

/* ---- what thieves try ----------------------------------------------------- */

/* Something must be found, by a whole verification. */
static void assert_found(struct bookstore *b, const char *finding)
{
	struct journal_report report = {0};
	struct err err = {0};

	if (!journal_verify(b->db, 1, &report, &err))
		fail_msg("cannot verify: %s", err.text);
	if (!strstr(report.finding, finding) || !report.finding[0])
		fail_msg("found \"%s\", not \"%s\"", report.finding, finding);
	assert_false(db_check(b->db, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

/* And the next start must refuse, saying so. */
static void assert_no_start(struct bookstore *b, const char *finding)
{
	struct err err = {0};

	db_close(b->db);
	b->db = db_open(b->dir, &err);
	if (b->db)
		fail_msg("it opens");
	assert_int_equal(err.code, ERR_CORRUPT);
	if (!strstr(err.text, finding))
		fail_msg("\"%s\" is not \"%s\"", err.text, finding);
}

/* SQL by printf is fine where there is nothing but numbers. */
static void tamper(struct bookstore *b, const char *fmt, uint64_t seq)
{
	char sql[512];
	char number[24];
	const char *at = strchr(fmt, '@');
	size_t len = 0;

	snprintf(number, sizeof(number), "%llu", (unsigned long long)seq);
	for (; at; fmt = at + 1, at = strchr(fmt, '@'))
		len += (size_t)snprintf(sql + len, sizeof(sql) - len, "%.*s%s",
			(int)(at - fmt), fmt, number);
	snprintf(sql + len, sizeof(sql) - len, "%s", fmt);
	bookstore_tamper(b, sql);
}

static void write_blob(struct bookstore *b, const char *column, uint64_t seq,
	const void *bytes, size_t len)
{
	char sql[2 * 4096 + 128];
	char hex[2 * 4096 + 1];

	str_to_hex(bytes, len, hex);
	snprintf(sql, sizeof(sql),
		"UPDATE journal SET %s = x'%s' WHERE seq = %llu", column, hex,
		(unsigned long long)seq);
	bookstore_tamper(b, sql);
}

/* T20, every byte: each flipped bit of a body is found. */
static void T20_any_flipped_bit_of_a_body_is_found(void **state)
{
	struct bookstore *b = *state;
	const uint64_t seq = first_of(b, JOURNAL_PAY);
	struct journal_report report;
	struct journal_row row;
	struct err err;

	journal_row(b->db, seq, &row, &err);
	bookstore_sql(b, "BEGIN");
	for (size_t i = 0; i < row.len; i++) {
		row.body[i] ^= (uint8_t)(1 << (i % 8));
		write_blob(b, "body", seq, row.body, row.len);
		row.body[i] ^= (uint8_t)(1 << (i % 8));
		assert_true(journal_verify(b->db, 1, &report, &err));
		assert_int_equal(report.bad_seq, seq);
	}
	bookstore_sql(b, "ROLLBACK");
}

static void flipped(struct bookstore *b, const char *column, uint8_t *bytes,
	uint64_t seq, const char *finding)
{
	bytes[13] ^= 4;
	write_blob(b, column, seq, bytes, column[0] == 'h' ? 32 : 64);
	assert_found(b, finding);
	bytes[13] ^= 4;
	write_blob(b, column, seq, bytes, column[0] == 'h' ? 32 : 64);
	bookstore_must_hold(b);
}

static void T20_flipped_hashes_and_signatures_are_found(void **state)
{
	struct bookstore *b = *state;
	const uint64_t seq = first_of(b, JOURNAL_PAY);
	struct journal_row row;
	struct err err;

	journal_row(b->db, seq, &row, &err);
	flipped(b, "h", row.h, seq, "hash");
	flipped(b, "sig", row.sig, seq, "signature");
	flipped(b, "rsig", row.rsig, seq, "receipt");
	journal_row(b->db, first_of(b, JOURNAL_CLOSE), &row, &err);
	flipped(b, "rsig", row.rsig, row.seq, "Z slip");
}

static const struct trick {
	const char *name;
	enum journal_kind at; /* @: the first record of this kind */
	const char *sql;
	const char *finding;
} tricks[] = {
	{"T21_delete_a_record", JOURNAL_PAY,
		"DELETE FROM journal WHERE seq = @", "not dense"},
	{"T22_swap_two_records", JOURNAL_PAY,
		"UPDATE journal SET seq = -1 WHERE seq = @;"
		"UPDATE journal SET seq = @ WHERE seq = @ + 1;"
		"UPDATE journal SET seq = @ + 1 WHERE seq = -1",
		"not dense"},
	{"T26_strip_a_signature", JOURNAL_PAY,
		"UPDATE journal SET sig = zeroblob(64) WHERE seq = @",
		"signature"},
	{"T26_strip_a_receipt", JOURNAL_PAY,
		"UPDATE journal SET rsig = NULL WHERE seq = @", "receipt"},
	{"T26_strip_a_slip", JOURNAL_CLOSE,
		"UPDATE journal SET rsig = NULL WHERE seq = @", "Z slip"},
	{"T37_drop_the_keyroll", JOURNAL_KEYROLL,
		"DELETE FROM journal WHERE seq = @", "not dense"},
	{"T38_totals_of_state", JOURNAL_PAY,
		"UPDATE state SET tot = CAST(substr(tot, 1, 7) || x'01'"
		" || substr(tot, 9) AS BLOB)",
		"totals"},
	{"T33_forget_a_payment", JOURNAL_PAY, "DELETE FROM paid WHERE seq = @",
		"too many or too few"},
	{"T33_call_it_voided", JOURNAL_PAY,
		"UPDATE paid SET state = 4 WHERE seq = @", "paid"},
	{"T33_trade_it_for_another", JOURNAL_PAY,
		"UPDATE paid SET ent = randomblob(16) WHERE seq = @", "paid"},
	{"payout_made_unpaid", JOURNAL_PAY, "DELETE FROM payout WHERE seq = @",
		"disagree"},
	{"payout_called_voided", JOURNAL_PAY,
		"UPDATE payout SET state = 4 WHERE seq = @", "disagree"},
	{"drawer_made_fuller", JOURNAL_PAY,
		"UPDATE shift SET tot = zeroblob(48) WHERE close_seq IS NULL",
		"shift"},
	{"shift_of_state", JOURNAL_PAY, "UPDATE state SET shift = 9", "shift"},
};

static void tricks_with_the_tables_are_found(void **state)
{
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(tricks); i++) {
		print_message("    %s\n", tricks[i].name);
		bookstore_sql(b, "BEGIN");
		tamper(b, tricks[i].sql, first_of(b, tricks[i].at));
		assert_found(b, tricks[i].finding);
		bookstore_sql(b, "ROLLBACK");
		bookstore_must_hold(b);
	}
}

/* What a start finds, however old the records are: a mark vouches. */
static const struct start_trick {
	const char *name;
	const char *sql;
	const char *finding;
} start_tricks[] = {
	{"T32_totals_edited", "UPDATE state SET tot = zeroblob(48)", "totals"},
	{"T33_payment_forgotten",
		"DELETE FROM paid WHERE seq = (SELECT min(seq) FROM paid)",
		"paid was altered"},
	{"T33_payment_called_voided",
		"UPDATE paid SET state = 4 WHERE seq ="
		" (SELECT min(seq) FROM paid)",
		"paid was altered"},
	{"T33_a_payment_too_many",
		"INSERT INTO paid VALUES (zeroblob(16), 9, 3)",
		"paid was altered"},
	{"T27_the_tail_cut_off",
		"DELETE FROM journal WHERE seq = (SELECT max(seq) FROM "
		"journal);"
		"UPDATE state SET last_seq = (SELECT max(seq) FROM journal),"
		" head = (SELECT h FROM journal ORDER BY seq DESC LIMIT 1)",
		"last record"},
	{"the_mark_forged", "UPDATE mark SET locked = randomblob(248)",
		"forged"},
	{"the_mark_of_nothing", "DELETE FROM mark; DELETE FROM paid", "paid"},
	{"the_device_exchanged", "UPDATE device SET public = randomblob(32)",
		"device.key"},
	{"T35_a_trigger_more",
		"CREATE TRIGGER x AFTER INSERT ON paid BEGIN"
		" DELETE FROM paid; END",
		"schema"},
	{"T35_a_view_more", "CREATE VIEW v AS SELECT * FROM user", "schema"},
	{"T35_a_table_more", "CREATE TABLE t (a)", "schema"},
	{"T35_an_index_less", "DROP INDEX payout_open", "schema"},
	{"T35_a_trigger_less", "DROP TRIGGER journal_nu", "schema"},
	{"a_newer_program", "PRAGMA user_version = 99", "schema"},
};

static void tamper_then_start(struct bookstore *b, const struct start_trick *t)
{
	/* After an orderly close: the mark stands at the end. */
	bookstore_restart(b);
	if (strstr(t->sql, "journal_nu"))
		bookstore_sql(b, t->sql);
	else
		bookstore_tamper(b, t->sql);
	assert_no_start(b, t->finding);
}

static int start_trick_setup(void **state)
{
	const struct start_trick *t = *state;
	struct bookstore *b = calloc(1, sizeof(*b));

	bookstore_make(b);
	live_a_day(b);
	tamper_then_start(b, t);
	bookstore_remove(b);
	free(b);
	return 0;
}

static void start_refuses(void **state)
{
	start_trick_setup(state);
}

/* A crash leaves a tail after the mark: that is verified too. */
static void a_tail_is_verified_at_the_next_start(void **state)
{
	struct bookstore *b = *state;
	struct journal_row row;
	struct err err;

	journal_row(b->db, last(b), &row, &err);
	row.body[row.len - 1] ^= 1;
	write_blob(b, "body", row.seq, row.body, row.len);
	assert_no_start(b, "record");
}

/* An edit of what was verified long ago costs the next shift. */
static void an_old_edit_stops_the_next_shift(void **state)
{
	struct bookstore *b = *state;
	const uint64_t seq = first_of(b, JOURNAL_LOGIN);
	const struct notes none = {0};
	struct journal_row row;
	struct shift_slip slip;
	struct shift shift;
	struct refusal why;
	struct payout open;
	struct err err = {0};

	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	bookstore_hand(b, open.seq);
	shifts_close(b->db, &b->lan, &none, SHIFT_REASON_OTHER, &b->hoa, &slip,
		&why, &err);
	bookstore_restart(b);
	journal_row(b->db, seq, &row, &err);
	row.body[40] ^= 1;
	write_blob(b, "body", seq, row.body, row.len);
	bookstore_restart(b);
	assert_int_equal(shifts_open(b->db, &b->lan, &none, &shift, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
}

/* Sign body with the key in force and put it at the end, as if written. */
static void forge(struct bookstore *b, const struct record *r, bool right_key)
{
	struct journal_row before;
	struct crypto_pair other;
	uint8_t secret[CRYPTO_SECRET_SIZE];
	uint8_t body[4096];
	uint8_t sig[CRYPTO_SIG_SIZE];
	uint8_t h[CRYPTO_HASH_SIZE];
	struct seal receipt;
	struct zseal slip;
	struct err err;
	struct buf out;

	journal_row(b->db, r->seq - 1, &before, &err);
	buf_init(&out, body, sizeof(body));
	record_encode(r, &out);
	chain_next(before.h, body, out.len, h);
	assert_true(epoch_secret(b->db, 3, secret, &err));
	crypto_pair_new(&other);
	chain_sign(h, right_key ? secret : other.secret, sig);
	tamper(b,
		"INSERT OR IGNORE INTO journal VALUES (@, x'00', zeroblob(32),"
		" zeroblob(64), NULL)",
		r->seq);
	write_blob(b, "body", r->seq, body, out.len);
	write_blob(b, "h", r->seq, h, sizeof(h));
	write_blob(b, "sig", r->seq, sig, sizeof(sig));
	if (r->kind == JOURNAL_CLOSE) {
		chain_zseal(r, h, &slip);
		chain_sign_slip(&slip, secret);
		write_blob(b, "rsig", r->seq, slip.sig, sizeof(slip.sig));
	}
	if (r->kind != JOURNAL_PAY)
		return;
	chain_seal(r, h, &receipt);
	chain_sign_receipt(&receipt, secret);
	write_blob(b, "rsig", r->seq, receipt.sig, sizeof(receipt.sig));
}

static void T23_a_forged_record_is_found(void **state)
{
	struct bookstore *b = *state;
	struct record r = read_record(b, first_of(b, JOURNAL_LOGIN));

	r.seq = last(b) + 1;
	r.tot = read_record(b, last(b)).tot;
	r.t = read_record(b, last(b)).t;
	r.shift = 2;
	forge(b, &r, false);
	assert_found(b, "signature");
}

/* T24, T25: rewrite an old amount and sign it with today's key. */
static void T25_an_old_record_under_todays_key_is_found(void **state)
{
	struct bookstore *b = *state;
	struct record r = read_record(b, first_of(b, JOURNAL_FLOAT_IN));

	r.amount = 1000;
	forge(b, &r, true);
	assert_found(b, "signature");
	assert_true(read_record(b, r.seq).amount == 1000);
}

/* A record like the first of its kind, but at the end of the book. */
static struct record like(struct bookstore *b, enum journal_kind kind)
{
	const struct record end = read_record(b, last(b));
	struct record r = read_record(b, first_of(b, kind));

	r.seq = end.seq + 1;
	r.tot = end.tot;
	r.t = end.t;
	r.shift = end.shift;
	record_count(&r, &r.tot);
	return r;
}

/* V09: a KEYROLL that the store itself made, and no OPEN after it. */
static void T37_a_keyroll_alone_is_found(void **state)
{
	struct bookstore *b = *state;
	const struct journal_entry entry = {.kind = JOURNAL_LOGIN, .actor = 7};
	struct err err;

	assert_true(journal_roll_key(b->db, 7, 3, &err));
	assert_true(journal_append(b->db, &entry, NULL, &err));
	assert_found(b, "KEYROLL without an OPEN");
}

/* What could not be read again is not written in the first place. */
static void a_record_that_cannot_be_read_is_not_written(void **state)
{
	struct bookstore *b = *state;
	const struct journal_entry bad[] = {
		{.kind = JOURNAL_LOGIN, .actor = -1},
		{.kind = JOURNAL_HANDED, .actor = 7},
		{.kind = (enum journal_kind)59, .actor = 7},
		{.kind = JOURNAL_FLOAT_OUT,
			.actor = 7,
			.by = &b->lan,
			.has_amount = true,
			.amount = -1},
	};
	const uint64_t before = last(b);

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err err = {0};

		assert_false(journal_append(b->db, &bad[i], NULL, &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
	assert_int_equal(last(b), before);
	bookstore_must_hold(b);
}

/* V15: a new start of the machine shows, whatever comes first. */
static void a_new_boot_shows_as_recovery(void **state)
{
	struct bookstore *b = *state;
	const struct journal_entry login = {.kind = JOURNAL_LOGIN, .actor = 7};
	struct payout open;
	struct err err;
	uint64_t before;

	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	before = last(b);
	b->db->boot[0] ^= 1;
	bookstore_hand(b, open.seq);
	assert_int_equal(last(b), before + 2);
	assert_int_equal(read_record(b, before + 1).kind, JOURNAL_RECOVERY);
	assert_int_equal(read_record(b, before + 1).result, RECOVERY_STARTED);
	b->db->boot[0] ^= 1;
	assert_true(journal_append(b->db, &login, NULL, &err));
	assert_int_equal(last(b), before + 3);
	bookstore_must_hold(b);
}

static const struct wrong_row {
	const char *name;
	const char *finding;
} wrong_rows[] = {
	{"T38_totals_wrong_by_one", "totals"},
	{"V14_time_goes_back", "CLOCK"},
	{"V04_another_device", "another device"},
	{"V03_a_key_is_missing", "keys are not those of its kind"},
	{"V03_no_such_kind", "kind is not known"},
	{"V19_hands_what_is_not_open", "not open"},
	{"V21_refers_to_nothing", "not there"},
	{"V22_pays_twice", "paid twice"},
	{"T37_open_without_keyroll", "without a KEYROLL"},
	{"V18_moves_money_after_close", "outside of a shift"},
};

/* Even signed with the right key, a record must make sense. */
static void signed_nonsense_is_found(void **state)
{
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(wrong_rows); i++) {
		const struct record end = read_record(b, last(b));
		struct record r = read_record(b, first_of(b, JOURNAL_HANDED));

		print_message("    %s\n", wrong_rows[i].name);
		r.seq = last(b) + 1;
		r.tot = end.tot;
		r.t = end.t;
		r.shift = end.shift;
		r.ref = end.seq;
		if (i == 0)
			r.tot.payments++;
		else if (i == 1)
			r.t--;
		else if (i == 2)
			r.dev[0] ^= 1;
		else if (i == 3)
			r.has &= ~RECORD_HAS(KEY_REF);
		else if (i == 4)
			r.kind = 59;
		else if (i == 5)
			r.ref = first_of(b, JOURNAL_PAY);
		else if (i == 6)
			r.ref = r.seq + 5;
		else if (i == 7)
			r = like(b, JOURNAL_PAY);
		else if (i == 8)
			r = like(b, JOURNAL_OPEN);
		else if (i == 9)
			r = like(b, JOURNAL_CLOSE);
		bookstore_sql(b, "BEGIN");
		forge(b, &r, true);
		/* A second CLOSE after the first. */
		if (i == 9) {
			r.seq++;
			forge(b, &r, true);
		}
		assert_found(b, wrong_rows[i].finding);
		bookstore_sql(b, "ROLLBACK");
	}
}

/* T40: whatever bytes of the book are changed, it is never accepted. */
static void T40_random_edits_are_never_accepted(void **state)
{
	static const char *const columns[] = {"body", "h", "sig"};
	struct bookstore *b = *state;

	srand(40);
	for (int i = 0; i < 300; i++) {
		const uint64_t seq = 1 + (uint64_t)rand() % last(b);
		const int column = rand() % 3;
		struct journal_report report;
		struct journal_row row;
		struct err err;
		uint8_t *bytes;
		size_t len;

		journal_row(b->db, seq, &row, &err);
		bytes = column == 0 ? row.body : column == 1 ? row.h : row.sig;
		len = column == 0 ? row.len : column == 1 ? 32 : 64;
		bytes[(size_t)rand() % len] ^= (uint8_t)(1 + rand() % 255);
		bookstore_sql(b, "BEGIN");
		write_blob(b, columns[column], seq, bytes, len);
		assert_true(journal_verify(b->db, 1, &report, &err));
		if (!report.finding[0])
			fail_msg("record %d, %s", (int)seq, columns[column]);
		bookstore_sql(b, "ROLLBACK");
	}
	bookstore_must_hold(b);
}

static void the_book_cannot_be_edited_by_mistake(void **state)
{
	struct bookstore *b = *state;

	assert_int_not_equal(sqlite3_exec(b->db->handle,
				     "UPDATE journal SET body = x'00'", NULL,
				     NULL, NULL),
		SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(b->db->handle, "DELETE FROM journal",
				     NULL, NULL, NULL),
		SQLITE_OK);
}

#define DAY(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(the_golden_records),
		cmocka_unit_test(the_golden_records_are_read),
		DAY(every_kind_is_written_and_verifies),
		DAY(every_body_is_what_its_fields_make),
		DAY(totals_and_drawer_add_up_I1_I7),
		DAY(people_sign_their_own_acts_T36),
		DAY(old_signing_keys_are_gone),
		DAY(T20_any_flipped_bit_of_a_body_is_found),
		DAY(T20_flipped_hashes_and_signatures_are_found),
		DAY(tricks_with_the_tables_are_found),
		DAY(a_tail_is_verified_at_the_next_start),
		DAY(an_old_edit_stops_the_next_shift),
		DAY(T23_a_forged_record_is_found),
		DAY(T25_an_old_record_under_todays_key_is_found),
		DAY(T37_a_keyroll_alone_is_found),
		DAY(a_new_boot_shows_as_recovery),
		DAY(a_record_that_cannot_be_read_is_not_written),
		DAY(signed_nonsense_is_found),
		DAY(T40_random_edits_are_never_accepted),
		DAY(the_book_cannot_be_edited_by_mistake),
	};
	struct CMUnitTest tests[COUNT_OF(fixed) + COUNT_OF(start_tricks)];
	struct err err;

	if (!crypto_start(&err))
		return 1;
	memcpy(tests, fixed, sizeof(fixed));
	for (size_t i = 0; i < COUNT_OF(start_tricks); i++)
		tests[COUNT_OF(fixed) + i] =
			(struct CMUnitTest){.name = start_tricks[i].name,
				.test_func = start_refuses,
				.initial_state = (void *)&start_tricks[i]};
	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
