/* Papers beside the book: T27, T28, T30, and what a stranger's paper can do. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/proof.h"
#include "db/record_internal.h"
#include "db/slips.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

static int setup(void **state)
{
	static struct bookstore b;

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
	return 0;
}

static void pay_one(struct bookstore *b, int64_t id, struct payout *p)
{
	bookstore_pay(b, id, p);
	bookstore_hand(b, p->seq);
}

static void close_all(struct bookstore *b, struct shift_slip *out)
{
	struct shift now;
	struct notes counted = {0};
	struct refusal why = {0};
	struct err err = {0};

	assert_int_equal(shifts_current(b->db, &now, &err), LOOKUP_FOUND);
	counted.pieces[0] = (int32_t)(now.expected / 500000);
	if (shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_NONE, NULL, out,
		    &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
}

/* The whole directory as it is now, for later. */
static void take_image(struct bookstore *b, char image[256])
{
	char command[700];

	db_close(b->db);
	tmpdir_make(image, 256);
	snprintf(command, sizeof(command), "cp -a '%s/.' '%s'", b->dir, image);
	assert_int_equal(system(command), 0);
	bookstore_open(b);
}

/* Put it back over what has been written since. */
static void put_back(struct bookstore *b, const char *image)
{
	char command[700];

	db_close(b->db);
	snprintf(command, sizeof(command), "rm -rf '%s' && cp -a '%s' '%s'",
		b->dir, image, b->dir);
	assert_int_equal(system(command), 0);
	bookstore_open(b);
	tmpdir_remove(image);
}

static enum proof look(struct bookstore *b, const char *text)
{
	struct proof_found found;
	struct err err = {0};

	if (!proof_look(b->db, text, &found, &err))
		fail_msg("%s", err.text);
	return found.proof;
}

static enum proof show(struct bookstore *b, const struct session *by,
	const char *text)
{
	struct proof_found found;
	struct err err = {0};

	if (!proof_take(b->db, &b->lan, by, text, &found, &err))
		fail_msg("%s", err.text);
	assert_int_equal(found.frozen, proof_frozen(b->db) > 0);
	return found.proof;
}

static enum refusal_code open_with(struct bookstore *b, const char *slip)
{
	const struct notes in = {.pieces = {10}};
	struct refusal why;
	struct shift shift;
	struct err err = {0};

	if (shifts_open_with(b->db, &b->lan, &in, slip, &shift, &why, &err) ==
		VERDICT_FAILED)
		fail_msg("%s", err.text);
	return why.code;
}

static uint64_t flags_of_open(struct bookstore *b)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;

	journal_row(b->db,
		(uint64_t)bookstore_number(b,
			"SELECT open_seq FROM shift ORDER BY number DESC"),
		&row, &err);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r.flags;
}

/* ---- what agrees ------------------------------------------------------------ */

static void our_papers_agree(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct payout p;
	char text[300];

	bookstore_shift(b, 20);
	pay_one(b, 1, &p);
	close_all(b, &z);
	assert_int_equal(look(b, p.qr), PROOF_AGREES);
	assert_int_equal(look(b, z.qr), PROOF_AGREES);
	snprintf(text, sizeof(text), "%s\r\n", z.qr);
	assert_int_equal(show(b, NULL, text), PROOF_AGREES);
	assert_int_equal(proof_frozen(b->db), 0);
}

/* V18, product.md 3: scanned, left out, and the first one. */
static void opening_asks_for_the_last_slip(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z1;
	struct shift_slip z2;
	struct payout p;

	assert_int_equal(open_with(b, NULL), REFUSED_NOT);
	assert_int_equal(flags_of_open(b), 0);
	pay_one(b, 1, &p);
	close_all(b, &z1);
	assert_int_equal(open_with(b, p.qr), REFUSED_SLIP);
	assert_int_equal(open_with(b, "no slip"), REFUSED_SLIP);
	assert_int_equal(open_with(b, z1.qr), REFUSED_NOT);
	assert_int_equal(flags_of_open(b), 0);
	close_all(b, &z2);
	assert_int_equal(open_with(b, z1.qr), REFUSED_SLIP);
	assert_int_equal(open_with(b, NULL), REFUSED_NOT);
	assert_int_equal(flags_of_open(b), JOURNAL_OVERRIDE);
	bookstore_must_hold(b);
}

