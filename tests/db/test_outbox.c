/* What leaves for the centre, and what the centre says of it. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/outbox.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/madecentre.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	PAID = 3
};

struct desk {
	struct bookstore b;
	struct madecentre c;
	struct outbox_batch batch;
	struct outbox_taken taken;
	struct outbox_state s;
	struct refusal why;
};

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static void join(struct desk *d)
{
	struct enrol_answer a;

	madecentre_enrols(&d->c, &a);
	assert_int_equal(outbox_join(d->b.db, &d->b.hoa,
				 "https://centre.example:8443", &a, &d->why,
				 &err),
		VERDICT_DONE);
}

static int setup(void **state)
{
	static struct desk d;
	struct payout p;

	memset(&d, 0, sizeof(d));
	bookstore_make(&d.b);
	madecentre_make(&d.c, 1);
	join(&d);
	for (int i = DEP; i <= PAID; i++)
		bookstore_due(&d.b, i, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(&d.b, 20);
	for (int i = DEP; i <= PAID; i++) {
		bookstore_pay(&d.b, i, &p);
		bookstore_hand(&d.b, p.seq);
	}
	*state = &d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	clock_freeze_wall(-1);
	bookstore_must_hold(&d->b);
	bookstore_remove(&d->b);
	return 0;
}

static enum lookup next(struct desk *d, uint64_t from, unsigned most)
{
	const enum lookup got =
		outbox_next(d->b.db, from, most, &d->batch, &err);

	if (got == LOOKUP_FAILED)
		fail_msg("%s", err.text);
	return got;
}

static const struct outbox_state *state_of(struct desk *d)
{
	MUST(outbox_state(d->b.db, &d->s, &err));
	return &d->s;
}

static enum outbox_took take(struct desk *d)
{
	MUST(outbox_take(d->b.db, d->c.note, d->c.len, clock_wall_ms(),
		&d->taken, &err));
	return d->taken.took;
}

/* The centre takes the batch, and its note comes back. */
static enum outbox_took deliver(struct desk *d, uint64_t from, unsigned most)
{
	assert_int_equal(next(d, from, most), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	return take(d);
}

static int64_t sealed_left(struct desk *d)
{
	return bookstore_number(&d->b,
		"SELECT count(*) FROM pd WHERE length(sealed) > 0");
}

/* ---- what goes out ------------------------------------------------------------- */

static void a_batch_has_the_records_byte_for_byte(void **state)
{
	struct desk *d = *state;
	struct journal_row row;
	uint64_t seq = 0;

	assert_int_equal(next(d, 0, 256), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	assert_int_equal(d->c.batch.from, 1);
	assert_int_equal(d->c.batch.to, state_of(d)->made);
	for (size_t i = 0; i < d->c.batch.records; i++) {
		const struct batch_record *r = &d->c.batch.record[i];

		assert_int_equal(journal_row(d->b.db, ++seq, &row, &err),
			LOOKUP_FOUND);
		assert_int_equal(r->len, row.len);
		assert_memory_equal(r->body, row.body, row.len);
		assert_memory_equal(r->sig, row.sig, sizeof(row.sig));
	}
	assert_true(batch_is_signed(&d->c.batch, d->b.db->device_public));
}

/* The plain data of a PAY, as only the centre can have them. */
static void the_centre_opens_what_is_sealed(void **state)
{
	struct desk *d = *state;
	uint8_t plain[BATCH_PD_MAX];

	assert_int_equal(next(d, 0, 256), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	assert_int_equal(d->c.batch.pds, PAID);
	for (size_t i = 0; i < d->c.batch.pds; i++)
		assert_true(crypto_seal_open(d->c.batch.pd[i].sealed,
			d->c.batch.pd[i].len, d->c.seal_public,
			d->c.seal_secret, plain));
}

static void as_many_records_as_asked_for(void **state)
{
	struct desk *d = *state;

	assert_int_equal(next(d, 0, 5), LOOKUP_FOUND);
	assert_int_equal(d->batch.from, 1);
	assert_int_equal(d->batch.to, 5);
	assert_int_equal(next(d, 7, 1), LOOKUP_FOUND);
	assert_int_equal(d->batch.from, 7);
	assert_int_equal(d->batch.to, 7);
	assert_int_equal(next(d, state_of(d)->made + 1, 5), LOOKUP_ABSENT);
}

static void nothing_of_a_training_leaves(void **state)
{
	struct desk *d = *state;

	d->b.db->info.training = true;
	assert_int_equal(next(d, 0, 256), LOOKUP_ABSENT);
	assert_false(outbox_take(d->b.db, "", 0, 1, &d->taken, &err));
	d->b.db->info.training = false;
}

/* ---- an acknowledgement --------------------------------------------------------- */

static void an_acknowledgement_becomes_a_record(void **state)
{
	struct desk *d = *state;
	const uint64_t made = state_of(d)->made;
	const char *finding = "";
	struct journal_row row;
	struct record r;

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	assert_int_equal(journal_row(d->b.db, made + 1, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_UPLOAD_ACK);
	assert_int_equal(r.actor, 0);
	assert_int_equal(r.ack_len, d->c.len);
	assert_memory_equal(r.ack, d->c.note, d->c.len);
	assert_int_equal(state_of(d)->acked, made);
	assert_int_equal(d->s.sent, made);
	assert_true(d->s.contact_at > 0);
}

static void what_it_covers_is_purged_and_whose_it_is_stays(void **state)
{
	struct desk *d = *state;
	const int64_t rows =
		bookstore_number(&d->b, "SELECT count(person) FROM pd");

	assert_int_equal(sealed_left(d), PAID);
	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	assert_int_equal(sealed_left(d), 0);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT count(person) FROM pd"),
		rows);
}

static void what_it_does_not_cover_is_kept(void **state)
{
	struct desk *d = *state;
	const int64_t first =
		bookstore_number(&d->b, "SELECT min(seq) FROM pd");

	assert_int_equal(deliver(d, 0, (unsigned)first), OUTBOX_TAKEN);
	assert_int_equal(sealed_left(d), PAID - 1);
}

/* Else each answer would make the next question, for ever. */
static void an_acknowledgement_alone_is_not_sent(void **state)
{
	struct desk *d = *state;

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	assert_int_equal(state_of(d)->waiting, 0);
	assert_int_equal(d->s.made, d->s.acked + 1);
	assert_int_equal(next(d, 0, 256), LOOKUP_ABSENT);
}

/* Two batches of old records leave two of them at the end. */
static void nor_are_several_in_a_row(void **state)
{
	struct desk *d = *state;

	const unsigned half = (unsigned)state_of(d)->made / 2;

	assert_int_equal(deliver(d, 0, half), OUTBOX_TAKEN);
	assert_int_equal(deliver(d, 0, (unsigned)d->s.made - half),
		OUTBOX_TAKEN);
	assert_int_equal(state_of(d)->waiting, 0);
	assert_int_equal(d->s.made, d->s.acked + 2);
	assert_int_equal(d->s.oldest, 0);
	assert_int_equal(next(d, 0, 256), LOOKUP_ABSENT);
}

static void it_goes_with_the_next_record_that_means_something(void **state)
{
	struct desk *d = *state;

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	MUST(users_sign_out(d->b.db, &d->b.minh, &err));
	assert_int_equal(state_of(d)->waiting, 1);
	assert_true(d->s.oldest > 0);
	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	assert_int_equal(d->batch.to - d->batch.from, 1);
}

static void the_verifier_finds_it_right(void **state)
{
	struct desk *d = *state;

	assert_int_equal(deliver(d, 0, 10), OUTBOX_TAKEN);
	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	db_close(d->b.db);
	d->b.db = NULL;
	verifier_must_accept_but_lists(d->b.dir);
	bookstore_open(&d->b);
}

static void the_keys_file_names_the_centre(void **state)
{
	struct desk *d = *state;
	struct export_done done;
	struct refusal why;
	static char said[65536];
	char keys[DB_PATH_SIZE];
	char line[256] = "";
	bool named = false;
	FILE *f;

	assert_int_equal(deliver(d, 0, 10), OUTBOX_TAKEN);
	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	snprintf(keys, sizeof(keys), "%s/keys.txt", d->b.dir);
	assert_int_equal(export_keys(d->b.db, &d->b.hoa, keys, &done, &why,
				 &err),
		VERDICT_DONE);
	f = fopen(keys, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		named = named || strncmp(line, "centre ", 7) == 0;
	fclose(f);
	assert_true(named);
	db_close(d->b.db);
	d->b.db = NULL;
	verifier_says(d->b.dir, keys, said, sizeof(said));
	assert_null(strstr(said, "acknowledgements"));
	assert_null(strstr(said, "acknowledged"));
	bookstore_open(&d->b);
}

/* Two rolls ago: what is known here would call the rest forged. */
static void keys_that_are_not_all_known_are_left_out(void **state)
{
	struct desk *d = *state;
	struct export_done done;
	struct refusal why;
	char keys[DB_PATH_SIZE];
	char line[256];
	int centres = 0;
	bool said = false;
	FILE *f;

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	bookstore_sql(&d->b, "UPDATE setting SET name = 'kept' WHERE name ="
			     " 'centre_sign'");
	bookstore_sql(&d->b, "INSERT INTO setting (name, value) VALUES"
			     " ('centre_sign', printf('%.64c', 'a'))");
	snprintf(keys, sizeof(keys), "%s/keys.txt", d->b.dir);
	assert_int_equal(export_keys(d->b.db, &d->b.hoa, keys, &done, &why,
				 &err),
		VERDICT_DONE);
	f = fopen(keys, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		centres += strncmp(line, "centre ", 7) == 0;
		said = said || strstr(line, "more than once") != NULL;
	}
	fclose(f);
	bookstore_sql(&d->b, "DELETE FROM setting WHERE name = 'centre_sign'");
	bookstore_sql(&d->b, "UPDATE setting SET name = 'centre_sign' WHERE"
			     " name = 'kept'");
	assert_int_equal(centres, 0);
	assert_true(said);
}

/* ---- T56: what is none ----------------------------------------------------------- */

static void other_dev(struct desk *d)
{
	d->c.point.dev[3] ^= 1;
	madecentre_signs(&d->c);
}

static void other_hash(struct desk *d)
{
	d->c.point.h[3] ^= 1;
	madecentre_signs(&d->c);
}

static void other_centre(struct desk *d)
{
	const struct checkpoint point = d->c.point;

	madecentre_make(&d->c, 2);
	d->c.point = point;
	madecentre_signs(&d->c);
}

static void far_ahead(struct desk *d)
{
	d->c.point.seq += 1000;
	madecentre_signs(&d->c);
}

static void of_nothing(struct desk *d)
{
	d->c.point.seq = 0;
	madecentre_signs(&d->c);
}

static void flipped(struct desk *d)
{
	/* A digit of its time: the text stays a note. */
	char *digit = strstr(d->c.note, "1764547200000");

	digit[5] = '6';
}

static void cut(struct desk *d)
{
	d->c.len /= 2;
}

static void a_page(struct desk *d)
{
	d->c.len = (size_t)snprintf(d->c.note, sizeof(d->c.note),
		"<html>Đăng nhập Wi-Fi</html>");
}

static struct row {
	const char *name;
	void (*alter)(struct desk *d);
	enum outbox_took took;
} rows[] = {
	{"T56 of another terminal", other_dev, OUTBOX_OTHER},
	{"T56 of another record of that number", other_hash, OUTBOX_FORK},
	{"T56 of another centre", other_centre, OUTBOX_NO_KEY},
	{"T56 of records that are not here", far_ahead, OUTBOX_AHEAD},
	{"T56 of no record", of_nothing, OUTBOX_NO_NOTE},
	{"T56 one digit is another", flipped, OUTBOX_NO_KEY},
	{"T56 half of it", cut, OUTBOX_NO_NOTE},
	{"T55 a page in its place", a_page, OUTBOX_NO_NOTE},
};

static const struct row *row;

static void is_no_acknowledgement(void **state)
{
	struct desk *d = *state;
	const uint64_t made = state_of(d)->made;

	assert_int_equal(next(d, 0, 256), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	row->alter(d);
	assert_int_equal(take(d), row->took);
	assert_int_equal(state_of(d)->made, made);
	assert_int_equal(d->s.acked, 0);
	assert_int_equal(sealed_left(d), PAID);
}

static int setup_row(void **state)
{
	row = *state;
	return setup(state);
}

static void T56_an_old_one_once_more_changes_nothing(void **state)
{
	struct desk *d = *state;
	char old[CHECKPOINT_TEXT];
	size_t len;
	uint64_t made;

	assert_int_equal(deliver(d, 0, 5), OUTBOX_TAKEN);
	memcpy(old, d->c.note, len = d->c.len);
	assert_int_equal(deliver(d, 0, 5), OUTBOX_TAKEN);
	made = state_of(d)->made;
	memcpy(d->c.note, old, d->c.len = len);
	assert_int_equal(take(d), OUTBOX_OLD);
	assert_int_equal(d->taken.seq, 5);
	assert_int_equal(state_of(d)->made, made);
	assert_int_equal(d->s.acked, 10);
}

/* ---- T54: exactly once ------------------------------------------------------------ */

static void T54_killed_between_sending_and_the_answer(void **state)
{
	struct desk *d = *state;
	uint64_t to;

	assert_int_equal(next(d, 0, 7), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	to = d->batch.to;
	bookstore_crash(&d->b);
	bookstore_open(&d->b);
	/* The centre has it; the same again, and it says what it said. */
	assert_int_equal(next(d, 0, 7), LOOKUP_FOUND);
	assert_int_equal(d->batch.to, to);
	assert_int_equal(take(d), OUTBOX_TAKEN);
	assert_int_equal(take(d), OUTBOX_OLD);
	assert_int_equal(bookstore_number(&d->b, "SELECT count(*) FROM ack"),
		1);
}

/* ---- forks, and a centre that lost something -------------------------------------- */

static void our_own_hash_is_ours_and_no_other(void **state)
{
	struct desk *d = *state;
	uint8_t h[CRYPTO_HASH_SIZE] = {0};
	bool is;

	MUST(outbox_is_ours(d->b.db, 0, h, &is, &err));
	assert_true(is);
	MUST(outbox_is_ours(d->b.db, 5, h, &is, &err));
	assert_false(is);
	assert_int_equal(next(d, 0, 5), LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	MUST(outbox_is_ours(d->b.db, 5, d->c.batch.last, &is, &err));
	assert_true(is);
	MUST(outbox_is_ours(d->b.db, 4, d->c.batch.last, &is, &err));
	assert_false(is);
	MUST(outbox_is_ours(d->b.db, 5000, d->c.batch.last, &is, &err));
	assert_false(is);
}

static void a_fork_freezes_the_book(void **state)
{
	struct desk *d = *state;
	const uint64_t made = state_of(d)->made;

	MUST(outbox_freeze(d->b.db, "answer", 6, &err));
	assert_int_equal(proof_frozen(d->b.db), made + 1);
	/* Once. */
	MUST(outbox_freeze(d->b.db, "answer", 6, &err));
	assert_int_equal(state_of(d)->made, made + 1);
	bookstore_restart(&d->b);
	assert_int_equal(proof_frozen(d->b.db), made + 1);
}

static void T58_old_records_go_again(void **state)
{
	struct desk *d = *state;

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	assert_int_equal(deliver(d, 3, 4), OUTBOX_OLD);
	assert_int_equal(d->taken.seq, 6);
}

/* ---- what is kept ------------------------------------------------------------------ */

static void how_it_goes_is_kept_over_a_restart(void **state)
{
	struct desk *d = *state;
	struct outbox_state s = *state_of(d);

	s.sent = 6;
	s.trouble_at = 1764547200000;
	snprintf(s.trouble, sizeof(s.trouble), "server_rollback");
	s.resending = true;
	s.resend = 0;
	s.bad_seq = 4;
	s.bad_check = 8;
	MUST(outbox_note(d->b.db, &s, &err));
	bookstore_restart(&d->b);
	state_of(d);
	assert_int_equal(d->s.sent, 6);
	assert_string_equal(d->s.trouble, "server_rollback");
	assert_int_equal(d->s.trouble_at, 1764547200000);
	assert_true(d->s.resending);
	assert_int_equal(d->s.resend, 0);
	assert_int_equal(d->s.bad_seq, 4);
	assert_int_equal(d->s.bad_check, 8);
	/* An acknowledgement ends all of it. */
	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	state_of(d);
	assert_string_equal(d->s.trouble, "");
	assert_false(d->s.resending);
}

static void tables_that_say_otherwise_are_found(void **state)
{
	struct desk *d = *state;
	static const char *const sql[] = {
		"UPDATE state SET acked_seq = acked_seq - 1",
		"UPDATE state SET acked_seq = acked_seq + 1",
		"DELETE FROM ack",
	};
	static const char *const back[] = {
		"UPDATE state SET acked_seq = acked_seq + 1",
		"UPDATE state SET acked_seq = acked_seq - 1",
		"INSERT INTO ack SELECT max(seq), max(seq) - 1 FROM journal",
	};

	assert_int_equal(deliver(d, 0, 256), OUTBOX_TAKEN);
	for (size_t i = 0; i < COUNT_OF(sql); i++) {
		bookstore_tamper(&d->b, sql[i]);
		assert_false(db_check(d->b.db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		bookstore_tamper(&d->b, back[i]);
	}
}

/* ---- joining ----------------------------------------------------------------------- */

static void the_centre_is_kept(void **state)
{
	struct desk *d = *state;
	static struct outbox_centre c;
	char pem[OUTBOX_KEY_PEM];

	bookstore_restart(&d->b);
	assert_int_equal(outbox_centre(d->b.db, &c, &err), LOOKUP_FOUND);
	assert_string_equal(c.url, "https://centre.example:8443");
	assert_string_equal(c.name, "centre-1");
	assert_memory_equal(d->b.db->centre, d->c.seal_public, 32);
	MUST(outbox_device_key(d->b.db, pem, &err));
	assert_memory_equal(pem, "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2",
		42);
}

static void only_a_supervisor_joins(void **state)
{
	struct desk *d = *state;
	struct enrol_answer a;

	madecentre_enrols(&d->c, &a);
	assert_int_equal(outbox_join(d->b.db, &d->b.lan, "https://x", &a,
				 &d->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_ROLE);
	assert_false(outbox_may(d->b.db, &d->b.lan, &d->why));
	assert_true(outbox_may(d->b.db, &d->b.hoa, &d->why));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_setup_teardown(
			a_batch_has_the_records_byte_for_byte, setup, teardown),
		cmocka_unit_test_setup_teardown(the_centre_opens_what_is_sealed,
			setup, teardown),
		cmocka_unit_test_setup_teardown(as_many_records_as_asked_for,
			setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_of_a_training_leaves,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_acknowledgement_becomes_a_record, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_it_covers_is_purged_and_whose_it_is_stays, setup,
			teardown),
		cmocka_unit_test_setup_teardown(what_it_does_not_cover_is_kept,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_acknowledgement_alone_is_not_sent, setup, teardown),
		cmocka_unit_test_setup_teardown(nor_are_several_in_a_row, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			it_goes_with_the_next_record_that_means_something,
			setup, teardown),
		cmocka_unit_test_setup_teardown(the_verifier_finds_it_right,
			setup, teardown),
		cmocka_unit_test_setup_teardown(the_keys_file_names_the_centre,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			keys_that_are_not_all_known_are_left_out, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			T56_an_old_one_once_more_changes_nothing, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			T54_killed_between_sending_and_the_answer, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			our_own_hash_is_ours_and_no_other, setup, teardown),
		cmocka_unit_test_setup_teardown(a_fork_freezes_the_book, setup,
			teardown),
		cmocka_unit_test_setup_teardown(T58_old_records_go_again, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			how_it_goes_is_kept_over_a_restart, setup, teardown),
		cmocka_unit_test_setup_teardown(
			tables_that_say_otherwise_are_found, setup, teardown),
		cmocka_unit_test_setup_teardown(the_centre_is_kept, setup,
			teardown),
		cmocka_unit_test_setup_teardown(only_a_supervisor_joins, setup,
			teardown),
	};
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, is_no_acknowledgement);
	for (size_t i = 0; i < n; i++) {
		tests[i].setup_func = setup_row;
		tests[i].teardown_func = teardown;
	}
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("outbox", tests, n, NULL, NULL);
}
