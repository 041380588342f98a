/*
 * What comes down from the centre: kept only if it is whole, of the centre and
 * the next one; taken by who owns it; the centre's key may change meanwhile.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/clock.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/down.h"
#include "support/bookstore.h"
#include "support/revlists.h"
#include "support/verifier.h"

enum {
	BYTES = 16384,
	KEYS = 4
};

static const int64_t day = 24 * 3600 * INT64_C(1000);

static const char head[] = "period,unit_code,list_no,seq,beneficiary_id,id12,"
			   "cmnd9,name,dob,sex,address,group,total\n";
static const char good[] =
	"2026-12,08341,L1,1,Z1,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,540000\n";
static const char bad[] =
	"2026-12,08341,L1,1,Z1,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,năm trăm\n";

static struct office {
	struct bookstore b;
	struct crypto_pair key[KEYS]; /* of the centre, one after the other */
	int64_t now;
	uint64_t until; /* of what is made; 0: no end */
	struct refusal why;
	struct parcel head;
	bool same;
	uint8_t bytes[BYTES];
	size_t len;
} o;

static struct err err;
static struct down_done done;

static int setup(void **state)
{
	(void)state;
	memset(&o, 0, sizeof(o));
	err = (struct err){0};
	o.now = clock_wall_ms() - 10 * day;
	clock_freeze_wall(o.now);
	bookstore_make(&o.b);
	bookstore_due(&o.b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	for (int i = 0; i < KEYS; i++)
		crypto_pair_new(&o.key[i]);
	assert_int_equal(revlist_set_key(o.b.db, &o.b.hoa, o.key[0].public,
				 &o.why, &err),
		VERDICT_DONE);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	clock_freeze_wall(-1);
	bookstore_remove(&o.b);
	return 0;
}

/* ---- the centre ------------------------------------------------------------ */

/* A parcel in o.bytes, signed by key number by. */
static void make(uint64_t kind, uint64_t version, const void *content,
	size_t len, int by)
{
	struct parcel p = {.kind = kind,
		.version = version,
		.made = (uint64_t)o.now,
		.until = o.until,
		.len = len};
	struct buf b;

	p.for_all = !parcel_rule(kind) || parcel_rule(kind)->for_all;
	if (!p.for_all)
		memcpy(p.dev, o.b.db->info.dev, sizeof(p.dev));
	crypto_sha256(content, len, p.sha256);
	buf_init(&b, o.bytes, sizeof(o.bytes));
	parcel_sign(&p, &o.key[by], &b);
	buf_put(&b, content, len);
	assert_false(b.full);
	o.len = b.len;
}

/* A list of that text, sealed to this terminal. */
static void make_list(uint64_t kind, uint64_t version, const char *text)
{
	uint8_t sealed[4096];
	char all[2048];

	snprintf(all, sizeof(all), "%s%s", head, text);
	assert_true(crypto_seal_to_signer(all, strlen(all),
		o.b.db->device_public, sealed));
	make(kind, version, sealed, strlen(all) + CRYPTO_SEAL_EXTRA, 0);
}

/* A table of users, sealed to this terminal. */
static void make_users(uint64_t version, const char *rows)
{
	uint8_t sealed[4096];
	char all[2048];

	snprintf(all, sizeof(all), "number,name,role,until\n%s", rows);
	assert_true(crypto_seal_to_signer(all, strlen(all),
		o.b.db->device_public, sealed));
	make(PARCEL_USERS, version, sealed, strlen(all) + CRYPTO_SEAL_EXTRA, 0);
}

static void make_roll(uint64_t number, int from, int to)
{
	struct parcel_roll r = {.number = number, .name = "centre-1"};
	uint8_t content[PARCEL_ROLL_MAX];
	struct buf b;

	memcpy(r.public, o.key[to].public, sizeof(r.public));
	buf_init(&b, content, sizeof(content));
	parcel_roll_write(&r, &o.key[to], &b);
	make(PARCEL_ROLL, number, content, b.len, from);
}

static void make_revlist(int version, const char *users, int by)
{
	char text[REVLISTS_SIZE];

	revlists_make(&o.key[by], version, o.now, users, text);
	make(PARCEL_REVLIST, (uint64_t)version, text, strlen(text), by);
}

/* The built-in text under another version. */
static void make_text(int version, uint64_t parcel)
{
	char text[DOWN_TEXT_MAX];

	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/texts/consent-vi-1.txt") ==
			0) {
			const char *rest =
				strstr((const char *)assets[i].data, "# state");

			assert_non_null(rest);
			snprintf(text, sizeof(text),
				"# id: consent\n# language: vi\n"
				"# version: %d\n%s",
				version, rest);
			make(PARCEL_TEXT, parcel, text, strlen(text), 0);
			return;
		}
	fail_msg("no text");
}

