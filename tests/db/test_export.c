/* What leaves the terminal: formats, whole files only, never over another. */
#include "support/unit.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

struct shelf {
	struct bookstore b;
	char out[256]; /* a directory for what is exported */
	char path[300];
	uint8_t bytes[65536];
	size_t len;
	struct export_done done;
};

static int setup(void **state)
{
	static struct shelf s;
	struct payout p;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	for (int64_t id = 1; id <= 3; id++)
		bookstore_due(&s.b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_due(&s.b, 4, ENT_MONTH, BOOKSTORE_PERIOD, 700000, true);
	bookstore_shift(&s.b, 20);
	bookstore_pay(&s.b, 1, &p);
	bookstore_hand(&s.b, p.seq);
	tmpdir_make(s.out, sizeof(s.out));
	tmpdir_path(s.out, "file", s.path, sizeof(s.path));
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shelf *s = *state;

	bookstore_remove(&s->b);
	tmpdir_remove(s->out);
	return 0;
}

static void read_back(struct shelf *s)
{
	FILE *f = fopen(s->path, "rb");

	assert_non_null(f);
	s->len = fread(s->bytes, 1, sizeof(s->bytes) - 1, f);
	s->bytes[s->len] = '\0';
	fclose(f);
}

static enum verdict journal(struct shelf *s, uint64_t from, uint64_t until,
	struct err *err)
{
	struct refusal why;

	*err = (struct err){0};
	return export_journal(s->b.db, &s->b.lan, from, until, s->path,
		&s->done, &why, err);
}

static void the_records_of_one_shift(void **state)
{
	struct shelf *s = *state;
	struct export_done out;
	struct refusal why;
	struct err err;
	const int64_t open = bookstore_number(&s->b,
		"SELECT open_seq FROM shift ORDER BY number DESC LIMIT 1");
	const int64_t shift =
		bookstore_number(&s->b, "SELECT max(number) FROM shift");

	assert_int_equal(export_shift(s->b.db, &s->b.lan, shift, s->path, &out,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(out.first, open);
	assert_int_equal(out.last, out.seq - 1);
	assert_true(out.is_signed);
	assert_int_equal(export_shift(s->b.db, &s->b.lan, shift + 1, s->path,
				 &out, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_INVALID);
}

static void must_export(struct shelf *s, uint64_t from, uint64_t until)
{
	struct err err;

	if (journal(s, from, until, &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
	read_back(s);
}

static int files_in(const char *dir)
{
	struct dirent *e;
	DIR *d = opendir(dir);
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)))
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

/* ---- the journal file, read head by head ---------------------------------- */

static uint64_t want_uint(struct cbor_reader *in)
{
	struct cbor_item item;

	assert_true(cbor_next(in, &item));
	assert_int_equal(item.type, CBOR_UINT);
	return item.number;
}

static const uint8_t *want_bytes(struct cbor_reader *in, size_t len)
{
	struct cbor_item item;

	assert_true(cbor_next(in, &item));
	assert_int_equal(item.type, CBOR_BYTES);
	assert_int_equal(item.count, len);
	return item.bytes;
}

static void want_text(struct cbor_reader *in, const char *text)
{
	struct cbor_item item;

	assert_true(cbor_next(in, &item));
	assert_int_equal(item.type, CBOR_TEXT);
	assert_int_equal(item.count, strlen(text));
	assert_memory_equal(item.bytes, text, item.count);
}

static size_t want_many(struct cbor_reader *in, enum cbor_type type)
{
	struct cbor_item item;

	assert_true(cbor_next(in, &item));
	assert_int_equal(item.type, type);
	return item.count;
}

static void want_key(struct cbor_reader *in, uint64_t key)
{
	assert_int_equal(want_uint(in), key);
}

struct told {
	uint64_t first;
	uint64_t last;
	const uint8_t *before;
	const uint8_t *last_h;
	const uint8_t *key;
	int64_t tot[JOURNAL_TOTALS];
	size_t users;
};

static void read_users(struct shelf *s, struct cbor_reader *in,
	struct told *out)
{
	static const int numbers[] = {1, 2, 5, 7, 8, 9};
	static const int roles[] = {3, 3, 2, 1, 1, 4};

	want_key(in, 10);
	out->users = want_many(in, CBOR_ARRAY);
	assert_int_equal(out->users, COUNT_OF(numbers));
	for (size_t i = 0; i < out->users; i++) {
		assert_int_equal(want_many(in, CBOR_ARRAY), 3);
		assert_int_equal(want_uint(in), numbers[i]);
		assert_int_equal(want_uint(in), roles[i]);
		if (numbers[i] == 7)
			assert_memory_equal(want_bytes(in, 32),
				s->b.lan.secret + 32, 32);
		else
			want_bytes(in, 32);
	}
}

static void read_head(struct shelf *s, struct cbor_reader *in, struct told *out)
{
	const size_t keys = want_many(in, CBOR_MAP);

	want_key(in, 0);
	want_text(in, "CHITRA-JOURNAL");
	want_key(in, 1);
	assert_int_equal(want_uint(in), 1);
	want_key(in, 2);
	assert_memory_equal(want_bytes(in, 16), db_info(s->b.db)->dev, 16);
	want_key(in, 3);
	assert_memory_equal(want_bytes(in, 32), s->b.db->device_public, 32);
	want_key(in, 4);
	out->first = want_uint(in);
	want_key(in, 5);
	out->last = want_uint(in);
	want_key(in, 6);
	out->before = want_bytes(in, 32);
	want_key(in, 7);
	out->last_h = want_bytes(in, 32);
	want_key(in, 8);
	out->key = want_bytes(in, 32);
	want_key(in, 9);
	assert_int_equal(want_many(in, CBOR_ARRAY), JOURNAL_TOTALS);
	for (int i = 0; i < JOURNAL_TOTALS; i++)
		out->tot[i] = (int64_t)want_uint(in);
	read_users(s, in, out);
	want_key(in, 11);
	want_text(in, db_info(s->b.db)->point);
	/* No limit was changed before; a whole file need not say so. */
	assert_int_equal(keys, out->first > 1 ? 13 : 12);
	if (out->first > 1) {
		want_key(in, 12);
		assert_int_equal(want_many(in, CBOR_ARRAY), 0);
	}
}

/* All records: chained, and each signed by the key in force. */
static void read_records(struct cbor_reader *in, const struct told *t,
	uint8_t h[32], uint8_t key[32])
{
	memcpy(h, t->before, 32);
	memcpy(key, t->key, 32);
	for (uint64_t seq = t->first; seq <= t->last; seq++) {
		struct cbor_item body;
		struct cbor_item rsig;
		struct record r;
		const char *finding;
		const uint8_t *sig;

		assert_int_equal(want_many(in, CBOR_ARRAY), 3);
		assert_true(cbor_next(in, &body));
		assert_true(record_decode(body.bytes, body.count, &r,
			&finding));
		assert_int_equal(r.seq, seq);
		chain_next(h, body.bytes, body.count, h);
		sig = want_bytes(in, 64);
		assert_true(chain_verify(h, key, sig));
		assert_true(cbor_next(in, &rsig));
		assert_int_equal(rsig.count, r.kind == JOURNAL_PAY ? 64 : 0);
		if (r.kind == JOURNAL_START || r.kind == JOURNAL_KEYROLL)
			memcpy(key, r.kpub, 32);
	}
	assert_memory_equal(h, t->last_h, 32);
}

static void read_end(struct shelf *s, struct cbor_reader *in,
	const struct told *t, const uint8_t h[32], const uint8_t key[32],
	bool is_signed)
{
	const size_t before = (size_t)(in->at - s->bytes);
	uint8_t sha256[32];
	const uint8_t *sig;

	assert_int_equal(want_many(in, CBOR_MAP), 5);
	want_key(in, 0);
	want_text(in, "END");
	want_key(in, 1);
	assert_int_equal(want_uint(in), t->last - t->first + 1);
	want_key(in, 2);
	assert_int_equal(want_uint(in), t->last);
	want_key(in, 3);
	assert_memory_equal(want_bytes(in, 32), h, 32);
	want_key(in, 4);
	sig = want_bytes(in, is_signed ? 64 : 0);
	crypto_sha256(s->bytes, before, sha256);
	if (is_signed)
		assert_true(crypto_verify_tagged("CHTREXP1", sha256, 32, key,
			sig));
	assert_ptr_equal(in->at, in->end);
}

static void read_journal(struct shelf *s, struct told *t, bool is_signed)
{
	struct cbor_reader in;
	uint8_t h[32];
	uint8_t key[32];

	cbor_reader_init(&in, s->bytes, s->len);
	read_head(s, &in, t);
	read_records(&in, t, h, key);
	read_end(s, &in, t, h, key, is_signed);
}

static void the_whole_book_is_written_and_signed(void **state)
{
	struct shelf *s = *state;
	uint8_t genesis[32];
	struct told t;

	must_export(s, 0, 0);
	read_journal(s, &t, true);
	assert_int_equal(t.first, 1);
	assert_int_equal(t.last,
		bookstore_number(&s->b, "SELECT max(seq) - 1 FROM journal"));
	chain_genesis(db_info(s->b.db)->dev, s->b.db->device_public, genesis);
	assert_memory_equal(t.before, genesis, 32);
	assert_memory_equal(t.key, s->b.db->device_public, 32);
	for (int i = 0; i < JOURNAL_TOTALS; i++)
		assert_int_equal(t.tot[i], 0);
	assert_true(s->done.is_signed);
	assert_int_equal(s->done.bytes, s->len);
	assert_int_equal(s->done.rows, t.last);
}

static void a_part_says_what_was_before_it(void **state)
{
	struct shelf *s = *state;
	const uint64_t last = (uint64_t)bookstore_number(&s->b,
		"SELECT max(seq) FROM journal");
	struct told t;

	must_export(s, last - 1, last);
	read_journal(s, &t, true);
	assert_int_equal(t.first, last - 1);
	assert_int_equal(t.tot[2], 10000000); /* the float was in by then */
}

static void an_older_end_is_not_signed(void **state)
{
	struct shelf *s = *state;
	struct told t;

	must_export(s, 2, 4);
	read_journal(s, &t, false);
	assert_int_equal(t.last, 4);
	assert_false(s->done.is_signed);
}

/* ---- the record of it -------------------------------------------------------- */

static void the_book_knows_each_file_by_its_hash(void **state)
{
	struct shelf *s = *state;
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;
	uint8_t sha256[32];

	must_export(s, 0, 0);
	crypto_sha256(s->bytes, s->len, sha256);
	assert_memory_equal(s->done.sha256, sha256, 32);
	assert_int_equal(journal_row(s->b.db, s->done.seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_EXPORT);
	assert_int_equal(r.actor, 7);
	assert_int_equal(r.result, EXPORT_JOURNAL);
	assert_memory_equal(r.rsum, sha256, 32);
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	bookstore_must_hold(&s->b);
}

/* ---- keys and roster ---------------------------------------------------------- */

static void the_keys_of_each_epoch_and_user(void **state)
{
	struct shelf *s = *state;
	char want[256];
	char hex[65];
	struct refusal why;
	struct err err = {0};

	assert_int_equal(export_keys(s->b.db, &s->b.hoa, s->path, &s->done,
				 &why, &err),
		VERDICT_DONE);
	read_back(s);
	str_to_hex(s->b.db->device_public, 32, hex);
	snprintf(want, sizeof(want), "device %s %s\n",
		db_info(s->b.db)->dev_hex, hex);
	assert_memory_equal(s->bytes, want, strlen(want));
	str_to_hex(s->b.lan.secret + 32, 32, hex);
	snprintf(want, sizeof(want), "\nuser 7 agent %s\n", hex);
	assert_non_null(strstr((char *)s->bytes, want));
	snprintf(want, sizeof(want), "\nepoch %s 2 %d ",
		db_info(s->b.db)->dev_hex,
		(int)bookstore_number(&s->b,
			"SELECT seq FROM epoch WHERE number = 2"));
	assert_non_null(strstr((char *)s->bytes, want));
	snprintf(want, sizeof(want), "\nepoch %s %d - ",
		db_info(s->b.db)->dev_hex,
		(int)bookstore_number(&s->b,
			"SELECT seq + 1 FROM epoch WHERE number = 2"));
	assert_non_null(strstr((char *)s->bytes, want));
	assert_null(strstr((char *)s->bytes, "Lan"));
	assert_int_equal(s->done.rows, 1 + 2 + 6);
}

static void the_roster_holds_the_cash_only(void **state)
{
	static const char head[] = "list,ent,period,what,amount\n";
	struct shelf *s = *state;
	struct refusal why;
	struct err err = {0};
	const char *at;

	bookstore_sql(&s->b,
		"INSERT INTO list (id, sha256, bytes, period, rows, sum,"
		" imported_at, seq) SELECT DISTINCT e.list, zeroblob(32), 1,"
		" 202612, 1, 1, 1, 1 FROM entitlement e WHERE e.list NOT IN"
		" (SELECT id FROM list)");
	assert_int_equal(export_roster(s->b.db, &s->b.hoa, s->path, &s->done,
				 &why, &err),
		VERDICT_DONE);
	read_back(s);
	assert_memory_equal(s->bytes, head, strlen(head));
	at = strchr((char *)s->bytes, '\n') + 1;
	assert_int_equal(strspn(at, "0123456789abcdef"), 64);
	assert_int_equal(strspn(at + 65, "0123456789abcdef"), 32);
	assert_memory_equal(at + 97, ",202612,1,500000\n", 17);
	assert_int_equal(s->done.rows, 3);
	assert_null(strstr(at, "700000"));
}

/* ---- what must not happen --------------------------------------------------- */

static void nothing_is_ever_replaced(void **state)
{
	struct shelf *s = *state;
	struct err err;

	tmpdir_write(s->out, "file", "older", 5);
	assert_int_equal(journal(s, 0, 0, &err), VERDICT_FAILED);
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(err.sys, EEXIST);
	read_back(s);
	assert_string_equal((char *)s->bytes, "older");
	assert_int_equal(files_in(s->out), 1);
}

static void a_full_stick_leaves_nothing(void **state)
{
	struct shelf *s = *state;
	const struct rlimit small = {300, RLIM_INFINITY};
	struct rlimit old;
	struct err err;
	enum verdict got;

	getrlimit(RLIMIT_FSIZE, &old);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	got = journal(s, 0, 0, &err);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_int_equal(got, VERDICT_FAILED);
	assert_int_equal(err.code, ERR_FULL);
	assert_int_equal(files_in(s->out), 0);
	assert_int_equal(bookstore_number(&s->b,
				 "SELECT count(*) FROM journal WHERE"
				 " instr(body, x'041829') > 0"),
		0);
	bookstore_must_hold(&s->b);
}

static void a_folder_that_is_not_there(void **state)
{
	struct shelf *s = *state;
	struct err err;

	snprintf(s->path, sizeof(s->path), "%s/no/file", s->out);
	assert_int_equal(journal(s, 0, 0, &err), VERDICT_FAILED);
	assert_int_equal(err.code, ERR_GONE);
}

static void records_that_are_not_there(void **state)
{
	static const struct {
		uint64_t from;
		uint64_t until;
	} bad[] = {{5, 4}, {1, 9999}, {9999, 0}};
	struct shelf *s = *state;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(journal(s, bad[i].from, bad[i].until, &err),
			VERDICT_FAILED);
		assert_int_equal(err.code, ERR_INVALID);
		assert_int_equal(err.sys, 0);
	}
	assert_int_equal(files_in(s->out), 0);
}

static void only_who_answers_for_money_may(void **state)
{
	struct shelf *s = *state;
	const struct session *no[] = {&s->b.dung, &s->b.ky};
	struct refusal why;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(no); i++) {
		assert_int_equal(export_journal(s->b.db, no[i], 0, 0, s->path,
					 &s->done, &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_ROLE);
	}
	assert_int_equal(files_in(s->out), 0);
}

/* A record altered behind the program's back is never signed again. */
static void T20_an_altered_book_is_not_blessed(void **state)
{
	struct shelf *s = *state;
	struct err err;

	bookstore_tamper(&s->b,
		("UPDATE journal SET body = CAST(substr(body, 1, 40) ||"
		 " iif(substr(body, 41, 1) = x'00', x'01', x'00') ||"
		 " substr(body, 42) AS BLOB) WHERE seq = 3"));
	assert_int_equal(journal(s, 0, 0, &err), VERDICT_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(files_in(s->out), 0);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(the_records_of_one_shift),
		ROW(the_whole_book_is_written_and_signed),
		ROW(a_part_says_what_was_before_it),
		ROW(an_older_end_is_not_signed),
		ROW(the_book_knows_each_file_by_its_hash),
		ROW(the_keys_of_each_epoch_and_user),
		ROW(the_roster_holds_the_cash_only),
		ROW(nothing_is_ever_replaced),
		ROW(a_full_stick_leaves_nothing),
		ROW(a_folder_that_is_not_there),
		ROW(records_that_are_not_there),
		ROW(only_who_answers_for_money_may),
		ROW(T20_an_altered_book_is_not_blessed),
	};

	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
