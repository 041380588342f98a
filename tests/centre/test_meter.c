/*
 * What the centre counts and times, as Prometheus reads it.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/centre/meter.h"

static char text[16384];

static const char *written(struct meter *m, bool up)
{
	const struct meter_now now = {.up = up,
		.counts = {.devices = 3, .records = 44, .alerts = 5},
		.in_hand = 6,
		.in_hand_most = 7};
	struct buf b;

	buf_init(&b, text, sizeof(text) - 1);
	meter_write(m, &now, &b);
	assert_false(b.full);
	text[b.len] = '\0';
	return text;
}

static void has(const char *line)
{
	char want[200];

	snprintf(want, sizeof(want), "\n%s\n", line);
	if (!strstr(text, want))
		fail_msg("no line %s in %s", line, text);
}

static void a_time_is_in_its_bucket_and_all_above(void **state)
{
	static const long long times[] = {0, 5, 6, 250, 251, 10000, 10001};
	struct meter m = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(times); i++)
		meter_time(&m, times[i]);
	written(&m, true);
	has("chitra_centre_batch_seconds_bucket{le=\"0.005\"} 2");
	has("chitra_centre_batch_seconds_bucket{le=\"0.01\"} 3");
	has("chitra_centre_batch_seconds_bucket{le=\"0.1\"} 3");
	has("chitra_centre_batch_seconds_bucket{le=\"0.25\"} 4");
	has("chitra_centre_batch_seconds_bucket{le=\"0.5\"} 5");
	has("chitra_centre_batch_seconds_bucket{le=\"10\"} 6");
	has("chitra_centre_batch_seconds_bucket{le=\"+Inf\"} 7");
	has("chitra_centre_batch_seconds_count 7");
	has("chitra_centre_batch_seconds_sum 20.513");
}

static void every_answer_is_counted_by_name(void **state)
{
	struct meter m = {0};

	(void)state;
	meter_add(&m, COUNT_ACK, 2);
	meter_add(&m, COUNT_FULL, 1);
	meter_add(&m, COUNT_RECORDS, 44);
	written(&m, true);
	has("chitra_centre_batches_total{answer=\"ack\"} 2");
	has("chitra_centre_batches_total{answer=\"dup\"} 0");
	has("chitra_centre_batches_total{answer=\"full\"} 1");
	has("chitra_centre_records_total 44");
	has("chitra_centre_terminals 3");
	has("chitra_centre_alerts_open 5");
	has("chitra_centre_in_hand 6");
	has("chitra_centre_in_hand_most 7");
	has("chitra_centre_store_up 1");
	assert_string_equal(meter_label(COUNT_FULL), "full");
	for (int i = COUNT_ACK; i <= COUNT_FULL; i++)
		assert_non_null(meter_label((enum counted)i));
}

/* Right before its first value. */
static void a_type_for_each_name(void **state)
{
	struct meter m = {0};
	size_t types = 0;

	(void)state;
	for (const char *at = written(&m, true); (at = strstr(at, "# TYPE "));
		at++, types++) {
		char name[100];
		char again[100];

		assert_int_equal(sscanf(at, "# TYPE %99s %*s\n%99[a-z_]", name,
					 again),
			2);
		/* Of a histogram it is a bucket. */
		assert_memory_equal(again, name, strlen(name));
	}
	assert_true(types > 12);
}

static void a_store_that_is_down_has_no_counts(void **state)
{
	struct meter m = {0};

	(void)state;
	written(&m, false);
	has("chitra_centre_store_up 0");
	assert_null(strstr(text, "chitra_centre_terminals"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_in_its_bucket_and_all_above),
		cmocka_unit_test(every_answer_is_counted_by_name),
		cmocka_unit_test(a_type_for_each_name),
		cmocka_unit_test(a_store_that_is_down_has_no_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