/* ---- the terminal ------------------------------------------------------------ */

static enum verdict put(void)
{
	const enum verdict v = down_put(o.b.db, o.bytes, o.len, &o.head,
		&o.same, &o.why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

static void must_put(void)
{
	if (put() != VERDICT_DONE)
		fail_msg("refused: %s", refusal_code_name(o.why.code));
}

static void must_refuse(enum refusal_code code)
{
	const int64_t before =
		bookstore_number(&o.b, "SELECT count(*) FROM parcel");

	if (put() != VERDICT_REFUSED || o.why.code != code)
		fail_msg("not %s but %s", refusal_code_name(code),
			refusal_code_name(o.why.code));
	/* Nothing of it stays. */
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM parcel"),
		before);
}

/* Take the next; LOOKUP_ABSENT: nothing waits for s. */
static enum lookup take_as(const struct session *s, enum verdict *v)
{
	const struct list_options options = {.count = -1, .sum = -1};
	struct down_row r;
	const enum lookup l = down_next(o.b.db, s, &r, &err);

	if (l == LOOKUP_FAILED)
		fail_msg("%s", err.text);
	if (l == LOOKUP_FOUND)
		*v = down_take(o.b.db, s, &r, &options, &done, &o.why, &err);
	if (l == LOOKUP_FOUND && *v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return l;
}

static enum verdict take(const struct session *s)
{
	enum verdict v;

