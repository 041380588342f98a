/*
 * R1: an older disk was put back. The end of the book comes from the centre
 * again, byte for byte, or not at all.
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "db/erase.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/limits.h"
#include "db/outbox.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "db/regain.h"
#include "support/bookstore.h"
#include "support/madecentre.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

enum {
	PEOPLE = 6,
	DUE = 500000,
	BOOK_MAX = 400,
	IMAGE = 256 /* bytes of a directory's name */
};

/* The terminal, and what its centre holds. */
struct desk {
	struct bookstore b;
	struct madecentre c;
	char old[IMAGE]; /* the disk of before */
	struct journal_row *book;
	size_t records;
	struct {
		uint8_t bytes[BATCH_PD_MAX];
		size_t len;
	} * pd; /* sealed to the terminal, by record */
	struct regain *g;
	struct tail tail;
	uint8_t page[TAIL_MAX_BYTES];
	size_t len;
	enum regain_came came;
	struct refusal why;
	char aside[REGAIN_NAME];
};

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- a day, and the disk of before ------------------------------------------------ */

static void deliver(struct desk *d)
{
	static struct outbox_batch batch;
	struct outbox_taken taken;

	while (outbox_next(d->b.db, 0, 256, &batch, &err) == LOOKUP_FOUND) {
		madecentre_takes(&d->c, batch.bytes, batch.len);
		MUST(outbox_take(d->b.db, d->c.note, d->c.len, 1, &taken,
			&err));
		assert_int_equal(taken.took, OUTBOX_TAKEN);
	}
}

static void pay(struct desk *d, int person)
{
	struct payout p;

	bookstore_pay(&d->b, person, &p);
	bookstore_hand(&d->b, p.seq);
	d->b.payout = p.seq;
}

/* What the centre opened, sealed to the terminal. */
static void keep_pd(struct desk *d, uint64_t seq, const uint8_t *sealed,
	size_t len)
{
	uint8_t plain[BATCH_PD_MAX];

	assert_true(crypto_seal_open(sealed, len, d->c.seal_public,
		d->c.seal_secret, plain));
	assert_true(crypto_seal_to_signer(plain, len - CRYPTO_SEAL_EXTRA,
		d->b.db->device_public, d->pd[seq].bytes));
	d->pd[seq].len = len;
}

/* The centre holds the book up to here. */
static void centre_takes_all(struct desk *d)
{
	static struct outbox_batch batch;
	uint64_t from = 1;

	d->records = 0;
	while (outbox_next(d->b.db, from, 256, &batch, &err) == LOOKUP_FOUND) {
		madecentre_takes(&d->c, batch.bytes, batch.len);
		for (size_t i = 0; i < d->c.batch.pds; i++)
			keep_pd(d, d->c.batch.pd[i].seq,
				d->c.batch.pd[i].sealed, d->c.batch.pd[i].len);
		from = batch.to + 1;
	}
	while (d->records < BOOK_MAX - 1 &&
		journal_row(d->b.db, d->records + 1, &d->book[d->records + 1],
			&err) == LOOKUP_FOUND)
		d->records++;
	assert_int_equal(d->records + 1, from);
}

/* The disk of before is in the machine, and somebody signs in. */
static void go_back(struct desk *d, bool sign_in)
{
	const struct journal_entry login = {.kind = JOURNAL_LOGIN,
		.actor = d->b.hoa.user.number};

	db_close(d->b.db);
	tmpdir_remove(d->b.dir);
	memcpy(d->b.dir, d->old, sizeof(d->b.dir));
	d->old[0] = '\0';
	bookstore_open(&d->b);
	if (sign_in)
		MUST(journal_append(d->b.db, &login, NULL, &err));
}

/* ---- the centre's answer ------------------------------------------------------------ */

static void sign_page(struct desk *d)
{
	struct buf b;

	buf_init(&b, d->page, sizeof(d->page));
	assert_true(tail_write(&d->tail, &d->c.sign, &b));
	d->len = b.len;
}

