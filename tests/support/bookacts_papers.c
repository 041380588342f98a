/*
 * Acts with papers that others wrote: a card, a request, the centre's list.
 * They are the same each time, as the seeds of their keys are.
 */
#include "support/bookacts_internal.h"

#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/accounts.h"
#include "db/approvals.h"
#include "db/complaints.h"
#include "db/consents.h"
#include "db/elsewhere_internal.h"
#include "db/handover.h"
#include "db/journal_internal.h"
#include "db/positions_internal.h"
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

/* ---- another terminal of the office ---------------------------------------- */

static const uint8_t peer_seed[CRYPTO_SEED_SIZE] = "the key of a far terminal";

/*
 * What the other terminal showed before the act, of the list of one store and
 * of its copies; and who moves, with what that hands over. Several stores are
 * made ready before the first act.
 */
struct from_peer {
	uint8_t dev[DB_DEV_SIZE]; /* of the store */
	uint8_t shown[MARKS_MAX_BYTES];
	size_t shown_len;
	int64_t moves;
	uint8_t handed[RELEASE_MAX_BYTES];
	size_t handed_len;
};

static struct from_peer *from_peer(const struct bookstore *b)
{
	static struct from_peer all[8];
	static size_t next;
	const uint8_t *dev = db_info(b->db)->dev;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (memcmp(all[i].dev, dev, sizeof(all[i].dev)) == 0)
			return &all[i];
	next = (next + 1) % (sizeof(all) / sizeof(all[0]));
	memcpy(all[next].dev, dev, sizeof(all[next].dev));
	return &all[next];
}

static void peer_card(struct marks_card *out, struct crypto_pair *key)
{
	crypto_pair_from_seed(peer_seed, key);
	memcpy(out->dev, "a far terminal", sizeof("a far terminal"));
	out->dev[sizeof(out->dev) - 1] = 1;
	memcpy(out->public, key->public, sizeof(out->public));
}

enum said bookacts_know(struct bookstore *b, struct err *err)
{
	struct marks_card card = {0};
	struct crypto_pair key;
	uint8_t known[CRYPTO_PUBLIC_SIZE];
	struct refusal why;
	enum verdict v;

	peer_card(&card, &key);
	switch (elsewhere_peer(b->db, card.dev, known, err)) {
	case LOOKUP_FAILED:
		return SAID_FAILED;
	case LOOKUP_FOUND:
		return SAID_NO;
	case LOOKUP_ABSENT:
		break;
	}
	v = elsewhere_know(b->db, &b->hoa, &card, &why, err);
	return verdict(v);
}

/* Is that entitlement due to person id? */
static bool is_due_to(struct bookstore *b, const uint8_t ent[ENT_SIZE],
	int64_t id)
{
	char hex[2 * ENT_SIZE + 1];
	char sql[160];

	str_to_hex(ent, ENT_SIZE, hex);
	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM entitlement WHERE person = %lld"
		" AND ent = x'%s'",
		(long long)id, hex);
	return bookstore_number(b, sql) > 0;
}

/* All that is due to him. */
static void hand_over(struct bookstore *b, int64_t id)
{
	struct from_peer *f = from_peer(b);
	struct release m = {.t = issued};
	struct marks_card card = {0};
	struct crypto_pair key;
	struct person_due due;
	struct err err;

	f->moves = id;
	peer_card(&card, &key);
	memcpy(m.from, card.dev, sizeof(m.from));
	memcpy(m.to, db_info(b->db)->dev, sizeof(m.to));
	assert_int_equal(people_get(b->db, id, &due, &err), LOOKUP_FOUND);
	m.count = due.items;
	for (int i = 0; i < due.items; i++) {
		struct release_item *it = &m.item[i];

		*it = (struct release_item){.period = due.item[i].period,
			.hop = 1,
			.seq = (uint64_t)(50 + i),
			.h = "of that RELEASE"};
		memcpy(it->ent, due.item[i].ent, sizeof(it->ent));
		it->h[0] = (uint8_t)('0' + i);
	}
	assert_true(release_write(&m, key.secret, f->handed, &f->handed_len));
}

