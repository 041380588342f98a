/* What people agreed to about their data, refused, and took back. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/erase.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "support/bookstore.h"
#include "support/vectors.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	BINH = 2
};

static const char text[] = "Thông báo về dữ liệu cá nhân.\n"
			   "\n"
			   "(a) Chuyển tiền vào tài khoản.\n";

struct shop {
	struct bookstore b;
	struct consent c;
	struct refusal why;
	struct err err;
};

static int setup(void **state)
{
	static struct shop s;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	for (int64_t id = DEP; id <= BINH; id++)
		bookstore_due(&s.b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shop *s = *state;

	bookstore_remove(&s->b);
	return 0;
}

static struct consent_request yes_of(int64_t person, unsigned yes)
{
	return (struct consent_request){.person = person,
		.notice = "consent-vi-1",
		.text = text,
		.text_len = strlen(text),
		.asked = CONSENT_ALL,
		.yes = yes,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
}

static enum verdict give(struct shop *s, int64_t person, unsigned yes)
{
	const struct consent_request r = yes_of(person, yes);
	const enum verdict v =
		consents_give(s->b.db, &s->b.dung, &r, &s->c, &s->why, &s->err);

	if (v == VERDICT_FAILED)
		fail_msg("%s (%s)", s->err.text, s->err.where);
	return v;
}

static enum verdict refuse_all(struct shop *s, int64_t person)
{
	struct consent_request r = yes_of(person, 0);

	r.reason = CONSENT_REFUSAL_CASH;
	return consents_refuse(s->b.db, &s->b.dung, &r, &s->c, &s->why,
		&s->err);
}

static enum verdict withdraw(struct shop *s, int64_t person, unsigned left)
{
	const struct consent_withdrawal w = {.person = person,
		.left = left,
		.channel = CONSENT_CHANNEL_HOME,
		.party = {.by = CONSENT_BY_SELF}};

	return consents_withdraw(s->b.db, &s->b.lan, &w, &s->c, &s->why,
		&s->err);
}

static void must_stand(struct shop *s, int64_t person,
	enum consent_standing standing, unsigned yes)
{
	struct consent_state now;

	assert_true(consents_of(s->b.db, person, &now, &s->err));
	assert_int_equal(now.standing, standing);
	assert_int_equal(now.yes, yes);
}

static void read_back(struct shop *s, uint64_t seq, struct record *r)
{
	struct journal_row row;
	const char *finding;

	assert_int_equal(journal_row(s->b.db, seq, &row, &s->err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, r, &finding));
}

static void a_yes_is_a_record_of_the_text_and_each_purpose(void **state)
{
	struct shop *s = *state;
	uint8_t sum[CRYPTO_HASH_SIZE];
	char again[CONSENT_TEXT_MAX];
	struct consent_state now;
	struct record r;
	size_t len;

	must_stand(s, DEP, CONSENT_NONE, 0);
	assert_int_equal(give(s, DEP, CONSENT_PAYOUT | CONSENT_SHARE),
		VERDICT_DONE);
	assert_string_equal(s->c.actor_name, "Dung");
	assert_string_equal(s->c.notice, "consent-vi-1");
	assert_int_equal(s->c.proof.how, CONSENT_HOW_SIGNED);
	assert_true(s->c.proof.read_aloud);
	assert_int_equal(s->c.party.by, CONSENT_BY_SELF);
	read_back(s, s->c.seq, &r);
	crypto_sha256(text, strlen(text), sum);
	assert_int_equal(r.kind, 30);
	assert_int_equal(r.asked, 15);
	assert_int_equal(r.yes, 5);
	assert_memory_equal(r.rsum, sum, sizeof(sum));
	assert_string_equal(r.notice, "consent-vi-1");
	assert_true(r.has & RECORD_HAS(KEY_PDC));
	assert_int_equal(consents_text(s->b.db, sum, again, &len, &s->err),
		LOOKUP_FOUND);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(again, text, len);
	assert_true(consents_of(s->b.db, DEP, &now, &s->err));
	assert_int_equal(now.standing, CONSENT_GIVEN);
	assert_int_equal(now.consent, s->c.seq);
	assert_int_equal(now.yes, CONSENT_PAYOUT | CONSENT_SHARE);
	must_stand(s, BINH, CONSENT_NONE, 0);
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	must_stand(s, DEP, CONSENT_GIVEN, 5);
	verifier_must_accept_but_lists(s->b.dir);
}

static void what_is_taken_back_refers_to_what_was_given(void **state)
{
	struct shop *s = *state;
	struct consent_state now;
	uint64_t given;
	struct record r;

	assert_int_equal(withdraw(s, DEP, 0), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_CONSENT_NONE);
	assert_int_equal(give(s, DEP, 15), VERDICT_DONE);
	given = s->c.seq;
	/* Of what does not hold nothing is left, and nothing is no change. */
	assert_int_equal(withdraw(s, DEP, 15), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_CONSENT_NONE);
	assert_int_equal(withdraw(s, DEP, CONSENT_PAYOUT), VERDICT_DONE);
	read_back(s, s->c.seq, &r);
	assert_int_equal(r.kind, 33);
	assert_int_equal(r.ref, given);
	assert_int_equal(r.asked, 15);
	assert_int_equal(r.yes, 1);
	must_stand(s, DEP, CONSENT_GIVEN, CONSENT_PAYOUT);
	assert_int_equal(withdraw(s, DEP, CONSENT_PHONE), VERDICT_REFUSED);
	assert_int_equal(withdraw(s, DEP, 0), VERDICT_DONE);
	assert_int_equal(s->c.reason, CONSENT_CHANNEL_HOME);
	must_stand(s, DEP, CONSENT_WITHDRAWN, 0);
	assert_true(consents_of(s->b.db, DEP, &now, &s->err));
	assert_int_equal(now.consent, given);
	assert_int_equal(withdraw(s, DEP, 0), VERDICT_REFUSED);
	assert_int_equal(give(s, DEP, 2), VERDICT_DONE);
	assert_int_equal(s->c.ref, 0);
	must_stand(s, DEP, CONSENT_GIVEN, 2);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void a_second_yes_takes_the_place_of_the_first(void **state)
{
	struct shop *s = *state;
	uint64_t first;

	assert_int_equal(give(s, DEP, 15), VERDICT_DONE);
	first = s->c.seq;
	assert_int_equal(give(s, DEP, 3), VERDICT_DONE);
	assert_int_equal(s->c.ref, first);
	must_stand(s, DEP, CONSENT_GIVEN, 3);
	assert_int_equal(withdraw(s, DEP, 0), VERDICT_DONE);
	assert_int_not_equal(s->c.ref, first);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void a_no_is_a_record_and_changes_no_money(void **state)
{
	struct shop *s = *state;
	struct payout paid;

	assert_int_equal(refuse_all(s, DEP), VERDICT_DONE);
	assert_int_equal(s->c.kind, CONSENT_IS_REFUSED);
	assert_int_equal(s->c.reason, CONSENT_REFUSAL_CASH);
	assert_int_equal(s->c.yes, 0);
	must_stand(s, DEP, CONSENT_REFUSED, 0);
	bookstore_shift(&s->b, 60);
	bookstore_pay(&s->b, DEP, &paid);
	bookstore_hand(&s->b, paid.seq);
	assert_int_equal(give(s, DEP, 1), VERDICT_DONE);
	assert_int_equal(refuse_all(s, DEP), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_CONSENT_HOLDS);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void it_ends_on_its_day(void **state)
{
	struct shop *s = *state;
	struct consent_request r = yes_of(DEP, 15);
	struct consent_state now;

	r.until = 20991231;
	assert_int_equal(consents_give(s->b.db, &s->b.lan, &r, &s->c, &s->why,
				 &s->err),
		VERDICT_DONE);
	assert_int_equal(s->c.until, 20991231);
	assert_true(consents_of(s->b.db, DEP, &now, &s->err));
	assert_int_equal(now.standing, CONSENT_GIVEN);
	assert_int_equal(now.until, 20991231);
	clock_freeze_wall(INT64_C(4102444800000)); /* 2100-01-01 */
	assert_true(consents_of(s->b.db, DEP, &now, &s->err));
	clock_freeze_wall(-1);
	assert_int_equal(now.standing, CONSENT_EXPIRED);
	assert_int_equal(now.yes, 0);
}

/* ---- what is refused ----------------------------------------------------- */

static void no_text(struct consent_request *r)
{
	r->text_len = 0;
}

static void half_a_letter(struct consent_request *r)
{
	r->text = "Th\xe1\xbb";
	r->text_len = 4;
}

static void a_long_name(struct consent_request *r)
{
	r->notice = "consent-of-a-name-that-has-no-room";
}

static void nothing_agreed(struct consent_request *r)
{
	r->yes = 0;
}

static void yes_unasked(struct consent_request *r)
{
	r->asked = CONSENT_PAYOUT;
}

static void a_fifth_purpose(struct consent_request *r)
{
	r->asked = 31;
}

static void nobody_speaks(struct consent_request *r)
{
	r->party.by = CONSENT_BY_NONE;
}

static void guardian(struct consent_request *r)
{
	r->party = (struct consent_party){.by = CONSENT_BY_GUARDIAN,
		.name = "Trần Văn An",
		.id = "001070000002",
		.relation = RELATION_CHILD};
}

static void nameless(struct consent_request *r)
{
	guardian(r);
	r->party.name[0] = '\0';
}

static void numberless(struct consent_request *r)
{
	guardian(r);
	r->party.id[0] = '\0';
}

static void authorised_without_paper(struct consent_request *r)
{
	guardian(r);
	r->party.by = CONSENT_BY_AUTHORISED;
}

static void with_an_old_paper(struct consent_request *r)
{
	authorised_without_paper(r);
	str_copy(r->party.paper, sizeof(r->party.paper), "12/UQ 01/02/2024");
	r->party.paper_until = (struct date){2025, 2, 1};
}

static void in_no_way(struct consent_request *r)
{
	r->proof.how = CONSENT_HOW_NONE;
}

static void thumb_without_witness(struct consent_request *r)
{
	r->proof.how = CONSENT_HOW_THUMBPRINT;
}

static void witnessed(struct consent_request *r)
{
	r->proof.how = CONSENT_HOW_THUMBPRINT;
	str_copy(r->proof.witness_name, sizeof(r->proof.witness_name),
		"Lê Thị Bình");
	str_copy(r->proof.witness_id, sizeof(r->proof.witness_id),
		"001172000777");
}

static void his_own_witness(struct consent_request *r)
{
	witnessed(r);
	str_copy(r->proof.witness_id, sizeof(r->proof.witness_id),
		"001145000001");
}

static void guardian_as_witness(struct consent_request *r)
{
	witnessed(r);
	guardian(r);
	str_copy(r->proof.witness_id, sizeof(r->proof.witness_id),
		"001070000002");
}

static void over_already(struct consent_request *r)
{
	r->until = 20250101;
}

static void of_nobody(struct consent_request *r)
{
	r->person = 77;
}

static const struct row {
	const char *name;
	void (*edit)(struct consent_request *r);
	enum refusal_code code; /* 0: done */
	enum consent_lack lack;
} rows[] = {
	{"a guardian with his number", guardian, REFUSED_NOT, 0},
	{"a thumbprint before a witness", witnessed, REFUSED_NOT, 0},
	{"no text was read out", no_text, REFUSED_CONSENT,
		CONSENT_LACKS_NOTICE},
	{"a text that ends inside of a letter", half_a_letter, REFUSED_CONSENT,
		CONSENT_LACKS_NOTICE},
	{"a text whose name has no room", a_long_name, REFUSED_CONSENT,
		CONSENT_LACKS_NOTICE},
	{"a consent to nothing", nothing_agreed, REFUSED_CONSENT,
		CONSENT_LACKS_PURPOSE},
	{"a yes to what was not asked", yes_unasked, REFUSED_CONSENT,
		CONSENT_LACKS_PURPOSE},
	{"a purpose that nobody knows", a_fifth_purpose, REFUSED_CONSENT,
		CONSENT_LACKS_PURPOSE},
	{"nobody speaks", nobody_speaks, REFUSED_CONSENT, CONSENT_LACKS_PARTY},
	{"a guardian without a name", nameless, REFUSED_CONSENT,
		CONSENT_LACKS_PARTY},
	{"a guardian without number and paper", numberless, REFUSED_CONSENT,
		CONSENT_LACKS_PARTY},
	{"an authorised person without his paper", authorised_without_paper,
		REFUSED_CONSENT, CONSENT_LACKS_PARTY},
	{"his paper is over", with_an_old_paper, REFUSED_PAPER_OVER, 0},
	{"it is not said how", in_no_way, REFUSED_CONSENT, CONSENT_LACKS_HOW},
	{"a thumbprint without a witness", thumb_without_witness,
		REFUSED_CONSENT, CONSENT_LACKS_WITNESS},
	{"he is his own witness", his_own_witness, REFUSED_CONSENT,
		CONSENT_LACKS_WITNESS},
	{"who speaks for him is the witness", guardian_as_witness,
		REFUSED_CONSENT, CONSENT_LACKS_WITNESS},
	{"its last day is over", over_already, REFUSED_CONSENT,
		CONSENT_LACKS_UNTIL},
	{"of nobody", of_nobody, REFUSED_NOT_FOUND, 0},
};

static void a_yes_needs_all_of_it(void **state)
{
	struct shop *s = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct consent_request r = yes_of(DEP, 15);
		enum verdict v;

		rows[i].edit(&r);
		v = consents_give(s->b.db, &s->b.lan, &r, &s->c, &s->why,
			&s->err);
		if (v != (rows[i].code ? VERDICT_REFUSED : VERDICT_DONE) ||
			s->why.code != rows[i].code ||
			(rows[i].lack &&
				s->why.amount != (int64_t)rows[i].lack))
			fail_msg("%s: %d %s %lld", rows[i].name, (int)v,
				refusal_code_name(s->why.code),
				(long long)s->why.amount);
	}
}

static void who_may_and_who_may_not(void **state)
{
	struct shop *s = *state;
	const struct {
		const struct session *by;
		bool may;
	} who[] = {{&s->b.lan, true}, {&s->b.dung, true}, {&s->b.hoa, true},
		{&s->b.ky, false}};

	for (size_t i = 0; i < COUNT_OF(who); i++) {
		const struct consent_request r = yes_of(DEP, 15);
		const enum verdict v = consents_give(s->b.db, who[i].by, &r,
			&s->c, &s->why, &s->err);

		assert_int_equal(v,
			who[i].may ? VERDICT_DONE : VERDICT_REFUSED);
		assert_true(who[i].may || s->why.code == REFUSED_ROLE);
	}
}

/* Binh is one born in 2020. */
static void make_a_child(struct shop *s)
{
	const struct sealed child = {.birth = 20200102,
		.text = {[SEALED_ID12] = "001145000002",
			[SEALED_NAME] = "Nguyễn Văn Bình"}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(s->b.db->handle,
		"UPDATE person SET sealed = :sealed WHERE id = 2", -1, &st,
		NULL);
	sealed_put(s->b.db, st, ":sealed", DATAKEY_PERSON, BINH, &child,
		locked);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void a_child_does_not_consent_alone(void **state)
{
	struct shop *s = *state;
	struct consent_request r = yes_of(BINH, 15);

	make_a_child(s);
	assert_int_equal(give(s, BINH, 15), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_CONSENT);
	assert_int_equal(s->why.amount, CONSENT_LACKS_AGE);
	guardian(&r);
	assert_int_equal(consents_give(s->b.db, &s->b.lan, &r, &s->c, &s->why,
				 &s->err),
		VERDICT_DONE);
	assert_string_equal(s->c.party.name, "Trần Văn An");
	assert_int_equal(s->c.party.relation, RELATION_CHILD);
}

/* ---- its paper ----------------------------------------------------------- */

static void it_is_found_by_its_slip_and_copies_are_numbered(void **state)
{
	struct shop *s = *state;
	struct consent found;
	char qr[CONSENT_QR_SIZE];
	int copy = 0;

	assert_int_equal(give(s, DEP, 15), VERDICT_DONE);
	assert_int_equal(consents_by_code(s->b.db, s->c.code, &found, &s->err),
		LOOKUP_FOUND);
	assert_int_equal(found.seq, s->c.seq);
	assert_int_equal(consents_by_code(s->b.db, s->c.qr, &found, &s->err),
		LOOKUP_FOUND);
	assert_int_equal(found.person, DEP);
	str_copy(qr, sizeof(qr), s->c.qr);
	qr[strlen(qr) - 1] = qr[strlen(qr) - 1] == '0' ? '1' : '0';
	assert_int_equal(consents_by_code(s->b.db, qr, &found, &s->err),
		LOOKUP_ABSENT);
	assert_int_equal(consents_by_code(s->b.db, "0000-0000-0000-0", &found,
				 &s->err),
		LOOKUP_ABSENT);
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(consents_reprint(s->b.db, &s->b.dung, s->c.seq,
					 &copy, &s->why, &s->err),
			VERDICT_DONE);
		assert_int_equal(copy, i);
	}
	assert_int_equal(consents_reprint(s->b.db, &s->b.dung, 2, &copy,
				 &s->why, &s->err),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NOT_FOUND);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static bool count_one(void *ctx, const struct consent *c)
{
	int *count = ctx;

	(void)c;
	++*count;
	return true;
}

static void all_of_one_or_of_everybody(void **state)
{
	struct shop *s = *state;
	int count = 0;

	assert_int_equal(give(s, DEP, 15), VERDICT_DONE);
	assert_int_equal(refuse_all(s, BINH), VERDICT_DONE);
	assert_int_equal(withdraw(s, DEP, 0), VERDICT_DONE);
	assert_true(consents_each(s->b.db, DEP, 0, count_one, &count, &s->err));
	assert_int_equal(count, 2);
	count = 0;
	assert_true(consents_each(s->b.db, 0, 0, count_one, &count, &s->err));
	assert_int_equal(count, 3);
}

static void T69_who_spoke_is_erased_with_the_person(void **state)
{
	struct shop *s = *state;
	struct consent_request r = yes_of(DEP, 15);
	struct erase_done done;
	struct payout paid;
	struct consent c;

	guardian(&r);
	assert_int_equal(consents_give(s->b.db, &s->b.lan, &r, &c, &s->why,
				 &s->err),
		VERDICT_DONE);
	bookstore_shift(&s->b, 60);
	bookstore_pay(&s->b, DEP, &paid);
	bookstore_hand(&s->b, paid.seq);
	assert_int_equal(erase_person(s->b.db, &s->b.hoa, "001145000001",
				 ERASE_REQUEST, &done, &s->err),
		ERASE_DONE);
	assert_int_equal(consents_get(s->b.db, c.seq, &c, &s->err),
		LOOKUP_FOUND);
	assert_string_equal(c.party.name, "");
	assert_string_equal(c.party.id, "");
	assert_int_equal(c.yes, 15);
	assert_int_equal(bookstore_number(&s->b,
				 "SELECT count(*) FROM pd JOIN consent"
				 " ON consent.seq = pd.seq"),
		0);
	assert_int_equal(give(s, DEP, 15), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NOT_FOUND);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void the_second_reader_finds_what_was_changed(void **state)
{
	static const struct {
		const char *sql;
		const char *words;
	} acts[] = {
		{"DELETE FROM consent WHERE seq = (SELECT max(seq) FROM"
		 " consent)",
			"table consent has"},
		{"UPDATE consent SET person = 2 WHERE seq = (SELECT max(seq)"
		 " FROM consent)",
			"somebody else"},
		{"UPDATE notice SET text = x'41'", "table notice does not"},
		{"DELETE FROM notice", "table notice does not"},
	};

	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		struct shop *s;

		setup(state);
		s = *state;
		assert_int_equal(give(s, DEP, 15), VERDICT_DONE);
		assert_int_equal(withdraw(s, DEP, 0), VERDICT_DONE);
		bookstore_sql(&s->b, acts[i].sql);
		db_close(s->b.db);
		s->b.db = NULL;
		verifier_must_find(s->b.dir, acts[i].words);
		bookstore_open(&s->b);
		teardown(state);
	}
}

/* Made by a third hand: read, and written again to the byte. */
static void golden_records_are_ours(void **state)
{
	static const struct {
		const char *name;
		uint64_t kind;
		unsigned asked;
		unsigned yes;
		const char *notice;
		uint64_t expires;
	} row[] = {
		{"rec_CONSENT", 30, 15, 5, "consent-vi-1", 20281231},
		{"rec_CONSENT_AGAIN", 30, 15, 15, "consent-hmn-12", 0},
		{"rec_CONSENT_WITHDRAWN", 33, 15, 1, "", 0},
		{"rec_CONSENT_REFUSED", 32, 0, 0, "consent-vi-1", 0},
		{"rec_VIEW_ASKED", 34, 0, 0, "", 0},
		{"rec_VIEW_LONGER", 34, 0, 0, "", 0},
		{"rec_VIEW_DONE", 34, 0, 0, "", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		uint8_t body[CBOR_MAX_BYTES];
		uint8_t again[CBOR_MAX_BYTES];
		const size_t len = vector_bytes("consent_vectors.txt",
			row[i].name, body, sizeof(body));
		const char *finding = "";
		struct record r;
		struct buf b;

		if (!record_decode(body, len, &r, &finding))
			fail_msg("%s: %s", row[i].name, finding);
		assert_int_equal(r.kind, row[i].kind);
		assert_int_equal(r.asked, row[i].asked);
		assert_int_equal(r.yes, row[i].yes);
		assert_string_equal(r.notice, row[i].notice);
		assert_int_equal(r.expires, row[i].expires);
		buf_init(&b, again, sizeof(again));
		record_encode(&r, &b);
		assert_int_equal(b.len, len);
		assert_memory_equal(again, body, len);
	}
}

static void each_answer_has_a_word(void **state)
{
	enum consent_refusal refusal;
	enum consent_channel channel;
	enum consent_how how;
	enum consent_by by;
	unsigned bits;

	(void)state;
	assert_true(consent_by_parse("guardian", &by));
	assert_int_equal(by, CONSENT_BY_GUARDIAN);
	assert_true(consent_how_parse("thumbprint", &how));
	assert_int_equal(how, CONSENT_HOW_THUMBPRINT);
	assert_true(consent_refusal_parse("family", &refusal));
	assert_int_equal(refusal, CONSENT_REFUSAL_FAMILY);
	assert_true(consent_channel_parse("letter", &channel));
	assert_int_equal(channel, CONSENT_CHANNEL_LETTER);
	assert_false(consent_by_parse("", &by));
	assert_string_equal(consent_standing_name(CONSENT_EXPIRED), "expired");
	assert_string_equal(consent_kind_name(CONSENT_IS_WITHDRAWN),
		"withdrawal");
	assert_true(consent_purposes_parse("payout,phone", &bits));
	assert_int_equal(bits, 9);
	assert_true(consent_purposes_parse("all", &bits));
	assert_int_equal(bits, 15);
	assert_true(consent_purposes_parse("none", &bits));
	assert_int_equal(bits, 0);
	assert_false(consent_purposes_parse("payout,", &bits));
	assert_false(consent_purposes_parse("", &bits));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_yes_is_a_record_of_the_text_and_each_purpose),
		TEST(what_is_taken_back_refers_to_what_was_given),
		TEST(a_second_yes_takes_the_place_of_the_first),
		TEST(a_no_is_a_record_and_changes_no_money),
		TEST(it_ends_on_its_day),
		TEST(a_yes_needs_all_of_it),
		TEST(who_may_and_who_may_not),
		TEST(a_child_does_not_consent_alone),
		TEST(it_is_found_by_its_slip_and_copies_are_numbered),
		TEST(all_of_one_or_of_everybody),
		TEST(T69_who_spoke_is_erased_with_the_person),
		cmocka_unit_test(the_second_reader_finds_what_was_changed),
		cmocka_unit_test(golden_records_are_ours),
		cmocka_unit_test(each_answer_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