/* Of n records from number from on, for that nonce. */
static void make_page(struct desk *d, uint64_t from, size_t n,
	const uint8_t nonce[TAIL_NONCE])
{
	struct tail *t = &d->tail;

	*t = (struct tail){.from = from, .time = 5, .last = d->records};
	memcpy(t->dev, d->b.db->info.dev, sizeof(t->dev));
	memcpy(t->nonce, nonce, sizeof(t->nonce));
	memcpy(t->head, d->book[d->records].h, sizeof(t->head));
	for (uint64_t seq = from; seq < from + n && seq <= d->records; seq++) {
		t->record[t->records++] =
			(struct batch_record){.body = d->book[seq].body,
				.len = d->book[seq].len,
				.sig = d->book[seq].sig};
		if (d->pd[seq].len > 0)
			t->pd[t->pds++] = (struct batch_pd){.seq = seq,
				.sealed = d->pd[seq].bytes,
				.len = d->pd[seq].len};
	}
	sign_page(d);
}

static void nonce_of(const struct desk *d, uint8_t nonce[TAIL_NONCE],
	uint64_t *from)
{
	char word[REGAIN_WORD];
	size_t len;

	memset(nonce, 0, TAIL_NONCE);
	regain_word(d->g, from, word);
	assert_true(str_from_hex(word, nonce, TAIL_NONCE, &len));
	assert_int_equal(len, 8);
}

static enum regain_head ask_head(struct desk *d)
{
	uint8_t nonce[TAIL_NONCE];
	char path[REGAIN_PATH];
	enum regain_head head;

	regain_ask_head(d->b.db, nonce, path, &err);
	make_page(d, 1, 0, nonce);
	MUST(regain_take_head(d->b.db, nonce, d->page, d->len, &head, &err));
	return head;
}

static void begin(struct desk *d)
{
	regain_free(d->g);
	d->g = regain_new(d->b.db, &err);
	MUST(d->g != NULL);
}

static enum regain_came look(struct desk *d)
{
	size_t used;

	MUST(regain_look(d->g, d->page, d->len, &used, &d->came, &err));
	return d->came;
}

/* Begun, and all pages of `most` records looked at. */
static enum regain_came fetch(struct desk *d, size_t most)
{
	uint8_t nonce[TAIL_NONCE];
	uint64_t from;

	begin(d);
	nonce_of(d, nonce, &from);
	do {
		make_page(d, from, most, nonce);
		from += d->tail.records;
	} while (look(d) == REGAIN_MORE);
	return d->came;
}

static enum verdict take(struct desk *d, const struct session *s)
{
	const enum verdict v =
		regain_take(d->g, s, &d->came, d->aside, &d->why, &err);

	if (v == VERDICT_FAILED)
		print_message("%s\n", err.text);
	return v;
}

/* The book has the centre's records, just so, and one behind them. */
static void is_back(struct desk *d)
{
	struct journal_head head;
	struct journal_row row;

	MUST(journal_head(d->b.db, &head, &err));
	assert_int_equal(head.last_seq, d->records + 1);
	for (uint64_t seq = 1; seq <= d->records; seq++) {
		assert_int_equal(journal_row(d->b.db, seq, &row, &err),
			LOOKUP_FOUND);
		assert_int_equal(row.len, d->book[seq].len);
		assert_memory_equal(row.body, d->book[seq].body, row.len);
		assert_memory_equal(row.h, d->book[seq].h, sizeof(row.h));
		assert_memory_equal(row.sig, d->book[seq].sig, sizeof(row.sig));
		assert_int_equal(row.has_rsig, d->book[seq].has_rsig);
		if (row.has_rsig)
			assert_memory_equal(row.rsig, d->book[seq].rsig,
				sizeof(row.rsig));
	}
	assert_int_equal(proof_frozen(d->b.db), 0);
	bookstore_must_hold(&d->b);
	bookstore_restart(&d->b);
	bookstore_must_hold(&d->b);
}

static int setup(void **state)
{
	static struct desk d;
	struct enrol_answer a;

	memset(&d, 0, sizeof(d));
	d.book = calloc(BOOK_MAX, sizeof(*d.book));
	d.pd = calloc(BOOK_MAX, sizeof(*d.pd));
	assert_true(d.book && d.pd);
	bookstore_make(&d.b);
	madecentre_make(&d.c, 1);
	madecentre_enrols(&d.c, &a);
	assert_int_equal(outbox_join(d.b.db, &d.b.hoa,
				 "https://centre.example:8443", &a, &d.why,
				 &err),
		VERDICT_DONE);
	for (int i = 1; i <= PEOPLE; i++)
		bookstore_due(&d.b, i, ENT_MONTH, BOOKSTORE_PERIOD, DUE, false);
	bookstore_shift(&d.b, 20);
	pay(&d, 1);
	*state = &d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	regain_free(d->g);
	bookstore_remove(&d->b);
	if (d->old[0])
		tmpdir_remove(d->old);
	free(d->book);
	free(d->pd);
	return 0;
}

