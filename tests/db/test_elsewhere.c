/*
 * Paid marks between two terminals of an office with the same list and no
 * network: `here` takes what `there` has paid.
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "db/export.h"
#include "db/handover.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/liststore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

enum {
	ROWS = 12,
	DEP = 1, /* people's ids, in the order of the list */
	BINH = 2,
	CUC = 3
};

struct two {
	struct bookstore here;
	struct bookstore there;
	struct elsewhere_shown shown;
	struct elsewhere_taken taken;
	struct refusal why;
};

/* P2 has two kinds of money; the account pays P12. */
static void import(struct bookstore *b, int rows)
{
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct listrow row[ROWS] = {{0}};
	char text[ROWS][2][32];
	struct list_result result;

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	for (int i = 0; i < rows; i++) {
		snprintf(text[i][0], sizeof(text[i][0]), "P%d", i + 1);
		snprintf(text[i][1], sizeof(text[i][1]), "0011450000%02d",
			i + 1);
		row[i] = (struct listrow){.code = text[i][0],
			.id12 = text[i][1],
			.monthly = 500000,
			.funeral = i == 1 ? 10800000 : 0,
			.account = i + 1 == ROWS};
	}
	liststore_take(&l, row, rows, &result);
	assert_true(result.taken);
}

static void know(struct two *t)
{
	char text[MARKS_CARD_SIZE];
	struct marks_card card;
	struct err err;

	elsewhere_card(t->there.db, text);
	assert_true(marks_card_parse(text, &card));
	assert_int_equal(elsewhere_know(t->here.db, &t->here.hoa, &card,
				 &t->why, &err),
		VERDICT_DONE);
}

/* The one that is known, and no other. */
static void must_list_it(struct two *t)
{
	struct elsewhere_peer peer[2];
	struct err err;
	int all;

	assert_true(elsewhere_peers(t->here.db, peer, 2, &all, &err));
	assert_int_equal(all, 1);
	assert_memory_equal(peer[0].dev, db_info(t->there.db)->dev,
		sizeof(peer[0].dev));
	assert_true(elsewhere_peers(t->here.db, NULL, 0, &all, &err));
	assert_int_equal(all, 1);
	assert_true(elsewhere_peers(t->there.db, peer, 2, &all, &err));
	assert_int_equal(all, 0);
}

static int setup(void **state)
{
	static struct two t;

	memset(&t, 0, sizeof(t));
	bookstore_make(&t.here);
	bookstore_make(&t.there);
	import(&t.here, ROWS);
	import(&t.there, ROWS);
	bookstore_shift(&t.here, 60);
	bookstore_shift(&t.there, 60);
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	struct two *t = *state;

	clock_freeze_wall(-1);
	bookstore_remove(&t->here);
	bookstore_remove(&t->there);
	return 0;
}

static void pay_there(struct two *t, int64_t person)
{
	struct payout p;

	bookstore_pay(&t->there, person, &p);
	bookstore_hand(&t->there, p.seq);
	t->there.payout = p.seq;
}

static enum verdict show(struct two *t)
{
	struct err err = {0};

	return elsewhere_show(t->there.db, &t->there.lan, 0, 0, &t->shown,
		&t->why, &err);
}

static enum verdict take(struct two *t)
{
	struct err err = {0};

	return elsewhere_take(t->here.db, &t->here.lan, t->shown.bytes,
		t->shown.len, &t->taken, &t->why, &err);
}

static void carry(struct two *t)
{
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(take(t), VERDICT_DONE);
}

static enum verdict pay_here(struct two *t, int64_t person,
	const struct session *by, struct payout *out)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.approver = by};
	struct err err = {0};

	payouts_uid(r.uid);
	return payouts_pay(t->here.db, &t->here.lan, &r, out, &t->why, &err);
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static void read_last(struct bookstore *b, struct record *out)
{
	struct journal_row row;
	const char *finding;
	struct err err;

	assert_int_equal(journal_row(b->db, (uint64_t)records(b), &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, out, &finding));
}

/* ---- showing --------------------------------------------------------------- */

