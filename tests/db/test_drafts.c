/* Half a visit, kept at every key. */
#include "support/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/drafts.h"
#include "db/visits.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	BON = 2,
	KEYS = 24 /* a process is killed after each */
};

struct desk {
	struct bookstore b;
	struct err err;
	uint8_t bytes[DRAFT_MAX];
	size_t len;
};

static int setup(void **state)
{
	static struct desk d;

	memset(&d, 0, sizeof(d));
	bookstore_make(&d.b);
	bookstore_due(&d.b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&d.b, BON, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	*state = &d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	bookstore_remove(&d->b);
	return 0;
}

static bool save(struct desk *d, const struct session *s, int64_t person,
	const char *text)
{
	d->err = (struct err){0};
	return drafts_save(d->b.db, s, person, text, strlen(text), &d->err);
}

static enum lookup get(struct desk *d, const struct session *s, int64_t person)
{
	d->err = (struct err){0};
	return drafts_get(d->b.db, s, person, d->bytes, &d->len, &d->err);
}

static void must_be(struct desk *d, const struct session *s, int64_t person,
	const char *text)
{
	assert_int_equal(get(d, s, person), LOOKUP_FOUND);
	assert_int_equal(d->len, strlen(text));
	assert_memory_equal(d->bytes, text, d->len);
}

static void each_has_his_own_for_each_person(void **state)
{
	struct desk *d = *state;
	struct draft out[4];
	int count;

	assert_true(save(d, &d->b.dung, DEP, "one"));
	assert_true(save(d, &d->b.dung, BON, "two"));
	assert_true(save(d, &d->b.lan, DEP, "three"));
	assert_true(save(d, &d->b.dung, DEP, "one, and more"));
	must_be(d, &d->b.dung, DEP, "one, and more");
	must_be(d, &d->b.dung, BON, "two");
	must_be(d, &d->b.lan, DEP, "three");
	assert_int_equal(get(d, &d->b.lan, BON), LOOKUP_ABSENT);
	assert_true(drafts_list(d->b.db, &d->b.dung, out, COUNT_OF(out), &count,
		&d->err));
	assert_int_equal(count, 2);
	assert_true(out[0].name[0] && out[1].name[0]);
	assert_false(out[0].damaged || out[1].damaged);
	assert_true(drafts_drop(d->b.db, &d->b.dung, DEP, &d->err));
	assert_true(drafts_drop(d->b.db, &d->b.dung, DEP, &d->err));
	assert_int_equal(get(d, &d->b.dung, DEP), LOOKUP_ABSENT);
	must_be(d, &d->b.lan, DEP, "three");
}

static void of_any_length_but_none_and_too_much(void **state)
{
	static uint8_t long_one[DRAFT_MAX + 1];
	struct desk *d = *state;
	const size_t lens[] = {1, 59, 60, 61, 63, 64, 65, 4096, DRAFT_MAX - 1,
		DRAFT_MAX};

	for (size_t i = 0; i < sizeof(long_one); i++)
		long_one[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < COUNT_OF(lens); i++) {
		assert_true(drafts_save(d->b.db, &d->b.dung, DEP, long_one,
			lens[i], &d->err));
		assert_int_equal(get(d, &d->b.dung, DEP), LOOKUP_FOUND);
		assert_int_equal(d->len, lens[i]);
		assert_memory_equal(d->bytes, long_one, d->len);
	}
	assert_false(drafts_save(d->b.db, &d->b.dung, DEP, long_one,
		DRAFT_MAX + 1, &d->err));
	assert_int_equal(d->err.code, ERR_INVALID);
	assert_false(drafts_save(d->b.db, &d->b.dung, DEP, "", 0, &d->err));
	assert_false(save(d, &d->b.dung, 99, "of nobody"));
	assert_int_equal(d->err.code, ERR_INVALID);
}

/* What a draft says is in no file, and how long it is neither. */
static void nothing_of_it_lies_bare(void **state)
{
	struct desk *d = *state;

	assert_true(save(d, &d->b.dung, DEP, "0987654321"));
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT instr(sealed, x'39383736') > 0 FROM"
				 " visit_draft"),
		0);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT length(sealed) FROM visit_draft"),
		64 + CRYPTO_LOCK_EXTRA);
}

static const char *const damages[] = {
	"UPDATE visit_draft SET sealed = x''",
	"UPDATE visit_draft SET sealed = x'00'",
	"UPDATE visit_draft SET sealed = zeroblob(length(sealed))",
	"UPDATE visit_draft SET sealed = substr(sealed, 1, length(sealed) - 1)",
	"UPDATE visit_draft SET sealed = zeroblob(40000)",
	"UPDATE visit_draft SET person = 2",
	"UPDATE visit_draft SET actor = 7",
};

static void damaged_it_is_said_and_can_be_dropped(void **state)
{
	struct desk *d = *state;

	for (size_t i = 0; i < COUNT_OF(damages); i++) {
		struct draft out;
		int count;
		const struct session *s;

		bookstore_sql(&d->b, "DELETE FROM visit_draft");
		assert_true(save(d, &d->b.dung, DEP, "something"));
		bookstore_sql(&d->b, damages[i]);
		s = i == 6 ? &d->b.lan : &d->b.dung;
		assert_true(drafts_list(d->b.db, s, &out, 1, &count, &d->err));
		assert_int_equal(count, 1);
		assert_true(out.damaged);
		assert_int_equal(get(d, s, out.person), LOOKUP_FAILED);
		assert_int_equal(d->err.code, ERR_CORRUPT);
		assert_true(drafts_drop(d->b.db, s, out.person, &d->err));
		assert_true(drafts_list(d->b.db, s, &out, 1, &count, &d->err));
		assert_int_equal(count, 0);
	}
}

