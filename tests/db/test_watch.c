/*
 * Long work that is stopped, wherever it is, has done nothing: the book, the
 * directory and the stick are as they were, and the same again works.
 */
#include "support/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/export_dir.h"
#include "db/forms.h"
#include "db/journal.h"
#include "db/journal_internal.h"
#include "db/sealed_internal.h"
#include "db/watch.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	PEOPLE = 40,
	MANY = 12000, /* so that each work is asked about */
	FOLDER_SIZE = 4096
};

struct lab {
	struct bookstore b;
	char dir[256];
	char file[300];
};

/* Says yes so many times, then no for ever. */
struct patience {
	long yes;
	long asked;
	int permille; /* the last one, and is it ever less than before? */
	bool back;
};

static bool ask(void *ctx, const struct far *f)
{
	struct patience *p = ctx;
	const int permille = far_permille(f);

	p->asked++;
	if (permille >= 0 && permille < p->permille)
		p->back = true;
	if (permille >= 0)
		p->permille = permille;
	return p->asked <= p->yes;
}

static void add_people(struct bookstore *b)
{
	const struct sealed s = {.seq = 1,
		.birth = 19440902,
		.text = {[SEALED_CODE] = "B",
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_GROUP] = "NCC"}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	bookstore_sql(b, "BEGIN");
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO person (id, unit_code, list, period, code, sealed)"
		" VALUES (?1, 'U1', 1, 202612, ?1, :sealed)",
		-1, &st, NULL);
	for (int64_t id = MANY; id < 2 * MANY; id++) {
		sqlite3_bind_int64(st, 1, id);
		sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s,
			locked);
		sqlite3_step(st);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	bookstore_sql(b,
		"INSERT INTO entitlement (person, list_period, what, period,"
		" list, amount, months, by_account, ent) SELECT id, 202612, 1,"
		" 202612, 1, 500000, '', 0, randomblob(16) FROM person"
		" WHERE id >= 12000");
	bookstore_sql(b, "COMMIT");
}

static void make(struct lab *l)
{
	struct payout p;

	memset(l, 0, sizeof(*l));
	bookstore_make(&l->b);
	for (int i = 1; i <= PEOPLE; i++)
		bookstore_due(&l->b, i, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(&l->b, 100);
	for (int i = 1; i <= PEOPLE; i++) {
		bookstore_pay(&l->b, i, &p);
		bookstore_hand(&l->b, p.seq);
	}
	add_people(&l->b);
	tmpdir_make(l->dir, sizeof(l->dir));
	tmpdir_path(l->dir, "out", l->file, sizeof(l->file));
}

/* ---- what is watched ---------------------------------------------------- */

static bool do_backup(struct lab *l, struct err *err)
{
	struct export_done d;
	struct refusal why;

	return backup_write(l->b.db, &l->b.hoa, l->file, &d, &why, err) ==
	       VERDICT_DONE;
}

static bool do_journal(struct lab *l, struct err *err)
{
	struct export_done d;
	struct refusal why;

	return export_journal(l->b.db, &l->b.hoa, 0, 0, l->file, &d, &why,
		       err) == VERDICT_DONE;
}

static bool do_roster(struct lab *l, struct err *err)
{
	struct export_done d;
	struct refusal why;

	return export_roster(l->b.db, &l->b.hoa, l->file, &d, &why, err) ==
	       VERDICT_DONE;
}

static bool do_folder(struct lab *l, struct err *err)
{
	struct export_done journal = {0};
	struct export_done d;
	struct export_dir *folder;
	struct refusal why;

	if (export_dir_open(l->b.db, &l->b.hoa, l->file, &folder, &why, err) !=
		VERDICT_DONE)
		return false;
	if (export_dir_journal(folder, "journal.chitra", &journal, err))
		return export_dir_close(folder, &d, err);
	export_dir_drop(folder);
	return false;
}

static bool do_verify(struct lab *l, struct err *err)
{
	struct journal_report r;

	if (!journal_verify(l->b.db, 1, &r, err))
		return false;
	assert_int_equal(r.bad_seq, 0);
	return true;
}

static bool do_check(struct lab *l, struct err *err)
{
	return db_check(l->b.db, err);
}

static bool do_forms(struct lab *l, struct err *err)
{
	struct forms f;

	return forms_count(l->b.db, BOOKSTORE_PERIOD, "", &f, err);
}

/* leaves: a file, or a folder, on the stick, and a record in the book. */
static struct row {
	const char *name;
	bool (*run)(struct lab *l, struct err *err);
	bool leaves;
} rows[] = {
	{"a copy of the book is stopped anywhere, and leaves nothing",
		do_backup, true},
	{"the journal as a file is stopped anywhere, and leaves nothing",
		do_journal, true},
	{"a folder of the daily log is stopped anywhere, and leaves nothing",
		do_folder, true},
	{"the roster is stopped anywhere, and leaves nothing", do_roster, true},
	{"a check of the journal is stopped anywhere, and finds nothing",
		do_verify, false},
	{"a check of the whole store is stopped anywhere, and finds nothing",
		do_check, false},
	{"the count of forms A and B is stopped anywhere", do_forms, false},
};

/* ---- as it was ------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The names in a folder, sorted. */
static void names_in(const char *dir, char out[FOLDER_SIZE])
{
	char name[64][64];
	struct dirent *e;
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL && n < 64)
		snprintf(name[n++], sizeof(name[0]), "%.63s", e->d_name);
	closedir(d);
	qsort(name, n, sizeof(name[0]), by_name);
	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		snprintf(out + strlen(out), FOLDER_SIZE - strlen(out), "%s\n",
			name[i]);
}