static void one_bit_for_each_kind_of_cash(void **state)
{
	struct two *t = *state;
	struct record r;
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t bits[2];
	int set = 0;

	assert_int_equal(show(t), VERDICT_DONE);
	/* Eleven people with cash, one of them has two kinds of it. */
	assert_int_equal(t->shown.head.count, 12);
	assert_int_equal(t->shown.paid, 0);
	assert_int_equal(t->shown.period, BOOKSTORE_PERIOD);
	assert_int_equal(t->shown.lists, 1);
	pay_there(t, BINH);
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(t->shown.paid, 2);
	assert_true(marks_read_bits(t->shown.bytes, t->shown.len,
		&t->shown.head, bits));
	for (uint32_t i = 0; i < t->shown.head.count; i++)
		set += marks_bit(bits, i);
	assert_int_equal(set, 2);
	read_last(&t->there, &r);
	crypto_sha256(t->shown.bytes, t->shown.len, sum);
	assert_int_equal(r.kind, JOURNAL_EXPORT);
	assert_int_equal(r.result, EXPORT_MARKS);
	assert_memory_equal(r.rsum, sum, sizeof(sum));
	assert_int_equal(t->shown.head.seq, r.seq - 1);
}

static void what_was_taken_back_is_not_shown(void **state)
{
	struct two *t = *state;
	struct void_request v = {.reason = VOID_RECEIPT_LOST,
		.by = &t->there.hoa};
	struct payout out;
	struct err err;

	pay_there(t, DEP);
	v.seq = t->there.payout;
	assert_int_equal(payouts_void(t->there.db, &t->there.lan, &v, &out,
				 &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(t->shown.paid, 0);
}

static void there_is_no_such_list(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(elsewhere_show(t->there.db, &t->there.lan, 202511, 0,
				 &t->shown, &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_NO_LIST);
	assert_int_equal(elsewhere_show(t->there.db, &t->there.lan, 0, 1,
				 &t->shown, &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_NO_LIST);
}

static void T72_who_may_not(void **state)
{
	struct two *t = *state;
	struct marks_card card = {.dev = {1}};
	struct err err;

	assert_int_equal(elsewhere_show(t->there.db, &t->there.dung, 0, 0,
				 &t->shown, &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
	assert_int_equal(elsewhere_take(t->here.db, &t->here.ky, t->shown.bytes,
				 0, &t->taken, &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
	assert_int_equal(elsewhere_know(t->here.db, &t->here.lan, &card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
}

/* ---- taking ----------------------------------------------------------------- */

static void T60b_what_the_other_one_paid_is_not_paid_here(void **state)
{
	struct two *t = *state;
	struct record r;
	struct payout out;

	know(t);
	pay_there(t, DEP);
	carry(t);
	assert_int_equal(t->taken.paid, 1);
	assert_int_equal(t->taken.fresh, 1);
	assert_int_equal(t->taken.both, 0);
	read_last(&t->here, &r);
	assert_int_equal(r.kind, JOURNAL_MARKS);
	assert_int_equal(r.ref, t->shown.head.seq);
	assert_int_equal(r.result, 1);
	assert_memory_equal(r.peer, t->there.db->info.dev, sizeof(r.peer));
	assert_int_equal(pay_here(t, DEP, NULL, &out), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ELSEWHERE);
	assert_int_equal(t->why.prior.seq, r.seq);
	assert_string_equal(t->why.prior.actor_name, "Lan");
	assert_int_equal(t->why.amount, 500000);
	assert_int_equal(strlen(t->why.prior.point), 6);
	assert_memory_equal(t->why.prior.point, t->there.db->info.dev_hex, 6);
	assert_int_equal(pay_here(t, CUC, NULL, &out), VERDICT_DONE);
	bookstore_must_hold(&t->here);
	bookstore_restart(&t->here);
	verifier_must_accept(t->here.dir);
}

static void a_second_person_lets_it_pass(void **state)
{
	struct two *t = *state;
	struct record r;
	struct payout out;

	know(t);
	pay_there(t, DEP);
	carry(t);
	assert_int_equal(pay_here(t, DEP, &t->here.lan, &out), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_SECOND_PERSON);
	assert_int_equal(pay_here(t, DEP, &t->here.hoa, &out), VERDICT_DONE);
	read_last(&t->here, &r);
	assert_int_equal(r.kind, JOURNAL_PAY);
	assert_int_equal(r.flags & JOURNAL_OVERRIDE, JOURNAL_OVERRIDE);
	assert_int_equal(r.approver, 1);
	bookstore_hand(&t->here, out.seq);
	bookstore_must_hold(&t->here);
	bookstore_restart(&t->here);
	verifier_must_accept(t->here.dir);
}

static void what_both_paid_is_said(void **state)
{
	struct two *t = *state;
	struct payout out;

	know(t);
	pay_there(t, DEP);
	assert_int_equal(pay_here(t, DEP, NULL, &out), VERDICT_DONE);
	carry(t);
	assert_int_equal(t->taken.both, 1);
	assert_int_equal(t->taken.both_seq, out.seq);
	bookstore_must_hold(&t->here);
}

static void the_same_once_more_is_nothing_new(void **state)
{
	struct two *t = *state;
	int64_t before;

	know(t);
	pay_there(t, DEP);
	carry(t);
	before = records(&t->here);
	assert_int_equal(take(t), VERDICT_DONE);
	assert_true(t->taken.same);
	assert_int_equal(t->taken.seq, before);
	assert_int_equal(records(&t->here), before);
}

static void older_ones_are_refused(void **state)
{
	static struct elsewhere_shown old;
	struct two *t = *state;
	struct err err;

	know(t);
	assert_int_equal(show(t), VERDICT_DONE);
	old = t->shown;
	pay_there(t, DEP);
	carry(t);
	assert_int_equal(elsewhere_take(t->here.db, &t->here.lan, old.bytes,
				 old.len, &t->taken, &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_OLD);
	assert_int_equal(t->why.amount, t->shown.head.t);
}

/* Never unmarked: what came back there is paid here by two. */
static void a_mark_stays(void **state)
{
	struct two *t = *state;
	struct void_request v = {.reason = VOID_RECEIPT_LOST,
		.by = &t->there.hoa};
	struct payout out;
	struct err err;

	know(t);
	pay_there(t, DEP);
	carry(t);
	v.seq = t->there.payout;
	assert_int_equal(payouts_void(t->there.db, &t->there.lan, &v, &out,
				 &t->why, &err),
		VERDICT_DONE);
	pay_there(t, CUC);
	carry(t);
	assert_int_equal(t->taken.paid, 1);
	assert_int_equal(t->taken.fresh, 1);
	assert_int_equal(pay_here(t, DEP, NULL, &out), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ELSEWHERE);
	bookstore_must_hold(&t->here);
}

static void of_a_terminal_that_nobody_vouched_for(void **state)
{
	struct two *t = *state;

	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_PEER);
	assert_memory_equal(t->why.prior.point, t->there.db->info.dev_hex, 6);
}

static void our_own_come_back(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(elsewhere_show(t->here.db, &t->here.lan, 0, 0,
				 &t->shown, &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_OWN);
}

static void T41_a_byte_that_was_changed(void **state)
{
	struct two *t = *state;
	int64_t before;
	size_t i;

	know(t);
	pay_there(t, DEP);
	assert_int_equal(show(t), VERDICT_DONE);
	before = records(&t->here);
	for (i = 0; i < t->shown.len; i++) {
		t->shown.bytes[i] ^= 0x40;
		assert_int_equal(take(t), VERDICT_REFUSED);
		/* The id in it, the version or form of it, or all the rest. */
		assert_true(t->why.code == REFUSED_MARKS_FORGED ||
			    (t->why.code == REFUSED_MARKS && i != 1) ||
			    (t->why.code == REFUSED_MARKS_PEER && i >= 1 &&
				    i < 17));
		t->shown.bytes[i] ^= 0x40;
	}
	for (size_t cut = 0; cut < t->shown.len; cut++) {
		struct err err;

		assert_int_equal(elsewhere_take(t->here.db, &t->here.lan,
					 t->shown.bytes, cut, &t->taken,
					 &t->why, &err),
			VERDICT_REFUSED);
	}
	assert_int_equal(records(&t->here), before);
	assert_int_equal(take(t), VERDICT_DONE);
}

static void lists_that_differ(void **state)
{
	struct two *t = *state;

	know(t);
	/* Another file of the same people, on the other terminal only. */
	bookstore_remove(&t->there);
	bookstore_make(&t->there);
	import(&t->there, ROWS - 2);
	bookstore_shift(&t->there, 60);
	know(t);
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_LIST);
	/* The same file, which brings the last two only: half of it was there
	 * already. */
	import(&t->there, ROWS);
	assert_int_equal(elsewhere_show(t->there.db, &t->there.lan, 0, 1,
				 &t->shown, &t->why, &(struct err){0}),
		VERDICT_DONE);
	assert_int_equal(t->shown.lists, 2);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_NAMES);
}

static void a_card_is_believed_once(void **state)
{
	struct two *t = *state;
	struct marks_card card;
	char text[MARKS_CARD_SIZE];
	struct err err;
	int64_t before;

	know(t);
	before = records(&t->here);
	know(t);
	assert_int_equal(records(&t->here), before);
	must_list_it(t);
	elsewhere_card(t->there.db, text);
	assert_true(marks_card_parse(text, &card));
	card.public[0] ^= 1;
	assert_int_equal(elsewhere_know(t->here.db, &t->here.hoa, &card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER);
	elsewhere_card(t->here.db, text);
	assert_true(marks_card_parse(text, &card));
	assert_int_equal(elsewhere_know(t->here.db, &t->here.hoa, &card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER);
}

/* ---- taken out again ---------------------------------------------------------- */

static enum verdict drop(struct two *t, const struct session *s,
	enum peer_why because)
{
	struct err err;

	return elsewhere_drop(t->here.db, s, db_info(t->there.db)->dev, because,
		&t->why, &err);
}

static void T72_only_a_supervisor_takes_a_terminal_out(void **state)
{
	struct two *t = *state;

	know(t);
	assert_int_equal(drop(t, &t->here.lan, PEER_LOST), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
	must_list_it(t);
}

static void one_that_is_not_known_cannot_be_taken_out(void **state)
{
	struct two *t = *state;

	assert_int_equal(drop(t, &t->here.hoa, PEER_LOST), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_MARKS_PEER);
	assert_int_equal(drop(t, &t->here.hoa, PEER_NO_WHY), VERDICT_FAILED);
	assert_int_equal(drop(t, &t->here.hoa, PEER_WHYS), VERDICT_FAILED);
}

/* What it showed before goes on to stop a PAY; nothing newer is taken. */
static void T60b_of_one_that_is_out_nothing_more_is_taken(void **state)
{
	struct two *t = *state;
	struct payout out;
	struct record r;
	struct err err;
	int all;

	know(t);
	pay_there(t, DEP);
	carry(t);
	assert_int_equal(drop(t, &t->here.hoa, PEER_LOST), VERDICT_DONE);
	read_last(&t->here, &r);
	assert_int_equal(r.kind, JOURNAL_CONFIG);
	assert_true(r.has & RECORD_HAS(KEY_ASIG));
	assert_true(elsewhere_peers(t->here.db, NULL, 0, &all, &err));
	assert_int_equal(all, 0);
	pay_there(t, CUC);
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
	assert_memory_equal(t->why.prior.point, t->there.db->info.dev_hex, 6);
	assert_int_equal(pay_here(t, DEP, NULL, &out), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ELSEWHERE);
	assert_int_equal(pay_here(t, CUC, NULL, &out), VERDICT_DONE);
	bookstore_must_hold(&t->here);
	bookstore_restart(&t->here);
	assert_int_equal(take(t), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
	verifier_must_accept(t->here.dir);
}

static void nobody_is_handed_over_to_one_that_is_out(void **state)
{
	struct two *t = *state;
	static struct handover_ways ways;
	static struct handover_shown shown;
	struct err err;

	know(t);
	assert_int_equal(handover_look(t->here.db, &t->here.lan, 1, &ways,
				 &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(ways.peers, 1);
	assert_int_equal(drop(t, &t->here.hoa, PEER_CLOSED), VERDICT_DONE);
	assert_int_equal(handover_look(t->here.db, &t->here.lan, 1, &ways,
				 &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(ways.peers, 0);
	assert_int_equal(handover_release(t->here.db, &t->here.lan, 1,
				 db_info(t->there.db)->dev, &shown, &t->why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
}

static void its_card_is_not_believed_again(void **state)
{
	struct two *t = *state;
	char text[MARKS_CARD_SIZE];
	struct marks_card card;
	struct err err;
	int64_t before;

	know(t);
	assert_int_equal(drop(t, &t->here.hoa, PEER_REPLACED), VERDICT_DONE);
	before = records(&t->here);
	assert_int_equal(drop(t, &t->here.hoa, PEER_LOST), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
	elsewhere_card(t->there.db, text);
	assert_true(marks_card_parse(text, &card));
	assert_int_equal(elsewhere_know(t->here.db, &t->here.hoa, &card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
	assert_int_equal(records(&t->here), before);
	bookstore_must_hold(&t->here);
}

/* ---- hands on the tables ------------------------------------------------------ */

static const struct hand {
	const char *name;
	const char *sql;
	const char *found; /* by the verifier */
} hand[] = {
	{"a mark taken away", "DELETE FROM paid_elsewhere",
		"V40  table paid_elsewhere has 0 marks, the messages 1"},
	{"a mark of another entitlement",
		"UPDATE paid_elsewhere SET ent = x'"
		"00112233445566778899aabbccddeeff'",
		"V40  table paid_elsewhere has a mark that no message"},
	{"a mark more",
		"INSERT INTO paid_elsewhere SELECT zeroblob(16),"
		" max(seq) FROM mark_set",
		"V40  table paid_elsewhere has a mark that no message"},
	{"a message altered",
		"UPDATE mark_set SET bytes = CAST(bytes || x'00' AS BLOB)",
		"V40  table mark_set does not say what this record says"},
	{"a message too few, with its marks",
		"DELETE FROM paid_elsewhere; DELETE FROM mark_set",
		"V40  table mark_set has 0 rows"},
	{"a message that no record tells of",
		"INSERT INTO mark_set SELECT 1, bytes FROM mark_set",
		"V40  table mark_set has a row of this record, which is no "
		"MARKS"},
	{"another key for that terminal",
		"UPDATE peer SET public = zeroblob(32)",
		"V33  its message is not signed by a terminal that is known"},
	{"a terminal that nobody vouched for",
		"INSERT INTO peer VALUES (zeroblob(16), zeroblob(32))",
		"V40  table peer has a terminal that no CONFIG record tells"},
};

/* The same hands, and the second reader of the book. */
static void verifier_finds(struct two *t, const struct hand *h)
{
	sqlite3 *file = NULL;
	char dir[256];
	char path[300];

	bookstore_image(&t->here, dir, sizeof(dir));
	tmpdir_path(dir, "chitra.db", path, sizeof(path));
	assert_int_equal(sqlite3_open(path, &file), SQLITE_OK);
	assert_int_equal(sqlite3_exec(file, h->sql, NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(file);
	verifier_must_find(dir, h->found);
	tmpdir_remove(dir);
}

/* A MARKS by who has the key of the day, with its message, that says other
 * than it. */
static void write_marks(struct two *t, uint64_t more_ref, uint64_t more_paid)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_MARKS,
		.actor = 7,
		.ref = t->shown.head.seq + more_ref,
		.rsum = sum,
		.peer = t->shown.head.dev,
		.has_result = true,
		.result = (uint64_t)t->shown.paid + more_paid};
	struct journal_done done;
	sqlite3_stmt *st = NULL;
	struct err err;

	crypto_sha256(t->shown.bytes, t->shown.len, sum);
	assert_true(db_begin(t->here.db, &err));
	assert_true(journal_append(t->here.db, &entry, &done, &err));
	sqlite3_prepare_v2(t->here.db->handle,
		"INSERT INTO mark_set VALUES (?1, ?2)", -1, &st, NULL);
	sqlite3_bind_int64(st, 1, (sqlite3_int64)done.seq);
	sqlite3_bind_blob(st, 2, t->shown.bytes, (int)t->shown.len,
		SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	assert_true(db_end(t->here.db, true, &err));
}

static void a_record_says_what_its_message_says(struct two *t,
	uint64_t more_ref, uint64_t more_paid)
{
	const bool lies = more_ref + more_paid > 0;
	char dir[256];
	struct err err;

	know(t);
	assert_int_equal(show(t), VERDICT_DONE);
	write_marks(t, more_ref, more_paid);
	assert_int_equal(db_check(t->here.db, &err), !lies);
	bookstore_image(&t->here, dir, sizeof(dir));
	if (lies)
		verifier_must_find(dir,
			"V33  does not say what its message says");
	else
		verifier_must_accept(dir);
	tmpdir_remove(dir);
}

static void V33_as_many_as_its_message_marks(void **state)
{
	a_record_says_what_its_message_says(*state, 0, 1);
}

static void V33_of_the_record_that_its_message_names(void **state)
{
	a_record_says_what_its_message_says(*state, 1, 0);
}

static void V33_just_what_its_message_says(void **state)
{
	a_record_says_what_its_message_says(*state, 0, 0);
}

static const struct hand gone_hand[] = {
	{"back by a hand", "DELETE FROM peer_gone",
		"V40  table peer_gone does not say"},
	{"out for another reason", "UPDATE peer_gone SET why = 3",
		"V40  table peer_gone does not say"},
};

static void by_hand_none_comes_back(void **state)
{
	struct two *t = *state;
	struct err err;

	know(t);
	assert_int_equal(drop(t, &t->here.hoa, PEER_LOST), VERDICT_DONE);
	for (size_t i = 0; i < COUNT_OF(gone_hand); i++) {
		bookstore_sql(&t->here, "BEGIN");
		bookstore_sql(&t->here, gone_hand[i].sql);
		print_message("%s\n", gone_hand[i].name);
		assert_false(db_check(t->here.db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		bookstore_sql(&t->here, "ROLLBACK");
		verifier_finds(t, &gone_hand[i]);
	}
	bookstore_must_hold(&t->here);
}

/* Out without a record; and a MARKS of it after it was taken out. */
static void V33_V40_by_hand_none_goes_and_none_speaks_on(void **state)
{
	static const struct hand out = {"out by a hand",
		"INSERT INTO peer_gone SELECT dev, 1, 1 FROM peer",
		"V40  table peer_gone does not say"};
	struct two *t = *state;
	char dir[256];

	know(t);
	verifier_finds(t, &out);
	assert_int_equal(show(t), VERDICT_DONE);
	assert_int_equal(drop(t, &t->here.hoa, PEER_LOST), VERDICT_DONE);
	write_marks(t, 0, 0);
	bookstore_image(&t->here, dir, sizeof(dir));
	verifier_must_find(dir, "V33  its terminal was taken out before");
	tmpdir_remove(dir);
}

static void what_no_record_tells_is_found(void **state)
{
	struct two *t = *state;
	struct err err;

	know(t);
	pay_there(t, DEP);
	carry(t);
	bookstore_must_hold(&t->here);
	for (size_t i = 0; i < COUNT_OF(hand); i++) {
		bookstore_sql(&t->here, "BEGIN");
		bookstore_sql(&t->here, hand[i].sql);
		print_message("%s\n", hand[i].name);
		assert_false(db_check(t->here.db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		bookstore_sql(&t->here, "ROLLBACK");
		verifier_finds(t, &hand[i]);
	}
	bookstore_must_hold(&t->here);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(one_bit_for_each_kind_of_cash),
		TEST(what_was_taken_back_is_not_shown),
		TEST(there_is_no_such_list),
		TEST(T72_who_may_not),
		TEST(T60b_what_the_other_one_paid_is_not_paid_here),
		TEST(a_second_person_lets_it_pass),
		TEST(what_both_paid_is_said),
		TEST(the_same_once_more_is_nothing_new),
		TEST(older_ones_are_refused),
		TEST(a_mark_stays),
		TEST(of_a_terminal_that_nobody_vouched_for),
		TEST(our_own_come_back),
		TEST(T41_a_byte_that_was_changed),
		TEST(lists_that_differ),
		TEST(a_card_is_believed_once),
		TEST(T72_only_a_supervisor_takes_a_terminal_out),
		TEST(one_that_is_not_known_cannot_be_taken_out),
		TEST(T60b_of_one_that_is_out_nothing_more_is_taken),
		TEST(nobody_is_handed_over_to_one_that_is_out),
		TEST(its_card_is_not_believed_again),
		TEST(by_hand_none_comes_back),
		TEST(V33_V40_by_hand_none_goes_and_none_speaks_on),
		TEST(what_no_record_tells_is_found),
		TEST(V33_as_many_as_its_message_marks),
		TEST(V33_of_the_record_that_its_message_names),
		TEST(V33_just_what_its_message_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
