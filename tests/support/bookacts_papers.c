/*
 * Acts with papers that others wrote: a card, a request, the centre's list.
 * They are the same each time, as the seeds of their keys are.
 */
#include "support/bookacts_internal.h"

#include "support/unit.h"

#include <string.h>

#include "db/approvals.h"
#include "db/journal_internal.h"
#include "db/revlist.h"
#include "support/revlists.h"

static const uint8_t own_seed[CRYPTO_SEED_SIZE] =
	"the key of Hoa's own terminal";
static const uint8_t centre_seed[CRYPTO_SEED_SIZE] = "the key of the centre";
static const int64_t issued = 1764547200000;

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

void bookacts_centre_key(struct bookstore *b)
{
	struct crypto_pair centre;
	struct refusal why;
	struct err err;

	crypto_pair_from_seed(centre_seed, &centre);
	assert_int_equal(revlist_set_key(b->db, &b->hoa, centre.public, &why,
				 &err),
		VERDICT_DONE);
}

void bookacts_centre(struct bookstore *b)
{
	bookstore_due(b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookacts_centre_key(b);
}

enum said bookacts_enrol(struct bookstore *b, struct err *err)
{
	char card[APPROVAL_TEXT_SIZE];
	struct crypto_pair own;
	struct refusal why;

	crypto_pair_from_seed(own_seed, &own);
	approval_card_text(b->hoa.user.number, &own, card);
	return verdict(approvals_enrol(b->db, &b->hoa, card, &why, err));
}

/* An answer only to who has it in his book. */
enum said bookacts_approve(struct bookstore *b, struct err *err)
{
	const struct approval_request r = {.kind = JOURNAL_PAY,
		.reason = JOURNAL_OVERRIDE,
		.amount = 20000000,
		.actor = 7,
		.t = issued,
		.nonce = "request",
		.dev = "a far terminal",
		.digest = "what he is to sign",
		.person = "L. ĐẸP 4578"};
	char text[APPROVAL_TEXT_SIZE];
	char answer[APPROVAL_TEXT_SIZE];
	struct refusal why;
	enum verdict v;

	approval_request_text(&r, text);
	v = approvals_give(b->db, &b->hoa, text, answer, &why, err);
	assert_int_equal(answer[0] != '\0', v == VERDICT_DONE);
	return verdict(v);
}

/* Tuan is on it, and Ky, and somebody of another terminal. */
enum said bookacts_revlist(struct bookstore *b, struct err *err)
{
	char text[REVLISTS_SIZE];
	struct crypto_pair centre;
	struct revlist_done done;
	struct refusal why;
	enum verdict v;

	crypto_pair_from_seed(centre_seed, &centre);
	revlists_make(&centre, 1, issued,
		"user 2 - 1764547200000\nuser 9 - 1764547200000\n"
		"user 77 - 1764547200000\n",
		text);
	v = revlist_take(b->db, &b->lan, text, strlen(text), &done, &why, err);
	return v == VERDICT_DONE && done.same ? SAID_NO : verdict(v);
}
