/* A question goes to another thread and comes back, or is given up. */
#include "support/unit.h"

#include <pthread.h>
#include <sched.h>

#include "terminal/app/asker.h"

enum {
	TIMES = 200
};

/* Plain fields on purpose: whose they are is what asker.h promises. */
static struct {
	long question;
	long answer;
	int asked;
} on;

static void doubled(void *arg)
{
	(void)arg;
	on.answer = 2 * on.question;
	on.asked++;
}

static void what_was_asked_comes_back(void **state)
{
	struct err err;
	struct asker *a = asker_start(doubled, NULL, &err);

	(void)state;
	on.asked = 0;
	assert_non_null(a);
	assert_int_equal(asker_look(a), ASKER_IDLE);
	for (long i = 1; i <= TIMES; i++) {
		on.question = i;
		asker_ask(a);
		while (asker_look(a) == ASKER_OUT)
			sched_yield();
		assert_int_equal(asker_look(a), ASKER_BACK);
		assert_int_equal(on.answer, 2 * i);
		asker_taken(a);
		assert_int_equal(asker_look(a), ASKER_IDLE);
	}
	asker_stop(a);
	assert_int_equal(on.asked, TIMES);
}

static void what_came_back_is_not_asked_again(void **state)
{
	struct err err;
	struct asker *a = asker_start(doubled, NULL, &err);

	(void)state;
	on.asked = 0;
	assert_non_null(a);
	asker_ask(a);
	while (asker_look(a) == ASKER_OUT)
		sched_yield();
	asker_stop(a);
	assert_int_equal(on.asked, 1);
}

/* Waits until it is told: as a line that does not answer. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool begun;
	bool end;
} line = {.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER};

static void wait_for_end(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&line.lock);
	line.begun = true;
	pthread_cond_broadcast(&line.changed);
	while (!line.end)
		pthread_cond_wait(&line.changed, &line.lock);
	pthread_mutex_unlock(&line.lock);
}

static void it_stops_behind_the_question_that_is_out(void **state)
{
	struct err err;
	struct asker *a = asker_start(wait_for_end, NULL, &err);

	(void)state;
	assert_non_null(a);
	asker_ask(a);
	pthread_mutex_lock(&line.lock);
	while (!line.begun)
		pthread_cond_wait(&line.changed, &line.lock);
	assert_int_equal(asker_look(a), ASKER_OUT);
	line.end = true;
	pthread_cond_broadcast(&line.changed);
	pthread_mutex_unlock(&line.lock);
	asker_stop(a);
}

static void it_stops_though_nothing_was_asked(void **state)
{
	struct err err;

	(void)state;
	asker_stop(asker_start(doubled, NULL, &err));
	asker_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_asked_comes_back),
		cmocka_unit_test(what_came_back_is_not_asked_again),
		cmocka_unit_test(it_stops_behind_the_question_that_is_out),
		cmocka_unit_test(it_stops_though_nothing_was_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