/* ---- what came back ----------------------------------------------------------------- */

/* Two are paid after the disk was copied; the centre hears of it. */
static void lose_two(struct desk *d, bool acked)
{
	if (acked)
		deliver(d);
	bookstore_image(&d->b, d->old, sizeof(d->old));
	pay(d, 2);
	pay(d, 3);
	centre_takes_all(d);
	go_back(d, true);
	assert_int_equal(ask_head(d), REGAIN_HEAD_AHEAD);
	assert_true(proof_frozen(d->b.db) > 0);
}

static void comes_back(struct desk *d, bool acked, size_t most)
{
	struct regain_seen seen;

	lose_two(d, acked);
	assert_int_equal(fetch(d, most), REGAIN_WHOLE);
	regain_seen(d->g, &seen);
	assert_int_equal(seen.last, d->records);
	assert_int_equal(seen.to, d->records);
	assert_int_equal(seen.records, seen.to - seen.from + 1);
	assert_int_equal(seen.payments, 2);
	assert_int_equal(seen.paid, 2 * DUE);
	assert_int_equal(seen.aside, 2); /* LOGIN, FAULT_BEGIN */
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	is_back(d);
}

static void the_end_of_the_book_comes_back(void **state)
{
	comes_back(*state, true, 256);
}

static void page_by_page(void **state)
{
	comes_back(*state, true, 1);
}

static void of_a_book_that_was_never_acknowledged(void **state)
{
	comes_back(*state, false, 3);
}

