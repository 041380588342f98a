/*
 * What the program does for visits with a real store: a draft that rides with
 * an effect is on the disk when no key waits, before any other effect, and
 * when its user leaves; the pages of the list; a visit, and its draft is gone.
 */
#include "support/unit.h"

#include <string.h>

#include "db/drafts.h"
#include "support/bookstore.h"
#include "terminal/app/run_visits.h"

static struct bookstore book;
static struct ports ports;
static struct event answer;

static int start(void **state)
{
	(void)state;
	bookstore_make(&book);
	for (int64_t id = 31; id < 34; id++)
		bookstore_due(&book, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	memset(&ports, 0, sizeof(ports));
	ports.db = book.db;
	ports.session = book.lan;
	return 0;
}

static int stop(void **state)
{
	(void)state;
	run_visits_forget(&ports);
	bookstore_remove(&book);
	return 0;
}

static bool run(enum effect_kind kind, int64_t person)
{
	struct effect fx = effect_of(kind);

	fx.person = person;
	return run_effect(&ports, &fx, &answer);
}

/* The first on the list. */
static int64_t somebody(void)
{
	struct effect fx = effect_of(FX_VISITS);

	fx.visits.scope = VISITS_OF_PEOPLE;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.kind, EV_VISITS);
	assert_true(answer.visits.rows > 0);
	return answer.visits.person[0].id;
}

static void type(int64_t person, const char *text)
{
	struct effect fx = effect_of(FX_DRAFT);

	fx.draft.person = person;
	fx.draft.bytes = (const uint8_t *)text;
	fx.draft.len = strlen(text);
	assert_false(run_effect(&ports, &fx, &answer));
}

/* What is on the disk; "" if nothing is. */
static const char *kept(int64_t person)
{
	static uint8_t bytes[DRAFT_MAX + 1];
	struct err err = {0};
	size_t len = 0;

	if (drafts_get(book.db, &book.lan, person, bytes, &len, &err) !=
		LOOKUP_FOUND)
		return "";
	bytes[len] = '\0';
	return (const char *)bytes;
}

static void keys_do_not_wait_for_the_disk(void **state)
{
	const int64_t person = somebody();

	(void)state;
	type(person, "a");
	type(person, "ab");
	assert_string_equal(kept(person), "");
	/* No key waits any more. */
	run_draft_flush(&ports);
	assert_string_equal(kept(person), "ab");
	assert_int_equal(run_drafts_count(&ports), 1);
	/* Nor is anything left in memory. */
	assert_null(memmem(ports.draft.bytes, sizeof(ports.draft.bytes), "ab",
		2));
}

static void it_is_there_before_any_other_effect(void **state)
{
	const int64_t person = somebody();

	(void)state;
	type(person, "abc");
	assert_true(run(FX_VISIT_LOOK, person));
	assert_int_equal(answer.kind, EV_VISIT_LOOK);
	assert_true(answer.visit_look.look.draft);
	assert_non_null(answer.visit_look.survey);
	assert_string_equal(kept(person), "abc");
	assert_true(run(FX_DRAFT_TAKE, person));
	assert_int_equal(answer.kind, EV_DRAFT);
	assert_true(answer.draft.whole);
	assert_int_equal(answer.draft.len, 3);
	assert_memory_equal(answer.draft.bytes, "abc", 3);
}

/* It rides with what is carried out, too. */
static void one_that_rides_is_kept_first(void **state)
{
	const int64_t person = somebody();
	struct effect fx = effect_of(FX_VISIT_LOOK);

	(void)state;
	fx.person = person;
	fx.draft.person = person;
	fx.draft.bytes = (const uint8_t *)"xyz";
	fx.draft.len = 3;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_true(answer.visit_look.look.draft);
	assert_string_equal(kept(person), "xyz");
}

static void it_is_listed_and_thrown_away(void **state)
{
	const int64_t person = somebody();
	struct effect fx = effect_of(FX_VISITS);

	(void)state;
	type(person, "abc");
	fx.visits.scope = VISITS_OF_DRAFTS;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.visits.rows, 1);
	assert_int_equal(answer.visits.drafts, 1);
	assert_int_equal(answer.visits.person[0].id, person);
	assert_true(answer.visits.changed[0] > 0);
	assert_true(run(FX_DRAFT_DROP, person));
	assert_int_equal(answer.kind, EV_CONFIRMED);
	assert_string_equal(kept(person), "");
}

static void the_record_takes_its_draft_with_it(void **state)
{
	const int64_t person = somebody();
	struct effect fx = effect_of(FX_VISIT);

	(void)state;
	type(person, "abc");
	fx.visit.person = person;
	fx.visit.result = VISIT_WANTS_CASH;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.kind, EV_VISIT);
	assert_int_equal(answer.visit.person, person);
	assert_string_equal(kept(person), "");
	/* The same once more, as if nobody had seen the first. */
	fx = effect_of(FX_VISIT);
	fx.visit.person = person;
	fx.visit.result = VISIT_WANTS_CASH;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.kind, EV_REFUSED);
	assert_int_equal(answer.refusal.code, REFUSED_VISITED);
}

static void signing_out_keeps_it(void **state)
{
	const int64_t person = somebody();

	(void)state;
	type(person, "last");
	run(FX_SIGN_OUT, 0);
	assert_int_equal(ports.session.user.number, 0);
	assert_string_equal(kept(person), "last");
}

static void plan(enum visit_plan_act how, int64_t person, int place)
{
	struct effect fx = effect_of(FX_VISIT_PLAN);

	fx.visit_plan.how = how;
	fx.visit_plan.person = person;
	fx.visit_plan.place = place;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.kind, EV_CONFIRMED);
}

static void the_plan_of_today(void **state)
{
	struct effect fx = effect_of(FX_VISITS);
	const int64_t person = somebody();
	int64_t second;

	(void)state;
	assert_true(answer.visits.rows > 1);
	second = answer.visits.person[1].id;
	plan(VISIT_PLAN_ADD, person, 0);
	plan(VISIT_PLAN_ADD, second, 0);
	assert_true(run(FX_VISIT_LOOK, second));
	assert_int_equal(answer.visit_look.planned, 2);
	plan(VISIT_PLAN_MOVE, second, 0);
	assert_true(run(FX_VISIT_LOOK, second));
	assert_int_equal(answer.visit_look.planned, 1);
	plan(VISIT_PLAN_REMOVE, second, 0);
	fx.visits.scope = VISITS_OF_PLAN;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_int_equal(answer.visits.rows, 1);
	assert_int_equal(answer.visits.person[0].id, person);
	plan(VISIT_PLAN_SUGGEST, 0, 0);
	fx = effect_of(FX_VISITS);
	fx.visits.scope = VISITS_OF_PLAN;
	assert_true(run_effect(&ports, &fx, &answer));
	assert_true(answer.visits.rows > 1);
}

static void who_is_on_no_list_is_nobody(void **state)
{
	(void)state;
	assert_true(run(FX_VISIT_LOOK, 999999));
	assert_int_equal(answer.kind, EV_NO_PERSON);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(keys_do_not_wait_for_the_disk),
		EACH(it_is_there_before_any_other_effect),
		EACH(one_that_rides_is_kept_first),
		EACH(it_is_listed_and_thrown_away),
		EACH(the_record_takes_its_draft_with_it),
		EACH(signing_out_keeps_it),
		EACH(the_plan_of_today),
		EACH(who_is_on_no_list_is_nobody),
	};

	return cmocka_run_group_tests_name("visits in the program", tests, NULL,
		NULL);
}
