/* A root a day: appended once, and found out whoever changes what it covers. */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "db/centre/witness.h"
#include "support/tmpdir.h"

/* 2026-11-20 07:00 at UTC+7, so midnight UTC. */
static const uint64_t friday = UINT64_C(1795132800000);
static const uint64_t day = 86400000;
static const uint64_t hour = 3600000;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

struct office {
	char dir[128];
	char where[160];
	struct centre_home home;
	struct store *store;
};

static void note_at(struct office *o, unsigned dev, uint64_t seq, uint64_t t)
{
	struct checkpoint c = {.seq = seq, .time = t};
	struct store_note note;
	struct buf b;

	memset(c.dev, (int)dev, sizeof(c.dev));
	buf_init(&b, note.text, sizeof(note.text));
	checkpoint_sign(&c, "centre-1", &o->home.sign, &b);
	note.len = b.len;
	MUST(store_begin(o->store, &err));
	MUST(store_note_put(o->store, c.dev, seq, &note, t, &err));
	MUST(store_commit(o->store, &err));
}

static void open_office(struct office *o)
{
	static const char *const host[] = {"localhost"};

	tmpdir_make(o->dir, sizeof(o->dir));
	snprintf(o->where, sizeof(o->where), "%s/centre.db", o->dir);
	MUST(centre_home_make(o->dir, "centre-1", host, 1, &o->home, &err));
	o->store = store_open(o->where, &err);
	assert_non_null(o->store);
	for (unsigned dev = 1; dev <= 2; dev++) {
		struct store_device d = {.state = STORE_ACTIVE};

		memset(d.dev, (int)dev, sizeof(d.dev));
		MUST(store_begin(o->store, &err));
		MUST(store_device_add(o->store, &d, &err));
		MUST(store_commit(o->store, &err));
	}
	/* Friday at noon, at one second to midnight; nothing on Saturday;
	 * Sunday at midnight (all at UTC+7). */
	note_at(o, 2, 5, friday + 5 * hour);
	note_at(o, 1, 9, friday + 17 * hour - 1);
	note_at(o, 1, 3, friday + 3 * hour);
	note_at(o, 1, 12, friday + 2 * day - 7 * hour);
}

static void close_office(struct office *o)
{
	store_close(o->store);
	tmpdir_remove(o->dir);
}

static uint64_t extend(struct office *o, uint64_t now)
{
	uint64_t added = 99;

	MUST(witness_extend(o->store, &o->home, now, &added, &err));
	return added;
}

static const char *check(struct office *o, uint64_t days)
{
	static struct witness_found found;

	MUST(witness_check(o->store, &o->home, &found, &err));
	assert_int_equal(found.days, days);
	return found.why ? found.day : "";
}

static void each_day_that_is_over_once(void **state)
{
	static struct office o;

	(void)state;
	open_office(&o);
	/* Friday is not over, and a little later not for sure. */
	assert_int_equal(extend(&o, friday + 16 * hour), 0);
	assert_int_equal(extend(&o, friday + 17 * hour + 1), 0);
	assert_int_equal(extend(&o, friday + 18 * hour), 1);
	assert_int_equal(extend(&o, friday + 18 * hour), 0);
	assert_string_equal(check(&o, 1), "");
	/* Saturday, on which there was nothing, and Sunday. */
	assert_int_equal(extend(&o, friday + 3 * day), 2);
	assert_string_equal(check(&o, 3), "");
	close_office(&o);
}

static void nothing_to_tell_of(void **state)
{
	static struct office o;
	static struct office empty;

	(void)state;
	open_office(&o);
	open_office(&empty);
	store_close(empty.store);
	unlink(empty.where);
	empty.store = store_open(empty.where, &err);
	assert_int_equal(extend(&empty, friday + 9 * day), 0);
	assert_string_equal(check(&empty, 0), "");
	close_office(&empty);
	close_office(&o);
}

static void sql(struct office *o, const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(o->where, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static const struct {
	const char *name;
	const char *sql;
	const char *day; /* that is found out */
	uint64_t good;   /* days before it */
} tampered[] = {
	{"one that was left out", "DELETE FROM note WHERE seq = 9",
		"2026-11-20", 0},
	{"one letter of one",
		("UPDATE note SET text = CAST(replace(text,"
		 " 'v1', 'v2') AS BLOB) WHERE seq = 12"),
		"2026-11-22", 2},
	{"one that was put in later",
		("INSERT INTO note SELECT dev, 99, text, 1795219200000 + 1"
		 " FROM note WHERE seq = 5"),
		"2026-11-21", 1},
	{"one that was moved to another day",
		"UPDATE note SET t = t + 86400000 WHERE seq = 3", "2026-11-20",
		0},
};

static void what_the_centre_changes_is_found(void **state)
{
	static struct office o;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(tampered); i++) {
		open_office(&o);
		assert_int_equal(extend(&o, friday + 3 * day), 3);
		sql(&o, tampered[i].sql);
		if (strcmp(check(&o, tampered[i].good), tampered[i].day) != 0)
			fail_msg("%s is not found", tampered[i].name);
		close_office(&o);
	}
}

static void what_is_done_to_the_file_is_found(void **state)
{
	static struct office o;
	char path[200];
	char text[4096];
	struct witness_found found;
	const char *second;
	uint64_t added;
	size_t len;
	FILE *f;

	(void)state;
	open_office(&o);
	assert_int_equal(extend(&o, friday + 3 * day), 3);
	snprintf(path, sizeof(path), "%s/witness.log", o.dir);
	f = fopen(path, "rb");
	len = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[len] = '\0';
	for (size_t i = 0; i < len; i += 5) {
		text[i] ^= 1;
		tmpdir_write(o.dir, "witness.log", text, len);
		MUST(witness_check(o.store, &o.home, &found, &err));
		if (!found.why)
			fail_msg("byte %zu may be another", i);
		/* And nothing is put behind what is damaged. */
		assert_false(witness_extend(o.store, &o.home, friday + 9 * day,
			&added, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		text[i] ^= 1;
	}
	/* A day taken out; the last day cut off is for who has a copy. */
	second = strstr(text + 1, "CHITRA-ROOT");
	tmpdir_write(o.dir, "witness.log", second,
		len - (size_t)(second - text));
	assert_string_equal(check(&o, 0), "2026-11-21");
	tmpdir_write(o.dir, "witness.log", text, len);
	assert_string_equal(check(&o, 3), "");
	close_office(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_day_that_is_over_once),
		cmocka_unit_test(nothing_to_tell_of),
		cmocka_unit_test(what_the_centre_changes_is_found),
		cmocka_unit_test(what_is_done_to_the_file_is_found),
	};

	if (!crypto_start(NULL))
		return 1;
	tmpdir_in_memory();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