	assert_int_equal(take_as(s, &v), LOOKUP_FOUND);
	return v;
}

static void holds(void)
{
	bookstore_must_hold(&o.b);
	db_close(o.b.db);
	verifier_must_accept_but_lists(o.b.dir);
	bookstore_open(&o.b);
}

static uint64_t version_here(uint64_t kind)
{
	struct manifest_request r;

	assert_true(down_have(o.b.db, &r, &err));
	for (size_t i = 0; i < r.haves; i++)
		if (r.have[i].kind == kind)
			return r.have[i].version;
	fail_msg("no such kind");
	return 0;
}

/* ---- keeping ------------------------------------------------------------------ */

static void T56_no_flipped_bit_and_no_cut_is_kept(void **state)
{
	size_t whole;

	(void)state;
	make_list(PARCEL_LIST, 1, good);
	for (size_t at = 0; at < 8 * o.len; at += 3) {
		o.bytes[at / 8] ^= (uint8_t)(1 << at % 8);
		assert_int_equal(put(), VERDICT_REFUSED);
		o.bytes[at / 8] ^= (uint8_t)(1 << at % 8);
	}
	whole = o.len;
	for (o.len = 0; o.len < whole; o.len += 5)
		must_refuse(REFUSED_PARCEL);
	o.len = whole;
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM parcel"),
		0);
	must_put();
}

static void T60_what_is_not_for_this_terminal_is_refused(void **state)
{
	struct parcel p = {.kind = PARCEL_LIST, .version = 1, .len = 1};
	struct buf b;

	(void)state;
	memset(p.dev, 0xee, sizeof(p.dev));
	crypto_sha256("x", 1, p.sha256);
	buf_init(&b, o.bytes, sizeof(o.bytes));
	parcel_sign(&p, &o.key[0], &b);
	buf_put(&b, "x", 1);
	o.len = b.len;
	must_refuse(REFUSED_PARCEL_OTHER);
	/* A list for all is a list for nobody. */
	p.for_all = true;
	buf_init(&b, o.bytes, sizeof(o.bytes));
	parcel_sign(&p, &o.key[0], &b);
	buf_put(&b, "x", 1);
	o.len = b.len;
	must_refuse(REFUSED_PARCEL_OTHER);
}

static void what_another_key_signed_is_refused(void **state)
{
	(void)state;
	make(PARCEL_TEXT, 1, "x", 1, 1);
	must_refuse(REFUSED_PARCEL_FORGED);
}

static void without_a_centre_everything_is_refused(void **state)
{
	(void)state;
	bookstore_sql(&o.b, "DELETE FROM setting WHERE name = 'centre_sign'");
	make(PARCEL_TEXT, 1, "x", 1, 0);
	must_refuse(REFUSED_CENTRE);
	make_roll(1, 0, 1);
	must_refuse(REFUSED_CENTRE);
}

static void a_kind_that_is_not_known_is_refused(void **state)
{
	(void)state;
	make(PARCEL_KINDS, 1, "x", 1, 0);
	must_refuse(REFUSED_PARCEL_KIND);
	make(9999, 1, "x", 1, 0);
	must_refuse(REFUSED_PARCEL_KIND);
}

static void what_is_over_is_refused(void **state)
{
	(void)state;
	o.until = (uint64_t)o.now;
	make_revlist(1, "user 7 - 1\n", 0);
	must_refuse(REFUSED_PARCEL_OVER);
	clock_freeze_wall(o.now - 1);
	must_put();
}

/* Of those that count the next one would else be missed for ever. */
static void a_list_that_is_over_ends_and_the_next_one_is_taken(void **state)
{
	const struct list_options look = {.check_only = true,
		.count = -1,
		.sum = -1};
	struct down_row r;

	(void)state;
	o.until = (uint64_t)o.now + 1000;
	make_list(PARCEL_LIST, 1, good);
	o.until = 0;
	must_put();
	make_list(PARCEL_LIST, 2, good);
	must_put();
	clock_freeze_wall(o.now + 1000);
	assert_int_equal(down_next_list(o.b.db, &r, &err), LOOKUP_FOUND);
	assert_int_equal(r.version, 1);
	assert_int_equal(down_take(o.b.db, &o.b.hoa, &r, &look, &done, &o.why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL_OVER);
	assert_int_equal(done.row.state, DOWN_WAITS);
	assert_int_equal(take(&o.b.hoa), VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL_OVER);
	assert_int_equal(done.row.state, DOWN_REFUSED);
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.version, 2);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	holds();
}

static void an_older_one_or_one_too_many_is_refused(void **state)
{
	(void)state;
	make_list(PARCEL_LIST, 2, good);
	must_refuse(REFUSED_PARCEL_GAP);
	assert_int_equal(o.why.amount, 1);
	make_list(PARCEL_LIST, 1, good);
	must_put();
	assert_false(o.same);
	must_put();
	assert_true(o.same);
	/* The same version with something else in it. */
	make_list(PARCEL_LIST, 1, bad);
	must_refuse(REFUSED_PARCEL_OLD);
	make_list(PARCEL_LIST, 3, good);
	must_refuse(REFUSED_PARCEL_GAP);
	assert_int_equal(o.why.amount, 2);
	assert_int_equal(version_here(PARCEL_LIST), 1);
	assert_int_equal(version_here(PARCEL_CHANGES), 0);
}

static void only_the_newest_list_of_users_counts(void **state)
{
	(void)state;
	make_revlist(5, "user 7 - 1\n", 0);
	must_put();
	make_revlist(4, "user 7 - 1\n", 0);
	must_refuse(REFUSED_PARCEL_OLD);
	make_revlist(9, "user 7 - 1\n", 0);
	must_put();
	assert_int_equal(version_here(PARCEL_REVLIST), 9);
	/* The one that waited is not waited for any more. */
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM parcel"),
		1);
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.revlist.version, 9);
	make_revlist(8, "user 7 - 1\n", 0);
	must_refuse(REFUSED_PARCEL_OLD);
}

/* ---- taking -------------------------------------------------------------------- */

static void a_list_is_taken_by_who_may(void **state)
{
	const struct session nobody = {0};
	enum verdict v;

	(void)state;
	make_list(PARCEL_LIST, 1, good);
	must_put();
	/* Sealed: no name lies there in the clear. */
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT instr(content, 'Thử') FROM parcel"),
		0);
	assert_int_equal(take_as(&nobody, &v), LOOKUP_ABSENT);
	assert_int_equal(take_as(&o.b.ky, &v), LOOKUP_ABSENT);
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.list.fresh, 1);
	assert_int_equal(done.row.rows, 1);
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM list "
						"WHERE sum = 540000"),
		1);
	/* Over: nothing waits, and the bytes are gone. */
	assert_int_equal(take_as(&o.b.hoa, &v), LOOKUP_ABSENT);
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT count(content) FROM parcel"),
		0);
	must_put();
	assert_true(o.same);
	holds();
}

