/* The Z slip read back, and what the book says of its paper. */
#include "support/unit.h"

#include <string.h>

#include "db/chain_internal.h"
#include "db/epoch_internal.h"
#include "db/slips.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	for (int64_t id = 1; id <= 3; id++)
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

static void close_with(struct bookstore *b, int32_t notes,
	struct shift_slip *out)
{
	const struct notes counted = {.pieces = {notes}};
	struct refusal why = {0};
	struct err err = {0};

	if (shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_CHANGE, &b->hoa,
		    out, &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
}

static void live(struct bookstore *b, struct shift_slip *out)
{
	struct payout p;

	bookstore_shift(b, 20);
	bookstore_pay(b, 1, &p);
	bookstore_hand(b, p.seq);
	close_with(b, 18, out);
}

static void the_slip_says_what_the_record_says(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct shift_slip again;
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	struct zseal seal;
	struct err err;

	live(b, &z);
	assert_int_equal(z.shift.number, 1);
	assert_int_equal(z.shift.float_in, 10000000);
	assert_int_equal(z.shift.paid, 500000);
	assert_int_equal(z.shift.payouts, 1);
	assert_int_equal(z.shift.expected, 9500000);
	assert_int_equal(z.counted, 9000000);
	assert_int_equal(z.difference, -500000);
	assert_int_equal(z.reason, SHIFT_REASON_CHANGE);
	assert_int_equal(z.second, 1);
	assert_string_equal(z.second_name, "Hoa");
	assert_int_equal(z.notes.pieces[0], 18);
	assert_true(zseal_parse(z.qr, &seal));
	assert_int_equal(seal.seq, z.seq);
	assert_int_equal(seal.shift, 1);
	assert_int_equal(seal.expected, 9500000);
	assert_int_equal(seal.counted, 9000000);
	assert_int_equal(seal.paid, 500000);
	assert_int_equal(seal.payments, 1);
	assert_memory_equal(seal.h, z.head, sizeof(seal.h));
	assert_true(epoch_public_for(b->db, z.seq, key, &err));
	assert_true(chain_verify_slip(&seal, key));
	/* The same for ever, also when another shift has gone by. */
	bookstore_shift(b, 20);
	close_with(b, 20, &again);
	assert_int_equal(slips_get(b->db, 1, &again, &err), LOOKUP_FOUND);
	assert_string_equal(again.qr, z.qr);
	assert_string_equal(again.code, z.code);
	assert_int_equal(slips_get(b->db, 0, &again, &err), LOOKUP_FOUND);
	assert_int_equal(again.shift.number, 2);
	assert_int_equal(again.shift.paid, 0);
	assert_int_equal(again.reason, SHIFT_REASON_NONE);
	bookstore_must_hold(b);
}

/* One is paid, by a banknote that is told or not; then a note of 500,000 lacks
 * and two of 200,000 are there that nobody brought. */
static void differ(struct bookstore *b, bool told, struct shift_slip *out)
{
	const struct notes given = {.pieces = {1}};
	const struct notes counted = {.pieces = {18, 2}};
	struct refusal why = {0};
	struct err err = {0};
	struct payout p;

	bookstore_shift(b, 20);
	bookstore_pay(b, 1, &p);
	if (told)
		assert_int_equal(payouts_handed_in(b->db, &b->lan, p.seq,
					 &given, &p, &why, &err),
			VERDICT_DONE);
	else
		bookstore_hand(b, p.seq);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_MISCOUNT, &b->hoa, out, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(out->difference, -100000);
}

static void a_difference_is_told_by_banknote(void **state)
{
	const struct notes want = {.pieces = {-1, 2}};
	struct bookstore *b = *state;
	struct shift_slip z;
	struct err err;

	differ(b, true, &z);
	assert_true(notes_equal(&z.differs, &want));
	/* On a copy, too, when the next shift has begun. */
	bookstore_shift(b, 20);
	assert_int_equal(slips_get(b->db, 1, &z, &err), LOOKUP_FOUND);
	assert_true(notes_equal(&z.differs, &want));
	bookstore_must_hold(b);
}

static void what_nobody_told_is_not_guessed_at(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;

	differ(b, false, &z);
	assert_true(notes_none(&z.differs));
}

/* Notes that were changed for others are no matter. */
static void a_count_that_agrees_says_nothing_of_notes(void **state)
{
	const struct notes counted = {.pieces = {18, 5}};
	struct bookstore *b = *state;
	struct refusal why = {0};
	struct err err = {0};
	struct shift_slip z;

	bookstore_shift(b, 20);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &z, &why, &err),
		VERDICT_DONE);
	assert_true(notes_none(&z.differs));
}

