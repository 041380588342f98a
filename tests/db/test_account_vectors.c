/* Bodies of ACCOUNT and ACCOUNT_STATE, made outside of this program. */
#include "support/unit.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/cbor.h"
#include "db/accounts.h"
#include "db/record_internal.h"
#include "support/vectors.h"

static const char file[] = "account_vectors.txt";

static struct vector_row {
	const char *name; /* in the file */
	uint64_t kind;
	uint64_t result;
	uint64_t ref;
	uint64_t period;
	uint64_t reason;
	uint64_t who;
	uint64_t via;
	uint64_t names;
	uint64_t flags;
	uint64_t approver;
} rows[] = {
	{"rec_ACCOUNT", JOURNAL_ACCOUNT, ACCOUNT_BANK, 4, 0,
		ACCOUNT_SHARED_HOUSEHOLD, PAYEE_GUARDIAN, ACCOUNT_VIA_QR,
		ACCOUNT_NAMES_BANK, 0, 0},
	{"rec_PLANNED", JOURNAL_ACCOUNT, ACCOUNT_PLANNED, 4, 0, 0, PAYEE_SELF,
		0, 0, 0, 0},
	{"rec_CONFIRMED", JOURNAL_ACCOUNT_STATE, ACCOUNT_STEP_CONFIRMED, 5, 0,
		0, 0, 0, 0, 0, 0},
	{"rec_SENT", JOURNAL_ACCOUNT_STATE, ACCOUNT_STEP_SENT, 5, 0, 0, 0, 0, 0,
		0, 0},
	{"rec_PAYS", JOURNAL_ACCOUNT_STATE, ACCOUNT_STEP_PAYS, 5, 202701, 0, 0,
		0, 0, 0, 0},
	{"rec_CASH", JOURNAL_ACCOUNT_STATE, ACCOUNT_STEP_CASH, 5, 202701,
		ACCOUNT_BACK_RETURNED, 0, 0, 0, JOURNAL_OVERRIDE, 1},
};

static void is_read_and_written_byte_for_byte(void **state)
{
	const struct vector_row *row = *state;
	uint8_t body[512];
	uint8_t again[512];
	const size_t len = vector_bytes(file, row->name, body, sizeof(body));
	const char *finding;
	struct record r;
	struct buf b;

	if (!record_decode(body, len, &r, &finding))
		fail_msg("%s", finding);
	assert_int_equal(r.kind, row->kind);
	assert_int_equal(r.result, row->result);
	assert_int_equal(r.ref, row->ref);
	assert_int_equal(r.period, row->period);
	assert_int_equal(r.reason, row->reason);
	assert_int_equal(r.who, row->who);
	assert_int_equal(r.via, row->via);
	assert_int_equal(r.names, row->names);
	assert_int_equal(r.flags, row->flags);
	assert_int_equal(r.approver, row->approver);
	buf_init(&b, again, sizeof(again));
	record_encode(&r, &b);
	assert_int_equal(b.len, len);
	assert_memory_equal(again, body, len);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, is_read_and_written_byte_for_byte);
	return _cmocka_run_group_tests("account vectors", tests, n, NULL, NULL);
}
