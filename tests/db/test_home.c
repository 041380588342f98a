/* The data directory: what is wrong with it is said, by its kind. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/home_internal.h"
#include "support/smalldisk.h"
#include "support/tmpdir.h"

static const struct db_setup setup_of = {.point = "BD-01",
	.name = "Bưu cục Cẩm Khê",
	.unit = "",
	.pin_kibibytes = 8};

static int setup(void **state)
{
	static char dir[256];

	tmpdir_make(dir, sizeof(dir));
	*state = dir;
	return 0;
}

static int teardown(void **state)
{
	tmpdir_remove(*state);
	return 0;
}

static void must_not_open(const char *dir, enum err_code code)
{
	struct err err = {0};

	assert_null(db_open(dir, &err));
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, dir));
}

static void create(const char *dir)
{
	struct err err = {0};

	if (!db_create(dir, &setup_of, &err))
		fail_msg("%s", err.text);
}

static void a_directory_that_is_not_there(void **state)
{
	char path[300];

	must_not_open(tmpdir_path(*state, "nowhere", path, sizeof(path)),
		ERR_GONE);
	must_not_open(*state, ERR_GONE);
}

static void a_file_where_a_directory_should_be(void **state)
{
	char path[300];
	char below[330];
	struct err err = {0};

	tmpdir_write(*state, "file", "x", 1);
	tmpdir_path(*state, "file", path, sizeof(path));
	must_not_open(path, ERR_GONE);
	snprintf(below, sizeof(below), "%s/a/b", path);
	assert_false(db_create(below, &setup_of, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void a_path_that_is_too_long(void **state)
{
	char path[700];
	struct err err = {0};

	(void)state;
	memset(path, 'a', sizeof(path) - 1);
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	assert_false(db_create(path, &setup_of, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(home_make(path, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void a_store_that_another_has_open(void **state)
{
	char pid[16];
	struct err err = {0};
	struct db *db;

	create(*state);
	db = db_open(*state, &err);
	assert_non_null(db);
	must_not_open(*state, ERR_BUSY);
	assert_null(db_open(*state, &err));
	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	assert_non_null(strstr(err.text, pid));
	db_close(db);
}

static void a_device_key_that_is_gone_or_short(void **state)
{
	char path[300];
	struct err err = {0};

	create(*state);
	tmpdir_write(*state, "device.key", "short", 5);
	must_not_open(*state, ERR_CORRUPT);
	assert_int_equal(unlink(tmpdir_path(*state, "device.key", path,
				 sizeof(path))),
		0);
	assert_null(db_open(*state, &err));
	assert_in_range(err.code, ERR_GONE, ERR_CORRUPT);
}

static void a_store_that_is_made_twice(void **state)
{
	struct err err = {0};
	struct db *db;

	create(*state);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_INVALID);
	db = db_open(*state, &err);
	assert_non_null(db);
	db_close(db);
}

/* T07: and the same init works when there is room. */
static void T07_an_init_on_a_full_disk(void **state)
{
	struct err err = {0};

	smalldisk_fill(0);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_FULL);
	smalldisk_empty();
	create(*state);
}

static void T10_an_init_on_a_read_only_disk(void **state)
{
	struct err err = {0};

	smalldisk_read_only(true);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_DENIED);
	smalldisk_read_only(false);
	create(*state);
}

/* ---- a device's key that is sealed ---------------------------------------- */

/* Not a chip, but as one: what it gives is not the key, and another's is
 * refused. */
struct chip {
	uint8_t number;
	bool gone;
	bool forgets;
};

static bool chip_seal(void *ctx, const uint8_t *key,
	uint8_t sealed[DB_SEALED_SIZE], struct err *err)
{
	const struct chip *c = ctx;

	if (c->gone)
		return err_set(err, ERR_GONE, 0, "no chip");
	memset(sealed, c->number, DB_SEALED_SIZE);
	for (int i = 0; i < CRYPTO_KEY_SIZE; i++)
		sealed[i] = key[i] ^ c->number;
	return true;
}

