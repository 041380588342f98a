/*
 * What the centre tells: a terminal's day, and what a receipt is worth.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/seal.h"
#include "core/crypto.h"
#include "core/str.h"
#include "db/centre/daylog.h"
#include "db/centre/paper.h"
#include "db/centre/receive.h"
#include "support/bookbatch.h"
#include "support/bookgen_internal.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);

static struct {
	char dir[128];
	struct crypto_pair key;
	struct bookgen book;
	struct bookgen_sealed sealed;
	struct store *store; /* all of the book is there */
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- a centre with books ---------------------------------------------------------
 */

static struct store *open_store(void)
{
	static unsigned n;
	char name[32];
	char path[256];
	struct store *s;

	snprintf(name, sizeof(name), "%u.db", ++n);
	s = store_open(tmpdir_path(here.dir, name, path, sizeof(path)), &err);
	MUST(s != NULL);
	return s;
}

static void enrol(struct store *s, const struct bookgen *b)
{
	struct store_device d = {.state = STORE_ACTIVE,
		.enrolled = now,
		.name = "Bưu cục \"Cẩm Khê\"\t1"};

	memcpy(d.dev, b->dev, sizeof(d.dev));
	memcpy(d.pk, b->device.public, sizeof(d.pk));
	memcpy(d.key, b->device.public, sizeof(d.key));
	bookbatch_genesis(b, d.head);
	MUST(store_begin(s, &err));
	MUST(store_device_add(s, &d, &err));
	MUST(store_commit(s, &err));
}

static void send(struct store *s, const struct bookgen *b,
	const struct bookgen_sealed *sealed, uint64_t last)
{
	struct receiver *r = receiver_new(s, "centre-1", &here.key, &err);
	struct bytes batch = {0};
	struct batch_answer a;
	struct receive_told told;

	for (uint64_t from = 1; from <= last; from += 100) {
		const struct bookbatch how = {.from = from,
			.to = from + 99 < last ? from + 99 : last};

		bookbatch_make(b, sealed, &how, &batch);
		MUST(receive(r, batch.at, batch.len, NULL, now, &a, &told,
			&err));
		assert_int_equal(a.status, BATCH_ACK);
	}
	bytes_free(&batch);
	receiver_free(r);
}

/* ---- the day -----------------------------------------------------------------------
 */

static struct date day_of(const struct bookgen_rec *r)
{
	return date_of_ms((int64_t)r->t).date;
}

/* What was written about that day. */
static char *log_of(struct date day, enum rows_form form,
	struct daylog_sum *sum)
{
	struct store_device d;
	struct rows rows = {.form = form};
	char *text = NULL;
	size_t len = 0;

	rows.out = open_memstream(&text, &len);
	MUST(store_device_get(here.store, here.book.dev, false, &d, &err) ==
		LOOKUP_FOUND);
	MUST(daylog_write(here.store, &d, day, &rows, sum, &err));
	fclose(rows.out);
	return text;
}

/* The same, by the book that was sent. */
static struct daylog_sum expected(struct date day)
{
	struct daylog_sum sum = {0};

	for (size_t i = 0; i < here.book.n; i++) {
		const struct bookgen_rec *r = &here.book.rec[i];

		if (date_compare(day_of(r), day) != 0)
			continue;
		sum.records++;
		sum.payments += r->kind == 10;
		sum.paid += r->kind == 10 ? (uint64_t)r->amt : 0;
		sum.voids += r->kind == 13;
		sum.voided += r->kind == 13 ? (uint64_t)r->amt : 0;
		sum.handed += r->kind == 12;
		sum.float_in += r->kind == 20 ? (uint64_t)r->amt : 0;
		sum.float_out += r->kind == 21 ? (uint64_t)r->amt : 0;
	}
	return sum;
}

static void each_day_has_just_its_records(void **state)
{
	struct daylog_sum sum;
	uint64_t all = 0;
	size_t days = 0;
	struct date day = {0};

	(void)state;
	for (size_t i = 0; i < here.book.n; i++) {
		struct daylog_sum want;

		if (date_compare(day_of(&here.book.rec[i]), day) == 0)
			continue;
		day = day_of(&here.book.rec[i]);
		want = expected(day);
		free(log_of(day, ROWS_TABLE, &sum));
		assert_memory_equal(&sum, &want, sizeof(sum));
		all += sum.records;
		days++;
	}
	assert_true(days >= 3);
	assert_int_equal(all, here.book.n);
}

