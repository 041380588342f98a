/* The daily log: payments and what came back, and a directory that is whole. */
#include "support/unit.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/date.h"
#include "core/str.h"
#include "db/daylog.h"
#include "db/db_internal.h"
#include "db/export_dir.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	DEP = 1,
	BINH = 2,
	CHI = 3,
	DAY_MS = 24 * 3600 * 1000
};

static char stick[256];

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	tmpdir_make(stick, sizeof(stick));
	for (int64_t id = DEP; id <= CHI; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 100000 * id,
			false);
	bookstore_due(&b, DEP, ENT_ARREARS, BOOKSTORE_PERIOD, 50000, false);
	bookstore_shift(&b, 60);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	tmpdir_remove(stick);
	return 0;
}

static struct heard {
	struct daylog_payment p[8];
	int count;
	int64_t sum;
} heard;

static bool hear(void *ctx, const struct daylog_payment *p)
{
	(void)ctx;
	assert_true(heard.count < 8);
	heard.p[heard.count++] = *p;
	heard.sum += p->amount;
	return true;
}

static void list(struct bookstore *b, const struct daylog_range *range)
{
	struct err err = {0};

	heard = (struct heard){.count = 0};
	if (!daylog_payments(b->db, range, hear, NULL, &err))
		fail_msg("%s", err.text);
}

/* One paid, one paid and taken back at once, one through somebody else. */
static void three_payments(struct bookstore *b)
{
	struct pay_request r = {.person = CHI,
		.payee = PAYEE_AUTHORISED,
		.payee_name = "Trần Văn An",
		.payee_id = "001150000217",
		.payee_paper = "12/UQ"};
	struct refusal why;
	struct payout p;
	struct err err;

	bookstore_pay(b, DEP, &p);
	bookstore_hand(b, p.seq);
	bookstore_pay(b, BINH, &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, &b->hoa, &p,
				 &why, &err),
		VERDICT_DONE);
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_DONE);
	bookstore_hand(b, p.seq);
}

static void payments_and_what_came_back(void **state)
{
	struct bookstore *b = *state;
	struct journal_totals tot;
	struct daylog_range range;
	struct err err;

	three_payments(b);
	assert_int_equal(daylog_shift(b->db, 1, &range, &err), LOOKUP_FOUND);
	list(b, &range);
	assert_int_equal(heard.count, 4);
	assert_int_equal(heard.p[0].amount, 150000);
	assert_int_equal(heard.p[0].by_kind[ENT_MONTH], 100000);
	assert_int_equal(heard.p[0].by_kind[ENT_ARREARS], 50000);
	assert_int_equal(heard.p[0].state, PAYOUT_HANDED);
	assert_string_equal(heard.p[0].person.name, "Nguyễn Thị Đẹp");
	assert_string_equal(heard.p[0].person.id12, "001145000001");
	assert_int_equal(heard.p[1].state, PAYOUT_VOIDED);
	assert_int_equal(heard.p[2].amount, -200000);
	assert_int_equal(heard.p[2].pay, heard.p[1].seq);
	assert_int_equal(heard.p[2].person.id, BINH);
	assert_int_equal(heard.p[1].period, BOOKSTORE_PERIOD);
	assert_int_equal(heard.p[2].period, BOOKSTORE_PERIOD);
	assert_string_equal(heard.p[2].code, heard.p[1].code);
	assert_string_equal(heard.p[3].payee_name, "Trần Văn An");
	assert_int_equal(heard.p[3].payee, PAYEE_AUTHORISED);
	/* The rows come to what the records are signed with. */
	assert_true(daylog_totals(b->db, &range, &tot, &err));
	assert_int_equal(tot.paid_gross - tot.void_gross, heard.sum);
	assert_int_equal(tot.payments, 3);
	assert_int_equal(tot.voids, 1);
	assert_int_equal(tot.float_in, 30000000);
}

static void a_day_is_its_records(void **state)
{
	struct bookstore *b = *state;
	const int64_t now = clock_wall_ms();
	struct daylog_range range;
	struct err err;

	three_payments(b);
	assert_int_equal(daylog_days(b->db, now - DAY_MS, now + DAY_MS, &range,
				 &err),
		LOOKUP_FOUND);
	assert_int_equal(range.first, 1);
	assert_int_equal(range.last,
		bookstore_number(b, "SELECT max(seq) FROM journal"));
	list(b, &range);
	assert_int_equal(heard.count, 4);
	assert_int_equal(daylog_days(b->db, now + DAY_MS, now + 2 * DAY_MS,
				 &range, &err),
		LOOKUP_ABSENT);
	assert_int_equal(daylog_shift(b->db, 2, &range, &err), LOOKUP_ABSENT);
}

static void a_range_leaves_out_what_is_outside(void **state)
{
	struct bookstore *b = *state;
	struct journal_totals tot;
	struct daylog_range range;
	struct err err;

	three_payments(b);
	daylog_shift(b->db, 1, &range, &err);
	list(b, &range);
	range.first = heard.p[1].seq;
	list(b, &range);
	assert_int_equal(heard.count, 3);
	assert_true(daylog_totals(b->db, &range, &tot, &err));
	assert_int_equal(tot.paid_gross - tot.void_gross, heard.sum);
	assert_int_equal(tot.float_in, 0);
}