/* ---- what is missing --------------------------------------------------------- */

static void assert_frozen(struct bookstore *b)
{
	struct pay_request r = {.person = 6, .payee = PAYEE_SELF};
	struct refusal why;
	struct payout p;
	struct err err;

	assert_true(proof_frozen(b->db) > 0);
	assert_int_equal(open_with(b, NULL), REFUSED_TAIL_LOST);
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_TAIL_LOST);
}

static void T28_yesterdays_image_is_found_by_todays_slip(void **state)
{
	struct bookstore *b = *state;
	char image[256];
	struct shift_slip z;
	struct payout p;

	bookstore_shift(b, 20);
	pay_one(b, 1, &p);
	close_all(b, &z);
	take_image(b, image);
	bookstore_shift(b, 20);
	pay_one(b, 2, &p);
	close_all(b, &z);
	put_back(b, image);
	bookstore_must_hold(b); /* by itself it knows nothing of it */
	assert_int_equal(look(b, z.qr), PROOF_MISSING);
	assert_int_equal(proof_frozen(b->db), 0);
	assert_int_equal(show(b, NULL, z.qr), PROOF_MISSING);
	assert_frozen(b);
	bookstore_must_hold(b);
	bookstore_restart(b);
	assert_frozen(b);
	db_checkpoint(b->db, &(struct err){0});
	bookstore_crash(b);
	bookstore_open(b);
	assert_frozen(b);
	/* Shown again it is not recorded again. */
	p.seq = proof_frozen(b->db);
	show(b, NULL, z.qr);
	assert_int_equal(proof_frozen(b->db), p.seq);
}

static void T30_a_slip_newer_than_the_book_at_opening(void **state)
{
	struct bookstore *b = *state;
	char image[256];
	struct shift_slip z;

	take_image(b, image);
	for (int i = 0; i < 3; i++) {
		bookstore_shift(b, 20);
		close_all(b, &z);
	}
	put_back(b, image);
	assert_int_equal(open_with(b, z.qr), REFUSED_SLIP);
	assert_int_equal(show(b, NULL, z.qr), PROOF_MISSING);
	assert_frozen(b);
}

/* Three shifts ahead are known; of the fourth nothing can be proven. */
static void T28_an_older_image_needs_a_supervisors_word(void **state)
{
	struct bookstore *b = *state;
	char image[256];
	struct shift_slip z;

	take_image(b, image);
	for (int i = 0; i < 4; i++) {
		bookstore_shift(b, 20);
		close_all(b, &z);
	}
	put_back(b, image);
	assert_int_equal(show(b, NULL, z.qr), PROOF_UNPROVEN);
	assert_int_equal(show(b, &b->minh, z.qr), PROOF_UNPROVEN);
	assert_int_equal(proof_frozen(b->db), 0);
	assert_int_equal(show(b, &b->hoa, z.qr), PROOF_UNPROVEN);
	assert_frozen(b);
}

/* Cut off and gone on: the same numbers tell of something else now. */
static void T27_cut_off_and_continued_is_found_by_a_receipt(void **state)
{
	struct bookstore *b = *state;
	char image[256];
	struct payout lost;
	struct payout p;

	bookstore_shift(b, 20);
	pay_one(b, 1, &p);
	take_image(b, image);
	pay_one(b, 2, &lost);
	put_back(b, image);
	for (int64_t id = 3; id <= 5; id++)
		pay_one(b, id, &p);
	assert_true(lost.seq < p.seq);
	bookstore_must_hold(b);
	assert_int_equal(look(b, p.qr), PROOF_AGREES);
	assert_int_equal(show(b, NULL, lost.qr), PROOF_MISSING);
	assert_true(proof_frozen(b->db) > 0);
	bookstore_must_hold(b);
}

/* What was open may still be ended: the cash has to be counted. */
static void a_frozen_shift_can_be_handed_over_and_closed(void **state)
{
	struct bookstore *b = *state;
	char image[256];
	struct payout lost;
	struct shift_slip z;
	struct payout p;

	bookstore_shift(b, 20);
	take_image(b, image);
	pay_one(b, 2, &lost);
	pay_one(b, 3, &lost);
	put_back(b, image);
	bookstore_pay(b, 1, &p);
	show(b, NULL, lost.qr);
	assert_true(proof_frozen(b->db) > 0);
	bookstore_hand(b, p.seq);
	close_all(b, &z);
	assert_frozen(b);
	bookstore_must_hold(b);
}