static void a_day_without_records_has_its_sum(void **state)
{
	struct daylog_sum sum;
	char *text = log_of((struct date){2020, 2, 29}, ROWS_TABLE, &sum);

	(void)state;
	assert_int_equal(sum.records, 0);
	assert_non_null(strstr(text, "\t2020-02-29\t0\t0\t"));
	assert_true(str_starts(text, "#sum\tterminal\tpoint"));
	free(text);
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, what)); at++)
		n++;
	return n;
}

static void a_line_for_each_in_every_form(void **state)
{
	static const struct {
		enum rows_form form;
		const char *record;
		const char *names;
		const char *point;
	} rows[] = {
		{ROWS_TABLE, "\nrecord\t", "#record\tnumber\ttime\tkind\t",
			"Bưu cục \"Cẩm Khê\"?1"},
		{ROWS_CSV, "\n\"record\",", "\"what\",\"number\",\"time\",",
			"Cẩm Khê\"\""},
		{ROWS_JSON, "{\"what\":\"record\",\"number\":", "{\"what\"",
			"Bưu cục \\\"Cẩm Khê\\\"\\u00091"},
	};
	const struct date day = day_of(&here.book.rec[here.book.n / 2]);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct daylog_sum sum;
		char *text = log_of(day, rows[i].form, &sum);

		assert_int_equal(count(text, rows[i].record), sum.records);
		assert_true(sum.records > 20);
		assert_non_null(strstr(text, rows[i].names));
		assert_non_null(strstr(text, rows[i].point));
		assert_non_null(strstr(text, "PAY"));
		assert_null(strstr(text, "\"?\""));
		free(text);
	}
}

static void what_lacks_is_said(void **state)
{
	struct store *s = open_store();
	struct store_device d;
	struct rows rows = {.out = fopen("/dev/null", "w")};
	struct daylog_sum sum;

	(void)state;
	enrol(s, &here.book);
	MUST(store_device_get(s, here.book.dev, false, &d, &err) ==
		LOOKUP_FOUND);
	d.claimed = 42;
	MUST(daylog_write(s, &d, day_of(&here.book.rec[0]), &rows, &sum, &err));
	assert_int_equal(sum.lacking, 42);
	assert_int_equal(sum.records, 0);
	fclose(rows.out);
	store_close(s);
}

