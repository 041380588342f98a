/*
 * Random days of a terminal against a model of plain arrays (I1 to I4, I6 to
 * I8, I10): every answer, every record, every sum. I5 is of the centre.
 *
 * HISTORIES=n plays n of them, SEED=n begins with that one. A failing history
 * is shortened and printed as its steps.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "support/historyrun.h"
#include "support/tmpdir.h"

enum {
	MAX_WORKERS = 8,
	REPLAY_EVERY = 64
};

static long number_of(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : otherwise;
}

/* Drop steps one by one as long as it fails without them. */
static int shorten(struct step *step, int count, char *why)
{
	struct step less[HISTORY_STEPS];
	bool shorter = true;

	while (shorter) {
		shorter = false;
		for (int i = 0; i < count && count > 1; i++) {
			memcpy(less, step, sizeof(less));
			memmove(less + i, less + i + 1,
				(size_t)(count - i - 1) * sizeof(less[0]));
			if (historyrun_alone(less, count - 1, NULL, why))
				continue;
			memcpy(step, less, sizeof(less));
			count--;
			shorter = true;
		}
	}
	return count;
}

static void tell(uint64_t seed, struct step *step, int count, const char *why)
{
	char text[HISTORY_TEXT];
	char alone[HISTORYRUN_WHY] = "";
	int n = count;

	fprintf(stderr, "SEED=%llu: %s\n", (unsigned long long)seed, why);
	if (historyrun_alone(step, count, NULL, alone)) {
		fprintf(stderr, "(only after the histories before it)\n");
	} else {
		n = shorten(step, count, alone);
		historyrun_alone(step, n, NULL, alone);
		fprintf(stderr, "in short: %s\n", alone);
	}
	for (int i = 0; i < n; i++) {
		step_text(&step[i], text);
		fprintf(stderr, "%4d  %s\n", i + 1, text);
	}
}

/* I10: the same input, the same book, but for keys, salts and signatures. */
static bool replayed(const struct step *step, int count, char *why)
{
	uint8_t one[CRYPTO_HASH_SIZE];
	uint8_t two[CRYPTO_HASH_SIZE];

	if (!historyrun_alone(step, count, one, why) ||
		!historyrun_alone(step, count, two, why))
		return false;
	if (memcmp(one, two, sizeof(one)) == 0)
		return true;
	snprintf(why, HISTORYRUN_WHY, "played again, another book");
	return false;
}

/* Every n-th history from first on. True if all are right. */
static bool play(long first, long end, long each)
{
	struct historyrun *r = historyrun_new();
	bool ok = true;

	for (long seed = first; ok && seed < end; seed += each) {
		struct step step[HISTORY_STEPS];
		const int count = history_draw((uint64_t)seed, step);
		char why[HISTORYRUN_WHY] = "";

		ok = historyrun_play(r, step, count, why);
		if (ok && (seed / each) % REPLAY_EVERY == 0)
			ok = replayed(step, count, why);
		if (!ok)
			tell((uint64_t)seed, step, count, why);
	}
	historyrun_free(r);
	return ok;
}

static struct {
	long first;
	long count;
	int bad;
} all;

/* In processes of their own, and before cmocka begins: what fails in a child
 * must not jump into the parent's tests. */
static void play_all(void)
{
	const long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	const long workers = cpus < 1             ? 1
			     : cpus < MAX_WORKERS ? cpus
						  : MAX_WORKERS;
	pid_t pid[MAX_WORKERS];

	all.first = number_of("SEED", 1);
	all.count = number_of("HISTORIES", 1000);
	fflush(NULL);
	for (long i = 0; i < workers; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			exit(play(all.first + i, all.first + all.count, workers)
					? 0
					: 1);
	}
	for (long i = 0; i < workers; i++) {
		int status = 1;

		if (pid[i] < 0 || waitpid(pid[i], &status, 0) != pid[i] ||
			status != 0)
			all.bad++;
	}
}

static void the_book_says_what_the_model_says_I1_to_I10(void **state)
{
	(void)state;
	print_message("%ld histories from SEED=%ld on\n", all.count, all.first);
	assert_int_equal(all.bad, 0);
}

/* A model that agrees with everything would prove nothing. */
static void a_wrong_book_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < HISTORYRUN_LIES; i++) {
		char why[HISTORYRUN_WHY] = "";

		if (historyrun_with_lie(i, why))
			fail_msg("nobody saw lie %d", i);
		print_message("lie %d: %s\n", i, why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_book_says_what_the_model_says_I1_to_I10),
		cmocka_unit_test(a_wrong_book_is_found),
	};
	int failed;

	tmpdir_in_memory();
	historyrun_begin();
	play_all();
	failed = cmocka_run_group_tests_name("histories", tests, NULL, NULL);
	historyrun_end();
	return failed;
}