static void who_was_erased_has_no_name(void **state)
{
	struct bookstore *b = *state;
	struct daylog_range range;
	struct err err;

	three_payments(b);
	bookstore_sql(b, "UPDATE person SET code = NULL, sealed = NULL");
	bookstore_sql(b, "UPDATE payout SET payee = x''");
	daylog_shift(b->db, 1, &range, &err);
	list(b, &range);
	assert_int_equal(heard.count, 4);
	assert_string_equal(heard.p[0].person.name, "");
	assert_string_equal(heard.p[3].payee_name, "");
}

/* ---- a directory --------------------------------------------------------------- */

static int entries(const char *dir)
{
	DIR *d = opendir(dir);
	int n = 0;

	if (!d)
		return -1;
	for (struct dirent *e; (e = readdir(d));)
		n += strcmp(e->d_name, ".") != 0 &&
		     strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static struct export_dir *open_dir(struct bookstore *b, char path[300])
{
	struct export_dir *d;
	struct refusal why;
	struct err err = {0};

	snprintf(path, 300, "%s/2026-12-05", stick);
	if (export_dir_open(b->db, &b->lan, path, &d, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
	return d;
}

static void read_file(const char *dir, const char *name, char *out, size_t size)
{
	char path[512];
	FILE *in = fopen(tmpdir_path(dir, name, path, sizeof(path)), "rb");
	size_t len;

	assert_non_null(in);
	len = fread(out, 1, size - 1, in);
	out[len] = '\0';
	fclose(in);
}

static void a_directory_is_there_whole(void **state)
{
	struct bookstore *b = *state;
	struct export_done journal = {.first = 0};
	struct export_done done;
	struct export_dir *d;
	char path[300];
	char text[1024];
	struct stat st;
	struct err err = {0};

	three_payments(b);
	d = open_dir(b, path);
	/* Until it is whole there is nothing of that name. */
	assert_int_not_equal(stat(path, &st), 0);
	assert_true(export_dir_file(d, "a.txt", &err));
	assert_true(export_dir_put(d, "abc", 3, &err));
	assert_true(export_dir_journal(d, "journal", &journal, &err));
	assert_true(journal.is_signed);
	assert_true(export_dir_close(d, &done, &err));
	assert_int_equal(entries(stick), 1);
	assert_int_equal(entries(path), 3);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	read_file(path, "SHA256SUMS", text, sizeof(text));
	assert_non_null(strstr(text,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001"
		"5ad  a.txt\n"));
	assert_non_null(strstr(text, "  journal\n"));
	assert_int_equal(done.rows, 3);
	assert_int_equal(done.seq,
		bookstore_number(b, "SELECT max(seq) FROM journal"));
	bookstore_must_hold(b);
}

static void nothing_is_put_over_another(void **state)
{
	struct bookstore *b = *state;
	struct export_done done;
	struct export_dir *d;
	struct refusal why;
	char path[300];
	struct err err = {0};

	d = open_dir(b, path);
	assert_true(export_dir_file(d, "a.txt", &err));
	/* Somebody else is quicker. */
	assert_int_equal(mkdir(path, 0700), 0);
	assert_false(export_dir_close(d, &done, &err));
	assert_int_equal(err.sys, EEXIST);
	assert_int_equal(entries(stick), 1);
	assert_int_equal(entries(path), 0);
	assert_int_equal(export_dir_open(b->db, &b->lan, path, &d, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(err.sys, EEXIST);
	assert_null(d);
}

static void what_is_given_up_leaves_nothing(void **state)
{
	struct bookstore *b = *state;
	struct export_dir *d;
	char path[300];
	struct err err = {0};

	d = open_dir(b, path);
	assert_true(export_dir_file(d, "a.txt", &err));
	assert_true(export_dir_file(d, "b.txt", &err));
	assert_int_equal(entries(stick), 1);
	export_dir_drop(d);
	assert_int_equal(entries(stick), 0);
	export_dir_drop(NULL);
}

/* The stick is pulled: what was written has no name that looks whole. */
static void a_stick_that_is_gone_is_told_of(void **state)
{
	struct bookstore *b = *state;
	const int64_t records =
		bookstore_number(b, "SELECT max(seq) FROM journal");
	struct export_done done;
	struct export_dir *d;
	char path[300];
	struct err err = {0};

	d = open_dir(b, path);
	assert_true(export_dir_file(d, "a.txt", &err));
	tmpdir_remove(stick);
	assert_false(export_dir_close(d, &done, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		records);
}

static void only_who_may_export_does(void **state)
{
	struct bookstore *b = *state;
	struct export_dir *d;
	struct refusal why;
	char path[300];
	struct err err = {0};

	snprintf(path, sizeof(path), "%s/day", stick);
	assert_int_equal(export_dir_open(b->db, &b->dung, path, &d, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(entries(stick), 0);
	snprintf(path, sizeof(path), "%s/not/there", stick);
	assert_int_equal(export_dir_open(b->db, &b->lan, path, &d, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_GONE);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(payments_and_what_came_back),
		ON_STORE(a_day_is_its_records),
		ON_STORE(a_range_leaves_out_what_is_outside),
		ON_STORE(who_was_erased_has_no_name),
		ON_STORE(a_directory_is_there_whole),
		ON_STORE(nothing_is_put_over_another),
		ON_STORE(what_is_given_up_leaves_nothing),
		ON_STORE(a_stick_that_is_gone_is_told_of),
		ON_STORE(only_who_may_export_does),
	};

	return cmocka_run_group_tests_name("daylog", tests, NULL, NULL);
}
