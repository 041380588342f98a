/* mutation_elsewhere.c - paid marks of another terminal, and complaints. */
#include <stdlib.h>
#include <string.h>

#include "support/bookgen_internal.h"
#include "support/mutation.h"

static struct bookgen_rec *marks(struct bookgen *b)
{
	return mutation_first(b, GEN_MARKS);
}

static struct bookgen_rec *complaint(struct bookgen *b)
{
	return mutation_first(b, GEN_COMPLAINT);
}

/* ---- MARKS -----------------------------------------------------------------*/

static void staff_takes(struct bookgen *b)
{
	marks(b)->actor = GEN_DUNG;
}

static void technician_takes(struct bookgen *b)
{
	marks(b)->actor = GEN_KY;
}

static void system_takes(struct bookgen *b)
{
	marks(b)->actor = 0;
}

static void stranger_takes(struct bookgen *b)
{
	marks(b)->actor = 77;
}

static void of_this_device(struct bookgen *b)
{
	memcpy(marks(b)->peer, b->dev, sizeof(b->dev));
}

static void taken_twice(struct bookgen *b)
{
	const uint64_t seq = marks(b)->seq;

	mutation_repeat(b, seq, seq + 2);
}

/* The same message, by its hash, as if it were of another terminal. */
static void taken_as_of_another(struct bookgen *b)
{
	const uint64_t seq = marks(b)->seq;

	memset(mutation_repeat(b, seq, seq + 2)->peer, 0x55, 16);
}

static void of_no_record(struct bookgen *b)
{
	marks(b)->ref = 0;
}

/* The number in a message has 40 bits. */
static void of_a_record_beyond_all(struct bookgen *b)
{
	marks(b)->ref = UINT64_C(1) << 40;
}

static void of_the_last_number(struct bookgen *b)
{
	marks(b)->ref = (UINT64_C(1) << 40) - 1;
}

static void more_than_a_list(struct bookgen *b)
{
	marks(b)->res = (1 << 20) + 1;
}

static void of_a_whole_list(struct bookgen *b)
{
	marks(b)->res = 1 << 20;
}

static void of_nobody_paid(struct bookgen *b)
{
	marks(b)->res = 0;
}

static void older_of_another_list(struct bookgen *b)
{
	struct bookgen_rec *r = bookgen_find(b, marks(b)->seq + 1, GEN_MARKS);

	r->ref = marks(b)->ref - 1;
}

static void marks_unsigned(struct bookgen *b)
{
	marks(b)->sig_by = GEN_BY_KEEP;
}

static void marks_of_an_older_key(struct bookgen *b)
{
	marks(b)->sig_by = GEN_BY_OTHER;
	marks(b)->sig_key = 1;
}

static void marks_move_money(struct bookgen *b)
{
	marks(b)->tot[0] += 500000;
}

/* One byte less of a key that has its size: 24 rsum, 30 peer. */
static void shorten(struct bytes *body, const uint8_t *head, size_t len)
{
	uint8_t *at = memmem(body->at, body->len, head, len);

	if (!at)
		abort();
	at[len - 1]--;
	bytes_cut(body, (size_t)(at - body->at) + len, 1);
}

static void short_hash(struct bytes *body)
{
	shorten(body, (const uint8_t *)"\x18\x18\x58\x20", 4);
}

static void short_peer(struct bytes *body)
{
	shorten(body, (const uint8_t *)"\x18\x1e\x50", 3);
}

static void of_a_short_hash(struct bookgen *b)
{
	marks(b)->twist = short_hash;
}

static void of_a_short_id(struct bookgen *b)
{
	marks(b)->twist = short_peer;
}

/* ---- COMPLAINT -------------------------------------------------------------*/

static void staff_notes(struct bookgen *b)
{
	complaint(b)->actor = GEN_DUNG;
}

static void technician_notes(struct bookgen *b)
{
	complaint(b)->actor = GEN_KY;
}

static void system_notes(struct bookgen *b)
{
	complaint(b)->actor = 0;
}

static void revoked_notes(struct bookgen *b)
{
	b->revoked_user = complaint(b)->actor;
	b->revoked_ms = complaint(b)->t;
}