static void nobody_is_paid_twice(void **state)
{
	struct desk *d = *state;
	struct pay_request r = {.person = 2, .payee = PAYEE_SELF};
	struct payout out;

	lose_two(d, true);
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(d->b.db, &d->b.lan, &r, &out, &d->why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_TAIL_LOST);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	assert_int_equal(payouts_pay(d->b.db, &d->b.lan, &r, &out, &d->why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_ALREADY_PAID);
	pay(d, 4);
	bookstore_must_hold(&d->b);
}

static void what_was_set_aside_is_in_a_file(void **state)
{
	struct desk *d = *state;
	static uint8_t bytes[BATCH_MAX_BYTES];
	static struct batch batch;
	const char *finding;
	char path[512];
	size_t len;
	FILE *f;

	lose_two(d, true);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	f = fopen(tmpdir_path(d->b.dir, d->aside, path, sizeof(path)), "rb");
	assert_non_null(f);
	len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	assert_true(batch_read(bytes, len, &batch, &finding));
	assert_true(batch_is_signed(&batch, d->b.db->device_public));
	assert_int_equal(batch.records, 2);
}

/* The disk of before was not even written to: nothing makes room. */
static void nothing_was_written_since(void **state)
{
	struct desk *d = *state;
	struct regain_seen seen;

	deliver(d);
	bookstore_image(&d->b, d->old, sizeof(d->old));
	pay(d, 2);
	centre_takes_all(d);
	go_back(d, false);
	assert_int_equal(ask_head(d), REGAIN_HEAD_AHEAD);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	regain_seen(d->g, &seen);
	assert_int_equal(seen.aside, 1); /* FAULT_BEGIN itself */
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	is_back(d);
}

static void the_verifier_accepts_it(void **state)
{
	struct desk *d = *state;

	lose_two(d, true);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	pay(d, 5);
	deliver(d);
	db_close(d->b.db);
	verifier_must_accept_but_lists(d->b.dir);
	bookstore_open(&d->b);
}

/* The names of who came are sealed here again, as the centre had them. */
static void who_came_is_known_again(void **state)
{
	struct desk *d = *state;
	struct pay_request r = {.person = 2,
		.payee = PAYEE_AUTHORISED,
		.payee_name = "Trần Văn Được",
		.payee_id = "001150000017",
		.payee_paper = "Giấy ủy quyền số 12",
		.payee_relation = RELATION_CHILD};
	struct payout p;
	struct payout again;

	deliver(d);
	bookstore_image(&d->b, d->old, sizeof(d->old));
	payouts_uid(r.uid);
	if (payouts_pay(d->b.db, &d->b.lan, &r, &p, &d->why, &err) !=
		VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(d->why.code), err.text);
	bookstore_hand(&d->b, p.seq);
	centre_takes_all(d);
	go_back(d, true);
	assert_int_equal(ask_head(d), REGAIN_HEAD_AHEAD);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	assert_int_equal(payouts_get(d->b.db, p.seq, &again, &err),
		LOOKUP_FOUND);
	assert_string_equal(again.payee_name, p.payee_name);
	assert_string_equal(again.code, p.code);
	is_back(d);
}

/* ---- is anything missing? ---------------------------------------------------------- */

static void the_centre_has_no_more_than_we(void **state)
{
	struct desk *d = *state;

	centre_takes_all(d);
	assert_int_equal(ask_head(d), REGAIN_HEAD_FINE);
	d->records -= 2;
	assert_int_equal(ask_head(d), REGAIN_HEAD_FINE);
	assert_int_equal(proof_frozen(d->b.db), 0);
	assert_null(regain_new(d->b.db, &err));
	assert_int_equal(err.code, ERR_DENIED);
}

static void T58_the_centre_has_another_record(void **state)
{
	struct desk *d = *state;

	centre_takes_all(d);
	d->book[d->records].h[3] ^= 1;
	assert_int_equal(ask_head(d), REGAIN_HEAD_FORK);
	assert_true(proof_frozen(d->b.db) > 0);
}

static void T57_an_answer_to_another_question_freezes_nobody(void **state)
{
	struct desk *d = *state;
	uint8_t nonce[TAIL_NONCE];
	char path[REGAIN_PATH];
	enum regain_head head;

	centre_takes_all(d);
	regain_ask_head(d->b.db, nonce, path, &err);
	make_page(d, 1, 0, nonce);
	nonce[5] ^= 1;
	MUST(regain_take_head(d->b.db, nonce, d->page, d->len, &head, &err));
	assert_int_equal(head, REGAIN_HEAD_NONE);
	nonce[5] ^= 1;
	d->c.sign.public[0] ^= 1;
	crypto_pair_new(&d->c.sign);
	d->tail.last = 1000;
	sign_page(d);
	MUST(regain_take_head(d->b.db, nonce, d->page, d->len, &head, &err));
	assert_int_equal(head, REGAIN_HEAD_NONE);
	assert_int_equal(proof_frozen(d->b.db), 0);
}

/* ---- what is not taken --------------------------------------------------------------- */

static void other_terminal(struct desk *d)
{
	d->tail.dev[2] ^= 1;
}

static void other_nonce(struct desk *d)
{
	d->tail.nonce[0] ^= 1;
}

static void other_key(struct desk *d)
{
	crypto_pair_new(&d->c.sign);
}

static void a_gap(struct desk *d)
{
	d->tail.from++;
	memmove(d->tail.record, d->tail.record + 1,
		--d->tail.records * sizeof(d->tail.record[0]));
	d->tail.pds = 0;
}

static void a_record_left_out(struct desk *d)
{
	memmove(d->tail.record + 1, d->tail.record + 2,
		(--d->tail.records - 1) * sizeof(d->tail.record[0]));
	d->tail.pds = 0;
}

static void two_change_places(struct desk *d)
{
	const struct batch_record first = d->tail.record[0];

	d->tail.record[0] = d->tail.record[1];
	d->tail.record[1] = first;
}

static void no_records(struct desk *d)
{
	d->tail.records = 0;
	d->tail.pds = 0;
}

static void another_head(struct desk *d)
{
	d->tail.head[31] ^= 1;
}

static void a_signature(struct desk *d)
{
	static uint8_t sig[CRYPTO_SIG_SIZE];

	memcpy(sig, d->tail.record[1].sig, sizeof(sig));
	sig[0] ^= 1;
	d->tail.record[1].sig = sig;
}

static void a_first_signature(struct desk *d)
{
	static uint8_t sig[CRYPTO_SIG_SIZE];

	memcpy(sig, d->tail.record[0].sig, sizeof(sig));
	sig[0] ^= 1;
	d->tail.record[0].sig = sig;
}

static void a_body(struct desk *d)
{
	static uint8_t body[BATCH_BODY_MAX];

	memcpy(body, d->tail.record[1].body, d->tail.record[1].len);
	body[d->tail.record[1].len - 1] ^= 1;
	d->tail.record[1].body = body;
}

static void no_cbor(struct desk *d)
{
	static uint8_t body[8] = {0xff, 0xff};

	d->tail.record[1].body = body;
	d->tail.record[1].len = sizeof(body);
}

static const struct {
	const char *name;
	void (*make)(struct desk *d);
	enum regain_came came;
} wrong[] = {
	{"a page of another terminal", other_terminal, REGAIN_OTHER},
	{"a page for another question", other_nonce, REGAIN_STALE},
	{"a page by nobody's key", other_key, REGAIN_NO_KEY},
	{"a page from behind a gap", a_gap, REGAIN_GAP},
	{"a page without records, and more are to come", no_records,
		REGAIN_GAP},
	{"a record is left out", a_record_left_out, REGAIN_RECORD},
	{"two records change places", two_change_places, REGAIN_RECORD},
	{"the head is another one", another_head, REGAIN_FORK},
	{"a signature is flipped", a_signature, REGAIN_RECORD},
	{"the first signature is flipped", a_first_signature, REGAIN_FORK},
	{"a body is flipped", a_body, REGAIN_RECORD},
	{"a body is no record", no_cbor, REGAIN_RECORD},
};

static void T58_what_is_wrong_is_not_taken(void **state)
{
	struct desk *d = *state;
	uint8_t nonce[TAIL_NONCE];
	struct crypto_pair key;
	uint64_t from;

	lose_two(d, true);
	key = d->c.sign;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		d->c.sign = key;
		begin(d);
		nonce_of(d, nonce, &from);
		make_page(d, from, 256, nonce);
		wrong[i].make(d);
		sign_page(d);
		if (look(d) != wrong[i].came)
			fail_msg("%s: %s", wrong[i].name,
				regain_came_name(d->came));
		assert_int_equal(take(d, &d->b.hoa), VERDICT_REFUSED);
		assert_int_equal(d->came, REGAIN_NOT_ALL);
	}
	assert_true(proof_frozen(d->b.db) > 0);
	bookstore_must_hold(&d->b);
}

