#include "db/changes.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/people_internal.h"
#include "db/sealed_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

_Static_assert((int)CHANGE_MOVED == (int)NOT_PAID_MOVED &&
		       (int)CHANGE_DIED == (int)NOT_PAID_DIED &&
		       (int)CHANGE_REFUSES == (int)NOT_PAID_REFUSES &&
		       (int)CHANGE_PRISON == (int)NOT_PAID_PRISON &&
		       (int)CHANGE_OTHER == (int)NOT_PAID_OTHER,
	"reasons are the same in both records");

enum {
	ADD,
	ADD_PERSON,
	NEXT_ID,
	ALTER,
	GET_PERSON,
	SAME,
	OF_PERSON,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO change (seq, person, kind, period, reason,"
		" monthly, sealed) VALUES (:seq, :person, :kind, :period,"
		" :reason, :monthly, :sealed)",
	[ADD_PERSON] =
		"INSERT INTO person (id, unit_code, list, period, code, id12,"
		" old_id, sealed) VALUES (:id, :unit, 0, :period, :code, :id12,"
		" :old_id, :sealed)",
	[NEXT_ID] = "SELECT coalesce(max(id), 0) + 1 FROM person",
	[ALTER] = "UPDATE person SET sealed = :sealed WHERE id = :id",
	[GET_PERSON] = "SELECT period, sealed FROM person WHERE id = :id",
	[SAME] = "SELECT seq, monthly, sealed FROM change"
		 " WHERE person = :person AND kind = :kind"
		 " AND period = :period AND reason = :reason",
	[OF_PERSON] =
		("SELECT kind, period, reason, seq, monthly, sealed FROM change"
		 " WHERE person = :person ORDER BY seq"),
};

/* The texts of a row. */
enum {
	DATE,
	NOTE
};

const struct stmt_set changes_stmts = {"changes", sql, COUNT};

/* ---- what is known ------------------------------------------------------------- */

static void come_or_go(struct person_due *due, sqlite3_stmt *st)
{
	const int32_t period = due->change_period;

	if (due->change_kind == CHANGE_LEFT) {
		due->left_from = period;
		due->left_reason = sqlite3_column_int(st, 2);
		due->left_seq = (uint64_t)sqlite3_column_int64(st, 3);
	} else if (due->change_kind == CHANGE_CAME &&
		   period <= due->left_from) {
		due->left_from = 0;
		due->left_reason = 0;
		due->left_seq = 0;
	}
}

bool changes_read(struct db *db, struct person_due *due, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &changes_stmts, OF_PERSON);
	uint8_t plain[SEALED_PLAIN];
	enum lookup got;
	struct sealed s;

	stmt_int(st, ":person", due->person.id);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!sealed_read(db, st, 5, DATAKEY_CHANGE,
			    sqlite3_column_int64(st, 3), plain, &s, err)) {
			stmt_done(st);
			return false;
		}
		due->change_kind = sqlite3_column_int(st, 0);
		due->change_period = sqlite3_column_int(st, 1);
		due->change_monthly = sqlite3_column_int64(st, 4);
		str_copy(due->change_note, sizeof(due->change_note),
			s.text[NOTE]);
		come_or_go(due, st);
	}
	return got == LOOKUP_ABSENT;
}

/* ---- writing ------------------------------------------------------------- */

static bool record(struct side *im, const struct change_row *row,
	const struct person *p, struct err *err)
{
	char date[DATE_TEXT_SIZE];
	uint8_t pd[PAYOUT_PD_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CHANGE,
		.actor = im->session->user.number,
		.person = p->id,
		.period = row->person.period,
		.pd = pd,
		.pd_len = payouts_pd(p, NULL, date_iso(row->date, date), pd),
		.has_reason = row->reason != CHANGE_REASON_NONE,
		.reason = row->reason,
		.has_result = true,
		.result = row->kind};
	const struct sealed s = {
		.text = {[DATE] = date, [NOTE] = row->person.note}};
	uint8_t locked[SEALED_SIZE];
	struct journal_done done;
	sqlite3_stmt *st;

	if (!journal_append(im->db, &entry, &done, err))
		return false;
	st = stmt_get(im->db, &changes_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":person", p->id);
	stmt_int(st, ":kind", row->kind);
	stmt_int(st, ":period", row->person.period);
	stmt_int(st, ":reason", row->reason);
	stmt_int(st, ":monthly", row->person.monthly);
	sealed_put(im->db, st, ":sealed", DATAKEY_CHANGE, (int64_t)done.seq, &s,
		locked);
	im->out->fresh++;
	return stmt_run(im->db, st, err);
}

