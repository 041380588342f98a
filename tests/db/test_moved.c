/* T29: the whole directory on a second machine reads, and does not pay. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/machine.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/moved.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "db/slips.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

static const char here[] = "11111111111111111111111111111111";
static const char there[] = "22222222222222222222222222222222";

static int setup(void **state)
{
	static struct bookstore b;

	machine_pretend(here);
	bookstore_make(&b);
	for (int64_t id = 1; id <= 6; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	machine_pretend(NULL);
	return 0;
}

/* The store as it would start on that machine. */
static void start_on(struct bookstore *b, const char *id)
{
	db_close(b->db);
	machine_pretend(id);
	bookstore_open(b);
}

static enum refusal_code pay(struct bookstore *b, int64_t id)
{
	struct pay_request r = {.person = id, .payee = PAYEE_SELF};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	payouts_uid(r.uid);
	if (payouts_pay(b->db, &b->lan, &r, &p, &why, &err) == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return why.code;
}

static enum refusal_code open_shift(struct bookstore *b)
{
	const struct notes in = {.pieces = {10}};
	struct refusal why;
	struct shift shift;
	struct err err = {0};

	if (shifts_open(b->db, &b->lan, &in, &shift, &why, &err) ==
		VERDICT_FAILED)
		fail_msg("%s", err.text);
	return why.code;
}

static void close_shift(struct bookstore *b, struct shift_slip *out)
{
	struct notes counted = {0};
	struct refusal why = {0};
	struct shift now;
	struct err err = {0};

	assert_int_equal(shifts_current(b->db, &now, &err), LOOKUP_FOUND);
	counted.pieces[0] = (int32_t)(now.expected / 500000);
	if (shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_NONE, NULL, out,
		    &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
}

static enum refusal_code confirm(struct bookstore *b, const struct session *s,
	const char *paper)
{
	struct refusal why;
	struct err err = {0};

	if (moved_confirm(b->db, s, paper, &why, &err) == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return why.code;
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static void last_record(struct bookstore *b, struct record *out)
{
	struct journal_row row;
	const char *finding;
	struct err err;

	assert_int_equal(journal_row(b->db, (uint64_t)records(b), &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, out, &finding));
}

/* ---- the same machine ---------------------------------------------------- */

static void T29_a_restart_on_the_same_machine_pays_on(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 20);
	start_on(b, here);
	assert_int_equal(moved_state(b->db), MOVED_NOT);
	assert_int_equal(pay(b, 1), REFUSED_NOT);
	assert_int_equal(confirm(b, &b->hoa, NULL), REFUSED_NOT);
}

/* A store says nothing of the machine that a third one could use. */
static void the_machine_is_kept_as_a_hash(void **state)
{
	struct bookstore *b = *state;

	assert_int_equal(bookstore_number(b, "SELECT length(value) FROM setting"
					     " WHERE name = 'machine'"),
		64);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM setting"
					     " WHERE value LIKE '%11111111%'"),
		0);
}

static void T29_an_old_store_binds_itself_at_its_next_start(void **state)
{
	struct bookstore *b = *state;

	bookstore_sql(b, "DELETE FROM setting WHERE name = 'machine'");
	start_on(b, there);
	assert_int_equal(moved_state(b->db), MOVED_NOT);
	start_on(b, here);
	assert_int_equal(moved_state(b->db), MOVED_AWAY);
}

static void T29_without_an_id_nothing_is_bound(void **state)
{
	struct bookstore *b = *state;

	bookstore_sql(b, "DELETE FROM setting WHERE name = 'machine'");
	start_on(b, "");
	assert_int_equal(moved_state(b->db), MOVED_UNKNOWN);
	assert_int_equal(open_shift(b), REFUSED_NOT);
	start_on(b, here);
	assert_int_equal(moved_state(b->db), MOVED_NOT);
	/* But one file less on the second machine does not unbind it. */
	start_on(b, "");
	assert_int_equal(moved_state(b->db), MOVED_AWAY);
	assert_int_equal(pay(b, 1), REFUSED_MOVED);
}

/* ---- another one ------------------------------------------------------------ */

static void T29_a_clone_neither_pays_nor_opens(void **state)
{
	struct bookstore *b = *state;
	int64_t before;

	bookstore_shift(b, 20);
	assert_int_equal(pay(b, 1), REFUSED_NOT);
	bookstore_hand(b,
		(uint64_t)bookstore_number(b, "SELECT max(seq) FROM payout"));
	start_on(b, there);
	assert_int_equal(moved_state(b->db), MOVED_AWAY);
	before = records(b);
	assert_int_equal(pay(b, 2), REFUSED_MOVED);
	assert_int_equal(records(b), before);
	bookstore_restart(b);
	assert_int_equal(pay(b, 2), REFUSED_MOVED);
	/* Back where it came from all is as before. */
	start_on(b, here);
	assert_int_equal(pay(b, 2), REFUSED_NOT);
	bookstore_must_hold(b);
}

/* What was open is answered and closed; all of it can be looked at. */
static void T29_a_clone_can_be_answered_closed_and_read(void **state)
{
	struct bookstore *b = *state;
	struct person_due due;
	struct shift_slip z;
	struct payout p;
	struct err err;

	bookstore_shift(b, 20);
	bookstore_pay(b, 1, &p);
	start_on(b, there);
	assert_int_equal(payouts_open(b->db, &p, &err), LOOKUP_FOUND);
	assert_int_equal(people_get(b->db, 2, &due, &err), LOOKUP_FOUND);
	bookstore_hand(b, p.seq);
	close_shift(b, &z);
	assert_int_equal(open_shift(b), REFUSED_MOVED);
	bookstore_must_hold(b);
}

static void T29_a_supervisor_confirms_with_the_last_slip(void **state)
{
	struct bookstore *b = *state;
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[64];
	char known[65] = "";
	char now[65] = "";
	struct record r;
	struct shift_slip z1;
	struct shift_slip z2;
	struct payout p;
	struct err err;

	bookstore_shift(b, 20);
	bookstore_pay(b, 1, &p);
	bookstore_hand(b, p.seq);
	close_shift(b, &z1);
	bookstore_shift(b, 20);
	close_shift(b, &z2);
	assert_true(setting_get(b->db, "machine", known, 65, &err));
	start_on(b, there);
	assert_int_equal(confirm(b, &b->lan, z2.qr), REFUSED_ROLE);
	assert_int_equal(confirm(b, &b->ky, z2.qr), REFUSED_ROLE);
	assert_int_equal(confirm(b, &b->hoa, NULL), REFUSED_LAST_PAPER);
	assert_int_equal(confirm(b, &b->hoa, ""), REFUSED_LAST_PAPER);
	assert_int_equal(confirm(b, &b->hoa, "no paper"), REFUSED_LAST_PAPER);
	assert_int_equal(confirm(b, &b->hoa, z1.qr), REFUSED_LAST_PAPER);
	assert_int_equal(confirm(b, &b->hoa, p.qr), REFUSED_LAST_PAPER);
	assert_int_equal(moved_state(b->db), MOVED_AWAY);
	assert_int_equal(open_shift(b), REFUSED_MOVED);

	assert_int_equal(confirm(b, &b->hoa, z2.qr), REFUSED_NOT);
	assert_int_equal(moved_state(b->db), MOVED_NOT);
	last_record(b, &r);
	assert_true(setting_get(b->db, "machine", now, 65, &err));
	snprintf(line, sizeof(line), "moved %.8s %.8s\n", known, now);
	crypto_sha256(line, strlen(line), sum);
	assert_int_equal(r.kind, JOURNAL_CONFIG);
	assert_int_equal(r.actor, 1);
	assert_memory_equal(r.rsum, sum, sizeof(sum));
	assert_true((r.has & RECORD_HAS(KEY_ASIG)) != 0);
	assert_int_equal(open_shift(b), REFUSED_NOT);
	bookstore_must_hold(b);
	bookstore_restart(b);
	assert_int_equal(pay(b, 2), REFUSED_NOT);
	/* Now the first machine is the other one. */
	start_on(b, here);
	assert_int_equal(pay(b, 3), REFUSED_MOVED);
}

static void T29_a_receipt_after_the_last_slip_will_do(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct payout p;

	bookstore_shift(b, 20);
	close_shift(b, &z);
	bookstore_shift(b, 20);
	bookstore_pay(b, 1, &p);
	bookstore_hand(b, p.seq);
	start_on(b, there);
	assert_int_equal(confirm(b, &b->hoa, p.qr), REFUSED_NOT);
	assert_int_equal(pay(b, 2), REFUSED_NOT);
}

static void T29_a_terminal_without_papers_needs_none(void **state)
{
	struct bookstore *b = *state;

	start_on(b, there);
	assert_int_equal(open_shift(b), REFUSED_MOVED);
	assert_int_equal(confirm(b, &b->hoa, NULL), REFUSED_NOT);
	assert_int_equal(open_shift(b), REFUSED_NOT);
}

/* The copy is of last week: today's slip shows it and freezes the book. */
static void T29_a_paper_newer_than_the_copy_freezes_it(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	char copy[256];
	char was[256];

	bookstore_shift(b, 20);
	close_shift(b, &z);
	bookstore_image(b, copy, sizeof(copy));
	bookstore_shift(b, 20);
	close_shift(b, &z);
	db_close(b->db);
	memcpy(was, b->dir, sizeof(was));
	memcpy(b->dir, copy, sizeof(copy));
	machine_pretend(there);
	bookstore_open(b);
	assert_int_equal(confirm(b, &b->hoa, z.qr), REFUSED_TAIL_LOST);
	assert_true(proof_frozen(b->db) > 0);
	assert_int_equal(confirm(b, &b->hoa, z.qr), REFUSED_TAIL_LOST);
	assert_int_equal(moved_state(b->db), MOVED_AWAY);
	bookstore_must_hold(b);
	tmpdir_remove(was);
}

/* What it does not protect against: both confirmed, and both pay. */
static void T29_two_confirmed_clones_differ_from_there_on(void **state)
{
	struct bookstore *b = *state;
	uint8_t first[CRYPTO_HASH_SIZE];
	struct journal_head head;
	char copy[256];
	char was[256];
	struct err err;

	bookstore_image(b, copy, sizeof(copy));
	assert_int_equal(open_shift(b), REFUSED_NOT);
	assert_true(journal_head(b->db, &head, &err));
	memcpy(first, head.head, sizeof(first));
	db_close(b->db);
	memcpy(was, b->dir, sizeof(was));
	memcpy(b->dir, copy, sizeof(copy));
	machine_pretend(there);
	bookstore_open(b);
	assert_int_equal(confirm(b, &b->hoa, NULL), REFUSED_NOT);
	assert_int_equal(open_shift(b), REFUSED_NOT);
	assert_true(journal_head(b->db, &head, &err));
	/* The centre gets two books of one device: FORK. */
	assert_memory_not_equal(first, head.head, sizeof(first));
	tmpdir_remove(was);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(T29_a_restart_on_the_same_machine_pays_on),
		ROW(the_machine_is_kept_as_a_hash),
		ROW(T29_an_old_store_binds_itself_at_its_next_start),
		ROW(T29_without_an_id_nothing_is_bound),
		ROW(T29_a_clone_neither_pays_nor_opens),
		ROW(T29_a_clone_can_be_answered_closed_and_read),
		ROW(T29_a_supervisor_confirms_with_the_last_slip),
		ROW(T29_a_receipt_after_the_last_slip_will_do),
		ROW(T29_a_terminal_without_papers_needs_none),
		ROW(T29_a_paper_newer_than_the_copy_freezes_it),
		ROW(T29_two_confirmed_clones_differ_from_there_on),
	};

	return cmocka_run_group_tests_name("moved", tests, NULL, NULL);
}