static void an_open_shift_has_no_slip(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct err err;

	assert_int_equal(slips_get(b->db, 0, &z, &err), LOOKUP_ABSENT);
	bookstore_shift(b, 20);
	assert_int_equal(slips_get(b->db, 1, &z, &err), LOOKUP_ABSENT);
	assert_int_equal(slips_get(b->db, 9, &z, &err), LOOKUP_ABSENT);
}

/* One number of a slip changed: its own signature shows it. */
static void an_altered_slip_does_not_verify(void **state)
{
	struct bookstore *b = *state;
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	struct shift_slip z;
	struct zseal seal;
	struct err err;

	live(b, &z);
	epoch_public_for(b->db, z.seq, key, &err);
	zseal_parse(z.qr, &seal);
	seal.counted += 1000;
	assert_false(chain_verify_slip(&seal, key));
	zseal_parse(z.qr, &seal);
	seal.seq++;
	assert_false(chain_verify_slip(&seal, key));
}

static int begin(struct bookstore *b, const struct session *s, uint64_t seq)
{
	struct refusal why;
	struct err err = {0};
	int copy = -1;

	if (slips_print_begin(b->db, s, seq, &copy, &why, &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
	return copy;
}

static void result(struct bookstore *b, uint64_t seq, enum print_state state)
{
	struct err err;

	assert_true(slips_print_result(b->db, &b->lan, seq, state, &err));
}

static void the_original_once_then_numbered_copies(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;

	live(b, &z);
	assert_int_equal(begin(b, &b->lan, z.seq), 0);
	result(b, z.seq, PRINT_FAILED);
	assert_int_equal(begin(b, &b->lan, z.seq), 0);
	result(b, z.seq, PRINT_PRINTED);
	assert_int_equal(begin(b, &b->lan, z.seq), 1);
	assert_int_equal(begin(b, &b->hoa, z.seq), 2);
	bookstore_restart(b);
	assert_int_equal(begin(b, &b->lan, z.seq), 3);
	bookstore_must_hold(b);
}

/* Nobody knows whether it came out: the next one says that it is a copy. */
static void after_an_unknown_print_comes_a_copy(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct shift_slip other;

	live(b, &z);
	result(b, z.seq, PRINT_UNKNOWN);
	assert_int_equal(begin(b, &b->lan, z.seq), 1);
	bookstore_shift(b, 20);
	close_with(b, 20, &other);
	assert_int_equal(begin(b, &b->lan, other.seq), 0);
}

static void staff_print_no_slips(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct refusal why;
	struct err err;
	int copy;

	live(b, &z);
	assert_int_equal(slips_print_begin(b->db, &b->dung, z.seq, &copy, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
}

/* Else a slip with another sum would be printed of it. */
static void a_shift_whose_begin_is_cut_short_has_no_slip(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip z;
	struct err err = {0};

	live(b, &z);
	bookstore_sql(b, "PRAGMA ignore_check_constraints = ON;"
			 "UPDATE shift SET tot = x'00'");
	assert_int_equal(slips_get(b->db, 1, &z, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(the_slip_says_what_the_record_says),
		ROW(a_difference_is_told_by_banknote),
		ROW(what_nobody_told_is_not_guessed_at),
		ROW(a_count_that_agrees_says_nothing_of_notes),
		ROW(an_open_shift_has_no_slip),
		ROW(a_shift_whose_begin_is_cut_short_has_no_slip),
		ROW(an_altered_slip_does_not_verify),
		ROW(the_original_once_then_numbered_copies),
		ROW(after_an_unknown_print_comes_a_copy),
		ROW(staff_print_no_slips),
	};

	return cmocka_run_group_tests_name("slips", tests, NULL, NULL);
}
