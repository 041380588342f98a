#include "support/fullstore.h"

#include "support/unit.h"

#include <sqlite3.h>
#include <string.h>

#include "core/clock.h"
#include "db/changes.h"
#include "support/tmpdir.h"

enum {
	OPEN_PERSON = 11, /* realstore_make() leaves this one open */
	LEFT_PERSON = 12,
	SHEET_PERSON = 13
};

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

static void import(struct bookstore *b, import_fn *how, const char *text)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result r;
	struct err err = {0};
	char path[512];

	tmpdir_write(b->dir, "side.csv", text, strlen(text));
	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	if (!how(b->db, &b->hoa, path, &o, &r, &err) || !r.taken)
		fail_msg("side.csv: %s, %d errors", err.text, (int)r.errors);
}

/* Handed over, and brought back: its receipt is lost. */
static void take_back(struct bookstore *b)
{
	struct void_request v = {.reason = VOID_RECEIPT_LOST, .by = &b->hoa};
	struct payout open;
	struct refusal why;
	struct err err;

	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	assert_int_equal(open.person.id, OPEN_PERSON);
	bookstore_hand(b, open.seq);
	v.seq = open.seq;
	assert_int_equal(payouts_void(b->db, &b->lan, &v, &open, &why, &err),
		VERDICT_DONE);
}

static void enter_sheet(struct bookstore *b)
{
	struct pay_request r = {.person = SHEET_PERSON,
		.payee = PAYEE_SELF,
		.pad = "000123",
		.given_at = clock_wall_ms() - 60000};
	struct payout out;
	struct refusal why;
	struct err err;

	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &out, &why, &err),
		VERDICT_DONE);
}

static void close_short(struct bookstore *b)
{
	struct notes counted = {0};
	struct shift_slip slip;
	struct refusal why;
	struct shift s;
	struct err err;

	assert_int_equal(shifts_current(b->db, &s, &err), LOOKUP_FOUND);
	counted.pieces[0] = (int32_t)(s.expected / 500000) - 1;
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_UNKNOWN, &b->hoa, &slip, &why,
				 &err),
		VERDICT_DONE);
}

void fullstore_make(struct realstore *r)
{
	const struct date died = {.year = 2026, .month = 11, .day = 3};
	struct bookstore *b = &r->store;
	struct refusal why;
	struct err err;

	realstore_make(r);
	bookstore_open(b);
	take_back(b);
	enter_sheet(b);
	assert_int_equal(payouts_not_paid(b->db, &b->lan, LEFT_PERSON,
				 NOT_PAID_DIED, died, &why, &err),
		VERDICT_DONE);
	import(b, changes_import,
		"kind,period,unit_code,beneficiary_id,id12,name,address,"
		"reason\n"
		"left,2026-12,U1,P12,,,,died\n"
		"came,2026-12,U1,N1,025145000112,Lê An,Thôn 9,\n");
	import(b, answers_import,
		"unit_code,beneficiary_id,account_bin,account_no,answer,date\n"
		"U1,P14,970405,27002,verified,2026-11-30\n");
	close_short(b);
	db_close(b->db);
	b->db = NULL;
}

void fullstore_in_use(const struct realstore *r, char *dir, size_t size,
	char path[300])
{
	sqlite3 *h = NULL;

	realstore_copy(r, dir, size, path);
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	assert_int_equal(sqlite3_exec(h,
				 "PRAGMA journal_mode = WAL;"
				 "UPDATE state SET shift = shift + 1;"
				 "UPDATE state SET shift = shift - 1",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(h);
}