static void T57_no_flipped_byte_is_taken(void **state)
{
	struct desk *d = *state;
	uint8_t nonce[TAIL_NONCE];
	uint64_t from;

	lose_two(d, true);
	begin(d);
	nonce_of(d, nonce, &from);
	make_page(d, from, 256, nonce);
	for (size_t i = 0; i < d->len; i++) {
		d->page[i] ^= 0x10;
		begin(d);
		look(d);
		if (d->came != REGAIN_NO_PAGE && d->came != REGAIN_NO_KEY)
			fail_msg("byte %zu: %s", i, regain_came_name(d->came));
		d->page[i] ^= 0x10;
	}
}

static void T54_a_cut_page_is_none(void **state)
{
	struct desk *d = *state;
	uint8_t nonce[TAIL_NONCE];
	uint64_t from;
	size_t len;

	lose_two(d, true);
	begin(d);
	nonce_of(d, nonce, &from);
	make_page(d, from, 256, nonce);
	len = d->len;
	for (d->len = 0; d->len < len; d->len += 7)
		assert_int_equal(look(d), REGAIN_NO_PAGE);
}

/* The word is of the record that froze the book: another time, another. */
static void T57_the_page_of_another_time_is_none(void **state)
{
	struct desk *d = *state;
	uint8_t nonce[TAIL_NONCE];
	static uint8_t page[TAIL_MAX_BYTES];
	uint64_t from;
	size_t len;

	lose_two(d, true);
	begin(d);
	nonce_of(d, nonce, &from);
	make_page(d, from, 256, nonce);
	memcpy(page, d->page, d->len);
	len = d->len;
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	/* It is put back once more. */
	bookstore_image(&d->b, d->old, sizeof(d->old));
	pay(d, 4);
	centre_takes_all(d);
	go_back(d, true);
	assert_int_equal(ask_head(d), REGAIN_HEAD_AHEAD);
	begin(d);
	memcpy(d->page, page, len);
	d->len = len;
	assert_int_equal(look(d), REGAIN_STALE);
}