/* ---- users ---------------------------------------------------------------- */

static enum verdict take_users(const struct session *s, bool look, int64_t most)
{
	const struct list_options options = {.check_only = look,
		.count = most,
		.sum = -1};
	struct down_row r;
	enum verdict v;

	assert_int_equal(down_next_list(o.b.db, &r, &err), LOOKUP_FOUND);
	assert_int_equal(r.kind, PARCEL_USERS);
	v = down_take(o.b.db, s, &r, &options, &done, &o.why, &err);
	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

static int64_t records(void)
{
	return bookstore_number(&o.b, "SELECT count(*) FROM journal");
}

static int64_t users(void)
{
	return bookstore_number(&o.b, "SELECT count(*) FROM user");
}

static void a_table_of_users_is_looked_at_and_adds_who_is_new(void **state)
{
	const int64_t before = users();
	const int64_t book = records();
	struct session nobody = {0};
	struct sign_in_result result;
	struct session s;
	enum verdict v;

	(void)state;
	make_users(1, "801,Trần Thị Mới,agent,2099-12-31\n"
		      "802,Lê Văn Thêm,supervisor,\n");
	must_put();
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT instr(content, 'Mới') FROM parcel"),
		0);
	/* Nobody raises himself: it needs a supervisor. */
	assert_int_equal(take_as(&nobody, &v), LOOKUP_ABSENT);
	assert_int_equal(take_as(&o.b.ky, &v), LOOKUP_ABSENT);
	assert_int_equal(take_users(&o.b.ky, false, -1), VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_ROLE);
	assert_int_equal(take_users(&o.b.hoa, true, -1), VERDICT_DONE);
	assert_int_equal(done.roster.count[ROSTER_NEW], 2);
	assert_string_equal(done.roster.pin[0], "");
	assert_int_equal(users(), before);
	assert_int_equal(records(), book);
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.row.rows, 2);
	assert_int_equal(users(), before + 2);
	assert_int_equal(users_sign_in(o.b.db, 801, done.roster.pin[0], &s,
				 &result, &err),
		SIGN_IN_DONE);
	assert_int_equal(s.user.role, ROLE_AGENT);
	assert_int_equal(s.user.until, 20991231);
	assert_true(users_sign_out(o.b.db, &s, &err));
	holds();
}

