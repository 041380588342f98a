#include "db/centre/daylog.h"

#include <string.h>

#include "core/coded.h"
#include "core/str.h"
#include "db/centre/entry.h"

enum {
	ID = 2 * BATCH_DEV + 1,
	ID_BEGIN = 6, /* as on paper */
	WHEN = 32,
	KEY_REASON = 17,
	KEY_RESULT = 28
};

static const uint64_t day_ms = 86400000;

/* ---- words ---------------------------------------------------------------------
 */

const char *daylog_kind(uint64_t kind)
{
	static const struct coded kinds[] = {{ENTRY_START, "START"},
		{ENTRY_KEYROLL, "KEYROLL"}, {3, "OPEN"}, {4, "CLOSE"},
		{5, "NULL"}, {6, "LOGIN"}, {7, "LOGOUT"}, {8, "LOGIN_FAIL"},
		{9, "CLOCK"}, {ENTRY_PAY, "PAY"}, {11, "PRINT"},
		{ENTRY_HANDED, "HANDED"}, {ENTRY_VOID, "VOID"},
		{ENTRY_REPRINT, "REPRINT"}, {15, "VOID_RETURNED"},
		{ENTRY_FLOAT_IN, "FLOAT_IN"}, {ENTRY_FLOAT_OUT, "FLOAT_OUT"},
		{22, "COUNT"}, {23, "OVER_SHORT"}, {30, "CONSENT"},
		{31, "ACCOUNT"}, {32, "CONSENT_REFUSED"},
		{33, "CONSENT_WITHDRAWN"}, {34, "VIEW"}, {35, "VISIT"},
		{36, "REVIEW"}, {37, "NOT_PAID"}, {38, "ACCOUNT_STATE"},
		{39, "CHANGE"}, {40, "IMPORT"}, {41, "EXPORT"},
		{42, "UPLOAD_ACK"}, {43, "RELEASE"}, {44, "ACQUIRE"},
		{45, "CONFIG"}, {46, "REVLIST"}, {47, "APPROVE"}, {48, "MARKS"},
		{49, "COMPLAINT"}, {50, "FAULT_BEGIN"},
		{ENTRY_FAULT_END, "FAULT_END"}, {52, "RECOVERY"},
		{ENTRY_END, "END"}, {0, NULL}};

	return kind <= ENTRY_END ? coded_name(kinds, (int)kind, "?") : "?";
}

/* ---- which terminal -------------------------------------------------------------
 */

struct looking {
	const char *begin;
	char lower[ID];
	struct store_device *out;
	size_t found;
};

static bool looks_like(const struct store_device *d, void *arg)
{
	struct looking *l = arg;
	char id[ID];

	str_to_hex(d->dev, BATCH_DEV, id);
	if (str_starts(id, l->lower) && l->found++ == 0)
		*l->out = *d;
	return l->found < 2;
}

enum lookup daylog_terminal(struct store *s, const char *begin,
	struct store_device *out, struct err *err)
{
	struct looking l = {.out = out};
	const size_t len = strlen(begin);

	if (len < ID_BEGIN || len >= ID ||
		strspn(begin, "0123456789abcdefABCDEF") != len) {
		err_set(err, ERR_INVALID, 0,
			"a terminal is named by 6 to 32 hex digits of its id");
		return LOOKUP_FAILED;
	}
	for (size_t i = 0; i < len; i++)
		l.lower[i] = begin[i] >= 'A' && begin[i] <= 'F'
				     ? (char)(begin[i] - 'A' + 'a')
				     : begin[i];
	if (!store_devices(s, looks_like, &l, err))
		return LOOKUP_FAILED;
	if (l.found > 1) {
		err_set(err, ERR_INVALID, 0,
			"several terminals begin with %s: give more of the id",
			begin);
		return LOOKUP_FAILED;
	}
	return l.found == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

/* ---- the day -----------------------------------------------------------------------
 */

struct day {
	uint64_t begins;
	struct rows *out;
	struct daylog_sum *sum;
};

static void count(const struct entry *e, struct daylog_sum *sum)
{
	sum->records++;
	switch (e->kind) {
	case ENTRY_PAY:
		sum->payments++;
		sum->paid += e->amount;
		break;
	case ENTRY_VOID:
		sum->voids++;
		sum->voided += e->amount;
		break;
	case ENTRY_HANDED:
		sum->handed++;
		break;
	case ENTRY_FLOAT_IN:
		sum->float_in += e->amount;
		break;
	case ENTRY_FLOAT_OUT:
		sum->float_out += e->amount;
		break;
	}
}

static bool record(const struct store_record *r, void *arg)
{
	struct day *d = arg;
	struct entry e;
	char at[WHEN];
	uint64_t reason = 0;
	uint64_t result = 0;
	bool has_reason;
	bool has_result;

	if (r->t < d->begins || r->t >= d->begins + day_ms)
		return true;
	/* It was read when it came; a newer kind has what all kinds have. */
	(void)entry_read(r->body, r->len, &e);
	count(&e, d->sum);
	has_reason = entry_number(r->body, r->len, KEY_REASON, &reason);
	has_result = entry_number(r->body, r->len, KEY_RESULT, &result);
	const struct rows_cell cells[] = {
		{.name = "number", .number = r->seq},
		{.name = "time", .text = date_time_iso((int64_t)r->t, at)},
		{.name = "kind", .text = daylog_kind(r->kind)},
		{.name = "shift", .number = r->shift},
		{.name = "user", .number = e.actor},
		{.name = "amount",
			.number = e.amount,
			.empty = !entry_has(&e, 13)},
		{.name = "of", .number = e.ref, .empty = !entry_has(&e, 12)},
		{.name = "reason", .number = reason, .empty = !has_reason},
		{.name = "result", .number = result, .empty = !has_result},
	};
	rows_put(d->out, "record", cells, sizeof(cells) / sizeof(cells[0]));
	return true;
}

static void put_sum(const struct store_device *d, struct date day,
	const struct daylog_sum *sum, struct rows *out)
{
	char id[ID];
	char text[DATE_TEXT_SIZE];
	const struct rows_cell cells[] = {
		{.name = "terminal", .text = id},
		{.name = "point", .text = d->name},
		{.name = "day", .text = date_iso(day, text)},
		{.name = "records", .number = sum->records},
		{.name = "payments", .number = sum->payments},
		{.name = "paid", .number = sum->paid},
		{.name = "voids", .number = sum->voids},
		{.name = "voided", .number = sum->voided},
		{.name = "handed", .number = sum->handed},
		{.name = "float_in", .number = sum->float_in},
		{.name = "float_out", .number = sum->float_out},
		{.name = "lacking", .number = sum->lacking},
	};

	str_to_hex(d->dev, BATCH_DEV, id);
	rows_put(out, "sum", cells, sizeof(cells) / sizeof(cells[0]));
}

bool daylog_write(struct store *s, const struct store_device *d,
	struct date day, struct rows *out, struct daylog_sum *sum,
	struct err *err)
{
	struct day of = {.begins = (uint64_t)date_begins(day),
		.out = out,
		.sum = sum};

	*sum = (struct daylog_sum){
		.lacking = d->claimed > d->last ? d->claimed - d->last : 0};
	/* Clocks go wrong: a day need not be in one piece. */
	if (!store_records(s, d->dev, 1, d->last, record, &of, err))
		return false;
	put_sum(d, day, sum, out);
	return rows_end(out, err);
}