static void only_a_supervisor_takes_it(void **state)
{
	struct desk *d = *state;

	lose_two(d, true);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	d->aside[0] = '\0';
	assert_int_equal(take(d, &d->b.lan), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_ROLE);
	assert_string_equal(d->aside, "");
	assert_true(proof_frozen(d->b.db) > 0);
}

/* Who is paid after the break by the book of before: nothing comes back. */
static void what_is_of_value_since_the_break_stays(void **state)
{
	struct desk *d = *state;
	struct regain_seen seen;

	deliver(d);
	bookstore_image(&d->b, d->old, sizeof(d->old));
	pay(d, 2);
	centre_takes_all(d);
	go_back(d, true);
	pay(d, 5);
	pay(d, 6);
	assert_int_equal(ask_head(d), REGAIN_HEAD_FORK);
	assert_int_equal(fetch(d, 256), REGAIN_VALUE);
	regain_seen(d->g, &seen);
	assert_int_equal(seen.bad_kind, JOURNAL_PAY);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_REFUSED);
	bookstore_must_hold(&d->b);
}

static void the_book_went_on_meanwhile(void **state)
{
	struct desk *d = *state;
	const struct journal_entry login = {.kind = JOURNAL_LOGIN,
		.actor = d->b.lan.user.number};

	lose_two(d, true);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	MUST(journal_append(d->b.db, &login, NULL, &err));
	assert_int_equal(take(d, &d->b.hoa), VERDICT_REFUSED);
	assert_int_equal(d->came, REGAIN_CHANGED);
	assert_int_equal(fetch(d, 256), REGAIN_WHOLE);
	assert_int_equal(take(d, &d->b.hoa), VERDICT_DONE);
	is_back(d);
}

/* ---- what may have happened in between ------------------------------------------------ */

static void must_do(struct desk *d, enum verdict v)
{
	if (v != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(d->why.code), err.text);
}

/* So many notes of 500,000 are counted. */
static void close_shift(struct desk *d, int32_t notes)
{
	const struct notes counted = {.pieces = {notes}};
	static struct shift_slip slip;

	must_do(d, shifts_close(d->b.db, &d->b.lan, &counted, SHIFT_REASON_NONE,
			   NULL, &slip, &d->why, &err));
}

static void shifts_go_by(struct desk *d, int n)
{
	close_shift(d, 19);
	for (int i = 0; i < n; i++) {
		bookstore_shift(&d->b, 20);
		pay(d, 2 + i);
		if (i < n - 1)
			close_shift(d, 19);
	}
}

static void a_shift(struct desk *d)
{
	shifts_go_by(d, 1);
}

static void three_shifts(struct desk *d)
{
	shifts_go_by(d, 3);
}

static void four_shifts(struct desk *d)
{
	shifts_go_by(d, 4);
}

static void money_that_was_not_given(struct desk *d)
{
	struct payout p;

	bookstore_pay(&d->b, 2, &p);
	must_do(d, payouts_not_handed(d->b.db, &d->b.lan, p.seq, &d->b.hoa, &p,
			   &d->why, &err));
	pay(d, 2);
}

static void money_that_came_back(struct desk *d)
{
	struct void_request r = {.seq = d->b.payout,
		.reason = VOID_RECEIPT_LOST,
		.by = &d->b.hoa};
	struct payout p;

	must_do(d, payouts_void(d->b.db, &d->b.lan, &r, &p, &d->why, &err));
}

static void a_payment_that_is_open(struct desk *d)
{
	struct payout p;

	bookstore_pay(&d->b, 3, &p);
}

static void papers(struct desk *d)
{
	struct payout p;
	int copy;

	bookstore_pay(&d->b, 2, &p);
	MUST(payouts_print_result(d->b.db, &d->b.lan, p.seq, PRINT_PRINTED,
		&err));
	bookstore_hand(&d->b, p.seq);
	must_do(d, payouts_reprint(d->b.db, &d->b.lan, p.seq, 1, &copy, &d->why,
			   &err));
}

static void cash_in_and_out(struct desk *d)
{
	const struct notes n = {.pieces = {2}};
	struct shift shift;

	must_do(d,
		shifts_top_up(d->b.db, &d->b.lan, &n, &shift, &d->why, &err));
	must_do(d, shifts_drop(d->b.db, &d->b.lan, &n, &shift, &d->why, &err));
}