static void an_older_table_or_another_of_that_number_is_refused(void **state)
{
	(void)state;
	make_users(5, "801,Trần Thị Mới,agent,\n");
	must_put();
	must_put();
	assert_true(o.same);
	make_users(5, "801,Trần Thị Mới,supervisor,\n");
	must_refuse(REFUSED_PARCEL_OLD);
	make_users(4, "801,Trần Thị Mới,supervisor,\n");
	must_refuse(REFUSED_PARCEL_OLD);
	/* A newer one takes the place of the one that waited. */
	make_users(7, "803,Vũ Thị Ba,agent,\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.roster.list.row[0].number, 803);
	make_users(6, "801,Trần Thị Mới,supervisor,\n");
	must_refuse(REFUSED_PARCEL_OLD);
	assert_int_equal(version_here(PARCEL_USERS), 7);
	holds();
}

static void the_same_table_again_changes_nothing(void **state)
{
	int64_t before;
	int64_t book;

	(void)state;
	make_users(1, "801,Trần Thị Mới,agent,2027-01-31\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	before = users();
	book = records();
	make_users(2, "801,Trần Thị Mới,agent,2027-01-31\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.roster.count[ROSTER_SAME], 1);
	assert_int_equal(users(), before);
	assert_int_equal(records(), book);
	/* Who is not in it stays; a last day becomes a later one, no earlier
	 * one. */
	make_users(3, "801,Trần Thị Mới,agent,2027-03-31\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.roster.renewed, 1);
	assert_int_equal(records(), book + 1);
	make_users(4, "801,Trần Thị Mới,agent,2026-12-31\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(records(), book + 1);
	assert_int_equal(bookstore_number(&o.b, "SELECT until FROM user"
						" WHERE number = 801"),
		20270331);
	assert_int_equal(users(), before);
	holds();
}

static void a_table_with_one_wrong_row_adds_nobody(void **state)
{
	static const char *const wrong[] = {
		"801,Trần Thị Mới,agent,\n802,Lê Văn Thêm,giám đốc,\n",
		"801,Trần Thị Mới,agent,\n801,Lê Văn Thêm,agent,\n",
		/* A number never changes hands, nor its role. */
		"801,Trần Thị Mới,agent,\n7,Kẻ Khác,supervisor,\n",
	};
	const int64_t before = users();
	const int64_t book = records();

	(void)state;
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM user"
						" WHERE number = 7"),
		1);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		make_users(i + 1, wrong[i]);
		must_put();
		assert_int_equal(take_users(&o.b.hoa, true, -1), VERDICT_DONE);
		assert_int_equal(done.row.errors, 1);
		assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
		assert_int_equal(done.row.state, DOWN_REFUSED);
	}
	assert_int_equal(users(), before);
	assert_int_equal(records(), book);
	holds();
}

/* The screen shows as many PINs as it has room for before it goes on. */
static void many_users_are_added_a_few_at_a_time(void **state)
{
	const int64_t before = users();

	(void)state;
	make_users(1, "801,Một,agent,\n802,Hai,agent,\n803,Ba,agent,\n");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, 2), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_WAITS);
	assert_int_equal(roster_left(&done.roster), 1);
	assert_true(done.roster.pin[1][0] != '\0');
	assert_int_equal(users(), before + 2);
	assert_int_equal(take_users(&o.b.hoa, false, 2), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.roster.added, 1);
	assert_string_equal(done.roster.pin[0], "");
	assert_int_equal(users(), before + 3);
	holds();
}

static void a_table_that_is_sealed_to_another_terminal_is_put_aside(void *
		*state)
{
	uint8_t sealed[4096];
	struct crypto_pair other;
	static const char text[] = "number,name,role\n801,Một,agent\n";

	(void)state;
	crypto_pair_new(&other);
	assert_true(crypto_seal_to_signer(text, strlen(text), other.public,
		sealed));
	make(PARCEL_USERS, 1, sealed, strlen(text) + CRYPTO_SEAL_EXTRA, 0);
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_REFUSED);
	/* So is what can be opened and is no table of users. */
	make_users(2, "");
	must_put();
	assert_int_equal(take_users(&o.b.hoa, false, -1), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.row.rows, 0);
}

static void T56_no_cut_table_of_users_is_kept(void **state)
{
	size_t whole;

	(void)state;
	make_users(1, "801,Một,agent,\n");
	whole = o.len;
	for (o.len = 0; o.len < whole; o.len++)
		must_refuse(REFUSED_PARCEL);
	o.len = whole;
	must_put();
}

static void a_list_is_looked_at_before_it_is_taken(void **state)
{
	const struct list_options look = {.check_only = true,
		.count = -1,
		.sum = -1};
	const int64_t records =
		bookstore_number(&o.b, "SELECT count(*) FROM journal");
	struct down_row r;
	int lists;

	(void)state;
	/* Who is out waits before it, and is no list. */
	make_revlist(3, "user 7 - 1\n", 0);
	must_put();
	make_list(PARCEL_LIST, 1, good);
	must_put();
	make_list(PARCEL_LIST, 2, bad);
	must_put();
	assert_true(down_lists_waiting(o.b.db, &lists, &err));
	assert_int_equal(lists, 2);
	assert_int_equal(down_next_list(o.b.db, &r, &err), LOOKUP_FOUND);
	assert_int_equal(r.kind, PARCEL_LIST);
	assert_int_equal(r.version, 1);
	assert_int_equal(down_take(o.b.db, &o.b.hoa, &r, &look, &done, &o.why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_WAITS);
	assert_int_equal(done.row.rows, 1);
	assert_int_equal(done.row.errors, 0);
	assert_int_equal(done.list.fresh, 1);
	assert_int_equal(done.list.sum, 540000);
	/* So are its errors: it waits on, and nothing is written. */
	r.version = 2;
	assert_int_equal(down_take(o.b.db, &o.b.hoa, &r, &look, &done, &o.why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_WAITS);
	assert_int_equal(done.row.errors, 1);
	assert_true(down_lists_waiting(o.b.db, &lists, &err));
	assert_int_equal(lists, 2);
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM list "
						"WHERE sum = 540000"),
		0);
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM journal"),
		records);
	/* Nobody looks who may not take it: names are in it. */
	assert_int_equal(down_take(o.b.db, &o.b.ky, &r, &look, &done, &o.why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_ROLE);
	holds();
}