static void of_a_login(struct bookgen *b)
{
	complaint(b)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void of_a_void(struct bookgen *b)
{
	complaint(b)->ref = mutation_first(b, GEN_VOID)->seq;
}

static void of_a_slip(struct bookgen *b)
{
	complaint(b)->ref = mutation_first(b, GEN_CLOSE)->seq;
}

static void of_itself(struct bookgen *b)
{
	complaint(b)->ref = complaint(b)->seq;
}

static void of_nothing(struct bookgen *b)
{
	complaint(b)->ref = 0;
}

static void of_what_comes_later(struct bookgen *b)
{
	const uint64_t seq = mutation_payout(b, 1)->seq;

	mutation_repeat(b, complaint(b)->seq, seq)->ref = seq + 1;
}

static void of_what_was_taken_back(struct bookgen *b)
{
	complaint(b)->ref = mutation_first(b, GEN_VOID)->ref;
}

static void without_a_reason(struct bookgen *b)
{
	complaint(b)->rsn = 0;
}

static void for_an_unknown_reason(struct bookgen *b)
{
	complaint(b)->rsn = 4;
}

static void complained_twice(struct bookgen *b)
{
	const uint64_t seq = complaint(b)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void complaint_takes_money(struct bookgen *b)
{
	complaint(b)->tot[1] += 500000;
}

static void complaint_unsigned(struct bookgen *b)
{
	complaint(b)->sig_by = GEN_BY_KEEP;
}

static void complaint_of_an_older_key(struct bookgen *b)
{
	complaint(b)->sig_by = GEN_BY_OTHER;
	complaint(b)->sig_key = 1;
}

/* A receipt's signature on a record that is no paper. */
static void complaint_as_a_paper(struct bookgen *b)
{
	complaint(b)->strange_rsig = true;
}

static const struct mutation rows[] = {
	{"T72 V23: staff takes paid marks", 23, staff_takes, 0},
	{"T72 V23: a technician takes paid marks", 23, technician_takes, 0},
	{"V23: the system takes paid marks", 23, system_takes, 0},
	{"V23: somebody unknown takes paid marks", 23, stranger_takes, 0},
	{"V33: paid marks of this very device", 33, of_this_device, 0},
	{"V33: paid marks taken twice", 33, taken_twice, 0},
	{"V33: one message as if of two terminals", 33, taken_as_of_another, 0},
	{"V33: paid marks of no record", 33, of_no_record, 0},
	{"V33: paid marks of a record beyond 40 bits", 33,
		of_a_record_beyond_all, 0},
	{"paid marks of the last number that there is", 33, of_the_last_number,
		MUT_ACCEPT},
	{"V33: marks more than a list may have", 33, more_than_a_list, 0},
	{"marks all of the longest list", 33, of_a_whole_list, MUT_ACCEPT},
	{"marks nobody: nothing is paid there yet", 33, of_nobody_paid,
		MUT_ACCEPT},
	{"an older message of another list", 33, older_of_another_list,
		MUT_ACCEPT},
	{"V08: MARKS is not signed", 8, marks_unsigned, 0},
	{"V08: MARKS signed by the key of another shift", 8,
		marks_of_an_older_key, 0},
	{"V12: MARKS moves money", 12, marks_move_money, 0},
	{"V03: MARKS with 31 bytes of a hash", 3, of_a_short_hash, 0},
	{"V03: MARKS with 15 bytes of a device", 3, of_a_short_id, 0},
	{"T72 V23: staff notes a complaint", 23, staff_notes, 0},
	{"T72 V23: a technician notes a complaint", 23, technician_notes, 0},
	{"V23: the system notes a complaint", 23, system_notes, 0},
	{"T67 V23: who was sent away notes a complaint", 23, revoked_notes, 0},
	{"V20: a complaint about a LOGIN", 20, of_a_login, 0},
	{"V20: a complaint about a VOID", 20, of_a_void, 0},
	{"V20: a complaint about a Z slip", 20, of_a_slip, 0},
	{"V20: a complaint about itself", 20, of_itself, 0},
	{"V20: a complaint about no record", 20, of_nothing, 0},
	{"V20: a complaint about what comes later", 20, of_what_comes_later, 0},
	{"a complaint about what was taken back", 20, of_what_was_taken_back,
		MUT_ACCEPT},
	{"two complaints about one payment", 20, complained_twice, MUT_ACCEPT},
	{"V03: a complaint without a reason", 3, without_a_reason, 0},
	{"V03: a complaint for a reason that is not known", 3,
		for_an_unknown_reason, 0},
	{"V12: a complaint takes money back", 12, complaint_takes_money, 0},
	{"V08: COMPLAINT is not signed", 8, complaint_unsigned, 0},
	{"V08: COMPLAINT signed by the key of another shift", 8,
		complaint_of_an_older_key, 0},
	{"V08: COMPLAINT signed as a receipt", 8, complaint_as_a_paper, 0},
};

const struct mutation_table mutation_elsewhere = {rows,
	sizeof(rows) / sizeof(rows[0])};
