/* mutation_outside.c - commitments, acknowledgements, lists, other devices. */
#include <string.h>

#include "support/mutation.h"

static struct bookgen_rec *ack(struct bookgen *b)
{
	return mutation_last(b, GEN_UPLOAD_ACK);
}

static void no_commitment(struct bookgen *b)
{
	mutation_payout(b, 1)->has &= ~GEN_HAS(16);
}

static void commitment_twice(struct bookgen *b)
{
	memcpy(mutation_payout(b, 2)->pdc, mutation_payout(b, 1)->pdc, 32);
}

/* ---- T34 -------------------------------------------------------------------*/

static void ack_forged(struct bookgen *b)
{
	ack(b)->ack.wrong_key = true;
}

static void ack_of_other_device(struct bookgen *b)
{
	ack(b)->ack.dev[0] ^= 1;
}

static void ack_goes_back(struct bookgen *b)
{
	ack(b)->ack.seq = mutation_first(b, GEN_UPLOAD_ACK)->ack.seq - 1;
}

static void ack_of_other_book(struct bookgen *b)
{
	ack(b)->ack.wrong_hash = true;
}

static void ack_of_what_is_to_come(struct bookgen *b)
{
	ack(b)->ack.seq = ack(b)->seq + 1;
}

static void nonce_twice(struct bookgen *b)
{
	memcpy(ack(b)->ack.nonce, mutation_first(b, GEN_UPLOAD_ACK)->ack.nonce,
		16);
}

/* T67: a list of revoked users older than the one that was seen. */
static void older_revlist(struct bookgen *b)
{
	const uint64_t seq = mutation_last(b, GEN_REVLIST)->seq;

	mutation_repeat(b, seq, seq + 1)->res = 0;
}

/* ---- V33 -------------------------------------------------------------------*/

static void paid_though_released(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_ACQUIRE)->seq);
}

static void released_twice(struct bookgen *b)
{
	const uint64_t seq = mutation_first(b, GEN_RELEASE)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void acquired_twice(struct bookgen *b)
{
	const uint64_t seq = mutation_first(b, GEN_ACQUIRE)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void acquired_by_an_older_message(struct bookgen *b)
{
	mutation_first(b, GEN_ACQUIRE)->hop = 1;
}

static void moved_without_end(struct bookgen *b)
{
	mutation_first(b, GEN_ACQUIRE)->hop = 201;
}

/* What was acquired and paid goes away once more. */
static void a_move_left_out(struct bookgen *b)
{
	const struct bookgen_rec *back = mutation_first(b, GEN_ACQUIRE);
	struct bookgen_rec *r = mutation_repeat(b,
		mutation_first(b, GEN_RELEASE)->seq, back->seq + 1);

	back = mutation_first(b, GEN_ACQUIRE);
	memcpy(r->ent, back->ent, sizeof(r->ent));
	r->hop = 4;
}

static void released_after_pay(struct bookgen *b)
{
	const struct bookgen_rec *pay = mutation_payout(b, 0);
	struct bookgen_rec *r = mutation_last(b, GEN_RELEASE);

	memcpy(r->ent, pay->item[0].ent, sizeof(r->ent));
}

static void acquired_from_itself(struct bookgen *b)
{
	memcpy(mutation_first(b, GEN_ACQUIRE)->peer, b->dev, 16);
}

static void released_to_itself(struct bookgen *b)
{
	memcpy(mutation_first(b, GEN_RELEASE)->peer, b->dev, 16);
}

/* ---- V34, V35 --------------------------------------------------------------*/

static void not_on_the_list(struct bookgen *b)
{
	mutation_payout(b, 1)->item[0].ent[3] ^= 1;
}

static void more_than_the_list(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->amt += 500000;
	r->item[0].amt += 500000;
}

static void other_month_than_the_list(struct bookgen *b)
{
	mutation_payout(b, 1)->item[0].per--;
}

static void list_never_imported(struct bookgen *b)
{
	mutation_first(b, GEN_IMPORT)->rsum[0] ^= 1;
}

static void before_its_time(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	for (size_t i = 0; i < b->dues; i++)
		if (memcmp(b->due[i].item.ent, r->item[0].ent, 16) == 0)
			b->due[i].item.per += 5;
	r->per += 5;
	r->item[0].per += 5;
}

static void lease_is_over(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_UPLOAD_ACK);

	r->ack.lease_ms = r->t - 120000;
}

static const struct mutation rows[] = {
	{"V27: a PAY without a commitment", 27, no_commitment, 0},
	{"V37: a commitment twice", 37, commitment_twice, 0},
	{"T34 V30: an acknowledgement signed by somebody else", 30, ack_forged,
		0},
	{"T34 V30: an acknowledgement of another device", 30,
		ack_of_other_device, 0},
	{"T34 V30: an older acknowledgement", 30, ack_goes_back, 0},
	{"T34 V30: an acknowledgement of another book", 30, ack_of_other_book,
		MUT_OUTSIDE},
	{"T34 V30: an acknowledgement of what is to come", 30,
		ack_of_what_is_to_come, MUT_OUTSIDE},
	{"V37: the nonce of two acknowledgements", 37, nonce_twice, 0},
	{"T60 V35: paid when the lease was over", 35, lease_is_over, 0},
	{"T67 V23: an older list of revoked users", 23, older_revlist, 0},
	{"T60b V33: paid though released", 33, paid_though_released, 0},
	{"V33: released twice", 33, released_twice, 0},
	{"T60b V33: a RELEASE taken twice", 33, acquired_twice, 0},
	{"T60b V33: an older hand-over than what is known", 33,
		acquired_by_an_older_message, 0},
	{"V33: moved more often than can be", 33, moved_without_end, 0},
	{"V33: a move left out", 33, a_move_left_out, 0},
	{"V33: released after it was paid", 33, released_after_pay, 0},
	{"V33: acquired from itself", 33, acquired_from_itself, 0},
	{"V33: released to itself", 33, released_to_itself, 0},
	{"T60 V34: paid, and on no list", 34, not_on_the_list, MUT_OUTSIDE},
	{"T60 V34: paid more than the list says", 34, more_than_the_list,
		MUT_BALANCE | MUT_OUTSIDE},
	{"V34: paid for another month than the list's", 34,
		other_month_than_the_list, MUT_OUTSIDE},
	{"V34: the list was never imported", 34, list_never_imported, 0},
	{"T14 V35: paid months before its time", 35, before_its_time, 0},
};

const struct mutation_table mutation_outside = {rows,
	sizeof(rows) / sizeof(rows[0])};