static void bind_blind(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, const char *text)
{
	if (text[0])
		stmt_int(st, name, datakey_blind(db, use, text));
}

static bool next_id(struct db *db, int64_t *id, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &changes_stmts, NEXT_ID);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*id = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* Of what a list says beside, only this is known of who came. */
static void who_came(const struct paylist_row *row, struct sealed *out)
{
	sealed_of_row(row, out);
	out->seq = 0;
	out->payee = LIST_PAYEE_SELF;
	for (int i = 0; i < SEALED_TEXTS; i++)
		if (i == SEALED_LIST_NO || i == SEALED_SUBGROUP ||
			i == SEALED_PAYEE_NAME || i == SEALED_PAYEE_ID ||
			i == SEALED_ACCOUNT_BIN || i == SEALED_ACCOUNT_NO)
			out->text[i] = "";
}

static bool add_person(struct side *im, const struct paylist_row *row,
	int64_t *id, struct err *err)
{
	struct db *db = im->db;
	uint8_t locked[SEALED_SIZE];
	struct sealed s;
	sqlite3_stmt *st;

	if (!next_id(db, id, err))
		return false;
	who_came(row, &s);
	st = stmt_get(db, &changes_stmts, ADD_PERSON);
	stmt_int(st, ":id", *id);
	stmt_text(st, ":unit", row->unit_code);
	stmt_int(st, ":period", row->period);
	bind_blind(db, st, ":code", DATAKEY_CODE, row->beneficiary_id);
	bind_blind(db, st, ":id12", DATAKEY_ID12, row->id12);
	bind_blind(db, st, ":old_id", DATAKEY_OLD_ID, row->old_id);
	sealed_put(db, st, ":sealed", DATAKEY_PERSON, *id, &s, locked);
	return stmt_run(db, st, err);
}

static bool come(struct side *im, const struct change_row *row, struct err *err)
{
	struct person_due due;
	int64_t id;
	bool once;

	return add_person(im, &row->person, &id, err) &&
	       side_once(im, id, CHANGE_CAME, &row->person, &once, err) &&
	       people_get(im->db, id, &due, err) == LOOKUP_FOUND &&
	       record(im, row, &due.person, err);
}

/* All that is sealed of a person, and the period of his newest list. */
static bool read_sealed(struct db *db, int64_t id, uint8_t plain[SEALED_PLAIN],
	struct sealed *out, int32_t *newest, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &changes_stmts, GET_PERSON);
	bool ok;

	stmt_int(st, ":id", id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*newest = sqlite3_column_int(st, 0);
	ok = sealed_read(db, st, 1, DATAKEY_PERSON, id, plain, out, err);
	stmt_done(st);
	return ok;
}

/* A text that is given, into what is sealed, and into out. True: it differs. */
static bool set_text(struct sealed *s, enum sealed_person which,
	const char *given, char *out, size_t size)
{
	if (!given[0] || strcmp(s->text[which], given) == 0)
		return false;
	s->text[which] = given;
	str_copy(out, size, given);
	return true;
}

/* *changed: something is given that is not so yet. A list of a newer period
 * than the change has said already who the person is. */
static bool alter(struct side *im, const struct change_row *row,
	struct person *p, bool *changed, struct err *err)
{
	const struct paylist_row *in = &row->person;
	uint8_t plain[SEALED_PLAIN];
	uint8_t locked[SEALED_SIZE];
	struct sealed s;
	sqlite3_stmt *st;
	int32_t newest;

	*changed = false;
	if (!read_sealed(im->db, p->id, plain, &s, &newest, err))
		return false;
	if (in->period < newest)
		return true;
	*changed |=
		set_text(&s, SEALED_NAME, in->name, p->name, sizeof(p->name));
	*changed |= set_text(&s, SEALED_ADDRESS, in->address, p->address,
		sizeof(p->address));
	*changed |= set_text(&s, SEALED_GROUP, in->group, p->group,
		sizeof(p->group));
	if (!*changed)
		return true;
	st = stmt_get(im->db, &changes_stmts, ALTER);
	stmt_int(st, ":id", p->id);
	sealed_put(im->db, st, ":sealed", DATAKEY_PERSON, p->id, &s, locked);
	return stmt_run(im->db, st, err);
}

/* ---- a row --------------------------------------------------------------- */

