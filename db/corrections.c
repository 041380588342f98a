#include "db/corrections.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	REVIEWS,
	COUNT
};

static const char *const sql[COUNT] = {
	[REVIEWS] = ("SELECT seq, person, sealed FROM review WHERE seq > :seq"
		     " AND (:period = 0 OR period = :period)"
		     " ORDER BY seq LIMIT 1"),
};

const struct stmt_set corrections_stmts = {"corrections", sql, COUNT};

/* Name, number and birth follow each other: payouts_internal.h. */
static void read_side(struct review_card *out, const struct sealed *s, int name,
	int sex)
{
	str_copy(out->name, sizeof(out->name), s->text[name]);
	str_copy(out->id12, sizeof(out->id12), s->text[name + 1]);
	if (!date_parse(s->text[name + 2], &out->birth))
		out->birth = (struct date){0};
	out->sex = (enum sex)sex;
}

static bool read_review(struct db *db, struct correction *c, struct err *err)
{
	struct journal_row row;
	const char *finding;
	struct record r = {.kind = 0};
	const enum lookup got = journal_row(db, c->seq, &row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row.body, row.len, &r, &finding) ||
		r.kind != JOURNAL_REVIEW)
		return err_set(err, ERR_CORRUPT, 0, "record %llu is no REVIEW",
			(unsigned long long)c->seq);
	c->t = (int64_t)r.t;
	c->actor = (int64_t)r.actor;
	c->bits = (unsigned)r.result;
	c->reason = (enum review_reason)r.reason;
	return true;
}

static bool read_person(struct db *db, int64_t id, struct person *out,
	struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, id, &due, err);

	if (got == LOOKUP_FOUND)
		*out = due.person;
	return got != LOOKUP_FAILED;
}

/* The row on which st stands; that is over then. */
static bool read_row(struct db *db, sqlite3_stmt *st, struct correction *out,
	struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	const int64_t person = sqlite3_column_int64(st, 1);
	struct sealed s;
	bool ok;

	*out = (struct correction){
		.seq = (uint64_t)sqlite3_column_int64(st, 0)};
	ok = sealed_read(db, st, 2, DATAKEY_REVIEW, (int64_t)out->seq, plain,
		&s, err);
	if (ok) {
		const char *sex = s.text[REVIEW_LIST_SEX];

		read_side(&out->card, &s, REVIEW_CARD_NAME, s.sex);
		read_side(&out->list, &s, REVIEW_LIST_NAME,
			sex[0] ? sex[0] - '0' : SEX_UNKNOWN);
	}
	stmt_done(st);
	return ok && read_review(db, out, err) &&
	       read_person(db, person, &out->person, err);
}

bool corrections_each(struct db *db, int32_t period,
	bool (*each)(void *ctx, const struct correction *c), void *ctx,
	struct err *err)
{
	struct correction c = {.seq = 0};

	*err = (struct err){.code = ERR_NONE};
	for (;;) {
		sqlite3_stmt *st = stmt_get(db, &corrections_stmts, REVIEWS);
		enum lookup got;

		stmt_int(st, ":seq", (sqlite3_int64)c.seq);
		stmt_int(st, ":period", period);
		got = stmt_row(db, st, err);
		if (got != LOOKUP_FOUND)
			return got == LOOKUP_ABSENT;
		if (!read_row(db, st, &c, err) || !each(ctx, &c))
			return false;
	}
}