void bookacts_peer(struct bookstore *b, int64_t id)
{
	struct from_peer *f = from_peer(b);
	struct marks m = {.seq = 77, .t = issued, .h = "of that record"};
	struct marks_card card = {0};
	struct elsewhere_list l;
	struct crypto_pair key;
	struct positions p;
	struct err err;
	int lists;

	assert_int_equal(bookacts_know(b, &err), SAID_DONE);
	assert_int_equal(elsewhere_list(b->db, 0, 0, NULL, &l, &lists, &err),
		LOOKUP_FOUND);
	assert_true(positions_load(b->db, l.id, &p, &err));
	memset(p.bits, 0, marks_bits_size(p.count));
	for (uint32_t i = 0; i < p.count; i++)
		if (is_due_to(b, p.ent[i], id))
			marks_set_bit(p.bits, i);
	peer_card(&card, &key);
	memcpy(m.dev, card.dev, sizeof(m.dev));
	memcpy(m.list, l.sha256, sizeof(m.list));
	memcpy(m.names, p.names, sizeof(m.names));
	m.count = p.count;
	assert_true(marks_write(&m, p.bits, key.secret, f->shown,
		&f->shown_len));
	positions_free(&p);
	hand_over(b, id);
}

enum said bookacts_marks(struct bookstore *b, struct err *err)
{
	const struct from_peer *f = from_peer(b);
	struct elsewhere_taken out;
	struct refusal why;
	const enum verdict v = elsewhere_take(b->db, &b->lan, f->shown,
		f->shown_len, &out, &why, err);

	return v == VERDICT_DONE && out.same ? SAID_NO : verdict(v);
}

enum said bookacts_release(struct bookstore *b, struct err *err)
{
	struct handover_shown out;
	struct marks_card card = {0};
	struct crypto_pair key;
	struct refusal why;

	peer_card(&card, &key);
	return verdict(handover_release(b->db, &b->lan, from_peer(b)->moves,
		card.dev, &out, &why, err));
}

enum said bookacts_acquire(struct bookstore *b, struct err *err)
{
	const struct from_peer *f = from_peer(b);
	struct handover_taken out;
	struct refusal why;

	return verdict(handover_take(b->db, &b->lan, f->handed, f->handed_len,
		&out, &why, err));
}

enum said bookacts_show(struct bookstore *b, struct err *err)
{
	struct elsewhere_shown out;
	struct refusal why;

	return verdict(elsewhere_show(b->db, &b->lan, 0, 0, &out, &why, err));
}

enum said bookacts_complain(struct bookstore *b, struct err *err)
{
	struct complaint out;
	struct refusal why;

	return verdict(complaints_note(b->db, &b->lan, b->payout,
		COMPLAINT_NOT_RECEIVED, &out, &why, err));
}

void bookacts_agree(struct bookstore *b, int64_t person)
{
	static const char text[] = "Tôi đồng ý\n";
	const struct consent_request r = {.person = person,
		.notice = "consent-vi-1",
		.text = text,
		.text_len = sizeof(text) - 1,
		.asked = CONSENT_ALL,
		.yes = CONSENT_ALL,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
	struct consent out;
	struct refusal why;
	struct err err = {0};

	if (consents_give(b->db, &b->hoa, &r, &out, &why, &err) != VERDICT_DONE)
		fail_msg("consent: %d %s", (int)why.code, err.text);
}

enum said bookacts_account(struct bookstore *b, struct err *err)
{
	const struct account_take take = {.person = 1,
		.via = ACCOUNT_VIA_TYPED,
		.bin = "970405",
		.number = "1500205123456",
		.holder = "NGUYEN THI DEP",
		.whose = PAYEE_SELF,
		.confirmed = true};
	struct account_held out;
	struct refusal why;

	return verdict(accounts_add(b->db, &b->hoa, &take, &out, &why, err));
}

enum said bookacts_cash(struct bookstore *b, struct err *err)
{
	struct account_method out;
	struct refusal why;
	int64_t frees;

	return verdict(accounts_cash(b->db, &b->hoa, 1, BOOKSTORE_PERIOD,
		ACCOUNT_BACK_ASKED, NULL, &out, &frees, &why, err));
}