static bool chip_unseal(void *ctx, const uint8_t sealed[DB_SEALED_SIZE],
	uint8_t *key, struct err *err)
{
	const struct chip *c = ctx;

	if (c->gone)
		return err_set(err, ERR_GONE, 0, "no chip");
	if (sealed[DB_SEALED_SIZE - 1] != c->number)
		return err_set(err, ERR_DENIED, 0, "another chip");
	for (int i = 0; i < CRYPTO_KEY_SIZE; i++)
		key[i] = (sealed[i] ^ c->number) + c->forgets;
	return true;
}

static struct db_keeper keeper_of(struct chip *c)
{
	return (struct db_keeper){.seal = chip_seal,
		.unseal = chip_unseal,
		.ctx = c};
}

static bool create_with(const char *dir, struct chip *c, struct err *err)
{
	const struct db_keeper keeper = keeper_of(c);
	struct db_setup s = setup_of;

	s.keeper = &keeper;
	return db_create(dir, &s, err);
}

static void opens_with(const char *dir, struct chip *c)
{
	const struct db_keeper keeper = keeper_of(c);
	struct err err = {0};
	struct db *db = db_open_kept(dir, &keeper, &err);

	if (!db)
		fail_msg("%s", err.text);
	assert_false(db_info(db)->evidence);
	db_close(db);
}

static void refused_with(const char *dir, struct chip *c, enum err_code code)
{
	const struct db_keeper keeper = keeper_of(c);
	struct err err = {0};

	assert_null(db_open_kept(dir, &keeper, &err));
	assert_int_equal(err.code, code);
}

static bool has(const char *dir, const char *file)
{
	char path[300];

	return access(tmpdir_path(dir, file, path, sizeof(path)), F_OK) == 0;
}

static void a_key_that_a_chip_has_sealed(void **state)
{
	struct chip ours = {.number = 7};
	struct chip other = {.number = 8};
	struct err err = {0};

	if (!create_with(*state, &ours, &err))
		fail_msg("%s", err.text);
	assert_false(has(*state, "device.key"));
	opens_with(*state, &ours);
	must_not_open(*state, ERR_GONE);
	refused_with(*state, &other, ERR_DENIED);
	ours.gone = true;
	refused_with(*state, &ours, ERR_GONE);
	ours.gone = false;
	opens_with(*state, &ours);
}

static void a_store_with_a_key_of_its_own_needs_no_chip(void **state)
{
	struct chip none = {.gone = true};

	create(*state);
	assert_false(has(*state, "device.tpm"));
	opens_with(*state, &none);
}

static void sealed_bytes_that_are_altered_or_short(void **state)
{
	uint8_t bytes[DB_SEALED_SIZE];
	struct chip ours = {.number = 7};
	struct err err = {0};

	assert_true(create_with(*state, &ours, &err));
	/* In form it is right, but it is another key. */
	memset(bytes, ours.number, sizeof(bytes));
	tmpdir_write(*state, "device.tpm", bytes, sizeof(bytes));
	refused_with(*state, &ours, ERR_CORRUPT);
	tmpdir_write(*state, "device.tpm", bytes, sizeof(bytes) - 1);
	refused_with(*state, &ours, ERR_CORRUPT);
}

