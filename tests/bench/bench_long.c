/*
 * Everything that takes long with a large store: how long, how long whoever
 * presses ^C, or key 0, has to wait at most before he is heard, and the most
 * that is in memory meanwhile.
 * LONG_PEOPLE (20,000) are on the list, LONG_PAID (4,000) of them are paid;
 * LONG_KEEP=DIR keeps the store for trying verbs on it (user 1, PIN 135791).
 */
#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/forms.h"
#include "db/journal.h"
#include "db/limits.h"
#include "db/lists.h"
#include "db/people.h"
#include "support/bookstore.h"
#include "support/manypeople.h"
#include "support/peak.h"
#include "support/tmpdir.h"

enum {
	A_SHIFT = 250
};

struct large {
	struct bookstore b;
	char dir[128];
	char file[200];
	double last; /* when it was asked last */
	double deaf; /* the longest time between two questions, s */
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool asked(void *ctx, const struct far *f)
{
	struct large *l = ctx;
	const double now = now_s();

	(void)f;
	if (now - l->last > l->deaf)
		l->deaf = now - l->last;
	l->last = now;
	return true;
}

static void check(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

/* ---- the store --------------------------------------------------------- */

static void add_people(struct large *l, long people)
{
	const struct list_options o = {.count = -1, .sum = -1};
	static struct list_result r;
	struct err err = {0};

	tmpdir_path(l->dir, "list.csv", l->file, sizeof(l->file));
	if (!manypeople_write(l->file, people, BOOKSTORE_PERIOD))
		exit(1);
	check(lists_import(l->b.db, &l->b.hoa, l->file, &o, &r, &err), &err);
	if (!r.taken)
		exit(1);
}

static void close_shift(struct bookstore *b)
{
	const struct notes none = {.pieces = {0}};
	struct shift_slip slip;
	struct refusal why;
	struct err err = {0};

	check(shifts_close(b->db, &b->lan, &none, SHIFT_REASON_OTHER, &b->hoa,
		      &slip, &why, &err) == VERDICT_DONE,
		&err);
}

static void pay(struct bookstore *b, int64_t person)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.approver = &b->hoa};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	payouts_uid(r.uid);
	if (payouts_pay(b->db, &b->lan, &r, &p, &why, &err) == VERDICT_DONE)
		bookstore_hand(b, p.seq);
}

static void pay_people(struct bookstore *b, long paid)
{
	for (long i = 0; i < paid; i++) {
		if (i % A_SHIFT == 0) {
			if (i > 0)
				close_shift(b);
			bookstore_shift(b, 4000);
		}
		pay(b, 1 + i);
	}
}

/* ---- what takes long ---------------------------------------------------- */

static bool do_backup(struct large *l, struct err *err)
{
	struct export_done d;
	struct refusal why;

	return backup_write(l->b.db, &l->b.hoa, l->file, &d, &why, err) ==
	       VERDICT_DONE;
}

static bool do_export(struct large *l, struct err *err)
{
	struct export_done d;
	struct refusal why;

	return export_journal(l->b.db, &l->b.hoa, 0, 0, l->file, &d, &why,
		       err) == VERDICT_DONE;
}

static bool do_verify(struct large *l, struct err *err)
{
	struct journal_report r;

	return journal_verify(l->b.db, 1, &r, err);
}

static bool do_check(struct large *l, struct err *err)
{
	return db_check(l->b.db, err);
}

static bool do_forms(struct large *l, struct err *err)
{
	struct forms f;

	return forms_count(l->b.db, BOOKSTORE_PERIOD, "", &f, err);
}

static bool do_open(struct large *l, struct err *err)
{
	(void)err;
	bookstore_restart(&l->b);
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct large *l, struct err *err);
} works[] = {
	{"copy of the book", do_backup},
	{"journal as a file", do_export},
	{"journal checked", do_verify},
	{"whole store checked", do_check},
	{"forms A and B counted", do_forms},
	{"closed and opened", do_open},
};

static void measure(struct large *l, int i)
{
	const struct db_watch watch = {asked, l};
	struct err err = {0};
	const double begin = now_s();
	double end;

	snprintf(l->file, sizeof(l->file), "%s/out-%d", l->dir, i);
	peak_begin();
	l->last = begin;
	l->deaf = 0;
	db_watch(l->b.db, &watch);
	check(works[i].run(l, &err), &err);
	end = now_s();
	if (end - l->last > l->deaf)
		l->deaf = end - l->last;
	db_watch(l->b.db, NULL);
	printf("%-24s %6.2f s, not asked for %6.3f s at most, %.1f MiB\n",
		works[i].name, end - begin, l->deaf, (double)peak_kib() / 1024);
	unlink(l->file);
}

static long size_from(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

int main(void)
{
	const long people = size_from("LONG_PEOPLE", 20000);
	const long paid = size_from("LONG_PAID", 4000);
	const char *keep = getenv("LONG_KEEP");
	static struct large l;

	tmpdir_make(l.dir, sizeof(l.dir));
	bookstore_make(&l.b);
	add_people(&l, people);
	unlink(l.file);
	pay_people(&l.b, paid);
	printf("%ld people, %" PRId64 " records\n", people,
		bookstore_number(&l.b, "SELECT count(*) FROM journal"));
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++)
		measure(&l, (int)i);
	tmpdir_remove(l.dir);
	if (!keep) {
		bookstore_remove(&l.b);
		return 0;
	}
	db_close(l.b.db);
	return rename(l.b.dir, keep) == 0 ? 0 : 1;
}