static void a_limit(struct desk *d)
{
	must_do(d, limits_set(d->b.db, &d->b.hoa, LIMIT_PAYOUTS, 250, &d->why,
			   &err));
}

static void somebody_who_left(struct desk *d)
{
	must_do(d, users_revoke(d->b.db, &d->b.hoa, 8, &d->why, &err));
}

static void somebody_until_a_day(struct desk *d)
{
	const struct user_new n = {11, "Sáu", ROLE_AGENT, "357913"};

	must_do(d, users_add(d->b.db, &d->b.hoa, &n, &d->why, &err));
}

static void acknowledgements(struct desk *d)
{
	pay(d, 2);
	deliver(d);
	pay(d, 3);
	deliver(d);
}

static void a_reason_not_to_pay(struct desk *d)
{
	must_do(d, payouts_not_paid(d->b.db, &d->b.lan, 4, NOT_PAID_REFUSES,
			   (struct date){0}, &d->why, &err));
}

static void somebody_erased(struct desk *d)
{
	struct erase_done done;

	assert_int_equal(erase_person(d->b.db, &d->b.hoa, "001145000001",
				 ERASE_REQUEST, &done, &err),
		ERASE_DONE);
}

/* One of the office, believed since before the copy. */
static struct marks_card other_card(void)
{
	struct marks_card c;

	memset(c.dev, 0x5a, sizeof(c.dev));
	memset(c.public, 0x7b, sizeof(c.public));
	return c;
}

static void believe_one(struct desk *d)
{
	const struct marks_card c = other_card();

	must_do(d, elsewhere_know(d->b.db, &d->b.hoa, &c, &d->why, &err));
}

static void a_terminal_that_was_lost(struct desk *d)
{
	must_do(d, elsewhere_drop(d->b.db, &d->b.hoa, other_card().dev,
			   PEER_LOST, &d->why, &err));
}

static const struct between {
	const char *name;
	void (*run)(struct desk *d);
	enum regain_came came;
	const char *sql; /* is 1 where it came back */
} between[] = {
	{"a shift is closed and another one opened", a_shift, REGAIN_WHOLE,
		"SELECT count(*) FROM shift WHERE close_seq IS NULL"
		" AND number = 2"},
	{"three shifts, for which there are keys", three_shifts, REGAIN_WHOLE,
		"SELECT count(*) = 4 FROM shift"},
	{"four shifts are too far", four_shifts, REGAIN_TOO_FAR, NULL},
	{"money that was not given is paid again", money_that_was_not_given,
		REGAIN_WHOLE,
		"SELECT count(*) FROM payout WHERE person = 2 AND state = 4"},
	{"money that came back may be paid again", money_that_came_back,
		REGAIN_WHOLE, "SELECT count(*) FROM paid WHERE state = 4"},
	{"a payment nobody answered is asked about", a_payment_that_is_open,
		REGAIN_WHOLE, "SELECT count(*) FROM payout WHERE state = 1"},
	{"what was printed is not printed again", papers, REGAIN_WHOLE,
		"SELECT count(*) FROM payout WHERE copies = 1 AND print > 1"},
	{"cash in and out of the drawer", cash_in_and_out, REGAIN_WHOLE,
		"SELECT 1"},
	{"a limit holds again", a_limit, REGAIN_WHOLE,
		"SELECT count(*) FROM limit_change"},
	{"who was put out stays out", somebody_who_left, REGAIN_WHOLE,
		"SELECT revoked FROM user WHERE number = 8"},
	{"a terminal that was lost is believed no more",
		a_terminal_that_was_lost, REGAIN_WHOLE,
		"SELECT why FROM peer_gone"},
	{"who was let in has to be let in again", somebody_until_a_day,
		REGAIN_WHOLE,
		"SELECT count(*) = 0 FROM user WHERE number = 11"},
	{"what was acknowledged is so again", acknowledgements, REGAIN_WHOLE,
		"SELECT count(*) = 3 FROM ack"},
	{"T69: who was erased is gone here, too", somebody_erased, REGAIN_WHOLE,
		"SELECT count(*) FROM person WHERE id = 1 AND sealed IS NULL"},
	{"who is not to be paid is not", a_reason_not_to_pay, REGAIN_WHOLE,
		"SELECT count(*) FROM not_paid WHERE person = 4"},
};