struct was {
	struct journal_head head;
	char stick[FOLDER_SIZE];
	char store[FOLDER_SIZE];
};

static void look(struct lab *l, struct was *out)
{
	struct err err = {0};

	memset(out, 0, sizeof(*out));
	assert_true(journal_head(l->b.db, &out->head, &err));
	names_in(l->dir, out->stick);
	names_in(l->b.dir, out->store);
}

static void must_be_as(struct lab *l, const struct was *was)
{
	struct was now;

	look(l, &now);
	assert_int_equal(now.head.last_seq, was->head.last_seq);
	assert_memory_equal(now.head.head, was->head.head,
		sizeof(now.head.head));
	assert_string_equal(now.stick, was->stick);
	assert_string_equal(now.store, was->store);
}

static bool run(struct lab *l, const struct row *row, struct patience *p,
	struct err *err)
{
	const struct db_watch watch = {ask, p};
	bool ok;

	db_watch(l->b.db, &watch);
	ok = row->run(l, err);
	db_watch(l->b.db, NULL);
	return ok;
}

static void take_away(struct lab *l)
{
	tmpdir_remove(l->file);
	unlink(l->file);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static struct lab lab;
	struct lab *l = &lab;
	struct patience p;
	struct err err = {0};
	struct was was;
	long all;

	make(l);
	/* Twice: what the first one prepares is not what is stopped. */
	for (int i = 0; i < 2; i++) {
		p = (struct patience){.yes = 1000000000};
		assert_true(run(l, row, &p, &err));
		take_away(l);
	}
	assert_false(p.back);
	all = p.asked;
	assert_true(all > 0);
	look(l, &was);
	for (long yes = 0; yes < all; yes += all / 12 + 1) {
		p = (struct patience){.yes = yes};
		assert_false(run(l, row, &p, &err));
		assert_true(db_watch_stopped(&err));
		must_be_as(l, &was);
	}
	bookstore_must_hold(&l->b);
	p = (struct patience){.yes = 1000000000};
	assert_true(run(l, row, &p, &err));
	assert_int_equal(access(l->file, F_OK) == 0, row->leaves);
	bookstore_remove(&l->b);
	tmpdir_remove(l->dir);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
