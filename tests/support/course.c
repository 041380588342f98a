#include "support/course.h"

#include "support/unit.h"

#include <sqlite3.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

void course_begin(const struct course *c, struct bookstore *b)
{
	*b = c->ready;
	bookstore_image(&c->ready, b->dir, sizeof(b->dir));
	bookstore_open(b);
}

static int note_step(void *ctx, sqlite3 *handle, const char *name, int pages)
{
	struct course *c = ctx;

	(void)handle;
	(void)name;
	(void)pages;
	assert_in_range(c->steps, 0, COURSE_STEPS - 1);
	bookfacts_read(c->running, &c->step[c->steps++]);
	return SQLITE_OK;
}

void course_learn(struct course *c, const struct bookact *a)
{
	struct bookstore b;
	struct err err = {0};

	*c = (struct course){.act = a};
	bookact_ready(a, &c->ready);
	bookstore_crash(&c->ready);
	course_begin(c, &b);
	c->running = &b;
	bookfacts_read(&b, &c->step[c->steps++]);
	sqlite3_wal_hook(b.db->handle, note_step, c);
	if (a->act(&b, &err) != SAID_DONE)
		fail_msg("%s: %s (%s)", a->name, err.text, err.where);
	sqlite3_wal_hook(b.db->handle, NULL, NULL);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

void course_forget(struct course *c)
{
	tmpdir_remove(c->ready.dir);
	c->ready.dir[0] = '\0';
}

const struct bookfacts *course_end(const struct course *c)
{
	return &c->step[c->steps - 1];
}

static bool is_a_step(const struct course *c, const struct bookfacts *now)
{
	for (int i = 0; i < c->steps; i++)
		if (bookfacts_equal(now, &c->step[i]))
			return true;
	return false;
}

/* The process goes on: what is not there is done now, and only that. */
static void go_on(const struct course *c, const struct course_fault *f,
	struct bookstore *b, const struct bookfacts *now)
{
	struct bookfacts after;
	struct err err = {0};
	const enum said said = c->act->act(b, &err);

	bookstore_must_hold(b);
	bookfacts_read(b, &after);
	if (bookfacts_equal(now, &c->step[0]) && c->steps > 1) {
		if (said != SAID_DONE)
			fail_msg("%s, n = %d, again: %s (%s)", f->name, f->n,
				err.text, err.where);
		assert_true(bookfacts_equal(&after, course_end(c)));
	} else if (!c->act->repeats) {
		if (said != SAID_NO)
			fail_msg("%s, n = %d, again: %d %s (%s)", f->name, f->n,
				said, err.text, err.where);
		assert_true(bookfacts_equal(&after, now));
	} else {
		assert_int_equal(said, SAID_DONE);
	}
}

void course_start(const struct course *c, const char *dir,
	struct bookfacts *out)
{
	struct bookstore b = c->ready;

	memcpy(b.dir, dir, sizeof(b.dir));
	bookstore_open(&b);
	bookstore_must_hold(&b);
	bookfacts_read(&b, out);
	bookstore_remove(&b);
}

static void must_be_whole(const struct course *c, const struct course_fault *f,
	enum said said, const struct bookfacts *now)
{
	if (!is_a_step(c, now) ||
		(said == SAID_DONE && !bookfacts_equal(now, course_end(c))))
		fail_msg("%s, n = %d: half of it is there", f->name, f->n);
}

bool course_try(const struct course *c, const struct course_fault *f,
	enum said *out)
{
	char killed[sizeof(c->ready.dir)]; /* before anything was asked */
	char asked[sizeof(c->ready.dir)];  /* and then the power is cut */
	struct err err = {0};
	struct journal_head head; /* asked while the disk was still bad */
	struct err ignored;
	struct bookfacts now;
	struct bookfacts found;
	struct bookstore b;
	enum said said;
	bool tripped;
	bool told;

	course_begin(c, &b);
	faultvfs_medium(b.dir, false);
	f->arm(f);
	said = c->act->act(&b, &err);
	told = journal_head(b.db, &head, &ignored);
	db_checkpoint(b.db, &ignored);
	tripped = f->disarm();
	if (said != SAID_DONE && !(tripped && said == SAID_FAILED) &&
		!(tripped && f->refusal_is_fine))
		fail_msg("%s, n = %d: said %d: %s", f->name, f->n, said,
			err.text);
	if (said == SAID_FAILED)
		assert_true(err.code != ERR_NONE && err.text[0]);
	bookstore_image(&b, killed, sizeof(killed));
	bookstore_must_hold(&b);
	bookfacts_read(&b, &now);
	must_be_whole(c, f, said, &now);
	if (told && (int64_t)head.last_seq != now.fact[BOOKFACT_LAST_SEQ])
		fail_msg("%s, n = %d: told of %d records, %d are there",
			f->name, f->n, (int)head.last_seq,
			(int)now.fact[BOOKFACT_LAST_SEQ]);
	bookstore_image(&b, asked, sizeof(asked));
	faultvfs_power_cut(asked);
	faultvfs_medium(NULL, false);
	go_on(c, f, &b, &now);
	bookstore_remove(&b);
	course_start(c, killed, &found);
	must_be_whole(c, f, said, &found);
	course_start(c, asked, &found);
	/* What was told must not change any more. */
	assert_true(bookfacts_equal(&found, &now));
	*out = said;
	return tripped;
}