/* ---- strangers ------------------------------------------------------------------ */

/* A hostile print must not stop a post office. */
static void nobody_elses_paper_freezes_anything(void **state)
{
	struct bookstore *b = *state;
	struct crypto_pair thief;
	struct shift_slip z;
	struct zseal forged;
	struct seal receipt;
	struct payout p;
	char text[ZSEAL_TEXT_SIZE];

	bookstore_shift(b, 20);
	pay_one(b, 1, &p);
	close_all(b, &z);
	crypto_pair_new(&thief);
	zseal_parse(z.qr, &forged);
	forged.seq += 100;
	zseal_text(&forged, text);
	assert_int_equal(show(b, NULL, text), PROOF_UNPROVEN);
	chain_sign_slip(&forged, thief.secret);
	zseal_text(&forged, text);
	assert_int_equal(show(b, NULL, text), PROOF_UNPROVEN);
	forged.dev[0] ^= 1;
	zseal_text(&forged, text);
	assert_int_equal(show(b, &b->hoa, text), PROOF_FOREIGN);
	seal_parse(p.qr, &receipt);
	receipt.amount += 1000;
	seal_text(&receipt, text);
	assert_int_equal(show(b, NULL, text), PROOF_UNPROVEN);
	receipt.seq = 0;
	chain_sign_receipt(&receipt, thief.secret);
	seal_text(&receipt, text);
	assert_int_equal(show(b, NULL, text), PROOF_UNPROVEN);
	assert_int_equal(show(b, &b->hoa, ""), PROOF_NONE);
	assert_int_equal(show(b, &b->hoa, "CZ1:"), PROOF_NONE);
	assert_int_equal(proof_frozen(b->db), 0);
	assert_int_equal(open_with(b, z.qr), REFUSED_NOT);
}

/* A signature of one kind of paper is none of the other. */
static void a_receipt_is_no_slip(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct payout p;
	struct seal receipt;
	struct zseal slip;
	char text[ZSEAL_TEXT_SIZE];

	bookstore_shift(b, 20);
	pay_one(b, 1, &p);
	close_all(b, &z);
	zseal_parse(z.qr, &slip);
	seal_parse(p.qr, &receipt);
	memcpy(slip.sig, receipt.sig, sizeof(slip.sig));
	zseal_text(&slip, text);
	assert_int_equal(look(b, text), PROOF_UNPROVEN);
}

/* ---- the end --------------------------------------------------------------------- */

static void after_the_end_nothing_is_written(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err = {0};
	struct shift_slip z;
	struct session s;
	struct sign_in_result result;

	bookstore_shift(b, 20);
	assert_int_equal(proof_retire(b->db, &b->lan, RETIRE_OTHER, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(proof_retire(b->db, &b->hoa, RETIRE_OTHER, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SHIFT_OPEN);
	close_all(b, &z);
	assert_int_equal(proof_retire(b->db, &b->hoa, RETIRE_TAIL_LOST, &why,
				 &err),
		VERDICT_DONE);
	for (int i = 0; i < 2; i++) {
		assert_true(proof_retired(b->db));
		assert_int_equal(users_sign_in(b->db, 7, "135792", &s, &result,
					 &err),
			SIGN_IN_FAILED);
		assert_int_equal(err.code, ERR_DENIED);
		bookstore_must_hold(b);
		bookstore_restart(b);
	}
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(our_papers_agree),
		ROW(opening_asks_for_the_last_slip),
		ROW(T28_yesterdays_image_is_found_by_todays_slip),
		ROW(T30_a_slip_newer_than_the_book_at_opening),
		ROW(T28_an_older_image_needs_a_supervisors_word),
		ROW(T27_cut_off_and_continued_is_found_by_a_receipt),
		ROW(a_frozen_shift_can_be_handed_over_and_closed),
		ROW(nobody_elses_paper_freezes_anything),
		ROW(a_receipt_is_no_slip),
		ROW(after_the_end_nothing_is_written),
	};

	return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