static void what_happened_in_between(void **state)
{
	const struct between *row = *state;
	struct desk *d;
	void *made;

	setup(&made);
	d = made;
	believe_one(d);
	deliver(d);
	bookstore_image(&d->b, d->old, sizeof(d->old));
	row->run(d);
	centre_takes_all(d);
	go_back(d, true);
	/* One record there and one here may have the same number. */
	assert_in_range(ask_head(d), REGAIN_HEAD_AHEAD, REGAIN_HEAD_FORK);
	if (fetch(d, 256) != row->came)
		fail_msg("%s", regain_came_name(d->came));
	if (d->came == REGAIN_WHOLE) {
		must_do(d, take(d, &d->b.hoa));
		assert_int_equal(bookstore_number(&d->b, row->sql), 1);
		is_back(d);
		db_close(d->b.db);
		verifier_must_accept_but_lists(d->b.dir);
		bookstore_open(&d->b);
	}
	teardown(&made);
}

/* ---- killed on the way ------------------------------------------------------------- */

static const struct {
	const char *point;
	bool done;
} kills[] = {
	{"regain.aside", false},
	{"regain.removed", false},
	{"regain.appended", false},
	{"regain.appended:4", false},
	{"regain.followed:3", false},
	{"regain.replayed", false},
	{"mark.written", false},
	{"regain.committed", true},
};

static void run_killed(struct desk *d, const char *point)
{
	const pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		setenv("CHITRA_CRASH", point, 1);
		bookstore_open(&d->b);
		if (fetch(d, 256) == REGAIN_WHOLE)
			take(d, &d->b.hoa);
		_exit(7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
		fail_msg("%s: status %d", point, status);
}

static void T02_killed_on_the_way_it_is_all_or_nothing(void **state)
{
	struct desk *d = *state;
	struct journal_head before;
	struct journal_head after;

	lose_two(d, true);
	MUST(journal_head(d->b.db, &before, &err));
	for (size_t i = 0; i < COUNT_OF(kills); i++) {
		regain_free(d->g);
		d->g = NULL;
		db_close(d->b.db);
		run_killed(d, kills[i].point);
		bookstore_open(&d->b);
		bookstore_must_hold(&d->b);
		MUST(journal_head(d->b.db, &after, &err));
		if (kills[i].done) {
			is_back(d);
			return;
		}
		assert_int_equal(after.last_seq, before.last_seq);
		assert_memory_equal(after.head, before.head, 32);
		assert_true(proof_frozen(d->b.db) > 0);
	}
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest own[] = {
		ROW(the_end_of_the_book_comes_back),
		ROW(page_by_page),
		ROW(of_a_book_that_was_never_acknowledged),
		ROW(nobody_is_paid_twice),
		ROW(what_was_set_aside_is_in_a_file),
		ROW(nothing_was_written_since),
		ROW(the_verifier_accepts_it),
		ROW(who_came_is_known_again),
		ROW(the_centre_has_no_more_than_we),
		ROW(T58_the_centre_has_another_record),
		ROW(T57_an_answer_to_another_question_freezes_nobody),
		ROW(T58_what_is_wrong_is_not_taken),
		ROW(T57_no_flipped_byte_is_taken),
		ROW(T54_a_cut_page_is_none),
		ROW(T57_the_page_of_another_time_is_none),
		ROW(only_a_supervisor_takes_it),
		ROW(what_is_of_value_since_the_break_stays),
		ROW(the_book_went_on_meanwhile),
		ROW(T02_killed_on_the_way_it_is_all_or_nothing),
	};

	static struct CMUnitTest tests[COUNT_OF(own) + COUNT_OF(between)];
	size_t n = 0;

	for (; n < COUNT_OF(own); n++)
		tests[n] = own[n];
	for (size_t i = 0; i < COUNT_OF(between); i++)
		tests[n++] = (struct CMUnitTest){.name = between[i].name,
			.test_func = what_happened_in_between,
			.initial_state = (void *)(uintptr_t)&between[i]};
	tmpdir_in_memory();
	return _cmocka_run_group_tests("regain", tests, n, NULL, NULL);
}