static void it_goes_with_its_visit(void **state)
{
	struct desk *d = *state;
	const struct visit_request q = {.person = DEP, .result = VISIT_AGREED};
	struct refusal why;
	struct visit v;

	assert_true(save(d, &d->b.dung, DEP, "one"));
	assert_true(save(d, &d->b.dung, BON, "two"));
	assert_true(save(d, &d->b.lan, DEP, "three"));
	assert_int_equal(visits_record(d->b.db, &d->b.dung, &q, &v, &why,
				 &d->err),
		VERDICT_DONE);
	assert_int_equal(get(d, &d->b.dung, DEP), LOOKUP_ABSENT);
	must_be(d, &d->b.dung, BON, "two");
	must_be(d, &d->b.lan, DEP, "three");
}

static void it_goes_with_its_user(void **state)
{
	struct desk *d = *state;
	struct refusal why;

	assert_true(save(d, &d->b.dung, DEP, "one"));
	assert_true(save(d, &d->b.lan, DEP, "three"));
	assert_int_equal(users_revoke(d->b.db, &d->b.hoa, 5, &why, &d->err),
		VERDICT_DONE);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT count(*) FROM visit_draft"),
		1);
	must_be(d, &d->b.lan, DEP, "three");
}

static void who_may_not_visit_keeps_none(void **state)
{
	struct desk *d = *state;
	struct refusal why;

	assert_false(save(d, &d->b.ky, DEP, "one"));
	assert_int_equal(d->err.code, ERR_DENIED);
	assert_int_equal(users_revoke(d->b.db, &d->b.hoa, 5, &why, &d->err),
		VERDICT_DONE);
	assert_false(save(d, &d->b.dung, DEP, "one"));
	assert_int_equal(d->err.code, ERR_DENIED);
	assert_int_equal(bookstore_number(&d->b,
				 "SELECT count(*) FROM visit_draft"),
		0);
}

static void another_sees_that_there_is_one(void **state)
{
	struct desk *d = *state;
	struct visit_look look;

	assert_true(save(d, &d->b.dung, DEP, "one"));
	assert_true(visits_look(d->b.db, &d->b.lan, DEP, &look, &d->err));
	assert_int_equal(look.begun, 5);
	assert_string_equal(look.begun_name, "Dung");
	assert_false(look.draft);
	assert_true(visits_look(d->b.db, &d->b.dung, DEP, &look, &d->err));
	assert_int_equal(look.begun, 0);
	assert_true(look.draft);
}

static void nobody_signed_in_reads_none(void **state)
{
	struct desk *d = *state;
	struct draft out;
	int count;

	assert_true(save(d, &d->b.dung, DEP, "one"));
	datakey_drop(d->b.db);
	assert_int_equal(get(d, &d->b.dung, DEP), LOOKUP_FAILED);
	assert_int_equal(d->err.code, ERR_DENIED);
	assert_false(drafts_list(d->b.db, &d->b.dung, &out, 1, &count,
		&d->err));
	assert_false(save(d, &d->b.dung, DEP, "two"));
	assert_int_equal(d->err.code, ERR_DENIED);
}

/* What stands on the screen after so many keys. */
static size_t typed(int keys, char out[KEYS * 4])
{
	size_t len = 0;

	for (int i = 0; i < keys; i++)
		len += (size_t)snprintf(out + len, KEYS * 4 - len, "%d;", i);
	return len;
}

/* In a child: a key, a draft, and so on until it is killed. */
static void type_and_die(struct desk *d, int keys, int told)
{
	char text[KEYS * 4];
	struct err err;

	for (int i = 1; i <= keys; i++) {
		const size_t len = typed(i, text);

		if (!drafts_save(d->b.db, &d->b.dung, DEP, text, len, &err))
			_exit(98);
	}
	/* Behind the last one, before anything can be put in order. */
	if (write(told, "x", 1) == 1)
		raise(SIGKILL);
	_exit(97);
}

static void die_after(struct desk *d, int keys)
{
	char text[KEYS * 4];
	int status = 0;
	int told[2];
	pid_t child;
	size_t len;

	db_close(d->b.db);
	d->b.db = NULL;
	assert_int_equal(pipe(told), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		bookstore_open(&d->b);
		type_and_die(d, keys, told[1]);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	close(told[0]);
	close(told[1]);
	bookstore_open(&d->b);
	len = typed(keys, text);
	assert_int_equal(get(d, &d->b.dung, DEP), LOOKUP_FOUND);
	assert_int_equal(d->len, len);
	assert_memory_equal(d->bytes, text, len);
}

static void killed_at_every_key_it_is_there(void **state)
{
	struct desk *d = *state;

	for (int keys = 1; keys <= KEYS; keys++)
		die_after(d, keys);
	bookstore_must_hold(&d->b);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(each_has_his_own_for_each_person),
		T(of_any_length_but_none_and_too_much),
		T(nothing_of_it_lies_bare),
		T(damaged_it_is_said_and_can_be_dropped),
		T(it_goes_with_its_visit),
		T(it_goes_with_its_user),
		T(who_may_not_visit_keeps_none),
		T(another_sees_that_there_is_one),
		T(nobody_signed_in_reads_none),
		T(killed_at_every_key_it_is_there),
	};

	return cmocka_run_group_tests_name("drafts", tests, NULL, NULL);
}