/* Nothing is left that a later init could stumble over. */
static void a_chip_that_fails_leaves_no_store(void **state)
{
	struct chip ours = {.number = 7, .gone = true};
	struct err err = {0};

	assert_false(create_with(*state, &ours, &err));
	assert_int_equal(err.code, ERR_GONE);
	ours.gone = false;
	ours.forgets = true;
	assert_false(create_with(*state, &ours, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(has(*state, "device.tpm"));
	ours.forgets = false;
	assert_true(create_with(*state, &ours, &err));
	opens_with(*state, &ours);
}

/* An init that was cut, and the next one wants the key kept otherwise. */
static void a_key_is_not_kept_in_two_ways(void **state)
{
	static const uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t sealed[DB_SEALED_SIZE];
	struct chip ours = {.number = 7};
	struct err err = {0};
	char path[300];

	tmpdir_write(*state, "device.key", key, sizeof(key));
	assert_false(create_with(*state, &ours, &err));
	assert_int_equal(err.code, ERR_INVALID);
	unlink(tmpdir_path(*state, "device.key", path, sizeof(path)));
	assert_true(chip_seal(&ours, key, sealed, &err));
	tmpdir_write(*state, "device.tpm", sealed, sizeof(sealed));
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(has(*state, "device.key"));
	assert_true(create_with(*state, &ours, &err));
	opens_with(*state, &ours);
}

/* ---- a sealing that was cut short ------------------------------------------ */

static bool is_left(const char *dir, struct chip *c)
{
	const struct db_keeper keeper = keeper_of(c);
	struct err err = {0};
	struct db *db = db_open_kept(dir, &keeper, &err);
	bool left;

	if (!db)
		fail_msg("%s", err.text);
	left = db_info(db)->key_left;
	db_close(db);
	return left;
}

static void what_a_sealing_left_is_removed_by_the_next_start(void **state)
{
	static const uint8_t nothing[CRYPTO_KEY_SIZE];
	uint8_t key[CRYPTO_KEY_SIZE];
	struct chip ours = {.number = 7};
	uint8_t sealed[DB_SEALED_SIZE];
	struct err err;

	assert_true(create_with(*state, &ours, &err));
	assert_int_equal(home_file_read(*state, "device.tpm", sealed,
				 sizeof(sealed), &err),
		LOOKUP_FOUND);
	assert_true(chip_unseal(&ours, sealed, key, &err));
	tmpdir_write(*state, "device.key", key, sizeof(key));
	assert_false(is_left(*state, &ours));
	assert_false(has(*state, "device.key"));
	tmpdir_write(*state, "device.key", nothing, sizeof(nothing));
	assert_false(is_left(*state, &ours));
	assert_false(has(*state, "device.key"));
}

/* Nobody knows what it opens: it stays, and is said. */
static void another_key_beside_it_is_not_ours_to_remove(void **state)
{
	static const uint8_t other[CRYPTO_KEY_SIZE] = {1, 2, 3};
	struct chip ours = {.number = 7};
	struct err err;

	assert_true(create_with(*state, &ours, &err));
	tmpdir_write(*state, "device.key", other, sizeof(other));
	assert_true(is_left(*state, &ours));
	assert_true(has(*state, "device.key"));
	tmpdir_write(*state, "device.key", other, 5);
	assert_true(is_left(*state, &ours));
	assert_true(has(*state, "device.key"));
}

/* ---- a device's key on a disk of its own ----------------------------------- */

static bool create_away(const char *dir, const char *where, struct err *err)
{
	struct db_setup s = setup_of;

	s.device_key = where;
	return db_create(dir, &s, err);
}

/* The store in a directory of its own, beside it the disk with the key. */
static void places(const char *dir, char store[300], char key[300])
{
	char disk[300];

	tmpdir_path(dir, "store", store, 300);
	assert_int_equal(mkdir(tmpdir_path(dir, "disk", disk, sizeof(disk)),
				 0700),
		0);
	tmpdir_path(disk, "key", key, 300);
}

static void a_key_on_a_disk_that_is_taken_out_at_night(void **state)
{
	char store[300];
	char key[300];
	char kept[310];
	char where[DB_PATH_SIZE];
	uint8_t secret[CRYPTO_KEY_SIZE];
	bool left;
	struct err err = {0};
	struct db *db;

	places(*state, store, key);
	if (!create_away(store, key, &err))
		fail_msg("%s", err.text);
	assert_false(db_key_is_away(store, where, sizeof(where)));
	assert_string_equal(where, key);
	db = db_open(store, &err);
	assert_non_null(db);
	db_close(db);
	snprintf(kept, sizeof(kept), "%s.out", key);
	assert_int_equal(rename(key, kept), 0);
	assert_true(db_key_is_away(store, where, sizeof(where)));
	assert_null(db_open(store, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_false(home_secret_read(store, NULL, secret, &left, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_int_equal(rename(kept, key), 0);
	db = db_open(store, &err);
	assert_non_null(db);
	db_close(db);
}

static void a_key_in_the_directory_is_not_away(void **state)
{
	char where[DB_PATH_SIZE] = "?";

	create(*state);
	assert_false(db_key_is_away(*state, where, sizeof(where)));
	assert_string_equal(where, "");
}

/* What `init` is told, and what it says. */
static void a_place_that_is_none(void **state)
{
	static const struct {
		const char *where;
		enum err_code code;
	} rows[] = {
		{"device.key", ERR_INVALID},
		{"", ERR_INVALID},
		{"/media/", ERR_INVALID},
		{"/media/a-name-that-is-longer-than-forty-bytes-are",
			ERR_INVALID},
		{"/no/such/disk/key", ERR_GONE},
		{"/no-such-file-can-be-made-by-anybody/x", ERR_GONE},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err err = {0};
		char store[300];

		tmpdir_path(*state, "store", store, sizeof(store));
		assert_false(create_away(store, rows[i].where, &err));
		if (err.code != rows[i].code)
			fail_msg("\"%s\": %s", rows[i].where, err.text);
		assert_null(db_open(store, &err));
	}
}

/* An init that was cut left its link: to the same file it goes on, to another
 * one it does not. */
static void a_link_that_an_earlier_init_left(void **state)
{
	char store[300];
	char key[300];
	char path[330];
	struct err err = {0};
	struct db *db;

	places(*state, store, key);
	assert_int_equal(mkdir(store, 0700), 0);
	tmpdir_path(store, "device.key", path, sizeof(path));
	assert_int_equal(symlink("/somewhere/else", path), 0);
	assert_false(create_away(store, key, &err));
	assert_non_null(strstr(err.text, "device.key"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(key, path), 0);
	if (!create_away(store, key, &err))
		fail_msg("%s", err.text);
	db = db_open(store, &err);
	assert_non_null(db);
	db_close(db);
}

/* Another key than it was made with does not open it, whatever it is. */
static void another_key_on_that_disk(void **state)
{
	static const uint8_t other[CRYPTO_KEY_SIZE] = {1};
	char store[300];
	char key[300];
	char disk[300];
	struct err err = {0};

	places(*state, store, key);
	assert_true(create_away(store, key, &err));
	tmpdir_path(*state, "disk", disk, sizeof(disk));
	tmpdir_write(disk, "key", other, sizeof(other));
	assert_null(db_open(store, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(unlink(key), 0);
	assert_int_equal(mkdir(key, 0700), 0);
	assert_null(db_open(store, &err));
	assert_true(err.code != ERR_NONE && err.text[0]);
}

/* ---- the id of a store for training ---------------------------------------- */

/* The centre and the verifier know it by the terminal it is of. */
static void T73_a_store_for_training_has_an_id_that_tells_of_whom(void **state)
{
	static const uint8_t terminal[DB_DEV_SIZE] = {0xa0, 0xa1};
	static const uint8_t centre[CRYPTO_PUBLIC_SIZE] = {9};
	struct db_setup s = setup_of;
	uint8_t text[5 + DB_DEV_SIZE] = "TRAIN";
	uint8_t wanted[CRYPTO_HASH_SIZE];
	struct err err = {0};
	struct db *db;

	s.training_of = terminal;
	s.centre_key = centre;
	assert_true(db_create(*state, &s, &err));
	db = db_open(*state, &err);
	assert_non_null(db);
	memcpy(text + 5, terminal, DB_DEV_SIZE);
	crypto_sha256(text, sizeof(text), wanted);
	assert_memory_equal(db_info(db)->dev, wanted, DB_DEV_SIZE);
	assert_memory_equal(db->centre, centre, sizeof(centre));
	assert_false(has(*state, "centre.key"));
	db_close(db);
}

/* An init that was cut has left the key of the centre: it is the same then. */
static void the_centres_key_of_an_init_that_was_cut(void **state)
{
	static const char hex[] = "000102030405060708090a0b0c0d0e0f101112131415"
				  "161718191a1b1c1d1e1f\n";
	char digits[sizeof(hex)];
	uint8_t secret[CRYPTO_KEY_SIZE];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	struct err err = {0};
	struct db *db;
	size_t len;

	tmpdir_write(*state, "centre.key", "no key", 6);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	str_copy(digits, sizeof(digits), hex);
	digits[10] = 'g';
	tmpdir_write(*state, "centre.key", digits, sizeof(digits) - 1);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	digits[10] = '\0';
	tmpdir_write(*state, "centre.key", digits, sizeof(digits) - 1);
	assert_false(db_create(*state, &setup_of, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	tmpdir_write(*state, "centre.key", hex, sizeof(hex) - 1);
	if (!db_create(*state, &setup_of, &err))
		fail_msg("%s", err.text);
	db = db_open(*state, &err);
	assert_non_null(db);
	digits[10] = hex[10];
	digits[64] = '\0';
	assert_true(str_from_hex(digits, secret, sizeof(secret), &len));
	crypto_seal_public(secret, public);
	assert_memory_equal(db->centre, public, sizeof(public));
	db_close(db);
}

static void a_window_for_lists_that_is_none(void **state)
{
	struct db_setup s = setup_of;
	struct err err = {0};

	str_copy(s.list_window, sizeof(s.list_window), "two:3");
	assert_false(db_create(*state, &s, &err));
	assert_int_equal(err.code, ERR_INVALID);
	create(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_directory_that_is_not_there,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_file_where_a_directory_should_be, setup, teardown),
		cmocka_unit_test(a_path_that_is_too_long),
		cmocka_unit_test_setup_teardown(a_store_that_another_has_open,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_device_key_that_is_gone_or_short, setup, teardown),
		cmocka_unit_test_setup_teardown(a_store_that_is_made_twice,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_a_sealing_left_is_removed_by_the_next_start, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			another_key_beside_it_is_not_ours_to_remove, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_key_that_a_chip_has_sealed,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_store_with_a_key_of_its_own_needs_no_chip, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			sealed_bytes_that_are_altered_or_short, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_chip_that_fails_leaves_no_store, setup, teardown),
		cmocka_unit_test_setup_teardown(a_key_is_not_kept_in_two_ways,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_key_on_a_disk_that_is_taken_out_at_night, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_key_in_the_directory_is_not_away, setup, teardown),
		cmocka_unit_test_setup_teardown(a_place_that_is_none, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_link_that_an_earlier_init_left, setup, teardown),
		cmocka_unit_test_setup_teardown(another_key_on_that_disk, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			T73_a_store_for_training_has_an_id_that_tells_of_whom,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_centres_key_of_an_init_that_was_cut, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_window_for_lists_that_is_none,
			setup, teardown),
	};
	const struct CMUnitTest small[] = {
		cmocka_unit_test_setup_teardown(T07_an_init_on_a_full_disk,
			setup, teardown),
		cmocka_unit_test_setup_teardown(T10_an_init_on_a_read_only_disk,
			setup, teardown),
	};
	int failed = cmocka_run_group_tests_name("home", tests, NULL, NULL);

	if (!smalldisk_mount(48))
		return failed;
	failed += cmocka_run_group_tests_name("small", small, NULL, NULL);
	smalldisk_remove();
	return failed;
}