/* Killed between the list and the note that its parcel is over. */
static void a_list_that_was_taken_already_is_no_error(void **state)
{
	(void)state;
	make_list(PARCEL_LIST, 1, good);
	must_put();
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	bookstore_sql(&o.b, "DELETE FROM parcel");
	must_put();
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_true(done.list.again);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(bookstore_number(&o.b, "SELECT count(*) FROM list "
						"WHERE sum = 540000"),
		1);
	holds();
}

static void a_list_with_errors_is_refused_and_the_next_one_taken(void **state)
{
	(void)state;
	make_list(PARCEL_LIST, 1, bad);
	must_put();
	make_list(PARCEL_LIST, 2, good);
	must_put();
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_REFUSED);
	assert_int_equal(done.row.errors, 1);
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT count(*) FROM person WHERE"
				 " code = 'Z1'"),
		0);
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.version, 2);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	holds();
}

static void what_is_no_list_at_all_does_not_stop_the_next(void **state)
{
	(void)state;
	/* Not even sealed to us. */
	make(PARCEL_LIST, 1, "PK\x03\x04 and more of it, so that it is long",
		40, 0);
	must_put();
	make_list(PARCEL_LIST, 2, good);
	must_put();
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_REFUSED);
	assert_int_equal(take(&o.b.hoa), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
}

static void T67_who_is_on_the_list_is_out(void **state)
{
	const struct session nobody = {0};
	struct user u;

	(void)state;
	make_revlist(3, "user 7 - 1\n", 0);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_DONE);
	assert_int_equal(done.row.state, DOWN_TAKEN);
	assert_int_equal(done.revlist.barred, 1);
	assert_int_equal(users_get(o.b.db, 7, &u, &err), LOOKUP_FOUND);
	assert_true(u.revoked);
	holds();
}

static void T71_a_text_comes_down_and_the_old_one_stays(void **state)
{
	const struct session nobody = {0};
	char text[DOWN_TEXT_MAX];
	int version;
	size_t len;

	(void)state;
	assert_int_equal(down_text(o.b.db, "vi", &version, text, &len, &err),
		LOOKUP_ABSENT);
	make_text(2, 1);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_DONE);
	assert_int_equal(down_text(o.b.db, "vi", &version, text, &len, &err),
		LOOKUP_FOUND);
	assert_int_equal(version, 2);
	assert_memory_equal(text, "# id: consent\n", 14);
	/* An older one under a newer number, and what is no text. */
	make_text(2, 2);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL_TEXT);
	make(PARCEL_TEXT, 3, "# id: consent-vi-9\nfoo\n", 23, 0);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_REFUSED);
	make_text(3, 4);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_DONE);
	assert_int_equal(down_text(o.b.db, "vi", &version, text, &len, &err),
		LOOKUP_FOUND);
	assert_int_equal(version, 3);
	assert_int_equal(bookstore_number(&o.b,
				 "SELECT count(*) FROM text WHERE version = 2"),
		1);
	holds();
}

static int rows_seen;
static bool count_row(void *ctx, const struct down_row *r)
{
	const struct down_row *want = ctx;

	assert_int_equal(r->kind, want[rows_seen].kind);
	assert_int_equal(r->version, want[rows_seen].version);
	assert_int_equal(r->state, want[rows_seen].state);
	rows_seen++;
	return true;
}

static void what_came_is_shown_after_a_restart(void **state)
{
	const struct down_row want[] = {{.kind = PARCEL_REVLIST,
						.version = 3,
						.state = DOWN_TAKEN},
		{.kind = PARCEL_LIST, .version = 1, .state = DOWN_WAITS}};
	const struct session nobody = {0};
	int waiting;

	(void)state;
	make_list(PARCEL_LIST, 1, good);
	must_put();
	make_revlist(3, "user 7 - 1\n", 0);
	must_put();
	assert_int_equal(take(&nobody), VERDICT_DONE);
	bookstore_restart(&o.b);
	rows_seen = 0;
	assert_true(down_rows(o.b.db, count_row, (void *)(uintptr_t)want,
		&err));
	assert_int_equal(rows_seen, 2);
	assert_true(down_waiting(o.b.db, &waiting, &err));
	assert_int_equal(waiting, 1);
}

