#include "db/duty.h"

#include <string.h>

#include "core/crypto.h"
#include "core/date.h"
#include "core/str.h"
#include "db/down.h"
#include "db/elsewhere_internal.h"
#include "db/exceptions.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/requests.h"
#include "db/samples.h"
#include "db/stmt.h"

enum {
	MARKED,
	COUNT
};

static const char *const sql[COUNT] = {
	[MARKED] = "SELECT seq FROM mark_set ORDER BY seq /* scan */",
};

const struct stmt_set duty_stmts = {"duty", sql, COUNT};

/* ---- exceptions of today --------------------------------------------------- */

struct today {
	int64_t from;
	int64_t until;
	struct duty_counts *out;
};

/* A clock that was set back puts other days between the records of one. */
static bool on_exception(void *ctx, const struct exception *e)
{
	const struct today *day = ctx;

	if (e->t < day->from || e->t >= day->until)
		return true;
	day->out->exceptions++;
	day->out->alone += e->kind == EXCEPTION_ALONE;
	return true;
}

static bool count_exceptions(struct db *db, int64_t now,
	struct duty_counts *out, struct err *err)
{
	const unsigned all = EXCEPTION_BIT(EXCEPTION_KINDS) - 1;
	const struct date date = date_of_ms(now).date;
	struct today day = {.from = date_begins(date),
		.until = date_begins(date_of_days(date_days(date) + 1)),
		.out = out};
	struct daylog_range range;

	switch (daylog_days(db, day.from, day.until, &range, err)) {
	case LOOKUP_FOUND:
		return exceptions_each(db, &range, all, on_exception, &day,
			err);
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

/* ---- calls ------------------------------------------------------------------ */

/* Nobody has said yet whether the money came. */
static bool is_open(const struct sample_item *item)
{
	return item->said == SAMPLE_NOT_CALLED ||
	       item->said == SAMPLE_NOT_REACHED;
}

static bool count_calls(struct db *db, struct duty_counts *out, struct err *err)
{
	struct sample_item item[SAMPLES_MAX];
	struct sample draw;
	int64_t population;
	int count = 0;
	bool ok;

	switch (samples_get(db, 0, &draw, err)) {
	case LOOKUP_FOUND:
		break;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FAILED:
		return false;
	}
	ok = samples_items(db, &draw, item, &count, &population, err);
	for (int i = 0; ok && i < count; i++)
		out->calls += is_open(&item[i]);
	out->drawn = ok;
	crypto_wipe(item, sizeof(item));
	return ok;
}

/* ---- what people asked -------------------------------------------------------- */

struct asked {
	int32_t day;
	struct duty_counts *out;
};

/* Holidays are not known here: then a day is called late sooner. */
static bool on_request(void *ctx, const struct request *r)
{
	static const struct request_holidays none;
	const struct asked *a = ctx;
	struct request_due due;

	request_dues(r, &none, a->day, &due);
	a->out->requests++;
	a->out->late += due.acknowledge_late || due.answer_late;
	return true;
}

/* ---- the other terminals -------------------------------------------------------- */

enum {
	PEERS = 64 /* of an office: board.h shows no more either */
};

struct heard {
	struct elsewhere_peer peer[PEERS];
	int64_t at[PEERS];
	int count;
};

static void hear(struct heard *h, const struct record *r)
{
	for (int i = 0; i < h->count; i++)
		if (memcmp(h->peer[i].dev, r->peer, MARKS_DEV_SIZE) == 0)
			h->at[i] = (int64_t)r->t;
}

/* The newest word of each is that of its last marks. */
static bool hear_all(struct db *db, struct heard *h, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &duty_stmts, MARKED);
	struct journal_row row;
	enum lookup got;
	struct record r;
	const char *finding;
	bool ok = true;

	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		ok = journal_row(db, (uint64_t)sqlite3_column_int64(st, 0),
			     &row, err) == LOOKUP_FOUND;
		if (ok && record_decode(row.body, row.len, &r, &finding))
			hear(h, &r);
	}
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

static bool count_peers(struct db *db, struct duty_counts *out, struct err *err)
{
	struct heard h = {.count = 0};
	int least = 0;

	if (!elsewhere_peers(db, h.peer, PEERS, &out->peers, err))
		return false;
	h.count = out->peers < PEERS ? out->peers : PEERS;
	if (h.count == 0)
		return true;
	if (!hear_all(db, &h, err))
		return false;
	for (int i = 1; i < h.count; i++)
		if (h.at[i] < h.at[least])
			least = i;
	out->peer_at = h.at[least];
	elsewhere_short_id(h.peer[least].dev, out->peer, sizeof(out->peer));
	return true;
}

/* ---- all of it --------------------------------------------------------------------- */

static bool count_locked(struct db *db, struct duty_counts *out,
	struct err *err)
{
	struct user row[8];
	int64_t after = 0;
	int count;

	do {
		if (!users_list_after(db, after, row, 8, &count, err))
			return false;
		for (int i = 0; i < count; i++)
			out->locked += row[i].locked && !row[i].revoked;
		if (count > 0)
			after = row[count - 1].number;
	} while (count == 8);
	return true;
}

bool duty_count(struct db *db, int64_t now, struct duty_counts *out,
	struct err *err)
{
	const struct asked asked = {.day = date_number(date_of_ms(now).date),
		.out = out};

	memset(out, 0, sizeof(*out));
	return count_exceptions(db, now, out, err) &&
	       count_calls(db, out, err) &&
	       down_waiting(db, &out->lists, err) &&
	       requests_each(db, 0, true, on_request, (void *)&asked, err) &&
	       count_locked(db, out, err) && count_peers(db, out, err);
}
