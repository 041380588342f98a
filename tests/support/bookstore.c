#include "support/bookstore.h"

#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/sealed_internal.h"
#include "support/tmpdir.h"

static const struct db_setup setup = {.point = "BD-01",
	.name = "Bưu cục Cẩm Khê",
	.unit = "",
	.list_window = "1200:1200", /* tests run on any day */
	.pin_kibibytes = 8};

static const struct who {
	int64_t number;
	const char *name;
	enum role role;
	const char *pin;
	size_t session;
} users[] = {
	{7, "Lan", ROLE_AGENT, "246801", offsetof(struct bookstore, lan)},
	{8, "Minh", ROLE_AGENT, "246802", offsetof(struct bookstore, minh)},
	{1, "Hoa", ROLE_SUPERVISOR, "135791", offsetof(struct bookstore, hoa)},
	{2, "Tuấn", ROLE_SUPERVISOR, "135792",
		offsetof(struct bookstore, tuan)},
	{5, "Dung", ROLE_STAFF, "975315", offsetof(struct bookstore, dung)},
	{9, "Kỳ", ROLE_TECHNICIAN, "864209", offsetof(struct bookstore, ky)},
};

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s (%s)", err->text, err->where);
}

static void add_user(struct bookstore *b, const struct who *w)
{
	struct session *s = (struct session *)((char *)b + w->session);
	const struct session *by = b->hoa.user.number ? &b->hoa : &b->lan;
	const struct user_new n = {w->number, w->name, w->role, w->pin};
	struct sign_in_result result;
	struct refusal why;
	struct err err = {0};

	must(users_add(b->db, by, &n, &why, &err) == VERDICT_DONE, &err);
	if (users_sign_in(b->db, w->number, w->pin, s, &result, &err) !=
		SIGN_IN_DONE)
		fail_msg("user %s cannot sign in: %s", w->name, err.text);
}

void bookstore_make(struct bookstore *b)
{
	struct err err = {0};

	memset(b, 0, sizeof(*b));
	tmpdir_make(b->dir, sizeof(b->dir));
	must(db_create(b->dir, &setup, &err), &err);
	bookstore_open(b);
	for (size_t i = 0; i < COUNT_OF(users); i++)
		add_user(b, &users[i]);
	b->has_key = datakey_copy(b->db, b->key);
}

void bookstore_open(struct bookstore *b)
{
	struct err err = {0};

	b->db = db_open(b->dir, &err);
	must(b->db != NULL, &err);
	/* Their sessions are still there, without a LOGIN in the book. */
	for (size_t i = 0; b->has_key && i < COUNT_OF(users); i++)
		must(datakey_enter(b->db, b->key, &err), &err);
}

void bookstore_restart(struct bookstore *b)
{
	db_close(b->db);
	bookstore_open(b);
}

static void copy_file(const char *from, const char *to, const char *name)
{
	char path[512];
	char bytes[4096];
	size_t n;
	FILE *in = fopen(tmpdir_path(from, name, path, sizeof(path)), "rb");
	FILE *out;

	if (!in)
		return;
	out = fopen(tmpdir_path(to, name, path, sizeof(path)), "wb");
	assert_non_null(out);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	fclose(out);
}

void bookstore_image(const struct bookstore *b, char *dir, size_t size)
{
	static const char *const files[] = {"chitra.db", "chitra.db-wal",
		"device.key", "centre.key"};

	tmpdir_make(dir, size);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		copy_file(b->dir, dir, files[i]);
}

void bookstore_crash(struct bookstore *b)
{
	char other[sizeof(b->dir)];

	bookstore_image(b, other, sizeof(other));
	db_close(b->db);
	b->db = NULL;
	tmpdir_remove(b->dir);
	memcpy(b->dir, other, sizeof(b->dir));
}

void bookstore_remove(struct bookstore *b)
{
	db_close(b->db);
	b->db = NULL;
	tmpdir_remove(b->dir);
	b->dir[0] = '\0';
}

void bookstore_sql(struct bookstore *b, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(b->db->handle, sql, NULL, NULL, &text) != SQLITE_OK)
		fail_msg("%s: %s", sql, text);
}

void bookstore_schema(struct bookstore *b, const char *name, char *out,
	size_t size)
{
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"SELECT sql FROM sqlite_schema WHERE name = ?1", -1, &st, NULL);
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	snprintf(out, size, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

void bookstore_tamper(struct bookstore *b, const char *sql)
{
	char update[512];
	char delete[512];

	bookstore_schema(b, "journal_nu", update, sizeof(update));
	bookstore_schema(b, "journal_nd", delete, sizeof(delete));
	bookstore_sql(b, "DROP TRIGGER journal_nu; DROP TRIGGER journal_nd");
	bookstore_sql(b, sql);
	bookstore_sql(b, update);
	bookstore_sql(b, delete);
}

int64_t bookstore_number(struct bookstore *b, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t value;

	if (sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL) !=
			SQLITE_OK ||
		sqlite3_step(st) != SQLITE_ROW)
		fail_msg("%s: %s", sql, sqlite3_errmsg(b->db->handle));
	value = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return value;
}

