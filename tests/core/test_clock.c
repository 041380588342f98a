/* Three clocks; two can be stopped for tests. */
#include "support/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"

static void real_clocks_run(void **state)
{
	const long long ms = clock_ms();
	const int64_t boot = clock_boot_ms();

	(void)state;
	/* After 2020 and before 2200: the unit is the millisecond. */
	assert_true(clock_wall_ms() > INT64_C(1577836800000));
	assert_true(clock_wall_ms() < INT64_C(7258093200000));
	assert_true(ms > 0 && boot > 0);
	/* Sleep counts for one and not for the other. */
	assert_true(clock_boot_ms() >= ms);
	for (int i = 0; i < 1000; i++)
		assert_true(clock_ms() >= ms && clock_boot_ms() >= boot);
}

static void frozen_clocks_stand(void **state)
{
	(void)state;
	clock_freeze(1234);
	clock_freeze_wall(INT64_C(1795309925000));
	assert_int_equal(clock_ms(), 1234);
	assert_true(clock_wall_ms() == INT64_C(1795309925000));
	clock_freeze(0);
	clock_freeze_wall(0);
	assert_int_equal(clock_ms(), 0);
	assert_int_equal(clock_wall_ms(), 0);
	clock_freeze(-1);
	clock_freeze_wall(-1);
	assert_true(clock_ms() > 0);
	assert_true(clock_wall_ms() > INT64_C(1577836800000));
}

static void the_boot_id_is_the_start_of_the_kernels(void **state)
{
	FILE *in = fopen("/proc/sys/kernel/random/boot_id", "r");
	uint8_t id[CLOCK_BOOT_ID_SIZE];
	char text[64] = "";
	char hex[2 * CLOCK_BOOT_ID_SIZE + 1];

	(void)state;
	if (!in)
		skip();
	assert_non_null(fgets(text, sizeof(text), in));
	fclose(in);
	clock_boot_id(id);
	str_to_hex(id, sizeof(id), hex);
	/* "01234567-89ab-cdef-..." */
	assert_memory_equal(hex, text, 8);
	assert_memory_equal(hex + 8, text + 9, 4);
	assert_memory_equal(hex + 12, text + 14, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_clocks_run),
		cmocka_unit_test(frozen_clocks_stand),
		cmocka_unit_test(the_boot_id_is_the_start_of_the_kernels),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