/* ---- the centre's key ------------------------------------------------------------ */

static void a_roll_moves_the_slots(void **state)
{
	struct centre_keys k;

	(void)state;
	make_roll(1, 0, 1);
	must_put();
	assert_true(centre_keys_load(o.b.db, &k, &err));
	assert_int_equal(k.count, 2);
	assert_memory_equal(k.key[0], o.key[1].public, sizeof(k.key[0]));
	assert_memory_equal(k.key[1], o.key[0].public, sizeof(k.key[1]));
	assert_true(k.has_number && k.number == 1);
	must_put();
	assert_true(o.same);
	/* Both are believed now. */
	make(PARCEL_TEXT, 1, "x", 1, 0);
	must_put();
	make(PARCEL_TEXT, 2, "x", 1, 1);
	must_put();
	make_revlist(3, "user 7 - 1\n", 0);
	must_put();
	assert_int_equal(version_here(PARCEL_ROLL), 1);
	holds();
}

static void a_roll_that_skips_one_is_refused(void **state)
{
	struct centre_keys k;

	(void)state;
	make_roll(1, 0, 1);
	must_put();
	/* By the key that signs now, but with a number too high. */
	make_roll(3, 1, 3);
	must_refuse(REFUSED_PARCEL_GAP);
	/* By the key that went. */
	make_roll(2, 0, 2);
	must_refuse(REFUSED_PARCEL_FORGED);
	/* By itself. */
	make_roll(2, 2, 2);
	must_refuse(REFUSED_PARCEL_FORGED);
	/* Back again. */
	make_roll(1, 1, 0);
	must_refuse(REFUSED_PARCEL_OLD);
	assert_true(centre_keys_load(o.b.db, &k, &err));
	assert_memory_equal(k.key[0], o.key[1].public, sizeof(k.key[0]));
	/* After the next the first key is believed no more. */
	make_roll(2, 1, 2);
	must_put();
	make(PARCEL_TEXT, 1, "x", 1, 0);
	must_refuse(REFUSED_PARCEL_FORGED);
	holds();
}

/* Who was told of the third key by hand has nothing to do with the first. */
static void a_terminal_that_knows_a_later_key(void **state)
{
	(void)state;
	assert_int_equal(revlist_set_key(o.b.db, &o.b.hoa, o.key[2].public,
				 &o.why, &err),
		VERDICT_DONE);
	make_roll(1, 0, 1);
	must_refuse(REFUSED_PARCEL_FORGED);
	make_roll(2, 1, 2);
	must_put();
	assert_true(o.same);
	assert_int_equal(version_here(PARCEL_ROLL), 2);
	make_roll(3, 2, 3);
	must_put();
	assert_int_equal(version_here(PARCEL_ROLL), 3);
	holds();
}

static void a_key_before_put_in_by_hand_is_found(void **state)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char sql[200];

	(void)state;
	str_to_hex(o.key[3].public, CRYPTO_PUBLIC_SIZE, hex);
	snprintf(sql, sizeof(sql),
		"INSERT INTO setting (name, value) VALUES"
		" ('centre_sign_before', '%s') ON CONFLICT (name) DO UPDATE"
		" SET value = excluded.value",
		hex);
	bookstore_sql(&o.b, sql);
	assert_false(db_check(o.b.db, &err));
}

/* ---- what there is ------------------------------------------------------------------ */

/* An answer with those rolls, signed by key number by. */
static size_t answer(const uint8_t nonce[MANIFEST_NONCE], int rolls, int by,
	uint8_t out[MANIFEST_ANSWER_MAX])
{
	static uint8_t roll[2][MANIFEST_ROLL_BYTES];
	static struct manifest m;
	struct buf b;

	memset(&m, 0, sizeof(m));
	memcpy(m.dev, o.b.db->info.dev, sizeof(m.dev));
	memcpy(m.nonce, nonce, sizeof(m.nonce));
	m.time = (uint64_t)o.now + 90000;
	m.items = 1;
	m.item[0] = (struct manifest_item){.kind = PARCEL_LIST, .version = 1};
	for (int i = 0; i < rolls; i++) {
		make_roll((uint64_t)i + 1, i, i + 1);
		memcpy(roll[i], o.bytes, o.len);
		m.roll[i].at = roll[i];
		m.roll[i].len = o.len;
	}
	m.rolls = (size_t)rolls;
	buf_init(&b, out, MANIFEST_ANSWER_MAX);
	manifest_sign(&m, &o.key[by], &b);
	return b.len;
}

