#include "db/changes.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/people_internal.h"
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
	ALTER,
	NEWEST_PERIOD,
	SAME,
	OF_PERSON,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO change (seq, person, kind, period, reason, date,"
		" monthly, note) VALUES (:seq, :person, :kind, :period,"
		" :reason, :date, :monthly, :note)",
	[ADD_PERSON] =
		"INSERT INTO person (seq, folded, unit_code, beneficiary_id,"
		" list, period, list_no, id12, id12_back, old_id, old_id_back,"
		" name, birth, sex, address, group_code, subgroup_code, payee,"
		" payee_name, payee_id, account_bin, account_no) VALUES (0,"
		" :folded, :unit, :code, 0, :period, '', :id12,"
		" nullif(:id12_back, -1), :old_id, nullif(:old_id_back, -1),"
		" :name, :birth, :sex, :address, :group, '', 0, '', '', '',"
		" '')",
	[ALTER] = "UPDATE person SET name = :name, folded = :folded,"
		  " address = :address, group_code = :group WHERE id = :id",
	[NEWEST_PERIOD] = "SELECT period FROM person WHERE id = :id",
	[SAME] = "SELECT 1 FROM change WHERE person = :person AND"
		 " kind = :kind AND period = :period AND reason = :reason"
		 " AND (kind <> 3 OR (monthly = :monthly AND note = :note))",
	[OF_PERSON] =
		"SELECT kind, period, reason, seq, monthly, note FROM change"
		" WHERE person = :person ORDER BY seq",
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
	enum lookup got;

	stmt_int(st, ":person", due->person.id);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		due->change_kind = sqlite3_column_int(st, 0);
		due->change_period = sqlite3_column_int(st, 1);
		due->change_monthly = sqlite3_column_int64(st, 4);
		stmt_column_text(st, 5, due->change_note,
			sizeof(due->change_note));
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
		.period = row->person.period,
		.pd = pd,
		.pd_len = payouts_pd(p, NULL, date_iso(row->date, date), pd),
		.has_reason = row->reason != CHANGE_REASON_NONE,
		.reason = row->reason,
		.has_result = true,
		.result = row->kind};
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
	stmt_text(st, ":date", date);
	stmt_int(st, ":monthly", row->person.monthly);
	stmt_text(st, ":note", row->person.note);
	im->out->fresh++;
	return stmt_run(im->db, st, err);
}

static sqlite3_int64 back(const char *digits, int width)
{
	return digits[0] ? people_back(digits, width, NULL) : -1;
}

static bool add_person(struct side *im, const struct paylist_row *row,
	int64_t *id, struct err *err)
{
	sqlite3_stmt *st = stmt_get(im->db, &changes_stmts, ADD_PERSON);
	const struct date b = row->birth;
	char folded[VIET_NAME_SIZE];

	if (!viet_fold(row->name, folded, sizeof(folded)))
		folded[0] = '\0';
	stmt_text(st, ":folded", folded);
	stmt_text(st, ":unit", row->unit_code);
	stmt_text(st, ":code", row->beneficiary_id);
	stmt_int(st, ":period", row->period);
	stmt_text(st, ":id12", row->id12);
	stmt_int(st, ":id12_back", back(row->id12, PERSONID_SIZE - 1));
	stmt_text(st, ":old_id", row->old_id);
	stmt_int(st, ":old_id_back", back(row->old_id, PERSONID_OLD_SIZE - 1));
	stmt_text(st, ":name", row->name);
	stmt_int(st, ":birth", b.year * 10000 + b.month * 100 + b.day);
	stmt_int(st, ":sex", row->sex);
	stmt_text(st, ":address", row->address);
	stmt_text(st, ":group", row->group);
	if (!stmt_run(im->db, st, err))
		return false;
	*id = sqlite3_last_insert_rowid(im->db->handle);
	return true;
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

/* *changed: something is given that is not so yet. A list of a newer period
 * than the change has said already who the person is. */
static bool alter(struct side *im, const struct change_row *row,
	struct person *p, bool *changed, struct err *err)
{
	const struct paylist_row *in = &row->person;
	char folded[VIET_NAME_SIZE];
	struct person is = *p;
	sqlite3_stmt *st = stmt_get(im->db, &changes_stmts, NEWEST_PERIOD);
	int32_t newest;

	*changed = false;
	stmt_int(st, ":id", p->id);
	if (stmt_row(im->db, st, err) != LOOKUP_FOUND)
		return false;
	newest = sqlite3_column_int(st, 0);
	stmt_done(st);
	if (in->name[0])
		str_copy(is.name, sizeof(is.name), in->name);
	if (in->address[0])
		str_copy(is.address, sizeof(is.address), in->address);
	if (in->group[0])
		str_copy(is.group, sizeof(is.group), in->group);
	*changed = in->period >= newest &&
		   (strcmp(is.name, p->name) != 0 ||
			   strcmp(is.address, p->address) != 0 ||
			   strcmp(is.group, p->group) != 0);
	if (!*changed)
		return true;
	*p = is;
	if (!viet_fold(is.name, folded, sizeof(folded)))
		folded[0] = '\0';
	st = stmt_get(im->db, &changes_stmts, ALTER);
	stmt_int(st, ":id", is.id);
	stmt_text(st, ":name", is.name);
	stmt_text(st, ":folded", folded);
	stmt_text(st, ":address", is.address);
	stmt_text(st, ":group", is.group);
	return stmt_run(im->db, st, err);
}

/* ---- a row --------------------------------------------------------------- */

static bool known_already(struct side *im, const struct change_row *row,
	int64_t person, bool *known, struct err *err)
{
	sqlite3_stmt *st = stmt_get(im->db, &changes_stmts, SAME);
	enum lookup got;

	stmt_int(st, ":person", person);
	stmt_int(st, ":kind", row->kind);
	stmt_int(st, ":period", row->person.period);
	stmt_int(st, ":reason", row->reason);
	stmt_int(st, ":monthly", row->person.monthly);
	stmt_text(st, ":note", row->person.note);
	got = stmt_row(im->db, st, err);
	*known = got == LOOKUP_FOUND;
	if (*known)
		stmt_done(st);
	return got != LOOKUP_FAILED;
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
