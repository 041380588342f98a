/* The texts to be read out, as chitra.ini fills them in. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/tmpdir.h"
#include "terminal/app/readouts.h"

static struct config config;
static struct readout out;
static const struct db_info real = {.name = "Bưu cục Cẩm Khê",
	.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ"};

/* A store of this machine; the texts of the centre lie there. */
struct here {
	char dir[64];
	struct db *db;
};

static void open_here(struct here *h, bool demo)
{
	struct db_setup how = {.point = "P1",
		.pin_kibibytes = 1024,
		.demo = demo};
	struct err err;

	str_copy(how.name, sizeof(how.name), real.name);
	str_copy(how.unit, sizeof(how.unit), real.unit);
	tmpdir_make(h->dir, sizeof(h->dir));
	assert_true(db_create(h->dir, &how, &err));
	h->db = db_open(h->dir, &err);
	assert_non_null(h->db);
}

static void close_here(struct here *h)
{
	db_close(h->db);
	tmpdir_remove(h->dir);
}

static int setup(void **state)
{
	(void)state;
	config_init(&config);
	str_copy(config.consent.controller, CONFIG_TEXT_SIZE, "UBND xã");
	str_copy(config.consent.address, CONFIG_TEXT_SIZE, "Thôn 1");
	str_copy(config.consent.phone, CONFIG_TEXT_SIZE, "0210 1");
	str_copy(config.consent.keep, CONFIG_TEXT_SIZE, "10 năm");
	return 0;
}

static void what_is_not_said_stands_for_itself(void **state)
{
	struct readout_values v;
	struct here here;
	struct err err;

	(void)state;
	open_here(&here, false);
	readouts_values(&config, &real, &v);
	assert_string_equal(v.processor, "Bưu cục Cẩm Khê");
	assert_string_equal(v.withdraw_phone, "0210 1");
	assert_string_equal(v.withdraw_place, "Thôn 1");
	assert_true(readouts_load(&config, here.db, "vi", &out, &err));
	assert_string_equal(out.name, "consent-vi-1");
	assert_non_null(strstr(out.text, "UBND xã"));
	assert_non_null(strstr(out.text, "cho đến khi ông (bà) rút lại"));
	config.consent.months = 24;
	assert_true(readouts_load(&config, here.db, "vi", &out, &err));
	assert_non_null(strstr(out.text, "24 tháng"));
	close_here(&here);
}

static void nobody_is_asked_in_the_name_of_nobody(void **state)
{
	char *const needed[] = {config.consent.controller,
		config.consent.address, config.consent.phone,
		config.consent.keep};
	static const char *const names[] = {"controller", "address", "phone",
		"keep"};
	struct here here;

	open_here(&here, false);
	for (size_t i = 0; i < COUNT_OF(needed); i++) {
		struct err err = {0};

		setup(state);
		needed[i][0] = '\0';
		assert_false(readouts_load(&config, here.db, "vi", &out, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, names[i]));
	}
	assert_false(readouts_load(NULL, here.db, "vi", &out,
		&(struct err){0}));
	close_here(&here);
}

/* To be tried without settings, where nobody is real. */
static void a_demo_needs_no_settings(void **state)
{
	struct here here;
	struct err err;

	(void)state;
	open_here(&here, true);
	assert_true(readouts_load(NULL, here.db, "vi", &out, &err));
	assert_true(readouts_load(NULL, here.db, "en", &out, &err));
	assert_false(readouts_load(NULL, here.db, "xx", &out, &err));
	close_here(&here);
}

static void vietnamese_comes_first(void **state)
{
	struct consent_langs langs;

	(void)state;
	readouts_langs(&langs);
	assert_int_equal(langs.count, 2);
	assert_string_equal(langs.lang[0], "vi");
	assert_string_equal(langs.lang[1], "en");
}

static void a_consent_ends_after_so_many_months(void **state)
{
	static const struct {
		int64_t now; /* noon at UTC+7 */
		int months;
		int32_t until;
	} row[] = {
		{INT64_C(1795323600000), 0, 0}, /* 2026-11-22 */
		{INT64_C(1795323600000), 1, 20261222},
		{INT64_C(1795323600000), 24, 20281122},
		{INT64_C(1798693200000), 2, 20270228}, /* 2026-12-31 */
		{INT64_C(1798693200000), 1, 20270131},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		config.consent.months = row[i].months;
		assert_int_equal(readouts_until(&config, &real, row[i].now),
			row[i].until);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup(f, setup)
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_said_stands_for_itself),
		TEST(nobody_is_asked_in_the_name_of_nobody),
		TEST(a_demo_needs_no_settings),
		TEST(vietnamese_comes_first),
		TEST(a_consent_ends_after_so_many_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