static void an_answer_after_two_rolls_is_believed(void **state)
{
	static const uint8_t nonce[MANIFEST_NONCE] = {7};
	static uint8_t bytes[MANIFEST_ANSWER_MAX];
	static struct manifest m;
	struct down_contact c;
	size_t len;

	(void)state;
	/* Without the rolls nobody could say whose signature it is. */
	len = answer(nonce, 0, 2, bytes);
	assert_int_equal(down_open(o.b.db, bytes, len, nonce, &m, &o.why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL_FORGED);
	assert_true(down_contact(o.b.db, &c, &err));
	assert_int_equal(c.at, 0);
	len = answer(nonce, 2, 2, bytes);
	assert_int_equal(down_open(o.b.db, bytes, len, nonce, &m, &o.why, &err),
		VERDICT_DONE);
	assert_int_equal(m.items, 1);
	assert_true(down_contact(o.b.db, &c, &err));
	assert_int_equal(c.at, o.now);
	assert_int_equal(c.centre, o.now + 90000);
	holds();
}

static void T56_an_old_answer_or_one_for_another_is_refused(void **state)
{
	static const uint8_t nonce[MANIFEST_NONCE] = {7};
	static const uint8_t other[MANIFEST_NONCE] = {8};
	static uint8_t bytes[MANIFEST_ANSWER_MAX];
	static struct manifest m;
	const size_t len = answer(nonce, 0, 0, bytes);

	(void)state;
	assert_int_equal(down_open(o.b.db, bytes, len, other, &m, &o.why, &err),
		VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL_OTHER);
	assert_int_equal(down_open(o.b.db, bytes, len - 1, nonce, &m, &o.why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(o.why.code, REFUSED_PARCEL);
	assert_int_equal(down_open(o.b.db, bytes, len, nonce, &m, &o.why, &err),
		VERDICT_DONE);
}

#define ROW(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(T56_no_flipped_bit_and_no_cut_is_kept),
		ROW(T60_what_is_not_for_this_terminal_is_refused),
		ROW(what_another_key_signed_is_refused),
		ROW(without_a_centre_everything_is_refused),
		ROW(a_kind_that_is_not_known_is_refused),
		ROW(what_is_over_is_refused),
		ROW(a_list_that_is_over_ends_and_the_next_one_is_taken),
		ROW(an_older_one_or_one_too_many_is_refused),
		ROW(only_the_newest_list_of_users_counts),
		ROW(a_list_is_taken_by_who_may),
		ROW(a_table_of_users_is_looked_at_and_adds_who_is_new),
		ROW(an_older_table_or_another_of_that_number_is_refused),
		ROW(the_same_table_again_changes_nothing),
		ROW(a_table_with_one_wrong_row_adds_nobody),
		ROW(many_users_are_added_a_few_at_a_time),
		ROW(a_table_that_is_sealed_to_another_terminal_is_put_aside),
		ROW(T56_no_cut_table_of_users_is_kept),
		ROW(a_list_is_looked_at_before_it_is_taken),
		ROW(a_list_that_was_taken_already_is_no_error),
		ROW(a_list_with_errors_is_refused_and_the_next_one_taken),
		ROW(what_is_no_list_at_all_does_not_stop_the_next),
		ROW(T67_who_is_on_the_list_is_out),
		ROW(T71_a_text_comes_down_and_the_old_one_stays),
		ROW(what_came_is_shown_after_a_restart),
		ROW(a_roll_moves_the_slots),
		ROW(a_roll_that_skips_one_is_refused),
		ROW(a_terminal_that_knows_a_later_key),
		ROW(a_key_before_put_in_by_hand_is_found),
		ROW(an_answer_after_two_rolls_is_believed),
		ROW(T56_an_old_answer_or_one_for_another_is_refused),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