/* What an alteration says beside counts as news, too. *same: nothing. */
static bool says_the_same(struct db *db, sqlite3_stmt *st,
	const struct change_row *row, bool *same, struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;

	*same = true;
	if (row->kind != CHANGE_ALTERED)
		return true;
	if (!sealed_read(db, st, 2, DATAKEY_CHANGE, sqlite3_column_int64(st, 0),
		    plain, &s, err))
		return false;
	*same = sqlite3_column_int64(st, 1) == row->person.monthly &&
		strcmp(s.text[NOTE], row->person.note) == 0;
	return true;
}

static bool known_already(struct side *im, const struct change_row *row,
	int64_t person, bool *known, struct err *err)
{
	sqlite3_stmt *st = stmt_get(im->db, &changes_stmts, SAME);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	*known = false;
	stmt_int(st, ":person", person);
	stmt_int(st, ":kind", row->kind);
	stmt_int(st, ":period", row->person.period);
	stmt_int(st, ":reason", row->reason);
	while (ok && !*known &&
		(got = stmt_row(im->db, st, err)) == LOOKUP_FOUND)
		ok = says_the_same(im->db, st, row, known, err);
	stmt_done(st);
	return ok && got != LOOKUP_FAILED;
}

/* Only "altered" may give a name of its own. */
static bool name_agrees(struct side *im, const struct change_row *row,
	const struct person *p)
{
	const struct paylist_row *in = &row->person;

	if (row->kind == CHANGE_ALTERED || !in->name[0] ||
		viet_compare(in->name, p->name, NULL, 0) != VIET_DIFFERENT)
		return true;
	side_say(im, in, COL_NAME, TROUBLE_OTHER, in->name);
	return false;
}

/* Is he gone in that period? *from 0: no. Else since when, and why. */
static bool gone_in(struct db *db, int64_t person, int32_t period,
	int32_t *from, int *reason, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &changes_stmts, OF_PERSON);
	enum lookup got;

	*from = 0;
	*reason = 0;
	stmt_int(st, ":person", person);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int32_t since = sqlite3_column_int(st, 1);
		const int kind = sqlite3_column_int(st, 0);

		if (since > period || kind == CHANGE_ALTERED)
			continue;
		*from = kind == CHANGE_LEFT ? since : 0;
		*reason = sqlite3_column_int(st, 2);
	}
	return got == LOOKUP_ABSENT;
}

/* He is known: does the row say anything new of him? */
static bool change(struct side *im, const struct change_row *row,
	struct person_due *due, struct err *err)
{
	const struct paylist_row *in = &row->person;
	bool changed = false;
	int32_t gone;
	int reason;
	bool known;

	if (!gone_in(im->db, due->person.id, in->period, &gone, &reason, err) ||
		!known_already(im, row, due->person.id, &known, err))
		return false;
	switch (row->kind) {
	case CHANGE_CAME:
		known = known && !gone;
		break;
	case CHANGE_LEFT:
		known = known && gone == in->period &&
			reason == (int)row->reason;
		if (!known && gone) {
			side_say(im, in, COL_PERIOD, TROUBLE_DUPLICATE,
				in->beneficiary_id);
			return true;
		}
		break;
	case CHANGE_ALTERED:
		if (!alter(im, row, &due->person, &changed, err))
			return false;
		known = known && !changed;
		break;
	}
	if (!known)
		return record(im, row, &due->person, err);
	im->out->same++;
	return true;
}

static bool put(struct side *im, const struct change_row *row, struct err *err)
{
	const int64_t errors = im->out->errors;
	struct person_due due;
	bool once;

	switch (side_person(im, &row->person, row->kind == CHANGE_CAME, &due,
		err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return im->out->errors > errors || come(im, row, err);
	case LOOKUP_FOUND:
		break;
	}
	if (!name_agrees(im, row, &due.person))
		return true;
	if (!side_once(im, due.person.id, row->kind, &row->person, &once, err))
		return false;
	return !once || change(im, row, &due, err);
}

static bool on_row(void *ctx, const struct change_row *row, int errors)
{
	struct side *im = ctx;

	im->out->rows++;
	if (errors > 0)
		return true;
	im->failed = !put(im, row, &im->err);
	return !im->failed;
}

static struct sidelist *reader(struct side *im, struct err *err)
{
	const struct change_sink sink = {im, on_row, side_trouble};

	return changelist_new(&sink, err);
}

bool changes_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err)
{
	static const struct side_form form = {LIST_CHANGES, reader};
	struct side im = {.db = db,
		.session = s,
		.options = options,
		.out = out,
		.form = &form};

	return side_import(&im, path, err);
}