static void a_terminal_by_the_beginning_of_its_id(void **state)
{
	struct store *s = open_store();
	struct bookgen other;
	struct store_device d;
	char id[33];

	(void)state;
	bookgen_copy(&here.book, &other);
	enrol(s, &other);
	other.dev[15] ^= 1;
	enrol(s, &other);
	str_to_hex(other.dev, 16, id);
	MUST(daylog_terminal(s, id, &d, &err) == LOOKUP_FOUND);
	assert_memory_equal(d.dev, other.dev, 16);
	for (char *c = id; *c; c++)
		if (*c >= 'a')
			*c = (char)(*c - 'a' + 'A');
	assert_int_equal(daylog_terminal(s, id, &d, &err), LOOKUP_FOUND);
	/* Both begin like that. */
	id[6] = '\0';
	assert_int_equal(daylog_terminal(s, id, &d, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(daylog_terminal(here.store, id, &d, &err),
		LOOKUP_FOUND);
	id[5] = '\0';
	assert_int_equal(daylog_terminal(here.store, id, &d, &err),
		LOOKUP_FAILED);
	assert_int_equal(daylog_terminal(s, "ffffff", &d, &err), LOOKUP_ABSENT);
	assert_int_equal(daylog_terminal(s, "no hex", &d, &err), LOOKUP_FAILED);
	bookgen_free(&other);
	store_close(s);
}

/* ---- receipts -------------------------------------------------------------------------
 */

static struct paper_found check(struct store *s, const char *text)
{
	struct paper_found f;

	MUST(paper_check(s, text, NULL, &f, &err));
	return f;
}

static uint64_t whose_ref(uint64_t kind, uint64_t seq)
{
	for (size_t i = 0; i < here.book.n; i++)
		if (here.book.rec[i].kind == kind &&
			here.book.rec[i].ref == seq)
			return here.book.rec[i].seq;
	return 0;
}

static uint64_t copies_of(uint64_t seq)
{
	uint64_t most = 0;

	for (size_t i = 0; i < here.book.n; i++)
		if (here.book.rec[i].kind == 14 &&
			here.book.rec[i].ref == seq &&
			here.book.rec[i].res > most)
			most = here.book.rec[i].res;
	return most;
}

static void says_what_the_book_says(const struct paper_found *f,
	const struct bookgen_rec *r)
{
	const uint64_t void_of = whose_ref(13, r->seq);

	assert_int_equal(f->seq, r->seq);
	assert_int_equal(f->amount, r->amt);
	assert_int_equal(f->t, r->t);
	assert_int_equal(f->period, r->per);
	assert_int_equal(f->handed, whose_ref(12, r->seq));
	assert_int_equal(f->voided, void_of);
	assert_int_equal(f->copies, copies_of(r->seq));
	assert_string_equal(paper_word(f->verdict),
		void_of ? "voided" : "true");
}

/* By the text of its QR, and by the code on it. */
static void every_receipt_of_the_book(void **state)
{
	size_t voided = 0;
	size_t copied = 0;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < here.book.n; i++) {
		const struct bookgen_rec *r = &here.book.rec[i];
		const struct bookgen_raw *raw = &here.sealed.raw[i];
		struct bytes qr = {0};
		struct paper_found f;
		char code[17];

		if (r->kind != 10 || !raw->has_rsig)
			continue;
		bookgen_receipt_text(r, raw, &qr);
		bytes_byte(&qr, 0);
		f = check(here.store, (const char *)qr.at);
		says_what_the_book_says(&f, r);
		bookgen_code(raw->h, code);
		assert_string_equal(f.code, code);
		f = check(here.store, code);
		says_what_the_book_says(&f, r);
		voided += f.voided != 0;
		copied += f.copies != 0;
		n++;
		bytes_free(&qr);
	}
	assert_true(n > 20 && voided > 0 && copied > 0);
}

/* A payment that stands. */
static const struct bookgen_rec *a_payment(void)
{
	for (size_t i = 0; i < here.book.n; i++)
		if (here.book.rec[i].kind == 10 &&
			here.sealed.raw[i].has_rsig &&
			whose_ref(13, i + 1) == 0)
			return &here.book.rec[i];
	fail();
	return NULL;
}

static void seal_of(const struct bookgen_rec *r, struct seal *out)
{
	struct bytes qr = {0};

	bookgen_receipt_text(r, &here.sealed.raw[r->seq - 1], &qr);
	bytes_byte(&qr, 0);
	assert_true(seal_parse((const char *)qr.at, out));
	bytes_free(&qr);
}

static enum paper_verdict verdict_of(struct store *s, const struct seal *seal)
{
	char text[SEAL_TEXT_SIZE];

	seal_text(seal, text);
	return check(s, text).verdict;
}

/* The epoch key that signs record seq. */
static const struct bookgen_pair *key_of(uint64_t seq)
{
	int epoch = 0;

	for (size_t i = 0; i + 1 < seq; i++)
		if (here.book.rec[i].kind == 2)
			epoch = here.book.rec[i].epoch;
	return &here.book.epoch[epoch];
}

static void a_receipt_that_was_changed(void **state)
{
	const struct bookgen_rec *r = a_payment();
	struct seal seal;

	(void)state;
	for (int i = 0; i < 5; i++) {
		seal_of(r, &seal);
		seal.amount += i == 0 ? 100000 : 0;
		seal.period += i == 1;
		seal.t += i == 2;
		seal.h[7] ^= i == 3;
		seal.sig[9] ^= i == 4;
		assert_int_equal(verdict_of(here.store, &seal), PAPER_ALTERED);
	}
	/* Of a record that is no payment. */
	seal_of(r, &seal);
	seal.seq = 1;
	assert_int_equal(verdict_of(here.store, &seal), PAPER_ALTERED);
}

/* Signed by the terminal, and not in the book that it sent. */
static void a_receipt_of_another_book(void **state)
{
	const struct bookgen_rec *r = a_payment();
	uint8_t head[SEAL_HEAD_BYTES];
	struct seal seal;

	(void)state;
	seal_of(r, &seal);
	seal.amount += 100000;
	seal_head(&seal, head);
	bookgen_sign("CHTRRCP1", head, sizeof(head), key_of(r->seq), seal.sig);
	assert_int_equal(verdict_of(here.store, &seal), PAPER_FORK);
}

static void a_receipt_whose_record_has_not_come(void **state)
{
	const struct bookgen_rec *r = a_payment();
	struct store *s = open_store();
	struct seal seal;

	(void)state;
	seal_of(r, &seal);
	assert_int_equal(verdict_of(s, &seal), PAPER_STRANGER);
	enrol(s, &here.book);
	assert_int_equal(verdict_of(s, &seal), PAPER_NOT_YET);
	send(s, &here.book, &here.sealed, r->seq - 1);
	assert_int_equal(verdict_of(s, &seal), PAPER_NOT_YET);
	store_close(s);
}

static void money_that_was_paid_before_elsewhere(void **state)
{
	const struct bookgen_rec *r = a_payment();
	struct store *s = open_store();
	struct bookgen other;
	struct bookgen_sealed sealed;
	struct paper_found f;
	struct bytes qr = {0};

	(void)state;
	bookgen_copy(&here.book, &other);
	bookbatch_other_dev(&other, 0xee);
	bookgen_seal(&other, &sealed);
	enrol(s, &other);
	enrol(s, &here.book);
	send(s, &other, &sealed, other.n);
	send(s, &here.book, &here.sealed, here.book.n);
	bookgen_receipt_text(r, &here.sealed.raw[r->seq - 1], &qr);
	bytes_byte(&qr, 0);
	f = check(s, (const char *)qr.at);
	assert_string_equal(paper_word(f.verdict), "double");
	assert_memory_equal(f.other_dev, other.dev, sizeof(f.other_dev));
	assert_int_equal(f.other_seq, r->seq);
	bytes_free(&qr);
	bookgen_sealed_free(&sealed);
	bookgen_free(&other);
	store_close(s);
}

static void what_is_no_receipt(void **state)
{
	static const struct {
		const char *text;
		enum paper_verdict verdict;
	} rows[] = {
		{"", PAPER_UNREADABLE},
		{"hello", PAPER_UNREADABLE},
		{"CV1:", PAPER_UNREADABLE},
		{"CV1:ABC", PAPER_UNREADABLE},
		{"CZ1:ABC", PAPER_UNREADABLE},
		/* A letter of a right code is another one. */
		{"129S-RZCJ-BYD8-8", PAPER_UNREADABLE},
		/* Of journal.md 6, which is in no book here. */
		{"129S-RZCJ-BYD8-9", PAPER_NO_RECORD},
		{"129s rzcj byd8 9", PAPER_NO_RECORD},
	};
	struct paper_found f;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(check(here.store, rows[i].text).verdict,
			rows[i].verdict);
	MUST(paper_check(here.store, "129S-RZCJ-BYD8-9", "ffffff", &f, &err));
	assert_int_equal(f.verdict, PAPER_STRANGER);
	assert_false(paper_check(here.store, "129S-RZCJ-BYD8-9", "ff", &f,
		&err));
}

static void a_receipt_is_told_in_one_row(void **state)
{
	const struct bookgen_rec *r = a_payment();
	struct paper_found f;
	char *text = NULL;
	size_t len = 0;
	struct rows rows = {.form = ROWS_JSON};
	char code[17];
	char want[64];

	(void)state;
	bookgen_code(here.sealed.raw[r->seq - 1].h, code);
	f = check(here.store, code);
	rows.out = open_memstream(&text, &len);
	MUST(paper_write(&f, &rows, &err));
	fclose(rows.out);
	assert_true(str_starts(text,
		"{\"what\":\"receipt\",\"verdict\":\"true\",\"says\":\"The "));
	snprintf(want, sizeof(want), "\"number\":%llu,",
		(unsigned long long)r->seq);
	assert_non_null(strstr(text, want));
	assert_non_null(strstr(text, "\"other_terminal\":null,"));
	free(text);
	for (int i = 0; i < PAPER_VERDICTS; i++) {
		assert_non_null(paper_word((enum paper_verdict)i));
		assert_true(strlen(paper_sentence((enum paper_verdict)i)) > 20);
	}
}

int main(void)
{
	static const struct bookgen_shape shape = {.seed = 12,
		.days = 3,
		.shifts = 2,
		.acts = 40,
		.end = true};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_day_has_just_its_records),
		cmocka_unit_test(a_day_without_records_has_its_sum),
		cmocka_unit_test(a_line_for_each_in_every_form),
		cmocka_unit_test(what_lacks_is_said),
		cmocka_unit_test(a_terminal_by_the_beginning_of_its_id),
		cmocka_unit_test(every_receipt_of_the_book),
		cmocka_unit_test(a_receipt_that_was_changed),
		cmocka_unit_test(a_receipt_of_another_book),
		cmocka_unit_test(a_receipt_whose_record_has_not_come),
		cmocka_unit_test(money_that_was_paid_before_elsewhere),
		cmocka_unit_test(what_is_no_receipt),
		cmocka_unit_test(a_receipt_is_told_in_one_row),
	};
	int failed;

	if (!crypto_start(NULL))
		return 1;
	crypto_pair_new(&here.key);
	bookgen_make(&shape, &here.book);
	bookgen_seal(&here.book, &here.sealed);
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	here.store = open_store();
	enrol(here.store, &here.book);
	send(here.store, &here.book, &here.sealed, here.book.n);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	store_close(here.store);
	tmpdir_remove(here.dir);
	bookgen_sealed_free(&here.sealed);
	bookgen_free(&here.book);
	return failed;
}