/* Fixed SQL with up to three numbers. */
static void run(struct bookstore *b, const char *sql, int64_t a, int64_t c,
	int64_t d)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(b->db->handle));
	sqlite3_bind_int64(st, 1, a);
	sqlite3_bind_int64(st, 2, c);
	sqlite3_bind_int64(st, 3, d);
	if (sqlite3_step(st) != SQLITE_DONE)
		fail_msg("%s: %s", sql, sqlite3_errmsg(b->db->handle));
	sqlite3_finalize(st);
}

static void add_entitlement(struct bookstore *b, int64_t id, enum ent_what what,
	int32_t period, int64_t amount, bool by_account)
{
	static const char sql[] =
		"INSERT INTO entitlement (person, list_period, what, period,"
		" list, amount, months, by_account, ent) VALUES"
		" (?1, ?2, ?3, ?2, ?2, ?4, '', ?5, ?6)";
	uint8_t ent[CRYPTO_HASH_SIZE];
	char name[64];
	sqlite3_stmt *st = NULL;

	snprintf(name, sizeof(name), "%lld %d %d", (long long)id, (int)what,
		(int)period);
	crypto_sha256(name, strlen(name), ent);
	sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int(st, 2, period);
	sqlite3_bind_int(st, 3, what);
	sqlite3_bind_int64(st, 4, amount);
	sqlite3_bind_int(st, 5, by_account);
	sqlite3_bind_blob(st, 6, ent, ENT_SIZE, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		fail_msg("entitlement: %s", sqlite3_errmsg(b->db->handle));
	sqlite3_finalize(st);
}

static void add_person(struct bookstore *b, int64_t id, int32_t period)
{
	char code[24];
	char id12[PERSONID_SIZE];
	const struct sealed s = {.seq = id,
		.birth = 19440902,
		.sex = SEX_FEMALE,
		.text = {[SEALED_LIST_NO] = "1",
			[SEALED_CODE] = code,
			[SEALED_ID12] = id12,
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_ADDRESS] = "Thôn 3, xã Cẩm Khê",
			[SEALED_GROUP] = "BTXH"}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	snprintf(code, sizeof(code), "B%lld", (long long)id);
	snprintf(id12, sizeof(id12), "001145%06u", (unsigned)id % 1000000U);
	sqlite3_prepare_v2(b->db->handle,
		"INSERT OR IGNORE INTO person (id, unit_code, list, period,"
		" code, id12, sealed) VALUES (?1, 'U1', ?2, ?2, ?3, ?4,"
		" :sealed)",
		-1, &st, NULL);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int(st, 2, period);
	sqlite3_bind_int64(st, 3, datakey_blind(b->db, DATAKEY_CODE, code));
	sqlite3_bind_int64(st, 4, datakey_blind(b->db, DATAKEY_ID12, id12));
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	if (sqlite3_step(st) != SQLITE_DONE)
		fail_msg("person: %s", sqlite3_errmsg(b->db->handle));
	sqlite3_finalize(st);
}

void bookstore_due(struct bookstore *b, int64_t id, enum ent_what what,
	int32_t period, int64_t amount, bool by_account)
{
	run(b,
		"INSERT OR IGNORE INTO list (id, sha256, bytes, period, rows,"
		" sum, imported_at, seq) VALUES (?1, randomblob(32), 1, ?1, 1,"
		" 1, 0, 0)",
		period, 0, 0);
	add_person(b, id, period);
	add_entitlement(b, id, what, period, amount, by_account);
}

void bookstore_shift(struct bookstore *b, int32_t notes)
{
	const struct notes in = {.pieces = {notes}};
	struct shift shift;
	struct refusal why;
	struct err err = {0};

	if (shifts_open(b->db, &b->lan, &in, &shift, &why, &err) !=
		VERDICT_DONE)
		fail_msg("open a shift: %s %s", refusal_code_name(why.code),
			err.text);
}

void bookstore_pay(struct bookstore *b, int64_t id, struct payout *out)
{
	struct pay_request request = {.person = id, .payee = PAYEE_SELF};
	struct refusal why;
	struct err err = {0};

	payouts_uid(request.uid);
	if (payouts_pay(b->db, &b->lan, &request, out, &why, &err) !=
		VERDICT_DONE)
		fail_msg("pay %lld: %s %s", (long long)id,
			refusal_code_name(why.code), err.text);
}

void bookstore_hand(struct bookstore *b, uint64_t seq)
{
	struct payout out;
	struct refusal why;
	struct err err = {0};

	if (payouts_handed(b->db, &b->lan, seq, &out, &why, &err) !=
		VERDICT_DONE)
		fail_msg("hand: %s %s", refusal_code_name(why.code), err.text);
}

void bookstore_must_hold(struct bookstore *b)
{
	struct err err = {0};

	must(db_check(b->db, &err), &err);
}
